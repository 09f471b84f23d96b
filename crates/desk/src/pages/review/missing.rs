//! Who has not reported: by branch, with whom to call, a message to send, and more time for a branch.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    powers::{Consolidate, Over, Review},
    review::{self, Asked, MissingBranch, MissingReturn, WhoIsMissing},
};
use nhipcau_domain::{
    office::Power,
    problem::{Arg, Problem},
};

use super::{
    MISSING, asked, choosing, contact, day, filters, over, query_of,
    reminders::{LOG, REMIND},
    return_address, standings, status,
};
use crate::{
    assets,
    failure::Failure,
    field::{Field, Form},
    page::Page,
    pages::on_to,
    received::{Fields, Posted},
    state::DeskState,
    visitor::SignedIn,
};

/// Who has not reported.
#[derive(Template)]
#[template(path = "review/missing.html")]
struct MissingPage {
    page: Page,
    style: String,
    script: String,
    as_of: String,
    standings: String,
    filters: String,
    branches: Vec<Branch>,
    more: String,
    told: Vec<String>,
    /// Reminding those that are shown, and what became of earlier messages.
    links: Vec<(String, String)>,
    extend: Option<Form>,
}

struct Branch {
    id: String,
    name: String,
    contact: String,
    missing: Vec<Line>,
    message: String,
    lines: usize,
}

struct Line {
    unit: String,
    href: String,
    of: String,
    due: String,
    overdue: bool,
    status: String,
    contact: String,
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let over = over::<Review>(&state, &signed)?;
    draw(&state, &signed, &over, &Fields(query), None).await
}

/// Gives a branch more time, on record.
pub(crate) async fn extend(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let over = over::<Consolidate>(&state, &signed)?;
    let (data_set, period) = (fields.get("bieu").into(), fields.get("ky").into());
    let until = fields.get("den-ngay");
    let extended = match until.parse() {
        Ok(until) => {
            let branch = fields.get("nhanh").into();
            review::extend(state.ws(), &over, (&data_set, &period), &branch, until, fields.get("ly-do")).await
        }
        Err(_) => Err(Problem::new("review-day-unreadable").with("found", until).into()),
    };
    let Err(error) = extended else {
        let of = Asked { data_set: Some(data_set), period: Some(period), branch: None };
        return Ok(on_to(&format!("{MISSING}?{}&xong=extended", query_of(&of))));
    };
    let told = Failure::of_form(error)?;
    let review = super::over::<Review>(&state, &signed)?;
    let page = draw(&state, &signed, &review, &fields, Some(told)).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    over: &Over<Review>,
    fields: &Fields,
    refused: Option<Problem>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(MISSING);
    // After a refusal the branch is the one that was to get more time: all are shown again.
    let mut of = asked(fields);
    if refused.is_some() {
        of.branch = None;
    }
    let found = review::missing(state.ws(), over, &of).await?;
    let may_extend = signed.acting().holds(Power::Consolidate);
    let today = day(&page, over.today());
    let writing = Writing { page: &page, base: &state.base, today: &today };
    let view = MissingPage {
        style: assets::REVIEW_STYLE.href(),
        script: assets::REVIEW.href(),
        as_of: page.say1("review-as-of", "day", today.as_str()),
        standings: standings(&page, &found.standings),
        filters: filters(&page, choosing(&page, &found.choices, &of, Some("review-latest")))?,
        branches: found.branches.iter().enumerate().map(|(n, b)| writing.branch(n, b)).collect(),
        more: if found.more > 0 { page.say1("review-more", "count", found.more) } else { String::new() },
        told: refused.iter().map(|p| page.problem(p)).collect(),
        links: links(&page, &of, may_extend),
        extend: may_extend.then(|| extension(&page, &found, fields)),
        page: page.clone(),
    };
    Ok(Html(view.render()?))
}

/// Reminding belongs to those who extend deadlines; what became of messages is read by all who review.
fn links(page: &Page, of: &Asked, may_remind: bool) -> Vec<(String, String)> {
    let log = (page.t("remind-link-log"), LOG.to_owned());
    let remind = (page.t("remind-link"), format!("{REMIND}?{}", query_of(of)));
    let plan = (page.t("remind-link-plan"), format!("{REMIND}/lich"));
    if may_remind { vec![remind, plan, log] } else { vec![plan, log] }
}

/// The form that gives a branch more time, as it was filled in.
fn extension(page: &Page, found: &WhoIsMissing, typed: &Fields) -> Form {
    let choices = &found.choices;
    let select = |name: &str, label: &str, options: &[(String, String)]| {
        Field::select(name, page.t(label), options.to_vec())
            .value(typed.get(name))
            .part("gia-han-")
            .required()
    };
    Form::new(&page.csrf, format!("{MISSING}/gia-han"), page.t("review-extend"))
        .heading(page.t("review-extend-title"))
        .field(select("bieu", "review-form", &choices.forms))
        .field(select("ky", "review-period", &choices.periods))
        .field(select("nhanh", "review-branch", &choices.branches))
        .field(Field::new("date", "den-ngay", page.t("review-until")).value(typed.get("den-ngay")).required())
        .field(Field::text("ly-do", page.t("review-reason")).value(typed.get("ly-do")).required())
}

/// What a branch's part of the page is written with.
struct Writing<'a> {
    page: &'a Page,
    base: &'a str,
    today: &'a str,
}

impl Writing<'_> {
    fn branch(&self, n: usize, branch: &MissingBranch) -> Branch {
        let page = self.page;
        let name =
            branch.branch.as_ref().map_or_else(|| page.t("review-no-branch"), |(_, name)| name.clone());
        let message = self.message(&name, &branch.missing);
        Branch {
            id: format!("nhanh-{n}"),
            contact: contact(page, branch.contact.as_ref()),
            missing: branch.missing.iter().map(|m| self.line(m)).collect(),
            lines: message.lines().count().clamp(4, 16),
            message,
            name,
        }
    }

    fn line(&self, m: &MissingReturn) -> Line {
        Line {
            unit: m.unit.clone(),
            href: return_address(&m.key),
            of: format!("{} · {}", m.form, m.period),
            due: m.due.map(|d| day(self.page, d)).unwrap_or_default(),
            overdue: m.overdue,
            status: status(self.page, m.status),
            contact: contact(self.page, m.contact.as_ref()),
        }
    }

    /// A polite text to paste where people talk; without figures.
    fn message(&self, branch: &str, missing: &[MissingReturn]) -> String {
        let page = self.page;
        let open = page.say(
            "review-message-open",
            &[("branch", branch.into()), ("day", self.today.into()), ("count", missing.len().into())],
        );
        let lines = missing.iter().zip(1..).map(|(m, n): (&MissingReturn, i64)| {
            let id = match (m.due, m.overdue) {
                (None, _) => "review-message-line",
                (Some(_), false) => "review-message-line-due",
                (Some(_), true) => "review-message-line-overdue",
            };
            let args: [(&str, Arg); 5] = [
                ("number", n.into()),
                ("unit", m.unit.as_str().into()),
                ("form", m.form.as_str().into()),
                ("period", m.period.as_str().into()),
                ("due", m.due.map(|d| day(page, d)).unwrap_or_default().into()),
            ];
            page.say(id, &args)
        });
        let close = page.say(
            "review-message-close",
            &[("address", format!("{}/lam-viec", self.base).into()), ("office", page.office.as_str().into())],
        );
        std::iter::once(open).chain(lines).chain([close]).collect::<Vec<_>>().join("\n")
    }
}
