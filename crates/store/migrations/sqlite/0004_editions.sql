-- What was reported: editions pin revisions by id, and keep the rendered bytes.

CREATE TABLE edition (
    id                 BLOB NOT NULL PRIMARY KEY,
    report             TEXT NOT NULL,
    number             INTEGER NOT NULL,
    status             TEXT NOT NULL,
    period             TEXT NOT NULL,
    scope              TEXT NOT NULL,
    tree_day           TEXT NOT NULL,
    definition_version INTEGER NOT NULL REFERENCES definition (version),
    input_hash         TEXT NOT NULL,
    salt               TEXT NOT NULL,
    body               TEXT NOT NULL,
    at                 INTEGER NOT NULL,
    office             TEXT NOT NULL,
    UNIQUE (report, number)
) STRICT;

CREATE TABLE edition_act (
    id         BLOB NOT NULL PRIMARY KEY,
    edition_id BLOB NOT NULL REFERENCES edition (id),
    ordinal    INTEGER NOT NULL,
    act        TEXT NOT NULL,
    office     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    UNIQUE (edition_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE edition_return (
    edition_id  BLOB NOT NULL REFERENCES edition (id),
    revision_id BLOB NOT NULL REFERENCES revision (id),
    PRIMARY KEY (edition_id, revision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX edition_return_by_revision ON edition_return (revision_id);

CREATE TABLE edition_document (
    edition_id BLOB NOT NULL REFERENCES edition (id),
    format     TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    bytes      BLOB NOT NULL,
    PRIMARY KEY (edition_id, format)
) STRICT;

CREATE TABLE attachment (
    id         BLOB NOT NULL PRIMARY KEY,
    edition_id BLOB NOT NULL REFERENCES edition (id),
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    bytes      BLOB NOT NULL,
    office     TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_by_edition ON attachment (edition_id);
