//! What scripts rely on: the JSON of `figures` and `explain`, and the reference campaign's figures.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{demo, run};

fn figures(more: &[&str]) -> Vec<Value> {
    let words = [&["figures", "--period", "nam-1", "--format", "json"], more].concat();
    let Value::Array(rows) = run(demo(), &words).exits(0).json() else { panic!("not an array") };
    rows
}

fn explain(key: &str, more: &[&str]) -> Value {
    let words = [&["explain", key, "--period", "nam-1", "--format", "json"], more].concat();
    run(demo(), &words).exits(0).json()
}

/// Key, value, wording and unit of what the district published.
const PUBLISHED: [(&str, i64, &str, &str); 19] = [
    ("associations.registered", 41, "trên 40%", "%"),
    ("cells.completed.district", 26, "26", "cells"),
    ("cells.completed.grassroots", 220, "220", "cells"),
    ("cells.completed.hamlet", 97, "97", "cells"),
    ("cells.completed.sector", 123, "123", "cells"),
    ("directives.issued", 8, "8", "documents"),
    ("initiatives.collective", 65, "65", "initiatives"),
    ("initiatives.individual", 31, "31", "initiatives"),
    ("initiatives.new", 15, "15", "initiatives"),
    ("initiatives.total", 96, "96", "initiatives"),
    ("members.planned", 98, "trên 98%", "%"),
    ("members.registered", 98, "trên 98%", "%"),
    ("newsletter.items", 24, "24", "items"),
    ("radio.articles", 25, "25", "articles"),
    ("radio.bulletins", 55, "55", "bulletins"),
    ("social.posts", 128, "trên 100", "posts"),
    ("sponsorship.children", 10, "10", "people"),
    ("sponsorship.rate", 600_000, "600.000", "dong-per-child-month"),
    ("staff.registered", 80, "80%", "%"),
];

#[test]
fn figures_are_an_array_of_objects_sorted_by_key() {
    let rows = figures(&[]);
    let keys: Vec<&str> = rows.iter().map(|r| r["key"].as_str().expect("a key")).collect();
    assert!(keys.is_sorted(), "{keys:?}");
    for row in &rows {
        let object = row.as_object().expect("an object");
        for field in ["key", "value", "numerator", "denominator", "wording", "unit", "status", "coverage"] {
            assert!(object.contains_key(field), "{field} is missing in {row}");
        }
        for field in ["value", "numerator", "denominator"] {
            assert!(row[field].is_i64() || row[field].is_null(), "{field} of {row}");
        }
        assert!(row["wording"].is_string() && row["unit"].is_string(), "{row}");
        let status = row["status"].as_str().expect("a status");
        assert!(["measured", "derived", "claim", "missing", "unanswerable"].contains(&status), "{status}");
        let count = |name: &str| row["coverage"][name].as_u64().unwrap_or_else(|| panic!("{name} of {row}"));
        assert_eq!(count("expected"), count("accepted") + count("exempt") + count("missing"), "{row}");
    }
}

#[test]
fn each_published_figure_comes_out() {
    let rows = figures(&[]);
    for (key, value, wording, unit) in PUBLISHED {
        let row = rows.iter().find(|r| r["key"] == key).unwrap_or_else(|| panic!("{key} is missing"));
        assert_eq!(
            (&row["value"], &row["wording"], &row["unit"]),
            (&value.into(), &wording.into(), &unit.into()),
            "{row}"
        );
    }
    let of = |key: &str| rows.iter().find(|r| r["key"] == key).expect("a figure");
    let share =
        |key: &str| (of(key)["numerator"].as_i64().expect("n"), of(key)["denominator"].as_i64().expect("d"));
    for key in ["members.registered", "members.planned"] {
        let (n, d) = share(key);
        assert!(100 * n > 98 * d && n <= d, "{key}: {n}/{d}");
    }
    let (n, d) = share("staff.registered");
    assert_eq!(100 * n, 80 * d);
    assert_ne!(share("members.registered"), share("members.planned"), "two indicators");
    // 250 owed, 246 completed, two never report.
    assert_eq!(of("cells.completed")["value"], 246);
    let coverage = &of("cells.completed")["coverage"];
    assert_eq!((&coverage["expected"], &coverage["missing"]), (&250.into(), &2.into()));
    // A claim is quoted, never computed with.
    let visits = of("visits.all");
    assert_eq!((&visits["status"], &visits["value"]), (&"claim".into(), &3_342_863.into()));
    assert!(visits["numerator"].is_null() && visits["denominator"].is_null());
}

