//! `visits`: what was counted, and what an old site counted before.

use std::{fs::File, io::BufReader, path::PathBuf, process::ExitCode, sync::Arc};

use nhipcau_domain::{Date, problem::Problem, text};
use nhipcau_messages::{Lang, say, word};
use nhipcau_visits::{Clock, ImportOptions, ImportReport, Visits};

use super::serve::counting;
use crate::{
    output::{self, Format, Table},
    place::Place,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Visits and views in all.
    Total {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Reads an old site's access logs.
    Import {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[arg(long, value_name = "HOST", default_value = "")]
        host: String,
        #[arg(long)]
        overlap: bool,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Takes over an old site's total.
    Carry {
        #[arg(long, value_name = "DAY")]
        last_day: Date,
        #[arg(long, value_name = "N")]
        visits: u64,
        #[arg(long, value_name = "N", default_value_t = 0)]
        views: u64,
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
}

pub fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    match args.what {
        What::Total { format } => total(place, format, lang),
        What::Import { files, host, overlap, format } => {
            import(place, &files, &ImportOptions { host, overlap }, format, lang)
        }
        What::Carry { last_day, visits, views, note } => {
            let log = counting::open(place)?;
            let changed = log.import_total(last_day, visits, views, &note).map_err(|e| counting::said(&e))?;
            let id = if changed { "visits-carried" } else { "visits-carried-before" };
            outln!("{}", say(lang, id, &[("visits", number(visits)), ("views", number(views))]));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Read beside a running service: every view that was acknowledged is in it.
fn total(place: &Place, format: Format, lang: Lang) -> anyhow::Result<ExitCode> {
    let clock: Arc<dyn Clock> = Arc::new(jiff::Timestamp::now);
    let mut reading = Visits::read(&place.visits(), &clock).map_err(|e| counting::said(&e))?;
    if format == Format::Json {
        output::json(&reading.total())?;
        return Ok(ExitCode::SUCCESS);
    }
    let totals = reading.totals();
    let mut table =
        Table::new(["what", "visits", "views"].map(|h| word(lang, &format!("column-visits-{h}"))));
    let written = |n: u64| text::number(i64::try_from(n).unwrap_or(i64::MAX));
    let plain = |n: u64| if format == Format::Csv { n.to_string() } else { written(n) };
    table.row([word(lang, "visits-online"), plain(totals.online), String::new()]);
    for (what, visits, views) in [
        ("visits-today", totals.today, totals.today_views),
        ("visits-week", totals.week, totals.week_views),
        ("visits-month", totals.month, totals.month_views),
        ("visits-all", totals.all_visits, totals.all_views),
    ] {
        table.row([word(lang, what), plain(visits), plain(views)]);
    }
    table.print(format)?;
    for gap in reading.gaps() {
        let at = |t| text::date_time(t).into();
        let said = [("from", at(gap.from)), ("to", at(gap.to)), ("hits", number(gap.hits))];
        outln!("{}", say(lang, "visits-gap", &said));
    }
    Ok(ExitCode::SUCCESS)
}

fn import(
    place: &Place,
    files: &[PathBuf],
    options: &ImportOptions,
    format: Format,
    lang: Lang,
) -> anyhow::Result<ExitCode> {
    let log = counting::open(place)?;
    let mut reports = Vec::new();
    let mut refused = false;
    for path in files {
        let name = path.display().to_string();
        let opened = File::open(path).map_err(|e| {
            Problem::new("visits-file-failed").with("file", name.as_str()).with("detail", e.to_string())
        });
        let done = opened.and_then(|file| {
            log.import_access_log(BufReader::new(file), options).map_err(|e| counting::said(&e))
        });
        match done {
            Ok(report) => {
                if format != Format::Json {
                    tell(&name, &report, lang);
                }
                reports.push(report);
            }
            // One bad file does not stop the others.
            Err(problem) => {
                refused = true;
                eprintln!("{name}: {}", nhipcau_messages::sentence(lang, &problem));
            }
        }
    }
    if format == Format::Json {
        output::json(&reports)?;
    }
    Ok(if refused { ExitCode::from(crate::exit::PART) } else { ExitCode::SUCCESS })
}

fn tell(name: &str, report: &ImportReport, lang: Lang) {
    if report.already {
        outln!("{}", say(lang, "visits-import-before", &[("file", name.into())]));
        return;
    }
    let bad: u64 = report.bad.values().sum();
    let left_out: u64 = report.left_out.values().sum();
    let said = [
        ("file", name.into()),
        ("visits", number(report.visits)),
        ("views", number(report.views)),
        ("left", number(left_out)),
        ("bad", number(bad)),
    ];
    outln!("{}", say(lang, "visits-imported", &said));
    for problem in report.problems.iter().take(10) {
        let said = [("line", number(problem.line)), ("why", word(lang, problem.why.id()).into())];
        outln!("  {}", say(lang, "visits-bad-line", &said));
    }
}

fn number(n: u64) -> nhipcau_domain::problem::Arg {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}
