//! The form of a return: filling it in, saving it.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{Html, Response},
};
use nhipcau_actions::reporting::{self, Asked, Choice, FormView, Saved};
use nhipcau_domain::{problem::Problem, returns::Value};
use nhipcau_messages::Lang;
use serde_json::{Map, Value as Json, json};

use super::{At, PATH, address, date, key_of, looked, number, power, standing, time_left, typed, value};
use crate::{
    assets, failure::Failure, page::Page, pages::on_to, received::Posted, state::DeskState, visitor::SignedIn,
};

/// The page.
#[derive(Template)]
#[template(path = "returns/form.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is a part of the page that is there or not")]
struct FormPage {
    page: Page,
    style: String,
    script: String,
    /// What the script says and reckons with, as JSON.
    words: String,
    checks: String,
    previous: String,
    title: String,
    /// Unit, period, its days.
    lead: String,
    /// Status and deadline.
    standing: String,
    late: bool,
    notices: Vec<String>,
    /// The lines that the reviewer asks to look at again: words, the field's id.
    asked_again: Vec<(String, String)>,
    /// What was kept aside: words, address.
    asides: Vec<(String, String)>,
    /// Whether it was to be sent, so that what is wrong is told first.
    sending: bool,
    /// What is wrong: words, the field's id; empty for none.
    errors: Vec<(String, String)>,
    action: String,
    /// The office that fills in: what a device keeps is its.
    office: String,
    version: i64,
    revision: u32,
    copy: String,
    instructions: Vec<String>,
    /// Words that lead to the files.
    files: String,
    lines: Vec<LineView>,
    words_fields: Vec<(String, String, String)>,
    explanation: String,
    explains: bool,
    /// Whether it corrects an accepted one.
    corrects: bool,
    reason: String,
    reasons: Vec<(String, String)>,
    /// When the draft was saved.
    saved: String,
    has_draft: bool,
    /// Words on the button that sends.
    button: String,
}

/// A line, in words.
struct LineView {
    id: String,
    name: String,
    /// The heading that begins here.
    section: String,
    measure: String,
    previous: String,
    accepted: String,
    text: String,
    kind: &'static str,
    reason: String,
    definition: String,
    errors: Vec<String>,
    /// What the reviewer asks of it; empty for nothing.
    asked: String,
    wrong: bool,
    sum: String,
    /// The lines that it is the sum of.
    sum_of: String,
}

impl FormPage {
    fn of(
        state: &DeskState,
        office: &str,
        page: Page,
        view: &FormView,
        asked: Asked,
        more: &[Problem],
    ) -> Self {
        let english = page.lang == Lang::En;
        let mut errors = Vec::new();
        for line in &view.lines {
            let at = format!("f-so.{}", line.element);
            errors.extend(line.problems.iter().map(|p| (page.problem(p), at.clone())));
        }
        for problem in view.problems.iter().chain(more) {
            let at = match problem.id.as_str() {
                "return-needs-explanation" => "f-giai-trinh",
                "correction-needs-reason" => "f-ly-do-sua",
                _ => "",
            };
            errors.push((page.problem(problem), at.to_owned()));
        }
        let mut section = String::new();
        let lines = view.lines.iter().map(|l| {
            let begins = l.section != section;
            section.clone_from(&l.section);
            let said =
                |v: &Option<Value>| v.as_ref().map(|v| value(&page, v, &view.reasons)).unwrap_or_default();
            LineView {
                id: l.element.to_string(),
                name: l.name.clone(),
                section: if begins { l.section.clone() } else { String::new() },
                measure: if english { l.measure.1.clone() } else { l.measure.0.clone() },
                previous: said(&l.previous),
                accepted: said(&l.accepted),
                text: l.answer.text.clone(),
                kind: typed::kind(l.answer.choice),
                reason: l.answer.reason.clone(),
                definition: l.definition.clone(),
                errors: l.problems.iter().map(|p| page.problem(p)).collect(),
                asked: if l.asked { page.t("returns-asked") } else { String::new() },
                wrong: l.marked || l.asked || !l.problems.is_empty(),
                sum: l.sum.as_ref().map(|s| sum_said(&page, s)).unwrap_or_default(),
                sum_of: l.sum.as_ref().map(sum_of).unwrap_or_default(),
            }
        });
        let lines: Vec<LineView> = lines.collect();
        let at = address(&view.key);
        let now = state.ws().now();
        let corrects = view.state.accepted.is_some();
        Self {
            style: assets::RETURNS_STYLE.href(),
            script: assets::RETURNS.href(),
            words: script_words(&page),
            checks: checks(view, english),
            previous: previous(view),
            title: view.form.clone(),
            lead: page.say(
                "returns-form-lead",
                &[
                    ("unit", view.unit.as_str().into()),
                    ("period", view.period.name.as_str().into()),
                    ("first", date(&page, view.period.first).into()),
                    ("last", date(&page, view.period.last).into()),
                ],
            ),
            standing: stands(&page, view),
            late: is_late(view),
            notices: notices(&page, view),
            asked_again: asked_again(view),
            asides: view
                .asides
                .iter()
                .map(|(copy, holder, when)| {
                    let args = [("holder", holder.as_str().into()), ("at", page.time(*when).into())];
                    (page.say("returns-aside", &args), format!("{at}/chon?ban={copy}"))
                })
                .collect(),
            sending: asked == Asked::Sending,
            errors,
            action: at,
            office: office.to_owned(),
            version: view.version,
            revision: view.state.last,
            copy: state.ws().id(now).to_string(),
            instructions: view.instructions.clone(),
            files: page.say1("returns-files-count", "count", view.files.len()),
            lines,
            words_fields: view
                .words
                .iter()
                .map(|(f, text)| (f.id.clone(), f.name.clone(), text.clone()))
                .collect(),
            explains: view.asks_explanation || !view.explanation.is_empty(),
            explanation: view.explanation.clone(),
            corrects,
            reason: view.reason.clone(),
            reasons: view.reasons.clone(),
            saved: view.drafted.as_ref().map(|(_, at)| page.time(*at)).unwrap_or_default(),
            has_draft: view.drafted.is_some(),
            button: page.t(if corrects { "returns-send-correction" } else { "returns-send" }),
            page,
        }
    }
}

