//! The few SVG elements that charts are made of, escaped.

use std::fmt::Write as _;

use crate::escape::escape;

/// The width of every chart, in the drawing's own units.
pub(super) const WIDTH: i64 = 360;

/// The colours where no style sets them: readable on white paper.
pub(super) mod color {
    pub const TEXT: &str = "#1f2933";
    pub const MUTED: &str = "#52606d";
    pub const LINE: &str = "#9aa5b1";
    pub const GRID: &str = "#d9dee4";
    pub const BAR: &str = "#2f5d7c";
    pub const AREA: &str = "#dbe6ee";
    pub const MARK: &str = "#9b2c1f";
}

/// The `svg` element around a drawing.
pub(super) fn frame(height: i64, title: &str, description: &str, body: &str) -> String {
    let (title, description) = (escape(title), escape(description));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" font-family=\"Noto Sans, sans-serif\" font-size=\"11\" \
         aria-label=\"{title}\"><title>{title}</title><desc>{description}</desc>{body}</svg>"
    )
}

/// Where words are tied to their place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing in the making.
#[derive(Default)]
pub(super) struct Draw(pub String);

impl Draw {
    pub fn text(&mut self, x: i64, y: i64, anchor: Anchor, class: &str, fill: &str, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let words = escape(words);
        let _ = write!(
            self.0,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{words}</text>"
        );
    }

    /// A rectangle whose width is in tenths.
    pub fn bar(&mut self, class: &str, fill: &str, x: i64, y: i64, width_tenths: i64, height: i64) {
        let width = tenths(width_tenths);
        let _ = write!(
            self.0,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
        );
    }

    pub fn line(&mut self, class: &str, stroke: &str, from: (i64, i64), to: (i64, i64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let _ = write!(
            self.0,
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{stroke}\"/>"
        );
    }

    pub fn path(&mut self, class: &str, fill: &str, stroke: &str, width: &str, d: &str) {
        let _ = write!(
            self.0,
            "<path class=\"{class}\" d=\"{d}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{width}\"/>"
        );
    }
}

/// Tenths as a decimal.
pub(super) fn tenths(n: i64) -> String {
    let n = n.max(0);
    format!("{}.{}", n / 10, n % 10)
}

/// A name cut to what a column holds.
pub(super) fn cut(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
