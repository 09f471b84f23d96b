-- Who may see raw counts, and that they looked. Tokens and sessions only as hashes.

CREATE TABLE raw_view (
    id       BLOB NOT NULL PRIMARY KEY,
    at       INTEGER NOT NULL,
    what     TEXT NOT NULL,
    reviewer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX raw_view_by_time ON raw_view (at);

CREATE TABLE reviewer_token (
    hash         TEXT NOT NULL PRIMARY KEY,
    created      INTEGER NOT NULL,
    expires      INTEGER NOT NULL,
    used_at      INTEGER,
    session_hash TEXT UNIQUE
) STRICT, WITHOUT ROWID;
