//! `units.csv`: the units as they first opened.

use nhipcau_domain::{
    id::{KindId, UnitId},
    tree::{Change, TreeEvent},
};

use crate::{
    dates,
    files::Files,
    notes::{Notes, What},
    table,
};

const UNIT: usize = 0;
const CODE: usize = 1;
const NAME: usize = 2;
const KIND: usize = 3;
const PARENT: usize = 4;
const OPENED: usize = 5;

pub(crate) fn read(files: &dyn Files, notes: &mut Notes) -> Vec<TreeEvent> {
    let Some((file, text)) = notes.required(files, "units.csv") else { return Vec::new() };
    let mut events = Vec::new();
    // A country's rows repeat a few kinds and, sorted by parent, the same parent: keep the last ones.
    let mut last_kind: Option<KindId> = None;
    let mut last_parent: Option<UnitId> = None;
    let columns = ["unit", "code", "name", "kind", "parent", "opened"];
    table::read(notes, file, &text, &columns, &[], |notes, row| {
        let unit = row.need(UNIT, "unit", notes);
        if !unit.is_empty() {
            notes.declare(What::Unit, unit, row.at(UNIT));
        }
        let name = row.need(NAME, "name", notes).to_owned();
        let kind = row.need(KIND, "kind", notes);
        row.refer(KIND, What::Kind, notes);
        row.refer(PARENT, What::Unit, notes);
        let kind = last_kind.take().filter(|k| k.as_str() == kind).unwrap_or_else(|| KindId::new(kind));
        let parent = row
            .some(PARENT)
            .map(|p| last_parent.take().filter(|l| l.as_str() == p).unwrap_or_else(|| UnitId::new(p)));
        last_kind = Some(kind.clone());
        last_parent.clone_from(&parent);
        let opened = row.need(OPENED, "opened", notes);
        let Some(on) = dates::parse(opened, row.at(OPENED), notes).filter(|_| !unit.is_empty()) else {
            return;
        };
        let code = row.some(CODE).map(str::to_owned);
        events.push(TreeEvent { on, change: Change::Open { unit: unit.into(), kind, parent, name, code } });
    });
    events
}
