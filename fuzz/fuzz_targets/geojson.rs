//! Whatever a map's file holds, reading ends with areas that can be drawn, or with a sentence.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nhipcau_maps::{draw, read};

fuzz_target!(|data: &[u8]| {
    let Ok(taken) = read(data) else { return };
    assert!(!taken.areas.is_empty(), "no area and no sentence");
    let drawing = draw(&taken.areas, 700, |area| area.name.clone());
    assert_eq!(drawing.areas.len(), taken.areas.len());
    for area in &drawing.areas {
        assert!(
            area.path.bytes().all(|b| b.is_ascii_alphanumeric() || b" .,-".contains(&b)),
            "{}",
            area.path
        );
    }
});
