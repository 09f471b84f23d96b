//! `search`: the index that readers search, made anew.

use std::process::ExitCode;

use nhipcau_actions::search::rebuild;
use nhipcau_messages::{Lang, say, word};

use crate::{place::Place, progress};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Makes the index anew from what is out.
    Rebuild,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let What::Rebuild = args.what;
    let ws = place.open().await?;
    let bar = progress::bar(0, &word(lang, "search-rebuilding"));
    let count = rebuild(&ws, &mut |done, all| {
        bar.set_length(all.into());
        bar.set_position(done.into());
    })
    .await?;
    bar.finish_and_clear();
    outln!("{}", say(lang, "search-rebuilt", &[("count", i64::from(count).into())]));
    Ok(ExitCode::SUCCESS)
}
