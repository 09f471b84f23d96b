-- Offices, who holds them, and how they get in. Of secrets that are only compared, hashes.

CREATE TABLE office (
    id     text COLLATE "C" NOT NULL PRIMARY KEY,
    name   text COLLATE "C" NOT NULL,
    at     bigint NOT NULL,
    closed bigint
);

CREATE TABLE office_event (
    id        uuid NOT NULL PRIMARY KEY,
    office    text COLLATE "C" NOT NULL REFERENCES office (id),
    act       text COLLATE "C" NOT NULL,
    body      text COLLATE "C" NOT NULL,
    by_office text COLLATE "C" NOT NULL,
    by_holder text COLLATE "C" NOT NULL,
    at        bigint NOT NULL
);
CREATE INDEX office_event_by_office ON office_event (office, at);

CREATE TABLE office_grant (
    office      text COLLATE "C" NOT NULL REFERENCES office (id),
    role        text COLLATE "C" NOT NULL,
    site_column text COLLATE "C" NOT NULL,
    PRIMARY KEY (office, role, site_column)
);

CREATE TABLE holder (
    id           uuid NOT NULL PRIMARY KEY,
    office       text COLLATE "C" NOT NULL REFERENCES office (id),
    name         text COLLATE "C" NOT NULL,
    contact      text COLLATE "C" NOT NULL,
    sign_in      text COLLATE "C" UNIQUE,
    password     text COLLATE "C",
    totp         text COLLATE "C",
    totp_pending text COLLATE "C",
    totp_step    bigint NOT NULL,
    since        bigint NOT NULL,
    until        bigint
);
CREATE INDEX holder_by_office ON holder (office, since);

CREATE TABLE recovery_code (
    hash    text COLLATE "C" NOT NULL PRIMARY KEY,
    holder  uuid NOT NULL REFERENCES holder (id),
    used_at bigint
);
CREATE INDEX recovery_code_by_holder ON recovery_code (holder);

CREATE TABLE setup_link (
    hash    text COLLATE "C" NOT NULL PRIMARY KEY,
    holder  uuid NOT NULL REFERENCES holder (id),
    created bigint NOT NULL,
    expires bigint NOT NULL,
    used_at bigint
);
CREATE INDEX setup_link_by_holder ON setup_link (holder);

CREATE TABLE desk_session (
    hash    text COLLATE "C" NOT NULL PRIMARY KEY,
    id      uuid NOT NULL UNIQUE,
    holder  uuid NOT NULL REFERENCES holder (id),
    stage   text COLLATE "C" NOT NULL,
    created bigint NOT NULL,
    seen    bigint NOT NULL,
    proven  bigint NOT NULL,
    device  text COLLATE "C" NOT NULL,
    ended   bigint
);
CREATE INDEX desk_session_by_holder ON desk_session (holder, created);

CREATE TABLE desk_device (
    hash   text COLLATE "C" NOT NULL PRIMARY KEY,
    holder uuid NOT NULL REFERENCES holder (id),
    at     bigint NOT NULL
);
CREATE INDEX desk_device_by_holder ON desk_device (holder);
