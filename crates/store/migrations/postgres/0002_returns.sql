-- What came in. Append-only, but for `return_state`, which is what a return's acts come to.

CREATE TABLE intake_file (
    sha256 text COLLATE "C" NOT NULL PRIMARY KEY,
    name   text COLLATE "C" NOT NULL,
    size   bigint NOT NULL,
    office text COLLATE "C" NOT NULL,
    at     bigint NOT NULL
);

-- The elements that a revision's values stand for, in their order: a JSON array of names, unique by
-- its hash, because a long form's list does not fit PostgreSQL's index.
CREATE TABLE layout (
    id       bigint NOT NULL PRIMARY KEY,
    data_set text COLLATE "C" NOT NULL,
    sha256   text COLLATE "C" NOT NULL,
    elements text COLLATE "C" NOT NULL,
    UNIQUE (data_set, sha256)
);

CREATE TABLE return_state (
    id                uuid NOT NULL PRIMARY KEY,
    unit              text COLLATE "C" NOT NULL CHECK (unit <> ''),
    data_set          text COLLATE "C" NOT NULL,
    period            text COLLATE "C" NOT NULL,
    status            text COLLATE "C" NOT NULL,
    last_revision     bigint NOT NULL,
    accepted_revision bigint,
    locked            bigint NOT NULL CHECK (locked IN (0, 1)),
    at                bigint NOT NULL,
    UNIQUE (data_set, period, unit)
);
CREATE INDEX return_state_by_unit ON return_state (unit);

CREATE TABLE revision (
    id           uuid NOT NULL PRIMARY KEY,
    return_id    uuid NOT NULL REFERENCES return_state (id),
    number       bigint NOT NULL,
    layout_id    bigint NOT NULL REFERENCES layout (id),
    "values"     text COLLATE "C" NOT NULL,
    cells        text COLLATE "C" NOT NULL,
    words        text COLLATE "C" NOT NULL,
    explanation  text COLLATE "C" NOT NULL,
    file_name    text COLLATE "C" NOT NULL,
    file_sha256  text COLLATE "C",
    sheet        text COLLATE "C" NOT NULL,
    office       text COLLATE "C" NOT NULL,
    on_behalf_of text COLLATE "C",
    at           bigint NOT NULL,
    UNIQUE (return_id, number)
);

CREATE TABLE return_act (
    id        uuid NOT NULL PRIMARY KEY,
    return_id uuid NOT NULL REFERENCES return_state (id),
    ordinal   bigint NOT NULL,
    act       text COLLATE "C" NOT NULL,
    office    text COLLATE "C" NOT NULL,
    at        bigint NOT NULL,
    UNIQUE (return_id, ordinal)
);

-- Deadlines put off for a branch, on record.
CREATE TABLE deadline_extension (
    id        uuid NOT NULL PRIMARY KEY,
    data_set  text COLLATE "C" NOT NULL,
    period    text COLLATE "C" NOT NULL,
    unit      text COLLATE "C" NOT NULL,
    until_day text COLLATE "C" NOT NULL,
    reason    text COLLATE "C" NOT NULL,
    office    text COLLATE "C" NOT NULL,
    at        bigint NOT NULL
);
CREATE INDEX deadline_extension_by_period ON deadline_extension (data_set, period);
