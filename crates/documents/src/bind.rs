//! Figures come in: a template and a [`Binder`] make a [`Document`].

use jiff::civil::Date;
use nhipcau_domain::problem::Problem;

use crate::{
    chart::Chart,
    model::{Block, Cell, Document, Inline, Row, Table},
    speech::Speech,
    tables,
    template::{Ask, At, FigureUse, Form, KeyUse, Part, Span, Template},
};

/// Stands for a withheld number where it would be told; a page gives it words for who listens.
pub const WITHHELD: &str = "•";

/// A figure as it may be shown to this audience.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// Its words; of a withheld one, the words that say so.
    pub text: String,
    /// Whether the number is withheld.
    pub withheld: bool,
}

impl Shown {
    /// Words that may be shown.
    #[must_use]
    pub fn open(text: impl Into<String>) -> Self {
        Self { text: text.into(), withheld: false }
    }

    /// Words that say that a number is withheld.
    #[must_use]
    pub fn withheld(text: impl Into<String>) -> Self {
        Self { text: text.into(), withheld: true }
    }
}

/// A row of the table of figures. What does not exist is `None` and prints as a dash.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FigureRow {
    /// The figure's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// As the report says it.
    pub wording: Shown,
    /// Numerator and denominator, or the count.
    pub fraction: Option<Shown>,
    /// What it rests on: "246/250".
    pub coverage: Option<String>,
    /// The target set for it.
    pub target: Option<String>,
    /// The same period of the year before.
    pub before: Option<Shown>,
}

/// A table of the units below the report's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitTable {
    /// What a row is, in the singular: "Xã, thị trấn"; "Đơn vị" if empty.
    pub unit_title: String,
    /// Key, name and unit of measure of each column's figure.
    pub columns: Vec<(String, String, String)>,
    /// Its rows.
    pub rows: Vec<UnitRow>,
}

/// A unit's row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitRow {
    /// The unit's id; empty for a row that is no unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// A cell a column; `None` where nothing was reported.
    pub cells: Vec<Option<Shown>>,
    /// Whether it is the total.
    pub total: bool,
}

/// A unit that has not reported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MissingUnit {
    /// Its id.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The units above it, in words.
    pub under: String,
    /// The form that it owes.
    pub form: String,
    /// Where its return stands, in words.
    pub status: String,
}

/// An initiative of the register.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InitiativeRow {
    /// Its name.
    pub name: String,
    /// Its field.
    pub field: String,
    /// Its owner, in words.
    pub owner: String,
    /// Collective, or an individual's.
    pub collective: bool,
    /// New in this period.
    pub new: bool,
}

/// A directive of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectiveRow {
    /// Number and symbol.
    pub number: String,
    /// Its kind: "Kế hoạch".
    pub kind: String,
    /// Who issued it.
    pub issuer: String,
    /// When.
    pub issued: Date,
    /// What it is about.
    pub subject: String,
}

/// A figure that differs from the edition before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DifferenceRow {
    /// The figure's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What the edition before said.
    pub before: Shown,
    /// What this one says.
    pub after: Shown,
    /// Why.
    pub reason: String,
}

/// What a template is bound to. `None` means that there is no such thing; that the number is
/// withheld is said by [`Shown`].
pub trait Binder {
    /// A figure in a form. `None`: there is no such figure, or it has no such form.
    fn figure(&self, key: &str, form: Form) -> Option<Shown>;

    /// The rows of a table of figures, in the order of the keys.
    fn figures(&self, keys: &[&str]) -> Option<Vec<FigureRow>> {
        let _ = keys;
        None
    }

    /// The table of the units below the report's.
    fn communes(&self, keys: &[&str]) -> Option<UnitTable> {
        let _ = keys;
        None
    }

    /// The chart of a figure by unit.
    fn communes_chart(&self, key: &str) -> Option<Chart> {
        let _ = key;
        None
    }

    /// The chart of how returns came in.
    fn coverage_chart(&self) -> Option<Chart> {
        None
    }

    /// Who has not reported; empty when everyone has.
    fn missing(&self) -> Option<Vec<MissingUnit>> {
        None
    }

    /// The register of initiatives.
    fn initiatives(&self) -> Option<Vec<InitiativeRow>> {
        None
    }

    /// The register of directives.
    fn directives(&self) -> Option<Vec<DirectiveRow>> {
        None
    }

    /// What differs from the edition before; `None` in a first edition.
    fn differences(&self) -> Option<Vec<DifferenceRow>> {
        None
    }

    /// The campaign's notice; `None` if it has none.
    fn notice(&self) -> Option<String> {
        None
    }
}

