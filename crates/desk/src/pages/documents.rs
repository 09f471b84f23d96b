//! The register of documents (văn bản): the list, a document with its relations, its files and its history.

mod form;
mod history;
mod kinds;
mod relations;

use axum::{
    extract::{Path, Query, RawQuery, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    press,
    register::{self, DeskDocument},
};
use nhipcau_domain::{
    office::Role,
    problem::Problem,
    register::{EntryAct, EntryStatus},
    text,
};
use uuid::Uuid;

use self::{form::Lists, history::history, relations::relations};
pub(crate) use self::{
    form::day,
    kinds::{save as save_kinds, show as show_kinds},
    relations::relate,
};
use super::{
    below,
    finding::{asked_page, filters, turns},
    on_to,
};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted, Sent},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// The address of the room.
pub(crate) const PATH: &str = "/lam-viec/van-ban";

/// A form that was refused: which of the page's forms, what was typed, what is wrong with it.
struct Tried<'a> {
    form: &'static str,
    fields: &'a Fields,
    problems: Vec<Problem>,
    /// Where a number stands for several documents: id and words of each.
    which: Vec<(String, String)>,
}

fn address(id: Uuid) -> String {
    format!("{PATH}/{id}")
}

pub(crate) async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    RawQuery(query): RawQuery,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(PATH);
    let asked = Fields(asked);
    let wanted = register::Query {
        text: asked.get("q").to_owned(),
        kind: asked.get("loai").to_owned(),
        issuer: asked.get("ban-hanh").to_owned(),
        year: asked.get("nam").parse().ok(),
        ..register::Query::default()
    };
    let status = EntryStatus::parse(asked.get("tinh-trang"));
    let number = asked_page(asked.get("trang"));
    let found = register::desk_list(state.ws(), signed.acting(), &wanted, status, number).await?;
    let select = |name: &str, label: &str, options: Vec<(String, String)>| {
        let all = std::iter::once((String::new(), page.t("desk-all")));
        Field::select(name, page.t(label), all.chain(options).collect()).value(asked.get(name))
    };
    let statuses = EntryStatus::ALL
        .map(|s| (s.as_str().to_owned(), page.t(&format!("desk-register-status-{}", s.as_str()))));
    let kinds = found.kinds.iter().map(|k| (k.id.clone(), k.names.vi.clone()));
    let fields = vec![
        Field::new("search", "q", page.t("register-filter-text")).value(asked.get("q")),
        select("tinh-trang", "desk-status", statuses.into()),
        select("loai", "register-kind", kinds.collect()),
        select("ban-hanh", "register-issuer", found.issuers.iter().map(|i| (i.clone(), i.clone())).collect()),
        select(
            "nam",
            "register-filter-year",
            found.years.iter().map(|y| (y.to_string(), y.to_string())).collect(),
        ),
    ];
    let rows = found.lines.iter().map(|line| {
        vec![
            Cell::link(&*line.number, address(line.id)).more(line.kind.names.vi.clone()),
            Cell::text(&*line.subject).more(line.issuer.clone()),
            Cell::text(text::date(line.signed)),
            Cell::text(page.t(&format!("desk-register-status-{}", line.status.as_str())))
                .more(page.t(&format!("register-validity-{}", line.validity.as_str()))),
        ]
    });
    let head = ["register-number", "register-subject", "register-signed", "desk-status"];
    let table = Table {
        caption: page.say1("register-count", "count", found.total),
        head: head.iter().map(|id| page.t(id)).collect(),
        rows: rows.collect(),
    };
    let mut links = vec![(page.t("desk-register-new"), format!("{PATH}/moi"))];
    if page.administers {
        links.push((page.t("desk-register-kinds"), format!("{PATH}/loai")));
    }
    Sheet::new(page.clone(), page.t("desk-nav-register"))
        .with(Block::Links(links))
        .with(filters(&page, fields)?)
        .with(if table.rows.is_empty() { Block::Text(page.t("register-none")) } else { Block::Table(table) })
        .with(turns(&page, PATH, query.as_deref(), number, number < found.pages))
        .html()
}

