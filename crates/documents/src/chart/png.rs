//! A chart as a picture, for Word: three pixels a unit, sharp when printed.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use super::Chart;
use crate::{DocumentError, fonts};

const SCALE: u16 = 3;

static FACES: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut faces = Database::new();
    for face in fonts::sans() {
        faces.load_font_data(face.to_vec());
    }
    Arc::new(faces)
});

/// A drawing without words as a picture of its own size: PNG bytes.
///
/// # Errors
/// If it is no SVG, or larger than a picture may be.
pub fn drawing_png(svg: &[u8]) -> Result<Vec<u8>, DocumentError> {
    let failed = |e: String| DocumentError::Chart(e);
    let tree = Tree::from_data(svg, &Options::default()).map_err(|e| failed(e.to_string()))?;
    let size = tree.size().to_int_size();
    let mut picture = Pixmap::new(size.width(), size.height())
        .ok_or_else(|| failed(format!("too large: {}x{}", size.width(), size.height())))?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|e| failed(e.to_string()))
}

/// PNG bytes, with width and height in the drawing's units.
pub(crate) fn png(chart: &Chart, language: &str) -> Result<(Vec<u8>, u32, u32), DocumentError> {
    let failed = |e: String| DocumentError::Chart(e);
    let options = Options { fontdb: FACES.clone(), ..Options::default() };
    let tree = Tree::from_str(&chart.svg(language), &options).map_err(|e| failed(e.to_string()))?;
    let size = tree.size().to_int_size();
    let scaled = |n: u32| n.saturating_mul(SCALE.into());
    let mut picture = Pixmap::new(scaled(size.width()), scaled(size.height()))
        .ok_or_else(|| failed(format!("too large: {}x{}", size.width(), size.height())))?;
    picture.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE.into(), SCALE.into()), &mut picture.as_mut());
    let bytes = picture.encode_png().map_err(|e| failed(e.to_string()))?;
    Ok((bytes, size.width(), size.height()))
}
