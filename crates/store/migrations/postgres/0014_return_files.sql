-- Files that go with a return. What is taken out again leaves its hash, its size and who did it; its name and
-- its bytes are emptied.

CREATE TABLE return_file (
    id         uuid NOT NULL PRIMARY KEY,
    unit       text COLLATE "C" NOT NULL,
    data_set   text COLLATE "C" NOT NULL,
    period     text COLLATE "C" NOT NULL,
    name       text COLLATE "C" NOT NULL,
    media_type text COLLATE "C" NOT NULL,
    sha256     text COLLATE "C" NOT NULL,
    size       bigint NOT NULL,
    bytes      bytea NOT NULL,
    office     text COLLATE "C" NOT NULL,
    holder     text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    removed    bigint,
    removed_by text COLLATE "C" NOT NULL
);

CREATE INDEX return_file_of ON return_file (unit, data_set, period);
