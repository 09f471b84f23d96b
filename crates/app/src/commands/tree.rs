//! `tree`: the tree on a day, and changes to it.

use std::process::ExitCode;

use anyhow::Context;
use nhipcau_actions::campaign::change_tree;
use nhipcau_domain::{
    Date,
    problem::Problem,
    tree::{Change, Ix, Tree, TreeEvent},
};
use nhipcau_messages::{Lang, say};
use serde::Serialize;

use crate::{
    output::{self, Format, Table},
    place::Place,
    system,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    pub what: What,
}

#[derive(Debug, clap::Subcommand)]
pub enum What {
    Show {
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<Date>,
        #[arg(long, short, value_name = "ĐƠN VỊ")]
        unit: Option<String>,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    Change {
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Date,
        #[arg(long)]
        office: Option<String>,
        /// What happens, as JSON.
        #[arg(value_name = "JSON")]
        change: String,
    },
}

#[derive(Debug, Serialize)]
struct Row {
    unit: String,
    name: String,
    kind: String,
    code: Option<String>,
    parent: Option<String>,
    depth: usize,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    drop(tx);
    match args.what {
        What::Show { on, unit, format } => {
            let on = on.unwrap_or_else(system::today);
            let tree = &setting.tree;
            let starts: Vec<Ix> = match unit {
                Some(unit) => {
                    vec![tree.find(&unit).ok_or_else(|| Problem::new("unit-unknown").with("unit", unit))?]
                }
                None => tree.roots(on).collect(),
            };
            let mut rows = Vec::new();
            for start in starts {
                walk(tree, start, on, 0, &mut rows);
            }
            print(&rows, format)?;
        }
        What::Change { on, office, change } => {
            let change: Change = serde_json::from_str(&change).context("JSON")?;
            let office = office.map_or_else(|| setting.definitions.campaign.office.clone(), Into::into);
            change_tree(&ws, &office, TreeEvent { on, change }).await?;
            outln!("{}", say(lang, "tree-changed", &[("day", on.into())]));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn walk(tree: &Tree, at: Ix, on: Date, depth: usize, rows: &mut Vec<Row>) {
    rows.push(Row {
        unit: tree.id(at).to_string(),
        name: tree.name(at, on).to_owned(),
        kind: tree.kind(at, on).to_string(),
        code: tree.code(at, on).map(str::to_owned),
        parent: tree.parent(at, on).map(|p| tree.id(p).to_string()),
        depth,
    });
    for child in tree.children(at, on) {
        walk(tree, child, on, depth + 1, rows);
    }
}

fn print(rows: &[Row], format: Format) -> anyhow::Result<()> {
    if format == Format::Json {
        return output::json(&rows);
    }
    let mut table = Table::new(["unit", "name", "kind", "code", "parent"]);
    for r in rows {
        let indent = if format == Format::Table { "  ".repeat(r.depth) } else { String::new() };
        table.row([
            r.unit.clone(),
            format!("{indent}{}", r.name),
            r.kind.clone(),
            r.code.clone().unwrap_or_default(),
            r.parent.clone().unwrap_or_default(),
        ]);
    }
    table.print(format)?;
    Ok(())
}
