//! Exit codes, and how a failure is said.
//!
//! 0 done · 1 done in part: some input was refused, or `verify` found differences · 2 the command
//! was not understood · 3 what was asked cannot be · 4 the machine or the database failed.

use std::process::ExitCode;

use nhipcau_actions::ActionError;
use nhipcau_domain::problem::Problem;
use nhipcau_messages::{Lang, problem, say};
use nhipcau_store::StoreError;

/// Some input was refused, or differences were found.
pub const PART: u8 = 1;
const USAGE: u8 = 2;
const REFUSED: u8 = 3;
const FAILED: u8 = 4;

/// Arguments that were not understood; help and version are no failure.
pub fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS }
}

/// Says what went wrong, in one plain sentence, and gives the exit code.
pub fn failed(lang: Lang, error: &anyhow::Error) -> ExitCode {
    for cause in error.chain() {
        if cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
        {
            return ExitCode::SUCCESS;
        }
        if let Some(found) = cause.downcast_ref::<Problem>() {
            eprintln!("{}", problem(lang, found));
            return ExitCode::from(REFUSED);
        }
        if let Some(action) = cause.downcast_ref::<ActionError>() {
            match action {
                ActionError::Refused(found) => eprintln!("{}", problem(lang, found)),
                ActionError::RefusedFor(all) => all.iter().for_each(|p| eprintln!("{}", problem(lang, p))),
                ActionError::Store(store) => return store_failed(lang, store),
                other => {
                    eprintln!("{}", say(lang, "cli-failed", &[("detail", other.to_string().into())]));
                    return ExitCode::from(FAILED);
                }
            }
            return ExitCode::from(REFUSED);
        }
        if let Some(store) = cause.downcast_ref::<StoreError>() {
            return store_failed(lang, store);
        }
    }
    eprintln!("{}", say(lang, "cli-failed", &[("detail", format!("{error:#}").into())]));
    ExitCode::from(FAILED)
}

fn store_failed(lang: Lang, error: &StoreError) -> ExitCode {
    eprintln!("{}", problem(lang, &error.problem()));
    ExitCode::from(FAILED)
}
