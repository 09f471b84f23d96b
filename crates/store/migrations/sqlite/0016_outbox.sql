-- Messages that the system sends, what became of each attempt, and what offices chose about them.
-- A key is one message: whoever asks again, or another node, finds it taken.

CREATE TABLE outbox_message (
    id         BLOB NOT NULL PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL,
    channel    TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    office     TEXT NOT NULL,
    unit       TEXT NOT NULL,
    data_set   TEXT NOT NULL,
    period     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    by_office  TEXT NOT NULL,
    by_holder  TEXT NOT NULL,
    at         INTEGER NOT NULL,
    state      TEXT NOT NULL,
    due        INTEGER NOT NULL,
    tries      INTEGER NOT NULL,
    changes    INTEGER NOT NULL,
    lease      INTEGER,
    lease_by   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_message_by_state ON outbox_message (state, due);

-- Append-only: each step of a message, by whom, and what the other side said.
CREATE TABLE outbox_step (
    message BLOB NOT NULL REFERENCES outbox_message (id),
    ordinal INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    what    TEXT NOT NULL,
    detail  TEXT NOT NULL,
    office  TEXT NOT NULL,
    holder  TEXT NOT NULL,
    PRIMARY KEY (message, ordinal)
) STRICT, WITHOUT ROWID;

-- Append-only: the newest of a subject holds. `what` is `plan` (of a branch; an empty subject is all
-- units) or `digest` (of an office).
CREATE TABLE outbox_choice (
    id      BLOB NOT NULL PRIMARY KEY,
    what    TEXT NOT NULL,
    subject TEXT NOT NULL,
    body    TEXT NOT NULL,
    office  TEXT NOT NULL,
    holder  TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
