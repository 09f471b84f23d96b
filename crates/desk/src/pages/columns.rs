//! Setting up columns.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::press;
use nhipcau_domain::{
    office::Role,
    press::{self as rules, Texts},
};
use nhipcau_store::site::ColumnRecord;

use super::{articles::column_options, on_to};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// Three fields for a short text in each language.
pub(crate) fn texts(page: &Page, name: &str, label: &str, value: &Texts) -> Vec<Field> {
    let one = |code: &str, value: &str| {
        let label = format!("{} ({})", page.t(label), page.t(&format!("desk-lang-{code}")));
        Field::text(&format!("{name}_{code}"), label).value(value)
    };
    vec![one("vi", &value.vi), one("en", &value.en), one("km", &value.km)]
}

/// What was typed into them.
pub(crate) fn typed_texts(fields: &Fields, name: &str) -> Texts {
    let one = |code: &str| fields.get(&format!("{name}_{code}")).trim().to_owned();
    Texts { vi: one("vi"), en: one("en"), km: one("km") }
}

fn form(page: &Page, csrf: &str, site: &press::Site, column: Option<&ColumnRecord>) -> Form {
    let empty = ColumnRecord {
        id: "".into(),
        parent: None,
        slug: String::new(),
        names: Texts::default(),
        description: Texts::default(),
        position: i64::try_from(site.columns.len()).unwrap_or(0) * 10 + 10,
        hidden: false,
    };
    let c = column.unwrap_or(&empty);
    let action = column
        .map_or_else(|| "/lam-viec/chuyen-muc".to_owned(), |c| format!("/lam-viec/chuyen-muc/{}", c.id));
    let mut fields = texts(page, "name", "desk-column-name", &c.names);
    fields
        .push(Field::text("slug", page.t("desk-slug")).value(&*c.slug).hint(page.t("desk-column-slug-hint")));
    fields.push(
        Field::select(
            "parent",
            page.t("desk-column-parent"),
            column_options(site, Some(page.t("desk-column-top"))),
        )
        .value(c.parent.as_ref().map(ToString::to_string).unwrap_or_default()),
    );
    fields.extend(texts(page, "description", "desk-column-description", &c.description));
    fields
        .push(Field::new("number", "position", page.t("desk-column-position")).value(c.position.to_string()));
    fields.push(Field::new("check", "hidden", page.t("desk-column-hidden")).value(if c.hidden {
        "1"
    } else {
        ""
    }));
    Form { fields, ..Form::new(csrf, action, page.t("desk-save")) }
}

fn typed(fields: &Fields, id: &str) -> ColumnRecord {
    let names = typed_texts(fields, "name");
    let slug = fields.some("slug").map_or_else(|| rules::slug(&names.vi), str::to_owned);
    ColumnRecord {
        id: if id.is_empty() { slug.as_str().into() } else { id.into() },
        parent: fields.some("parent").map(Into::into),
        slug,
        names,
        description: typed_texts(fields, "description"),
        position: fields.get("position").trim().parse().unwrap_or(0),
        hidden: fields.get("hidden") == "1",
    }
}

async fn sheet(
    state: &DeskState,
    signed: &SignedIn,
    again: Option<(&ColumnRecord, &str)>,
) -> Result<Html<String>, Failure> {
    signed.acting().require(Role::Administrator, &[])?;
    let page = signed.page.at("/lam-viec/chuyen-muc");
    let site = press::site(state.ws()).await?;
    let rows = site.columns.iter().map(|c| {
        let indent = "— ".repeat(usize::try_from(c.depth).unwrap_or(0));
        let hidden = if c.hidden { page.t("desk-hidden") } else { String::new() };
        vec![
            Cell::link(format!("{indent}{}", c.names.vi), format!("/lam-viec/chuyen-muc/{}", c.id))
                .more(hidden),
            Cell::text(c.href()),
        ]
    });
    let head = ["desk-column", "desk-address"];
    let table = Table {
        caption: String::new(),
        head: head.iter().map(|h| page.t(h)).collect(),
        rows: rows.collect(),
    };
    let mut new = form(&page, signed.csrf(), &site, again.map(|(c, _)| c)).heading(page.t("desk-column-new"));
    "/lam-viec/chuyen-muc".clone_into(&mut new.action);
    let new = new.error(again.map(|(_, e)| e).unwrap_or_default());
    Sheet::new(page.clone(), page.t("desk-nav-columns"))
        .with(Block::Table(table))
        .with(Block::Form(new))
        .html()
}

pub(crate) async fn list(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    sheet(&state, &signed, None).await
}

pub(crate) async fn add(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    let column = typed(&posted.fields, "");
    match press::add_column(state.ws(), signed.acting(), signed.holder(), &column).await {
        Ok(()) => Ok(on_to("/lam-viec/chuyen-muc?xong=saved")),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet(&state, &signed, Some((&column, &said))).await?)
                .into_response())
        }
    }
}

async fn one(
    state: &DeskState,
    signed: &SignedIn,
    column: &ColumnRecord,
    error: &str,
) -> Result<Html<String>, Failure> {
    signed.acting().require(Role::Administrator, &[])?;
    let page = signed.page.at("/lam-viec/chuyen-muc");
    let site = press::site(state.ws()).await?;
    let form = form(&page, signed.csrf(), &site, Some(column)).error(error);
    Sheet::new(page.clone(), column.names.vi.clone())
        .with(Block::Links(vec![(page.t("desk-back"), "/lam-viec/chuyen-muc".to_owned())]))
        .with(Block::Form(form))
        .html()
}

pub(crate) async fn edit(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> Result<Html<String>, Failure> {
    signed.acting().require(Role::Administrator, &[])?;
    let column = press::columns(state.ws())
        .await?
        .into_iter()
        .find(|c| c.id.as_str() == id)
        .ok_or(Failure::NotFound)?;
    one(&state, &signed, &column, "").await
}

pub(crate) async fn change(
    State(state): State<DeskState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let column = typed(&posted.fields, &id);
    match press::change_column(state.ws(), signed.acting(), signed.holder(), &column).await {
        Ok(()) => Ok(on_to("/lam-viec/chuyen-muc?xong=saved")),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, one(&state, &signed, &column, &said).await?)
                .into_response())
        }
    }
}
