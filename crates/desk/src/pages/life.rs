//! The life of an article: handing in, returning, approving, publishing; its address, its end, its links.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use jiff::{civil::DateTime, tz::Offset};
use nhipcau_actions::{
    ActionError,
    press::{self, DeskArticle, Doing},
};
use nhipcau_domain::{
    Timestamp,
    press::{ArticleAct, ArticleKind},
    problem::Problem,
};
use nhipcau_store::site::ArticleActRecord;
use uuid::Uuid;

use super::on_to;
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::Posted,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
};

/// Vietnam keeps one time zone and no summer time.
const LOCAL: Offset = Offset::constant(7);

/// A time as `datetime-local` fields write it, by the local clock.
pub(crate) fn local(at: Timestamp) -> String {
    LOCAL.to_datetime(at).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Reads what a `datetime-local` field brings.
pub(crate) fn instant(typed: &str) -> Result<Option<Timestamp>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = || Problem::new("desk-time-unreadable").with("found", typed);
    let at: DateTime = typed.parse().map_err(|_| wrong())?;
    if !(2000..=2200).contains(&at.year()) {
        return Err(wrong());
    }
    LOCAL.to_timestamp(at).map(Some).map_err(|_| wrong())
}

/// What was done, in a line.
pub(crate) fn told(page: &Page, act: &ArticleActRecord) -> String {
    let what = page.t(&format!("desk-acted-{}", act.act.as_str()));
    let by = if act.holder.is_empty() {
        act.office.to_string()
    } else {
        format!("{}, {}", act.holder, act.office)
    };
    let mut said = page.say(
        "desk-act-line",
        &[
            ("what", what.into()),
            ("by", by.into()),
            ("at", page.time(act.at).into()),
            ("number", act.revision.into()),
        ],
    );
    if let Some(due) = act.due {
        said = format!("{said} {}", page.say1("desk-act-due", "at", page.time(due)));
    }
    if !act.reason.is_empty() {
        said = format!("{said} {}", page.say1("desk-because", "reason", act.reason.as_str()));
    }
    said
}

/// What may be done with an article besides writing it.
pub(crate) fn forms(
    page: &Page,
    csrf: &str,
    found: &DeskArticle,
    publishes: bool,
    writes: bool,
    columns: Vec<(String, String)>,
    locked: bool,
) -> Vec<Form> {
    let a = &found.article;
    let at = |what: &str| format!("/lam-viec/bai-viet/{}/{what}", a.id);
    let mut forms = Vec::new();
    for act in found.may.iter().filter(|act| **act != ArticleAct::Revise) {
        let mut form = Form::new(csrf, at("viec"), page.t(&format!("desk-act-{}", act.as_str())))
            .field(Field::hidden("act", act.as_str()));
        if act.needs_reason() {
            let name = format!("reason-{}", act.as_str());
            form = form.field(Field::area(&name, page.t("desk-reason"), 2).required()).grave();
        }
        if *act == ArticleAct::Schedule {
            form = form.field(
                Field::new("datetime-local", "due", page.t("desk-due"))
                    .value(a.scheduled_at.map(local).unwrap_or_default())
                    .required(),
            );
        }
        forms.push(form);
    }
    if locked {
        forms.push(Form::new(csrf, at("mo-khoa"), page.t("desk-take-over")).grave());
    }
    if writes {
        if found.autosaves.iter().any(|s| s.content != found.revision.content) {
            forms.push(Form::new(csrf, at("bo-nhap"), page.t("desk-discard")).grave());
        }
        let mut place = Form::new(csrf, at("dia-chi"), page.t("desk-place-button"))
            .heading(page.t("desk-place"))
            .field(Field::text("slug", page.t("desk-slug")).value(&*a.slug).hint(page.say1(
                "desk-slug-hint",
                "href",
                found.href.as_str(),
            )));
        if a.kind == ArticleKind::Article {
            place = place.field(
                Field::select("column", page.t("desk-column"), columns)
                    .value(a.column.as_ref().map(ToString::to_string).unwrap_or_default()),
            );
        }
        forms.push(place);
        forms.push(
            Form::new(csrf, at("lien-ket"), page.t("desk-link-button"))
                .heading(page.t("desk-link"))
                .field(Field::new("number", "hours", page.t("desk-link-hours")).value("48")),
        );
    }
    if publishes {
        forms.push(
            Form::new(csrf, at("het-han"), page.t("desk-expiry-button"))
                .heading(page.t("desk-expiry"))
                .field(
                    Field::new("datetime-local", "expires", page.t("desk-expires"))
                        .value(a.expires_at.map(local).unwrap_or_default())
                        .hint(page.t("desk-expires-hint")),
                ),
        );
    }
    forms
}

