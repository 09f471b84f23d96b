//! `report`: draft → approve → freeze → publish, and the documents.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use nhipcau_actions::{
    ActionError, Workspace,
    basis::TreeDay,
    report::{self, FORMATS, Request},
};
use nhipcau_domain::{Date, problem::Problem, text};
use nhipcau_messages::{Lang, say, word};

use super::returns::review::office;
use crate::{
    output::{Format, Table},
    place::{Place, create_private},
    system,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    pub what: What,
}

#[derive(Debug, clap::Subcommand)]
pub enum What {
    Draft {
        #[arg(value_name = "BÁO CÁO")]
        report: String,
        #[arg(long, short, value_name = "KỲ")]
        period: String,
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<Date>,
        #[arg(long, value_name = "SỐ")]
        number: Option<String>,
        #[arg(long, value_name = "CƠ QUAN")]
        office: Option<String>,
    },
    Approve {
        #[command(flatten)]
        one: OneArgs,
        #[arg(long)]
        despite_comments: bool,
    },
    Freeze(OneArgs),
    Publish(OneArgs),
    Write(OneArgs),
    Attach {
        #[arg(value_name = "TỆP")]
        file: PathBuf,
        #[command(flatten)]
        one: OneArgs,
    },
    List {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

#[derive(Debug, Clone, clap::Args)]
pub struct OneArgs {
    #[arg(value_name = "BÁO CÁO")]
    pub report: String,
    #[arg(long, value_name = "BẢN SỐ")]
    pub edition: Option<u32>,
    #[arg(long, value_name = "CƠ QUAN")]
    pub office: Option<String>,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    match args.what {
        What::Draft { report, period, date, number, office: named } => {
            let office = office(&ws, named).await?;
            let date = date.unwrap_or_else(system::today);
            let request = Request { report, period: period.into(), tree: TreeDay::Then, date, number };
            let drafted = report::draft(&ws, &office, &request).await?;
            outln!("{}", said(lang, "report-drafted", &request.report, drafted.record.number));
        }
        What::Approve { one, despite_comments } => {
            let (number, office) = (latest(&ws, &one).await?, office(&ws, one.office).await?);
            let done = report::approve_despite(&ws, &office, &one.report, number, despite_comments).await;
            done.map_err(at_the_prompt)?;
            outln!("{}", said(lang, "report-approved", &one.report, number));
        }
        What::Freeze(one) => {
            let (number, office) = (latest(&ws, &one).await?, office(&ws, one.office).await?);
            report::freeze(&ws, &office, &one.report, number).await?;
            outln!("{}", said(lang, "report-frozen", &one.report, number));
            print_written(&write(&ws, &one.report, number, &place.out()).await?);
        }
        What::Publish(one) => {
            let (number, office) = (latest(&ws, &one).await?, office(&ws, one.office).await?);
            report::publish(&ws, &office, &one.report, number).await?;
            outln!("{}", said(lang, "report-published", &one.report, number));
        }
        What::Write(one) => {
            let number = latest(&ws, &one).await?;
            print_written(&write(&ws, &one.report, number, &place.out()).await?);
        }
        What::Attach { file, one } => {
            let (number, office) = (latest(&ws, &one).await?, office(&ws, one.office).await?);
            let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
            let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            report::attach(&ws, &office, &one.report, number, &name, bytes).await?;
            outln!("{}", said(lang, "report-attached", &one.report, number));
        }
        What::List { format } => list(&ws, format, lang).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What is a box to tick on the page is an option here.
fn at_the_prompt(error: ActionError) -> ActionError {
    match error {
        ActionError::Refused(mut problem) if problem.id == "edition-open-comments" => {
            "report-open-comments".clone_into(&mut problem.id);
            ActionError::Refused(problem)
        }
        other => other,
    }
}

fn said(lang: Lang, id: &str, report: &str, number: u32) -> String {
    say(lang, id, &[("report", report.into()), ("number", number.into())])
}

fn print_written(paths: &[PathBuf]) {
    for path in paths {
        outln!("  {}", path.display());
    }
}

/// The edition that is meant: the one that is named, or the latest.
async fn latest(ws: &Workspace, one: &OneArgs) -> anyhow::Result<u32> {
    if let Some(number) = one.edition {
        return Ok(number);
    }
    let mut tx = ws.store().read().await?;
    let last = report::editions(&mut tx, &one.report).await?.pop();
    let missing =
        || Problem::new("edition-unknown").with("report", one.report.as_str()).with("number", 1_i64);
    Ok(last.ok_or_else(missing)?.number)
}

/// Writes a frozen edition's documents to a folder; what is for reviewers goes to a folder of its own.
pub async fn write(ws: &Workspace, report: &str, number: u32, out: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut tx = ws.store().read().await?;
    let found = report::edition(&mut tx, report, Some(number)).await?;
    let inner = out.join("noi-bo");
    std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    create_private(&inner)?;
    let mut written = Vec::new();
    for (format, _, ending, private) in FORMATS {
        let Some(kept) = tx.document(found.record.id, format).await? else { continue };
        let dir = if private { &inner } else { out };
        let path = dir.join(format!("{report}-{number}{ending}"));
        let bytes =
            if format == "html" { page(&found.body.document.front.title(), &kept.bytes) } else { kept.bytes };
        std::fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        written.push(path);
    }
    if written.is_empty() {
        return Err(Problem::new("edition-not-frozen").with("report", report).with("number", number).into());
    }
    Ok(written)
}

/// A page of its own around the stored fragment, so that the file opens anywhere.
fn page(title: &str, fragment: &[u8]) -> Vec<u8> {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let mut page = format!(
        "<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{}\n</style>\n</head>\n<body>\n",
        include_str!("report.css").trim()
    )
    .into_bytes();
    page.extend_from_slice(fragment);
    page.extend_from_slice(b"\n</body>\n</html>\n");
    page
}

async fn list(ws: &Workspace, format: Format, lang: Lang) -> anyhow::Result<()> {
    let mut tx = ws.store().read().await?;
    let mut table = Table::new(
        ["report", "edition", "period", "status", "date", "office"]
            .map(|h| word(lang, &format!("column-{h}"))),
    );
    for name in tx.reports().await? {
        let public = tx.public_editions(&name).await?;
        for e in report::editions(&mut tx, &name).await? {
            let status = if public.iter().any(|p| p.id == e.id) { "published" } else { e.status.as_str() };
            table.row([
                e.report,
                e.number.to_string(),
                e.period.to_string(),
                word(lang, &format!("edition-{status}")),
                text::date_time(e.at),
                e.office.to_string(),
            ]);
        }
    }
    table.print(format)?;
    Ok(())
}
