//! Setting offices up: who they are, what they may do, who holds them.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    ActionError, Setting,
    accounts::{self, LINK_HOURS, NewOffice, OfficeView},
    press,
};
use nhipcau_domain::{
    id::OfficeId,
    office::{Duty, Grant, Posting, Reach, Role},
    problem::Problem,
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
/// How many rows for duties a form has beside those that there are.
const MORE_POSTINGS: usize = 1;

/// What pages about offices read beside them.
struct Around {
    site: std::sync::Arc<press::Site>,
    /// None before a campaign is set up.
    setting: Option<std::sync::Arc<Setting>>,
}

impl Around {
    async fn read(state: &DeskState) -> Result<Self, Failure> {
        let site = press::site(state.ws()).await?;
        let mut tx = state.ws().store().read().await?;
        Ok(Self { site, setting: state.ws().setting(&mut tx).await.ok() })
    }

    fn is_unit(&self, id: &str) -> bool {
        self.setting.as_ref().is_some_and(|s| s.tree.find(id).is_some())
    }
}

/// A duty with the units that it is over, in words.
pub(crate) fn posting_told(page: &Page, setting: Option<&Setting>, posting: &Posting) -> String {
    let duty = page.t(&format!("desk-duty-{}", posting.duty.as_str()));
    let name = |unit: &str| {
        let found = setting.and_then(|s| Some((s.tree.find(unit)?, s)));
        found.map_or_else(|| unit.to_owned(), |(ix, s)| s.tree.name(ix, nhipcau_domain::Date::MAX).to_owned())
    };
    let over = match &posting.reach {
        Reach::All => page.t("desk-reach-all"),
        Reach::Unit(unit) => name(unit),
        Reach::Branch(unit) => page.say1("desk-reach-below", "unit", name(unit)),
    };
    format!("{duty} ({over})")
}

fn told(page: &Page, around: &Around, grants: &[Grant], postings: &[Posting]) -> String {
    let grants = grants.iter().map(|g| {
        let name = |c: &nhipcau_domain::id::ColumnId| {
            around.site.column(c).map_or_else(|| c.to_string(), |c| c.names.vi.clone())
        };
        let column = g.column.as_ref().map(name);
        format!("{} ({})", page.role_name(g.role), column.unwrap_or_else(|| page.t("desk-whole-site")))
    });
    let postings = postings.iter().map(|p| posting_told(page, around.setting.as_deref(), p));
    grants.chain(postings).collect::<Vec<_>>().join("; ")
}

/// A duty, how far it reaches and from which unit for each posting, and one more.
fn posting_fields(page: &Page, postings: &[Posting]) -> Vec<Field> {
    let option = |value: &str, id: &str| (value.to_owned(), page.t(id));
    let rows = postings.iter().map(Some).chain(std::iter::repeat_n(None, MORE_POSTINGS));
    let mut fields = Vec::new();
    for (n, posting) in rows.enumerate() {
        let (reach, unit) = match posting.map(|p| &p.reach) {
            None => ("branch", ""),
            Some(Reach::All) => ("all", ""),
            Some(Reach::Branch(unit)) => ("branch", unit.as_str()),
            Some(Reach::Unit(unit)) => ("unit", unit.as_str()),
        };
        let duties = std::iter::once(option("", "desk-duty-none"))
            .chain(Duty::ALL.map(|d| option(d.as_str(), &format!("desk-duty-{}", d.as_str()))));
        let reaches = ["branch", "unit", "all"].map(|r| option(r, &format!("desk-reach-{r}")));
        let label = |id: &str| page.say1(id, "n", n + 1);
        fields.push(
            Field::select(&format!("duty_{n}"), label("desk-posting-duty"), duties.collect())
                .value(posting.map_or("", |p| p.duty.as_str())),
        );
        fields.push(
            Field::select(&format!("reach_{n}"), label("desk-posting-reach"), reaches.to_vec()).value(reach),
        );
        fields.push(
            Field::text(&format!("unit_{n}"), label("desk-posting-unit"))
                .value(unit)
                .hint(page.t("desk-posting-unit-hint")),
        );
    }
    fields
}

/// A duty over nothing that is named reaches nothing: it is refused as an unknown unit, never taken for all.
fn typed_postings(fields: &Fields) -> Vec<Posting> {
    let posting = |n: usize| {
        let duty = Duty::parse(fields.get(&format!("duty_{n}")))?;
        let unit = || fields.get(&format!("unit_{n}")).trim().into();
        let reach = match fields.get(&format!("reach_{n}")) {
            "all" => Reach::All,
            "unit" => Reach::Unit(unit()),
            _ => Reach::Branch(unit()),
        };
        Some(Posting { duty, reach })
    };
    (0..50).filter_map(posting).collect()
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

/// A unit that is not there was typed: it is said beside the form.
fn of_form(error: ActionError) -> Result<Problem, Failure> {
    match error {
        ActionError::Refused(problem) if problem.id == "unit-unknown" => Ok(problem),
        other => Failure::of_form(other),
    }
}

async fn sheet(
    state: &DeskState,
    signed: &SignedIn,
    typed: &Fields,
    error: &str,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/co-quan");
    let around = Around::read(state).await?;
    let mut offices = accounts::offices(state.ws(), signed.acting()).await?;
    // Hundreds of offices of units have pages of their own.
    offices.retain(|view| !view.grants.is_empty() || !around.is_unit(&view.office.id));
    let rows = offices.into_iter().map(|view| {
        let holders: Vec<&str> =
            view.holders.iter().filter(|h| h.until.is_none()).map(|h| h.name.as_str()).collect();
        let closed = if view.office.closed.is_some() { page.t("desk-office-closed") } else { String::new() };
        vec![
            Cell::link(view.office.name.clone(), format!("/lam-viec/co-quan/{}", view.office.id))
                .more(closed),
            Cell::text(holders.join(", ")),
            Cell::text(told(&page, &around, &view.grants, &view.postings)),
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
    fields.extend(grant_fields(&page, &around.site, &typed_grants(typed)));
    fields.extend(posting_fields(&page, &typed_postings(typed)));
    let form = Form {
        fields,
        ..Form::new(signed.csrf(), "/lam-viec/co-quan", page.t("desk-office-create"))
            .heading(page.t("desk-office-new"))
            .error(error)
    };
    let units = vec![(page.t("desk-nav-unit-offices"), super::unit_offices::PATH.to_owned())];
    Sheet::new(page.clone(), page.t("desk-nav-offices"))
        .with(Block::Links(units))
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
        postings: typed_postings(&fields),
        holder: fields.get("holder").to_owned(),
        contact: fields.get("contact").to_owned(),
    };
    match accounts::create_office(&state.door, signed.acting(), signed.holder(), &new).await {
        Ok((id, token)) => link(&state, &signed, &id, &token),
        Err(error) => {
            let said = signed.page.problem(&of_form(error)?);
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
    let around = Around::read(state).await?;
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
        let set = if h.until.is_some() || h.password.is_some() || view.pinned.contains(&h.id) {
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
    fields.extend(grant_fields(&page, &around.site, &view.grants));
    fields.extend(posting_fields(&page, &view.postings));
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
        .lead(told(&page, &around, &view.grants, &view.postings))
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
            Ok(()) => match accounts::set_postings(ws, acting, by, &office, &typed_postings(&fields)).await {
                Ok(()) => accounts::set_grants(ws, acting, by, &office, &typed_grants(&fields)).await,
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        },
    };
    match changed {
        Ok(()) => Ok(on_to(&format!("/lam-viec/co-quan/{id}?xong=saved"))),
        Err(error) => {
            let said = signed.page.problem(&of_form(error)?);
            let mut view = accounts::office(ws, acting, &office).await?;
            if fields.get("viec") == "sua" {
                view.office.name = fields.get("name").to_owned();
                view.grants = typed_grants(&fields);
                view.postings = typed_postings(&fields);
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
