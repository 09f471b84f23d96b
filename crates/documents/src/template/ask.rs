//! What stands between braces: a figure with its form, or a block.

use nhipcau_domain::problem::Problem;

use super::{At, mask::Braces};

/// How a figure is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Form {
    /// As the report says it: "trên 98%".
    #[default]
    Wording,
    /// The number: "1.234"; for a share, whole per cent.
    Value,
    /// Numerator and denominator: "1.234/1.250".
    Fraction,
    /// The exact percentage, cut: "98,7%".
    Percent,
    /// What it rests on: "246/250".
    Coverage,
    /// The target set for it.
    Target,
    /// The same period of the year before.
    Before,
    /// How many returns are missing.
    Missing,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Wording,
        Self::Value,
        Self::Fraction,
        Self::Percent,
        Self::Coverage,
        Self::Target,
        Self::Before,
        Self::Missing,
    ];

    /// As a template writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Value => "value",
            Self::Fraction => "fraction",
            Self::Percent => "percent",
            Self::Coverage => "coverage",
            Self::Target => "target",
            Self::Before => "before",
            Self::Missing => "missing",
        }
    }
}

/// A figure's key and where it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    /// The key.
    pub key: String,
    /// Where.
    pub at: At,
}

/// A figure in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureUse {
    /// Its key.
    pub key: String,
    /// How it is said.
    pub form: Form,
    /// Where.
    pub at: At,
}

/// A block that the caller fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A table with a row a figure.
    FiguresTable(Vec<KeyUse>),
    /// A table with a row a unit below the report's, and a column a figure.
    CommunesTable(Vec<KeyUse>),
    /// A chart with a bar a unit.
    CommunesChart(Vec<KeyUse>),
    /// A chart of how returns came in.
    CoverageChart,
    /// Who has not reported.
    MissingUnits,
    /// The register of initiatives.
    Initiatives,
    /// The register of directives.
    Directives,
    /// What differs from the edition before; nothing in a first edition.
    Differences,
    /// The campaign's notice.
    Notice,
    /// Recipients and signature, where annexes follow them.
    Signature,
}

impl Ask {
    /// The keys that it binds.
    #[must_use]
    pub fn keys(&self) -> &[KeyUse] {
        match self {
            Self::FiguresTable(k) | Self::CommunesTable(k) | Self::CommunesChart(k) => k,
            _ => &[],
        }
    }
}

/// What was read between braces.
pub(super) enum Read {
    Figure(FigureUse),
    Block(Ask),
}

/// Reads what stands between braces.
pub(super) fn read(braces: &Braces) -> Result<Read, Problem> {
    let inner = &braces.inner;
    let head: String =
        inner.split(':').next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let keys = || keys_after_colon(braces);
    let block = match head.as_str() {
        "" => return Err(at(Problem::new("template-empty-braces"), braces.at)),
        "table figures" => Ask::FiguresTable(keys()?),
        "table communes" => Ask::CommunesTable(keys()?),
        "chart communes" => {
            let keys = keys()?;
            if let Some(second) = keys.get(1) {
                return Err(at(Problem::new("template-one-figure-only"), second.at));
            }
            Ask::CommunesChart(keys)
        }
        "chart coverage" => Ask::CoverageChart,
        "missing units" => Ask::MissingUnits,
        "initiatives" => Ask::Initiatives,
        "directives" => Ask::Directives,
        "differences" => Ask::Differences,
        "notice" => Ask::Notice,
        "signature" => Ask::Signature,
        _ => return figure(braces).map(Read::Figure),
    };
    if block.keys().is_empty() && inner.contains(':') {
        return Err(at(Problem::new("template-unknown-block").with("found", inner.trim()), braces.at));
    }
    Ok(Read::Block(block))
}

fn figure(braces: &Braces) -> Result<FigureUse, Problem> {
    let mut pieces = braces.inner.splitn(2, '|');
    let (key, at_key) = trimmed(braces, pieces.next().unwrap_or_default(), 0);
    if key.contains(char::is_whitespace) || key.contains(':') {
        return Err(at(Problem::new("template-unknown-block").with("found", braces.inner.trim()), braces.at));
    }
    valid(key, at_key)?;
    let Some(form) = pieces.next() else {
        return Ok(FigureUse { key: key.to_owned(), form: Form::Wording, at: at_key });
    };
    let before = braces.inner.chars().count() - form.chars().count();
    let (form, at_form) = trimmed(braces, form, before);
    let known = Form::ALL.into_iter().find(|f| f.as_str() == form);
    let form = known.ok_or_else(|| {
        let all = Form::ALL.map(Form::as_str).join(", ");
        at(Problem::new("template-unknown-form").with("found", form).with("expected", all), at_form)
    })?;
    Ok(FigureUse { key: key.to_owned(), form, at: at_key })
}

fn keys_after_colon(braces: &Braces) -> Result<Vec<KeyUse>, Problem> {
    let none =
        || at(Problem::new("template-block-needs-figures").with("found", braces.inner.trim()), braces.at);
    let (head, list) = braces.inner.split_once(':').ok_or_else(none)?;
    let mut offset = head.chars().count() + 1;
    let mut keys = Vec::new();
    for piece in list.split(',') {
        let (key, place) = trimmed(braces, piece, offset);
        offset += piece.chars().count() + 1;
        valid(key, place).map_err(|p| if list.trim().is_empty() { none() } else { p })?;
        keys.push(KeyUse { key: key.to_owned(), at: place });
    }
    Ok(keys)
}

/// The piece without the spaces around it, and where it stands.
fn trimmed<'a>(braces: &Braces, piece: &'a str, offset: usize) -> (&'a str, At) {
    let spaces = piece.chars().take_while(|c| c.is_whitespace()).count();
    (piece.trim(), braces.place(offset + spaces))
}

fn valid(key: &str, place: At) -> Result<(), Problem> {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    let good = key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(letter);
    if good { Ok(()) } else { Err(at(Problem::new("template-invalid-key").with("found", key), place)) }
}

fn at(problem: Problem, at: At) -> Problem {
    problem.at_line(at.line, at.column)
}
