//! `init`: a data folder for a campaign, from its configuration files.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use nhipcau_actions::{Workspace, campaign::set_up, register::load_directives};
use nhipcau_campaign::{Folder, Loaded, load};
use nhipcau_domain::{office::Acting, problem::Severity};
use nhipcau_messages::{Lang, problem, say};

use crate::{place::Place, system::SystemClock};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "DIR")]
    pub campaign: PathBuf,
    #[arg(long)]
    pub check: bool,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let loaded = load(&Folder(args.campaign.clone())).map_err(nhipcau_actions::ActionError::RefusedFor)?;
    warn(&loaded, lang)?;
    if args.check {
        nhipcau_domain::tree::Tree::from_events(&loaded.tree)?;
        outln!(
            "{}",
            say(lang, "init-checked", &[("name", loaded.definitions.campaign.name.as_str().into())])
        );
        return Ok(ExitCode::SUCCESS);
    }
    let ws = place.open_or_create(Arc::new(SystemClock)).await?;
    apply(&ws, &loaded, lang).await?;
    Ok(ExitCode::SUCCESS)
}

/// Says what the configuration's author should look at, report templates included.
pub fn warn(loaded: &Loaded, lang: Lang) -> anyhow::Result<()> {
    let problems = nhipcau_actions::report::check_templates(&loaded.definitions);
    for p in loaded.warnings.iter().chain(problems.iter().filter(|p| p.severity != Severity::Refuse)) {
        eprintln!("{}", problem(lang, p));
    }
    let refused: Vec<_> = problems.into_iter().filter(|p| p.severity == Severity::Refuse).collect();
    if refused.is_empty() { Ok(()) } else { Err(nhipcau_actions::ActionError::RefusedFor(refused).into()) }
}

/// Puts a loaded configuration in force.
pub async fn apply(ws: &Workspace, loaded: &Loaded, lang: Lang) -> anyhow::Result<()> {
    let office = loaded.definitions.campaign.office.clone();
    let done = set_up(ws, &office, &loaded.definitions, &loaded.tree).await?;
    // The directives that the campaign stands on can be read by anyone, each with its relations.
    load_directives(ws, &Acting::at_the_machine(office), &loaded.definitions).await?;
    outln!(
        "{}",
        say(
            lang,
            "init-done",
            &[
                ("name", loaded.definitions.campaign.name.as_str().into()),
                ("version", done.version.into()),
                ("events", done.events.into()),
            ]
        )
    );
    Ok(())
}
