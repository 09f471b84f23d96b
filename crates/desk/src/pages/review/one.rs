//! One return under review: beside its last two periods and its siblings, with what is to be decided.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    powers::{Over, Review},
    review::{self, Beside, Event, Remark, Row, Shown, Spread},
};
use nhipcau_domain::{
    id::ElementId,
    problem::{Arg, Problem},
    returns::{Act, ReturnKey, Status, Value},
};

use super::{QUEUE, day, keys, number, over, return_address, seen, sentences, status, value};
use crate::{
    assets,
    failure::Failure,
    page::Page,
    pages::{on_to, returns},
    received::{Fields, Posted},
    state::DeskState,
    visitor::SignedIn,
};

/// One return.
#[derive(Template)]
#[template(path = "review/one.html")]
struct OnePage {
    page: Page,
    style: String,
    script: String,
    title: String,
    lead: String,
    /// What keys do.
    keys: String,
    facts: Vec<String>,
    /// Key, words, address.
    ways: Vec<(&'static str, String, String)>,
    told: Vec<String>,
    findings: Vec<String>,
    /// Names of the periods before.
    before: Vec<String>,
    has_counts: bool,
    columns: usize,
    rows: Vec<Line>,
    words: Vec<(String, String)>,
    /// What was sent with it: name, size and time, address.
    files: Vec<(String, String, String)>,
    history: Vec<Told>,
    action: String,
    revision: u32,
    may_decide: bool,
    may_excuse: bool,
    reason: String,
    nothing: String,
}

struct Line {
    id: String,
    /// The heading that begins here; empty for none.
    section: String,
    name: String,
    measure: String,
    value: String,
    cell: String,
    counts: String,
    before: Vec<String>,
    siblings: String,
    /// Of how many units that is.
    units: String,
    remarks: Vec<String>,
    /// Whether it is ticked as being in question.
    asked: bool,
}

struct Told {
    what: String,
    who: String,
    reason: String,
    differences: Vec<String>,
}

type Address = Path<(String, String, String)>;

fn key(Path((data_set, period, unit)): Address) -> ReturnKey {
    ReturnKey { unit: unit.into(), data_set: data_set.into(), period: period.into() }
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    address: Address,
) -> Result<Html<String>, Failure> {
    let over = over::<Review>(&state, &signed)?;
    let page = draw(&state, &signed, &over, &key(address), &Fields::default(), Vec::new()).await?;
    seen(&state, &signed).await?;
    Ok(page)
}

/// Accepts, sends back or excuses. What cannot be is told above the page as it is now, with what was typed.
pub(crate) async fn decide(
    State(state): State<DeskState>,
    address: Address,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let over = over::<Review>(&state, &signed)?;
    let key = key(address);
    let shown = Shown { key: key.clone(), revision: fields.get("lan").parse().unwrap_or(0) };
    let (reason, ws) = (fields.get("ly-do"), state.ws());
    let (done, decided) = match fields.get("viec") {
        "accept" => ("accepted", review::accept_shown(ws, &over, std::slice::from_ref(&shown)).await),
        "send-back" => {
            let named = fields.0.iter().filter(|(name, _)| name == "hoi");
            let elements: Vec<ElementId> = named.map(|(_, id)| id.as_str().into()).collect();
            ("sent-back", review::send_back_shown(ws, &over, &shown, reason, &elements).await)
        }
        "excuse" => {
            let excused = review::excuse(ws, &over, &key, reason).await;
            ("excused", excused.map(|()| review::Decided { done: 1, left: Vec::new() }))
        }
        _ => return Err(Problem::new("desk-form-unreadable").into()),
    };
    let left = match decided {
        Ok(decided) => decided.left,
        Err(error) => vec![Failure::of_form(error)?],
    };
    if left.is_empty() {
        return Ok(on_to(&format!("{}?xong={done}", return_address(&key))));
    }
    let told = sentences(&signed.page, &left);
    let page = draw(&state, &signed, &over, &key, &fields, told).await?;
    seen(&state, &signed).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    over: &Over<Review>,
    key: &ReturnKey,
    typed: &Fields,
    told: Vec<String>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(QUEUE);
    let found = review::beside(state.ws(), over, key).await?;
    let mut ways = vec![("q", page.t("review-to-queue"), QUEUE.to_owned())];
    if let Some(unit) = &found.next {
        let next = ReturnKey { unit: unit.clone(), ..key.clone() };
        ways.push(("n", page.t("review-next"), return_address(&next)));
    }
    let shown = found.shown.as_ref();
    let mut rows: Vec<Line> = found.rows.iter().map(|row| line(&page, &found, row, typed)).collect();
    let mut heading = String::new();
    for row in &mut rows {
        if row.section == heading {
            row.section.clear();
        } else {
            heading.clone_from(&row.section);
        }
    }
    let has_counts = found.rows.iter().any(|r| r.counts.is_some());
    let view = OnePage {
        columns: 3 + found.before.len() + usize::from(has_counts),
        style: assets::REVIEW_STYLE.href(),
        script: assets::REVIEW.href(),
        keys: keys::of_one(&page)?,
        title: found.unit.clone(),
        lead: format!("{} · {}", found.form.name, found.period.name),
        facts: facts(&page, &found),
        ways,
        told,
        findings: sentences(&page, &found.findings),
        before: found.before.iter().map(|p| p.name.clone()).collect(),
        has_counts,
        rows,
        words: words(&page, &found),
        files: files(&page, &found),
        history: found.history.iter().map(|event| told_of(&page, event)).collect(),
        action: return_address(key),
        revision: shown.map_or(0, |r| r.number),
        may_decide: found.state.status == Status::Submitted,
        may_excuse: found.state.accepted.is_none()
            && matches!(found.state.status, Status::Expected | Status::Draft | Status::Returned),
        reason: typed.get("ly-do").to_owned(),
        nothing: if shown.is_none() { page.t("review-nothing-came") } else { String::new() },
        page,
    };
    Ok(Html(view.render()?))
}

/// Where it stands, since when, and by when it was due.
fn facts(page: &Page, found: &Beside) -> Vec<String> {
    let mut facts = vec![page.say1("review-fact-status", "status", status(page, found.state.status))];
    if let Some((_, branch)) = &found.branch {
        facts.push(page.say1("review-fact-branch", "branch", branch.as_str()));
    }
    if let Some(shown) = &found.shown {
        facts.push(
            page.say(
                "review-fact-sent",
                &[("number", shown.number.into()), ("at", page.time(shown.at).into())],
            ),
        );
        let origin = &shown.submission.origin;
        if !origin.file.is_empty() {
            facts.push(page.say1("review-fact-file", "file", origin.file.as_str()));
        }
    }
    if let Some(due) = found.due {
        facts.push(page.say1("review-due", "day", day(page, due)));
    }
    if found.state.locked {
        facts.push(page.t("review-fact-locked"));
    }
    facts
}

fn line(page: &Page, found: &Beside, row: &Row, typed: &Fields) -> Line {
    let said = |v: Option<&Value>| v.map_or_else(|| page.t("review-value-none"), |v| value(page, v));
    let siblings = row.siblings.as_ref().map_or_else(|| page.t("review-value-none"), |s| spread(page, s));
    Line {
        id: row.element.id.to_string(),
        section: row.element.section.clone(),
        name: row.element.name.clone(),
        measure: row.measure.clone(),
        value: said(row.value.as_ref()),
        cell: row.cell.clone().unwrap_or_default(),
        counts: row.counts.as_ref().map(|v| value(page, v)).unwrap_or_default(),
        before: row.before.iter().map(|v| said(v.as_ref())).collect(),
        siblings,
        units: row
            .siblings
            .as_ref()
            .map(|s| page.say1("review-spread-units", "units", s.units))
            .unwrap_or_default(),
        remarks: row.remarks.iter().map(|r| remark(page, found, row, *r)).collect(),
        asked: typed.0.iter().any(|(name, id)| name == "hoi" && row.element.id.as_str() == id),
    }
}

fn spread(page: &Page, s: &Spread) -> String {
    let args: [(&str, Arg); 3] = [
        ("least", number(page, s.least).into()),
        ("median", number(page, s.median).into()),
        ("most", number(page, s.most).into()),
    ];
    page.say("review-spread", &args)
}

/// What stands out, in words: "gấp 4 lần trung vị (12) của 13 đơn vị cùng thuộc Xã An Mẫu".
fn remark(page: &Page, found: &Beside, row: &Row, remark: Remark) -> String {
    let branch = found.branch.as_ref().map(|(_, name)| name.as_str()).unwrap_or_default();
    let median = row.siblings.as_ref().map_or(0, |s| s.median);
    let units = row.siblings.as_ref().map_or(0, |s| s.units);
    let previous = row.before.first().and_then(|v| v.as_ref()?.number()).unwrap_or(0);
    let period = found.before.first().map(|p| p.name.as_str()).unwrap_or_default();
    let beside = |id: &str, times: i64| {
        let args: [(&str, Arg); 4] = [
            ("times", times.into()),
            ("median", number(page, median).into()),
            ("units", units.into()),
            ("branch", branch.into()),
        ];
        page.say(id, &args)
    };
    let since = |id: &str, times: i64| {
        let args: [(&str, Arg); 3] =
            [("times", times.into()), ("previous", number(page, previous).into()), ("period", period.into())];
        page.say(id, &args)
    };
    match remark {
        Remark::AboveSiblings(times) => beside("review-above-siblings", times),
        Remark::BelowSiblings(Some(times)) => beside("review-below-siblings", times),
        Remark::BelowSiblings(None) => beside("review-zero-siblings", 0),
        Remark::AbovePrevious(times) => since("review-above-previous", times),
        Remark::BelowPrevious(Some(times)) => since("review-below-previous", times),
        Remark::BelowPrevious(None) => since("review-zero-previous", 0),
    }
}

fn files(page: &Page, found: &Beside) -> Vec<(String, String, String)> {
    let one = |file: &nhipcau_store::ReturnFile| {
        let (name, about) = returns::files::said(page, file);
        (name, about, format!("{}/{}", returns::files::place(&file.key), file.id))
    };
    found.files.iter().map(one).collect()
}

/// The explanation first, then the answers in words.
fn words(page: &Page, found: &Beside) -> Vec<(String, String)> {
    let Some(shown) = &found.shown else { return Vec::new() };
    let question = |id: &str| {
        let field = found.form.words.iter().find(|w| w.id == id);
        field.map_or_else(|| id.to_owned(), |w| w.name.clone())
    };
    let explained = (page.t("review-explanation"), shown.submission.explanation.clone());
    let answered = shown.submission.words.iter().map(|(id, answer)| (question(id), answer.clone()));
    std::iter::once(explained).chain(answered).filter(|(_, answer)| !answer.trim().is_empty()).collect()
}

fn told_of(page: &Page, event: &Event) -> Told {
    let (what, reason) = match &event.act {
        Act::Draft { revision } => (page.say1("review-act-draft", "number", *revision), ""),
        Act::Submit { revision, reason } => {
            let id = if reason.is_empty() { "review-act-submit" } else { "review-act-correct" };
            (page.say1(id, "number", *revision), reason.as_str())
        }
        Act::SendBack { reason } => (page.t("review-act-send-back"), reason.as_str()),
        Act::Accept => (page.t("review-act-accept"), ""),
        Act::Exempt { reason } => (page.t("review-act-exempt"), reason.as_str()),
        Act::Lock { edition } => (page.say1("review-act-lock", "edition", edition.as_str()), ""),
    };
    let at = page.time(event.at);
    let who = match &event.on_behalf_of {
        Some(other) => page.say(
            "review-who-on-behalf",
            &[
                ("office", event.office.1.as_str().into()),
                ("other", other.as_str().into()),
                ("at", at.into()),
            ],
        ),
        None => page.say("review-who", &[("office", event.office.1.as_str().into()), ("at", at.into())]),
    };
    let difference = |(name, before, after): &(String, Option<Value>, Value)| {
        let before = before.as_ref().map_or_else(|| page.t("review-value-none"), |v| value(page, v));
        let args: [(&str, Arg); 3] = [
            ("element", name.as_str().into()),
            ("before", before.into()),
            ("after", value(page, after).into()),
        ];
        page.say("review-difference", &args)
    };
    Told {
        what,
        who,
        reason: reason.to_owned(),
        differences: event.differences.iter().map(difference).collect(),
    }
}
