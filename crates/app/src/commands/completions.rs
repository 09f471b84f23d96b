//! `completions`: the shell's completion script, on standard output.

use std::process::ExitCode;

use clap_complete::Shell;
use nhipcau_messages::Lang;

#[derive(Debug, clap::Args)]
pub struct Args {
    pub shell: Shell,
}

pub fn run(args: &Args, lang: Lang) -> ExitCode {
    clap_complete::generate(args.shell, &mut crate::help::command(lang), "nhipcau", &mut std::io::stdout());
    ExitCode::SUCCESS
}
