//! What became of messages: sent, waiting, given up, unknown; and what a person decides about them.

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::outbox::{self, Decision, Entry, LogAsked, Viewer};
use nhipcau_domain::{
    outbox::{Kind, State as Stand},
    problem::{Arg, Problem},
};
use nhipcau_store::outbox::OutboxStep;
use uuid::Uuid;

use super::{super::super::finding::filters, LOG};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    pages::on_to,
    received::{Fields, Posted},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

fn viewer(state: &DeskState, signed: &SignedIn) -> Result<Viewer, Failure> {
    Ok(Viewer::of(state.ws(), signed.acting(), signed.holder())?)
}

pub(super) async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    draw(&state, &signed, &Fields(query), None).await
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    fields: &Fields,
    told: Option<&Problem>,
) -> Result<Html<String>, Failure> {
    let viewer = viewer(state, signed)?;
    let page = signed.page.at(LOG);
    let asked = LogAsked {
        state: Stand::parse(fields.get("tinh-trang")),
        kind: Kind::parse(fields.get("loai")),
        before: fields.get("truoc").parse().ok(),
    };
    let found = outbox::log(state.ws(), &viewer, &asked).await?;
    let mut sheet = Sheet::new(page.clone(), page.t("log-title")).lead(page.t("log-lead"));
    if !state.ws().outbound().anyone() {
        sheet.push(Block::Text(page.t("outbox-not-set-up")));
    }
    sheet.push(filters(&page, choosing(&page, fields))?);
    if found.entries.is_empty() {
        sheet.push(Block::Text(page.t("log-none")));
    } else {
        let head = ["outbox-at", "log-about", "outbox-to", "outbox-state", "log-asked-by"];
        let head = head.iter().map(|id| page.t(id)).collect();
        let rows = found.entries.iter().map(|e| row(&page, e)).collect();
        sheet.push(Block::Table(Table { caption: String::new(), head, rows }));
    }
    sheet.push(Block::Links(turns(&page, fields, found.older)));
    if page.administers {
        let form = Form::new(&page.csrf, format!("{LOG}/thu"), page.t("log-test"))
            .heading(page.t("log-test"))
            .error(told.map(|p| page.problem(p)).unwrap_or_default());
        sheet.push(Block::Text(page.t("log-test-lead")));
        sheet.push(Block::Form(form));
    }
    sheet.html()
}

fn choosing(page: &Page, fields: &Fields) -> Vec<Field> {
    let states = Stand::ALL.iter().map(|s| s.as_str()).map(|s| (s, format!("outbox-state-{s}")));
    let kinds = Kind::ALL.iter().map(|k| k.as_str()).map(|k| (k, format!("outbox-kind-{k}")));
    let options = |all: &str, of: Vec<(&str, String)>| {
        let first = (String::new(), page.t(all));
        std::iter::once(first).chain(of.into_iter().map(|(v, id)| (v.to_owned(), page.t(&id)))).collect()
    };
    vec![
        Field::select("tinh-trang", page.t("outbox-state"), options("log-all-states", states.collect()))
            .value(fields.get("tinh-trang")),
        Field::select("loai", page.t("outbox-kind"), options("log-all-kinds", kinds.collect()))
            .value(fields.get("loai")),
    ]
}

/// Older messages, with the filters as they are; and back.
fn turns(page: &Page, fields: &Fields, older: Option<Uuid>) -> Vec<(String, String)> {
    let known = |name: &str, known: bool| known.then(|| format!("{name}={}", fields.get(name)));
    // Only what is one of ours stands in an address.
    let kept = [
        known("tinh-trang", Stand::parse(fields.get("tinh-trang")).is_some()),
        known("loai", Kind::parse(fields.get("loai")).is_some()),
    ];
    let to = |more: Option<Uuid>| {
        let all = kept.iter().flatten().cloned().chain(more.map(|id| format!("truoc={id}")));
        format!("{LOG}?{}", all.collect::<Vec<_>>().join("&"))
    };
    let mut links = Vec::new();
    if fields.some("truoc").is_some() {
        links.push((page.t("log-newest"), to(None)));
    }
    links.extend(older.map(|id| (page.t("log-older"), to(Some(id)))));
    links
}

fn row(page: &Page, e: &Entry) -> Vec<Cell> {
    let m = &e.message;
    let kind = page.t(&format!("outbox-kind-{}", m.kind.as_str()));
    let about = [e.unit.as_str(), &e.about].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>();
    vec![
        Cell::link(page.time(m.at), format!("{LOG}/{}", m.id)),
        Cell::text(kind).more(about.join(" · ")),
        Cell::text(m.recipient.as_str()).more(page.t(&format!("outbox-channel-{}", m.channel.as_str()))),
        Cell::text(page.t(&format!("outbox-state-{}", m.state.as_str()))).more(remark(page, e)),
        Cell::text(asked_by(page, e)).more(m.by_office.as_str()),
    ]
}

