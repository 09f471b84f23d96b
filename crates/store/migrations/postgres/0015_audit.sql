-- Who did what that binds, as a chain: each record carries the hash of the one before. Append-only.

-- The number of the last record: writers of the chain on PostgreSQL wait on this row, last of all.
INSERT INTO meta (key, value) VALUES ('audit', 0);

-- `body` is JSON. `before` and `hash` are SHA-256 in hexadecimal, of what docs/audit.md says.
CREATE TABLE audit (
    seq     bigint NOT NULL PRIMARY KEY,
    at      bigint NOT NULL,
    office  text COLLATE "C" NOT NULL,
    holder  text COLLATE "C" NOT NULL,
    what    text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    body    text COLLATE "C" NOT NULL,
    before  text COLLATE "C" NOT NULL,
    hash    text COLLATE "C" NOT NULL
);
CREATE INDEX audit_by_time ON audit (at);
