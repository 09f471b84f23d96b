//! The life of an article: handing in, returning, approving, publishing; its address, its end, its links.

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use jiff::{civil::DateTime, tz::Offset};
use nhipcau_actions::{
    ActionError,
    press::{self, DeskArticle, Doing},
};
use nhipcau_domain::{
    Timestamp,
    id::ColumnId,
    press::{ArticleAct, ArticleKind},
    problem::Problem,
};
use nhipcau_store::site::ArticleActRecord;
use uuid::Uuid;

use super::{edit, on_to};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted},
    sheet::{Block, Sheet},
    state::DeskState,
    visitor::SignedIn,
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

/// A form beneath an article that was refused: the end of its address, what was typed, what is wrong.
pub(crate) struct Tried<'a> {
    pub what: &'static str,
    pub fields: &'a Fields,
    pub problems: &'a [Problem],
}

impl Tried<'_> {
    /// Puts into its form what was typed, and why it was refused.
    fn fill(&self, page: &Page, forms: &mut [Form]) {
        let act = self.fields.get("act");
        let is = |form: &Form| {
            form.action.ends_with(&format!("/{}", self.what))
                && (act.is_empty() || form.fields.iter().any(|f| f.name == "act" && f.value == act))
        };
        let Some(form) = forms.iter_mut().find(|form| is(form)) else { return };
        for field in form.fields.iter_mut().filter(|f| f.kind != "hidden") {
            if let Some((_, typed)) = self.fields.0.iter().find(|(name, _)| *name == field.name) {
                typed.clone_into(&mut field.value);
            }
        }
        form.error = self.problems.iter().map(|p| page.problem(p)).collect::<Vec<_>>().join("\n");
    }
}

/// What an office may do besides the acts themselves.
pub(crate) struct Offered {
    pub publishes: bool,
    pub writes: bool,
    pub columns: Vec<(String, String)>,
    /// Whether somebody else has the lock.
    pub locked: bool,
}

/// What may be done with an article besides writing it.
pub(crate) fn forms(
    page: &Page,
    csrf: &str,
    found: &DeskArticle,
    offered: Offered,
    tried: Option<&Tried<'_>>,
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
    if offered.locked {
        forms.push(Form::new(csrf, at("mo-khoa"), page.t("desk-take-over")).grave());
    }
    if offered.writes {
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
                Field::select("column", page.t("desk-column"), offered.columns)
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
    if offered.publishes {
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
    if let Some(tried) = tried {
        tried.fill(page, &mut forms);
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
        let onward = matches!(
            act,
            ArticleAct::Submit | ArticleAct::Approve | ArticleAct::Schedule | ArticleAct::Publish
        );
        if onward && press::has_unsaved(state.ws(), signed.acting(), id).await? {
            return Err(Problem::new("article-unsaved").into());
        }
        press::act(state.ws(), signed.acting(), signed.holder(), id, &doing).await
    };
    match done.await {
        Ok(_) => Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=acted"))),
        Err(error) => again(&state, &signed, id, "viec", &fields, error).await,
    }
}

/// The article's page, with all that stood in the way beside the form.
async fn again(
    state: &DeskState,
    signed: &SignedIn,
    id: Uuid,
    what: &'static str,
    fields: &Fields,
    error: ActionError,
) -> Result<Response, Failure> {
    let problems = Failure::all_of_form(error)?;
    edit::refused(state, signed, id, &Tried { what, fields, problems: &problems }).await
}

pub(crate) async fn place(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let found = press::desk_article(state.ws(), signed.acting(), id).await?.article;
    let (column, slug) = (fields.some("column").map(ColumnId::from), fields.some("slug"));
    let (acting, holder) = (signed.acting(), signed.holder());
    let column = column.filter(|c| Some(c) != found.column.as_ref());
    let slug = slug.filter(|s| *s != found.slug);
    match press::place_article(state.ws(), acting, holder, id, slug, column.as_ref()).await {
        Ok(()) => Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=moved"))),
        Err(error) => again(&state, &signed, id, "dia-chi", &fields, error).await,
    }
}

pub(crate) async fn expiry(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let done = async {
        let expires = instant(fields.get("expires"))?;
        press::set_expiry(state.ws(), signed.acting(), signed.holder(), id, expires).await
    };
    match done.await {
        Ok(()) => Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=expiry"))),
        Err(error) => again(&state, &signed, id, "het-han", &fields, error).await,
    }
}

pub(crate) async fn link(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let hours = fields.get("hours").trim().parse().unwrap_or(0);
    let link = match press::preview_link(state.ws(), signed.acting(), id, hours, &state.door.bytes()).await {
        Ok(link) => link,
        Err(error) => return again(&state, &signed, id, "lien-ket", &fields, error).await,
    };
    let page = signed.page.at("/lam-viec/bai-viet");
    let sheet = Sheet::new(page.clone(), page.t("desk-link"))
        .lead(page.say1("desk-link-made", "hours", hours))
        .with(Block::Copy(format!("{}{}", state.base, link.path())))
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
