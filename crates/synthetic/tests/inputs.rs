//! The workbooks come back through intake as the returns that they were written from.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use nhipcau_campaign::{Folder, Loaded, load};
use nhipcau_domain::{
    Date,
    definitions::Definitions,
    problem::Severity,
    returns::{ReturnKey, Submission, Value},
    text::fold,
    tree::{Ix, Tree},
};
use nhipcau_intake::{Limits, Reading, UnitInfo, World, read_file};
use nhipcau_synthetic::{Expect, Input, submissions, write_inputs, write_inputs_to};

const SEED: u64 = 20_220_517;

struct District {
    loaded: Loaded,
    tree: Tree,
    end: Date,
}

impl District {
    fn info(&self, ix: Ix) -> UnitInfo {
        UnitInfo {
            id: self.tree.id(ix).clone(),
            name: self.tree.name(ix, self.end).to_owned(),
            kind: self.tree.kind(ix, self.end).clone(),
            code: self.tree.code(ix, self.end).map(str::to_owned),
        }
    }
}

impl World for District {
    fn definitions(&self) -> &Definitions {
        &self.loaded.definitions
    }
    fn unit(&self, id: &str) -> Option<UnitInfo> {
        self.tree.find(id).map(|ix| self.info(ix))
    }
    fn units_named(&self, folded: &str) -> Vec<UnitInfo> {
        let open = self.tree.open_on(self.end).map(|ix| self.info(ix));
        open.filter(|u| fold(&u.name) == folded || u.code.as_deref() == Some(folded)).collect()
    }
}

fn reference() -> (District, Vec<u8>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/cau-ngang");
    let spec = fs::read(folder.join("synthetic.toml")).unwrap();
    let loaded = load(&Folder(folder)).unwrap();
    let tree = Tree::from_events(&loaded.tree).unwrap();
    let end = loaded.definitions.period("nam-1").unwrap().last;
    (District { loaded, tree, end }, spec)
}

/// The files in memory, written once for all tests: it takes a while.
type Written = (Vec<Input>, BTreeMap<String, Vec<u8>>);

fn written() -> &'static Written {
    static WRITTEN: LazyLock<Written> = LazyLock::new(|| {
        let (district, spec) = reference();
        let mut files = BTreeMap::new();
        let inputs = write_inputs(&district.loaded, &spec, SEED, &mut |path, bytes| {
            assert!(files.insert(path.to_owned(), bytes.to_vec()).is_none());
            Ok(())
        });
        (inputs.unwrap(), files)
    });
    &WRITTEN
}

fn read(district: &District, path: &str, bytes: &[u8]) -> Reading {
    read_file(path, bytes, district, &Limits::default())
}

fn refusals(reading: &Reading) -> Vec<&str> {
    let refused = reading.problems.iter().filter(|p| p.severity == Severity::Refuse);
    refused.map(|p| p.id.as_str()).collect()
}

#[test]
fn the_good_files_say_exactly_what_was_made_and_the_broken_ones_are_refused_where_they_should_be() {
    let (district, spec) = reference();
    let (inputs, files) = written();
    let mut got: BTreeMap<ReturnKey, Submission> = BTreeMap::new();
    let mut kinds = BTreeSet::new();
    for input in inputs {
        let reading = read(&district, &input.path, &files[&input.path]);
        kinds.insert(name(&input.expect));
        match &input.expect {
            Expect::Taken | Expect::Corrects { .. } => {
                assert_eq!(refusals(&reading), [] as [&str; 0], "{}: {:?}", input.path, reading.problems);
                for submission in reading.submissions {
                    got.insert(submission.key.clone(), submission);
                }
            }
            Expect::Repeats { of } => assert_eq!(files[&input.path], files[of]),
            Expect::RefusedForm => {
                assert!(reading.submissions.is_empty());
                assert_eq!(refusals(&reading).len(), 1, "{:?}", reading.problems);
            }
            Expect::RefusedText => {
                assert!(!reading.submissions.iter().any(|s| s.key.data_set.as_str() == "chi-bo"));
                let problem = reading.problems.iter().find(|p| p.severity == Severity::Refuse).unwrap();
                assert!(problem.place.cell.is_some(), "{problem}");
            }
            Expect::RefusedCheck => {
                assert_eq!(refusals(&reading), [] as [&str; 0]);
                let n = |id: &str| reading.submissions[0].value(id).and_then(Value::number).unwrap();
                assert!(n("members.registered") > n("members.total"));
            }
        }
    }
    assert_eq!(kinds.len(), 6, "{kinds:?}");
    let made = submissions(&district.loaded, &spec, SEED).unwrap();
    assert_eq!(got.len(), made.len());
    for submission in &made {
        assert!(got[&submission.key].same_content(submission), "{:?}", submission.key);
    }
}

/// The expectation's name without its values.
fn name(expect: &Expect) -> String {
    format!("{expect:?}").split([' ', '{']).next().unwrap_or_default().to_owned()
}

#[test]
fn the_same_seed_writes_the_same_bytes() {
    let (district, spec) = reference();
    let folder = tempfile::tempdir().unwrap();
    let inputs = write_inputs_to(&district.loaded, &spec, SEED, folder.path()).unwrap();
    let (again, files) = written();
    assert_eq!(inputs, *again);
    for input in &inputs {
        assert_eq!(fs::read(folder.path().join(&input.path)).unwrap(), files[&input.path], "{}", input.path);
    }
}

#[test]
fn a_correction_comes_after_what_it_corrects() {
    let (inputs, _) = written();
    let paths: Vec<&str> = inputs.iter().map(|i| i.path.as_str()).collect();
    assert!(paths.is_sorted());
    let second = inputs.iter().find(|i| matches!(i.expect, Expect::Corrects { .. })).unwrap();
    let Expect::Corrects { first } = &second.expect else { unreachable!() };
    assert!(*first < second.path);
}

#[test]
fn a_file_for_a_unit_that_does_not_report_is_a_mistake_of_the_specification() {
    let (district, spec) = reference();
    let spec = String::from_utf8(spec).unwrap().replace("xa-long-son.ap-tan-lap", "xa-hiep-my-dong.quan-su");
    let problem = write_inputs(&district.loaded, spec.as_bytes(), SEED, &mut |_, _| Ok(())).unwrap_err();
    assert_eq!(problem.id, "synthetic-unknown-name");
}

#[test]
fn a_full_disk_is_told() {
    let (district, spec) = reference();
    let full = |_: &str, _: &[u8]| Err(std::io::Error::from(std::io::ErrorKind::StorageFull));
    let problem = write_inputs(&district.loaded, &spec, SEED, &mut { full }).unwrap_err();
    assert_eq!(problem.id, "synthetic-cannot-write");
}
