//! A picture that was taken, and what is made of it.

use nhipcau_domain::problem::Problem;

use crate::{
    colour,
    encode::{Output, Way},
    kind::Kind,
    resize::{Part, Pixels, scaled},
};

/// The widths that are written, in pixels; never more than the original has.
pub const WIDTHS: [u32; 5] = [320, 640, 960, 1280, 1920];
/// The widths of a card.
pub const CARD_WIDTHS: [u32; 3] = [320, 640, 960];

/// The shape of a card: width to height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio(pub u32, pub u32);

impl Ratio {
    /// A card beside its title.
    pub const WIDE: Self = Self(16, 9);
    /// A small sign of itself.
    pub const SQUARE: Self = Self(1, 1);
    /// What social networks show of a link.
    pub const SHARED: Self = Self(1200, 630);
}

/// A picture: upright, in sRGB, as large as the largest output.
#[derive(Debug, Clone)]
pub struct Taken {
    pub(crate) pixels: Pixels,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) kind: Kind,
    pub(crate) drawing: bool,
    pub(crate) problems: Vec<Problem>,
}

impl Taken {
    /// The original's width, upright, in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// The original's height, upright, in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// What the file was.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it has few colours.
    #[must_use]
    pub fn is_drawing(&self) -> bool {
        self.drawing
    }

    /// What is worth knowing: all are notices.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Its average colour as CSS writes it, such as `#7a8c91`.
    #[must_use]
    pub fn colour(&self) -> String {
        let [red, green, blue] = colour::average(&self.pixels);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// All sizes: WebP first (left out if it is no smaller), then JPEG, or PNG for what is transparent and
    /// for drawings that it makes smaller. Every size of a format, narrow to wide.
    ///
    /// # Errors
    /// `picture-not-written`: no format can hold it.
    pub fn outputs(&self) -> Result<Vec<Output>, Problem> {
        self.written((0, 0, self.pixels.width, self.pixels.height), &WIDTHS)
    }

    /// A card of that shape, in [`CARD_WIDTHS`]: as much of the picture as it shows, around the point that
    /// matters (per mille of width and height, from the left and the top).
    ///
    /// # Errors
    /// `picture-not-written`: no format can hold it.
    pub fn cropped(&self, focal: (u16, u16), ratio: Ratio) -> Result<Vec<Output>, Problem> {
        self.written(crop((self.pixels.width, self.pixels.height), focal, ratio), &CARD_WIDTHS)
    }

    fn written(&self, part: Part, widths: &[u32]) -> Result<Vec<Output>, Problem> {
        let (_, _, wide, high) = part;
        let widest = widths.iter().copied().max().unwrap_or(wide).min(wide);
        // A size hardly smaller than the next is not worth its place.
        let mut chosen: Vec<u32> = widths.iter().copied().filter(|w| *w < widest - widest / 10).collect();
        chosen.push(widest);
        let sized =
            chosen.iter().map(|width| self.pixels.resized(part, (*width, scaled(high, *width, wide))));
        let sized: Vec<Pixels> = sized.collect::<Result<_, _>>()?;
        let failed = || Problem::new("picture-not-written");
        let largest = sized.last().ok_or_else(failed)?;
        let plain = self.smaller(Way::Jpeg, Way::Png, largest);
        let modern = self.smaller(Way::WebpLossy, Way::WebpLossless, largest);
        let plain: Option<Vec<Output>> = sized.iter().map(|p| plain.encode(p)).collect();
        let modern: Option<Vec<Output>> = sized.iter().map(|p| modern.encode(p)).collect();
        let weight = |outputs: &[Output]| outputs.iter().map(|o| o.bytes.len()).sum::<usize>();
        match (modern, plain) {
            (Some(modern), Some(plain)) if weight(&modern) < weight(&plain) => Ok([modern, plain].concat()),
            (_, Some(plain)) => Ok(plain),
            (Some(modern), None) => Ok(modern),
            (None, None) => Err(failed()),
        }
    }

    /// Photos are written with loss; of a drawing, the way that makes its largest size smaller.
    fn smaller(&self, lossy: Way, lossless: Way, largest: &Pixels) -> Way {
        if largest.alpha && lossy == Way::Jpeg {
            return lossless;
        }
        if !self.drawing {
            return lossy;
        }
        let weight = |way: Way| way.encode(largest).map_or(usize::MAX, |o| o.bytes.len());
        if weight(lossless) <= weight(lossy) { lossless } else { lossy }
    }
}

/// The largest part of that shape, as near around the focal point as the edges allow.
fn crop((width, height): (u32, u32), focal: (u16, u16), Ratio(across, down): Ratio) -> Part {
    let (across, down) = (across.max(1), down.max(1));
    let (wide, high) = if u64::from(width) * u64::from(down) > u64::from(height) * u64::from(across) {
        (scaled(height, across, down).min(width), height)
    } else {
        (width, scaled(width, down, across).min(height))
    };
    let start = |whole: u32, part: u32, point: u16| {
        let centre = u64::from(whole) * u64::from(point.min(1000));
        let first = centre.saturating_sub(u64::from(part) * 500) / 1000;
        u32::try_from(first).unwrap_or(0).min(whole.saturating_sub(part))
    };
    (start(width, wide, focal.0), start(height, high, focal.1), wide, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crop_stays_inside_and_holds_what_matters() {
        assert_eq!(crop((1600, 1600), (500, 500), Ratio::WIDE), (0, 350, 1600, 900));
        assert_eq!(crop((1600, 1600), (500, 0), Ratio::WIDE), (0, 0, 1600, 900));
        assert_eq!(crop((1600, 900), (1000, 500), Ratio::SQUARE), (700, 0, 900, 900));
        assert_eq!(crop((1600, 900), (250, 9999), Ratio::SQUARE), (0, 0, 900, 900));
        assert_eq!(crop((3, 1), (500, 500), Ratio(1, 100)), (1, 0, 1, 1));
    }
}
