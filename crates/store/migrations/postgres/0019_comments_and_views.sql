-- What is said about a passage of a report, when a frozen edition was handed over to the site, and the
-- views of numbers that offices keep.

-- Append-only. `thread` is the id of the comment that began it; `act` is comment, answer, resolve or reopen.
CREATE TABLE edition_comment (
    id         uuid NOT NULL PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES edition (id),
    thread     uuid NOT NULL,
    act        text COLLATE "C" NOT NULL,
    anchor     text COLLATE "C" NOT NULL,
    passage    text COLLATE "C" NOT NULL,
    body       text COLLATE "C" NOT NULL,
    office     text COLLATE "C" NOT NULL,
    holder     text COLLATE "C" NOT NULL,
    at         bigint NOT NULL
);
CREATE INDEX edition_comment_by_edition ON edition_comment (edition_id, at);

-- `article` is the id of the article that was begun of it; empty for none.
CREATE TABLE edition_handover (
    edition_id uuid NOT NULL PRIMARY KEY REFERENCES edition (id),
    article    text COLLATE "C" NOT NULL,
    office     text COLLATE "C" NOT NULL,
    holder     text COLLATE "C" NOT NULL,
    at         bigint NOT NULL
);

-- Until now an edition was public as soon as it was frozen: what was public stays public.
INSERT INTO edition_handover (edition_id, article, office, holder, at)
SELECT id, '', office, '', at FROM edition WHERE status = 'frozen';

CREATE TABLE saved_view (
    id     uuid NOT NULL PRIMARY KEY,
    office text COLLATE "C" NOT NULL,
    name   text COLLATE "C" NOT NULL,
    query  text COLLATE "C" NOT NULL,
    holder text COLLATE "C" NOT NULL,
    at     bigint NOT NULL
);
CREATE INDEX saved_view_by_office ON saved_view (office, at);
