//! A figure over time: a point a period, joined where both are there and mean the same.

use std::fmt::Write as _;

use super::{
    Line, Point,
    svg::{Anchor, Draw, WIDTH, color, cut},
};
use crate::speech::Speech;

const LEFT: i64 = 44;
const RIGHT: i64 = WIDTH - 14;
const TOP: i64 = 20;
const BOTTOM: i64 = 160;
const HEIGHT: i64 = 184;
/// So many points have their values written beside them; of more, the last.
const SAID: usize = 8;

pub(super) fn words(chart: &Line, speech: Speech) -> String {
    let said = chart.points.iter().map(|p| {
        let anew = if p.anew { format!(" ({})", speech.word("report-defined-anew")) } else { String::new() };
        let text = if p.height.is_some() { p.text.clone() } else { speech.word("report-not-reported") };
        format!("{}: {text}{anew}", p.label)
    });
    said.collect::<Vec<_>>().join("; ") + "."
}

pub(super) fn draw(chart: &Line, speech: Speech) -> (i64, String) {
    let mut draw = Draw::default();
    let whole = if chart.percent {
        1000
    } else {
        chart.points.iter().filter_map(|p| p.height).max().unwrap_or(0).max(1)
    };
    let y = |n: i64| {
        let share = i128::from(n.clamp(0, whole)) * i128::from(BOTTOM - TOP) / i128::from(whole);
        BOTTOM - i64::try_from(share).unwrap_or(0)
    };
    for part in [0, 1, 2] {
        let at = whole / 2 * part + whole % 2 * (part / 2);
        draw.line("grid", color::GRID, (LEFT, y(at)), (RIGHT, y(at)));
        let words = if chart.percent { format!("{}%", at / 10) } else { speech.number(at) };
        draw.text(LEFT - 5, y(at) + 4, Anchor::End, "axis", color::MUTED, &words);
    }
    let last = i64::try_from(chart.points.len()).unwrap_or(1).saturating_sub(1).max(1);
    // One point stands in the middle.
    let lone = chart.points.len() == 1;
    let x =
        |i: i64| if lone { i64::midpoint(LEFT, RIGHT) } else { LEFT + 8 + (RIGHT - LEFT - 16) * i / last };
    draw.path("step", "none", color::BAR, "2", &joined(&chart.points, &x, &y));
    for (point, i) in chart.points.iter().zip(0..) {
        if point.anew {
            draw.line("mark", color::MARK, (x(i) - 4, TOP - 6), (x(i) - 4, BOTTOM));
        }
        let Some(height) = point.height else { continue };
        let (left, top) = (x(i) - 3, y(height) - 3);
        draw.bar("bar", color::BAR, left, top, 60, 6);
        let (few, at_end) = (chart.points.len() <= SAID, i == last);
        if few || at_end {
            let above = if top < TOP { top + 18 } else { top - 4 };
            let anchor = if at_end && !lone { Anchor::End } else { Anchor::Middle };
            draw.text(
                if at_end && !lone { x(i) + 6 } else { x(i) },
                above,
                anchor,
                "value",
                color::TEXT,
                &point.text,
            );
        }
    }
    draw.line("base", color::LINE, (LEFT, BOTTOM), (RIGHT, BOTTOM));
    if let (Some(first), Some(end)) = (chart.points.first(), chart.points.last()) {
        draw.text(LEFT, BOTTOM + 15, Anchor::Start, "axis", color::MUTED, &cut(&first.label, 26));
        if chart.points.len() > 1 {
            draw.text(RIGHT, BOTTOM + 15, Anchor::End, "axis", color::MUTED, &cut(&end.label, 26));
        }
    }
    (HEIGHT, draw.0)
}

/// The line: it is broken where a point is missing, and where what is counted was defined anew.
fn joined(points: &[Point], x: &dyn Fn(i64) -> i64, y: &dyn Fn(i64) -> i64) -> String {
    let mut path = String::new();
    let mut running = false;
    for (point, i) in points.iter().zip(0..) {
        let Some(height) = point.height else {
            running = false;
            continue;
        };
        let step = if running && !point.anew { 'L' } else { 'M' };
        // Writing to a String cannot fail.
        let _ = write!(path, "{step}{} {}", x(i), y(height));
        running = true;
    }
    path
}