#[test]
fn contributions_add_up_to_the_figure_and_a_rate_lists_them() {
    for row in figures(&[]) {
        let key = row["key"].as_str().expect("a key");
        let explained = explain(key, &[]);
        let parts = explained["contributions"].as_array().expect("contributions");
        let sum = |field: &str| -> i64 { parts.iter().map(|c| c[field].as_i64().unwrap_or(0)).sum() };
        if key == "sponsorship.rate" {
            assert!(!parts.is_empty());
            assert!(parts.iter().all(|c| c["numerator"].as_i64() == Some(600_000)), "{parts:?}");
        } else if row["status"] == "claim" {
            assert!(parts.is_empty(), "{key}: a claim rests on nothing here");
        } else {
            assert_eq!(row["numerator"].as_i64(), Some(sum("numerator")), "{key}");
            assert_eq!(row["denominator"].as_i64().unwrap_or(0), sum("denominator"), "{key}");
        }
        let missing = explained["missing"].as_array().expect("missing").len() as u64;
        assert_eq!(row["coverage"]["missing"].as_u64(), Some(missing), "{key}");
        for c in parts {
            assert!(c["unit"].is_string() && c["name"].is_string() && c["path"].is_array(), "{c}");
            let from = c["returns"].as_array().expect("returns");
            assert!(!from.is_empty(), "{key}: {} comes from no return", c["unit"]);
        }
    }
}

#[test]
fn a_number_is_traced_to_the_cell_of_a_workbook() {
    let explained = explain("members.registered", &[]);
    for c in explained["contributions"].as_array().expect("contributions") {
        let source = &c["returns"][0];
        assert!(source["origin"]["file"].as_str().is_some_and(|f| !f.is_empty()), "{c}");
        assert_eq!(source["origin"]["sha256"].as_str().map(str::len), Some(64), "{c}");
        let entries = source["entries"].as_array().expect("entries");
        let read = entries.iter().find(|e| e["element"] == "members.registered").expect("the element");
        assert!(
            read["cell"].as_str().is_some_and(|cell| cell.starts_with(|c: char| c.is_ascii_uppercase())),
            "{read}"
        );
        assert_eq!(read["value"]["number"], c["numerator"], "{c}");
    }
    let corrections = explained["corrections"].as_array().expect("corrections");
    assert!(
        corrections.iter().any(|c| c["reason"].as_str().is_some_and(|r| !r.is_empty())),
        "{corrections:?}"
    );
}

#[test]
fn grand_totals_are_the_same_under_the_tree_now() {
    let numbers = |rows: Vec<Value>| -> BTreeMap<String, (Value, Value)> {
        rows.into_iter()
            .map(|r| (r["key"].to_string(), (r["numerator"].clone(), r["denominator"].clone())))
            .collect()
    };
    assert_eq!(numbers(figures(&[])), numbers(figures(&["--tree", "now"])));
}

#[test]
fn a_merged_commune_holds_what_its_predecessors_reported() {
    let of = |unit: &str, tree: &str| {
        let rows = figures(&["--unit", unit, "--tree", tree]);
        let row = rows.iter().find(|r| r["key"] == "members.registered").expect("a figure").clone();
        (row["numerator"].as_i64().expect("n"), row["denominator"].as_i64().expect("d"))
    };
    let shown = run(demo(), &["tree", "show", "--on", "2025-07-02", "--format", "json"]).exits(0).json();
    let rows = shown.as_array().expect("rows");
    let new = rows
        .iter()
        .find(|r| r["name"].as_str().is_some_and(|n| n.starts_with("Xã Cầu Ngang")))
        .expect("the new commune");
    let then = ["tt-cau-ngang", "xa-my-hoa", "xa-thuan-hoa"].map(|unit| of(unit, "then"));
    let sum = then.iter().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    assert_eq!(of(new["unit"].as_str().expect("a unit"), "now"), sum);
}

#[test]
fn csv_and_json_say_the_same() {
    let csv = run(demo(), &["figures", "--period", "nam-1", "--format", "csv"]).exits(0).out;
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("key,value,numerator,denominator,wording,unit,status,coverage"));
    assert_eq!(lines.count(), figures(&[]).len());
    assert!(csv.contains("members.registered,98,3852,3912,trên 98%,%,measured,248/250"), "{csv}");
}

#[test]
fn what_reports_straight_to_the_district_does_so_whatever_unit_is_asked() {
    let value = |more: &[&str], key: &str| {
        let rows = figures(more);
        rows.iter().find(|r| r["key"] == key).unwrap_or_else(|| panic!("{key}"))["value"].as_i64()
    };
    let commune = ["--unit", "tt-cau-ngang"];
    assert_eq!(value(&commune, "cells.completed.district"), None, "its own cells are the commune's");
    assert!(value(&commune, "cells.completed.grassroots").is_some_and(|n| n > 0));
    assert_eq!(value(&commune, "visits.all"), None, "it was claimed of the district's page");
    let province = ["--unit", "tinh-vinh-long", "--tree", "now"];
    assert_eq!(value(&province, "cells.completed.district"), Some(26));
    assert_eq!(value(&province, "cells.completed.grassroots"), Some(220));
}
