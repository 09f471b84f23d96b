//! The tree's record as files: units as they first opened, and what happened to them since. What the
//! register of initiatives says already is left out.

use std::collections::HashMap;

use nhipcau_domain::{
    Date,
    tree::{Change, TreeEvent},
};

use super::{row, toml_text::string};
use crate::{
    files::Memory,
    records::{Book, Part},
};

pub(super) fn write(files: &mut Memory, book: &Book, tree: &[TreeEvent]) {
    let mut said = said_by_register(book);
    let mut units = row(["unit", "code", "name", "kind", "parent", "opened"].into_iter());
    let mut events = String::new();
    let mut order: Vec<&TreeEvent> = tree.iter().collect();
    order.sort_by_key(|e| e.on);
    for event in order {
        if let Some(times) = said.get_mut(event_name(event).as_str()).filter(|times| **times > 0) {
            *times -= 1;
            continue;
        }
        if let Change::Open { unit, kind, parent, name, code } = &event.change {
            let parent = parent.as_ref().map_or("", |p| p.as_str());
            let code = code.as_deref().unwrap_or("");
            let opened = event.on.to_string();
            units.extend(row([unit, code, name, kind, parent, &opened].into_iter()));
        } else {
            events.push_str(&happened(event));
        }
    }
    files.put("units.csv", units);
    if !events.is_empty() {
        files.put("tree-events.toml", events);
    }
}

/// An event as text, to find it again among others.
fn event_name(event: &TreeEvent) -> String {
    match &event.change {
        Change::Open { unit, kind, parent, name, code: None } => {
            let parent = parent.as_ref().map_or("", |p| p.as_str());
            format!("{} open {unit} {kind} {parent} {name}", event.on)
        }
        Change::Close { unit } => format!("{} close {unit}", event.on),
        _ => String::new(),
    }
}

/// The events that the register of initiatives stands for.
fn said_by_register(book: &Book) -> HashMap<String, usize> {
    let kind = book.initiative_kind();
    let mut said: HashMap<String, usize> = HashMap::new();
    for i in book.records(Part::Initiative) {
        let (unit, name, owner, started) =
            (i.text("unit"), i.text("name"), i.text("owner"), i.text("started"));
        *said.entry(format!("{started} open {unit} {kind} {owner} {name}")).or_default() += 1;
        let ended = i.text("ended").parse::<Date>().ok().and_then(|day| day.tomorrow().ok());
        if let Some(closed) = ended {
            *said.entry(format!("{closed} close {unit}")).or_default() += 1;
        }
    }
    said
}

fn happened(event: &TreeEvent) -> String {
    let list =
        |units: &[nhipcau_domain::id::UnitId]| units.iter().map(|u| string(u)).collect::<Vec<_>>().join(", ");
    let (change, fields) = match &event.change {
        // Opened units stand in their own file.
        Change::Open { .. } => return String::new(),
        Change::Close { unit } => ("close", vec![format!("unit = {}", string(unit))]),
        Change::Move { unit, parent } => {
            let parent = parent.as_ref().map(|p| format!("parent = {}", string(p)));
            ("move", [Some(format!("unit = {}", string(unit))), parent].into_iter().flatten().collect())
        }
        Change::Rename { unit, name } => {
            ("rename", vec![format!("unit = {}", string(unit)), format!("name = {}", string(name))])
        }
        Change::Recode { unit, code } => {
            let code = code.as_ref().map(|c| format!("code = {}", string(c)));
            ("recode", [Some(format!("unit = {}", string(unit))), code].into_iter().flatten().collect())
        }
        Change::Rekind { unit, kind } => {
            ("rekind", vec![format!("unit = {}", string(unit)), format!("kind = {}", string(kind))])
        }
        Change::Merge { from, into } => {
            ("merge", vec![format!("from = [{}]", list(from)), format!("into = [{}]", string(into))])
        }
        Change::Split { from, into } => {
            ("split", vec![format!("from = [{}]", string(from)), format!("into = [{}]", list(into))])
        }
    };
    format!("[[event]]\non = {}\nchange = \"{change}\"\n{}\n\n", event.on, fields.join("\n"))
}
