//! Accepted over expected, day by day: a step line over its area.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{
    CoverageChart,
    svg::{Anchor, Draw, WIDTH, color},
};
use crate::speech::Speech;

const LEFT: i64 = 34;
const RIGHT: i64 = WIDTH - 10;
const TOP: i64 = 22;
const BOTTOM: i64 = 168;
const HEIGHT: i64 = 190;

pub(super) fn words(chart: &CoverageChart, speech: Speech) -> String {
    let Some((day, accepted)) = chart.days.last() else { return speech.word("report-not-reported") };
    let at = speech.date(*day);
    let (accepted, expected) = (speech.number((*accepted).into()), speech.number(chart.expected.into()));
    let mut words = format!("{at}: {accepted}/{expected} ({}).", speech.word("report-accepted-of"));
    if let Some(deadline) = chart.deadline {
        let _ = write!(words, " {}: {}.", speech.word("report-deadline"), speech.date(deadline));
    }
    words
}

pub(super) fn draw(chart: &CoverageChart, speech: Speech) -> (i64, String) {
    let mut draw = Draw::default();
    let most = chart.days.iter().map(|d| d.1).max().unwrap_or(0).max(chart.expected).max(1);
    let y = |n: u32| BOTTOM - (BOTTOM - TOP) * i64::from(n) / i64::from(most);
    for n in [0, chart.expected / 2, chart.expected] {
        draw.line("grid", color::GRID, (LEFT, y(n)), (RIGHT, y(n)));
        draw.text(LEFT - 5, y(n) + 4, Anchor::End, "axis", color::MUTED, &speech.number(n.into()));
    }
    let ends = chart.days.first().zip(chart.days.last());
    let Some(((first, _), (last, total))) = ends else { return (HEIGHT, draw.0) };
    let days = (*first, (*last).max(chart.deadline.unwrap_or(*last)));
    let x = |d: Date| place(days, d);
    if let Some(deadline) = chart.deadline.filter(|d| d >= first) {
        draw.line("mark", color::MARK, (x(deadline), TOP - 6), (x(deadline), BOTTOM));
        let late = x(deadline) > WIDTH / 2;
        let (dx, anchor) = if late { (-4, Anchor::End) } else { (4, Anchor::Start) };
        let words = format!("{} {}", speech.word("report-deadline"), speech.date(deadline));
        draw.text(x(deadline) + dx, TOP - 9, anchor, "mark", color::MARK, &words);
    }
    let mut steps = format!("M{} {}", x(*first), BOTTOM);
    for (day, accepted) in &chart.days {
        let _ = write!(steps, "H{}V{}", x(*day), y(*accepted));
    }
    let _ = write!(steps, "H{}", x(*last));
    draw.path("area", color::AREA, "none", "0", &format!("{steps}V{BOTTOM}Z"));
    draw.path("step", "none", color::BAR, "2", &steps);
    let words = format!("{}/{}", speech.number((*total).into()), speech.number(chart.expected.into()));
    // Inside the area where it is high enough, else above the line.
    let height = if y(*total) < BOTTOM - 24 { BOTTOM - 8 } else { y(*total) - 6 };
    draw.text(x(*last) - 6, height, Anchor::End, "value", color::TEXT, &words);
    draw.line("base", color::LINE, (LEFT, BOTTOM), (RIGHT, BOTTOM));
    draw.text(LEFT, BOTTOM + 15, Anchor::Start, "axis", color::MUTED, &speech.date(days.0));
    draw.text(RIGHT, BOTTOM + 15, Anchor::End, "axis", color::MUTED, &speech.date(days.1));
    (HEIGHT, draw.0)
}

/// A day's place between the first and the last.
fn place((first, last): (Date, Date), day: Date) -> i64 {
    let count = |d: Date| i64::from(first.until(d).map_or(0, |s| s.get_days()));
    let whole = count(last).max(1);
    LEFT + (RIGHT - LEFT) * count(day).clamp(0, whole) / whole
}
