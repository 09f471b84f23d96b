//! Every problem has its sentence, in both languages, with the same values in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn sources(folder: &Path, out: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else {
            out.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

/// Sentence ids with the values that they name.
fn sentences(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = root.join(format!("../messages/locales/{language}/intake.ftl"));
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = String::new();
    for line in fs::read_to_string(path).unwrap().lines().filter(|l| !l.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =").filter(|(id, _)| id.starts_with("intake-")) {
            id.clone_into(&mut last);
            assert!(found.insert(last.clone(), BTreeSet::new()).is_none(), "{id} twice");
        }
        for part in line.split("{ $").skip(1) {
            let name = part.split([' ', '}']).next().unwrap().to_owned();
            found.get_mut(&last).unwrap().insert(name);
        }
    }
    found
}

#[test]
fn every_problem_has_its_sentence() {
    let mut code = String::new();
    sources(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    let used: BTreeSet<&str> =
        code.split("Problem::new(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let (vi, en) = (sentences("vi"), sentences("en"));
    assert_eq!(vi, en);
    assert_eq!(vi.keys().map(String::as_str).collect::<BTreeSet<_>>(), used);
    let given: BTreeSet<&str> =
        code.split("with(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for (id, names) in vi {
        assert!(
            names.iter().all(|n| given.contains(&**n)),
            "{id} names a value that nothing gives: {names:?}"
        );
    }
}
