//! Setting offices up: who they are, what they may do, who holds them.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    accounts::{self, LINK_HOURS, NewOffice, OfficeView},
    press,
};
use nhipcau_domain::{
    id::OfficeId,
    office::{Grant, Role},
};
use uuid::Uuid;

use super::on_to;
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// How many rows for grants a form has beside those that there are.
const MORE_GRANTS: usize = 2;

fn told(page: &Page, site: &press::Site, grants: &[Grant]) -> String {
    let told = grants.iter().map(|g| {
        let column =
            g.column.as_ref().map(|c| site.column(c).map_or_else(|| c.to_string(), |c| c.names.vi.clone()));
        format!("{} ({})", page.role_name(g.role), column.unwrap_or_else(|| page.t("desk-whole-site")))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// A role and a column for each grant, and some more.
fn grant_fields(page: &Page, site: &press::Site, grants: &[Grant]) -> Vec<Field> {
    let roles = || {
        let none = (String::new(), page.t("desk-role-none"));
        std::iter::once(none).chain(Role::ALL.map(|r| (r.as_str().to_owned(), page.role_name(r)))).collect()
    };
    let columns = || super::articles::column_options(site, Some(page.t("desk-whole-site")));
    let rows = grants.iter().map(Some).chain(std::iter::repeat_n(None, MORE_GRANTS));
    let mut fields = Vec::new();
    for (n, grant) in rows.enumerate() {
        let role = grant.map_or("", |g| g.role.as_str());
        let column = grant.and_then(|g| g.column.as_ref()).map(ToString::to_string).unwrap_or_default();
        fields.push(
            Field::select(&format!("role_{n}"), page.say1("desk-grant-role", "n", n + 1), roles())
                .value(role),
        );
        fields.push(
            Field::select(&format!("on_{n}"), page.say1("desk-grant-column", "n", n + 1), columns())
                .value(column),
        );
    }
    fields
}

fn typed_grants(fields: &Fields) -> Vec<Grant> {
    let grant = |n: usize| {
        let role = Role::parse(fields.get(&format!("role_{n}")))?;
        Some(Grant { role, column: fields.some(&format!("on_{n}")).map(Into::into) })
    };
    (0..50).filter_map(grant).collect()
}

async fn sheet(
    state: &DeskState,
    signed: &SignedIn,
    typed: &Fields,
    error: &str,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/co-quan");
    let site = press::site(state.ws()).await?;
    let rows = accounts::offices(state.ws(), signed.acting()).await?.into_iter().map(|view| {
        let holders: Vec<&str> =
            view.holders.iter().filter(|h| h.until.is_none()).map(|h| h.name.as_str()).collect();
        let closed = if view.office.closed.is_some() { page.t("desk-office-closed") } else { String::new() };
        vec![
            Cell::link(view.office.name.clone(), format!("/lam-viec/co-quan/{}", view.office.id))
                .more(closed),
            Cell::text(holders.join(", ")),
            Cell::text(told(&page, &site, &view.grants)),
        ]
    });
    let head = ["desk-office", "desk-holders", "desk-grants"];
    let table = Table {
        caption: String::new(),
        head: head.iter().map(|h| page.t(h)).collect(),
        rows: rows.collect(),
    };
    let mut fields = vec![
        Field::text("name", page.t("desk-office-name")).value(typed.get("name")).required(),
        Field::text("holder", page.t("desk-holder-name")).value(typed.get("holder")),
        Field::text("contact", page.t("desk-holder-contact"))
            .value(typed.get("contact"))
            .hint(page.t("desk-holder-contact-hint")),
    ];
    fields.extend(grant_fields(&page, &site, &typed_grants(typed)));
    let form = Form {
        fields,
        ..Form::new(signed.csrf(), "/lam-viec/co-quan", page.t("desk-office-create"))
            .heading(page.t("desk-office-new"))
            .error(error)
    };
    Sheet::new(page.clone(), page.t("desk-nav-offices"))
        .with(Block::Table(table))
        .with(Block::Form(form))
        .html()
}

pub(crate) async fn list(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    signed.acting().require(Role::Administrator, &[])?;
    signed.require_proof()?;
    sheet(&state, &signed, &Fields::default(), "").await
}

/// The one-time link, shown this once.
fn link(state: &DeskState, signed: &SignedIn, id: &str, token: &str) -> Result<Response, Failure> {
    let page = signed.page.at("/lam-viec/co-quan");
    let sheet = Sheet::new(page.clone(), page.t("desk-setup-link"))
        .lead(page.say1("desk-setup-link-long", "hours", LINK_HOURS))
        .with(Block::Copy(format!("{}/lam-viec/thiet-lap/{token}", state.base)))
        .with(Block::Links(vec![(page.t("desk-back"), format!("/lam-viec/co-quan/{id}"))]));
    Ok(sheet.html()?.into_response())
}

pub(crate) async fn create(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    let fields = posted.fields;
    let new = NewOffice {
        id: None,
        name: fields.get("name").to_owned(),
        grants: typed_grants(&fields),
        holder: fields.get("holder").to_owned(),
        contact: fields.get("contact").to_owned(),
    };
    match accounts::create_office(&state.door, signed.acting(), signed.holder(), &new).await {
        Ok((id, token)) => link(&state, &signed, &id, &token),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet(&state, &signed, &fields, &said).await?)
                .into_response())
        }
    }
}

