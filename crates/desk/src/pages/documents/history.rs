//! What was done with a document's entry, the latest first.

use nhipcau_domain::register::{EntryAct, Relation};
use nhipcau_store::register::{Entry, RegisterEvent};

use super::form::differences;
use crate::{
    page::Page,
    sheet::{Block, Cell, Table},
};

/// A table of what was done: when, what, by whom, why.
pub(super) fn history(page: &Page, events: &[RegisterEvent]) -> Block {
    let mut before: Option<Entry> = None;
    let mut rows = Vec::new();
    for event in events {
        let mut about = String::new();
        match event.act {
            EntryAct::Create | EntryAct::Revise => {
                // An entry of an older program is no reason to show no history.
                let now: Option<Entry> = serde_json::from_str(&event.body).ok();
                if let (Some(before), Some(now)) = (&before, &now) {
                    about = differences(page, before, now).join("; ");
                }
                before = now.or(before);
            }
            EntryAct::Relate | EntryAct::Unrelate => about = related(page, &event.body),
            EntryAct::Publish | EntryAct::Withdraw => {}
        }
        let by = if event.holder.is_empty() {
            event.office.to_string()
        } else {
            format!("{}, {}", event.holder, event.office)
        };
        let reason = if event.reason.is_empty() {
            String::new()
        } else {
            page.say1("desk-because", "reason", event.reason.as_str())
        };
        rows.push(vec![
            Cell::text(page.time(event.at)),
            Cell::text(page.t(&format!("desk-register-acted-{}", event.act.as_str()))).more(about),
            Cell::text(by),
            Cell::text(reason),
        ]);
    }
    rows.reverse();
    let head = ["desk-at", "desk-register-what", "desk-by", "desk-note"];
    Block::Table(Table { caption: String::new(), head: head.iter().map(|h| page.t(h)).collect(), rows })
}

/// "Thực hiện 05-CT/TW".
fn related(page: &Page, body: &str) -> String {
    let Ok(body) = serde_json::from_str::<serde_json::Value>(body) else { return String::new() };
    let text = |name: &str| body.get(name).and_then(|v| v.as_str()).unwrap_or_default();
    let relation = Relation::parse(text("relation"));
    relation
        .map(|r| format!("{} {}", page.t(&format!("register-relation-{}", r.as_str())), text("number")))
        .unwrap_or_default()
}
