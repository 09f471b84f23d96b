//! The checks that a page runs are the checks that the server runs: one corpus of cases decides both.
//!
//! `checks.json` has what is given and what comes of it. After a change of the language, run with
//! `NHIPCAU_UPDATE_CORPUS=1` and read the difference.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use nhipcau_domain::{
    checks::{self, Facts, Finding, Rule},
    id::ElementId,
    problem::Severity,
};
use serde_json::{Value, json};

struct Given<'a>(&'a Value);

impl Given<'_> {
    fn get(&self, of: &str, name: &str) -> Option<i64> {
        self.0[of][name].as_str().map(|n| n.parse().unwrap())
    }
}

impl Facts for Given<'_> {
    fn value(&self, element: &str) -> Option<i64> {
        self.get("value", element)
    }
    fn previous(&self, element: &str) -> Option<i64> {
        self.get("previous", element)
    }
    fn children(&self, element: &str) -> Option<i64> {
        self.get("children", element)
    }
    fn register(&self, name: &str) -> Option<i64> {
        self.get("register", name)
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/tests")
}

/// What the Rust evaluator makes of a case, with the trees that a page gets.
fn decided(case: &Value) -> Value {
    let elements: Vec<ElementId> = ["a", "b", "c", "a.b-c"].into_iter().map(ElementId::from).collect();
    let text = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
    let rule = Rule {
        id: "x".to_owned(),
        data_set: "x".into(),
        kinds: Vec::new(),
        holds: text("holds"),
        severity: Severity::Refuse,
        message: text("message"),
        message_en: text("message"),
    };
    let check = checks::compile(&rule, &elements).unwrap_or_else(|p| panic!("{}: {p}", rule.holds));
    let (finds, says, says_en) = match check.run(&Given(&case["facts"])) {
        Finding::Holds => ("holds", String::new(), String::new()),
        Finding::Unknown => ("unknown", String::new(), String::new()),
        Finding::Overflow => ("overflow", String::new(), String::new()),
        Finding::Fails { message, message_en } => ("fails", message, message_en),
    };
    let tree = serde_json::to_value(&check).unwrap();
    let mut case = case.clone();
    case["finds"] = finds.into();
    case["says"] = says.into();
    case["says_en"] = says_en.into();
    case["condition"] = tree["condition"].clone();
    case["sentence"] = tree["sentence"].clone();
    case
}

fn corpus() -> (Vec<Value>, Vec<Value>) {
    let text = fs::read_to_string(folder().join("checks.json")).unwrap();
    let written: Vec<Value> = serde_json::from_str(&text).unwrap();
    let decided: Vec<Value> = written.iter().map(decided).collect();
    (written, decided)
}

#[test]
fn the_corpus_says_what_the_server_finds() {
    let (written, decided) = corpus();
    if std::env::var_os("NHIPCAU_UPDATE_CORPUS").is_some() {
        let kept = decided.iter().map(|case| {
            let names = ["holds", "message", "facts", "finds", "says", "says_en"];
            let kept: BTreeMap<&str, &Value> = names.into_iter().map(|n| (n, &case[n])).collect();
            json!(kept).to_string()
        });
        let text = kept.collect::<Vec<_>>().join(",\n");
        fs::write(folder().join("checks.json"), format!("[\n{text}\n]\n")).unwrap();
        return;
    }
    for (written, decided) in written.iter().zip(&decided) {
        for name in ["finds", "says", "says_en"] {
            assert_eq!(written[name], decided[name], "{}: {name}", written["holds"]);
        }
    }
    for finds in ["holds", "unknown", "fails", "overflow"] {
        assert!(decided.iter().any(|c| c["finds"] == finds), "no case where it {finds}");
    }
}

#[test]
fn the_page_finds_what_the_server_finds() {
    let (_, decided) = corpus();
    let node = Command::new("node")
        .arg(folder().join("checks.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut node) = node else {
        assert!(std::env::var_os("NHIPCAU_REQUIRE_BROWSER").is_none(), "there is no node");
        println!("skipped: there is no node to run the page's script with");
        return;
    };
    node.stdin.take().unwrap().write_all(Value::Array(decided).to_string().as_bytes()).unwrap();
    let answer = node.wait_with_output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(answer.status.success(), "{}{}", said(&answer.stdout), said(&answer.stderr));
}
