//! Text that is nearly a map is read as one, or refused; it never ends the program, and what is drawn of it
//! holds nothing but numbers.

use nhipcau_maps::{draw, read};
use proptest::prelude::*;

/// Pieces of which maps consist, and what stands where something else is expected.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(r#"{"type":"Feature","properties":{"code":"1"},"geometry":{"type":"Polygon","coordinates":[[[106,9],[107,9],[107,10],[106,9]]]}}"#.to_owned()),
        r#"\{"type":"Feature","id":[0-9]{1,20},"properties":\{"ma_xa":"\PC{0,6}"\},"geometry":null\}"#,
        (any::<f64>(), any::<f64>(), 0..5_usize).prop_map(|(x, y, n)| {
            let corner = format!("[{x:e},{y:e}]");
            let ring = vec![corner; n].join(",");
            format!(r#"{{"type":"Feature","properties":{{"code":"x{n}","name":"<b>"}},"geometry":{{"type":"MultiPolygon","coordinates":[[[{ring}]],[]]}}}}"#)
        }),
        r#"[\[\]{},:"0-9.eE+-]{0,12}"#,
        Just("null".to_owned()),
        Just(r#"{"type":"FeatureCollection","features":[]}"#.to_owned()),
    ]
}

proptest! {
    #[test]
    fn any_features_are_drawn_or_refused(pieces in prop::collection::vec(piece(), 0..8), cut in 0..4_usize) {
        let mut text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, pieces.join(","));
        text.truncate(text.len() - usize::from(cut == 0));
        if let Ok(taken) = read(text.as_bytes()) {
            prop_assert!(!taken.areas.is_empty());
            let drawing = draw(&taken.areas, 600, |area| area.name.clone());
            prop_assert_eq!(drawing.areas.len(), taken.areas.len());
            for area in drawing.areas {
                let plain = |b: u8| b.is_ascii_alphanumeric() || b" .,-".contains(&b);
                prop_assert!(area.path.bytes().all(plain), "{}", area.path);
                prop_assert!(!area.path.contains("NaN") && !area.path.contains("inf"), "{}", area.path);
            }
        }
    }
}
