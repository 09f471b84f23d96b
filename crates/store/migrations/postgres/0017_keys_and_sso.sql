-- Passkeys, identities at another's sign-in service, and what was asked of a browser and waits for its answer.

CREATE TABLE desk_passkey (
    id         uuid NOT NULL PRIMARY KEY,
    holder     uuid NOT NULL REFERENCES holder (id),
    credential text COLLATE "C" NOT NULL UNIQUE,
    public_key text COLLATE "C" NOT NULL,
    count      bigint NOT NULL,
    portable   bigint NOT NULL,
    name       text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    used       bigint,
    ended      bigint
);
CREATE INDEX desk_passkey_by_holder ON desk_passkey (holder, at);

CREATE TABLE desk_identity (
    id      uuid NOT NULL PRIMARY KEY,
    holder  uuid NOT NULL REFERENCES holder (id),
    issuer  text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    at      bigint NOT NULL,
    used    bigint,
    ended   bigint
);
CREATE INDEX desk_identity_by_holder ON desk_identity (holder, at);
-- One holder at a time; who left may hold another office later.
CREATE UNIQUE INDEX desk_identity_by_subject ON desk_identity (issuer, subject) WHERE ended IS NULL;

CREATE TABLE desk_challenge (
    hash    text COLLATE "C" NOT NULL PRIMARY KEY,
    kind    text COLLATE "C" NOT NULL,
    whose   text COLLATE "C" NOT NULL,
    body    text COLLATE "C" NOT NULL,
    expires bigint NOT NULL
);
CREATE INDEX desk_challenge_by_time ON desk_challenge (expires);

-- What is long over is looked for by its time at each signing in.
CREATE INDEX desk_session_by_time ON desk_session (created);
CREATE INDEX desk_device_by_time ON desk_device (at);
CREATE INDEX desk_pin_by_time ON desk_pin (at);
