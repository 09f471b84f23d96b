-- The index of the search: made from what is out, and made anew from it at any time.

-- `search` is the version of the index that is built; whoever changes the index locks this row first.
INSERT INTO meta (key, value) VALUES ('search', 0);

CREATE TABLE search_item (
    number    INTEGER NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,
    id        TEXT NOT NULL,
    href      TEXT NOT NULL,
    title     TEXT NOT NULL,
    summary   TEXT NOT NULL,
    words     TEXT NOT NULL,
    text      TEXT NOT NULL,
    column_id TEXT NOT NULL,
    day       TEXT NOT NULL,
    lang      TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    UNIQUE (kind, id)
) STRICT;

-- In which of 32,768 items a word, or a pair of neighbours, stands: their last 15 bits, two bytes each in
-- order, or from 2,049 on one bit each.
CREATE TABLE search_posting (
    word   TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    field  INTEGER NOT NULL,
    size   INTEGER NOT NULL,
    docs   BLOB NOT NULL,
    PRIMARY KEY (word, bucket, field)
) STRICT, WITHOUT ROWID;
