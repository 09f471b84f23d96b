//! Where names stand: within their area if they fit, never on one another. A name that finds no place
//! is a number there, and the name stands in the list beside the map.

use crate::outline::Outline;

/// Height of a line of text, in units of the view box.
pub(crate) const LINE: f64 = 20.0;
/// Sizes of type that are tried, the largest first.
const SIZES: [f64; 2] = [18.0, 15.0];
/// Width of a letter, of the type's size: an average of Vietnamese text in a sans serif, generous.
const LETTER: f64 = 0.58;
/// Free space between two names.
const GAP: f64 = 3.0;
/// Steps of the search for an area's middle.
const STEPS: usize = 24;

/// A line of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where its middle stands.
    pub x: f64,
    /// Where its foot stands.
    pub y: f64,
    /// What it says.
    pub text: String,
}

/// A name, or the number that stands for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Its lines.
    pub lines: Vec<Line>,
    /// The size of type, in units of the view box.
    pub size: f64,
    /// The number that stands for the name, where it found no room.
    pub number: Option<usize>,
    /// Left, top, right, bottom.
    pub bounds: (f64, f64, f64, f64),
}

/// Places names: large areas first, as small ones have fewer ways to go.
pub(crate) fn place(outlines: &[Outline], names: &[String], width: f64, height: f64) -> Vec<Placed> {
    let mut order: Vec<usize> = (0..outlines.len()).collect();
    let areas: Vec<f64> =
        outlines.iter().map(|o| o.iter().map(|r| signed(r).abs()).fold(0.0, f64::max)).collect();
    order.sort_by(|a, b| areas.get(*b).partial_cmp(&areas.get(*a)).unwrap_or(std::cmp::Ordering::Equal));
    let mut placed: Vec<Option<Placed>> = vec![None; outlines.len()];
    for at in order {
        let (Some(outline), Some(name)) = (outlines.get(at), names.get(at)) else { continue };
        let (middle, room) = middle(outline);
        let free = |candidate: &Placed| {
            let (l, t, r, b) = candidate.bounds;
            let inside = l >= 0.0 && t >= 0.0 && r <= width && b <= height;
            inside && placed.iter().flatten().all(|other| apart(candidate.bounds, other.bounds))
        };
        let written = SIZES
            .iter()
            .flat_map(|size| splits(name).map(move |lines| (lines, *size)))
            .map(|(lines, size)| around(middle, &lines, size, None))
            // Over its borders by no more than reads as belonging to it.
            .filter(|c| c.bounds.2 - c.bounds.0 <= room * 3.4)
            .find(|c| free(c));
        let numbered = || {
            let mut near = spiral(middle).map(|m| around(m, &[(at + 1).to_string()], SIZES[1], Some(at + 1)));
            near.find(|c| free(c))
        };
        let label = written.or_else(numbered).unwrap_or_else(|| Placed {
            lines: Vec::new(),
            size: SIZES[1],
            number: Some(at + 1),
            bounds: (-1.0, -1.0, -1.0, -1.0),
        });
        if let Some(slot) = placed.get_mut(at) {
            *slot = Some(label);
        }
    }
    placed.into_iter().flatten().collect()
}

fn apart(a: (f64, f64, f64, f64), b: (f64, f64, f64, f64)) -> bool {
    a.2 + GAP <= b.0 || b.2 + GAP <= a.0 || a.3 + GAP <= b.1 || b.3 + GAP <= a.1
}

/// A name in one line, then in two of about the same length.
fn splits(name: &str) -> impl Iterator<Item = Vec<String>> {
    let half = name.chars().count() / 2;
    let gap = name
        .match_indices(' ')
        .map(|(at, _)| at)
        .min_by_key(|at| name.get(..*at).map_or(0, |s| s.chars().count()).abs_diff(half));
    let two = gap.and_then(|at| Some(vec![name.get(..at)?.to_owned(), name.get(at + 1..)?.to_owned()]));
    [Some(vec![name.to_owned()]), two].into_iter().flatten()
}

#[expect(clippy::cast_precision_loss, reason = "a name has few letters")]
fn around(middle: (f64, f64), lines: &[String], size: f64, number: Option<usize>) -> Placed {
    let letters = lines.iter().map(|l| l.chars().count()).max().unwrap_or(0);
    let wide = letters as f64 * LETTER * size;
    let step = LINE * size / SIZES[0];
    let tall = lines.len() as f64 * step;
    let top = middle.1 - tall / 2.0;
    let lines = lines
        .iter()
        .enumerate()
        .map(|(at, text)| Line { x: middle.0, y: top + (at as f64 + 0.76) * step, text: text.clone() })
        .collect();
    let bounds = (middle.0 - wide / 2.0, top, middle.0 + wide / 2.0, top + tall);
    Placed { lines, size, number, bounds }
}

