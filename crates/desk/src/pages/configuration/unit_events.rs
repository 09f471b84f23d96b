//! What happens to units, in a sentence.

use nhipcau_actions::Setting;
use nhipcau_domain::tree::{Change, TreeEvent};

use super::unit_name;
use crate::page::Page;

/// An event as people say it.
pub(super) fn say(page: &Page, setting: &Setting, event: &TreeEvent) -> String {
    // As it was called until then.
    let until = event.on.yesterday().unwrap_or(event.on);
    let name = |unit: &str| unit_name(setting, unit, until);
    let all =
        |units: &[nhipcau_domain::id::UnitId]| units.iter().map(|u| name(u)).collect::<Vec<_>>().join(", ");
    let kind = |id: &str| setting.definitions.kind(id).map_or_else(|| id.to_owned(), |k| k.name.clone());
    let top = || page.t("configuration-event-top");
    match &event.change {
        Change::Open { unit, kind: of, parent, name: called, code } => {
            let args = [
                ("unit", called.as_str().into()),
                ("id", unit.as_str().into()),
                ("kind", kind(of).into()),
                ("parent", parent.as_ref().map_or_else(top, |p| name(p)).into()),
                ("code", code.as_deref().unwrap_or("–").into()),
            ];
            page.say("configuration-event-open", &args)
        }
        Change::Close { unit } => page.say1("configuration-event-close", "unit", name(unit)),
        Change::Move { unit, parent } => {
            let parent = parent.as_ref().map_or_else(top, |p| name(p));
            page.say("configuration-event-move", &[("unit", name(unit).into()), ("parent", parent.into())])
        }
        Change::Rename { unit, name: called } => {
            let args = [("unit", name(unit).into()), ("name", called.as_str().into())];
            page.say("configuration-event-rename", &args)
        }
        Change::Recode { unit, code: Some(code) } => {
            let args = [("unit", name(unit).into()), ("code", code.as_str().into())];
            page.say("configuration-event-recode", &args)
        }
        Change::Recode { unit, code: None } => page.say1("configuration-event-uncode", "unit", name(unit)),
        Change::Rekind { unit, kind: of } => {
            let args = [("unit", name(unit).into()), ("kind", kind(of).into())];
            page.say("configuration-event-rekind", &args)
        }
        Change::Merge { from, into } => {
            let args = [("from", all(from).into()), ("into", name(into).into())];
            page.say("configuration-event-merge", &args)
        }
        Change::Split { from, into } => {
            let args = [("from", name(from).into()), ("into", all(into).into())];
            page.say("configuration-event-split", &args)
        }
    }
}
