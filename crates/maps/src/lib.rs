//! A map of units, drawn from the `GeoJSON` that an authority has the right to show.
//!
//! [`read`] takes the file in, with a problem a feature that cannot be used; [`draw`] makes outlines
//! and names for an SVG of a given width. No tiles, no third party, no projection library: a district
//! is small enough for degrees with a longitude that is shortened by the cosine of its latitude
//! (equirectangular; within a commune's distance the error is far below a pixel).

mod labels;
mod outline;
mod read;

pub use labels::{Line, Placed};
pub use read::{Area, Ring, Taken, read};

/// A map ready for a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Width of the SVG's view box.
    pub width: u32,
    /// Height of the SVG's view box.
    pub height: u32,
    /// The areas, in the order of the file.
    pub areas: Vec<Drawn>,
}

/// An area, drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Its official code.
    pub code: String,
    /// The name that was written.
    pub name: String,
    /// The outline, as an SVG path.
    pub path: String,
    /// Where its name stands, or the number that stands for it.
    pub label: Placed,
}

/// Free space around the map, in units of the view box.
const MARGIN: f64 = 6.0;

/// Draws areas into a view box of a width; names are written as `name` says.
#[must_use]
pub fn draw(areas: &[Area], width: u32, name: impl Fn(&Area) -> String) -> Drawing {
    let Some(frame) = outline::Frame::around(areas, f64::from(width), MARGIN) else {
        return Drawing { width, height: 0, areas: Vec::new() };
    };
    let drawn: Vec<_> = areas.iter().map(|area| frame.outline(area)).collect();
    let names: Vec<_> = areas.iter().map(name).collect();
    let labels = labels::place(&drawn, &names, f64::from(width), frame.height());
    let areas = areas
        .iter()
        .zip(drawn)
        .zip(names.into_iter().zip(labels))
        .map(|((area, outline), (name, label))| Drawn {
            code: area.code.clone(),
            name,
            path: outline::path(&outline),
            label,
        })
        .collect();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a height between 0 and 10 widths"
    )]
    let height = frame.height().ceil() as u32;
    Drawing { width, height, areas }
}
