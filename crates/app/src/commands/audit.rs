//! `audit`: the trail of acts that bind, written out for whoever checks it elsewhere.

use std::{
    io::{self, BufWriter, Write as _},
    process::ExitCode,
};

use nhipcau_actions::audit::{csv_head, csv_line, export, head, json_line};
use nhipcau_domain::Date;
use nhipcau_messages::{Lang, say, word};

use crate::place::Place;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Writes the records, oldest first.
    Export {
        #[arg(long = "format", value_enum, default_value_t)]
        export_format: ExportFormat,
        #[arg(long, value_name = "YYYY-MM-DD")]
        since: Option<Date>,
    },
    /// Says the newest record's number and hash.
    Head,
}

/// How records are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum ExportFormat {
    /// A line of JSON a record: what is hashed, and its hash.
    #[default]
    Jsonl,
    /// Comma-separated values with a header line.
    Csv,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let mut tx = ws.store().read().await?;
    if let What::Export { export_format, since } = args.what {
        let mut out = BufWriter::new(io::stdout());
        if export_format == ExportFormat::Csv {
            writeln!(out, "{}", csv_head())?;
        }
        let line = if export_format == ExportFormat::Csv { csv_line } else { json_line };
        // A pipe that closes ends the export, quietly.
        match export(&mut tx, since, &mut |record| writeln!(out, "{}", line(record))).await? {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
            written => written?,
        };
        out.flush()?;
    }
    // Beside the records, so that a file of them stays what it is.
    match head(&mut tx).await? {
        Some(head) => {
            let said = say(
                lang,
                "audit-head",
                &[("number", head.seq.to_string().into()), ("hash", head.hash.into())],
            );
            if matches!(args.what, What::Head) {
                outln!("{said}");
            } else {
                eprintln!("{said}");
            }
        }
        None => eprintln!("{}", word(lang, "audit-empty")),
    }
    Ok(ExitCode::SUCCESS)
}
