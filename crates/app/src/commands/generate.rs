//! `generate`: a synthetic country, for measuring.

use std::{fs::File, io::BufWriter, path::PathBuf, process::ExitCode};

use anyhow::Context;
use nhipcau_messages::{Lang, say};
use nhipcau_synthetic::Country;

use crate::place::Place;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, default_value_t = 250_000, value_parser = clap::value_parser!(u64).range(1..=5_000_000))]
    pub cells: u64,
    #[arg(long, default_value_t = 2025)]
    pub seed: u64,
    #[arg(long, short, value_name = "DIR", default_value = "country")]
    pub out: PathBuf,
}

/// Writes the country's campaign into `campaign/` and its returns into `returns.csv`.
#[expect(clippy::unused_async, reason = "every command has the same shape")]
pub async fn run(_place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let country = Country::new(args.cells, args.seed);
    country.write_campaign(&args.out.join("campaign")).with_context(|| args.out.display().to_string())?;
    let path = args.out.join("returns.csv");
    let mut file = BufWriter::new(File::create(&path).with_context(|| path.display().to_string())?);
    country.write_returns(&mut file)?;
    std::io::Write::flush(&mut file)?;
    outln!(
        "{}",
        say(
            lang,
            "generate-done",
            &[
                ("cells", i64::try_from(args.cells).unwrap_or(i64::MAX).into()),
                ("folder", args.out.display().to_string().into()),
                ("period", country.period().into()),
            ]
        )
    );
    Ok(ExitCode::SUCCESS)
}
