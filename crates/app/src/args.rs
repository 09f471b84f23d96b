//! What can be said on the command line. The words of the help are in the message catalogue.

use clap::{Parser, Subcommand};

use crate::{commands, place::Place};

/// The program.
#[derive(Debug, Parser)]
#[command(name = "nhipcau", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub place: Place,
    #[arg(long, global = true, value_name = "vi|en", value_parser = ["vi", "en"])]
    pub lang: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

/// What it does.
#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(commands::demo::Args),
    Init(commands::init::Args),
    Returns(commands::returns::Args),
    Figures(commands::figures::Args),
    Explain(commands::explain::Args),
    Coverage(commands::coverage::Args),
    Tree(commands::tree::Args),
    Report(commands::report::Args),
    Serve(Box<commands::serve::Args>),
    Site(commands::site::Args),
    Office(commands::office::Args),
    Outbox(commands::outbox::Args),
    Visits(commands::visits::Args),
    Search(commands::search::Args),
    Audit(commands::audit::Args),
    Api(commands::api::Args),
    Verify(commands::verify::Args),
    Migrate(commands::care::MigrateArgs),
    Backup(commands::care::BackupArgs),
    Restore(commands::care::RestoreArgs),
    CopyToPostgres(commands::care::CopyArgs),
    Doctor(commands::care::DoctorArgs),
    Generate(commands::generate::Args),
    Completions(commands::completions::Args),
}
