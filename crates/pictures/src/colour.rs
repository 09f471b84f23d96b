//! Colours: brought to sRGB, counted, averaged.

use std::collections::HashSet;

use image::{DynamicImage, GenericImageView};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::resize::Pixels;

/// Profiles of cameras and phones are a few kilobytes; larger ones belong to printing.
const MAX_PROFILE: usize = 16 << 10;
/// A drawing has few colours; a photo reaches this within a few lines.
const FEW: usize = 512;
/// How many pixels are looked at, in both directions.
const LOOKED_AT: u32 = 256;

/// Whether a picture has few colours.
pub(crate) fn is_drawing(image: &DynamicImage) -> bool {
    let (width, height) = image.dimensions();
    let mut seen = HashSet::new();
    let (across, down) = (width.div_ceil(LOOKED_AT).max(1), height.div_ceil(LOOKED_AT).max(1));
    for y in (0..height).step_by(usize::try_from(down).unwrap_or(1)) {
        for x in (0..width).step_by(usize::try_from(across).unwrap_or(1)) {
            seen.insert(image.get_pixel(x, y).0);
            if seen.len() > FEW {
                return false;
            }
        }
    }
    true
}

/// Brings a phone's wide colours to those that every screen shows; a profile that is not understood is
/// as if it were not there.
pub(crate) fn to_srgb(pixels: &mut Pixels, icc: &[u8]) {
    if icc.len() > MAX_PROFILE {
        return;
    }
    let converted = std::panic::catch_unwind(|| {
        let profile = ColorProfile::new_from_slice(icc).ok()?;
        if profile.color_space != DataColorSpace::Rgb {
            return None;
        }
        let layout = if pixels.alpha { Layout::Rgba } else { Layout::Rgb };
        let srgb = ColorProfile::new_srgb();
        let transform =
            profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()?;
        let mut out = vec![0; pixels.bytes.len()];
        transform.transform(&pixels.bytes, &mut out).ok()?;
        Some(out)
    });
    if let Ok(Some(out)) = converted {
        pixels.bytes = out;
    }
}

/// The average colour, red, green and blue; what is transparent counts as white.
pub(crate) fn average(pixels: &Pixels) -> [u8; 3] {
    let step = if pixels.alpha { 4 } else { 3 };
    let mut sums = [0_u64; 3];
    let mut count = 0_u64;
    for pixel in pixels.bytes.chunks_exact(step) {
        let opaque = u64::from(pixel.get(3).copied().unwrap_or(255));
        for (sum, part) in sums.iter_mut().zip(pixel) {
            *sum += (u64::from(*part) * opaque + 255 * (255 - opaque)) / 255;
        }
        count += 1;
    }
    sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(255))
}