fn asked_by(page: &Page, e: &Entry) -> String {
    let holder = &e.message.by_holder;
    if holder.is_empty() { page.t("log-by-calendar") } else { holder.clone() }
}

/// When it goes out, or what was said last.
fn remark(page: &Page, e: &Entry) -> String {
    let m = &e.message;
    let last = e.steps.last().map(|s| said(page, s)).unwrap_or_default();
    let due = (m.state == Stand::Waiting).then(|| page.say1("log-due", "at", page.time(m.due)));
    due.into_iter().chain([last]).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("; ")
}

/// What the other side said, or why a message was not needed.
fn said(page: &Page, step: &OutboxStep) -> String {
    match step.what.as_str() {
        "not-needed" => page.t(&format!("outbox-why-{}", step.detail)),
        _ => step.detail.clone(),
    }
}

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Html<String>, Failure> {
    one(&state, &signed, id, None).await
}

async fn one(
    state: &DeskState,
    signed: &SignedIn,
    id: Uuid,
    told: Option<&Problem>,
) -> Result<Html<String>, Failure> {
    let viewer = viewer(state, signed)?;
    let page = signed.page.at(LOG);
    let entry = outbox::one(state.ws(), &viewer, id).await?;
    let m = &entry.message;
    let named: [(&str, Arg); 3] = [
        ("kind", page.t(&format!("outbox-kind-{}", m.kind.as_str())).into()),
        ("to", m.recipient.as_str().into()),
        ("channel", page.t(&format!("outbox-channel-{}", m.channel.as_str())).into()),
    ];
    let mut sheet = Sheet::new(page.clone(), page.t("log-one")).lead(page.say("log-one-lead", &named));
    if let Some(problem) = told {
        sheet.push(Block::Text(page.problem(problem)));
    }
    let standing = [page.t(&format!("outbox-state-{}", m.state.as_str())), remark(&page, &entry)];
    sheet.push(Block::Text(standing.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(": ")));
    let about = [entry.unit.as_str(), &entry.about].into_iter().filter(|p| !p.is_empty());
    let about = about.collect::<Vec<_>>().join(" · ");
    if !about.is_empty() {
        sheet.push(Block::Text(about));
    }
    sheet.push(Block::Heading(page.t("log-text")));
    sheet.push(Block::Text(m.subject.clone()));
    for paragraph in m.body.split("\n\n") {
        sheet.push(Block::Text(paragraph.to_owned()));
    }
    deciding(&page, &entry, &mut sheet);
    sheet.push(Block::Heading(page.t("log-steps")));
    let head = ["outbox-at", "outbox-step", "outbox-said"].iter().map(|id| page.t(id)).collect();
    let rows = entry.steps.iter().map(|s| {
        let by = [s.holder.as_str(), &s.office].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>();
        vec![
            Cell::text(page.time(s.at)),
            Cell::text(page.t(&format!("outbox-step-{}", s.what))).more(by.join(", ")),
            Cell::text(said(&page, s)),
        ]
    });
    sheet.push(Block::Table(Table { caption: String::new(), head, rows: rows.collect() }));
    sheet.push(Block::Links(vec![(page.t("log-title"), LOG.to_owned())]));
    sheet.html()
}

/// The buttons for where it stands.
fn deciding(page: &Page, e: &Entry, sheet: &mut Sheet) {
    let decisions = e.decisions();
    if decisions.is_empty() {
        return;
    }
    sheet.push(Block::Heading(page.t("log-decide")));
    if e.message.state == Stand::Unknown {
        sheet.push(Block::Text(page.t("log-decide-unknown")));
    }
    for decision in decisions {
        let way = decision.as_str();
        let label = page.t(&format!("log-decide-{way}"));
        let form = Form::new(&page.csrf, format!("{LOG}/{}", e.message.id), label)
            .field(Field::hidden("viec", way))
            .field(Field::hidden("buoc", e.message.changes.to_string()))
            .inline();
        sheet.push(Block::Form(form));
    }
}

/// Keeps what a person decides, about the message as it was shown.
pub(super) async fn decide(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let viewer = viewer(&state, &signed)?;
    let decision = Decision::parse(fields.get("viec")).ok_or(Failure::NotFound)?;
    let shown = fields.get("buoc").parse().unwrap_or(u32::MAX);
    let Err(error) = outbox::decide(state.ws(), &viewer, id, shown, decision).await else {
        return Ok(on_to(&format!("{LOG}/{id}?xong=decided")));
    };
    let told = Failure::of_form(error)?;
    let page = one(&state, &signed, id, Some(&told)).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// Sends whoever asks a test.
pub(super) async fn test(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    let by = (signed.entered.holder, signed.holder());
    let sent = outbox::send_test(state.ws(), signed.acting(), by).await;
    let Err(error) = sent else { return Ok(on_to(&format!("{LOG}?xong=tested"))) };
    let told = Failure::of_form(error)?;
    let page = draw(&state, &signed, &Fields::default(), Some(&told)).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}
