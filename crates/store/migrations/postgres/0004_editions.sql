-- What was reported: editions pin revisions by id, and keep the rendered bytes.

CREATE TABLE edition (
    id                 uuid NOT NULL PRIMARY KEY,
    report             text COLLATE "C" NOT NULL,
    number             bigint NOT NULL,
    status             text COLLATE "C" NOT NULL,
    period             text COLLATE "C" NOT NULL,
    scope              text COLLATE "C" NOT NULL,
    tree_day           text COLLATE "C" NOT NULL,
    definition_version bigint NOT NULL REFERENCES definition (version),
    input_hash         text COLLATE "C" NOT NULL,
    salt               text COLLATE "C" NOT NULL,
    body               text COLLATE "C" NOT NULL,
    at                 bigint NOT NULL,
    office             text COLLATE "C" NOT NULL,
    UNIQUE (report, number)
);

CREATE TABLE edition_act (
    id         uuid NOT NULL PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES edition (id),
    ordinal    bigint NOT NULL,
    act        text COLLATE "C" NOT NULL,
    office     text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    UNIQUE (edition_id, ordinal)
);

CREATE TABLE edition_return (
    edition_id  uuid NOT NULL REFERENCES edition (id),
    revision_id uuid NOT NULL REFERENCES revision (id),
    PRIMARY KEY (edition_id, revision_id)
);
CREATE INDEX edition_return_by_revision ON edition_return (revision_id);

CREATE TABLE edition_document (
    edition_id uuid NOT NULL REFERENCES edition (id),
    format     text COLLATE "C" NOT NULL,
    media_type text COLLATE "C" NOT NULL,
    sha256     text COLLATE "C" NOT NULL,
    bytes      bytea NOT NULL,
    PRIMARY KEY (edition_id, format)
);

CREATE TABLE attachment (
    id         uuid NOT NULL PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES edition (id),
    name       text COLLATE "C" NOT NULL,
    media_type text COLLATE "C" NOT NULL,
    sha256     text COLLATE "C" NOT NULL,
    bytes      bytea NOT NULL,
    office     text COLLATE "C" NOT NULL,
    at         bigint NOT NULL
);
CREATE INDEX attachment_by_edition ON attachment (edition_id);
