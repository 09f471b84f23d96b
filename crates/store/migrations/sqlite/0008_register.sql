-- The register of documents. Append-only: register_event. Made from it: a document's entry and its relations.

-- Writers of the register go one after another: relations may not close a circle.
INSERT INTO meta (key, value) VALUES ('register', 0);

-- `key` is the name in a campaign's configuration. `words` is what it is found by, folded.
CREATE TABLE register_document (
    id           BLOB NOT NULL PRIMARY KEY,
    key          TEXT UNIQUE,
    slug         TEXT NOT NULL UNIQUE,
    number       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    issuer       TEXT NOT NULL,
    subject      TEXT NOT NULL,
    signed       TEXT NOT NULL,
    effective    TEXT,
    expires      TEXT,
    campaign     TEXT NOT NULL,
    more         TEXT NOT NULL,
    words        TEXT NOT NULL,
    status       TEXT NOT NULL,
    last_event   INTEGER NOT NULL,
    published_at INTEGER,
    office       TEXT NOT NULL,
    at           INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    UNIQUE (number, issuer, signed)
) STRICT;
CREATE INDEX register_document_by_day ON register_document (status, signed);
CREATE INDEX register_document_by_change ON register_document (changed_at);

CREATE TABLE register_relation (
    from_id BLOB NOT NULL REFERENCES register_document (id),
    kind    TEXT NOT NULL,
    to_id   BLOB NOT NULL REFERENCES register_document (id),
    PRIMARY KEY (from_id, kind, to_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_relation_back ON register_relation (to_id);

CREATE TABLE register_file (
    document_id BLOB NOT NULL REFERENCES register_document (id),
    media_id    BLOB NOT NULL REFERENCES media (id),
    position    INTEGER NOT NULL,
    PRIMARY KEY (document_id, media_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_file_by_media ON register_file (media_id);

-- `body` is what was said of the document from then on, or the relation (JSON).
CREATE TABLE register_event (
    document_id BLOB NOT NULL REFERENCES register_document (id),
    ordinal     INTEGER NOT NULL,
    act         TEXT NOT NULL,
    body        TEXT NOT NULL,
    reason      TEXT NOT NULL,
    office      TEXT NOT NULL,
    holder      TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) STRICT;
