//! `demo`: the reference campaign, from its workbooks to the served report.

mod story;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

use include_dir::{Dir, include_dir};
use nhipcau_actions::{
    ActionError,
    accounts::make_unit_offices,
    figures::{FigureRow, Query, figures},
};
use nhipcau_campaign::{Files, Folder, Memory, load};
use nhipcau_domain::{office::Acting, problem::Problem, text};
use nhipcau_messages::{Lang, say, word};

use super::{init, sending::Sending, serve};
use crate::{
    output::{Format, Table},
    place::{Place, create_private, workspace},
    system::{SetClock, SystemClock},
};

/// The reference campaign: configuration only.
static REFERENCE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../campaigns/cau-ngang");

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long)]
    pub once: bool,
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[arg(long, value_name = "DIR")]
    pub campaign: Option<PathBuf>,
    #[arg(long, default_value_t = 2022)]
    pub seed: u64,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let files: Box<dyn Files + Send + Sync> = match &args.campaign {
        Some(folder) => Box::new(Folder(folder.clone())),
        None => Box::new(reference()),
    };
    let loaded = load(files.as_ref()).map_err(ActionError::RefusedFor)?;
    let spec = files.read("synthetic.toml").ok_or_else(|| Problem::new("demo-needs-synthetic"))?;
    init::warn(&loaded, lang)?;
    create_private(&place.data)?;
    // The campaign's files stand beside the data, so that a user can see and change them.
    for path in files.list() {
        let to = place.data.join("campaign").join(&path);
        if let (Some(bytes), Some(parent)) = (files.read(&path), to.parent()) {
            std::fs::create_dir_all(parent)?;
            std::fs::write(to, bytes)?;
        }
    }
    outln!("{}\n", loaded.definitions.campaign.name);
    let clock = Arc::new(SetClock::default());
    let ws = place.open_or_create(clock.clone()).await?;
    let mut story =
        story::Story { ws: &ws, clock: &clock, loaded: &loaded, spec: &spec, seed: args.seed, place, lang };
    let period = story.tell().await?;
    if let Some(content) = nhipcau_campaign::load_site(files.as_ref()).map_err(ActionError::RefusedFor)? {
        let mut at = |time| clock.set(time);
        super::site::put(&ws, files.as_ref(), &content, &content.site.office, &mut at).await?.say(lang);
    }
    // Nobody holds them yet: a slip lets the first one in.
    let machine = Acting::at_the_machine("may-chu".into());
    let offices = make_unit_offices(&ws, &machine, "", None).await?;
    let query = Query { period, scope: None, tree: nhipcau_actions::basis::TreeDay::Then };
    print_figures(&loaded.definitions, &figures(&ws, &query).await?, lang)?;
    let scope = loaded.definitions.campaign.scope.as_str();
    outln!(
        "{}",
        say(
            lang,
            "demo-offices",
            &[("count", (offices.made + offices.there).into()), ("unit", scope.into())]
        )
    );
    if args.once {
        return super::verify::check(&ws, false, lang).await;
    }
    outln!();
    let ws = workspace(ws.store().clone(), Arc::new(SystemClock));
    serve::serve(ws, place, args.listen, serve::Outside::default(), &Sending::default(), lang).await
}

/// The reference campaign's files.
fn reference() -> Memory {
    fn put(memory: &mut Memory, dir: &Dir<'_>) {
        for file in dir.files() {
            memory.put(&file.path().to_string_lossy().replace('\\', "/"), file.contents());
        }
        dir.dirs().for_each(|d| put(memory, d));
    }
    let mut memory = Memory::default();
    put(&mut memory, &REFERENCE);
    memory
}

/// Published beside computed.
fn print_figures(
    definitions: &nhipcau_domain::definitions::Definitions,
    rows: &[FigureRow],
    lang: Lang,
) -> anyhow::Result<()> {
    outln!("\n{}\n", word(lang, "demo-figures"));
    let mut table = Table::new(
        ["key", "published", "wording", "numerator", "denominator", "coverage"]
            .map(|h| word(lang, &format!("column-{h}"))),
    );
    let number = |n: Option<i64>| n.map(text::number).unwrap_or_default();
    for row in rows {
        let f = &row.answer.figure;
        let quote = definitions.indicator(&f.key).and_then(|i| i.quote.clone()).unwrap_or_default();
        let coverage = if f.coverage.expected == 0 {
            String::new()
        } else {
            format!("{}/{}", f.coverage.accepted, f.coverage.expected)
        };
        table.row([
            f.key.to_string(),
            quote,
            f.wording.clone(),
            number(f.numerator),
            number(f.denominator),
            coverage,
        ]);
    }
    table.print(Format::Table)?;
    outln!("\n{}", say(lang, "demo-notice", &[("notice", definitions.campaign.notice.as_str().into())]));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_campaign_loads_and_its_reports_bind_every_number() {
        let loaded = load(&reference()).unwrap();
        assert_eq!(loaded.warnings, []);
        let problems = nhipcau_actions::report::check_templates(&loaded.definitions);
        assert_eq!(problems, [], "a figure that does not exist, or a number typed where one belongs");
    }
}
