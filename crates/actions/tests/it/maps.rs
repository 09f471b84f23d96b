//! The map is dated like the tree: an outline belongs to whoever has its code on that day.

use jiff::civil::date;
use nhipcau_actions::maps;
use nhipcau_domain::{
    office::{Acting, Grant, Role},
    tree::{Change, TreeEvent},
};
use nhipcau_testkit::district;

use crate::support::{each_house_of, refusal};

fn outlines(codes: &[&str]) -> String {
    let features: Vec<_> = codes
        .iter()
        .enumerate()
        .map(|(x, code)| {
            format!(
                r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon",
                "coordinates":[[[{x},9],[{x}.5,9],[{x}.5,9.5],[{x},9]]]}}}}"#
            )
        })
        .collect();
    format!(r#"{{"type":"FeatureCollection","note":"Sơ đồ","features":[{}]}}"#, features.join(","))
}

#[tokio::test]
async fn a_code_that_was_given_to_another_unit_is_that_units_on_the_new_map() {
    let mut district = district();
    let recode = |day, unit: &str, code: Option<&str>| TreeEvent {
        on: day,
        change: Change::Recode { unit: unit.into(), code: code.map(str::to_owned) },
    };
    let (old, new) = (date(2021, 1, 1), date(2025, 7, 1));
    district.tree.extend([
        recode(old, "xa-a", Some("001")),
        recode(old, "xa-b", Some("002")),
        recode(new, "xa-a", None),
        recode(new, "xa-b", Some("001")),
    ]);
    each_house_of(district, async |house| {
        let acting = Acting::at_the_machine("h".into());
        let before = maps::load(&house.ws, &acting, old, outlines(&["001", "002"]).as_bytes()).await.unwrap();
        assert_eq!((before.matched, before.problems.len()), (2, 0));
        let after = maps::load(&house.ws, &acting, new, outlines(&["001", "009"]).as_bytes()).await.unwrap();
        assert_eq!(after.matched, 1);
        assert_eq!(after.problems[0].id, "map-code-unknown");

        let unit = async |day| {
            let map = maps::on(&house.ws, day).await.unwrap().unwrap();
            assert_eq!(map.note, "Sơ đồ");
            map.units["001"].to_string()
        };
        assert_eq!(unit(date(2024, 12, 31)).await, "xa-a");
        assert_eq!(unit(new).await, "xa-b");
        assert!(maps::on(&house.ws, date(2020, 6, 1)).await.unwrap().is_none(), "no map that early");
        assert_eq!(maps::days(&house.ws).await.unwrap(), [old, new]);
    })
    .await;
}

#[tokio::test]
async fn the_last_file_for_a_day_counts_and_a_writer_may_not_load_one() {
    each_house_of(district(), async |house| {
        let acting = Acting::at_the_machine("h".into());
        let day = date(2021, 1, 1);
        maps::load(&house.ws, &acting, day, outlines(&["1"]).as_bytes()).await.unwrap();
        maps::load(&house.ws, &acting, day, outlines(&["1", "2", "3"]).as_bytes()).await.unwrap();
        assert_eq!(maps::on(&house.ws, day).await.unwrap().unwrap().areas.len(), 3);
        assert_eq!(maps::days(&house.ws).await.unwrap(), [day]);

        let writer = Acting {
            office: "h".into(),
            grants: vec![Grant { role: Role::Writer, column: None }],
            postings: Vec::new(),
        };
        let refused = maps::load(&house.ws, &writer, day, outlines(&["1"]).as_bytes()).await;
        assert_eq!(refusal(refused).id, "office-may-not");
        assert_eq!(refusal(maps::held(&house.ws, &writer).await).id, "office-may-not");
        let broken = maps::load(&house.ws, &acting, day, b"<kml/>").await;
        assert_eq!(refusal(broken).id, "map-not-geojson");
        let slip = maps::load(&house.ws, &acting, date(21, 1, 1), outlines(&["1"]).as_bytes()).await;
        assert_eq!(refusal(slip).id, "map-day");
        assert_eq!(maps::held(&house.ws, &acting).await.unwrap(), [day]);
    })
    .await;
}

#[tokio::test]
async fn how_a_file_fits_is_told_from_both_sides_and_nothing_is_kept() {
    let mut district = district();
    let day = date(2021, 1, 1);
    for (unit, code) in [("h", "100"), ("xa-a", "001"), ("xa-b", "002")] {
        let change = Change::Recode { unit: unit.into(), code: Some(code.to_owned()) };
        district.tree.push(TreeEvent { on: day, change });
    }
    each_house_of(district, async |house| {
        let acting = Acting::at_the_machine("h".into());
        let fit = async |codes: &[&str]| {
            let bytes = outlines(codes).into_bytes();
            let fit = maps::fit(&house.ws, &acting, day, bytes).await.unwrap();
            assert!(!fit.replaces, "nothing is kept");
            let said: Vec<_> = fit.problems.iter().map(ToString::to_string).collect();
            (fit.matched, said.join("; "))
        };
        let (matched, said) = fit(&["001", "009"]).await;
        assert_eq!(matched, 1);
        assert!(said.contains("map-code-unknown") && said.contains("009"), "{said}");
        // The district is drawn by its communes; the commune without an area is told.
        assert!(
            said.contains("map-unit-without-area") && said.contains("Bình") && !said.contains("Huyện"),
            "{said}"
        );
        assert_eq!(fit(&["001", "002"]).await, (2, String::new()));
        assert!(fit(&["100"]).await.1.contains("An Mẫu"), "a district's outline draws no commune");
        assert!(maps::days(&house.ws).await.unwrap().is_empty());

        assert!(maps::fit_on(&house.ws, &acting, day).await.unwrap().is_none());
        maps::load(&house.ws, &acting, day, outlines(&["001"]).as_bytes()).await.unwrap();
        let held = maps::fit_on(&house.ws, &acting, date(2024, 1, 1)).await.unwrap().unwrap();
        assert_eq!((held.map.from, held.matched, held.problems.len()), (day, 1, 1));
        let bytes = outlines(&["001"]).into_bytes();
        assert!(maps::fit(&house.ws, &acting, day, bytes.clone()).await.unwrap().replaces);
        assert!(!maps::fit(&house.ws, &acting, date(2022, 1, 1), bytes).await.unwrap().replaces);
        let writer = Acting {
            office: "h".into(),
            grants: vec![Grant { role: Role::Publisher, column: None }],
            postings: Vec::new(),
        };
        let refused = maps::fit(&house.ws, &writer, day, outlines(&["1"]).into_bytes()).await;
        assert_eq!(refusal(refused).id, "office-may-not");
        assert_eq!(refusal(maps::fit_on(&house.ws, &writer, day).await).id, "office-may-not");
    })
    .await;
}
