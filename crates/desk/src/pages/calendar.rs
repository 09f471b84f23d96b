//! The publishing calendar of a month.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use jiff::{ToSpan as _, civil::Date};
use nhipcau_actions::press::{self, Happening};
use nhipcau_domain::text;

use crate::{failure::Failure, page::Page, received::Fields, state::DeskState, visitor::SignedIn};

/// A day with what happens on it.
struct Day {
    number: i8,
    /// Of the month that is shown; days beside it fill the weeks.
    inside: bool,
    today: bool,
    /// Clock, what happens, title, address.
    entries: Vec<(String, String, String, String)>,
}

/// A month.
#[derive(Template)]
#[template(path = "calendar.html")]
struct Calendar {
    page: Page,
    title: String,
    before: String,
    after: String,
    weekdays: Vec<String>,
    weeks: Vec<Vec<Day>>,
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/lich");
    let asked = Fields(asked);
    let today = text::local_day(state.ws().now());
    let first = format!("{}-01", asked.get("thang")).parse::<Date>().ok();
    let first = first.filter(|d| (2000..=2200).contains(&d.year())).unwrap_or(today).first_of_month();
    let entries = press::calendar(state.ws(), signed.acting(), first).await?;
    let back = i64::from(first.weekday().to_monday_zero_offset());
    let mut day = first.checked_sub(back.days()).unwrap_or(first);
    let mut weeks = Vec::new();
    while weeks.is_empty() || (day.month() == first.month() && weeks.len() < 6) {
        let mut week = Vec::with_capacity(7);
        for _ in 0..7 {
            let of_day = entries.iter().filter(|e| text::local_day(e.at) == day);
            let told = of_day.map(|e| {
                let what = match e.what {
                    Happening::Scheduled => "desk-happens-scheduled",
                    Happening::Published => "desk-happens-published",
                    Happening::Updated => "desk-happens-updated",
                    Happening::Expires => "desk-happens-expires",
                };
                let clock = super::life::local(e.at).split('T').nth(1).unwrap_or_default().to_owned();
                (clock, page.t(what), e.article.title.clone(), format!("/lam-viec/bai-viet/{}", e.article.id))
            });
            week.push(Day {
                number: day.day(),
                inside: day.month() == first.month(),
                today: day == today,
                entries: told.collect(),
            });
            day = day.checked_add(1.day()).unwrap_or(day);
        }
        weeks.push(week);
    }
    let month = |d: Date| format!("/lam-viec/lich?thang={:04}-{:02}", d.year(), d.month());
    let title = page.say(
        "desk-month",
        &[("month", i64::from(first.month()).into()), ("year", first.year().to_string().into())],
    );
    let calendar = Calendar {
        title,
        before: month(first.checked_sub(1.day()).unwrap_or(first)),
        after: month(first.checked_add(1.month()).unwrap_or(first)),
        weekdays: (1..=7).map(|n| page.t(&format!("desk-weekday-{n}"))).collect(),
        weeks,
        page,
    };
    Ok(Html(calendar.render()?))
}
