-- Files that go with a return. What is taken out again leaves its hash, its size and who did it; its name and
-- its bytes are emptied.

CREATE TABLE return_file (
    id         BLOB NOT NULL PRIMARY KEY,
    unit       TEXT NOT NULL,
    data_set   TEXT NOT NULL,
    period     TEXT NOT NULL,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    size       INTEGER NOT NULL,
    bytes      BLOB NOT NULL,
    office     TEXT NOT NULL,
    holder     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    removed    INTEGER,
    removed_by TEXT NOT NULL
) STRICT;

CREATE INDEX return_file_of ON return_file (unit, data_set, period);
