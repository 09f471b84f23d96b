-- Passkeys, identities at another's sign-in service, and what was asked of a browser and waits for its answer.

CREATE TABLE desk_passkey (
    id         BLOB NOT NULL PRIMARY KEY,
    holder     BLOB NOT NULL REFERENCES holder (id),
    credential TEXT NOT NULL UNIQUE,
    public_key TEXT NOT NULL,
    count      INTEGER NOT NULL,
    portable   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    used       INTEGER,
    ended      INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_passkey_by_holder ON desk_passkey (holder, at);

CREATE TABLE desk_identity (
    id      BLOB NOT NULL PRIMARY KEY,
    holder  BLOB NOT NULL REFERENCES holder (id),
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    at      INTEGER NOT NULL,
    used    INTEGER,
    ended   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_identity_by_holder ON desk_identity (holder, at);
-- One holder at a time; who left may hold another office later.
CREATE UNIQUE INDEX desk_identity_by_subject ON desk_identity (issuer, subject) WHERE ended IS NULL;

CREATE TABLE desk_challenge (
    hash    TEXT NOT NULL PRIMARY KEY,
    kind    TEXT NOT NULL,
    whose   TEXT NOT NULL,
    body    TEXT NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_challenge_by_time ON desk_challenge (expires);

-- What is long over is looked for by its time at each signing in.
CREATE INDEX desk_session_by_time ON desk_session (created);
CREATE INDEX desk_device_by_time ON desk_device (at);
CREATE INDEX desk_pin_by_time ON desk_pin (at);
