-- The index of the search: made from what is out, and made anew from it at any time.

-- `search` is the version of the index that is built; whoever changes the index locks this row first.
INSERT INTO meta (key, value) VALUES ('search', 0);

CREATE TABLE search_item (
    number    bigint NOT NULL PRIMARY KEY,
    kind      text COLLATE "C" NOT NULL,
    id        text COLLATE "C" NOT NULL,
    href      text COLLATE "C" NOT NULL,
    title     text COLLATE "C" NOT NULL,
    summary   text COLLATE "C" NOT NULL,
    words     text COLLATE "C" NOT NULL,
    text      text COLLATE "C" NOT NULL,
    column_id text COLLATE "C" NOT NULL,
    day       text COLLATE "C" NOT NULL,
    lang      text COLLATE "C" NOT NULL,
    sha256    text COLLATE "C" NOT NULL,
    UNIQUE (kind, id)
);

-- In which of 32,768 items a word, or a pair of neighbours, stands: their last 15 bits, two bytes each in
-- order, or from 2,049 on one bit each.
CREATE TABLE search_posting (
    word   text COLLATE "C" NOT NULL,
    bucket bigint NOT NULL,
    field  bigint NOT NULL,
    size   bigint NOT NULL,
    docs   bytea NOT NULL,
    PRIMARY KEY (word, bucket, field)
);
-- Bits do not grow shorter by compressing: kept as they are.
ALTER TABLE search_posting ALTER COLUMN docs SET STORAGE EXTERNAL;
