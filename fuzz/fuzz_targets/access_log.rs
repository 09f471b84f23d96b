//! Whatever an old site's log holds, each of its lines is a view, left out, or said to be unreadable.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nhipcau_visits::fuzzing::read_log;

fuzz_target!(|data: &[u8]| {
    let report = read_log(data).expect("a log in memory can be read");
    let accounted = report.views + report.bad.values().sum::<u64>() + report.left_out.values().sum::<u64>();
    assert_eq!(report.lines, accounted);
    assert!(report.visits <= report.views);
});
