//! Pixels, and fewer of them.

use std::sync::Arc;

use image::DynamicImage;
use nhipcau_domain::problem::Problem;
use pic_scale::{
    ImageSize, ImageStore, ImageStoreMut, PicScaleError, Resampling, ResamplingFunction, Scaler,
};

/// The widest output; nothing larger is kept.
pub(crate) const WIDEST: u32 = 1920;

/// Eight bits a colour, with or without transparency.
#[derive(Clone)]
pub(crate) struct Pixels {
    pub width: u32,
    pub height: u32,
    pub alpha: bool,
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}×{}, alpha {}", self.width, self.height, self.alpha)
    }
}

/// A part of a picture: left, top, width, height.
pub(crate) type Part = (u32, u32, u32, u32);

impl Pixels {
    /// A part of it, at another size.
    pub(crate) fn resized(&self, (left, top, wide, high): Part, to: (u32, u32)) -> Result<Self, Problem> {
        let (width, height) = (to.0.max(1), to.1.max(1));
        if (left, top, wide, high) == (0, 0, width, height) && (self.width, self.height) == (width, height) {
            return Ok(self.clone());
        }
        let (part, to) = ((left, top, wide, high), (width, height));
        let bytes = if self.alpha {
            self.scaled::<4>(part, to, |scaler, from, to| scaler.plan_rgba_resampling(from, to, true))
        } else {
            self.scaled::<3>(part, to, Scaler::plan_rgb_resampling)
        };
        let bytes = bytes.map_err(|_| Problem::new("picture-damaged"))?;
        Ok(Self { width, height, alpha: self.alpha, bytes })
    }

    fn scaled<const N: usize>(
        &self,
        (left, top, wide, high): Part,
        (width, height): (u32, u32),
        plan: impl Fn(&Scaler, ImageSize, ImageSize) -> Result<Arc<Resampling<u8, N>>, PicScaleError>,
    ) -> Result<Vec<u8>, PicScaleError> {
        let size = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let whole = ImageStore::<u8, N>::borrow(&self.bytes, size(self.width), size(self.height))?;
        let part = whole.crop(size(left), size(top), size(wide), size(high))?;
        let (from, to) = (ImageSize::new(part.width, part.height), ImageSize::new(size(width), size(height)));
        let mut bytes = vec![0; to.width * to.height * N];
        let mut into = ImageStoreMut::<u8, N>::from_slice(&mut bytes, to.width, to.height)?;
        plan(&Scaler::new(ResamplingFunction::Lanczos3), from, to)?.resample(&part, &mut into)?;
        Ok(bytes)
    }
}

/// What the largest output needs, of whatever was decoded.
pub(crate) fn master(image: DynamicImage) -> Result<Pixels, Problem> {
    let (width, height) = (image.width(), image.height());
    let transparent = image.color().has_alpha();
    let pixels = if transparent {
        let bytes = image.into_rgba8().into_raw();
        // Most files that could be transparent are not.
        if bytes.chunks_exact(4).all(|p| p.get(3) == Some(&255)) {
            let bytes = bytes.chunks_exact(4).flat_map(|p| p.iter().take(3).copied()).collect();
            Pixels { width, height, alpha: false, bytes }
        } else {
            Pixels { width, height, alpha: true, bytes }
        }
    } else {
        Pixels { width, height, alpha: false, bytes: image.into_rgb8().into_raw() }
    };
    if width <= WIDEST {
        return Ok(pixels);
    }
    pixels.resized((0, 0, width, height), (WIDEST, scaled(height, WIDEST, width)))
}

/// `n · to / from`, rounded, at least 1.
pub(crate) fn scaled(n: u32, to: u32, from: u32) -> u32 {
    let from = u64::from(from.max(1));
    let value = (u64::from(n) * u64::from(to) + from / 2) / from;
    u32::try_from(value).unwrap_or(u32::MAX).max(1)
}
