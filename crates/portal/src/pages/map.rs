//! The administrative map: outlines of the day that is asked for, a figure as shading where it has one.

use askama::Template;
use axum::{extract::State, response::Html};
use nhipcau_actions::{basis::TreeDay, maps, press};
use nhipcau_domain::{
    Date,
    indicator::{Formula, Indicator},
};
use nhipcau_maps::{Drawing, draw};

use crate::{
    failure::Failure,
    numbers::Numbers,
    page::{Page, Section},
    reader::Reader,
    reading::{Reading, html},
    routes,
    shown::Shown,
    site::making::in_language,
    state::PortalState,
    views::{Choice, Part},
};

/// Width of the drawing, in units of its view box.
const WIDTH: u32 = 600;
/// How many shades there are.
const SHADES: usize = 4;

/// The map.
#[derive(Debug, Clone, Template)]
#[template(path = "map.html")]
pub struct MapPage {
    /// What every page carries.
    pub page: Page,
    /// The day of the map.
    pub day: Date,
    /// Which maps there are.
    pub days: Vec<Choice>,
    /// What the map says of itself, such as that it is a sketch.
    pub note: String,
    /// The drawing's height; its width is 600.
    pub height: u32,
    /// The areas.
    pub areas: Vec<AreaView>,
    /// Figures that can be shaded.
    pub figures: Vec<Choice>,
    /// The figure that is shaded.
    pub figure: Option<String>,
    /// What each shade means.
    pub legend: Vec<(usize, String)>,
    /// Whether some of it is protected.
    pub protected: bool,
}

/// An area on the map and in the list.
#[derive(Debug, Clone)]
pub struct AreaView {
    /// Its name.
    pub name: String,
    /// Its unit's page.
    pub href: Option<String>,
    /// Its outline.
    pub path: String,
    /// Its name's lines on the map: x, y, words.
    pub lines: Vec<(String, String, String)>,
    /// Whether they are in the smaller type.
    pub tight: bool,
    /// The number that stands for its name on the map.
    pub number: Option<usize>,
    /// What the figure says of it; empty without a figure.
    pub said: String,
    /// Its shade, from 1; 0 for none.
    pub shade: usize,
}

/// Shows the map.
pub async fn show(State(state): State<PortalState>, reader: Reader) -> Result<Html<String>, Failure> {
    let asked = reader.day()?;
    let key = reader.parameter(routes::FIGURE_KEY).map(str::to_owned);
    let base = state.base(&*press::site(&state.workspace).await?);
    let workspace = state.workspace.clone();
    let mut reading = Reading::begin(state, reader).await?;
    let period = reading.period().await?;
    let mut page = reading.page(Section::Site);
    page.head.canonical = format!("{base}{}", in_language(routes::MAP, page.lang));
    let starts = maps::days(&workspace).await?;
    // Without a wish, the map on which the figures can be shown.
    let day = asked.unwrap_or(period.last);
    let Some(map) = maps::on(&workspace, day).await? else { return Err(Failure::NotFound) };
    let drawing = draw(&map.areas, WIDTH, |a| a.name.clone());
    // The public sees one breakdown, under the period's own tree: figures of another day's units could
    // be subtracted from it.
    let of_period = maps::on(&workspace, period.last).await?.is_some_and(|m| m.from == map.from);
    let numbers = Numbers::load(&mut reading, &period).await?;
    let shaded = if of_period { shadings(&reading) } else { Vec::new() };
    let chosen = key.as_deref().and_then(|k| shaded.iter().find(|i| i.id.as_str() == k));
    let chosen = chosen.or(shaded.first()).copied().cloned();
    let days = choices(&page, &starts, map.from, key.as_deref());
    let figures = shaded
        .iter()
        .map(|i| Choice {
            label: i.name.clone(),
            href: page.to(
                routes::MAP,
                &[
                    (routes::DAY, asked.map(|d| d.to_string()).as_deref()),
                    (routes::FIGURE_KEY, Some(i.id.as_str())),
                ],
            ),
            current: chosen.as_ref().is_some_and(|c| c.id == i.id),
        })
        .collect();
    let found: Vec<(Shown<String>, Option<Part>)> = map
        .areas
        .iter()
        .map(|a| match (&chosen, map.units.get(&a.code)) {
            (Some(indicator), Some(unit)) => value(&reading, &page, &numbers, indicator, unit),
            _ => Ok((Shown::Shown(String::new()), None)),
        })
        .collect::<Result<_, Failure>>()?;
    let (by_area, legend) = shade(&page, &found);
    let withheld = page.t("portal-withheld");
    let protected = found.iter().any(|(said, _)| matches!(said, Shown::Withheld));
    let areas = views(&page, drawing, &map, &found, &by_area, &withheld);
    html(&MapPage {
        day,
        days,
        note: map.note,
        height: areas.1,
        areas: areas.0,
        figures,
        figure: chosen.map(|i| i.name),
        legend,
        protected,
        page,
    })
}

