//! From degrees to the view box, and from many corners to those that can be seen.

use std::fmt::Write as _;

use crate::read::{Area, Ring};

/// Corners stand on a grid of this many units of the view box: those that nobody could tell apart
/// become one. A border that two areas share keeps the same corners on both sides.
const GRID: f64 = 0.8;

/// Outlines of an area in the view box.
pub(crate) type Outline = Vec<Ring>;

/// How degrees become units of the view box.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    west: f64,
    north: f64,
    /// Units for a degree of longitude, and of latitude.
    scale: (f64, f64),
    margin: f64,
    height: f64,
}

impl Frame {
    /// A frame of a width around areas; none around nothing.
    pub(crate) fn around(areas: &[Area], width: f64, margin: f64) -> Option<Self> {
        let corners = || areas.iter().flat_map(|a| a.rings.iter().flatten());
        let bounds = |of: fn(&(f64, f64)) -> f64| {
            corners().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)))
        };
        let ((west, east), (south, north)) = (bounds(|c| c.0), bounds(|c| c.1));
        if west > east {
            return None;
        }
        let shortened = f64::midpoint(south, north).to_radians().cos().max(0.01);
        // A line has no width: it is drawn, not divided by.
        let wide = ((east - west) * shortened).max(1e-9);
        let tall = (north - south).max(1e-9);
        let room = width - 2.0 * margin;
        // A strip from pole to pole would be a page of ten widths: bounded by the height.
        let unit = (room / wide).min(room * 3.0 / tall);
        Some(Self {
            west,
            north,
            scale: (unit * shortened, unit),
            margin,
            height: tall * unit + 2.0 * margin,
        })
    }

    /// The view box's height.
    pub(crate) fn height(&self) -> f64 {
        self.height
    }

    /// An area's outlines in the view box.
    pub(crate) fn outline(&self, area: &Area) -> Outline {
        area.rings.iter().map(|ring| simple(&ring.iter().map(|c| self.place(*c)).collect())).collect()
    }

    fn place(&self, (longitude, latitude): (f64, f64)) -> (f64, f64) {
        let x = (longitude - self.west) * self.scale.0 + self.margin;
        let y = (self.north - latitude) * self.scale.1 + self.margin;
        (x, y)
    }
}

/// A ring on the grid, without corners on a straight line; a ring that would vanish stays whole.
fn simple(ring: &Ring) -> Ring {
    let mut on_grid: Ring = ring.iter().map(|c| (snap(c.0), snap(c.1))).collect();
    on_grid.dedup();
    while on_grid.len() > 1 && on_grid.first() == on_grid.last() {
        on_grid.pop();
    }
    let n = on_grid.len();
    let turns = |at: &usize| {
        let (Some(a), Some(b), Some(c)) =
            (on_grid.get((at + n - 1) % n), on_grid.get(*at), on_grid.get((at + 1) % n))
        else {
            return true;
        };
        ((b.0 - a.0) * (c.1 - a.1) - (c.0 - a.0) * (b.1 - a.1)).abs() > 1e-6
    };
    let kept: Ring = (0..n).filter(turns).filter_map(|at| on_grid.get(at).copied()).collect();
    if kept.len() >= 3 { kept } else { ring.clone() }
}

fn snap(at: f64) -> f64 {
    (at / GRID).round() * GRID
}

/// An SVG path with a decimal: a tenth of a unit cannot be seen.
pub(crate) fn path(outline: &Outline) -> String {
    let mut out = String::new();
    for ring in outline {
        let mut before = None;
        for (x, y) in ring {
            let at = format!("{x:.1} {y:.1}");
            if before.as_ref() != Some(&at) {
                let _ = write!(out, "{}{at}", if before.is_none() { 'M' } else { 'L' });
                before = Some(at);
            }
        }
        out.push('Z');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(corners: &[(f64, f64)]) -> Area {
        Area { code: "1".into(), name: "A".into(), rings: vec![corners.to_vec()] }
    }

    #[test]
    fn north_is_up_and_east_is_right_and_all_is_inside() {
        let square = area(&[(106.0, 9.0), (106.1, 9.0), (106.1, 9.1), (106.0, 9.1)]);
        let frame = Frame::around(std::slice::from_ref(&square), 600.0, 6.0).unwrap();
        let outline = frame.outline(&square);
        let (south_west, north_east) = (outline[0][0], outline[0][2]);
        assert!(south_west.0 < north_east.0 && south_west.1 > north_east.1);
        assert!((south_west.0 - 6.0).abs() < GRID && (north_east.0 - 594.0).abs() < GRID);
        // A degree of latitude is longer than one of longitude there, by 1 ÷ cos 9°.
        assert!((frame.height() - 12.0 - 588.0 / 9.05_f64.to_radians().cos()).abs() < 0.1);
    }

    #[test]
    fn a_shared_border_keeps_the_same_corners_on_both_sides() {
        let border: Vec<(f64, f64)> =
            (0..200).map(|i| (106.05 + f64::from(i * 7919 % 13) * 1e-4, 9.0 + f64::from(i) * 5e-4)).collect();
        let (last, first) = (border[199], border[0]);
        let mut left = border.clone();
        left.extend([(106.0, last.1), (106.0, first.1)]);
        let mut right: Vec<_> = border.iter().rev().copied().collect();
        right.extend([(106.1, first.1), (106.1, last.1)]);
        let areas = [area(&left), area(&right)];
        let frame = Frame::around(&areas, 600.0, 6.0).unwrap();
        let (a, b) = (frame.outline(&areas[0]), frame.outline(&areas[1]));
        let inner = |ring: &Ring| {
            let mut inner: Vec<_> = ring
                .iter()
                .filter(|c| c.1 > 10.0 && c.1 < frame.height() - 10.0 && (200.0..400.0).contains(&c.0))
                .map(|c| format!("{:.3} {:.3}", c.0, c.1))
                .collect();
            inner.sort();
            inner
        };
        assert!(inner(&a[0]).len() > 10, "a border of some corners");
        assert_eq!(inner(&a[0]), inner(&b[0]));
    }

    #[test]
    fn a_path_says_each_point_once() {
        assert_eq!(
            path(&vec![vec![(0.0, 0.0), (0.01, 0.0), (5.0, 0.0), (5.0, 5.25)]]),
            "M0.0 0.0L5.0 0.0L5.0 5.2Z"
        );
    }
}
