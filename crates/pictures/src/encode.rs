//! From pixels to bytes, with nothing else in them.

use image::{
    ExtendedColorType, ImageEncoder,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::resize::Pixels;

/// Out of 100, as libwebp counts; about as good to the eye as [`JPEG_QUALITY`].
const WEBP_QUALITY: f32 = 76.0;
/// Out of 100, as libjpeg counts.
const JPEG_QUALITY: u8 = 80;

/// A format that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// The smallest; every browser of the last years reads it.
    Webp,
    /// Photos, for every browser.
    Jpeg,
    /// Drawings and what is transparent, for every browser.
    Png,
}

impl Format {
    /// Its name on the web.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The end of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// A picture in one size and format.
#[derive(Clone, PartialEq, Eq)]
pub struct Output {
    /// Its format.
    pub format: Format,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}×{}, {} bytes", self.format, self.width, self.height, self.bytes.len())
    }
}

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    WebpLossy,
    WebpLossless,
    Jpeg,
    Png,
}

impl Way {
    /// Writes it; none if the format cannot hold it.
    pub(crate) fn encode(self, pixels: &Pixels) -> Option<Output> {
        let (format, bytes) = match self {
            Self::WebpLossy => (Format::Webp, webp(pixels, false)?),
            Self::WebpLossless => (Format::Webp, webp(pixels, true)?),
            Self::Jpeg => (Format::Jpeg, jpeg(pixels)?),
            Self::Png => (Format::Png, png(pixels)?),
        };
        Some(Output { format, width: pixels.width, height: pixels.height, bytes })
    }
}

fn webp(pixels: &Pixels, lossless: bool) -> Option<Vec<u8>> {
    let (width, height) = (pixels.width, pixels.height);
    let encoder = if pixels.alpha {
        webp::Encoder::from_rgba(&pixels.bytes, width, height)
    } else {
        webp::Encoder::from_rgb(&pixels.bytes, width, height)
    };
    encoder.encode_simple(lossless, WEBP_QUALITY).ok().map(|memory| memory.to_vec())
}

fn jpeg(pixels: &Pixels) -> Option<Vec<u8>> {
    if pixels.alpha {
        return None;
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, JPEG_QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    let (width, height) = (u16::try_from(pixels.width).ok()?, u16::try_from(pixels.height).ok()?);
    encoder.encode(&pixels.bytes, width, height, ColorType::Rgb).ok()?;
    Some(bytes)
}

fn png(pixels: &Pixels) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    let colours = if pixels.alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    encoder.write_image(&pixels.bytes, pixels.width, pixels.height, colours).ok()?;
    Some(bytes)
}