async fn new_sheet(
    state: &DeskState,
    signed: &SignedIn,
    typed: &Fields,
    problems: &[Problem],
) -> Result<Html<String>, Failure> {
    signed.acting().require(Role::Writer, &[])?;
    let page = signed.page.at(PATH);
    let lists = Lists::load(state).await?;
    let form = Form::new(signed.csrf(), format!("{PATH}/moi"), page.t("desk-register-create"));
    let form = form::filled(form, &page, &lists, typed, problems, &[]);
    Sheet::new(page.clone(), page.t("desk-register-new"))
        .lead(page.t("desk-register-new-lead"))
        .with(Block::Links(vec![(page.t("desk-back"), PATH.to_owned())]))
        .with(Block::Form(form))
        .html()
}

pub(crate) async fn new(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    new_sheet(&state, &signed, &Fields::default(), &[]).await
}

pub(crate) async fn create(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    signed.acting().require(Role::Writer, &[])?;
    let problems = match form::entry(&fields, &[]) {
        Err(problems) => problems,
        Ok(entry) => match register::create(state.ws(), signed.acting(), signed.holder(), &entry).await {
            Ok(record) => return Ok(on_to(&format!("{}?xong=saved", address(record.id)))),
            Err(error) => Failure::all_of_form(error)?,
        },
    };
    let html = new_sheet(&state, &signed, &fields, &problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Html<String>, Failure> {
    let found = register::desk_show(state.ws(), signed.acting(), id).await?;
    sheet(&state, &signed, &found, None).await
}

async fn sheet(
    state: &DeskState,
    signed: &SignedIn,
    found: &DeskDocument,
    tried: Option<&Tried<'_>>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(PATH);
    let lists = Lists::load(state).await?;
    let (record, line) = (&found.record, &found.line);
    let out = record.status == EntryStatus::Published;
    let mut links = vec![(page.t("desk-back"), PATH.to_owned())];
    if out {
        links.push((page.t("desk-see-public"), line.href.clone()));
    }
    let standing = [
        page.t(&format!("desk-register-status-{}", record.status.as_str())),
        page.t(&format!("register-validity-{}", line.validity.as_str())),
    ];
    let mut sheet = Sheet::new(page.clone(), format!("{} {}", line.kind.names.vi, line.number))
        .lead(standing.join(" · "))
        .with(Block::Links(links));
    if tried.is_some() {
        sheet.push(below(&page));
    }
    let of = |form: &str| tried.filter(|t| t.form == form);
    if found.may.contains(&EntryAct::Revise) {
        let form = Form::new(signed.csrf(), address(record.id), page.t("desk-save"))
            .field(Field::hidden("base", record.last_event.to_string()));
        let kept = form::fields_of(&record.entry);
        let form = match of("") {
            Some(t) => form::filled(form, &page, &lists, t.fields, &t.problems, &found.files),
            None => form::filled(form, &page, &lists, &kept, &[], &found.files),
        };
        sheet.push(Block::Form(form::beside(form, &page, of("").map(|_| &kept))));
        let mut upload =
            Form::new(signed.csrf(), format!("{}/tep", address(record.id)), page.t("desk-upload-button"))
                .heading(page.t("desk-register-add-files"))
                .with_files()
                .field(
                    Field::new("file", "file", page.t("desk-file"))
                        .hint(page.t("desk-register-files-hint"))
                        .accept(".pdf,.docx,.xlsx,.odt,.ods")
                        .several()
                        .required(),
                );
        upload.error = said(&page, of("tep"));
        sheet.push(Block::Form(upload));
    } else {
        sheet.push(form::told(&page, &lists, &record.entry));
        sheet.push(Block::Text(page.t("desk-register-publisher-only")));
    }
    relations(&page, signed.csrf(), found, of("quan-he"), &mut sheet);
    for act in [EntryAct::Publish, EntryAct::Withdraw] {
        if found.may.contains(&act) {
            sheet.push(Block::Form(act_form(&page, signed.csrf(), record.id, act, of("viec"))));
        }
    }
    sheet.push(Block::Heading(page.t("desk-history")));
    sheet.push(history(&page, &found.events));
    sheet.html()
}

fn said(page: &Page, tried: Option<&Tried<'_>>) -> String {
    let lines = tried.iter().flat_map(|t| &t.problems).map(|p| page.problem(p));
    lines.collect::<Vec<_>>().join("\n")
}

fn act_form(page: &Page, csrf: &str, id: Uuid, act: EntryAct, tried: Option<&Tried<'_>>) -> Form {
    let label = page.t(&format!("desk-register-act-{}", act.as_str()));
    let mut form =
        Form::new(csrf, format!("{}/viec", address(id)), label).field(Field::hidden("act", act.as_str()));
    let tried = tried.filter(|t| t.fields.get("act") == act.as_str());
    if act == EntryAct::Withdraw {
        let reason = Field::area("reason", page.t("desk-reason"), 2).required();
        form = form.field(reason.value(tried.map_or("", |t| t.fields.get("reason")))).grave();
    }
    form.error(said(page, tried))
}

async fn again(
    state: &DeskState,
    signed: &SignedIn,
    id: Uuid,
    tried: &Tried<'_>,
) -> Result<Response, Failure> {
    let found = register::desk_show(state.ws(), signed.acting(), id).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet(state, signed, &found, Some(tried)).await?).into_response())
}

