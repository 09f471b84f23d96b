-- Messages that the system sends, what became of each attempt, and what offices chose about them.
-- A key is one message: whoever asks again, or another node, finds it taken.

CREATE TABLE outbox_message (
    id         uuid NOT NULL PRIMARY KEY,
    key        text COLLATE "C" NOT NULL UNIQUE,
    kind       text COLLATE "C" NOT NULL,
    channel    text COLLATE "C" NOT NULL,
    recipient  text COLLATE "C" NOT NULL,
    office     text COLLATE "C" NOT NULL,
    unit       text COLLATE "C" NOT NULL,
    data_set   text COLLATE "C" NOT NULL,
    period     text COLLATE "C" NOT NULL,
    subject    text COLLATE "C" NOT NULL,
    body       text COLLATE "C" NOT NULL,
    by_office  text COLLATE "C" NOT NULL,
    by_holder  text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    state      text COLLATE "C" NOT NULL,
    due        bigint NOT NULL,
    tries      bigint NOT NULL,
    changes    bigint NOT NULL,
    lease      bigint,
    lease_by   text COLLATE "C" NOT NULL
);
CREATE INDEX outbox_message_by_state ON outbox_message (state, due);

-- Append-only: each step of a message, by whom, and what the other side said.
CREATE TABLE outbox_step (
    message uuid NOT NULL REFERENCES outbox_message (id),
    ordinal bigint NOT NULL,
    at      bigint NOT NULL,
    what    text COLLATE "C" NOT NULL,
    detail  text COLLATE "C" NOT NULL,
    office  text COLLATE "C" NOT NULL,
    holder  text COLLATE "C" NOT NULL,
    PRIMARY KEY (message, ordinal)
);

-- Append-only: the newest of a subject holds. `what` is `plan` (of a branch; an empty subject is all
-- units) or `digest` (of an office).
CREATE TABLE outbox_choice (
    id      uuid NOT NULL PRIMARY KEY,
    what    text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    body    text COLLATE "C" NOT NULL,
    office  text COLLATE "C" NOT NULL,
    holder  text COLLATE "C" NOT NULL,
    at      bigint NOT NULL
);
