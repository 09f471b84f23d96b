//! Who would be reminded, by which way and with what words, with a box for each; and who must be called.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    outbox::{self, ByHand, Proposed, Reminder, Unreached},
    powers::{Consolidate, Over},
    review,
};
use nhipcau_domain::{id::UnitId, outbox::Channel, problem::Problem};

use super::{
    super::{asked, choosing, contact, day, filters, over, query_of},
    LOG, REMIND,
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

/// What reminding would come to.
#[derive(Template)]
#[template(path = "review/remind.html")]
struct RemindPage {
    page: Page,
    style: String,
    script: String,
    filters: String,
    told: Vec<String>,
    /// What is chosen; empty where nothing is yet.
    of: String,
    /// That it goes out in the morning, if it does.
    quiet: String,
    action: String,
    lines: Vec<Line>,
    /// Whether any of them can be sent.
    any: bool,
    texts: Vec<(String, String)>,
    by_hand: Vec<Call>,
    more: String,
    links: Vec<(String, String)>,
}

struct Line {
    unit: String,
    name: String,
    id: String,
    /// Whether its box stands there: once for each unit, and not where the message of today is there.
    boxed: bool,
    ticked: bool,
    to: String,
    way: String,
    due: String,
    already: String,
}

struct Call {
    name: String,
    contact: String,
    why: String,
}

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let over = over::<Consolidate>(&state, &signed)?;
    draw(&state, &signed, &over, &Fields(query), None, None).await
}

/// Puts the reminders of those in that are ticked.
pub(super) async fn send(
    State(state): State<DeskState>,
    Query(query): Query<Vec<(String, String)>>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let over = over::<Consolidate>(&state, &signed)?;
    let of = asked(&Fields(query.clone()));
    let units: Vec<UnitId> =
        fields.0.iter().filter(|(name, _)| name == "chon").map(|(_, unit)| unit.as_str().into()).collect();
    let told = match outbox::remind(state.ws(), &over, &of, &units).await {
        Ok(done) if done.left == 0 && done.already == 0 => {
            return Ok(on_to(&format!("{LOG}?xong=reminded")));
        }
        Ok(done) => Problem::new("remind-sent-some")
            .with("new", done.new)
            .with("already", done.already)
            .with("left", done.left),
        Err(error) => Failure::of_form(error)?,
    };
    let ticked = Some(units.as_slice());
    let page = draw(&state, &signed, &over, &Fields(query), Some(&told), ticked).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// The page; after sending with the boxes as they were sent.
async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    over: &Over<Consolidate>,
    fields: &Fields,
    told: Option<&Problem>,
    ticked: Option<&[UnitId]>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(super::super::MISSING);
    let of = asked(fields);
    let choices = review::choices(state.ws(), over, &of).await?;
    let found = match (&of.data_set, &of.period) {
        (Some(_), Some(_)) => Some(outbox::preview(state.ws(), over, &of).await?),
        _ => None,
    };
    let on = state.ws().outbound();
    let mut words: Vec<String> = told.iter().map(|p| page.problem(p)).collect();
    if !on.anyone() {
        words.push(page.t("outbox-not-set-up"));
    }
    let view = RemindPage {
        style: assets::REVIEW_STYLE.href(),
        script: assets::REVIEW.href(),
        filters: filters(&page, choosing(&page, &choices, &of, Some("remind-choose-one")))?,
        told: words,
        action: format!("{REMIND}?{}", query_of(&of)),
        links: vec![
            (page.t("remind-link-plan"), format!("{REMIND}/lich")),
            (page.t("remind-link-log"), LOG.to_owned()),
        ],
        ..view(&page, found.as_ref(), ticked)
    };
    Ok(Html(view.render()?))
}

fn view(page: &Page, found: Option<&Reminder>, ticked: Option<&[UnitId]>) -> RemindPage {
    let mut view = RemindPage {
        page: page.clone(),
        style: String::new(),
        script: String::new(),
        filters: String::new(),
        told: Vec::new(),
        of: String::new(),
        quiet: String::new(),
        action: String::new(),
        lines: Vec::new(),
        any: false,
        texts: Vec::new(),
        by_hand: Vec::new(),
        more: String::new(),
        links: Vec::new(),
    };
    let Some(found) = found else { return view };
    let named = [("form", found.form.as_str().into()), ("period", found.period.as_str().into())];
    view.of = page.say("remind-of", &named);
    view.quiet = quiet(page, found);
    view.lines = lines(page, &found.proposed, ticked);
    view.any = view.lines.iter().any(|line| line.boxed);
    view.texts = texts(page, &found.proposed);
    view.by_hand = found.by_hand.iter().map(|one| call(page, one)).collect();
    if found.more > 0 {
        view.more = page.say1("remind-more", "count", found.more);
    }
    view
}

/// That nobody is written to before the morning, where it is evening.
fn quiet(page: &Page, found: &Reminder) -> String {
    if found.waits { page.say1("remind-quiet", "at", page.time(found.from)) } else { String::new() }
}

fn lines(page: &Page, proposed: &[Proposed], ticked: Option<&[UnitId]>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::with_capacity(proposed.len());
    for (n, p) in proposed.iter().enumerate() {
        let first = n == 0 || proposed.get(n - 1).is_none_or(|before| before.unit != p.unit);
        // A unit has one box for all who hold its office.
        let open = proposed.iter().any(|other| other.unit == p.unit && other.already.is_none());
        let already = p.already.as_ref().map(|m| {
            let state = page.t(&format!("outbox-state-{}", m.state.as_str())).to_lowercase();
            page.say1("remind-already", "state", state)
        });
        lines.push(Line {
            unit: p.unit.to_string(),
            name: p.name.clone(),
            id: format!("chon-{n}"),
            boxed: first && open,
            ticked: ticked.is_none_or(|units| units.contains(&p.unit)),
            to: format!("{}, {}", p.holder, p.address.to),
            way: page.t(&format!("outbox-channel-{}", p.address.channel.as_str())),
            due: p.due.map(|d| day(page, d)).unwrap_or_default(),
            already: already.unwrap_or_default(),
        });
    }
    lines
}

/// The first text of each way: the others differ by the unit's name.
fn texts(page: &Page, proposed: &[Proposed]) -> Vec<(String, String)> {
    let of = |channel: Channel| {
        let first = proposed.iter().find(|p| p.address.channel == channel)?;
        let text = match channel {
            Channel::Mail => format!("{}\n\n{}", first.text.subject, first.text.body),
            Channel::Phone => first.text.body.clone(),
        };
        Some((page.t(&format!("remind-text-{}", channel.as_str())), text))
    };
    [Channel::Mail, Channel::Phone].into_iter().filter_map(of).collect()
}

fn call(page: &Page, one: &ByHand) -> Call {
    let why = match one.why {
        Unreached::NoOffice => "remind-why-no-office",
        Unreached::NoHolder => "remind-why-no-holder",
        Unreached::NoAddress => "remind-why-no-address",
        Unreached::NotSetUp => "remind-why-not-set-up",
    };
    Call { name: one.name.clone(), contact: contact(page, one.contact.as_ref()), why: page.t(why) }
}
