use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use nhipcau_domain::problem::Problem;

use super::*;

/// Every message of a language, with the names of its values.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (file, source) in catalogue::sources(lang) {
        let mut current = String::new();
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                current = line.split('=').next().unwrap().trim().to_owned();
                assert!(
                    found.insert(current.clone(), BTreeSet::new()).is_none(),
                    "{file}: {current} stands twice"
                );
            }
            for part in line.split('$').skip(1) {
                let name: String = part
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
                    .collect();
                if let Some(values) = found.get_mut(&current) {
                    values.insert(name);
                }
            }
        }
    }
    found
}

fn rust_files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn both_languages_have_every_sentence_with_the_same_values() {
    let (vi, en) = (messages(Lang::Vi), messages(Lang::En));
    for (id, values) in &vi {
        assert_eq!(en.get(id), Some(values), "{id}: Vietnamese and English differ");
    }
    assert_eq!(vi.len(), en.len(), "{:?}", en.keys().filter(|k| !vi.contains_key(*k)).collect::<Vec<_>>());
}

#[test]
fn the_khmer_draft_says_only_what_vietnamese_says_and_falls_back_to_it() {
    let vi = messages(Lang::Vi);
    let km = messages(Lang::Km);
    for (id, values) in &km {
        assert_eq!(vi.get(id), Some(values), "{id}: Vietnamese and Khmer differ");
    }
    assert!(km.contains_key("site-draft-language"), "the draft does not say that it is one");
    assert_eq!(word(Lang::Km, "portal-kind-measured"), word(Lang::Vi, "portal-kind-measured"));
    assert_ne!(word(Lang::Km, "site-home"), word(Lang::Vi, "site-home"));
}

#[test]
fn the_catalogues_parse() {
    for lang in Lang::OF_PAGES {
        for (file, source) in catalogue::sources(lang) {
            let parsed = fluent_bundle::FluentResource::try_new(source.to_owned());
            assert!(parsed.is_ok(), "{}/{file}: {:?}", lang.code(), parsed.err().map(|e| e.1));
        }
    }
}

#[test]
fn every_problem_that_the_code_names_has_its_sentence() {
    let known = messages(Lang::Vi);
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut files);
    let mut named = 0;
    for file in
        files.iter().filter(|f| !f.ends_with("tests.rs") && !f.components().any(|c| c.as_os_str() == "tests"))
    {
        let source = fs::read_to_string(file).unwrap();
        for part in source.split("Problem::new(\"").skip(1) {
            let id = part.split('"').next().unwrap();
            named += 1;
            assert!(known.contains_key(id), "{}: no sentence for {id}", file.display());
        }
    }
    assert!(named > 20, "found only {named}: is the search still right?");
}

#[test]
fn a_problem_says_where_and_what() {
    let p = Problem::new("unit-unknown").with("unit", "ap-1").in_file("a.xlsx").at_cell("Biểu 1", "D7");
    assert_eq!(
        problem(Lang::Vi, &p),
        "a.xlsx, trang tính “Biểu 1”, ô D7: Không có đơn vị nào mang mã “ap-1”."
    );
}

#[test]
fn numbers_are_printed_as_the_reader_writes_them() {
    let p = Problem::new("revision-out-of-order").with("found", 1_234_i64).with("expected", 5_i64);
    assert!(sentence(Lang::Vi, &p).contains("1.234"));
    assert!(sentence(Lang::En, &p).contains("1,234"));
}
