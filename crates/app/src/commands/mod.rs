//! One file a command.

pub mod api;
pub mod audit;
pub mod care;
pub mod completions;
pub mod coverage;
pub mod demo;
pub mod explain;
pub mod figures;
pub mod generate;
pub mod init;
pub mod office;
pub mod outbox;
pub mod report;
pub mod returns;
pub mod search;
pub mod sending;
pub mod serve;
pub mod site;
pub mod tree;
pub mod verify;
pub mod visits;

use std::process::ExitCode;

use nhipcau_messages::Lang;

use crate::args::{Cli, Command};

/// Runs the command that was asked for.
pub async fn run(cli: Cli, lang: Lang) -> anyhow::Result<ExitCode> {
    let place = cli.place;
    match cli.command {
        Command::Demo(args) => demo::run(&place, args, lang).await,
        Command::Init(args) => init::run(&place, args, lang).await,
        Command::Returns(args) => returns::run(&place, args, lang).await,
        Command::Figures(args) => figures::run(&place, args, lang).await,
        Command::Explain(args) => explain::run(&place, args, lang).await,
        Command::Coverage(args) => coverage::run(&place, args, lang).await,
        Command::Tree(args) => tree::run(&place, args, lang).await,
        Command::Report(args) => report::run(&place, args, lang).await,
        Command::Serve(args) => serve::run(&place, *args, lang).await,
        Command::Outbox(args) => outbox::run(&place, args, lang).await,
        Command::Office(args) => office::run(&place, args, lang).await,
        Command::Site(args) => site::run(&place, args, lang).await,
        Command::Visits(args) => visits::run(&place, args, lang),
        Command::Search(args) => search::run(&place, args, lang).await,
        Command::Api(args) => api::run(&args),
        Command::Audit(args) => audit::run(&place, args, lang).await,
        Command::Verify(args) => verify::run(&place, args, lang).await,
        Command::Migrate(args) => care::migrate(&place, args, lang).await,
        Command::Backup(args) => care::backup(&place, args, lang).await,
        Command::Restore(args) => care::restore(&place, args, lang).await,
        Command::CopyToPostgres(args) => care::copy_to_postgres(&place, args, lang).await,
        Command::Doctor(args) => care::doctor(&place, args, lang).await,
        Command::Generate(args) => generate::run(&place, args, lang).await,
        Command::Completions(args) => Ok(completions::run(&args, lang)),
    }
}
