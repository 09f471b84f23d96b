//! `coverage`: who has reported, and who has not.

use std::process::ExitCode;

use nhipcau_actions::{
    basis::{Evidence, due, granted, period},
    explain::unit_ref,
    figures::Query,
};
use nhipcau_domain::{Date, returns::Status, text};
use nhipcau_messages::{Lang, say, word};
use serde::Serialize;

use super::figures::Which;
use crate::{
    output::{self, Format, Table},
    place::Place,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub which: Which,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A return that is owed.
#[derive(Debug, Serialize)]
struct Row {
    unit: String,
    name: String,
    under: String,
    data_set: String,
    period: String,
    status: Status,
    accepted: bool,
    /// The day by which it is owed, extensions included.
    due: Option<Date>,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let Query { period: asked, scope, tree } = args.which.query();
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let asked = period(&setting, &asked)?;
    let evidence = Evidence::load(&mut tx, &setting, asked).await?;
    let scope = scope.unwrap_or_else(|| setting.definitions.campaign.scope.clone());
    let basis = evidence.basis(&setting, &scope, tree)?;
    let granted = granted(&mut tx, &setting, asked).await?;
    let due_day = |o: &nhipcau_domain::figure::Owed| {
        let form = setting.definitions.data_set(&o.data_set)?;
        due(&setting, &granted, form, setting.definitions.period(&o.period)?, o.unit)
    };
    let rows: Vec<Row> = basis
        .owed()
        .iter()
        .map(|o| {
            let unit = unit_ref(&setting, setting.tree.id(o.unit), asked, tree);
            Row {
                unit: unit.unit.to_string(),
                name: unit.name,
                under: unit.path.into_iter().next().unwrap_or_default(),
                data_set: o.data_set.to_string(),
                period: o.period.to_string(),
                status: o.status,
                accepted: o.accepted,
                due: due_day(o),
            }
        })
        .collect();
    if args.format == Format::Json {
        output::json(&rows)?;
        return Ok(ExitCode::SUCCESS);
    }
    let accepted = rows.iter().filter(|r| r.accepted).count();
    let exempt = rows.iter().filter(|r| r.status == Status::Exempt).count();
    let missing: Vec<&Row> = rows.iter().filter(|r| !r.accepted && r.status != Status::Exempt).collect();
    if args.format == Format::Table {
        let args = [
            ("expected", rows.len().into()),
            ("accepted", accepted.into()),
            ("exempt", exempt.into()),
            ("missing", missing.len().into()),
        ];
        outln!("{}", say(lang, "explain-coverage", &args));
    }
    let mut table = Table::new(
        ["unit", "name", "under", "form", "period", "status", "due"]
            .map(|h| word(lang, &format!("column-{h}"))),
    );
    for r in missing {
        let status = word(lang, &format!("return-status-{}", r.status.as_str()));
        table.row([
            r.unit.clone(),
            r.name.clone(),
            r.under.clone(),
            r.data_set.clone(),
            r.period.clone(),
            status,
            r.due.map(text::date).unwrap_or_default(),
        ]);
    }
    table.print(args.format)?;
    Ok(ExitCode::SUCCESS)
}
