-- The site's content: columns, articles with their revisions and acts, media, settings, what readers say.
-- Append-only: site_event, article_revision, article_act, article_figure. Made from acts, and compared
-- with them by `verify`: an article's status and published revision.

-- `site` goes up with everything that changes what the public sees; page caches watch it.
INSERT INTO meta (key, value) VALUES ('site', 0);

CREATE TABLE site_event (
    id     uuid NOT NULL PRIMARY KEY,
    what   text COLLATE "C" NOT NULL,
    body   text COLLATE "C" NOT NULL,
    office text COLLATE "C" NOT NULL,
    holder text COLLATE "C" NOT NULL,
    at     bigint NOT NULL
);

CREATE TABLE site_column (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    parent      text COLLATE "C" REFERENCES site_column (id) DEFERRABLE INITIALLY DEFERRED,
    slug        text COLLATE "C" NOT NULL UNIQUE,
    names       text COLLATE "C" NOT NULL,
    description text COLLATE "C" NOT NULL,
    position    bigint NOT NULL,
    hidden      bigint NOT NULL
);

CREATE TABLE media (
    id         uuid NOT NULL PRIMARY KEY,
    kind       text COLLATE "C" NOT NULL,
    name       text COLLATE "C" NOT NULL,
    media_type text COLLATE "C" NOT NULL,
    sha256     text COLLATE "C" NOT NULL,
    size       bigint NOT NULL,
    width      bigint NOT NULL,
    height     bigint NOT NULL,
    alt        text COLLATE "C" NOT NULL,
    caption    text COLLATE "C" NOT NULL,
    credit     text COLLATE "C" NOT NULL,
    office     text COLLATE "C" NOT NULL,
    at         bigint NOT NULL
);
CREATE INDEX media_by_time ON media (at);
CREATE INDEX media_by_hash ON media (sha256);

CREATE TABLE media_rendition (
    media_id   uuid NOT NULL REFERENCES media (id),
    name       text COLLATE "C" NOT NULL,
    media_type text COLLATE "C" NOT NULL,
    sha256     text COLLATE "C" NOT NULL,
    size       bigint NOT NULL,
    width      bigint NOT NULL,
    height     bigint NOT NULL,
    bytes      bytea NOT NULL,
    PRIMARY KEY (media_id, name)
);

-- `family` is the original that an article translates, or the article itself.
CREATE TABLE article (
    id                 uuid NOT NULL PRIMARY KEY,
    kind               text COLLATE "C" NOT NULL,
    column_id          text COLLATE "C" REFERENCES site_column (id),
    slug               text COLLATE "C" NOT NULL,
    slug_by_hand       bigint NOT NULL,
    lang               text COLLATE "C" NOT NULL,
    family             uuid NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    status             text COLLATE "C" NOT NULL,
    title              text COLLATE "C" NOT NULL,
    last_revision      bigint NOT NULL,
    last_act           bigint NOT NULL,
    published_revision bigint,
    published_act      bigint,
    published_at       bigint,
    updated_at         bigint,
    scheduled_at       bigint,
    expires_at         bigint,
    ended_at           bigint,
    office             text COLLATE "C" NOT NULL,
    at                 bigint NOT NULL,
    changed_at         bigint NOT NULL,
    lock_office        text COLLATE "C",
    lock_holder        text COLLATE "C",
    lock_since         bigint,
    lock_until         bigint,
    UNIQUE (kind, slug),
    UNIQUE (family, lang)
);
CREATE INDEX article_by_publication ON article (kind, status, published_at);
CREATE INDEX article_by_column ON article (column_id, status, published_at);
CREATE INDEX article_by_change ON article (changed_at);

CREATE TABLE article_revision (
    article_id uuid NOT NULL REFERENCES article (id),
    number     bigint NOT NULL,
    title      text COLLATE "C" NOT NULL,
    lead       text COLLATE "C" NOT NULL,
    body       text COLLATE "C" NOT NULL,
    more       text COLLATE "C" NOT NULL,
    note       text COLLATE "C" NOT NULL,
    office     text COLLATE "C" NOT NULL,
    holder     text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    PRIMARY KEY (article_id, number)
);

CREATE TABLE article_act (
    article_id uuid NOT NULL REFERENCES article (id),
    ordinal    bigint NOT NULL,
    act        text COLLATE "C" NOT NULL,
    reason     text COLLATE "C" NOT NULL,
    revision   bigint NOT NULL,
    due        bigint,
    office     text COLLATE "C" NOT NULL,
    holder     text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    PRIMARY KEY (article_id, ordinal)
);

CREATE TABLE article_autosave (
    article_id uuid NOT NULL REFERENCES article (id),
    office     text COLLATE "C" NOT NULL,
    base       bigint NOT NULL,
    content    text COLLATE "C" NOT NULL,
    holder     text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    PRIMARY KEY (article_id, office)
);

-- What a figure said when an article that uses it went out; `act` is that act's place.
CREATE TABLE article_figure (
    article_id uuid NOT NULL REFERENCES article (id),
    act        bigint NOT NULL,
    key        text COLLATE "C" NOT NULL,
    period     text COLLATE "C" NOT NULL,
    form       text COLLATE "C" NOT NULL,
    wording    text COLLATE "C" NOT NULL,
    withheld   bigint NOT NULL,
    edition    text COLLATE "C" NOT NULL,
    PRIMARY KEY (article_id, act, key, period, form)
);

-- Which media an article's revision shows: what may be read, and what stands in the way of removing.
CREATE TABLE article_media (
    article_id uuid NOT NULL REFERENCES article (id),
    revision   bigint NOT NULL,
    media_id   uuid NOT NULL REFERENCES media (id),
    PRIMARY KEY (article_id, revision, media_id)
);
CREATE INDEX article_media_by_media ON article_media (media_id);

CREATE TABLE preview_token (
    hash       text COLLATE "C" NOT NULL PRIMARY KEY,
    article_id uuid NOT NULL REFERENCES article (id),
    revision   bigint NOT NULL,
    office     text COLLATE "C" NOT NULL,
    created    bigint NOT NULL,
    expires    bigint NOT NULL
);

CREATE TABLE redirect (
    path   text COLLATE "C" NOT NULL PRIMARY KEY,
    target text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    office text COLLATE "C" NOT NULL,
    at     bigint NOT NULL
);
CREATE INDEX redirect_by_target ON redirect (target);

CREATE TABLE site_setting (
    key    text COLLATE "C" NOT NULL PRIMARY KEY,
    value  text COLLATE "C" NOT NULL,
    office text COLLATE "C" NOT NULL,
    at     bigint NOT NULL
);

CREATE TABLE notice (
    id       uuid NOT NULL PRIMARY KEY,
    text     text COLLATE "C" NOT NULL,
    from_at  bigint NOT NULL,
    until_at bigint NOT NULL,
    office   text COLLATE "C" NOT NULL,
    at       bigint NOT NULL
);

-- A message is kept for some days and then removed; of a rating only the count is kept.
CREATE TABLE feedback (
    id         uuid NOT NULL PRIMARY KEY,
    path       text COLLATE "C" NOT NULL,
    message    text COLLATE "C" NOT NULL,
    contact    text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    handled_by text COLLATE "C",
    handled_at bigint
);
CREATE INDEX feedback_by_time ON feedback (at);

CREATE TABLE rating (
    path  text COLLATE "C" NOT NULL,
    score bigint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (path, score)
);
