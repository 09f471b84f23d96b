-- What is set up: the record of the tree, and the definitions by version.
-- Times are UTC in microseconds; days are ISO text; ids of acts are UUIDv7 that the caller hands in.

-- Counters. `change` goes up with the tree and the definitions; caches watch it.
-- `layout` only gives writers on PostgreSQL a row to wait on.
CREATE TABLE meta (
    key   text COLLATE "C" NOT NULL PRIMARY KEY,
    value bigint NOT NULL
);
INSERT INTO meta (key, value) VALUES ('change', 0), ('layout', 0);

CREATE TABLE tree_event (
    seq    bigint NOT NULL PRIMARY KEY,
    on_day text COLLATE "C" NOT NULL,
    body   text COLLATE "C" NOT NULL,
    office text COLLATE "C" NOT NULL,
    at     bigint NOT NULL
);

CREATE TABLE definition (
    version bigint NOT NULL PRIMARY KEY,
    sha256  text COLLATE "C" NOT NULL,
    body    text COLLATE "C" NOT NULL,
    office  text COLLATE "C" NOT NULL,
    at      bigint NOT NULL
);
