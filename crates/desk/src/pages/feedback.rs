//! What readers wrote.

use axum::{
    extract::{Path, State},
    response::{Html, Response},
};
use nhipcau_actions::press;
use uuid::Uuid;

use super::on_to;
use crate::{
    failure::Failure,
    field::Form,
    received::Posted,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// How many messages are shown.
const SHOWN: u32 = 200;

pub(crate) async fn list(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/gop-y");
    let found = press::feedback(state.ws(), signed.acting(), SHOWN).await?;
    let rows = found.iter().map(|f| {
        let handle =
            Form::new(signed.csrf(), format!("/lam-viec/gop-y/{}", f.id), page.t("desk-feedback-handle"))
                .inline();
        let last = match &f.handled {
            None => Cell::form(handle),
            Some((office, at)) => Cell::text(page.say(
                "desk-feedback-handled",
                &[("office", office.as_str().into()), ("at", page.time(*at).into())],
            )),
        };
        vec![
            Cell::text(&*f.message).more(f.contact.clone()),
            Cell::text(&*f.path),
            Cell::text(page.time(f.at)),
            last,
        ]
    });
    let rows: Vec<_> = rows.collect();
    let head = ["desk-feedback-message", "desk-address", "desk-at", "desk-actions"];
    let empty = rows.is_empty();
    let table = Table { caption: String::new(), head: head.iter().map(|h| page.t(h)).collect(), rows };
    let ratings = press::ratings(state.ws(), signed.acting()).await?;
    let mut sheet = Sheet::new(page.clone(), page.t("desk-nav-feedback")).with(if empty {
        Block::Text(page.t("desk-feedback-none"))
    } else {
        Block::Table(table)
    });
    if !ratings.is_empty() {
        let rows = ratings.iter().map(|r| {
            vec![Cell::text(&*r.path), Cell::text(r.score.to_string()), Cell::text(r.count.to_string())]
        });
        let head = ["desk-address", "desk-rating-score", "desk-rating-count"];
        sheet.push(Block::Heading(page.t("desk-ratings")));
        sheet.push(Block::Table(Table {
            caption: String::new(),
            head: head.iter().map(|h| page.t(h)).collect(),
            rows: rows.collect(),
        }));
    }
    sheet.html()
}

pub(crate) async fn handle(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    press::handle_feedback(state.ws(), posted.signed.acting(), id).await?;
    Ok(on_to("/lam-viec/gop-y?xong=handled"))
}
