use proptest::prelude::*;

use super::{
    line::{Line, parse},
    log::{Counted, ImportOptions, gather},
};
use crate::{BadLine, Options};

const WHOLE: &str = r#"2001:db8::1 - - [24/Nov/2026:00:05:09 +0700] "GET /a?b HTTP/2.0" 200 12 "https://x/\"y" "Mozilla \"5""#;

#[test]
fn a_line_is_read_with_its_escapes() {
    let line = parse(WHOLE).unwrap();
    let at = "2026-11-23T17:05:09Z".parse::<jiff::Timestamp>().unwrap().as_millisecond();
    let (referrer, agent) = (r#"https://x/\"y"#, r#"Mozilla \"5"#);
    let address = "2001:db8::1".parse().unwrap();
    assert_eq!(line, Line { address, at, method: "GET", path: "/a?b", status: 200, referrer, agent });
}

#[test]
fn a_line_that_is_too_long_is_one_bad_line() {
    let log = format!("{}\n{WHOLE}\n{}", "x".repeat(200_000), "y".repeat(70_000));
    let (options, bounds) = (ImportOptions::default(), Options::default());
    let report = gather(log.as_bytes(), &options, &bounds, Counted::default(), &|| [1; 32]).unwrap().report;
    assert_eq!((report.lines, report.views), (3, 1));
    assert_eq!(
        report.problems.iter().map(|p| (p.line, p.why)).collect::<Vec<_>>(),
        [(1, BadLine::TooLong), (3, BadLine::TooLong)]
    );
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}") {
        let _ = parse(&text);
    }

    #[test]
    fn a_line_with_anything_in_a_place_is_read_without_a_panic(at in 0..WHOLE.len(), junk in "\\PC{0,12}", cut in 0_usize..30) {
        let end = (at + cut).min(WHOLE.len());
        let _ = parse(&format!("{}{junk}{}", &WHOLE[..at], &WHOLE[end..]));
    }

    #[test]
    fn any_bytes_are_a_log(bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'\n')], 0..400)) {
        let (options, bounds) = (ImportOptions::default(), Options::default());
        let report = gather(bytes.as_slice(), &options, &bounds, Counted::default(), &|| [1; 32]).unwrap().report;
        let accounted = report.views + report.bad.values().sum::<u64>() + report.left_out.values().sum::<u64>();
        prop_assert_eq!(report.lines, accounted);
    }
}