/// The lines that the reviewer asks to look at again, each with its field's id.
fn asked_again(view: &FormView) -> Vec<(String, String)> {
    let asked = view.lines.iter().filter(|l| l.asked);
    asked.map(|l| (l.name.clone(), format!("f-so.{}", l.element))).collect()
}

fn sum_said(page: &Page, sum: &reporting::Sum) -> String {
    let total = sum.total.map_or_else(|| "—".to_owned(), |n| number(page, n));
    page.say1("returns-sum", "total", total)
}

fn sum_of(sum: &reporting::Sum) -> String {
    sum.of.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn is_late(view: &FormView) -> bool {
    let owed = view.state.accepted.is_none()
        && !matches!(
            view.state.status,
            nhipcau_domain::returns::Status::Submitted | nhipcau_domain::returns::Status::Exempt
        );
    owed && view.due.is_some_and(|due| due < view.today)
}

fn stands(page: &Page, view: &FormView) -> String {
    let mut said = vec![standing(page, view.state.status, view.state.locked)];
    if let Some((at, office)) = &view.sent {
        let own = office.as_str() == view.key.unit.as_str();
        said.push(if own {
            page.say1("returns-sent-at", "at", page.time(*at))
        } else {
            page.say("returns-sent-for", &[("at", page.time(*at).into()), ("office", office.as_str().into())])
        });
    }
    if let Some(due) = view.due {
        said.push(page.say1("returns-due", "day", date(page, due)));
        let waits = is_late(view) || view.sent.is_none();
        if let Some(days) = view.today.until(due).ok().map(|s| s.get_days()).filter(|_| waits) {
            said.push(time_left(page, days));
        }
    }
    said.join(" · ")
}

fn notices(page: &Page, view: &FormView) -> Vec<String> {
    let mut notices = Vec::new();
    if let Some((reason, at)) = &view.sent_back {
        let args = [("reason", reason.as_str().into()), ("at", page.time(*at).into())];
        notices.push(page.say("returns-sent-back", &args));
    }
    if !view.own {
        notices.push(page.say1("returns-on-behalf", "unit", view.unit.as_str()));
    }
    if view.period.last >= view.today {
        notices.push(page.say1("returns-running", "last", date(page, view.period.last)));
    }
    if let Some((holder, at)) = &view.drafted {
        let args = [("holder", holder.as_str().into()), ("at", page.time(*at).into())];
        notices.push(page.say("returns-drafted", &args));
    }
    notices
}

/// The checks as the script runs them.
fn checks(view: &FormView, english: bool) -> String {
    let list = view.checks.iter().filter_map(|check| {
        let mut tree = serde_json::to_value(check).ok()?;
        let rule = check.rule();
        let english = english.then(|| tree.get("sentence_en").cloned()).flatten().filter(|s| !s.is_null());
        let sentence = english.or_else(|| tree.get("sentence").cloned())?;
        let condition = tree.get_mut("condition").map(Json::take)?;
        let mut at = view.lines.iter().filter(|l| check.elements().contains(&l.element));
        Some(json!({
            "id": rule.id,
            "severity": rule.severity,
            "condition": condition,
            "sentence": sentence,
            "at": at.next().map(|l| l.element.as_str()),
        }))
    });
    Json::Array(list.collect()).to_string()
}

/// Last period's numbers: text, since they may exceed what scripts count in.
fn previous(view: &FormView) -> String {
    let numbers = view.lines.iter().filter_map(|l| {
        let n = l.previous.as_ref().and_then(Value::number)?;
        Some((l.element.to_string(), Json::from(n.to_string())))
    });
    Json::Object(numbers.collect::<Map<_, _>>()).to_string()
}

/// What the script says.
fn script_words(page: &Page) -> String {
    let words = [
        ("device", "returns-saved-device"),
        ("server", "returns-saved-server"),
        ("offline", "returns-offline"),
        ("over", "returns-session-over"),
        ("aside", "returns-aside-now"),
        ("restored", "returns-restored"),
        ("queued", "returns-queued"),
        ("pasted", "returns-pasted"),
        ("sum", "returns-sum-is"),
        ("zero", "returns-zero"),
    ];
    // The script puts its own values where the braces are.
    let said = |id: &str| page.say(id, &["at", "count", "total"].map(|name| (name, "{}".into())));
    let mut words: Map<String, Json> =
        words.into_iter().map(|(name, id)| (name.to_owned(), said(id).into())).collect();
    words.insert("lang".to_owned(), page.lang.code().into());
    Json::Object(words).to_string()
}

/// The form as a page; `more` is what was found in sending.
pub(super) fn html(
    state: &DeskState,
    signed: &SignedIn,
    view: &FormView,
    asked: Asked,
    more: &[Problem],
) -> Result<Html<String>, Failure> {
    Ok(Html(FormPage::of(state, &signed.acting().office, signed.page.at(PATH), view, asked, more).render()?))
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(at): At,
) -> Result<Html<String>, Failure> {
    let over = power(&state, &signed)?;
    let view = reporting::form(state.ws(), &over, &key_of(at), Asked::Filling).await?;
    looked(&state, &over, &view.key).await?;
    html(&state, &signed, &view, Asked::Filling, &[])
}

/// Saving by the button.
pub(crate) async fn save(
    State(state): State<DeskState>,
    Path(at): At,
    posted: Posted,
) -> Result<Response, Failure> {
    let key = key_of(at);
    let over = power(&state, &posted.signed)?;
    let typed = typed::typed(&posted.fields);
    let to = match reporting::save(state.ws(), &over, &typed::saving(&posted.fields, &key, &typed)).await? {
        Saved::Kept { .. } => format!("{}?xong=saved", address(&key)),
        Saved::Aside => format!("{}/chon?ban={}", address(&key), posted.fields.get("ban")),
    };
    Ok(on_to(&to))
}

/// Throwing the draft away.
pub(crate) async fn discard(
    State(state): State<DeskState>,
    Path(at): At,
    posted: Posted,
) -> Result<Response, Failure> {
    let key = key_of(at);
    let over = power(&state, &posted.signed)?;
    let version = posted.fields.get("phien").parse().unwrap_or(0);
    reporting::discard(state.ws(), &over, &key, version).await?;
    Ok(on_to(&format!("{}?xong=discarded", address(&key))))
}

impl LineView {
    /// Whether this kind of answer is chosen.
    fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }

    /// The kinds of answer beside a number: value, message.
    fn kinds(exempt: bool) -> Vec<(&'static str, &'static str)> {
        let all = [
            (Choice::Number, "returns-kind-number"),
            (Choice::NotReported, "returns-kind-not-reported"),
            (Choice::Exempt, "returns-kind-exempt"),
            (Choice::NotApplicable, "returns-kind-not-applicable"),
        ];
        let shown = all.into_iter().filter(|(choice, _)| exempt || *choice != Choice::Exempt);
        shown.map(|(choice, id)| (typed::kind(choice), id)).collect()
    }
}
