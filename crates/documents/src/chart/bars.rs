//! Horizontal bars: a unit's name, its bar, its value. Withheld ones are hatched.

use std::fmt::Write as _;

use super::{
    Bar, Bars,
    svg::{Anchor, Draw, WIDTH, color, cut},
};
use crate::speech::Speech;

const ROW: i64 = 22;
const THICK: i64 = 12;
const TOP: i64 = 6;
const LEFT: i64 = 132;
/// A whole bar, where the values leave so much.
const SPAN: i64 = 146;
/// A letter of a value in tenths, in the widest of the usual faces.
const LETTER: i64 = 62;
/// Letters that fit beside a bar.
const NAME: usize = 21;

pub(super) fn draw(chart: &Bars, speech: Speech) -> (i64, String) {
    let rows = i64::try_from(chart.bars.len()).unwrap_or(0);
    let bottom = TOP + rows * ROW;
    let whole = if chart.percent {
        1000
    } else {
        chart.bars.iter().filter_map(|b| b.length).max().unwrap_or(0).max(1)
    };
    // What is said at the right must not stand on what is drawn.
    let said = chart.bars.iter().map(|b| b.words(speech).chars().count()).max().unwrap_or(0);
    let room = WIDTH - 8 - LEFT - i64::try_from(said).unwrap_or(0) * LETTER / 10;
    let span = room.clamp(SPAN / 2, SPAN);
    let mut draw = Draw::default();
    if chart.percent {
        for percent in [25, 50, 75, 100] {
            let x = LEFT + span * percent / 100;
            draw.line("grid", color::GRID, (x, TOP), (x, bottom));
            let words = format!("{percent}%");
            draw.text(x, bottom + 12, Anchor::Middle, "axis", color::MUTED, &words);
        }
    }
    for (bar, i) in chart.bars.iter().zip(0..) {
        let y = TOP + i * ROW + (ROW - THICK) / 2;
        draw_bar(&mut draw, bar, (y, span), whole, speech);
    }
    draw.line("base", color::LINE, (LEFT, TOP), (LEFT, bottom));
    (bottom + if chart.percent { 18 } else { 6 }, draw.0)
}

fn draw_bar(draw: &mut Draw, bar: &Bar, (y, span): (i64, i64), whole: i64, speech: Speech) {
    let baseline = y + THICK - 2;
    draw.text(LEFT - 6, baseline, Anchor::End, "label", color::TEXT, &cut(&bar.label, NAME));
    if bar.withheld {
        hatch(draw, y, span);
    } else if let Some(length) = bar.length {
        let share = i128::from(length.clamp(0, whole)) * i128::from(span) * 10 / i128::from(whole);
        draw.bar("bar", color::BAR, LEFT, y, i64::try_from(share).unwrap_or(0), THICK);
    }
    let fill = if bar.length.is_some() && !bar.withheld { color::TEXT } else { color::MUTED };
    let class = if bar.withheld { "value withheld" } else { "value" };
    draw.text(WIDTH - 2, baseline, Anchor::End, class, fill, &bar.words(speech));
}

/// Strokes across the whole width: its length must not give the number away.
fn hatch(draw: &mut Draw, y: i64, span: i64) {
    let mut d = format!("M{LEFT} {y}h{span}v{THICK}h-{span}z");
    let mut x = LEFT;
    while x + THICK <= LEFT + span {
        let _ = write!(d, "M{x} {}l{THICK} -{THICK}", y + THICK);
        x += THICK / 2;
    }
    draw.path("hatch", "none", color::LINE, "0.6", &d);
}
