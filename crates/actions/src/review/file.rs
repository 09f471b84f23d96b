//! The wide table as a file: the same rows and columns as on the page, all pages of them.

use nhipcau_documents::grid::{Cell, Column, Grid};
use nhipcau_domain::returns::Value;
use nhipcau_messages::{Lang, say, word};

use super::{Wide, WideAsked, wide, words};
use crate::{
    error::Result,
    powers::{Kind, Over},
    workspace::Workspace,
};

/// The table as a file, in a language, with who makes it as its author; and the file's name, without an
/// ending.
///
/// # Errors
/// What refuses the table.
pub async fn wide_file<K: Kind>(
    ws: &Workspace,
    over: &Over<K>,
    asked: &WideAsked,
    lang: Lang,
    author: &str,
) -> Result<(Grid, String)> {
    let found = wide(ws, over, asked, None).await?;
    let before = asked.year_before && found.earlier.is_some();
    let file = Grid {
        name: found.form.name.clone(),
        title: format!("{} · {}", found.form.name, found.period.name),
        notice: found.notice.clone(),
        author: author.to_owned(),
        date: over.today(),
        heads: heads(lang, &found, before),
        rows: rows(lang, &found, before),
    };
    Ok((file, format!("bang-{}-{}", found.form.id, found.period.id)))
}

fn heads(lang: Lang, found: &Wide, before: bool) -> Vec<Column> {
    let column = |title: String, width, numbers| Column { title, width, numbers };
    let mut heads = vec![
        column(word(lang, "review-unit"), 40, false),
        column(word(lang, "review-branch"), 28, false),
        column(word(lang, "review-status"), 16, false),
    ];
    for c in &found.columns {
        heads.push(column(format!("{} ({})", c.element.name, c.measure), 16, true));
        if before {
            let of = [("element", c.element.name.as_str().into())];
            heads.push(column(say(lang, "review-year-before-of", &of), 16, true));
        }
    }
    heads
}

fn rows(lang: Lang, found: &Wide, before: bool) -> Vec<Vec<Cell>> {
    let amount = |n: Option<i64>| n.map_or_else(|| Cell::Text(String::new()), Cell::Number);
    let mut rows: Vec<Vec<Cell>> = found
        .rows
        .iter()
        .map(|row| {
            let branch = row.branch.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
            let first = [row.unit.clone(), branch, words::standing(lang, row)].map(Cell::Text);
            let cells = row.cells.iter().flat_map(|c| {
                let now = match &c.value {
                    Some(Value::Number(n)) => Cell::Number(*n),
                    Some(other) => Cell::Text(words::value(lang, other)),
                    None => Cell::Text(String::new()),
                };
                std::iter::once(now).chain(before.then(|| amount(c.before)))
            });
            first.into_iter().chain(cells).collect()
        })
        .collect();
    let s = &found.totals.standings;
    let rests = [("accepted", s.accepted.into()), ("expected", s.expected.into())];
    let rests = say(lang, "review-total-rests", &rests);
    let first = [word(lang, "review-total"), String::new(), rests].map(Cell::Text);
    let sums = found
        .totals
        .columns
        .iter()
        .flat_map(|total| std::iter::once(amount(total.sum)).chain(before.then(|| amount(total.before))));
    rows.push(first.into_iter().chain(sums).collect());
    rows
}
