//! Whatever a CSV's bytes are, reading ends; read at once or as it streams, it says the same returns.
#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use nhipcau_fuzz::WORLD;
use nhipcau_intake::{Limits, Source, read_file, read_wide_csv, sha256};

fuzz_target!(|data: &[u8]| {
    let limits = Limits { max_line_bytes: 4096, max_rows: 2000, ..Limits::default() };
    let reading = read_file("x.csv", data, &**WORLD, &limits);
    assert!(!reading.submissions.is_empty() || !reading.problems.is_empty(), "lost without a word");
    if data.starts_with(b"PK") || data.starts_with(&[0xd0, 0xcf]) {
        return;
    }
    let sha256 = sha256(data);
    let source = Source { name: "x.csv", sha256: &sha256 };
    let (mut streamed, mut contradicted) = (Vec::new(), HashSet::new());
    let summary = read_wide_csv(data, &source, &**WORLD, &limits, &mut |row| {
        if row.contradicts.is_some() {
            contradicted.extend(row.key.clone());
        }
        streamed.extend(row.submission);
    });
    if summary.problems.is_empty() && reading.submissions.len() > 1 {
        for submission in &reading.submissions {
            assert!(contradicted.contains(&submission.key) || streamed.contains(submission));
        }
    }
});
