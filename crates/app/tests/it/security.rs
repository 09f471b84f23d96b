//! SECURITY.md promises tests by name: each of them is there.

use std::{collections::BTreeSet, fs, path::Path};

fn top() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Words in backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_test_and_file_that_the_security_page_names_is_there() {
    let page = fs::read_to_string(top().join("SECURITY.md")).expect("the page");
    let mut tests = BTreeSet::new();
    let mut folders = vec![top().join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let source = fs::read_to_string(&path).expect("a source");
                let names = source.split("fn ").skip(1).filter_map(|rest| rest.split_once('('));
                tests.extend(names.map(|(name, _)| name.to_owned()));
            }
        }
    }
    let is_name = |word: &&str| {
        word.matches('_').count() > 2
            && word.bytes().all(|b| b.is_ascii_lowercase() || b"_0123456789".contains(&b))
    };
    let named: BTreeSet<&str> = quoted(&page).filter(is_name).collect();
    assert!(named.len() > 40, "only {named:?}");
    let missing: Vec<&&str> = named.iter().filter(|name| !tests.contains(**name)).collect();
    assert!(missing.is_empty(), "SECURITY.md names tests that are not there: {missing:?}");

    let is_file = |word: &&str| Path::new(word).extension().is_some_and(|e| e == "rs") && word.contains('/');
    let gone: Vec<&str> = quoted(&page)
        .filter(is_file)
        .filter(|file| {
            let short = top().join("crates").join(file);
            !short.exists() && !top().join(file).exists()
        })
        .collect();
    assert!(gone.is_empty(), "SECURITY.md names files that are not there: {gone:?}");
}
