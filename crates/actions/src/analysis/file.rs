//! The table as a file: the same rows and columns as on the page, all pages of them.

use nhipcau_documents::grid::{Cell, Column, Grid};
use nhipcau_domain::{Date, figure::Figure};
use nhipcau_messages::{Lang, say, word};

use super::{Asked, Pivot, pivot, words};
use crate::{
    error::Result,
    powers::{Kind, Over},
    workspace::Workspace,
};

/// The table as a file.
#[derive(Debug, Clone)]
pub struct PivotFile {
    /// What stands in it.
    pub grid: Grid,
    /// Its name, without an ending.
    pub name: String,
    /// What was asked for, with what was chosen where nothing was said.
    pub asked: Asked,
}

/// The table that is asked for as a file, in a language, with who makes it as its author.
///
/// # Errors
/// What refuses the table.
pub async fn file<K: Kind>(
    ws: &Workspace,
    over: &Over<K>,
    asked: &Asked,
    lang: Lang,
    author: &str,
) -> Result<PivotFile> {
    let found = pivot(ws, over, asked, true).await?;
    let branch = found.asked.branch.as_ref();
    Ok(PivotFile {
        name: branch.map_or_else(|| "phan-tich".to_owned(), |b| format!("phan-tich-{b}")),
        grid: grid(lang, &found, author, over.today()),
        asked: found.asked,
    })
}

fn grid(lang: Lang, found: &Pivot, author: &str, today: Date) -> Grid {
    let told = words::told(lang, found).join(" ");
    Grid {
        name: word(lang, "analysis-title"),
        title: words::lead(lang, found),
        notice: [found.notice.as_str(), &told].join(" ").trim().to_owned(),
        author: author.to_owned(),
        date: today,
        heads: heads(lang, found),
        rows: rows(lang, found),
    }
}

fn heads(lang: Lang, found: &Pivot) -> Vec<Column> {
    let asked = &found.asked;
    let column = |title: String, width| Column { title, width, numbers: width < 30 };
    let mut heads = vec![column(word(lang, &format!("analysis-axis-{}", asked.rows.as_str())), 40)];
    for head in &found.columns {
        let name = words::called(lang, asked, &found.branch, head);
        let title = if head.more.is_empty() { name.clone() } else { format!("{name} ({})", head.more) };
        heads.push(column(title, 16));
        if asked.year_before {
            let of = [("element", name.as_str().into())];
            heads.push(column(say(lang, "review-year-before-of", &of), 16));
        }
        heads.push(column(say(lang, "analysis-rests-of", &[("of", name.into())]), 16));
    }
    heads
}

fn rows(lang: Lang, found: &Pivot) -> Vec<Vec<Cell>> {
    let asked = &found.asked;
    let nothing = || Cell::Text(String::new());
    let lines = found.rows.iter().zip(&found.cells).map(|(head, cells)| {
        let mut row = vec![Cell::Text(words::called(lang, asked, &found.branch, head))];
        for cell in cells {
            row.push(cell.as_ref().map_or_else(nothing, |c| value(lang, &c.figure, c.decimals)));
            if asked.year_before {
                let old = cell.as_ref().and_then(|c| Some(value(lang, c.before.as_ref()?, c.decimals)));
                row.push(old.unwrap_or_else(nothing));
            }
            let rests = cell.as_ref().map(|c| words::covered(lang, &c.figure));
            row.push(Cell::Text(rests.unwrap_or_default()));
        }
        row
    });
    lines.collect()
}

fn value(lang: Lang, figure: &Figure, decimals: u8) -> Cell {
    let said = words::said(lang, figure, decimals);
    match (figure.numerator, figure.denominator) {
        (Some(n), None) => Cell::Number(n),
        (Some(_), Some(_)) => Cell::Text(format!("{said} ({})", words::fraction(lang, figure))),
        _ => Cell::Text(said),
    }
}
