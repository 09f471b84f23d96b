//! Typed rows to tables: heads, alignment, widths, and what prints where there is nothing.

use crate::{
    bind::{DifferenceRow, DirectiveRow, FigureRow, InitiativeRow, MissingUnit, Shown, UnitTable},
    model::{Align, Block, Cell, Column, Inline, Reference, Row, Table},
    speech::Speech,
};

/// Stands where there is nothing to say.
const NOTHING: &str = "–";

/// A column: its head's name in the catalogue, how its words stand, its share of the width.
type Head = (&'static str, Align, u8);

fn column(title: String, align: Align, weight: u8) -> Column {
    Column { title, align, weight }
}

fn columns(speech: Speech, heads: impl IntoIterator<Item = Head>) -> Vec<Column> {
    heads.into_iter().map(|(id, align, weight)| column(speech.word(id), align, weight)).collect()
}

/// A table; below it is said whether something in it is withheld.
fn table(speech: Speech, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    let withheld = rows.iter().flat_map(|r| &r.cells).any(|c| c.withheld);
    let note = if withheld { speech.word("report-withheld-note") } else { String::new() };
    Table { caption: String::new(), columns, rows, note }
}

fn row(cells: impl IntoIterator<Item = Cell>) -> Row {
    Row { cells: cells.into_iter().collect(), total: false }
}

fn shown(shown: Option<&Shown>, about: Option<Reference>) -> Cell {
    let Some(s) = shown else { return Cell::plain(NOTHING) };
    Cell { text: vec![Inline::text(&s.text)], about, withheld: s.withheld }
}

fn words(words: Option<&String>) -> Cell {
    Cell::plain(words.map_or(NOTHING, String::as_str))
}

/// A unit's name, which leads to its page where it has one.
fn unit(id: &str, name: &str) -> Cell {
    let about = (!id.is_empty()).then(|| Reference::Unit { unit: id.to_owned() });
    Cell { about, ..Cell::plain(name) }
}

/// The table of figures. Columns that no row fills are left out.
pub(crate) fn figures(speech: Speech, rows: &[FigureRow]) -> Table {
    let fraction = rows.iter().any(|r| r.fraction.is_some());
    let coverage = rows.iter().any(|r| r.coverage.is_some());
    let target = rows.iter().any(|r| r.target.is_some());
    let before = rows.iter().any(|r| r.before.is_some());
    let heads: [(bool, Head); 6] = [
        (true, ("report-figure", Align::Start, 8)),
        (true, ("report-result", Align::End, 4)),
        (fraction, ("report-fraction", Align::End, 4)),
        (coverage, ("report-coverage", Align::End, 3)),
        (target, ("report-target", Align::End, 3)),
        (before, ("report-before", Align::End, 3)),
    ];
    let heads = columns(speech, heads.into_iter().filter_map(|(shown, head)| shown.then_some(head)));
    let rows = rows.iter().map(|r| {
        let about = || Some(Reference::Figure { key: r.key.clone() });
        let covered = r.coverage.as_ref().and_then(|_| about());
        let cells = [
            (true, Cell { about: about(), ..Cell::plain(&r.name) }),
            (true, shown(Some(&r.wording), about())),
            (fraction, shown(r.fraction.as_ref(), about())),
            (coverage, Cell { about: covered, ..words(r.coverage.as_ref()) }),
            (target, words(r.target.as_ref())),
            (before, shown(r.before.as_ref(), None)),
        ];
        row(cells.into_iter().filter_map(|(shown, c)| shown.then_some(c)))
    });
    table(speech, heads, rows.collect())
}

/// The table of the units below the report's.
pub(crate) fn communes(speech: Speech, units: &UnitTable) -> Table {
    let title =
        if units.unit_title.is_empty() { speech.word("report-unit") } else { units.unit_title.clone() };
    let heads = units.columns.iter().map(|(_, name, measure)| {
        let title = if measure.is_empty() { name.clone() } else { format!("{name} ({measure})") };
        column(title, Align::End, 4)
    });
    let columns = std::iter::once(column(title, Align::Start, 6)).chain(heads).collect();
    let rows = units.rows.iter().map(|r| {
        let cells = r.cells.iter().zip(&units.columns).map(|(c, (key, _, _))| {
            let about = if r.unit.is_empty() {
                Reference::Figure { key: key.clone() }
            } else {
                Reference::FigureAt { key: key.clone(), unit: r.unit.clone() }
            };
            shown(c.as_ref(), Some(about))
        });
        Row { total: r.total, ..row(std::iter::once(unit(&r.unit, &r.name)).chain(cells)) }
    });
    table(speech, columns, rows.collect())
}

/// Who has not reported, or the sentence that everyone has.
pub(crate) fn missing(speech: Speech, rows: &[MissingUnit]) -> Block {
    if rows.is_empty() {
        return Block::paragraph(&speech.word("report-none-missing"));
    }
    let heads = [
        ("report-unit", Align::Start, 5),
        ("report-under", Align::Start, 5),
        ("report-form", Align::Start, 5),
        ("report-status", Align::Start, 3),
    ];
    let rows = rows.iter().map(|r| {
        row([unit(&r.unit, &r.name), Cell::plain(&r.under), Cell::plain(&r.form), Cell::plain(&r.status)])
    });
    let table = table(speech, columns(speech, heads), rows.collect());
    Block::Table(Table { caption: speech.word("report-missing"), ..table })
}

/// The register of initiatives.
pub(crate) fn initiatives(speech: Speech, rows: &[InitiativeRow]) -> Table {
    let heads = [
        ("report-initiative", Align::Start, 7),
        ("report-field", Align::Start, 4),
        ("report-owner", Align::Start, 5),
        ("report-kind", Align::Start, 3),
    ];
    let rows = rows.iter().map(|r| {
        let kind = speech.word(if r.collective { "report-collective" } else { "report-individual" });
        let kind = if r.new { format!("{kind} ({})", speech.word("report-new")) } else { kind };
        row([&r.name, &r.field, &r.owner, &kind].map(|words| Cell::plain(words)))
    });
    table(speech, columns(speech, heads), rows.collect())
}

/// The register of directives.
pub(crate) fn directives(speech: Speech, rows: &[DirectiveRow]) -> Table {
    let heads = [
        ("report-number", Align::Start, 4),
        ("report-issued", Align::Start, 3),
        ("report-issuer", Align::Start, 4),
        ("report-subject", Align::Start, 8),
    ];
    let rows = rows.iter().map(|r| {
        let number = format!("{} {}", r.kind, r.number);
        row([number.trim(), &speech.date(r.issued), &r.issuer, &r.subject].map(Cell::plain))
    });
    table(speech, columns(speech, heads), rows.collect())
}

/// What differs from the edition before.
pub(crate) fn differences(speech: Speech, rows: &[DifferenceRow]) -> Table {
    let heads = [
        ("report-figure", Align::Start, 6),
        ("report-edition-before", Align::End, 4),
        ("report-this-edition", Align::End, 4),
        ("report-reason", Align::Start, 6),
    ];
    let rows = rows.iter().map(|r| {
        let about = || Some(Reference::Figure { key: r.key.clone() });
        row([
            Cell { about: about(), ..Cell::plain(&r.name) },
            shown(Some(&r.before), None),
            shown(Some(&r.after), about()),
            Cell::plain(&r.reason),
        ])
    });
    let table = table(speech, columns(speech, heads), rows.collect());
    Table { caption: speech.word("report-differences"), ..table }
}
