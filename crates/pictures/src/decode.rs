//! From bytes to pixels, within bounds.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use heifer::heifer_isobmff::HeifFile;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbaImage, metadata::Orientation,
};
use nhipcau_domain::problem::{Problem, Severity};

use crate::{colour, kind::Kind, resize, taken::Taken};

/// Bounds on time and memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The file as it was sent, in bytes.
    pub max_file_bytes: u64,
    /// Width times height that a file may declare: it is refused before anything is unpacked.
    pub max_pixels: u64,
    /// The longer side, in pixels.
    pub max_side: u32,
    /// The shorter side, in pixels: less shows nothing.
    pub min_side: u32,
    /// What a decoder may allocate, in bytes.
    pub max_alloc: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_file_bytes: 20 << 20,
            max_pixels: 40_000_000,
            max_side: 20_000,
            min_side: 2,
            max_alloc: 384 << 20,
        }
    }
}

/// What a decoder gives.
struct Decoded {
    image: DynamicImage,
    icc: Option<Vec<u8>>,
}

/// Reads a picture, turns it upright, and keeps what the largest output needs.
///
/// # Errors
/// `picture-…`: it is too large, of a kind that is not read (with what to do), or damaged.
pub fn take(bytes: &[u8], limits: &Limits) -> Result<Taken, Problem> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits.max_file_bytes {
        let tenths = |n: u64| format!("{},{}", n / 1_000_000, n / 100_000 % 10);
        let problem = Problem::new("picture-file-too-large").with("found", tenths(size));
        return Err(problem.with("expected", tenths(limits.max_file_bytes)));
    }
    let kind = Kind::of(bytes)?;
    let mut problems = Vec::new();
    if kind.moves(bytes) {
        problems.push(Problem::new("picture-first-frame").severity(Severity::Notice));
    }
    // A decoder that stumbles over a hostile file is a damaged picture, not the end of a worker.
    let decoded = catch_unwind(AssertUnwindSafe(|| match kind {
        Kind::Jpeg => decode(bytes, ImageFormat::Jpeg, limits),
        Kind::Png => decode(bytes, ImageFormat::Png, limits),
        Kind::Webp => decode(bytes, ImageFormat::WebP, limits),
        Kind::Gif => decode(bytes, ImageFormat::Gif, limits),
        Kind::Heic => decode_heic(bytes, limits),
    }));
    let Decoded { image, icc } = decoded.unwrap_or_else(|_| Err(damaged()))?;
    let (width, height) = (image.width(), image.height());
    let drawing = colour::is_drawing(&image);
    let mut pixels = resize::master(image)?;
    if let Some(icc) = icc {
        colour::to_srgb(&mut pixels, &icc);
    }
    Ok(Taken { pixels, width, height, kind, drawing, problems })
}

fn damaged() -> Problem {
    Problem::new("picture-damaged")
}

fn decode(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<Decoded, Problem> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(limits.max_side);
    bounds.max_image_height = Some(limits.max_side);
    bounds.max_alloc = Some(limits.max_alloc);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(|e| refused(&e, limits))?;
    let (width, height) = decoder.dimensions();
    within(width, height, decoder.total_bytes(), limits)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let icc = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder).map_err(|e| refused(&e, limits))?;
    image.apply_orientation(orientation);
    Ok(Decoded { image, icc })
}

/// Reads the photo of an iPhone; what the file says of colours, turning and cropping is done by its decoder.
fn decode_heic(bytes: &[u8], limits: &Limits) -> Result<Decoded, Problem> {
    let file = HeifFile::parse(bytes).map_err(|_| damaged())?;
    let (width, height) = file.image_size(file.primary_id).ok().flatten().ok_or_else(damaged)?;
    // While it is decoded: samples of two bytes with halved chroma, as cameras write them, and the pixels.
    let pixels = u64::from(width) * u64::from(height);
    within(width, height, pixels.saturating_mul(7), limits)?;
    let options = heifer::Options { max_threads: 1, max_pixels: limits.max_pixels };
    let read = heifer::decode_srgb_rgba8(bytes, &options).map_err(|error| match error {
        heifer::Error::Unsupported(_) => Problem::new("picture-heic"),
        _ => damaged(),
    })?;
    let image = RgbaImage::from_raw(read.width, read.height, read.data).ok_or_else(damaged)?;
    Ok(Decoded { image: image.into(), icc: None })
}

/// Refuses what is too large to be unpacked, or too small to show anything.
fn within(width: u32, height: u32, bytes: u64, limits: &Limits) -> Result<(), Problem> {
    if width.max(height) > limits.max_side {
        return Err(Problem::new("picture-too-wide").with("expected", limits.max_side));
    }
    if u64::from(width) * u64::from(height) > limits.max_pixels || bytes > limits.max_alloc {
        let megapixels = u64::from(width) * u64::from(height) / 1_000_000;
        let problem = Problem::new("picture-too-many-pixels");
        let problem = problem.with("width", width).with("height", height);
        let problem = problem.with("found", i64::try_from(megapixels).unwrap_or(i64::MAX));
        let expected = i64::try_from(limits.max_pixels / 1_000_000).unwrap_or(i64::MAX);
        return Err(problem.with("expected", expected));
    }
    if width.min(height) < limits.min_side {
        let problem = Problem::new("picture-too-small").with("width", width).with("height", height);
        return Err(problem.with("expected", limits.min_side));
    }
    Ok(())
}

fn refused(error: &ImageError, limits: &Limits) -> Problem {
    match error {
        ImageError::Limits(_) => Problem::new("picture-too-wide").with("expected", limits.max_side),
        _ => damaged(),
    }
}
