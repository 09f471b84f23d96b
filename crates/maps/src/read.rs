//! `GeoJSON` to areas. Whatever a file holds, the answer is areas or a plain sentence.

use geojson::{Feature, FeatureCollection, GeoJson, GeometryValue, JsonValue, PolygonType, feature::Id};
use nhipcau_domain::{problem::Problem, text};

/// The largest file, in bytes.
const BYTES_MAX: usize = 20 << 20;
/// The most areas on one map.
const AREAS_MAX: usize = 1_000;
/// The most corners on one map.
const CORNERS_MAX: usize = 1_000_000;
/// Properties in which an official code is looked for.
const CODES: [&str; 6] = ["code", "ma", "ma_xa", "maxa", "ma_dvhc", "madvhc"];
/// Properties in which a name is looked for.
const NAMES: [&str; 5] = ["name", "ten", "ten_xa", "tenxa", "fullname"];

/// A closed line: longitude and latitude in degrees (WGS 84).
pub type Ring = Vec<(f64, f64)>;

/// A unit's territory.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its official code on the map's day.
    pub code: String,
    /// Its name in the file.
    pub name: String,
    /// Outlines and holes.
    pub rings: Vec<Ring>,
}

/// What a file held.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// Its areas.
    pub areas: Vec<Area>,
    /// What the file says of itself, such as that it is a sketch.
    pub note: Option<String>,
    /// Features that could not be used, and why.
    pub problems: Vec<Problem>,
}

/// Reads a file.
///
/// # Errors
/// If it is too large, is no `GeoJSON` collection of features, or holds no area.
pub fn read(bytes: &[u8]) -> Result<Taken, Problem> {
    if bytes.len() > BYTES_MAX {
        return Err(Problem::new("map-too-large").with("megabytes", 20_i64));
    }
    let text =
        std::str::from_utf8(bytes).map_err(|_| Problem::new("map-not-geojson").with("detail", "UTF-8"))?;
    let parsed: GeoJson = text
        .trim_start_matches('\u{feff}')
        .parse()
        .map_err(|e: geojson::Error| Problem::new("map-not-geojson").with("detail", e.to_string()))?;
    let GeoJson::FeatureCollection(collection) = parsed else {
        return Err(Problem::new("map-not-a-collection"));
    };
    let note = note(&collection);
    let mut taken = Taken { note, ..Taken::default() };
    let mut corners = 0;
    for (at, feature) in collection.features.into_iter().enumerate() {
        let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
        match area(feature, number) {
            Ok(area) if taken.areas.iter().any(|a| a.code == area.code) => taken.problems.push(
                Problem::new("map-code-twice").with("feature", number).with("code", area.code.as_str()),
            ),
            Ok(area) => {
                corners += area.rings.iter().map(Vec::len).sum::<usize>();
                if taken.areas.len() >= AREAS_MAX || corners > CORNERS_MAX {
                    return Err(Problem::new("map-too-many")
                        .with("areas", i64::try_from(AREAS_MAX).unwrap_or(i64::MAX))
                        .with("corners", i64::try_from(CORNERS_MAX).unwrap_or(i64::MAX)));
                }
                taken.areas.push(area);
            }
            Err(problem) => taken.problems.push(problem),
        }
    }
    if taken.areas.is_empty() {
        return Err(taken.problems.into_iter().next().unwrap_or_else(|| Problem::new("map-empty")));
    }
    Ok(taken)
}

fn note(collection: &FeatureCollection) -> Option<String> {
    let members = collection.foreign_members.as_ref()?;
    let note = members.get("note").or_else(|| members.get("description"))?.as_str()?;
    Some(text::tidy(note)).filter(|n| !n.is_empty())
}

