//! What goes into a statement and what comes out of it, whichever database it is.

use std::borrow::Cow;

use jiff::Timestamp;
use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;

use crate::{Result, StoreError};

/// A value that is handed to a statement.
#[derive(Debug, Clone)]
pub(crate) enum Arg<'a> {
    Int(i64),
    MaybeInt(Option<i64>),
    Text(Cow<'a, str>),
    MaybeText(Option<Cow<'a, str>>),
    Bytes(Cow<'a, [u8]>),
    Id(Uuid),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(v: &'a str) -> Self {
        Self::Text(Cow::Borrowed(v))
    }
}
impl From<String> for Arg<'_> {
    fn from(v: String) -> Self {
        Self::Text(Cow::Owned(v))
    }
}
impl<'a> From<Option<&'a str>> for Arg<'a> {
    fn from(v: Option<&'a str>) -> Self {
        Self::MaybeText(v.map(Cow::Borrowed))
    }
}
impl<'a> From<&'a [u8]> for Arg<'a> {
    fn from(v: &'a [u8]) -> Self {
        Self::Bytes(Cow::Borrowed(v))
    }
}
impl From<Vec<u8>> for Arg<'_> {
    fn from(v: Vec<u8>) -> Self {
        Self::Bytes(Cow::Owned(v))
    }
}
impl From<i64> for Arg<'_> {
    fn from(v: i64) -> Self {
        Self::Int(v)
    }
}
impl From<u32> for Arg<'_> {
    fn from(v: u32) -> Self {
        Self::Int(v.into())
    }
}
impl From<Option<i64>> for Arg<'_> {
    fn from(v: Option<i64>) -> Self {
        Self::MaybeInt(v)
    }
}
impl From<Uuid> for Arg<'_> {
    fn from(v: Uuid) -> Self {
        Self::Id(v)
    }
}
impl From<Timestamp> for Arg<'_> {
    fn from(v: Timestamp) -> Self {
        Self::Int(v.as_microsecond())
    }
}

/// Values for a statement.
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::value::Arg::from($value)),*] };
}
pub(crate) use args;

/// A row that was read; columns by position, from 0.
#[derive(Debug)]
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl From<SqliteRow> for Row {
    fn from(row: SqliteRow) -> Self {
        Self::Sqlite(row)
    }
}
impl From<PgRow> for Row {
    fn from(row: PgRow) -> Self {
        Self::Postgres(row)
    }
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident -> $type:ty;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name(&self, column: usize) -> Result<$type> {
            Ok(match self {
                Self::Sqlite(row) => row.try_get(column)?,
                Self::Postgres(row) => row.try_get(column)?,
            })
        }
    )*};
}

impl Row {
    getters! {
        /// A whole number.
        int -> i64;
        /// A whole number, or none.
        maybe_int -> Option<i64>;
        /// Text.
        text -> &str;
        /// Text, or none.
        maybe_text -> Option<&str>;
        /// Bytes.
        bytes -> &[u8];
        /// An id.
        id -> Uuid;
        /// An id, or none.
        maybe_id -> Option<Uuid>;
    }

    /// A count that is never negative.
    pub(crate) fn count(&self, column: usize) -> Result<u32> {
        let n = self.int(column)?;
        u32::try_from(n).map_err(|_| StoreError::corrupt(format!("count {n}")))
    }

    /// A count that is never negative, or none.
    pub(crate) fn maybe_count(&self, column: usize) -> Result<Option<u32>> {
        let count = |n: i64| u32::try_from(n).map_err(|_| StoreError::corrupt(format!("count {n}")));
        self.maybe_int(column)?.map(count).transpose()
    }

    /// A time.
    pub(crate) fn time(&self, column: usize) -> Result<Timestamp> {
        let n = self.int(column)?;
        Timestamp::from_microsecond(n).map_err(|_| StoreError::corrupt(format!("time {n}")))
    }

    /// A time, or none.
    pub(crate) fn maybe_time(&self, column: usize) -> Result<Option<Timestamp>> {
        self.maybe_int(column)?.map(|_| self.time(column)).transpose()
    }

    /// A day.
    pub(crate) fn day(&self, column: usize) -> Result<jiff::civil::Date> {
        let text = self.text(column)?;
        text.parse().map_err(|_| StoreError::corrupt(format!("day {text}")))
    }
}
