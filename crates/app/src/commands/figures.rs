//! `figures`: every figure of a scope and period.

use std::process::ExitCode;

use nhipcau_actions::figures::{FigureRow, Query, figures};
use nhipcau_domain::{Date, figure::Coverage, figure::Status, text};
use nhipcau_messages::{Lang, word};
use serde::Serialize;

use crate::{
    output::{self, Format, Table},
    place::Place,
    system,
};

/// Which figures: a period, a unit, a tree.
#[derive(Debug, Clone, clap::Args)]
pub struct Which {
    #[arg(long, short, value_name = "KỲ")]
    pub period: String,
    #[arg(long, short, value_name = "ĐƠN VỊ")]
    pub unit: Option<String>,
    #[arg(long, value_name = "then|now|YYYY-MM-DD", default_value = "then", value_parser = tree_day)]
    pub tree: TreeArg,
}

/// Under which tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TreeArg {
    Then,
    Now,
    On(Date),
}

impl Which {
    /// The query that this asks.
    pub fn query(&self) -> Query {
        use nhipcau_actions::basis::TreeDay;
        let tree = match self.tree {
            TreeArg::Then => TreeDay::Then,
            TreeArg::Now => TreeDay::On(system::today()),
            TreeArg::On(day) => TreeDay::On(day),
        };
        Query { period: self.period.as_str().into(), scope: self.unit.as_deref().map(Into::into), tree }
    }
}

fn tree_day(text: &str) -> Result<TreeArg, String> {
    match text {
        "then" => Ok(TreeArg::Then),
        "now" => Ok(TreeArg::Now),
        day => day.parse().map(TreeArg::On).map_err(|_| "then, now, YYYY-MM-DD".to_owned()),
    }
}

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub which: Which,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A figure as scripts read it.
#[derive(Debug, Serialize)]
struct Row<'a> {
    key: &'a str,
    name: &'a str,
    value: Option<i64>,
    numerator: Option<i64>,
    denominator: Option<i64>,
    wording: &'a str,
    unit: &'a str,
    status: Status,
    coverage: Coverage,
    target: Option<i64>,
    year_before: Option<i64>,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let rows = figures(&ws, &args.which.query()).await?;
    print(&rows, args.format, lang)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints figures in a format.
pub fn print(rows: &[FigureRow], format: Format, lang: Lang) -> anyhow::Result<()> {
    let rows: Vec<Row<'_>> = rows.iter().map(row).collect();
    if format == Format::Json {
        return output::json(&rows);
    }
    let number = |n: Option<i64>| match (n, format) {
        (None, _) => String::new(),
        (Some(n), Format::Csv) => n.to_string(),
        (Some(n), _) => text::number(n),
    };
    let head = ["key", "value", "numerator", "denominator", "wording", "unit", "status", "coverage"];
    let mut table = match format {
        Format::Csv => Table::new(head.map(str::to_owned)),
        _ => Table::new(head.map(|h| word(lang, &format!("column-{h}")))),
    };
    for r in rows {
        let status = if format == Format::Csv {
            status_name(r.status).to_owned()
        } else {
            word(lang, &format!("status-{}", status_name(r.status)))
        };
        table.row([
            r.key.to_owned(),
            number(r.value),
            number(r.numerator),
            number(r.denominator),
            r.wording.to_owned(),
            r.unit.to_owned(),
            status,
            format!("{}/{}", r.coverage.accepted, r.coverage.expected),
        ]);
    }
    table.print(format)?;
    Ok(())
}

fn row(row: &FigureRow) -> Row<'_> {
    let f = &row.answer.figure;
    Row {
        key: f.key.as_str(),
        name: &f.name,
        value: f.value(),
        numerator: f.numerator,
        denominator: f.denominator,
        wording: &f.wording,
        unit: if f.percent { "%" } else { f.measure.as_str() },
        status: f.status,
        coverage: f.coverage,
        target: row.target,
        year_before: row.before.as_ref().and_then(nhipcau_domain::figure::Figure::value),
    }
}

/// The status as scripts read it.
pub fn status_name(status: Status) -> &'static str {
    match status {
        Status::Measured => "measured",
        Status::Derived => "derived",
        Status::Claim => "claim",
        Status::Missing => "missing",
        Status::Unanswerable => "unanswerable",
    }
}
