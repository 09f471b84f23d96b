//! Typed rows to tables: heads, alignment, widths, and what prints where there is nothing.

use nhipcau_domain::text;

use crate::{
    bind::{DifferenceRow, DirectiveRow, FigureRow, InitiativeRow, MissingUnit, Shown, UnitTable},
    labels::labels,
    model::{Align, Block, Cell, Column, Inline, Reference, Row, Table},
};

/// Stands where there is nothing to say.
const NOTHING: &str = "–";

fn column(title: &str, align: Align, weight: u8) -> Column {
    Column { title: title.to_owned(), align, weight }
}

fn row(cells: Vec<Cell>) -> Row {
    Row { cells, total: false }
}

fn shown(shown: Option<&Shown>, about: Option<Reference>) -> Cell {
    let Some(s) = shown else { return Cell::plain(NOTHING) };
    Cell { text: vec![Inline::text(&s.text)], about, withheld: s.withheld }
}

fn words(words: Option<&String>) -> Cell {
    Cell::plain(words.map_or(NOTHING, String::as_str))
}

/// Says below a table that something in it is withheld.
fn note(language: &str, rows: &[Row]) -> String {
    let withheld = rows.iter().flat_map(|r| &r.cells).any(|c| c.withheld);
    if withheld { labels(language).withheld_note.to_owned() } else { String::new() }
}

/// The table of figures. Columns that no row fills are left out.
pub(crate) fn figures(language: &str, rows: &[FigureRow]) -> Table {
    let l = labels(language);
    let fraction = rows.iter().any(|r| r.fraction.is_some());
    let coverage = rows.iter().any(|r| r.coverage.is_some());
    let target = rows.iter().any(|r| r.target.is_some());
    let before = rows.iter().any(|r| r.before.is_some());
    let heads = [
        (true, column(l.figure, Align::Start, 8)),
        (true, column(l.result, Align::End, 4)),
        (fraction, column(l.fraction, Align::End, 4)),
        (coverage, column(l.coverage, Align::End, 3)),
        (target, column(l.target, Align::End, 3)),
        (before, column(l.before, Align::End, 3)),
    ];
    let columns = heads.into_iter().filter_map(|(shown, c)| shown.then_some(c)).collect();
    let rows: Vec<Row> = rows
        .iter()
        .map(|r| {
            let about = || Some(Reference::Figure { key: r.key.clone() });
            let cells = [
                (true, Cell { about: about(), ..Cell::plain(&r.name) }),
                (true, shown(Some(&r.wording), about())),
                (fraction, shown(r.fraction.as_ref(), about())),
                (
                    coverage,
                    Cell { about: r.coverage.as_ref().and_then(|_| about()), ..words(r.coverage.as_ref()) },
                ),
                (target, words(r.target.as_ref())),
                (before, shown(r.before.as_ref(), None)),
            ];
            row(cells.into_iter().filter_map(|(shown, c)| shown.then_some(c)).collect())
        })
        .collect();
    Table { caption: String::new(), columns, note: note(language, &rows), rows }
}

/// The table of the units below the report's.
pub(crate) fn communes(language: &str, table: &UnitTable) -> Table {
    let l = labels(language);
    let title = if table.unit_title.is_empty() { l.unit } else { &table.unit_title };
    let heads = table.columns.iter().map(|(_, name, measure)| {
        let title = if measure.is_empty() { name.clone() } else { format!("{name} ({measure})") };
        column(&title, Align::End, 4)
    });
    let columns = std::iter::once(column(title, Align::Start, 6)).chain(heads).collect();
    let rows: Vec<Row> = table
        .rows
        .iter()
        .map(|r| {
            let about = (!r.unit.is_empty()).then(|| Reference::Unit { unit: r.unit.clone() });
            let head = Cell { about, ..Cell::plain(&r.name) };
            let cells = r.cells.iter().zip(&table.columns).map(|(c, (key, _, _))| {
                let about = if r.unit.is_empty() {
                    Reference::Figure { key: key.clone() }
                } else {
                    Reference::FigureAt { key: key.clone(), unit: r.unit.clone() }
                };
                shown(c.as_ref(), Some(about))
            });
            Row { cells: std::iter::once(head).chain(cells).collect(), total: r.total }
        })
        .collect();
    Table { caption: String::new(), columns, note: note(language, &rows), rows }
}

/// Who has not reported, or the sentence that everyone has.
pub(crate) fn missing(language: &str, rows: &[MissingUnit]) -> Block {
    let l = labels(language);
    if rows.is_empty() {
        return Block::paragraph(l.none_missing);
    }
    let columns = vec![
        column(l.unit, Align::Start, 5),
        column(l.under, Align::Start, 5),
        column(l.form, Align::Start, 5),
        column(l.status, Align::Start, 3),
    ];
    let rows = rows.iter().map(|r| {
        let about = (!r.unit.is_empty()).then(|| Reference::Unit { unit: r.unit.clone() });
        let head = Cell { about, ..Cell::plain(&r.name) };
        row(vec![head, Cell::plain(&r.under), Cell::plain(&r.form), Cell::plain(&r.status)])
    });
    let rows = rows.collect();
    Block::Table(Table { caption: l.missing.to_owned(), columns, rows, note: String::new() })
}

/// The register of initiatives.
pub(crate) fn initiatives(language: &str, rows: &[InitiativeRow]) -> Table {
    let l = labels(language);
    let columns = vec![
        column(l.initiative, Align::Start, 7),
        column(l.field, Align::Start, 4),
        column(l.owner, Align::Start, 5),
        column(l.kind, Align::Start, 3),
    ];
    let rows = rows.iter().map(|r| {
        let kind = if r.collective { l.collective } else { l.individual };
        let kind = if r.new { format!("{kind} ({})", l.new) } else { kind.to_owned() };
        row(vec![Cell::plain(&r.name), Cell::plain(&r.field), Cell::plain(&r.owner), Cell::plain(&kind)])
    });
    Table { columns, rows: rows.collect(), ..Table::default() }
}

/// The register of directives.
pub(crate) fn directives(language: &str, rows: &[DirectiveRow]) -> Table {
    let l = labels(language);
    let columns = vec![
        column(l.number, Align::Start, 4),
        column(l.issued, Align::Start, 3),
        column(l.issuer, Align::Start, 4),
        column(l.subject, Align::Start, 8),
    ];
    let rows = rows.iter().map(|r| {
        let number = format!("{} {}", r.kind, r.number);
        let issued = text::date(r.issued);
        row(vec![
            Cell::plain(number.trim()),
            Cell::plain(&issued),
            Cell::plain(&r.issuer),
            Cell::plain(&r.subject),
        ])
    });
    Table { columns, rows: rows.collect(), ..Table::default() }
}

/// What differs from the edition before.
pub(crate) fn differences(language: &str, rows: &[DifferenceRow]) -> Table {
    let l = labels(language);
    let columns = vec![
        column(l.figure, Align::Start, 6),
        column(l.edition_before, Align::End, 4),
        column(l.this_edition, Align::End, 4),
        column(l.reason, Align::Start, 6),
    ];
    let rows: Vec<Row> = rows
        .iter()
        .map(|r| {
            let about = || Some(Reference::Figure { key: r.key.clone() });
            row(vec![
                Cell { about: about(), ..Cell::plain(&r.name) },
                shown(Some(&r.before), None),
                shown(Some(&r.after), about()),
                Cell::plain(&r.reason),
            ])
        })
        .collect();
    Table { caption: l.differences.to_owned(), columns, note: note(language, &rows), rows }
}
