//! `explain`: a figure down to the cell of the workbook.

use std::process::ExitCode;

use nhipcau_actions::explain::{Explanation, UnitRef, explain};
use nhipcau_domain::{returns::Value, text};
use nhipcau_messages::{Lang, say, word};

use super::figures::{Which, status_name};
use crate::{
    output::{self, Format, Table},
    place::Place,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "CHỈ SỐ")]
    pub figure: String,
    #[command(flatten)]
    pub which: Which,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let found = explain(&ws, &args.figure, &args.which.query()).await?;
    match args.format {
        Format::Json => output::json(&found)?,
        Format::Csv => contributions(&found, lang).print(Format::Csv)?,
        Format::Table => people(&found, lang)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn contributions(found: &Explanation, lang: Lang) -> Table {
    let mut table = Table::new(
        ["unit", "name", "under", "numerator", "denominator", "source"]
            .map(|h| word(lang, &format!("column-{h}"))),
    );
    for c in &found.contributions {
        let sources: Vec<String> = c.returns.iter().map(source).collect();
        table.row([
            c.unit.unit.to_string(),
            c.unit.name.clone(),
            c.unit.path.first().cloned().unwrap_or_default(),
            c.numerator.to_string(),
            c.denominator.map(|d| d.to_string()).unwrap_or_default(),
            sources.join("; "),
        ]);
    }
    table
}

fn source(source: &nhipcau_actions::explain::Source) -> String {
    let cells: Vec<&str> = source.entries.iter().filter_map(|e| e.cell.as_deref()).collect();
    format!("{} [{}] {} · {}", source.origin.file, source.origin.sheet, cells.join(" "), source.revision)
}

fn people(found: &Explanation, lang: Lang) -> anyhow::Result<()> {
    let f = &found.figure;
    let line = |id: &str, value: String| outln!("{}: {value}", word(lang, id));
    outln!("{} ({})", f.name, f.key);
    line("explain-says", if f.wording.is_empty() { "—".into() } else { f.wording.clone() });
    line("explain-status", word(lang, &format!("status-{}", status_name(f.status))));
    line("explain-definition", found.indicator.definition.clone());
    if let Some(n) = f.numerator {
        let of = f.denominator.map_or(String::new(), |d| format!(" / {}", text::number(d)));
        line("explain-value", format!("{}{of}", text::number(n)));
    }
    if let Some(x) = &f.excluded {
        line(
            "explain-excluded",
            format!("{} ({} / {})", x.name, text::number(x.numerator), text::number(x.denominator)),
        );
        for (name, n, d) in &x.parts {
            outln!("  - {name}: {} / {}", text::number(*n), text::number(*d));
        }
    }
    line("explain-tree", text::date(f.tree));
    let c = f.coverage;
    outln!(
        "{}",
        say(
            lang,
            "explain-coverage",
            &[
                ("expected", c.expected.into()),
                ("accepted", c.accepted.into()),
                ("exempt", c.exempt.into()),
                ("missing", c.missing.into()),
            ]
        )
    );
    for m in &found.missing {
        outln!("  - {} · {} · {}", place_of(&m.unit), m.data_set, m.period);
    }
    for c in &found.corrections {
        outln!(
            "{}",
            say(
                lang,
                "explain-correction",
                &[
                    ("unit", c.unit.name.as_str().into()),
                    ("office", (&c.office).into()),
                    ("reason", c.reason.as_str().into()),
                ]
            )
        );
        for (element, before, after) in &c.differences {
            outln!(
                "  - {element}: {} → {}",
                before.as_ref().map_or("—".into(), |b| answer(b, lang)),
                answer(after, lang)
            );
        }
    }
    outln!();
    contributions(found, lang).print(Format::Table)?;
    Ok(())
}

fn place_of(unit: &UnitRef) -> String {
    match unit.path.first() {
        Some(above) => format!("{} ({above})", unit.name),
        None => unit.name.clone(),
    }
}

/// An answer, in a word.
pub fn answer(value: &Value, lang: Lang) -> String {
    match value {
        Value::Number(n) if lang == Lang::En => text::number_en(*n),
        Value::Number(n) => text::number(*n),
        Value::NotReported => "—".into(),
        Value::Exempt(reason) => say(lang, "answer-exempt", &[("reason", reason.as_str().into())]),
        Value::NotApplicable => "KAD".into(),
    }
}