/// Binds a template.
///
/// # Errors
/// Every figure and block that the binder does not have, with line and column.
pub fn bind(template: &Template, binder: &dyn Binder) -> Result<Document, Vec<Problem>> {
    let mut work = Binding { binder, speech: template.front.speech(), problems: Vec::new() };
    let blocks = work.blocks(&template.parts);
    if work.problems.is_empty() {
        Ok(Document { front: template.front.clone(), banners: Vec::new(), blocks })
    } else {
        Err(work.problems)
    }
}

struct Binding<'a> {
    binder: &'a dyn Binder,
    speech: Speech,
    problems: Vec<Problem>,
}

impl Binding<'_> {
    fn blocks(&mut self, parts: &[Part]) -> Vec<Block> {
        parts.iter().filter_map(|p| self.block(p)).collect()
    }

    fn block(&mut self, part: &Part) -> Option<Block> {
        Some(match part {
            Part::Heading { level, text } => Block::Heading { level: *level, text: self.spans(text) },
            Part::Paragraph(text) => Block::Paragraph { text: self.spans(text) },
            Part::List { ordered, start, items } => {
                let items = items.iter().map(|i| self.blocks(i)).collect();
                Block::List { ordered: *ordered, start: *start, items }
            }
            Part::Quote(parts) => Block::Quote { blocks: self.blocks(parts) },
            Part::Table { columns, rows } => {
                let row = |work: &mut Self, cells: &Vec<Vec<Span>>| Row {
                    cells: cells.iter().map(|c| Cell { text: work.spans(c), ..Cell::default() }).collect(),
                    total: false,
                };
                let rows = rows.iter().map(|r| row(self, r)).collect();
                Block::Table(Table { columns: columns.clone(), rows, ..Table::default() })
            }
            Part::PageBreak => Block::PageBreak,
            Part::Ask { ask, at } => return self.ask(ask, *at),
        })
    }

    fn ask(&mut self, ask: &Ask, at: At) -> Option<Block> {
        let (binder, speech) = (self.binder, self.speech);
        let names = |keys: &[KeyUse]| keys.iter().map(|k| k.key.clone()).collect::<Vec<_>>();
        let block = match ask {
            Ask::FiguresTable(keys) => {
                let keys = names(keys);
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                binder.figures(&keys).map(|rows| Block::Table(tables::figures(speech, &rows)))
            }
            Ask::CommunesTable(keys) => {
                let keys = names(keys);
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                binder.communes(&keys).map(|table| Block::Table(tables::communes(speech, &table)))
            }
            Ask::CommunesChart(keys) => {
                keys.first().and_then(|k| binder.communes_chart(&k.key)).map(Block::Chart)
            }
            Ask::CoverageChart => binder.coverage_chart().map(Block::Chart),
            Ask::MissingUnits => binder.missing().map(|rows| tables::missing(speech, &rows)),
            Ask::Initiatives => {
                binder.initiatives().map(|rows| Block::Table(tables::initiatives(speech, &rows)))
            }
            Ask::Directives => {
                binder.directives().map(|rows| Block::Table(tables::directives(speech, &rows)))
            }
            // A first edition differs from nothing; a campaign of real data needs no notice.
            Ask::Differences => {
                return binder.differences().map(|rows| Block::Table(tables::differences(speech, &rows)));
            }
            Ask::Signature => Some(Block::Signature),
            Ask::Notice => return binder.notice().filter(|n| !n.is_empty()).map(|n| Block::notice(&n)),
        };
        if block.is_none() {
            self.problems.push(Problem::new("template-nothing-for-block").at_line(at.line, at.column));
        }
        block
    }

    fn spans(&mut self, spans: &[Span]) -> Vec<Inline> {
        spans.iter().map(|s| self.span(s)).collect()
    }

    fn span(&mut self, span: &Span) -> Inline {
        match span {
            Span::Text(text) => Inline::Text { text: text.clone() },
            Span::Code(text) => Inline::Code { text: text.clone() },
            Span::Strong(text) => Inline::Strong { text: self.spans(text) },
            Span::Emph(text) => Inline::Emph { text: self.spans(text) },
            Span::Link { href, text } => Inline::Link { href: href.clone(), text: self.spans(text) },
            Span::Break => Inline::Break,
            Span::Figure(figure) => self.figure(figure),
        }
    }

    fn figure(&mut self, FigureUse { key, form, at }: &FigureUse) -> Inline {
        let shown = self.binder.figure(key, *form).unwrap_or_else(|| {
            let problem = Problem::new("template-figure-has-no-form");
            let problem = problem.with("key", key.as_str()).with("form", form.as_str());
            self.problems.push(problem.at_line(at.line, at.column));
            Shown::default()
        });
        Inline::Figure { key: key.clone(), text: shown.text, withheld: shown.withheld }
    }
}
