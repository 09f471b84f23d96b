//! The first screen of whoever reports: what is owed, and by when.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use nhipcau_actions::reporting::{self, OwedReturn, Span};
use nhipcau_domain::{id::UnitId, returns::Status};

use super::{PATH, address, date, power, standing, time_left};
use crate::{assets, failure::Failure, page::Page, received::Fields, state::DeskState, visitor::SignedIn};

/// The page.
#[derive(Template)]
#[template(path = "returns/owed.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is a part of the page that is there or not")]
struct OwedPage {
    page: Page,
    style: String,
    script: String,
    office: String,
    title: String,
    lead: String,
    /// Heading, and what stands under it.
    groups: Vec<(String, Vec<ItemView>)>,
    nothing: bool,
    /// Whether it may report for units below, and whom it looked for.
    searches: bool,
    words: String,
    found: Vec<(String, String, String)>,
    looked: bool,
    /// Everything ever owed: words, address.
    older: Option<(String, String)>,
    back: bool,
}

/// A return in the list.
struct ItemView {
    href: String,
    form: String,
    period: String,
    unit: String,
    standing: String,
    due: String,
    late: bool,
    note: String,
}

fn item(page: &Page, owed: &OwedReturn, with_unit: bool) -> ItemView {
    let waits = owed.waits();
    let mut due = owed.due.map(|d| page.say1("returns-due", "day", date(page, d))).unwrap_or_default();
    let late = waits && owed.state.accepted.is_none() && owed.days_left.is_some_and(|d| d < 0);
    if let Some(days) = owed.days_left.filter(|_| waits) {
        due = format!("{due} · {}", time_left(page, days));
    }
    let note = match (&owed.sent_back, &owed.drafted) {
        (Some(reason), _) => page.say1("returns-sent-back-why", "reason", reason.as_str()),
        (None, Some((holder, at))) => {
            let args = [("holder", holder.as_str().into()), ("at", page.time(*at).into())];
            page.say("returns-drafted", &args)
        }
        _ => String::new(),
    };
    let status = match &owed.drafted {
        Some(_) if owed.state.status == Status::Expected => Status::Draft,
        _ => owed.state.status,
    };
    ItemView {
        href: address(&owed.key),
        form: owed.form.clone(),
        period: format!(
            "{} ({} – {})",
            owed.period.name,
            date(page, owed.period.first),
            date(page, owed.period.last)
        ),
        unit: if with_unit { owed.unit.clone() } else { String::new() },
        standing: standing(page, status, owed.state.locked),
        due,
        late,
        note,
    }
}

pub(crate) async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let over = power(&state, &signed)?;
    let page = signed.page.at(PATH);
    let asked = Fields(asked);
    let unit: Option<UnitId> = asked.some("don-vi").map(UnitId::new);
    let span = if asked.get("tat-ca") == "1" { Span::All } else { Span::Recent };
    let all = reporting::owed(state.ws(), &over, unit.as_ref(), span).await?;
    let today = over.today();
    let mut units: Vec<&str> = all.iter().map(|o| o.unit.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let with_unit = units.len() > 1;
    let lead = match units.as_slice() {
        [one] => (*one).to_owned(),
        _ => signed.page.office.clone(),
    };
    let (waiting, sent): (Vec<&OwedReturn>, Vec<&OwedReturn>) = all.iter().partition(|o| o.waits());
    let (running, waiting): (Vec<&OwedReturn>, Vec<&OwedReturn>) =
        waiting.into_iter().partition(|o| o.is_running(today) && o.sent_back.is_none());
    let groups = [("returns-waiting", waiting), ("returns-running-now", running), ("returns-sent", sent)];
    let groups = groups.into_iter().filter(|(_, list)| !list.is_empty()).map(|(id, list)| {
        let items: Vec<ItemView> = list.into_iter().map(|o| item(&page, o, with_unit)).collect();
        (page.say1(id, "count", items.len()), items)
    });
    let groups: Vec<_> = groups.collect();
    let words = asked.get("tim").trim().to_owned();
    let searches = reporting::reports_for_others(state.ws(), &over).await?;
    let looked = searches && !words.is_empty();
    let found = if looked { reporting::units_near(state.ws(), &over, &words).await? } else { Vec::new() };
    let older = (span == Span::Recent).then(|| {
        let unit = unit.as_ref().map(|u| format!("&don-vi={u}")).unwrap_or_default();
        (page.t("returns-older"), format!("{PATH}?tat-ca=1{unit}"))
    });
    let view = OwedPage {
        style: assets::RETURNS_STYLE.href(),
        script: assets::RETURNS.href(),
        office: over.office().to_string(),
        title: page.t("returns-owed"),
        lead,
        nothing: groups.is_empty(),
        groups,
        searches,
        found: found.into_iter().map(|n| (n.name, n.above, format!("{PATH}?don-vi={}", n.unit))).collect(),
        looked,
        words,
        older,
        back: unit.is_some() || span == Span::All,
        page,
    };
    Ok(Html(view.render()?))
}
