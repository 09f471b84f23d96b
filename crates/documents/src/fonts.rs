//! The fonts, from crates only: no document depends on what a machine has installed.
//!
//! Libertinus Serif stands for Times New Roman: of the bundled serifs it is the one with all of
//! Vietnamese. Its bold italic lacks ơ, ư and the stacked marks, so that face is left out and a
//! layout that needs it slants the bold.

use std::sync::LazyLock;

use typst::{
    foundations::Bytes,
    text::{Font, FontBook, FontStyle, FontWeight},
    utils::LazyHash,
};

/// The text's face.
pub(crate) const SERIF: &str = "Libertinus Serif";

/// The faces and their index.
pub(crate) struct Fonts {
    pub book: LazyHash<FontBook>,
    pub faces: Vec<Font>,
}

/// Read once a process: parsing them costs more than a page.
pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let sans = [notosans::REGULAR_TTF, notosans::BOLD_TTF];
    let faces: Vec<Font> = typst_assets::fonts()
        .chain(sans)
        .filter_map(|data| Font::new(Bytes::new(data), 0))
        .filter(wanted)
        .collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&faces)), faces }
});

fn wanted(font: &Font) -> bool {
    let info = font.info();
    let (style, weight) = (info.variant.style, info.variant.weight);
    match info.family.as_str() {
        SERIF => {
            let bold = weight == FontWeight::BOLD && style == FontStyle::Normal;
            bold || weight == FontWeight::REGULAR
        }
        "Noto Sans" => true,
        "DejaVu Sans Mono" => weight == FontWeight::REGULAR && style == FontStyle::Normal,
        _ => false,
    }
}

/// The faces that charts are drawn with.
pub(crate) fn sans() -> [&'static [u8]; 2] {
    [notosans::REGULAR_TTF, notosans::BOLD_TTF]
}
