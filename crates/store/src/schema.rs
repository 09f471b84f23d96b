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
pub(crate) const TABLES: [Table; 18] = [
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
];
