//! Whatever the bytes are, reading ends, and says something or returns something.

use std::{
    io::{Cursor, Read, Write},
    sync::OnceLock,
};

use nhipcau_intake::{Limits, read_file};
use proptest::prelude::*;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::world::{TestWorld, filled, template, world};

fn good(world: &TestWorld) -> Vec<u8> {
    static GOOD: OnceLock<Vec<u8>> = OnceLock::new();
    GOOD.get_or_init(|| template(world, &[filled(world, "ap-1", "nam-1")])).clone()
}

/// Nothing is lost without a word.
fn says_something(world: &TestWorld, bytes: &[u8]) {
    let reading = read_file("x", bytes, world, &Limits::default());
    assert!(!reading.submissions.is_empty() || !reading.problems.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        says_something(&world(), &bytes);
    }

    #[test]
    fn any_text(text in "(unit|period|ap-1|nam-1|members.total|[,;\t\n\" ]|[0-9]{1,3}|đ|:){0,80}") {
        let reading = read_file("x.csv", text.as_bytes(), &world(), &Limits::default());
        prop_assert!(reading.submissions.is_empty());
    }

    #[test]
    fn a_workbook_with_bytes_changed(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let world = world();
        let mut bytes = good(&world);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        says_something(&world, &bytes);
    }

    #[test]
    fn a_workbook_with_xml_changed(
        part in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        cut in 0..40_usize,
        put in "(<c r=\"A1\"|<v>|</v>|<row>|</row>|r=\"|&amp;|&#0;|&#x110;|\"|>|<|/|[a-zA-Z0-9]{1,6}|<!--|-->|<!\\[CDATA\\[|]]>){0,4}",
    ) {
        let world = world();
        let mut zip = ZipArchive::new(Cursor::new(good(&world))).unwrap();
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let part = part.index(zip.len());
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            if index == part {
                let at = at.index(bytes.len());
                let end = (at + cut).min(bytes.len());
                bytes.splice(at..end, put.bytes());
            }
            out.start_file(&*name, SimpleFileOptions::default()).unwrap();
            out.write_all(&bytes).unwrap();
        }
        says_something(&world, &out.finish().unwrap().into_inner());
    }
}
