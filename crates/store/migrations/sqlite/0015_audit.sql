-- Who did what that binds, as a chain: each record carries the hash of the one before. Append-only.

-- The number of the last record: writers of the chain on PostgreSQL wait on this row, last of all.
INSERT INTO meta (key, value) VALUES ('audit', 0);

-- `body` is JSON. `before` and `hash` are SHA-256 in hexadecimal, of what docs/audit.md says.
CREATE TABLE audit (
    seq     INTEGER NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    office  TEXT NOT NULL,
    holder  TEXT NOT NULL,
    what    TEXT NOT NULL,
    subject TEXT NOT NULL,
    body    TEXT NOT NULL,
    before  TEXT NOT NULL,
    hash    TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (at);
