//! The reports of the workspace: drafted, looked at with their open questions, approved, frozen.

mod one;
mod read;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    Setting,
    basis::TreeDay,
    powers::{Consolidate, Over},
    report::{
        Request,
        desk::{self, Hands, ReportLine},
    },
};
use nhipcau_domain::{Date, problem::Problem, text};
use nhipcau_store::{EditionStatus, EditionSummary};
use nhipcau_web::held::{get, post};

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

const HERE: &str = "/lam-viec/ket-qua";
/// The largest scan, in bytes.
const UPLOAD: usize = 40 << 20;

/// Their addresses.
pub(crate) fn routes() -> Router<DeskState> {
    let uploads = Router::new()
        .route("/lam-viec/ket-qua/{report}/{number}/ban-ky", post(one::attach))
        .layer(DefaultBodyLimit::max(UPLOAD));
    Router::new()
        .route("/lam-viec/ket-qua", get(list).merge(post(draft)))
        .route("/lam-viec/ket-qua/{report}/{number}", get(one::show))
        .route("/lam-viec/ket-qua/{report}/{number}/xem", get(read::show))
        .route("/lam-viec/ket-qua/{report}/{number}/gop-y", post(read::comment))
        .route("/lam-viec/ket-qua/{report}/{number}/tep/{format}", get(one::document))
        .route("/lam-viec/ket-qua/{report}/{number}/duyet", post(one::approve))
        .route("/lam-viec/ket-qua/{report}/{number}/chot", post(one::freeze))
        .route("/lam-viec/ket-qua/{report}/{number}/cong-bo", post(one::hand_over))
        .merge(uploads)
}

fn hands(state: &DeskState, signed: &SignedIn) -> Result<Hands, Failure> {
    Ok(Hands::held_by(state.ws(), signed.acting(), signed.holder())?)
}

/// An edition's address.
fn address(report: &str, number: u32) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    let name = report.bytes().fold(String::new(), |out, b| {
        if plain(b) { format!("{out}{}", char::from(b)) } else { format!("{out}%{b:02X}") }
    });
    format!("{HERE}/{name}/{number}")
}

fn status(page: &Page, e: &EditionSummary) -> String {
    page.t(&format!("edition-{}", e.status.as_str()))
}

async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    draw(&state, &signed, &Fields(asked), &[]).await
}

/// Drafts a report, or drafts it anew.
async fn draft(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let over = Over::<Consolidate>::held_by(state.ws(), signed.acting(), signed.holder())?;
    let told = match request(&fields) {
        Err(problem) => vec![problem],
        Ok(request) => match desk::draft(state.ws(), &over, &request).await {
            Ok(drafted) => {
                let to = address(&drafted.record.report, drafted.record.number);
                return Ok(on_to(&format!("{to}?xong=drafted")));
            }
            Err(error) => Failure::all_of_form(error)?,
        },
    };
    let page = draw(&state, &signed, &fields, &told).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn request(fields: &Fields) -> Result<Request, Problem> {
    let date = fields.get("ngay").trim();
    Ok(Request {
        report: fields.get("bao-cao").to_owned(),
        period: fields.get("ky").into(),
        tree: TreeDay::Then,
        date: date.parse().map_err(|_| Problem::new("results-day-unreadable").with("found", date))?,
        number: fields.some("so").map(str::to_owned),
    })
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    fields: &Fields,
    told: &[Problem],
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let hands = hands(state, signed)?;
    let found = desk::reports(state.ws(), &hands).await?;
    let mut tx = state.ws().store().read().await?;
    let setting = state.ws().setting(&mut tx).await?;
    drop(tx);
    let mut sheet = Sheet::new(page.clone(), page.t("results-title")).lead(page.t("results-lead"));
    for report in &found {
        sheet.push(Block::Heading(report.title.clone()));
        if report.editions.is_empty() {
            sheet.push(Block::Text(page.t("results-no-editions")));
        } else {
            sheet.push(Block::Table(editions(&page, &setting, report)));
        }
    }
    if found.is_empty() {
        sheet.push(Block::Text(page.t("results-no-reports")));
    }
    if let Some(over) = hands.draft.as_ref().filter(|_| !found.is_empty()) {
        sheet.push(Block::Form(draft_form(signed, &page, &setting, &found, over.today(), fields, told)));
    }
    sheet.html()
}

fn editions(page: &Page, setting: &Setting, report: &ReportLine) -> Table {
    let rows = report.editions.iter().map(|e| {
        let period =
            setting.definitions.period(&e.period).map_or_else(|| e.period.to_string(), |p| p.name.clone());
        vec![
            Cell::link(page.say1("results-edition", "number", e.number), address(&e.report, e.number)),
            Cell::text(period),
            Cell::text(status(page, e)),
            Cell::text(page.time(e.at)).more(e.office.as_str()),
            match e.status {
                _ if report.public.contains(&e.number) => {
                    Cell::link(page.t("results-public"), public(&e.report, e.number))
                }
                EditionStatus::Frozen => Cell::text(page.t("results-not-public")),
                _ => Cell::default(),
            },
        ]
    });
    let head = ["column-edition", "column-period", "column-status", "results-changed", "results-on-site"];
    Table { caption: String::new(), head: head.iter().map(|id| page.t(id)).collect(), rows: rows.collect() }
}

/// A frozen edition's address on the site.
fn public(report: &str, number: u32) -> String {
    address(report, number).replacen(HERE, "/bao-cao", 1)
}

fn draft_form(
    signed: &SignedIn,
    page: &Page,
    setting: &Setting,
    found: &[ReportLine],
    today: Date,
    fields: &Fields,
    told: &[Problem],
) -> Form {
    let reports = found.iter().filter(|r| setting.definitions.reports.contains_key(&r.report));
    let reports = reports.map(|r| (r.report.clone(), r.title.clone())).collect();
    let mut periods: Vec<_> = setting.definitions.calendars.iter().flat_map(|c| &c.periods).collect();
    periods.sort_by_key(|p| std::cmp::Reverse((p.last, p.first)));
    // What is over is reported on; among those the longest that ended last stands first.
    let usual =
        periods.iter().filter(|p| p.last < today).max_by_key(|p| (p.last, std::cmp::Reverse(p.first)));
    let usual = usual.map(|p| p.id.to_string()).unwrap_or_default();
    let periods = periods.iter().map(|p| (p.id.to_string(), p.name.clone())).collect();
    let date = fields.some("ngay").map_or_else(|| today.to_string(), str::to_owned);
    let said: Vec<String> = told.iter().map(|p| page.problem(p)).collect();
    Form::new(signed.csrf(), HERE, page.t("results-draft-button"))
        .heading(page.t("results-draft-heading"))
        .error(said.join(" "))
        .field(Field::select("bao-cao", page.t("column-report"), reports).value(fields.get("bao-cao")))
        .field(
            Field::select("ky", page.t("column-period"), periods)
                .value(fields.some("ky").map_or(usual, str::to_owned)),
        )
        .field(Field::new("date", "ngay", page.t("results-date")).value(date).required())
        .field(
            Field::text("so", page.t("results-number"))
                .hint(page.t("results-number-hint"))
                .value(fields.get("so")),
        )
}

/// A local day as the page's language writes it.
fn day(page: &Page, day: Date) -> String {
    match page.lang {
        nhipcau_messages::Lang::En => text::date_en(day),
        _ => text::date(day),
    }
}
