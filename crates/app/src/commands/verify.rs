//! `verify`: everything made anew from the records, and compared.

use std::process::ExitCode;

use nhipcau_actions::verify::verify;
use nhipcau_messages::{Lang, say, word};

use crate::{exit, place::Place};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, short)]
    pub quiet: bool,
}

/// Prints what differs; succeeds only where nothing does.
pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    check(&ws, args.quiet, lang).await
}

/// Verifies an open workspace.
pub async fn check(ws: &nhipcau_actions::Workspace, quiet: bool, lang: Lang) -> anyhow::Result<ExitCode> {
    let report = verify(ws, &mut |_| {}).await?;
    for d in &report.differences {
        outln!(
            "{}",
            say(
                lang,
                "verify-differs",
                &[
                    ("what", word(lang, &format!("verify-what-{}", d.what)).into()),
                    ("which", d.which.as_str().into()),
                    ("kept", d.kept.as_str().into()),
                    ("recomputed", d.recomputed.as_str().into()),
                ]
            )
        );
    }
    if !report.differences.is_empty() {
        outln!("{}", say(lang, "verify-failed", &[("count", report.differences.len().into())]));
        return Ok(ExitCode::from(exit::PART));
    }
    if !quiet {
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
        let args = [
            ("returns", count(report.returns)),
            ("totals", count(report.totals)),
            ("editions", count(report.editions)),
        ];
        outln!("{}", say(lang, "verify-agrees", &args));
    }
    Ok(ExitCode::SUCCESS)
}
