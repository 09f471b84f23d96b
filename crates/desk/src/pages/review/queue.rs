//! What waits for the reviewer, with boxes to accept many at once.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    powers::{Over, Review},
    review::{self, Heading, Item, Shown},
};
use nhipcau_domain::{problem::Problem, returns::ReturnKey};

use super::{
    QUEUE, asked, choosing, day, filters, keys, over, query_of, return_address, seen, sentences, standings,
};
use crate::{
    assets,
    failure::Failure,
    page::Page,
    pages::on_to,
    received::{Fields, Posted},
    state::DeskState,
    visitor::SignedIn,
};

/// The queue.
#[derive(Template)]
#[template(path = "review/queue.html")]
struct QueuePage {
    page: Page,
    style: String,
    script: String,
    standings: String,
    filters: String,
    /// What keys do.
    keys: String,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    /// Where the boxes are sent.
    action: String,
    /// Whether anything on this page can be accepted.
    any: bool,
    /// What became of the boxes that were sent.
    told: Vec<String>,
    turns: Vec<(String, String)>,
    /// Which page of how many.
    place: String,
}

struct Tab {
    label: String,
    href: String,
    current: bool,
}

struct Line {
    /// The box's value; empty where there is nothing to accept.
    tick: String,
    id: String,
    unit: String,
    href: String,
    branch: String,
    of: String,
    heading: &'static str,
    label: String,
    when: String,
    findings: Vec<String>,
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let over = over::<Review>(&state, &signed)?;
    let page = draw(&state, &signed, &over, &Fields(query), Vec::new()).await?;
    seen(&state, &signed).await?;
    Ok(page)
}

/// Accepts what was ticked, as it was shown; what changed meanwhile is told.
pub(crate) async fn accept(
    State(state): State<DeskState>,
    Query(query): Query<Vec<(String, String)>>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let over = over::<Review>(&state, &signed)?;
    let ticked = posted.fields.0.iter().filter(|(name, _)| name == "chon");
    let shown: Vec<Shown> = ticked.filter_map(|(_, value)| ticked_return(value)).collect();
    let told = if shown.is_empty() {
        vec![Problem::new("review-none-ticked")]
    } else {
        let decided = review::accept_shown(state.ws(), &over, &shown).await?;
        if decided.left.is_empty() {
            let kept = query.iter().filter(|(name, _)| name != "xong" && name != "trang");
            let kept = kept.map(|(n, v)| format!("{}={}", super::encode(n), super::encode(v)));
            let query = kept.chain(["xong=accepted".to_owned()]).collect::<Vec<_>>().join("&");
            return Ok(on_to(&format!("{QUEUE}?{query}")));
        }
        let done =
            Problem::new("review-accepted-some").with("done", decided.done).with("left", decided.left.len());
        std::iter::once(done).chain(decided.left).collect()
    };
    let page = draw(&state, &signed, &over, &Fields(query), sentences(&signed.page, &told)).await?;
    seen(&state, &signed).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// A box's value: revision, form, period, unit.
fn tick(item: &Item) -> String {
    format!("{}|{}|{}|{}", item.revision, item.key.data_set, item.key.period, item.key.unit)
}

fn ticked_return(value: &str) -> Option<Shown> {
    let mut parts = value.splitn(4, '|');
    let revision = parts.next()?.parse().ok()?;
    let (data_set, period, unit) = (parts.next()?, parts.next()?, parts.next()?);
    let key = ReturnKey { unit: unit.into(), data_set: data_set.into(), period: period.into() };
    Some(Shown { key, revision })
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    over: &Over<Review>,
    fields: &Fields,
    told: Vec<String>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(QUEUE);
    let of = asked(fields);
    let heading = Heading::parse(fields.get("muc"));
    let number = fields.get("trang").parse().unwrap_or(1);
    let found = review::queue(state.ws(), over, &of, heading, number).await?;
    let kept = query_of(&of);
    let address = |heading: Option<Heading>, number: usize| {
        let heading = heading.map(|h| format!("muc={}", h.as_str()));
        let number = (number > 1).then(|| format!("trang={number}"));
        let parts = [Some(kept.clone()).filter(|k| !k.is_empty()), heading, number];
        let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
        if query.is_empty() { QUEUE.to_owned() } else { format!("{QUEUE}?{query}") }
    };
    let tab = |of: Option<Heading>, count: usize| Tab {
        label: page.say1(&format!("review-heading-{}", of.map_or("all", Heading::as_str)), "count", count),
        href: address(of, 1),
        current: of == heading,
    };
    let all = std::iter::once(tab(None, found.counts.iter().sum()));
    let tabs = all.chain(Heading::ALL.into_iter().zip(found.counts).map(|(h, n)| tab(Some(h), n))).collect();
    let mut turns = Vec::new();
    if found.page > 1 {
        turns.push((page.t("desk-page-before"), address(heading, found.page - 1)));
    }
    if found.page < found.pages {
        turns.push((page.t("desk-page-next"), address(heading, found.page + 1)));
    }
    let view = QueuePage {
        style: assets::REVIEW_STYLE.href(),
        script: assets::REVIEW.href(),
        standings: standings(&page, &found.standings),
        filters: filters(&page, choosing(&page, &found.choices, &of, Some("review-latest")))?,
        keys: keys::of_queue(&page)?,
        tabs,
        any: found.items.iter().any(|i| i.revision > 0),
        lines: found.items.iter().enumerate().map(|(n, item)| line(&page, n, item)).collect(),
        action: address(heading, found.page),
        told,
        turns,
        place: page.say("review-page-of", &[("page", found.page.into()), ("pages", found.pages.into())]),
        page,
    };
    Ok(Html(view.render()?))
}

fn line(page: &Page, n: usize, item: &Item) -> Line {
    let when = match (&item.sent, item.due) {
        (Some((at, _, behalf)), _) => {
            let id = if behalf.is_some() { "review-sent-on-behalf" } else { "review-sent" };
            page.say1(id, "at", page.time(*at))
        }
        (None, Some(due)) => page.say1("review-due", "day", day(page, due)),
        (None, None) => String::new(),
    };
    let status = (item.revision == 0).then(|| super::status(page, item.status));
    Line {
        tick: if item.revision > 0 { tick(item) } else { String::new() },
        id: format!("chon-{n}"),
        unit: item.unit.clone(),
        href: return_address(&item.key),
        branch: item.branch.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        of: format!("{} · {}", item.form, item.period),
        heading: item.heading.as_str(),
        label: status.unwrap_or_else(|| page.t(&format!("review-mark-{}", item.heading.as_str()))),
        when,
        findings: sentences(page, &item.findings),
    }
}
