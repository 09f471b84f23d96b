//! `api`: the API's description, for whoever writes a program against it.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Prints the `OpenAPI` description.
    Describe,
}

pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    match args.what {
        What::Describe => {
            let mut out = io::stdout().lock();
            writeln!(out, "{}", nhipcau_api::describe().to_pretty_json()?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
