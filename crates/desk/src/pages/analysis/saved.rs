//! Views that an office keeps: kept, opened by their link, renamed, removed.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::analysis::{self, Asked};
use nhipcau_domain::problem::Problem;
use uuid::Uuid;

use super::{HERE, over, table};
use crate::{
    failure::Failure,
    field::{Field, Form},
    pages::on_to,
    received::Posted,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

fn link(id: Uuid) -> String {
    format!("{HERE}/xem/{id}")
}

/// Opens a view within the rights of whoever opens it.
pub(super) async fn open(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Html<String>, Failure> {
    let over = over(&state, &signed)?;
    let (view, asked) = analysis::open_view(state.ws(), &over, id).await?;
    table::draw(&state, &signed, &asked, Some(&view)).await
}

pub(super) async fn save(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let over = over(&state, &signed)?;
    let pairs = pairs(fields.get("cau-hoi"));
    match analysis::save_view(state.ws(), &over, fields.get("ten"), &Asked::read(&pairs)).await {
        Ok(_) => Ok(on_to(&format!("{HERE}/da-luu?xong=view-saved"))),
        Err(error) => {
            let problem = Failure::of_form(error)?;
            let again =
                Form::new(signed.csrf(), format!("{HERE}/luu"), signed.page.t("analysis-save-button"))
                    .heading(signed.page.t("analysis-save-heading"))
                    .error(signed.page.problem(&problem))
                    .field(
                        Field::text("ten", signed.page.t("analysis-save-name"))
                            .value(fields.get("ten"))
                            .required(),
                    )
                    .field(Field::hidden("cau-hoi", fields.get("cau-hoi")));
            let page = draw(&state, &signed, Some(again), &[]).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// Names and values as an address has them.
fn pairs(query: &str) -> Vec<(String, String)> {
    let uri = format!("/?{query}").parse::<axum::http::Uri>();
    let read =
        uri.ok().and_then(|uri| axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok());
    read.map(|q| q.0).unwrap_or_default()
}

pub(super) async fn change(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let over = over(&state, &signed)?;
    let (done, outcome) = match fields.get("viec") {
        "rename" => {
            ("view-renamed", analysis::rename_view(state.ws(), &over, id, fields.get(&field_of(id))).await)
        }
        "delete" => ("view-removed", analysis::delete_view(state.ws(), &over, id).await),
        _ => return Err(Failure::NotFound),
    };
    match outcome {
        Ok(()) => Ok(on_to(&format!("{HERE}/da-luu?xong={done}"))),
        Err(error) => {
            let told = [Failure::of_form(error)?];
            let page = draw(&state, &signed, None, &told).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// The name of the field for a view's new name: labels of many forms on a page need names of their own.
fn field_of(id: Uuid) -> String {
    format!("ten-{id}")
}

pub(super) async fn list(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    draw(&state, &signed, None, &[]).await
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    again: Option<Form>,
    told: &[Problem],
) -> Result<Html<String>, Failure> {
    let over = over(state, signed)?;
    let page = signed.page.at(HERE);
    let views = analysis::views(state.ws(), over.office()).await?;
    let mut sheet = Sheet::new(page.clone(), page.t("analysis-saved")).lead(page.t("analysis-saved-lead"));
    sheet.push(Block::Links(vec![(page.t("analysis-to-table"), HERE.to_owned())]));
    for problem in told {
        sheet.push(Block::Text(page.problem(problem)));
    }
    if let Some(form) = again {
        sheet.push(Block::Form(form));
    }
    if views.is_empty() {
        sheet.push(Block::Text(page.t("analysis-saved-none")));
        return sheet.html();
    }
    let rows = views.iter().map(|v| {
        let act =
            |what: &str| Form::new(signed.csrf(), link(v.id), page.t(&format!("analysis-{what}-button")));
        let name = Field::text(&field_of(v.id), page.say1("analysis-new-name", "name", v.name.as_str()))
            .value(&*v.name);
        let rename = act("rename").inline().field(Field::hidden("viec", "rename")).field(name.required());
        let remove = act("delete").inline().grave().field(Field::hidden("viec", "delete"));
        vec![
            Cell::link(&*v.name, link(v.id)).more(format!("{}{}", state.base, link(v.id))),
            Cell::text(&*v.holder).more(page.time(v.at)),
            Cell::form(rename),
            Cell::form(remove),
        ]
    });
    let head =
        ["analysis-view", "audit-who", "analysis-rename", "analysis-delete"].map(|id| page.t(id)).to_vec();
    sheet.push(Block::Table(Table { caption: String::new(), head, rows: rows.collect() }));
    sheet.html()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_view_asks_for_is_read_as_an_address_is() {
        let read = pairs("nhanh=x%C3%A3%201&cot=ky&cot");
        assert_eq!(read[0], ("nhanh".to_owned(), "xã 1".to_owned()));
        assert_eq!(pairs("\u{0}").len(), 0);
    }
}
