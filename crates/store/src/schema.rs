//! The tables by name, for what goes over all of them: copying, counting, checking references.
//!
//! A test holds this list against the catalogues of both databases.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Text,
    Bytes,
    Id,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) nullable: bool,
}

/// A table: its first `key` columns are its primary key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) key: usize,
    pub(crate) columns: &'static [Column],
    /// Column, other table, its column.
    pub(crate) references: &'static [(&'static str, &'static str, &'static str)],
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, nullable: false }
}

const fn nullable(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, nullable: true }
}

macro_rules! table {
    ($name:literal, $key:literal, [$($column:expr),* $(,)?], [$($reference:expr),* $(,)?]) => {
        Table { name: $name, key: $key, columns: &[$($column),*], references: &[$($reference),*] }
    };
}

use Kind::{Bytes, Id, Int, Text};

/// Every table; those that are referred to come first.
pub(crate) const TABLES: [Table; 65] = [
    table!("meta", 1, [column("key", Text), column("value", Int)], []),
    table!(
        "tree_event",
        1,
        [
            column("seq", Int),
            column("on_day", Text),
            column("body", Text),
            column("office", Text),
            column("at", Int)
        ],
        []
    ),
    table!(
        "definition",
        1,
        [
            column("version", Int),
            column("sha256", Text),
            column("body", Text),
            column("office", Text),
            column("at", Int)
        ],
        []
    ),
    table!(
        "intake_file",
        1,
        [
            column("sha256", Text),
            column("name", Text),
            column("size", Int),
            column("office", Text),
            column("at", Int)
        ],
        []
    ),
    table!(
        "layout",
        1,
        [column("id", Int), column("data_set", Text), column("sha256", Text), column("elements", Text)],
        []
    ),
    table!(
        "return_state",
        1,
        [
            column("id", Id),
            column("unit", Text),
            column("data_set", Text),
            column("period", Text),
            column("status", Text),
            column("last_revision", Int),
            nullable("accepted_revision", Int),
            column("locked", Int),
            column("at", Int),
        ],
        []
    ),
    table!(
        "revision",
        1,
        [
            column("id", Id),
            column("return_id", Id),
            column("number", Int),
            column("layout_id", Int),
            column("values", Text),
            column("cells", Text),
            column("words", Text),
            column("explanation", Text),
            column("file_name", Text),
            nullable("file_sha256", Text),
            column("sheet", Text),
            column("office", Text),
            nullable("on_behalf_of", Text),
            column("at", Int),
        ],
        [("return_id", "return_state", "id"), ("layout_id", "layout", "id")]
    ),
    table!(
        "return_act",
        1,
        [
            column("id", Id),
            column("return_id", Id),
            column("ordinal", Int),
            column("act", Text),
            column("office", Text),
            column("at", Int)
        ],
        [("return_id", "return_state", "id")]
    ),
    table!(
        "deadline_extension",
        1,
        [
            column("id", Id),
            column("data_set", Text),
            column("period", Text),
            column("unit", Text),
            column("until_day", Text),
            column("reason", Text),
            column("office", Text),
            column("at", Int),
        ],
        []
    ),
    table!(
        "contribution",
        3,
        [
            column("period", Text),
            column("data_set", Text),
            column("unit", Text),
            column("kind", Text),
            column("packed", Bytes)
        ],
        []
    ),
    table!(
        "total",
        5,
        [
            column("period", Text),
            column("data_set", Text),
            column("level", Text),
            column("unit", Text),
            column("kind", Text),
            column("packed", Bytes),
        ],
        []
    ),
    table!(
        "edition",
        1,
        [
            column("id", Id),
            column("report", Text),
            column("number", Int),
            column("status", Text),
            column("period", Text),
            column("scope", Text),
            column("tree_day", Text),
            column("definition_version", Int),
            column("input_hash", Text),
            column("salt", Text),
            column("body", Text),
            column("at", Int),
            column("office", Text),
        ],
        [("definition_version", "definition", "version")]
    ),
    table!(
        "edition_act",
        1,
        [
            column("id", Id),
            column("edition_id", Id),
            column("ordinal", Int),
            column("act", Text),
            column("office", Text),
            column("at", Int)
        ],
        [("edition_id", "edition", "id")]
    ),
    table!(
        "edition_return",
        2,
        [column("edition_id", Id), column("revision_id", Id)],
        [("edition_id", "edition", "id"), ("revision_id", "revision", "id")]
    ),
    table!(
        "edition_document",
        2,
        [
            column("edition_id", Id),
            column("format", Text),
            column("media_type", Text),
            column("sha256", Text),
            column("bytes", Bytes)
        ],
        [("edition_id", "edition", "id")]
    ),
    table!(
        "attachment",
        1,
        [
            column("id", Id),
            column("edition_id", Id),
            column("name", Text),
            column("media_type", Text),
            column("sha256", Text),
            column("bytes", Bytes),
            column("office", Text),
            column("at", Int),
        ],
        [("edition_id", "edition", "id")]
    ),
    table!(
        "raw_view",
        1,
        [column("id", Id), column("at", Int), column("what", Text), column("reviewer", Text)],
        []
    ),
    table!(
        "reviewer_token",
        1,
        [
            column("hash", Text),
            column("created", Int),
            column("expires", Int),
            nullable("used_at", Int),
            nullable("session_hash", Text)
        ],
        []
    ),
    table!(
        "office",
        1,
        [column("id", Text), column("name", Text), column("at", Int), nullable("closed", Int)],
        []
    ),
    table!(
        "office_event",
        1,
        [
            column("id", Id),
            column("office", Text),
            column("act", Text),
            column("body", Text),
            column("by_office", Text),
            column("by_holder", Text),
            column("at", Int)
        ],
        [("office", "office", "id")]
    ),
    table!(
        "office_grant",
        3,
        [column("office", Text), column("role", Text), column("site_column", Text)],
        [("office", "office", "id")]
    ),
    table!(
        "office_posting",
        4,
        [column("office", Text), column("duty", Text), column("reach", Text), column("unit", Text)],
        [("office", "office", "id")]
    ),
    table!(
        "return_draft",
        5,
        [
            column("unit", Text),
            column("data_set", Text),
            column("period", Text),
            column("office", Text),
            column("copy", Text),
            column("version", Int),
            column("holder", Text),
            column("body", Text),
            column("at", Int),
        ],
        []
    ),
    table!(
        "return_file",
        1,
        [
            column("id", Id),
            column("unit", Text),
            column("data_set", Text),
            column("period", Text),
            column("name", Text),
            column("media_type", Text),
            column("sha256", Text),
            column("size", Int),
            column("bytes", Bytes),
            column("office", Text),
            column("holder", Text),
            column("at", Int),
            nullable("removed", Int),
            column("removed_by", Text),
        ],
        []
    ),
    table!(
        "holder",
        1,
        [
            column("id", Id),
            column("office", Text),
            column("name", Text),
            column("contact", Text),
            nullable("sign_in", Text),
            nullable("password", Text),
            nullable("totp", Text),
            nullable("totp_pending", Text),
            column("totp_step", Int),
            column("since", Int),
            nullable("until", Int)
        ],
        [("office", "office", "id")]
    ),
    table!(
        "recovery_code",
        1,
        [column("hash", Text), column("holder", Id), nullable("used_at", Int)],
        [("holder", "holder", "id")]
    ),
    table!(
        "setup_link",
        1,
        [
            column("hash", Text),
            column("holder", Id),
            column("created", Int),
            column("expires", Int),
            nullable("used_at", Int)
        ],
        [("holder", "holder", "id")]
    ),
    table!(
        "desk_session",
        1,
        [
            column("hash", Text),
            column("id", Id),
            column("holder", Id),
            column("stage", Text),
            column("created", Int),
            column("seen", Int),
            column("proven", Int),
            column("device", Text),
            nullable("ended", Int)
        ],
        [("holder", "holder", "id")]
    ),
    table!(
        "desk_device",
        1,
        [column("hash", Text), column("holder", Id), column("at", Int)],
        [("holder", "holder", "id")]
    ),
    table!(
        "desk_pin",
        1,
        [
            column("device", Text),
            column("holder", Id),
            column("hash", Text),
            column("tries", Int),
            column("at", Int),
            nullable("ended", Int)
        ],
        [("holder", "holder", "id")]
    ),
    table!(
        "desk_passkey",
        1,
        [
            column("id", Id),
            column("holder", Id),
            column("credential", Text),
            column("public_key", Text),
            column("count", Int),
            column("portable", Int),
            column("name", Text),
            column("at", Int),
            nullable("used", Int),
            nullable("ended", Int),
        ],
        [("holder", "holder", "id")]
    ),
    table!(
        "desk_identity",
        1,
        [
            column("id", Id),
            column("holder", Id),
            column("issuer", Text),
            column("subject", Text),
            column("at", Int),
            nullable("used", Int),
            nullable("ended", Int),
        ],
        [("holder", "holder", "id")]
    ),
    table!(
        "desk_challenge",
        1,
        [
            column("hash", Text),
            column("kind", Text),
            column("whose", Text),
            column("body", Text),
            column("expires", Int),
        ],
        []
    ),
    table!(
        "api_token",
        1,
        [
            column("id", Id),
            column("hash", Text),
            column("office", Text),
            column("holder", Id),
            column("name", Text),
            column("scopes", Text),
            column("at", Int),
            column("expires", Int),
            nullable("used", Text),
            nullable("ended", Int),
        ],
        [("office", "office", "id"), ("holder", "holder", "id")]
    ),
    table!(
        "api_answer",
        2,
        [
            column("token", Id),
            column("key", Text),
            column("asked", Text),
            column("status", Int),
            column("body", Bytes),
            column("at", Int),
        ],
        [("token", "api_token", "id")]
    ),
    table!(
        "site_event",
        1,
        [
            column("id", Id),
            column("what", Text),
            column("body", Text),
            column("office", Text),
            column("holder", Text),
            column("at", Int),
        ],
        []
    ),
    table!(
        "site_column",
        1,
        [
            column("id", Text),
            nullable("parent", Text),
            column("slug", Text),
            column("names", Text),
            column("description", Text),
            column("position", Int),
            column("hidden", Int),
        ],
        [("parent", "site_column", "id")]
    ),
    table!(
        "media",
        1,
        [
            column("id", Id),
            column("kind", Text),
            column("name", Text),
            column("media_type", Text),
            column("sha256", Text),
            column("size", Int),
            column("width", Int),
            column("height", Int),
            column("alt", Text),
            column("caption", Text),
            column("credit", Text),
            column("office", Text),
            column("at", Int),
        ],
        []
    ),
    table!(
        "media_rendition",
        2,
        [
            column("media_id", Id),
            column("name", Text),
            column("media_type", Text),
            column("sha256", Text),
            column("size", Int),
            column("width", Int),
            column("height", Int),
            column("bytes", Bytes),
        ],
        [("media_id", "media", "id")]
    ),
    table!(
        "article",
        1,
        [
            column("id", Id),
            column("kind", Text),
            nullable("column_id", Text),
            column("slug", Text),
            column("slug_by_hand", Int),
            column("lang", Text),
            column("family", Id),
            column("status", Text),
            column("title", Text),
            column("last_revision", Int),
            column("last_act", Int),
            nullable("published_revision", Int),
            nullable("published_act", Int),
            nullable("published_at", Int),
            nullable("updated_at", Int),
            nullable("scheduled_at", Int),
            nullable("expires_at", Int),
            nullable("ended_at", Int),
            column("office", Text),
            column("at", Int),
            column("changed_at", Int),
            nullable("lock_office", Text),
            nullable("lock_holder", Text),
            nullable("lock_since", Int),
            nullable("lock_until", Int),
        ],
        [("column_id", "site_column", "id"), ("family", "article", "id")]
    ),
    table!(
        "article_revision",
        2,
        [
            column("article_id", Id),
            column("number", Int),
            column("title", Text),
            column("lead", Text),
            column("body", Text),
            column("more", Text),
            column("note", Text),
            column("office", Text),
            column("holder", Text),
            column("at", Int),
        ],
        [("article_id", "article", "id")]
    ),
    table!(
        "article_act",
        2,
        [
            column("article_id", Id),
            column("ordinal", Int),
            column("act", Text),
            column("reason", Text),
            column("revision", Int),
            nullable("due", Int),
            column("office", Text),
            column("holder", Text),
            column("at", Int),
        ],
        [("article_id", "article", "id")]
    ),
    table!(
        "article_autosave",
        2,
        [
            column("article_id", Id),
            column("office", Text),
            column("base", Int),
            column("content", Text),
            column("holder", Text),
            column("at", Int),
        ],
        [("article_id", "article", "id")]
    ),
    table!(
        "article_figure",
        5,
        [
            column("article_id", Id),
            column("act", Int),
            column("key", Text),
            column("period", Text),
            column("form", Text),
            column("wording", Text),
            column("withheld", Int),
            column("edition", Text),
        ],
        [("article_id", "article", "id")]
    ),
    table!(
        "article_media",
        3,
        [column("article_id", Id), column("revision", Int), column("media_id", Id),],
        [("article_id", "article", "id"), ("media_id", "media", "id")]
    ),
    table!(
        "preview_token",
        1,
        [
            column("hash", Text),
            column("article_id", Id),
            column("revision", Int),
            column("office", Text),
            column("created", Int),
            column("expires", Int),
        ],
        [("article_id", "article", "id")]
    ),
    table!(
        "redirect",
        1,
        [
            column("path", Text),
            column("target", Text),
            column("source", Text),
            column("office", Text),
            column("at", Int),
        ],
        []
    ),
    table!(
        "site_setting",
        1,
        [column("key", Text), column("value", Text), column("office", Text), column("at", Int),],
        []
    ),
    table!(
        "notice",
        1,
        [
            column("id", Id),
            column("text", Text),
            column("from_at", Int),
            column("until_at", Int),
            column("office", Text),
            column("at", Int),
        ],
        []
    ),
    table!(
        "feedback",
        1,
        [
            column("id", Id),
            column("path", Text),
            column("message", Text),
            column("contact", Text),
            column("at", Int),
            nullable("handled_by", Text),
            nullable("handled_at", Int),
        ],
        []
    ),
    table!("rating", 2, [column("path", Text), column("score", Int), column("count", Int),], []),
    table!(
        "site_map",
        1,
        [
            column("id", Id),
            column("from_day", Text),
            column("note", Text),
            column("sha256", Text),
            column("bytes", Bytes),
            column("office", Text),
            column("at", Int),
        ],
        []
    ),
    table!(
        "register_document",
        1,
        [
            column("id", Id),
            nullable("key", Text),
            column("slug", Text),
            column("number", Text),
            column("kind", Text),
            column("issuer", Text),
            column("subject", Text),
            column("signed", Text),
            nullable("effective", Text),
            nullable("expires", Text),
            column("campaign", Text),
            column("more", Text),
            column("words", Text),
            column("status", Text),
            column("last_event", Int),
            nullable("published_at", Int),
            column("office", Text),
            column("at", Int),
            column("changed_at", Int),
        ],
        []
    ),
    table!(
        "register_relation",
        3,
        [column("from_id", Id), column("kind", Text), column("to_id", Id),],
        [("from_id", "register_document", "id"), ("to_id", "register_document", "id")]
    ),
    table!(
        "register_file",
        2,
        [column("document_id", Id), column("media_id", Id), column("position", Int),],
        [("document_id", "register_document", "id"), ("media_id", "media", "id")]
    ),
    table!(
        "register_event",
        2,
        [
            column("document_id", Id),
            column("ordinal", Int),
            column("act", Text),
            column("body", Text),
            column("reason", Text),
            column("office", Text),
            column("holder", Text),
            column("at", Int),
        ],
        [("document_id", "register_document", "id")]
    ),
    table!(
        "search_item",
        1,
        [
            column("number", Int),
            column("kind", Text),
            column("id", Text),
            column("href", Text),
            column("title", Text),
            column("summary", Text),
            column("words", Text),
            column("text", Text),
            column("column_id", Text),
            column("day", Text),
            column("lang", Text),
            column("sha256", Text),
        ],
        []
    ),
    table!(
        "search_posting",
        3,
        [
            column("word", Text),
            column("bucket", Int),
            column("field", Int),
            column("size", Int),
            column("docs", Bytes),
        ],
        []
    ),
    table!(
        "audit",
        1,
        [
            column("seq", Int),
            column("at", Int),
            column("office", Text),
            column("holder", Text),
            column("what", Text),
            column("subject", Text),
            column("body", Text),
            column("before", Text),
            column("hash", Text),
        ],
        []
    ),
    table!(
        "outbox_message",
        1,
        [
            column("id", Id),
            column("key", Text),
            column("kind", Text),
            column("channel", Text),
            column("recipient", Text),
            column("office", Text),
            column("unit", Text),
            column("data_set", Text),
            column("period", Text),
            column("subject", Text),
            column("body", Text),
            column("by_office", Text),
            column("by_holder", Text),
            column("at", Int),
            column("state", Text),
            column("due", Int),
            column("tries", Int),
            column("changes", Int),
            nullable("lease", Int),
            column("lease_by", Text),
        ],
        []
    ),
    table!(
        "outbox_step",
        2,
        [
            column("message", Id),
            column("ordinal", Int),
            column("at", Int),
            column("what", Text),
            column("detail", Text),
            column("office", Text),
            column("holder", Text),
        ],
        [("message", "outbox_message", "id")]
    ),
    table!(
        "outbox_choice",
        1,
        [
            column("id", Id),
            column("what", Text),
            column("subject", Text),
            column("body", Text),
            column("office", Text),
            column("holder", Text),
            column("at", Int),
        ],
        []
    ),
    table!(
        "edition_comment",
        1,
        [
            column("id", Id),
            column("edition_id", Id),
            column("thread", Id),
            column("act", Text),
            column("anchor", Text),
            column("passage", Text),
            column("body", Text),
            column("office", Text),
            column("holder", Text),
            column("at", Int),
        ],
        [("edition_id", "edition", "id")]
    ),
    table!(
        "edition_handover",
        1,
        [
            column("edition_id", Id),
            column("article", Text),
            column("office", Text),
            column("holder", Text),
            column("at", Int),
        ],
        [("edition_id", "edition", "id")]
    ),
    table!(
        "saved_view",
        1,
        [
            column("id", Id),
            column("office", Text),
            column("name", Text),
            column("query", Text),
            column("holder", Text),
            column("at", Int),
        ],
        []
    ),
];
