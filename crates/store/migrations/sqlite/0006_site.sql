-- The site's content: columns, articles with their revisions and acts, media, settings, what readers say.
-- Append-only: site_event, article_revision, article_act, article_figure. Made from acts, and compared
-- with them by `verify`: an article's status and published revision.

-- `site` goes up with everything that changes what the public sees; page caches watch it.
INSERT INTO meta (key, value) VALUES ('site', 0);

CREATE TABLE site_event (
    id     BLOB NOT NULL PRIMARY KEY,
    what   TEXT NOT NULL,
    body   TEXT NOT NULL,
    office TEXT NOT NULL,
    holder TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE TABLE site_column (
    id          TEXT NOT NULL PRIMARY KEY,
    parent      TEXT REFERENCES site_column (id) DEFERRABLE INITIALLY DEFERRED,
    slug        TEXT NOT NULL UNIQUE,
    names       TEXT NOT NULL,
    description TEXT NOT NULL,
    position    INTEGER NOT NULL,
    hidden      INTEGER NOT NULL
) STRICT;

CREATE TABLE media (
    id         BLOB NOT NULL PRIMARY KEY,
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    size       INTEGER NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    alt        TEXT NOT NULL,
    caption    TEXT NOT NULL,
    credit     TEXT NOT NULL,
    office     TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX media_by_time ON media (at);
CREATE INDEX media_by_hash ON media (sha256);

CREATE TABLE media_rendition (
    media_id   BLOB NOT NULL REFERENCES media (id),
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    size       INTEGER NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    bytes      BLOB NOT NULL,
    PRIMARY KEY (media_id, name)
) STRICT;

-- `family` is the original that an article translates, or the article itself.
CREATE TABLE article (
    id                 BLOB NOT NULL PRIMARY KEY,
    kind               TEXT NOT NULL,
    column_id          TEXT REFERENCES site_column (id),
    slug               TEXT NOT NULL,
    slug_by_hand       INTEGER NOT NULL,
    lang               TEXT NOT NULL,
    family             BLOB NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    status             TEXT NOT NULL,
    title              TEXT NOT NULL,
    last_revision      INTEGER NOT NULL,
    last_act           INTEGER NOT NULL,
    published_revision INTEGER,
    published_act      INTEGER,
    published_at       INTEGER,
    updated_at         INTEGER,
    scheduled_at       INTEGER,
    expires_at         INTEGER,
    ended_at           INTEGER,
    office             TEXT NOT NULL,
    at                 INTEGER NOT NULL,
    changed_at         INTEGER NOT NULL,
    lock_office        TEXT,
    lock_holder        TEXT,
    lock_since         INTEGER,
    lock_until         INTEGER,
    UNIQUE (kind, slug),
    UNIQUE (family, lang)
) STRICT;
CREATE INDEX article_by_publication ON article (kind, status, published_at);
CREATE INDEX article_by_column ON article (column_id, status, published_at);
CREATE INDEX article_by_change ON article (changed_at);

CREATE TABLE article_revision (
    article_id BLOB NOT NULL REFERENCES article (id),
    number     INTEGER NOT NULL,
    title      TEXT NOT NULL,
    lead       TEXT NOT NULL,
    body       TEXT NOT NULL,
    more       TEXT NOT NULL,
    note       TEXT NOT NULL,
    office     TEXT NOT NULL,
    holder     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (article_id, number)
) STRICT;

CREATE TABLE article_act (
    article_id BLOB NOT NULL REFERENCES article (id),
    ordinal    INTEGER NOT NULL,
    act        TEXT NOT NULL,
    reason     TEXT NOT NULL,
    revision   INTEGER NOT NULL,
    due        INTEGER,
    office     TEXT NOT NULL,
    holder     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_autosave (
    article_id BLOB NOT NULL REFERENCES article (id),
    office     TEXT NOT NULL,
    base       INTEGER NOT NULL,
    content    TEXT NOT NULL,
    holder     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (article_id, office)
) STRICT, WITHOUT ROWID;

-- What a figure said when an article that uses it went out; `act` is that act's place.
CREATE TABLE article_figure (
    article_id BLOB NOT NULL REFERENCES article (id),
    act        INTEGER NOT NULL,
    key        TEXT NOT NULL,
    period     TEXT NOT NULL,
    form       TEXT NOT NULL,
    wording    TEXT NOT NULL,
    withheld   INTEGER NOT NULL,
    edition    TEXT NOT NULL,
    PRIMARY KEY (article_id, act, key, period, form)
) STRICT, WITHOUT ROWID;

-- Which media an article's revision shows: what may be read, and what stands in the way of removing.
CREATE TABLE article_media (
    article_id BLOB NOT NULL REFERENCES article (id),
    revision   INTEGER NOT NULL,
    media_id   BLOB NOT NULL REFERENCES media (id),
    PRIMARY KEY (article_id, revision, media_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_media_by_media ON article_media (media_id);

CREATE TABLE preview_token (
    hash       TEXT NOT NULL PRIMARY KEY,
    article_id BLOB NOT NULL REFERENCES article (id),
    revision   INTEGER NOT NULL,
    office     TEXT NOT NULL,
    created    INTEGER NOT NULL,
    expires    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE redirect (
    path   TEXT NOT NULL PRIMARY KEY,
    target TEXT NOT NULL,
    source TEXT NOT NULL,
    office TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX redirect_by_target ON redirect (target);

CREATE TABLE site_setting (
    key    TEXT NOT NULL PRIMARY KEY,
    value  TEXT NOT NULL,
    office TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE notice (
    id       BLOB NOT NULL PRIMARY KEY,
    text     TEXT NOT NULL,
    from_at  INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    office   TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT;

-- A message is kept for some days and then removed; of a rating only the count is kept.
CREATE TABLE feedback (
    id         BLOB NOT NULL PRIMARY KEY,
    path       TEXT NOT NULL,
    message    TEXT NOT NULL,
    contact    TEXT NOT NULL,
    at         INTEGER NOT NULL,
    handled_by TEXT,
    handled_at INTEGER
) STRICT;
CREATE INDEX feedback_by_time ON feedback (at);

CREATE TABLE rating (
    path  TEXT NOT NULL,
    score INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (path, score)
) STRICT, WITHOUT ROWID;
