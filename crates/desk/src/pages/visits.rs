//! Visits: how many, what was read, where readers came from, and what was left out and why.

use std::fmt::Write as _;

use axum::{
    extract::{Query, State},
    response::Html,
};
use jiff::{ToSpan as _, civil::Date};
use nhipcau_domain::text;
use nhipcau_messages::Lang;
use nhipcau_visits::{DayCount, Device, Gap, Named, Reason, Searches, Top, Totals, Visits, VisitsError};

use crate::{
    failure::Failure,
    page::Page,
    received::Fields,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

pub(crate) const PATH: &str = "/lam-viec/luot-truy-cap";

/// How many days can be looked at together.
const SPANS: [i64; 4] = [7, 30, 90, 365];
/// How many names a list has.
const NAMES: usize = 20;
/// The drawing's size in its own units.
const WIDTH: u64 = 720;
const HEIGHT: u64 = 200;

/// What is asked of the counters; reading days from files blocks.
struct Asked {
    totals: Totals,
    trend: Vec<DayCount>,
    sum: DayCount,
    pages: Top,
    referrers: Top,
    languages: Top,
    searches: Searches,
    gaps: Vec<Gap>,
}

impl Asked {
    fn of(visits: &Visits, from: Date, to: Date) -> Result<Self, VisitsError> {
        let range = || from..=to;
        Ok(Self {
            totals: visits.totals(),
            trend: visits.trend(from, to),
            sum: visits.sum(range()),
            pages: visits.top_pages(range(), NAMES)?,
            referrers: visits.top_referrers(range(), NAMES)?,
            languages: visits.top_languages(range(), NAMES)?,
            searches: visits.searches_without_result(range(), NAMES)?,
            gaps: visits.gaps(),
        })
    }
}

/// Some days together: their name, visits, views.
struct Group {
    name: String,
    visits: u64,
    views: u64,
}

fn n(page: &Page, count: u64) -> String {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    if page.lang == Lang::En { text::number_en(count) } else { text::number(count) }
}

fn day(page: &Page, date: Date) -> String {
    if page.lang == Lang::En { text::date_en(date) } else { text::date(date) }
}

/// The visit box: what every reader sees at the site's foot.
pub(crate) fn brief(page: &Page, visits: &Visits) -> Block {
    Block::Table(numbers(page, &visits.totals()))
}

fn numbers(page: &Page, t: &Totals) -> Table {
    let rows = [
        ("desk-visits-online", t.online, None),
        ("desk-visits-today", t.today, Some(t.today_views)),
        ("desk-visits-week", t.week, Some(t.week_views)),
        ("desk-visits-month", t.month, Some(t.month_views)),
        ("desk-visits-all", t.all_visits, Some(t.all_views)),
    ];
    let rows = rows.into_iter().map(|(name, visits, views)| {
        let views = views.map(|v| n(page, v)).unwrap_or_default();
        vec![Cell::text(page.t(name)), Cell::text(n(page, visits)), Cell::text(views)]
    });
    Table {
        caption: page.t("desk-visits-now"),
        head: ["desk-visits-when", "desk-visits-visits", "desk-visits-views"]
            .iter()
            .map(|id| page.t(id))
            .collect(),
        rows: rows.collect(),
    }
}

/// Days, weeks or months, so that there are never too many to be seen.
fn groups(page: &Page, trend: &[DayCount]) -> Vec<Group> {
    let key = |d: Date| match trend.len() {
        0..=31 => d,
        32..=120 => d.checked_sub(i64::from(d.weekday().to_monday_zero_offset()).days()).unwrap_or(d),
        _ => d.first_of_month(),
    };
    let name = |d: Date| match trend.len() {
        0..=31 => day(page, d),
        32..=120 => page.say1("desk-visits-week-of", "day", day(page, d)),
        _ => page.say(
            "desk-month",
            &[("month", i64::from(d.month()).into()), ("year", d.year().to_string().into())],
        ),
    };
    let mut found: Vec<(Date, Group)> = Vec::new();
    for count in trend {
        let of = key(count.date);
        match found.last_mut().filter(|(last, _)| *last == of) {
            Some((_, group)) => {
                group.visits += count.visits;
                group.views += count.views;
            }
            None => found.push((of, Group { name: name(of), visits: count.visits, views: count.views })),
        }
    }
    found.into_iter().map(|(_, group)| group).collect()
}

/// The trend as bars: views behind, visits before them, on one scale. The table beneath says the same.
fn bars(page: &Page, groups: &[Group]) -> String {
    let most = groups.iter().map(|g| g.views.max(g.visits)).max().unwrap_or(0).max(1);
    let each = WIDTH / u64::try_from(groups.len().max(1)).unwrap_or(1).max(1);
    let label = escape(&page.t("desk-visits-trend-label"));
    let mut svg = format!(
        "<svg class=\"trend\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{label}\"><line class=\"base\" x1=\"0\" y1=\"{HEIGHT}\" x2=\"{WIDTH}\" y2=\"{HEIGHT}\"/>"
    );
    for (i, g) in groups.iter().enumerate() {
        let x = u64::try_from(i).unwrap_or(0) * each;
        let high = |count: u64| count.saturating_mul(HEIGHT) / most;
        let wide = each.saturating_sub(2).max(1);
        let said = page.say(
            "desk-visits-bar",
            &[
                ("when", g.name.as_str().into()),
                ("visits", n(page, g.visits).into()),
                ("views", n(page, g.views).into()),
            ],
        );
        // Writing to a String cannot fail.
        let _ = write!(svg, "<g><title>{}</title>", escape(&said));
        for (class, count) in [("views", g.views), ("visits", g.visits)] {
            let (y, h) = (HEIGHT - high(count).min(HEIGHT), high(count).min(HEIGHT));
            let _ =
                write!(svg, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{h}\"/>");
        }
        svg.push_str("</g>");
    }
    svg.push_str("</svg>");
    svg
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn pair(page: &Page, name: impl Into<String>, count: u64) -> Vec<Cell> {
    vec![Cell::text(name), Cell::text(n(page, count))]
}

/// The names counted most; what has none and what is beyond the list stand at its end, so that it adds up.
fn top(
    page: &Page,
    caption: &str,
    counted: &str,
    nameless: &str,
    top: &Top,
    name: impl Fn(&Named) -> Cell,
) -> Table {
    let mut rows: Vec<Vec<Cell>> =
        top.named.iter().map(|one| vec![name(one), Cell::text(n(page, one.count))]).collect();
    if top.nameless > 0 {
        rows.push(pair(page, page.t(nameless), top.nameless));
    }
    if top.others > 0 {
        rows.push(pair(page, page.t("desk-visits-others"), top.others));
    }
    Table { caption: page.t(caption), head: vec![page.t("desk-visits-name"), page.t(counted)], rows }
}

fn push(sheet: &mut Sheet, table: Table) {
    if !table.rows.is_empty() {
        sheet.push(Block::Table(table));
    }
}

/// What was not counted, and what is counted with a doubt.
fn left_out(page: &Page, sum: &DayCount) -> Table {
    let mut rows: Vec<Vec<Cell>> = Reason::ALL
        .iter()
        .filter_map(|r| Some((r, *sum.left_out.get(r)?)))
        .map(|(r, count)| pair(page, page.t(r.id()), count))
        .collect();
    rows.sort_by_key(|row| row.first().map(|c| c.text.clone()));
    Table {
        caption: page.t("desk-visits-left-out"),
        head: vec![page.t("desk-visits-reason"), page.t("desk-visits-hits")],
        rows,
    }
}

fn gaps(page: &Page, gaps: &[Gap]) -> Table {
    let row = |g: &Gap| {
        vec![Cell::text(page.time(g.from)), Cell::text(page.time(g.to)), Cell::text(n(page, g.hits))]
    };
    Table {
        caption: page.t("desk-visits-gaps"),
        head: ["desk-visits-from", "desk-visits-to", "desk-visits-hits"]
            .iter()
            .map(|id| page.t(id))
            .collect(),
        rows: gaps.iter().rev().take(50).map(row).collect(),
    }
}

fn details(page: &Page, sheet: &mut Sheet, asked: &Asked) {
    let path = |one: &Named| Cell::link(&*one.name, &*one.name);
    let plain = |one: &Named| Cell::text(&*one.name);
    let lang = |one: &Named| match one.name.as_str() {
        code @ ("vi" | "en" | "km") => Cell::text(page.t(&format!("desk-visits-lang-{code}"))),
        code => Cell::text(code),
    };
    let (views, visits) = ("desk-visits-views", "desk-visits-visits");
    push(sheet, top(page, "desk-visits-pages", views, "desk-visits-no-page", &asked.pages, path));
    push(
        sheet,
        top(page, "desk-visits-referrers", visits, "desk-visits-no-referrer", &asked.referrers, plain),
    );
    let devices =
        Device::ALL.iter().filter_map(|d| Some(pair(page, page.t(d.id()), *asked.sum.devices.get(d)?)));
    push(
        sheet,
        Table {
            caption: page.t("desk-visits-devices"),
            head: vec![page.t("desk-visits-name"), page.t(visits)],
            rows: devices.collect(),
        },
    );
    push(
        sheet,
        top(page, "desk-visits-languages", visits, "desk-visits-no-language", &asked.languages, lang),
    );
    let mut searches: Vec<Vec<Cell>> =
        asked.searches.named.iter().map(|one| pair(page, &*one.name, one.count)).collect();
    if asked.searches.withheld > 0 {
        searches.push(pair(page, page.t("desk-visits-withheld"), asked.searches.withheld));
    }
    push(
        sheet,
        Table {
            caption: page.t("desk-visits-searches"),
            head: vec![page.t("desk-visits-name"), page.t("desk-visits-times")],
            rows: searches,
        },
    );
    push(sheet, left_out(page, &asked.sum));
    for (id, count) in [
        ("desk-visits-unfollowed", asked.sum.unfollowed_views),
        ("desk-visits-untracked", asked.sum.untracked_views),
        ("desk-visits-carried", asked.sum.carried_visits),
    ] {
        if count > 0 {
            sheet.push(Block::Text(page.say1(id, "count", n(page, count))));
        }
    }
    push(sheet, gaps(page, &asked.gaps));
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(PATH);
    let mut sheet = Sheet::new(page.clone(), page.t("desk-nav-visits"));
    let Some(visits) = state.visits.clone() else {
        return sheet.lead(page.t("desk-visits-off")).html();
    };
    let typed = Fields(query).get("ngay").parse().unwrap_or(30);
    let days = SPANS.into_iter().find(|d| *d == typed).unwrap_or(30);
    let to = text::local_day(state.ws().now());
    let from = to.checked_sub((days - 1).days()).unwrap_or(to);
    let work = tokio::task::spawn_blocking(move || Asked::of(&visits, from, to));
    let asked = work.await.map_err(|_| Failure::Internal)?.map_err(|error| {
        tracing::error!(%error, "the visit counters could not be read");
        Failure::Internal
    })?;
    sheet.push(Block::Table(numbers(&page, &asked.totals)));
    let spans = SPANS.map(|d| (page.say1("desk-visits-days", "days", d), format!("{PATH}?ngay={d}")));
    sheet.push(Block::Heading(
        page.say("desk-visits-span", &[("from", day(&page, from).into()), ("to", day(&page, to).into())]),
    ));
    sheet.push(Block::Links(spans.to_vec()));
    let groups = groups(&page, &asked.trend);
    sheet.push(Block::Svg(bars(&page, &groups)));
    let rows = groups
        .iter()
        .rev()
        .map(|g| vec![Cell::text(&*g.name), Cell::text(n(&page, g.visits)), Cell::text(n(&page, g.views))]);
    push(
        &mut sheet,
        Table {
            caption: page.t("desk-visits-trend"),
            head: ["desk-visits-when", "desk-visits-visits", "desk-visits-views"]
                .iter()
                .map(|id| page.t(id))
                .collect(),
            rows: rows.collect(),
        },
    );
    details(&page, &mut sheet, &asked);
    sheet.push(Block::Links(vec![(page.t("desk-visits-meaning"), "/luot-truy-cap".to_owned())]));
    sheet.html()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn count(date: Date, visits: u64, views: u64) -> DayCount {
        DayCount {
            date,
            visits,
            views,
            carried_visits: 0,
            carried_views: 0,
            unfollowed_views: 0,
            untracked_views: 0,
            left_out: BTreeMap::new(),
            devices: BTreeMap::new(),
        }
    }

    fn days(first: Date, many: i64) -> Vec<DayCount> {
        (0..many).map(|i| count(first.checked_add(i.days()).unwrap(), 1, 2)).collect()
    }

    #[test]
    fn a_month_is_shown_by_day_a_quarter_by_week_a_year_by_month_and_nothing_is_lost() {
        let page = Page::default();
        let first = jiff::civil::date(2026, 1, 1);
        for (many, expected) in [(7, 7), (31, 31), (90, 14), (365, 12)] {
            let found = groups(&page, &days(first, many));
            assert_eq!(found.len(), expected, "{many} days");
            assert_eq!(found.iter().map(|g| g.visits).sum::<u64>(), u64::try_from(many).unwrap());
        }
    }

    #[test]
    fn the_highest_bar_fills_the_drawing_and_none_leaves_it() {
        let page = Page::default();
        let first = jiff::civil::date(2026, 1, 1);
        let trend = [
            count(first, 5, 10),
            count(first.tomorrow().unwrap(), 0, 0),
            count(first, u64::MAX / 400, u64::MAX / 300),
        ];
        let svg = bars(&page, &groups(&page, &trend));
        assert!(svg.contains(&format!("height=\"{HEIGHT}\"")), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 6);
        assert!(!bars(&page, &[]).contains("<rect"));
    }
}
