-- What is said about a passage of a report, when a frozen edition was handed over to the site, and the
-- views of numbers that offices keep.

-- Append-only. `thread` is the id of the comment that began it; `act` is comment, answer, resolve or reopen.
CREATE TABLE edition_comment (
    id         BLOB NOT NULL PRIMARY KEY,
    edition_id BLOB NOT NULL REFERENCES edition (id),
    thread     BLOB NOT NULL,
    act        TEXT NOT NULL,
    anchor     TEXT NOT NULL,
    passage    TEXT NOT NULL,
    body       TEXT NOT NULL,
    office     TEXT NOT NULL,
    holder     TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX edition_comment_by_edition ON edition_comment (edition_id, at);

-- `article` is the id of the article that was begun of it; empty for none.
CREATE TABLE edition_handover (
    edition_id BLOB NOT NULL PRIMARY KEY REFERENCES edition (id),
    article    TEXT NOT NULL,
    office     TEXT NOT NULL,
    holder     TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;

-- Until now an edition was public as soon as it was frozen: what was public stays public.
INSERT INTO edition_handover (edition_id, article, office, holder, at)
SELECT id, '', office, '', at FROM edition WHERE status = 'frozen';

CREATE TABLE saved_view (
    id     BLOB NOT NULL PRIMARY KEY,
    office TEXT NOT NULL,
    name   TEXT NOT NULL,
    query  TEXT NOT NULL,
    holder TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_view_by_office ON saved_view (office, at);
