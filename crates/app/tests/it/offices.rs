//! Offices of units and slips at the command line.

use std::{fs, os::unix::fs::PermissionsExt as _};

use crate::support::{demo_copy, empty_campaign, folder, run, word};

#[test]
fn the_demo_has_an_office_for_each_unit_and_nobody_in_it() {
    let data = demo_copy();
    let listed = run(data.path(), &["office", "list", "--format", "json"]).exits(0).json();
    let offices = listed.as_array().expect("an array");
    assert!(offices.len() > 250, "{}", offices.len());
    let long_son = offices.iter().find(|o| o["id"] == "xa-long-son").expect("is there");
    let postings = serde_json::json!(["reporter:unit:xa-long-son", "reviewer:branch:xa-long-son"]);
    assert_eq!((&long_son["postings"], &long_son["holders"]), (&postings, &serde_json::json!([])));
    let again = run(data.path(), &["office", "units", "--all"]).exits(0).out;
    assert!(again.contains("Đã lập 0 cơ quan"), "{again}");
    run(data.path(), &["verify"]).exits(0);
}

#[test]
fn slips_go_into_a_new_file_that_its_owner_alone_reads() {
    let (data, out) = (demo_copy(), folder());
    let file = out.path().join("phieu.html");
    let words = |extra: &[&'static str]| {
        let mut words =
            vec!["office", "slips", "--under", "xa-long-son", "--site", "https://caungang.example/"];
        words.extend(extra);
        words
            .into_iter()
            .map(str::to_owned)
            .chain(["--out".to_owned(), word(&file).to_owned()])
            .collect::<Vec<_>>()
    };
    let slips = |extra: &[&'static str]| {
        let words = words(extra);
        run(data.path(), &words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    slips(&[]).exits(0);
    assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    let html = fs::read_to_string(&file).expect("reads");
    assert!(html.contains("caungang.example/lam-viec/phieu") && html.contains("<style>"), "{html}");
    assert!(!html.contains("<link"), "needs nothing else");
    let count = html.matches("<section class=\"slip\">").count();
    assert!(count > 10, "{count}");
    // What is there is not written over, and nobody loses a slip by the try.
    slips(&[]).exits(3);
    assert_eq!(fs::read_to_string(&file).expect("reads"), html);
    run(data.path(), &["verify"]).exits(0);
}

#[test]
fn duties_are_given_over_units_that_there_are() {
    let data = empty_campaign();
    let create = |duty: &str| run(data.path(), &["office", "create", "Ban Tuyên giáo", "--duty", duty]);
    create("consolidator:huyen-cau-ngang").exits(3);
    create("consolidator:branch:khong-co").exits(3);
    run(data.path(), &["office", "create", "Ban Tuyên giáo"]).exits(3);
    create("consolidator:branch:huyen-cau-ngang").exits(0);
    let listed = run(data.path(), &["office", "list"]).exits(0).out;
    assert!(listed.contains("consolidator:branch:huyen-cau-ngang"), "{listed}");
    run(data.path(), &["office", "units"]).exits(2);
    run(data.path(), &["office", "units", "--under", "xa-long-son"]).exits(0);
}
