-- Who may see raw counts, and that they looked. Tokens and sessions only as hashes.

CREATE TABLE raw_view (
    id       uuid NOT NULL PRIMARY KEY,
    at       bigint NOT NULL,
    what     text COLLATE "C" NOT NULL,
    reviewer text COLLATE "C" NOT NULL
);
CREATE INDEX raw_view_by_time ON raw_view (at);

CREATE TABLE reviewer_token (
    hash         text COLLATE "C" NOT NULL PRIMARY KEY,
    created      bigint NOT NULL,
    expires      bigint NOT NULL,
    used_at      bigint,
    session_hash text COLLATE "C" UNIQUE
);