/// Places around a point, nearest first.
fn spiral((x, y): (f64, f64)) -> impl Iterator<Item = (f64, f64)> {
    (0_i32..240).map(move |i| {
        let (turn, far) = (f64::from(i) * 0.7, f64::from(i) * 1.5);
        (x + far * turn.cos(), y + far * turn.sin())
    })
}

/// The point of an area that is farthest from its borders, and how far.
fn middle(outline: &Outline) -> ((f64, f64), f64) {
    let corners = || outline.iter().flatten();
    let bounds = |of: fn(&(f64, f64)) -> f64| {
        corners().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)))
    };
    let ((left, right), (top, bottom)) = (bounds(|c| c.0), bounds(|c| c.1));
    let centre = (f64::midpoint(left, right), f64::midpoint(top, bottom));
    let mut best = (centre, f64::NEG_INFINITY);
    // Of points that are about as far inside, the one nearest the centre.
    let worth = |p: (f64, f64)| inside_by(outline, p) - 0.05 * (p.0 - centre.0).hypot(p.1 - centre.1);
    let (mut from, mut span) = ((left, top), (right - left, bottom - top));
    // A grid, then a finer one about its best point.
    for _ in 0..4 {
        for i in 0..=STEPS {
            for j in 0..=STEPS {
                #[expect(clippy::cast_precision_loss, reason = "few steps")]
                let share = (i as f64 / STEPS as f64, j as f64 / STEPS as f64);
                let point = (from.0 + span.0 * share.0, from.1 + span.1 * share.1);
                let far = worth(point);
                if far > best.1 {
                    best = (point, far);
                }
            }
        }
        span = (span.0 / 6.0, span.1 / 6.0);
        from = (best.0.0 - span.0 / 2.0, best.0.1 - span.1 / 2.0);
    }
    (best.0, inside_by(outline, best.0).max(0.0))
}

/// How far inside a point is; negative outside.
fn inside_by(outline: &Outline, (x, y): (f64, f64)) -> f64 {
    let (mut inside, mut nearest) = (false, f64::INFINITY);
    for ring in outline {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0 {
                inside = !inside;
            }
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let length = dx * dx + dy * dy;
            let share =
                if length > 0.0 { (((x - a.0) * dx + (y - a.1) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            nearest = nearest.min((x - a.0 - share * dx).hypot(y - a.1 - share * dy));
        }
    }
    if inside { nearest } else { -nearest }
}

/// Twice is not needed: the signed area of a ring.
fn signed(ring: &[(f64, f64)]) -> f64 {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rectangle(x: f64, y: f64, w: f64, h: f64) -> Outline {
        vec![vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)]]
    }

    #[test]
    fn a_name_stands_in_the_middle_of_its_area_even_of_a_crescent() {
        let ((x, y), room) = middle(&rectangle(100.0, 50.0, 200.0, 80.0));
        assert!((150.0..=250.0).contains(&x) && (y - 90.0).abs() < 1.0 && (room - 40.0).abs() < 1.0);
        let crescent = vec![vec![
            (0.0, 0.0),
            (100.0, 0.0),
            (100.0, 100.0),
            (0.0, 100.0),
            (0.0, 90.0),
            (80.0, 90.0),
            (80.0, 10.0),
            (0.0, 10.0),
        ]];
        let ((x, y), _) = middle(&crescent);
        assert!(inside_by(&crescent, (x, y)) > 0.0);
    }

    #[test]
    fn a_long_name_takes_two_lines_and_a_tiny_area_a_number() {
        let areas = [rectangle(0.0, 0.0, 130.0, 130.0), rectangle(140.0, 0.0, 14.0, 14.0)];
        let names = ["Thạnh Hòa Sơn Đông".to_owned(), "Thị trấn Cầu Ngang".to_owned()];
        let placed = place(&areas, &names, 600.0, 400.0);
        assert_eq!(placed[0].lines.len(), 2);
        assert_eq!(placed[1].number, Some(2));
    }

    proptest! {
        #[test]
        fn names_never_stand_on_one_another(
            areas in prop::collection::vec((0.0..500.0, 0.0..500.0, 1.0..200.0, 1.0..200.0), 1..30),
            letters in prop::collection::vec(1_usize..25, 30),
        ) {
            let outlines: Vec<_> = areas.iter().map(|(x, y, w, h): &(f64, f64, f64, f64)| rectangle(*x, *y, *w, *h)).collect();
            let names: Vec<String> = letters.iter().map(|n| "Mỹ ".repeat(*n).trim().to_owned()).collect();
            let placed = place(&outlines, &names, 700.0, 700.0);
            prop_assert_eq!(placed.len(), outlines.len());
            for (i, a) in placed.iter().enumerate() {
                prop_assert!(a.lines.is_empty() || (a.bounds.0 >= 0.0 && a.bounds.3 <= 700.0));
                for b in placed.iter().skip(i + 1).filter(|b| !b.lines.is_empty() && !a.lines.is_empty()) {
                    prop_assert!(apart(a.bounds, b.bounds));
                }
            }
        }
    }
}
