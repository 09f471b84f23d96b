-- What is set up: the record of the tree, and the definitions by version.
-- Times are UTC in microseconds; days are ISO text; ids of acts are UUIDv7 that the caller hands in.

-- Counters. `change` goes up with the tree and the definitions; caches watch it.
-- `layout` only gives writers on PostgreSQL a row to wait on.
CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta (key, value) VALUES ('change', 0), ('layout', 0);

CREATE TABLE tree_event (
    seq    INTEGER NOT NULL PRIMARY KEY,
    on_day TEXT NOT NULL,
    body   TEXT NOT NULL,
    office TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE TABLE definition (
    version INTEGER NOT NULL PRIMARY KEY,
    sha256  TEXT NOT NULL,
    body    TEXT NOT NULL,
    office  TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