pub(crate) async fn save(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let found = register::desk_show(state.ws(), signed.acting(), id).await?;
    let base = fields.get("base").parse().unwrap_or(found.record.last_event);
    let why = fields.get("note");
    let problems = match form::entry(&fields, &found.record.entry.files) {
        Err(problems) => problems,
        Ok(entry) => {
            match register::revise(state.ws(), signed.acting(), signed.holder(), id, base, &entry, why).await
            {
                Ok(_) => return Ok(on_to(&format!("{}?xong=saved", address(id)))),
                Err(error) => Failure::all_of_form(error)?,
            }
        }
    };
    again(&state, &signed, id, &Tried { form: "", fields: &fields, problems, which: Vec::new() }).await
}

pub(crate) async fn upload(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    sent: Sent,
) -> Result<Response, Failure> {
    let signed = sent.signed;
    let found = register::desk_show(state.ws(), signed.acting(), id).await?;
    signed.acting().require(EntryAct::Revise.role(found.record.status), &[])?;
    let mut entry = found.record.entry.clone();
    let mut problems = Vec::new();
    if sent.files.is_empty() {
        problems.push(Problem::new("desk-no-file"));
    }
    for file in sent.files {
        match press::add_attachment(state.ws(), signed.acting(), &file.name, file.bytes).await {
            Ok(id) => entry.files.push(id),
            Err(error) => problems.push(Failure::of_file(error)?.in_file(&file.name)),
        }
    }
    // What could be read is kept, whatever became of the rest.
    if entry.files.len() > found.record.entry.files.len() {
        let base = found.record.last_event;
        match register::revise(state.ws(), signed.acting(), signed.holder(), id, base, &entry, "").await {
            Ok(_) => {}
            Err(error) => problems.extend(Failure::all_of_form(error)?),
        }
    }
    if problems.is_empty() {
        return Ok(on_to(&format!("{}?xong=uploaded", address(id))));
    }
    again(&state, &signed, id, &Tried { form: "tep", fields: &sent.fields, problems, which: Vec::new() })
        .await
}

pub(crate) async fn act(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let (ws, acting, holder) = (state.ws(), signed.acting(), signed.holder());
    let done = match EntryAct::parse(fields.get("act")) {
        Some(EntryAct::Publish) => register::publish(ws, acting, holder, id).await,
        Some(EntryAct::Withdraw) => register::withdraw(ws, acting, holder, id, fields.get("reason")).await,
        _ => return Err(Failure::NotFound),
    };
    match done {
        Ok(()) => Ok(on_to(&format!("{}?xong=acted", address(id)))),
        Err(error) => {
            let problems = Failure::all_of_form(error)?;
            again(&state, &signed, id, &Tried { form: "viec", fields: &fields, problems, which: Vec::new() })
                .await
        }
    }
}
