-- What came in. Append-only, but for `return_state`, which is what a return's acts come to.

CREATE TABLE intake_file (
    sha256 TEXT NOT NULL PRIMARY KEY,
    name   TEXT NOT NULL,
    size   INTEGER NOT NULL,
    office TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The elements that a revision's values stand for, in their order: a JSON array of names, unique by
-- its hash, because a long form's list does not fit PostgreSQL's index.
CREATE TABLE layout (
    id       INTEGER NOT NULL PRIMARY KEY,
    data_set TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    elements TEXT NOT NULL,
    UNIQUE (data_set, sha256)
) STRICT;

CREATE TABLE return_state (
    id                BLOB NOT NULL PRIMARY KEY,
    unit              TEXT NOT NULL CHECK (unit <> ''),
    data_set          TEXT NOT NULL,
    period            TEXT NOT NULL,
    status            TEXT NOT NULL,
    last_revision     INTEGER NOT NULL,
    accepted_revision INTEGER,
    locked            INTEGER NOT NULL CHECK (locked IN (0, 1)),
    at                INTEGER NOT NULL,
    UNIQUE (data_set, period, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX return_state_by_unit ON return_state (unit);

CREATE TABLE revision (
    id           BLOB NOT NULL PRIMARY KEY,
    return_id    BLOB NOT NULL REFERENCES return_state (id),
    number       INTEGER NOT NULL,
    layout_id    INTEGER NOT NULL REFERENCES layout (id),
    "values"     TEXT NOT NULL,
    cells        TEXT NOT NULL,
    words        TEXT NOT NULL,
    explanation  TEXT NOT NULL,
    file_name    TEXT NOT NULL,
    file_sha256  TEXT,
    sheet        TEXT NOT NULL,
    office       TEXT NOT NULL,
    on_behalf_of TEXT,
    at           INTEGER NOT NULL,
    UNIQUE (return_id, number)
) STRICT;

CREATE TABLE return_act (
    id        BLOB NOT NULL PRIMARY KEY,
    return_id BLOB NOT NULL REFERENCES return_state (id),
    ordinal   INTEGER NOT NULL,
    act       TEXT NOT NULL,
    office    TEXT NOT NULL,
    at        INTEGER NOT NULL,
    UNIQUE (return_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Deadlines put off for a branch, on record.
CREATE TABLE deadline_extension (
    id        BLOB NOT NULL PRIMARY KEY,
    data_set  TEXT NOT NULL,
    period    TEXT NOT NULL,
    unit      TEXT NOT NULL,
    until_day TEXT NOT NULL,
    reason    TEXT NOT NULL,
    office    TEXT NOT NULL,
    at        INTEGER NOT NULL
) STRICT;
CREATE INDEX deadline_extension_by_period ON deadline_extension (data_set, period);
