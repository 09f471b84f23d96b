-- Tokens of the API: an office's, in the name of a holder, by the hash of their secret. Ended ones stay.

-- `scopes` are words with a space between. `used` is the local day of the last use.
CREATE TABLE api_token (
    id      uuid NOT NULL PRIMARY KEY,
    hash    text COLLATE "C" NOT NULL UNIQUE,
    office  text COLLATE "C" NOT NULL REFERENCES office (id),
    holder  uuid NOT NULL REFERENCES holder (id),
    name    text COLLATE "C" NOT NULL,
    scopes  text COLLATE "C" NOT NULL,
    at      bigint NOT NULL,
    expires bigint NOT NULL,
    used    text COLLATE "C",
    ended   bigint
);
CREATE INDEX api_token_by_office ON api_token (office);
CREATE INDEX api_token_by_holder ON api_token (holder);

-- What was answered to a request that carried a key of its own: asked again, it is answered the same.
-- `status` 0 is being answered. `asked` is the request's hash.
CREATE TABLE api_answer (
    token  uuid NOT NULL REFERENCES api_token (id),
    key    text COLLATE "C" NOT NULL,
    asked  text COLLATE "C" NOT NULL,
    status bigint NOT NULL,
    body   bytea NOT NULL,
    at     bigint NOT NULL,
    PRIMARY KEY (token, key)
);
CREATE INDEX api_answer_by_time ON api_answer (at);
