//! `tree-events.toml`: what happened to units after they first opened.

use nhipcau_domain::{
    problem::Problem,
    tree::{Change, TreeEvent},
};
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use crate::{
    dates,
    files::Files,
    notes::{Notes, What},
    toml_file::{Document, Ref, Source, into_id, into_ids},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEvent {
    on: Spanned<Datetime>,
    change: Ref,
    unit: Option<Ref>,
    units: Option<Vec<Ref>>,
    kind: Option<Ref>,
    parent: Option<Ref>,
    name: Option<String>,
    code: Option<String>,
    from: Option<Vec<Ref>>,
    into: Option<Vec<Ref>>,
}

const CHANGES: &str = "open, close, move, rename, recode, rekind, merge, split";

pub(crate) fn read(files: &dyn Files, notes: &mut Notes) -> Vec<TreeEvent> {
    let Some((file, text)) = notes.text(files, "tree-events.toml") else { return Vec::new() };
    let mut document = Document::parse(file, &text, notes);
    let raw: Vec<RawEvent> = document.items("event", notes);
    let source = document.finish("event", notes);
    let mut events = Vec::new();
    for event in raw {
        let on = dates::from_toml(&event.on, &source, notes);
        let changes = changes(event, &source, notes);
        events.extend(
            on.into_iter()
                .flat_map(|on| changes.iter().map(move |change| TreeEvent { on, change: change.clone() })),
        );
    }
    events
}

/// What the event does: `units` closes or moves several in one go.
fn changes(event: RawEvent, source: &Source<'_>, notes: &mut Notes) -> Vec<Change> {
    let at = event.change.clone();
    source.refer(What::Kind, &event.kind, notes);
    source.refer(What::Unit, &event.parent, notes);
    source.refer(What::Unit, event.from.iter().flatten(), notes);
    source.refer(What::Unit, event.into.iter().flatten(), notes);
    let several = event.units.is_some();
    let named: Vec<Ref> = event.unit.into_iter().chain(event.units.into_iter().flatten()).collect();
    let change = at.get_ref().as_str();
    if change == "open" {
        for unit in &named {
            source.declare(What::Unit, unit, notes);
        }
    } else {
        source.refer(What::Unit, &named, notes);
    }
    let needs = |field: &'static str, notes: &mut Notes| {
        let problem = Problem::new("campaign-event-needs").with("change", change).with("field", field);
        source.push(problem, &at, notes);
        Vec::new()
    };
    if !matches!(change, "merge" | "split") {
        if named.is_empty() {
            return needs("unit", notes);
        }
        if several && !matches!(change, "close" | "move") {
            return needs("unit", notes);
        }
    }
    let mut units = named.into_iter().map(into_id);
    match change {
        "open" => {
            let Some(kind) = event.kind else { return needs("kind", notes) };
            let Some(name) = event.name else { return needs("name", notes) };
            let (kind, parent, code) = (into_id(kind), event.parent.map(into_id), event.code);
            units.next().map(|unit| Change::Open { unit, kind, parent, name, code }).into_iter().collect()
        }
        "close" => units.map(|unit| Change::Close { unit }).collect(),
        "move" => {
            let parent = event.parent.map(into_id);
            units.map(|unit| Change::Move { unit, parent: parent.clone() }).collect()
        }
        "rename" => {
            let Some(name) = event.name else { return needs("name", notes) };
            units.next().map(|unit| Change::Rename { unit, name }).into_iter().collect()
        }
        "recode" => units.next().map(|unit| Change::Recode { unit, code: event.code }).into_iter().collect(),
        "rekind" => {
            let Some(kind) = event.kind else { return needs("kind", notes) };
            units.next().map(|unit| Change::Rekind { unit, kind: into_id(kind) }).into_iter().collect()
        }
        "merge" => {
            let from = event.from.unwrap_or_default();
            if from.is_empty() {
                return needs("from", notes);
            }
            match <[Ref; 1]>::try_from(event.into.unwrap_or_default()) {
                Ok([into]) => vec![Change::Merge { from: into_ids(from), into: into_id(into) }],
                Err(_) => needs("into", notes),
            }
        }
        "split" => {
            let into = event.into.unwrap_or_default();
            if into.is_empty() {
                return needs("into", notes);
            }
            match <[Ref; 1]>::try_from(event.from.unwrap_or_default()) {
                Ok([from]) => vec![Change::Split { from: into_id(from), into: into_ids(into) }],
                Err(_) => needs("from", notes),
            }
        }
        found => {
            let problem = Problem::new("campaign-bad-choice").with("found", found).with("expected", CHANGES);
            source.push(problem, &at, notes);
            Vec::new()
        }
    }
}