async fn one(
    state: &DeskState,
    signed: &SignedIn,
    view: &OfficeView,
    error: &str,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/co-quan");
    let site = press::site(state.ws()).await?;
    let (csrf, id) = (signed.csrf(), &view.office.id);
    let at = format!("/lam-viec/co-quan/{id}");
    let rows = view.holders.iter().map(|h| {
        let button = |what: &str, label: &str| {
            Form::new(csrf, format!("{at}/nguoi/{}", h.id), page.t(label))
                .field(Field::hidden("viec", what))
                .inline()
                .grave()
        };
        let since = page.time(h.since);
        let until = h.until.map(|at| page.say1("desk-holder-until", "at", page.time(at)));
        let name = if h.name.is_empty() { page.t("desk-holder-unset") } else { h.name.clone() };
        let set = if h.until.is_some() || h.password.is_some() {
            String::new()
        } else {
            page.t("desk-holder-not-set-up")
        };
        let codes = if h.totp.is_some() { page.t("desk-holder-has-codes") } else { String::new() };
        vec![
            Cell::text(name).more(
                [h.contact.clone(), set]
                    .into_iter()
                    .filter(|t| !t.is_empty())
                    .collect::<Vec<_>>()
                    .join(" · "),
            ),
            Cell::text(h.sign_in.clone().unwrap_or_default()).more(codes),
            Cell::text(since).more(until.clone().unwrap_or_default()),
            if until.is_some() {
                Cell::default()
            } else {
                Cell::form(button("lien-ket", "desk-holder-reset"))
            },
            if until.is_some() { Cell::default() } else { Cell::form(button("thoi", "desk-holder-end")) },
        ]
    });
    let head = ["desk-holder", "desk-sign-in-name", "desk-holder-since", "desk-actions", "desk-actions"];
    let holders = Table {
        caption: String::new(),
        head: head.iter().map(|h| page.t(h)).collect(),
        rows: rows.collect(),
    };
    let mut fields = vec![
        Field::hidden("viec", "sua"),
        Field::text("name", page.t("desk-office-name")).value(&*view.office.name).required(),
    ];
    fields.extend(grant_fields(&page, &site, &view.grants));
    let change = Form {
        fields,
        ..Form::new(csrf, at.clone(), page.t("desk-save")).heading(page.t("desk-office-change")).error(error)
    };
    let holder = Form::new(csrf, format!("{at}/nguoi"), page.t("desk-holder-add"))
        .heading(page.t("desk-holder-add"))
        .field(Field::text("holder", page.t("desk-holder-name")).required())
        .field(
            Field::text("contact", page.t("desk-holder-contact")).hint(page.t("desk-holder-contact-hint")),
        );
    let (what, label) =
        if view.office.closed.is_some() { ("mo", "desk-office-open") } else { ("dong", "desk-office-close") };
    let close = Form::new(csrf, at, page.t(label)).field(Field::hidden("viec", what)).grave();
    let events = view.events.iter().rev().map(|e| {
        let by = if e.by_holder.is_empty() {
            e.by_office.to_string()
        } else {
            format!("{}, {}", e.by_holder, e.by_office)
        };
        vec![
            Cell::text(page.time(e.at)),
            Cell::text(page.t(&format!("desk-office-{}", e.act))).more(e.body.clone()),
            Cell::text(by),
        ]
    });
    let head = ["desk-at", "desk-office-event", "desk-by"];
    let events = Table {
        caption: page.t("desk-office-history"),
        head: head.iter().map(|h| page.t(h)).collect(),
        rows: events.collect(),
    };
    Sheet::new(page.clone(), view.office.name.clone())
        .with(Block::Links(vec![(page.t("desk-back"), "/lam-viec/co-quan".to_owned())]))
        .with(Block::Heading(page.t("desk-holders")))
        .with(Block::Table(holders))
        .with(Block::Form(holder))
        .with(Block::Form(change))
        .with(Block::Form(close))
        .with(Block::Table(events))
        .html()
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> Result<Html<String>, Failure> {
    signed.acting().require(Role::Administrator, &[])?;
    signed.require_proof()?;
    let view = accounts::office(state.ws(), signed.acting(), &id.as_str().into()).await?;
    one(&state, &signed, &view, "").await
}

pub(crate) async fn change(
    State(state): State<DeskState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let fields = posted.fields;
    let office: OfficeId = id.as_str().into();
    let (ws, acting, by) = (state.ws(), signed.acting(), signed.holder());
    let changed = match fields.get("viec") {
        "dong" => accounts::close_office(ws, acting, by, &office, true).await,
        "mo" => accounts::close_office(ws, acting, by, &office, false).await,
        _ => match accounts::rename_office(ws, acting, by, &office, fields.get("name")).await {
            Ok(()) => accounts::set_grants(ws, acting, by, &office, &typed_grants(&fields)).await,
            Err(error) => Err(error),
        },
    };
    match changed {
        Ok(()) => Ok(on_to(&format!("/lam-viec/co-quan/{id}?xong=saved"))),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            let mut view = accounts::office(ws, acting, &office).await?;
            if fields.get("viec") == "sua" {
                view.office.name = fields.get("name").to_owned();
                view.grants = typed_grants(&fields);
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, one(&state, &signed, &view, &said).await?).into_response())
        }
    }
}

pub(crate) async fn add_holder(
    State(state): State<DeskState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let f = posted.fields;
    let office = id.as_str().into();
    let token = accounts::add_holder(
        &state.door,
        signed.acting(),
        signed.holder(),
        &office,
        f.get("holder"),
        f.get("contact"),
    )
    .await?;
    link(&state, &signed, &id, &token)
}

pub(crate) async fn holder(
    State(state): State<DeskState>,
    Path((id, holder)): Path<(String, Uuid)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let f = posted.fields;
    if f.get("viec") == "thoi" {
        accounts::end_holder(state.ws(), signed.acting(), signed.holder(), holder).await?;
        return Ok(on_to(&format!("/lam-viec/co-quan/{id}?xong=removed")));
    }
    let token = accounts::give_link(&state.door, signed.acting(), signed.holder(), holder).await?;
    link(&state, &signed, &id, &token)
}
