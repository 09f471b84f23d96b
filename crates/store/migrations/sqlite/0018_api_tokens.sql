-- Tokens of the API: an office's, in the name of a holder, by the hash of their secret. Ended ones stay.

-- `scopes` are words with a space between. `used` is the local day of the last use.
CREATE TABLE api_token (
    id      BLOB NOT NULL PRIMARY KEY,
    hash    TEXT NOT NULL UNIQUE,
    office  TEXT NOT NULL REFERENCES office (id),
    holder  BLOB NOT NULL REFERENCES holder (id),
    name    TEXT NOT NULL,
    scopes  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used    TEXT,
    ended   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX api_token_by_office ON api_token (office);
CREATE INDEX api_token_by_holder ON api_token (holder);

-- What was answered to a request that carried a key of its own: asked again, it is answered the same.
-- `status` 0 is being answered. `asked` is the request's hash.
CREATE TABLE api_answer (
    token  BLOB NOT NULL REFERENCES api_token (id),
    key    TEXT NOT NULL,
    asked  TEXT NOT NULL,
    status INTEGER NOT NULL,
    body   BLOB NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (token, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX api_answer_by_time ON api_answer (at);
