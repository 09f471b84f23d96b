//! Statements: one SQL text for both databases, with a few marks that are filled in when it runs.
//!
//! | mark | becomes |
//! |---|---|
//! | `/*list*/` | as many placeholders as there are values after the numbered ones |
//! | `/*rows:N*/` | as many `(…)` of N placeholders as there are rows |
//! | `/*lock*/`, `/*share*/` | `FOR UPDATE`, `FOR SHARE` on `PostgreSQL` inside a write |

use std::{borrow::Cow, fmt::Write as _};

use crate::db::DbKind;

/// Declares a module's statements, and lists them so that a test prepares each on both databases.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* const $name: &str = $text;)*
        /// Every statement of this module.
        pub(crate) const STATEMENTS: &[&str] = &[$($name),*];
    };
}
pub(crate) use statements;

/// The most values in one `/*list*/`; callers cut longer lists into pieces of this.
pub(crate) const LIST: usize = 512;

/// Every statement that there is, as text with its marks.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    [
        crate::access::STATEMENTS,
        crate::accepted::STATEMENTS,
        crate::accounts::challenges::STATEMENTS,
        crate::accounts::holders::STATEMENTS,
        crate::accounts::identities::STATEMENTS,
        crate::accounts::offices::STATEMENTS,
        crate::accounts::passkeys::STATEMENTS,
        crate::accounts::pins::STATEMENTS,
        crate::accounts::sessions::STATEMENTS,
        crate::accounts::tokens::STATEMENTS,
        crate::audit::STATEMENTS,
        crate::audit::ACT_STATEMENTS,
        crate::comments::STATEMENTS,
        crate::deadlines::STATEMENTS,
        crate::definitions::STATEMENTS,
        crate::documents::STATEMENTS,
        crate::drafts::STATEMENTS,
        crate::editions::STATEMENTS,
        crate::handovers::STATEMENTS,
        crate::layout::STATEMENTS,
        crate::maps::STATEMENTS,
        crate::meta::STATEMENTS,
        crate::outbox::STATEMENTS,
        crate::register::STATEMENTS,
        crate::return_files::STATEMENTS,
        crate::returns::STATEMENTS,
        crate::review::STATEMENTS,
        crate::revisions::STATEMENTS,
        crate::search::STATEMENTS,
        crate::steps::STATEMENTS,
        crate::totals::STATEMENTS,
        crate::tree::STATEMENTS,
        crate::views::STATEMENTS,
    ]
    .into_iter()
    .chain(crate::site::STATEMENTS)
    .flatten()
    .copied()
}

/// The text that runs: marks filled in for so many values.
pub(crate) fn render(text: &'static str, values: usize, kind: DbKind, write: bool) -> Cow<'static, str> {
    if !text.contains("/*") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + values * 6);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        let Some((mark, tail)) = after.split_once("*/") else { break };
        match mark {
            "list" => placeholders(&mut out, numbered(text) + 1, values),
            // SQLite has no row locks and needs none: there is one writer.
            "lock" if kind == DbKind::Postgres && write => out.push_str("FOR UPDATE"),
            "share" if kind == DbKind::Postgres && write => out.push_str("FOR SHARE"),
            _ => {
                if let Some(width) = mark.strip_prefix("rows:").and_then(|n| n.parse().ok()) {
                    rows(&mut out, width, values, kind);
                }
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// How many values a row of its `/*rows:N*/` takes, if it has that mark.
pub(crate) fn width(text: &str) -> Option<usize> {
    text.split_once("/*rows:")?.1.split_once("*/")?.0.parse().ok()
}

/// The highest `$n` in the text.
fn numbered(text: &str) -> usize {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    text.split('$').skip(1).filter_map(|s| s.get(..digits(s))?.parse().ok()).max().unwrap_or(0)
}

fn placeholders(out: &mut String, first: usize, last: usize) {
    for n in first..=last {
        let _ = write!(out, "{}${n}", if n == first { "" } else { "," });
    }
}

/// As many `(…)` of so many placeholders as there are rows.
pub(crate) fn rows_of(width: usize, values: usize, kind: DbKind) -> String {
    let mut out = String::with_capacity(values * 6);
    rows(&mut out, width, values, kind);
    out
}

fn rows(out: &mut String, width: usize, values: usize, kind: DbKind) {
    for n in 1..=values {
        out.push_str(match (width > 0 && (n - 1) % width == 0, n) {
            (true, 1) => "(",
            (true, _) => "),(",
            (false, _) => ",",
        });
        // SQLite searches a named placeholder among all others, each time; a bare one it counts.
        match kind {
            DbKind::Sqlite => out.push('?'),
            DbKind::Postgres => {
                let _ = write!(out, "${n}");
            }
        }
    }
    out.push(')');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_filled_in_for_each_database() {
        let list = "SELECT a FROM t WHERE b = $1 AND c IN (/*list*/) /*lock*/";
        assert_eq!(render(list, 3, DbKind::Sqlite, true), "SELECT a FROM t WHERE b = $1 AND c IN ($2,$3) ");
        assert_eq!(
            render(list, 3, DbKind::Postgres, true),
            "SELECT a FROM t WHERE b = $1 AND c IN ($2,$3) FOR UPDATE"
        );
        assert_eq!(render(list, 2, DbKind::Postgres, false), "SELECT a FROM t WHERE b = $1 AND c IN ($2) ");
        let rows = "INSERT INTO t (a, b) VALUES /*rows:2*/";
        assert_eq!(render(rows, 4, DbKind::Sqlite, true), "INSERT INTO t (a, b) VALUES (?,?),(?,?)");
        assert_eq!(render(rows, 4, DbKind::Postgres, true), "INSERT INTO t (a, b) VALUES ($1,$2),($3,$4)");
    }
}