pub(crate) async fn act(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let act = ArticleAct::parse(fields.get("act")).ok_or(Failure::NotFound)?;
    let reason = fields.get(&format!("reason-{}", act.as_str())).trim();
    let done = async {
        let doing = Doing { act, reason: reason.to_owned(), due: instant(fields.get("due"))? };
        press::act(state.ws(), signed.acting(), signed.holder(), id, &doing).await
    };
    let problems = match done.await {
        Ok(_) => return Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=acted"))),
        Err(ActionError::RefusedFor(problems)) => problems,
        Err(error) => vec![Failure::of_form(error)?],
    };
    // All that stands in the way at once, and the form again as it was filled in.
    let page = signed.page.at("/lam-viec/bai-viet");
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let rows = problems.iter().map(|p| vec![Cell::text(page.problem(p))]).collect();
    let mut sheet = Sheet::new(page.clone(), page.t("desk-refused"))
        .lead(found.article.title.clone())
        .with(Block::Table(Table { rows, ..Table::default() }));
    let mut again = forms(&page, signed.csrf(), &found, false, false, Vec::new(), false);
    again.retain(|f| f.fields.iter().any(|f| f.name == "act" && f.value == act.as_str()));
    for mut form in again {
        for field in &mut form.fields {
            if let Some(typed) = fields.some(&field.name) {
                typed.clone_into(&mut field.value);
            }
        }
        sheet.push(Block::Form(form));
    }
    sheet.push(Block::Links(vec![(page.t("desk-to-article"), format!("/lam-viec/bai-viet/{id}"))]));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet.html()?).into_response())
}

pub(crate) async fn place(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let found = press::desk_article(state.ws(), signed.acting(), id).await?.article;
    if let Some(column) = fields.some("column").map(Into::into).filter(|c| Some(c) != found.column.as_ref()) {
        press::move_article(state.ws(), signed.acting(), signed.holder(), id, &column).await?;
    }
    if let Some(slug) = fields.some("slug").filter(|s| *s != found.slug) {
        press::set_slug(state.ws(), signed.acting(), signed.holder(), id, slug).await?;
    }
    Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=moved")))
}

pub(crate) async fn expiry(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let expires = instant(posted.fields.get("expires"))?;
    press::set_expiry(state.ws(), posted.signed.acting(), posted.signed.holder(), id, expires).await?;
    Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=expiry")))
}

pub(crate) async fn link(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let hours = posted.fields.get("hours").trim().parse().unwrap_or(0);
    let token = press::preview_link(state.ws(), signed.acting(), id, hours, &state.door.bytes()).await?;
    let page = signed.page.at("/lam-viec/bai-viet");
    let sheet = Sheet::new(page.clone(), page.t("desk-link"))
        .lead(page.say1("desk-link-made", "hours", hours))
        .with(Block::Copy(format!("{}/xem-truoc/{token}", state.base)))
        .with(Block::Links(vec![(page.t("desk-back"), format!("/lam-viec/bai-viet/{id}"))]));
    Ok(sheet.html()?.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_typed_and_shown_by_the_local_clock() {
        let at = instant("2026-11-24T08:30").unwrap().unwrap();
        assert_eq!(at.to_string(), "2026-11-24T01:30:00Z");
        assert_eq!(local(at), "2026-11-24T08:30");
        assert_eq!(instant(" "), Ok(None));
        assert!(instant("hôm nay").is_err() && instant("0001-01-01T00:00").is_err());
    }
}
