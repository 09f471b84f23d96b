//! The history of what is set up: who changed what, when and why; an earlier version can hold again.

use axum::{
    extract::{Path, State},
    response::Html,
};
use nhipcau_actions::configuration::{self, Change, Edit};

use super::{HERE, effects, power, setting};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// The most changes that the page lists.
const MOST: usize = 300;

pub(super) fn table<'c>(page: &Page, changes: impl Iterator<Item = &'c Change>) -> Table {
    let rows = changes.map(|c| {
        let number = page.say1("configuration-change-number", "number", c.number);
        let holder = if c.holder.is_empty() { page.t("audit-by-program") } else { c.holder.clone() };
        let reason = if c.reason.is_empty() { "–" } else { c.reason.as_str() };
        vec![
            Cell::link(number, format!("{HERE}/lich-su/{}", c.number)),
            Cell::text(page.time(c.at)),
            Cell::text(holder).more(c.office.as_str()),
            Cell::text(reason).more(what(page, c)),
        ]
    });
    let head = ["configuration-change", "audit-when", "audit-who", "configuration-why"];
    Table { caption: String::new(), head: head.iter().map(|h| page.t(h)).collect(), rows: rows.collect() }
}

fn what(page: &Page, c: &Change) -> String {
    let version = c.version.map(|v| page.say1("configuration-made-version", "version", v.to_string()));
    let events =
        c.events.map(|(first, last)| page.say1("configuration-made-events", "count", last - first + 1));
    version.into_iter().chain(events).collect::<Vec<_>>().join("; ")
}

pub(super) async fn list(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let power = power(&state, &signed)?;
    let changes = configuration::changes(state.ws(), &power).await?;
    let mut sheet = Sheet::new(page.clone(), page.t("configuration-history"))
        .lead(page.t("configuration-history-lead"))
        .with(Block::Table(table(&page, changes.iter().take(MOST))));
    if changes.len() > MOST {
        sheet.push(Block::Text(page.say1("configuration-first-only", "most", MOST)));
    }
    sheet.push(Block::Links(vec![(page.t("configuration-title"), HERE.to_owned())]));
    sheet.html()
}

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(number): Path<String>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let power = power(&state, &signed)?;
    let number = number.parse().map_err(|_| Failure::NotFound)?;
    let found = configuration::details(state.ws(), &power, number).await?.ok_or(Failure::NotFound)?;
    let setting = setting(&state).await?;
    let title = page.say1("configuration-change-number", "number", found.change.number);
    let mut sheet =
        Sheet::new(page.clone(), title).with(Block::Table(table(&page, std::iter::once(&found.change))));
    effects::differences(&page, &setting, &found.records, &found.events, &mut sheet);
    if found.change.version.is_some() && found.records.is_empty() {
        sheet.push(Block::Text(page.t("configuration-order-only")));
    }
    if let Some(version) = found.change.version.filter(|v| *v != setting.version) {
        let words = serde_json::to_string(&Edit::Restore { version }).map_err(|_| Failure::Internal)?;
        let form = Form::new(signed.csrf(), format!("{HERE}/thu"), page.t("configuration-restore"))
            .heading(page.say1("configuration-restore-heading", "version", version.to_string()))
            .field(Field::hidden("thay-doi", words));
        sheet.push(Block::Text(page.t("configuration-restore-long")));
        sheet.push(Block::Form(form));
    }
    sheet.push(Block::Links(vec![(page.t("configuration-history"), format!("{HERE}/lich-su"))]));
    sheet.html()
}
