//! `returns import`: files and folders in; each file is acknowledged once it is committed.

use std::{path::PathBuf, process::ExitCode};

use indicatif::ProgressBar;
use nhipcau_actions::{
    intake::{FileOutcome, find, import},
    returns::{Mode, Sender, Verdict},
};
use nhipcau_domain::{Date, problem::Severity};
use nhipcau_messages::{Lang, problem, say};
use serde::Serialize;

use crate::{exit, output::Format, place::Place, progress, system};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "TỆP", required = true)]
    pub paths: Vec<PathBuf>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, value_name = "CƠ QUAN")]
    pub accept_by: Option<String>,
    #[arg(long, value_name = "CƠ QUAN")]
    pub office: Option<String>,
    #[arg(long, value_name = "LÝ DO", default_value = "")]
    pub reason: String,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A file's acknowledgement as scripts read it: one JSON object a line, after the commit.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    received: Vec<String>,
    accepted: Vec<String>,
    corrected: Vec<String>,
    unchanged: usize,
    refused: usize,
    problems: Vec<String>,
}

/// What was heard of so far.
#[derive(Debug, Default)]
pub struct Heard {
    pub files: usize,
    pub received: usize,
    pub corrected: usize,
    pub accepted: usize,
    pub unchanged: usize,
    pub refused: usize,
}

impl Heard {
    /// Counts a file's outcome.
    pub fn add(&mut self, outcome: &FileOutcome) {
        self.files += 1;
        for r in &outcome.returns {
            match r.verdict {
                Verdict::Received { .. } => self.received += 1,
                Verdict::Corrected { .. } => self.corrected += 1,
                Verdict::Unchanged => self.unchanged += 1,
                Verdict::Refused => {}
            }
            self.accepted += usize::from(r.accepted && r.verdict.is_new());
        }
        self.refused += usize::from(outcome.refused());
    }

    /// The closing line.
    pub fn summary(&self, lang: Lang) -> String {
        say(
            lang,
            "import-summary",
            &[
                ("received", self.received.into()),
                ("corrected", self.corrected.into()),
                ("accepted", self.accepted.into()),
                ("unchanged", self.unchanged.into()),
                ("refused", self.refused.into()),
            ],
        )
    }
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let files = find(&args.paths)?;
    let mode = Mode {
        office: args.office.map_or(Sender::Unit, |o| Sender::Office(o.into())),
        accept_by: args.accept_by.map(Into::into),
        reason: args.reason,
        dry_run: args.dry_run,
        ..Mode::default()
    };
    let bytes = files.iter().filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum();
    let bar = progress::bytes(bytes, "");
    let mut heard = Heard::default();
    let day = args.as_of.unwrap_or_else(system::today);
    import(&ws, &files, &mode, day, &mut |outcome| {
        heard.add(&outcome);
        bar.inc(outcome.bytes);
        report_outcome(&outcome, args.format, &bar, lang);
    })
    .await?;
    bar.finish_and_clear();
    if args.format != Format::Json {
        if mode.dry_run {
            outln!("{}", say(lang, "import-dry-run", &[]));
        }
        outln!("{}", heard.summary(lang));
    }
    Ok(if heard.refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(exit::PART) })
}

/// Prints what became of a file: problems for people, a line of JSON for scripts.
pub fn report_outcome(outcome: &FileOutcome, format: Format, bar: &ProgressBar, lang: Lang) {
    let of_returns = outcome.returns.iter().flat_map(|r| &r.problems);
    let problems: Vec<String> = outcome.problems.iter().chain(of_returns).map(|p| line(p, lang)).collect();
    if format == Format::Json {
        let keys = |wanted: fn(&nhipcau_actions::returns::Outcome) -> bool| {
            let found = outcome.returns.iter().filter(|r| wanted(r));
            found.map(|r| format!("{}/{}/{}", r.key.unit, r.key.data_set, r.key.period)).collect()
        };
        let line = Line {
            file: &outcome.file,
            received: keys(|r| matches!(r.verdict, Verdict::Received { .. })),
            accepted: keys(|r| r.accepted && r.verdict.is_new()),
            corrected: keys(|r| matches!(r.verdict, Verdict::Corrected { .. })),
            unchanged: outcome.returns.iter().filter(|r| r.verdict == Verdict::Unchanged).count(),
            refused: outcome.returns.iter().filter(|r| r.verdict == Verdict::Refused).count(),
            problems,
        };
        if let Ok(text) = serde_json::to_string(&line) {
            bar.suspend(|| outln!("{text}"));
        }
    } else {
        bar.suspend(|| problems.iter().for_each(|p| outln!("{p}")));
    }
}

fn line(found: &nhipcau_domain::problem::Problem, lang: Lang) -> String {
    let mark = match found.severity {
        Severity::Refuse => "✗",
        Severity::Explain => "!",
        Severity::Notice => "·",
    };
    format!("{mark} {}", problem(lang, found))
}
