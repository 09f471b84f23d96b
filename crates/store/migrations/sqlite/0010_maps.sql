-- Outlines of units, each from a day on: the last one that was loaded for a day counts.

CREATE TABLE site_map (
    id       BLOB NOT NULL PRIMARY KEY,
    from_day TEXT NOT NULL,
    note     TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    bytes    BLOB NOT NULL,
    office   TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
