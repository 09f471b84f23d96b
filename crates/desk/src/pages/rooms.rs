//! Where an office begins that has no role on the site: the rooms that its duties open.

use axum::response::{IntoResponse as _, Response};
use nhipcau_domain::office::Power;

use super::on_to;
use crate::{
    failure::Failure,
    page::Page,
    sheet::{Block, Cell, Sheet, Table},
};

/// Where one sees what one's office owes: the first page of whoever only reports.
const REPORTS: &str = "/lam-viec/bao-cao";

pub(crate) fn show(page: &Page) -> Result<Response, Failure> {
    let rooms = page.rooms();
    let only_reports = page.powers.iter().all(|p| matches!(p, Power::See | Power::Report));
    if only_reports && rooms.iter().any(|(href, _)| *href == REPORTS) {
        return Ok(on_to(REPORTS));
    }
    let rows = rooms
        .iter()
        .map(|(href, id)| vec![Cell::link(page.t(id), *href), Cell::text(page.t(&format!("{id}-long")))]);
    let table = Table { rows: rows.collect(), ..Table::default() };
    let mut sheet = Sheet::new(page.clone(), page.t("desk-overview"));
    if table.rows.is_empty() {
        sheet.push(Block::Text(page.t(if page.powers.is_empty() { "desk-no-duty" } else { "desk-no-room" })));
    } else {
        sheet.push(Block::Table(table));
    }
    Ok(sheet.html()?.into_response())
}
