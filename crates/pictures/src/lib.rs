//! Pictures that people send: looked at, decoded within bounds, and written anew in several sizes.
//!
//! Keeps the image libraries out of everything else. Plain and blocking: run it under
//! `spawn_blocking`, a few at a time (a picture of 40 megapixels takes some 250 MB while it is read).
//!
//! ```text
//! take(bytes, &Limits) -> Result<Taken, Problem>    JPEG, PNG, WebP, HEIC, GIF (first frame), told by content
//! Taken::outputs()     -> Result<Vec<Output>, Problem>   every width in WIDTHS, as WebP and JPEG (or PNG)
//! Taken::cropped(focal, ratio) -> Result<Vec<Output>, Problem>   for cards, around what matters
//! Taken::colour()      -> String                    "#7a8c91", shown while the picture is on its way
//! ```
//!
//! Nothing of the file that was sent survives but its pixels: orientation is applied, colours are brought
//! to sRGB, and then EXIF, XMP, ICC, comments, hidden thumbnails and whatever is appended are gone, because
//! every output is encoded anew. SVG is refused (it can carry scripts), and so is what no decoder written
//! in safe Rust reads: AVIF, TIFF, BMP.
//!
//! AVIF is left out: its encoder (rav1e) doubles the build and takes seconds a picture, for a tenth less
//! than WebP.

mod colour;
mod decode;
mod encode;
mod kind;
mod resize;
mod taken;

pub use self::{
    decode::{Limits, take},
    encode::{Format, Output},
    kind::Kind,
    taken::{CARD_WIDTHS, Ratio, Taken, WIDTHS},
};
