//! The audit trail: who did what that binds, found by office, unit and day; its newest hash; all of it
//! as a file.

use axum::{
    Router,
    extract::{Query, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    Setting,
    audit::{Asked, Export, PAGE_SIZE, Trail, trail},
    powers::{Audit, Over},
};
use nhipcau_domain::{Date, problem::Problem, text};
use nhipcau_store::audit::AuditRecord;
use nhipcau_web::{flow, held::get};
use serde_json::Value;

use super::finding::filters;
use crate::{
    failure::Failure,
    field::Field,
    page::Page,
    received::Fields,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

const HERE: &str = "/lam-viec/nhat-ky";
/// The most units that a line names.
const NAMED: usize = 3;

/// Its addresses.
pub(crate) fn routes() -> Router<DeskState> {
    Router::new().route("/lam-viec/nhat-ky", get(list)).route("/lam-viec/nhat-ky/nhat-ky.jsonl", get(export))
}

async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let power = Over::<Audit>::held_by(state.ws(), signed.acting(), signed.holder())?;
    let fields = Fields(asked);
    let (asked, wrong) = read(&fields);
    let found = trail(state.ws(), &power, &asked).await?;
    let setting = setting(&state).await?;
    let rows: Vec<_> = found.records.iter().map(|r| row(&page, setting.as_deref(), r)).collect();
    let head = ["audit-number", "audit-when", "audit-who", "audit-what", "audit-details"];
    let table = Table { caption: String::new(), head: head.iter().map(|id| page.t(id)).collect(), rows };
    let mut sheet = Sheet::new(page.clone(), page.t("audit-title")).lead(page.t("audit-lead"));
    for problem in &wrong {
        sheet.push(Block::Text(page.problem(problem)));
    }
    sheet.push(filters(&page, filter_fields(&page, &found, &fields))?);
    sheet.push(match (table.rows.is_empty(), found.older) {
        (true, None) => Block::Text(page.t("audit-none")),
        (true, Some(_)) => Block::Text(page.t("audit-none-so-far")),
        (false, _) => Block::Table(table),
    });
    sheet.push(Block::Links(turns(&page, &found, &fields)));
    if let Some(newest) = &found.head {
        sheet.push(Block::Heading(page.t("audit-head-heading")));
        sheet.push(Block::Text(page.say(
            "audit-head-long",
            &[("number", newest.seq.to_string().into()), ("at", page.time(newest.at).into())],
        )));
        sheet.push(Block::Copy(newest.hash.clone()));
    }
    if power.is_over_all() {
        sheet.push(Block::Links(vec![(page.t("audit-export"), format!("{HERE}/nhat-ky.jsonl"))]));
    }
    sheet.html()
}

/// All of it, for whoever may read all of it: the file that the command line writes.
async fn export(State(state): State<DeskState>, signed: SignedIn) -> Result<Response, Failure> {
    let power = Over::<Audit>::held_by(state.ws(), signed.acting(), signed.holder())?;
    if !power.is_over_all() {
        let office = power.office().as_str();
        return Err(Problem::new("office-may-not").with("office", office).into());
    }
    let all = Export::begin(state.ws(), None).await?;
    let headers = [
        (CONTENT_TYPE, "application/jsonl; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"nhat-ky.jsonl\""),
    ];
    Ok((headers, flow::body(all, Export::piece)).into_response())
}

async fn setting(state: &DeskState) -> Result<Option<std::sync::Arc<Setting>>, Failure> {
    let mut tx = state.ws().store().read().await?;
    // Before a campaign is set up there are names of nothing.
    Ok(state.ws().setting(&mut tx).await.ok())
}

/// What is asked for, and days that cannot be read.
fn read(fields: &Fields) -> (Asked, Vec<Problem>) {
    let mut wrong = Vec::new();
    let mut day = |name: &str| -> Option<Date> {
        let typed = fields.some(name)?;
        let read = typed.parse().ok();
        if read.is_none() {
            wrong.push(Problem::new("audit-day-unreadable").with("found", typed));
        }
        read
    };
    let asked = Asked {
        from: day("tu"),
        to: day("den"),
        office: fields.get("co-quan").trim().to_owned(),
        subject: fields.get("ma").trim().to_owned(),
        before: fields.get("truoc").parse().ok(),
    };
    (asked, wrong)
}

fn filter_fields(page: &Page, found: &Trail, fields: &Fields) -> Vec<Field> {
    let mut of = Vec::new();
    if !found.offices.is_empty() {
        let mut offices = vec![(String::new(), page.t("audit-filter-office-all"))];
        offices.extend(found.offices.iter().map(|o| (o.to_string(), o.to_string())));
        of.push(
            Field::select("co-quan", page.t("audit-filter-office"), offices).value(fields.get("co-quan")),
        );
    }
    of.push(
        Field::text("ma", page.t("audit-filter-subject"))
            .hint(page.t("audit-filter-subject-hint"))
            .value(fields.get("ma")),
    );
    of.push(Field::new("date", "tu", page.t("audit-filter-from")).value(fields.get("tu")));
    of.push(Field::new("date", "den", page.t("audit-filter-to")).value(fields.get("den")));
    of
}

/// Older records, with the filters as they are; and back.
fn turns(page: &Page, found: &Trail, fields: &Fields) -> Vec<(String, String)> {
    let encoded = |text: &str| text.bytes().fold(String::new(), |out, b| format!("{out}%{b:02X}"));
    let kept = ["co-quan", "ma", "tu", "den"].into_iter().filter_map(|name| {
        let value = fields.some(name)?;
        Some(format!("{name}={}", encoded(value)))
    });
    let kept: Vec<String> = kept.collect();
    let to = |more: Option<i64>| {
        let all = kept.iter().cloned().chain(more.map(|seq| format!("truoc={seq}")));
        format!("{HERE}?{}", all.collect::<Vec<_>>().join("&"))
    };
    let mut links = Vec::new();
    if fields.some("truoc").is_some() {
        links.push((page.t("audit-newest"), to(None)));
    }
    if let Some(older) = found.older {
        let full = found.records.len() >= usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
        links.push((page.t(if full { "audit-older" } else { "audit-look-on" }), to(Some(older))));
    }
    links
}

fn row(page: &Page, setting: Option<&Setting>, r: &AuditRecord) -> Vec<Cell> {
    let holder = if r.holder.is_empty() { page.t("audit-by-program") } else { r.holder.clone() };
    let name = unit_name(setting, &r.subject);
    let about = if name == r.subject || r.subject.is_empty() { String::new() } else { name };
    vec![
        Cell::text(r.seq.to_string()),
        Cell::text(page.time(r.at)),
        Cell::text(holder).more(r.office.as_str()),
        Cell::text(page.t(&format!("audit-what-{}", r.what))).more(
            [&*r.subject, &*about].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · "),
        ),
        Cell::text(details(page, setting, r)),
    ]
}

fn unit_name(setting: Option<&Setting>, unit: &str) -> String {
    let found = setting.and_then(|s| {
        let ix = s.tree.find(unit)?;
        Some(s.tree.name(ix, Date::MAX).to_owned())
    });
    found.unwrap_or_else(|| unit.to_owned())
}

/// What a record's body says, in a line; nothing of what cannot be read.
fn details(page: &Page, setting: Option<&Setting>, r: &AuditRecord) -> String {
    let body: Value = serde_json::from_str(&r.body).unwrap_or_default();
    let count = |value: &Value| value.as_i64().unwrap_or(0);
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let acts = count(&body["acts"]);
    let first = &body["of"][0];
    let mut parts: Vec<String> = Vec::new();
    match r.what.as_str() {
        "genesis" => {
            let all = body["acts"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(_, pin)| count(&pin["acts"]))
                .sum::<i64>();
            parts.push(page.say1("audit-pinned", "count", all));
        }
        what if what.starts_with("returns-") => {
            for form in body["forms"].as_array().into_iter().flatten() {
                let args = [
                    ("form", form_name(setting, &words(&form[0])).into()),
                    ("period", period_name(setting, &words(&form[1])).into()),
                    ("count", count(&form[2]).into()),
                ];
                parts.push(page.say("audit-form", &args));
            }
            let of = body["of"].as_array().map_or(&[][..], Vec::as_slice);
            if acts > 1 {
                let names: Vec<String> =
                    of.iter().take(NAMED).map(|line| unit_name(setting, &words(&line[2]))).collect();
                let rest = if of.len() > NAMED { ", …" } else { "" };
                if !names.is_empty() {
                    parts.push(format!("{}{rest}", names.join(", ")));
                }
            } else if count(&first[3]) > 0 {
                parts.push(page.say1("audit-revision", "revision", count(&first[3])));
            }
            if count(&body["beyond"]) > 0 {
                parts.push(page.say1("audit-beyond", "count", count(&body["beyond"])));
            }
            if !words(&first[5]).is_empty() {
                parts.push(page.say1("audit-reason", "reason", words(&first[5])));
            }
        }
        "deadline-extended" => {
            let form = form_name(setting, &words(&first[1]));
            parts.push(format!("{form}, {}", period_name(setting, &words(&first[2]))));
            let day = words(&first[4]);
            let day = day.parse().map_or(day, text::date);
            parts.push(page.say1("audit-until", "day", day));
            parts.push(page.say1("audit-reason", "reason", words(&first[5])));
        }
        "tree-changed" | "definitions-changed" => {
            parts.push(match r.what.as_str() {
                "tree-changed" => page.say1("audit-changes", "count", acts),
                _ => page.say1("audit-version", "version", count(&first[0])),
            });
            if !words(&body["reason"]).is_empty() {
                parts.push(page.say1("audit-reason", "reason", words(&body["reason"])));
            }
        }
        "report-attached" => parts.push(words(&first[3]).trim_start_matches("attached ").to_owned()),
        what if what.starts_with("office-") => parts.push(words(&first[3])),
        _ => {}
    }
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

fn form_name(setting: Option<&Setting>, id: &str) -> String {
    let found = setting.and_then(|s| s.definitions.data_set(id)).map(|f| f.name.clone());
    found.unwrap_or_else(|| id.to_owned())
}

fn period_name(setting: Option<&Setting>, id: &str) -> String {
    let found = setting.and_then(|s| s.definitions.period(id)).map(|p| p.name.clone());
    found.unwrap_or_else(|| id.to_owned())
}
