-- Outlines of units, each from a day on: the last one that was loaded for a day counts.

CREATE TABLE site_map (
    id       uuid NOT NULL PRIMARY KEY,
    from_day text COLLATE "C" NOT NULL,
    note     text COLLATE "C" NOT NULL,
    sha256   text COLLATE "C" NOT NULL,
    bytes    bytea NOT NULL,
    office   text COLLATE "C" NOT NULL,
    at       bigint NOT NULL
);
