-- The register of documents. Append-only: register_event. Made from it: a document's entry and its relations.

-- Writers of the register go one after another: relations may not close a circle.
INSERT INTO meta (key, value) VALUES ('register', 0);

-- `key` is the name in a campaign's configuration. `words` is what it is found by, folded.
CREATE TABLE register_document (
    id           uuid NOT NULL PRIMARY KEY,
    key          text COLLATE "C" UNIQUE,
    slug         text COLLATE "C" NOT NULL UNIQUE,
    number       text COLLATE "C" NOT NULL,
    kind         text COLLATE "C" NOT NULL,
    issuer       text COLLATE "C" NOT NULL,
    subject      text COLLATE "C" NOT NULL,
    signed       text COLLATE "C" NOT NULL,
    effective    text COLLATE "C",
    expires      text COLLATE "C",
    campaign     text COLLATE "C" NOT NULL,
    more         text COLLATE "C" NOT NULL,
    words        text COLLATE "C" NOT NULL,
    status       text COLLATE "C" NOT NULL,
    last_event   bigint NOT NULL,
    published_at bigint,
    office       text COLLATE "C" NOT NULL,
    at           bigint NOT NULL,
    changed_at   bigint NOT NULL,
    UNIQUE (number, issuer, signed)
);
CREATE INDEX register_document_by_day ON register_document (status, signed);
CREATE INDEX register_document_by_change ON register_document (changed_at);

CREATE TABLE register_relation (
    from_id uuid NOT NULL REFERENCES register_document (id),
    kind    text COLLATE "C" NOT NULL,
    to_id   uuid NOT NULL REFERENCES register_document (id),
    PRIMARY KEY (from_id, kind, to_id)
);
CREATE INDEX register_relation_back ON register_relation (to_id);

CREATE TABLE register_file (
    document_id uuid NOT NULL REFERENCES register_document (id),
    media_id    uuid NOT NULL REFERENCES media (id),
    position    bigint NOT NULL,
    PRIMARY KEY (document_id, media_id)
);
CREATE INDEX register_file_by_media ON register_file (media_id);

-- `body` is what was said of the document from then on, or the relation (JSON).
CREATE TABLE register_event (
    document_id uuid NOT NULL REFERENCES register_document (id),
    ordinal     bigint NOT NULL,
    act         text COLLATE "C" NOT NULL,
    body        text COLLATE "C" NOT NULL,
    reason      text COLLATE "C" NOT NULL,
    office      text COLLATE "C" NOT NULL,
    holder      text COLLATE "C" NOT NULL,
    at          bigint NOT NULL,
    PRIMARY KEY (document_id, ordinal)
);