fn area(feature: Feature, number: i64) -> Result<Area, Problem> {
    let refused = |id: &'static str| Problem::new(id).with("feature", number);
    let find = |keys: &[&str]| {
        let properties = feature.properties.as_ref()?;
        keys.iter().find_map(|key| {
            let (_, value) = properties.iter().find(|(name, _)| name.to_lowercase() == *key)?;
            match value {
                JsonValue::String(text) => Some(text::tidy(text)),
                JsonValue::Number(number) => Some(number.to_string()),
                _ => None,
            }
        })
    };
    let by_id = || match &feature.id {
        Some(Id::String(id)) => Some(id.clone()),
        Some(Id::Number(id)) => Some(id.to_string()),
        None => None,
    };
    let code = find(&CODES).or_else(by_id).filter(|c| !c.is_empty()).ok_or_else(|| refused("map-no-code"))?;
    let name = find(&NAMES).unwrap_or_else(|| code.clone());
    let polygons = match feature.geometry.map(|g| g.value) {
        Some(GeometryValue::Polygon { coordinates }) => vec![coordinates],
        Some(GeometryValue::MultiPolygon { coordinates }) => coordinates,
        _ => return Err(refused("map-no-area")),
    };
    let mut rings = Vec::new();
    for polygon in polygons {
        rings.extend(closed(&polygon).ok_or_else(|| refused("map-not-degrees"))?);
    }
    if rings.is_empty() {
        return Err(refused("map-no-area"));
    }
    Ok(Area { code, name, rings })
}

/// The rings of a polygon that have an inside; none if a corner is not in degrees.
fn closed(polygon: &PolygonType) -> Option<Vec<Ring>> {
    let mut rings = Vec::new();
    for line in polygon {
        let mut ring = Ring::with_capacity(line.len());
        for position in line {
            let (&longitude, &latitude) = (position.as_slice().first()?, position.as_slice().get(1)?);
            // NaN is in no range.
            if !(-180.0..=180.0).contains(&longitude) || !(-90.0..=90.0).contains(&latitude) {
                return None;
            }
            if ring.last() != Some(&(longitude, latitude)) {
                ring.push((longitude, latitude));
            }
        }
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if ring.len() >= 3 {
            rings.push(ring);
        }
    }
    Some(rings)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn square(code: &str, x: f64) -> String {
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"Xã {code}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},9],[{},9],[{},10],[{x},10],[{x},9]]]}}}}"#,
            x + 1.0,
            x + 1.0
        )
    }

    fn collection(features: &[String]) -> String {
        format!(r#"{{"type":"FeatureCollection","note":"Sơ đồ","features":[{}]}}"#, features.join(","))
    }

    #[test]
    fn a_collection_gives_its_areas_and_says_what_it_is() {
        let taken = read(collection(&[square("29416", 106.0), square("29419", 107.0)]).as_bytes()).unwrap();
        assert_eq!(taken.areas.iter().map(|a| a.code.as_str()).collect::<Vec<_>>(), ["29416", "29419"]);
        assert_eq!(taken.areas[0].name, "Xã 29416");
        assert_eq!(taken.note.as_deref(), Some("Sơ đồ"));
        assert_eq!(taken.problems, []);
    }

    #[test]
    fn a_feature_that_cannot_be_used_does_not_stop_the_others() {
        let point =
            r#"{"type":"Feature","properties":{"code":"1"},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
        let nameless = r#"{"type":"Feature","properties":null,"geometry":null}"#;
        // Metres of VN-2000, not degrees.
        let metres = square("3", 580_000.0);
        let features = [square("2", 106.0), point.into(), nameless.into(), metres, square("2", 107.0)];
        let taken = read(collection(&features).as_bytes()).unwrap();
        assert_eq!(taken.areas.len(), 1);
        let said: Vec<_> = taken.problems.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(said, ["map-no-area", "map-no-code", "map-not-degrees", "map-code-twice"]);
    }

    #[test]
    fn what_is_no_map_is_refused_with_a_sentence() {
        assert_eq!(read(b"<kml/>").unwrap_err().id, "map-not-geojson");
        assert_eq!(read(&[0xFF, 0xFE]).unwrap_err().id, "map-not-geojson");
        assert_eq!(read(br#"{"type":"Point","coordinates":[1,2]}"#).unwrap_err().id, "map-not-a-collection");
        assert_eq!(read(collection(&[]).as_bytes()).unwrap_err().id, "map-empty");
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(deep.as_bytes()).unwrap_err().id, "map-not-geojson");
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
        }

        #[test]
        fn no_geometry_makes_it_panic(corners in prop::collection::vec((-200.0..200.0, -100.0..100.0), 0..12)) {
            let line: Vec<_> = corners.iter().map(|(x, y): &(f64, f64)| format!("[{x},{y}]")).collect();
            let feature = format!(
                r#"{{"type":"Feature","id":7,"properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
                line.join(",")
            );
            if let Ok(taken) = read(collection(&[feature]).as_bytes()) {
                let drawing = crate::draw(&taken.areas, 600, |a| a.name.clone());
                prop_assert!(!drawing.areas.is_empty());
            }
        }
    }
}