/// Figures that a unit can have: shares and counts from returns.
fn shadings(reading: &Reading) -> Vec<&Indicator> {
    let indicators = reading.setting.definitions.indicators.iter();
    indicators.filter(|i| matches!(i.formula, Formula::Ratio { .. })).collect()
}

fn value(
    reading: &Reading,
    page: &Page,
    numbers: &Numbers,
    indicator: &Indicator,
    unit: &nhipcau_domain::id::UnitId,
) -> Result<(Shown<String>, Option<Part>), Failure> {
    let basis = numbers.evidence.basis(&reading.setting, unit, TreeDay::Then)?;
    let line = numbers.line(reading, page, &basis, indicator, TreeDay::Then)?;
    let part = match line.part {
        Some(Shown::Shown(part)) => Some(part),
        _ => None,
    };
    let said = match (line.wording, part.as_ref()) {
        (Shown::Shown(_), Some(part)) => Shown::Shown(page.share(part)),
        (wording, _) => wording,
    };
    Ok((said, part))
}

/// A shade for each value, the same number of different values in each; and what each shade means.
fn shade(page: &Page, found: &[(Shown<String>, Option<Part>)]) -> (Vec<usize>, Vec<(usize, String)>) {
    let rank = |part: &Part| {
        let d = part.d.filter(|d| *d > 0).unwrap_or(1);
        i128::from(part.n) * 1_000_000 / i128::from(d)
    };
    let mut values: Vec<i128> = found.iter().filter_map(|(_, part)| part.as_ref().map(rank)).collect();
    values.sort_unstable();
    values.dedup();
    let shades = SHADES.min(values.len()).max(1);
    let of = |value: i128| values.partition_point(|v| *v < value) * shades / values.len().max(1) + 1;
    let by_area = found.iter().map(|(_, part)| part.as_ref().map_or(0, |p| of(rank(p)))).collect();
    let legend = (1..=shades)
        .filter_map(|shade| {
            let mut parts: Vec<&Part> =
                found.iter().filter_map(|(_, p)| p.as_ref()).filter(|p| of(rank(p)) == shade).collect();
            parts.sort_by_key(|p| rank(p));
            let (first, last) = (page.share(parts.first()?), page.share(parts.last()?));
            Some((shade, if first == last { first } else { format!("{first} – {last}") }))
        })
        .collect();
    (by_area, legend)
}

fn choices(page: &Page, starts: &[Date], current: Date, key: Option<&str>) -> Vec<Choice> {
    starts
        .iter()
        .enumerate()
        .map(|(at, from)| {
            let label = match starts.get(at + 1) {
                Some(next) => page.say1("map-before", "day", *next),
                None => page.say1("map-since", "day", *from),
            };
            // The last day on which it holds: that of the latest report, where it is within.
            let day = match starts.get(at + 1).and_then(|next| next.yesterday().ok()) {
                Some(last) => last,
                None => *from,
            };
            Choice {
                label,
                href: page
                    .to(routes::MAP, &[(routes::DAY, Some(&day.to_string())), (routes::FIGURE_KEY, key)]),
                current: *from == current,
            }
        })
        .collect()
}

fn views(
    page: &Page,
    drawing: Drawing,
    map: &maps::Map,
    found: &[(Shown<String>, Option<Part>)],
    by_area: &[usize],
    withheld: &str,
) -> (Vec<AreaView>, u32) {
    let areas = drawing.areas.into_iter().zip(found).zip(by_area);
    let views = areas
        .map(|((area, (said, _)), shade)| AreaView {
            href: map.units.get(&area.code).map(|unit| page.unit(unit)),
            path: area.path,
            lines: area
                .label
                .lines
                .iter()
                .map(|l| (format!("{:.1}", l.x), format!("{:.1}", l.y), l.text.clone()))
                .collect(),
            tight: area.label.size < 16.0,
            number: area.label.number,
            said: match said {
                Shown::Shown(text) => text.clone(),
                Shown::Withheld => withheld.to_owned(),
            },
            shade: *shade,
            name: area.name,
        })
        .collect();
    (views, drawing.height)
}
