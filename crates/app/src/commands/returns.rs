//! `returns`: templates out, returns in, review.

mod import;
pub mod review;
mod template;

use std::process::ExitCode;

use nhipcau_messages::Lang;

use crate::place::Place;

pub use import::{Heard, report_outcome};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    pub what: What,
}

#[derive(Debug, clap::Subcommand)]
pub enum What {
    Template(template::Args),
    Import(import::Args),
    List(review::ListArgs),
    Show(review::OneArgs),
    Accept(review::AcceptArgs),
    SendBack(review::ReasonArgs),
    Exempt(review::ReasonArgs),
    Extend(review::ExtendArgs),
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    match args.what {
        What::Template(args) => template::run(place, args, lang).await,
        What::Import(args) => import::run(place, args, lang).await,
        What::List(args) => review::list(place, args, lang).await,
        What::Show(args) => review::show(place, args, lang).await,
        What::Accept(args) => review::accept(place, args, lang).await,
        What::SendBack(args) => review::send_back(place, args, lang).await,
        What::Exempt(args) => review::exempt(place, args, lang).await,
        What::Extend(args) => review::extend(place, args, lang).await,
    }
}
