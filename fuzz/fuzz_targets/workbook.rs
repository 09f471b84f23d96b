//! Whatever a workbook's bytes are, reading ends and says something or returns something.
//!
//! Beginning with `PK` it is a file as it is. Else it is one or more parts of a workbook, `name NUL
//! text NUL`, in place of a good form's: unpacked, they can be changed byte by byte.
#![no_main]

use std::{
    io::{Cursor, Read, Write},
    sync::LazyLock,
};

use libfuzzer_sys::fuzz_target;
use nhipcau_fuzz::{WORLD, good};
use nhipcau_intake::{Limits, read_file};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

static GOOD: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let mut zip = ZipArchive::new(Cursor::new(good())).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut part = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect()
});

fn composed(data: &[u8]) -> Vec<u8> {
    let mut parts = GOOD.clone();
    let mut pieces = data.split(|b| *b == 0);
    while let (Some(name), Some(text)) = (pieces.next(), pieces.next()) {
        let name = String::from_utf8_lossy(name).into_owned();
        match parts.iter_mut().find(|(n, _)| *n == name) {
            Some((_, bytes)) => *bytes = text.to_vec(),
            None => parts.push((name, text.to_vec())),
        }
    }
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &parts {
        if out.start_file(name.as_str(), stored).is_ok() {
            let _ = out.write_all(bytes);
        }
    }
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

fuzz_target!(|data: &[u8]| {
    let made;
    let bytes = if data.starts_with(b"PK") {
        data
    } else {
        made = composed(data);
        &made
    };
    let reading = read_file("x.xlsx", bytes, &**WORLD, &Limits::default());
    assert!(!reading.submissions.is_empty() || !reading.problems.is_empty(), "lost without a word");
});
