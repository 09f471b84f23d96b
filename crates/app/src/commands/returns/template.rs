//! `returns template`: the workbooks that go out.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use nhipcau_actions::intake::templates;
use nhipcau_domain::id::UnitId;
use nhipcau_messages::{Lang, say};

use crate::place::Place;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, short, value_name = "KỲ")]
    pub period: String,
    #[arg(long, short, value_name = "ĐƠN VỊ")]
    pub unit: Vec<String>,
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    pub out: PathBuf,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let units: Vec<UnitId> = args.unit.iter().map(|u| u.as_str().into()).collect();
    let files = templates(&ws, &args.period.as_str().into(), &units).await?;
    std::fs::create_dir_all(&args.out).with_context(|| args.out.display().to_string())?;
    for file in &files {
        let path = args.out.join(&file.name);
        std::fs::write(&path, &file.bytes).with_context(|| path.display().to_string())?;
    }
    let folder = args.out.display().to_string();
    outln!("{}", say(lang, "template-written", &[("count", files.len().into()), ("folder", folder.into())]));
    Ok(ExitCode::SUCCESS)
}
