-- Offices, who holds them, and how they get in. Of secrets that are only compared, hashes.

CREATE TABLE office (
    id     TEXT NOT NULL PRIMARY KEY,
    name   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    closed INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE office_event (
    id        BLOB NOT NULL PRIMARY KEY,
    office    TEXT NOT NULL REFERENCES office (id),
    act       TEXT NOT NULL,
    body      TEXT NOT NULL,
    by_office TEXT NOT NULL,
    by_holder TEXT NOT NULL,
    at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX office_event_by_office ON office_event (office, at);

CREATE TABLE office_grant (
    office      TEXT NOT NULL REFERENCES office (id),
    role        TEXT NOT NULL,
    site_column TEXT NOT NULL,
    PRIMARY KEY (office, role, site_column)
) STRICT, WITHOUT ROWID;

CREATE TABLE holder (
    id           BLOB NOT NULL PRIMARY KEY,
    office       TEXT NOT NULL REFERENCES office (id),
    name         TEXT NOT NULL,
    contact      TEXT NOT NULL,
    sign_in      TEXT UNIQUE,
    password     TEXT,
    totp         TEXT,
    totp_pending TEXT,
    totp_step    INTEGER NOT NULL,
    since        INTEGER NOT NULL,
    until        INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX holder_by_office ON holder (office, since);

CREATE TABLE recovery_code (
    hash    TEXT NOT NULL PRIMARY KEY,
    holder  BLOB NOT NULL REFERENCES holder (id),
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX recovery_code_by_holder ON recovery_code (holder);

CREATE TABLE setup_link (
    hash    TEXT NOT NULL PRIMARY KEY,
    holder  BLOB NOT NULL REFERENCES holder (id),
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX setup_link_by_holder ON setup_link (holder);

CREATE TABLE desk_session (
    hash    TEXT NOT NULL PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE,
    holder  BLOB NOT NULL REFERENCES holder (id),
    stage   TEXT NOT NULL,
    created INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    proven  INTEGER NOT NULL,
    device  TEXT NOT NULL,
    ended   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_session_by_holder ON desk_session (holder, created);

CREATE TABLE desk_device (
    hash   TEXT NOT NULL PRIMARY KEY,
    holder BLOB NOT NULL REFERENCES holder (id),
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_device_by_holder ON desk_device (holder);
