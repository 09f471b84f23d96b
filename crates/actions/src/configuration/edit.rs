//! A change as it is asked for, and what it comes to.

use std::collections::BTreeMap;

use nhipcau_campaign::{
    Written, is_name, load,
    records::{Book, Is, Part, Record, Value},
    write,
};
use nhipcau_domain::{
    checks::{self, Rule},
    definitions::Definitions,
    id::ElementId,
    problem::{Arg, Problem, Severity},
    tree::{Change, Tree, TreeEvent},
};
use serde::{Deserialize, Serialize};

use super::pack::known;
use crate::{
    campaign::{fits, not_recorded},
    workspace::Setting,
};

/// A change that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "kebab-case")]
pub enum Edit {
    /// Something happens to units.
    Tree {
        /// What, in this order.
        events: Vec<TreeEvent>,
    },
    /// A record is added, or changed.
    Put {
        /// Of which part.
        part: Part,
        /// The record's name; none adds one.
        name: Option<String>,
        /// What it is to say.
        record: Record,
    },
    /// A record is taken away.
    Remove {
        /// Of which part.
        part: Part,
        /// The record's name.
        name: String,
    },
    /// These files say something else; the others stay as they are.
    Files {
        /// The files by path.
        files: BTreeMap<String, String>,
    },
    /// What an earlier version said is to hold again.
    Restore {
        /// The version's number.
        version: i64,
    },
}

/// Why a change cannot be: the sentence, and the field of its form where it is one's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The sentence.
    pub problem: Problem,
    /// The field; none for the whole.
    pub field: Option<&'static str>,
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self { problem, field: None }
    }
}

/// What a change comes to.
#[derive(Debug)]
pub(crate) struct Proposal {
    pub definitions: Definitions,
    /// Events that are not on record yet.
    pub fresh: Vec<TreeEvent>,
    /// Events on record that the files leave out: they stay.
    pub left_out: usize,
    /// Worth knowing.
    pub warnings: Vec<Problem>,
}

/// What a change comes to under a setting; `earlier` is the version that is to hold again.
pub(crate) fn resolve(
    setting: &Setting,
    recorded: &[TreeEvent],
    edit: &Edit,
    earlier: Option<Definitions>,
) -> Result<Proposal, Vec<Trouble>> {
    let mut book = Book::of(&setting.definitions, recorded);
    match edit {
        Edit::Tree { events } => happen(setting, recorded, events),
        Edit::Put { part, name, record } => {
            sound(*part, name.as_deref(), record, &book)?;
            if *part == Part::Check {
                speaks(&setting.definitions, record)?;
            }
            book.put(*part, name.as_deref(), record.clone());
            let name = part.name_of(record);
            read(&write(&book, recorded), recorded, Some((*part, &name)))
        }
        Edit::Remove { part, name } => {
            if !part.is_list() || !book.remove(*part, name) {
                let problem = Problem::new("configuration-record-unknown").with("name", name.as_str());
                return Err(vec![problem.into()]);
            }
            read(&write(&book, recorded), recorded, None)
        }
        Edit::Files { files } => {
            // One that nobody reads would change nothing, and nobody would be told.
            let stray = files.keys().filter(|path| known(path).as_ref() != Some(*path));
            let stray =
                stray.map(|path| Problem::new("configuration-file-unknown").with("name", path.as_str()));
            let stray: Vec<Trouble> = stray.map(Trouble::from).collect();
            if !stray.is_empty() {
                return Err(stray);
            }
            let mut written = write(&book, recorded);
            for (path, text) in files {
                written.files.put(path, text.as_str());
            }
            read(&written, recorded, None)
        }
        Edit::Restore { version } => {
            let Some(earlier) = earlier else {
                let problem =
                    Problem::new("configuration-version-unknown").with("version", version.to_string());
                return Err(vec![problem.into()]);
            };
            read(&write(&Book::of(&earlier, recorded), recorded), recorded, None)
        }
    }
}

/// What happens to units: names as they are written, kinds that there are, a tree that can be.
fn happen(setting: &Setting, recorded: &[TreeEvent], events: &[TreeEvent]) -> Result<Proposal, Vec<Trouble>> {
    let definitions = &setting.definitions;
    let mut wrong: Vec<Trouble> = Vec::new();
    for event in events {
        let (kind, name) = match &event.change {
            Change::Open { unit, kind, name, .. } => {
                if !is_name(unit) {
                    let problem = Problem::new("campaign-bad-name").with("what", "unit").with("found", unit);
                    wrong.push(Trouble { problem, field: Some("unit") });
                }
                (Some(kind), Some(name))
            }
            Change::Rekind { kind, .. } => (Some(kind), None),
            Change::Rename { name, .. } => (None, Some(name)),
            _ => (None, None),
        };
        if let Some(kind) = kind.filter(|k| definitions.kind(k).is_none()) {
            let problem = Problem::new("campaign-unknown-name").with("what", "kind").with("name", kind);
            wrong.push(Trouble { problem, field: Some("kind") });
        }
        if name.is_some_and(|n| n.trim().is_empty()) {
            wrong.push(Trouble { problem: Problem::new("configuration-field-empty"), field: Some("name") });
        }
    }
    if events.is_empty() {
        wrong.push(Problem::new("configuration-nothing-asked").into());
    }
    let all: Vec<TreeEvent> = recorded.iter().chain(events).cloned().collect();
    if wrong.is_empty()
        && let Err(problem) = Tree::from_events(&all).and_then(|tree| fits(definitions, &tree))
    {
        wrong.push(problem.into());
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Proposal {
        definitions: definitions.clone(),
        fresh: events.to_vec(),
        left_out: 0,
        warnings: Vec::new(),
    })
}

/// A record by itself: a name that was chosen once stays, what is needed is there.
fn sound(part: Part, name: Option<&str>, record: &Record, book: &Book) -> Result<(), Vec<Trouble>> {
    let mut wrong = Vec::new();
    let own = part.name_of(record);
    match name {
        Some(name) if name != own => {
            let problem = Problem::new("configuration-name-changed").with("name", name);
            wrong.push(Trouble { problem, field: part.key() });
        }
        Some(name) if book.record(part, name).is_none() => {
            wrong.push(Problem::new("configuration-record-unknown").with("name", name).into());
        }
        None if book.record(part, &own).is_some() => {
            let problem = Problem::new("configuration-name-taken").with("name", own.as_str());
            wrong.push(Trouble { problem, field: part.key() });
        }
        _ => {}
    }
    // A report's name is a file's.
    if matches!(part, Part::Report) && !is_name(&own) {
        let problem = Problem::new("campaign-bad-name").with("what", "report").with("found", own.as_str());
        wrong.push(Trouble { problem, field: part.key() });
    }
    for field in part.fields().iter().filter(|f| f.needed && record.get(f.name).is_none()) {
        wrong.push(Trouble { problem: Problem::new("configuration-field-empty"), field: Some(field.name) });
    }
    shaped(part, record, &mut wrong);
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Fields that there are, each as it is written: a program may send anything.
fn shaped(part: Part, record: &Record, wrong: &mut Vec<Trouble>) {
    for (name, value) in record.fields() {
        let Some(field) = part.field(name) else {
            let known: Vec<&str> = part.fields().iter().map(|f| f.name).collect();
            let problem = Problem::new("campaign-field-unknown").with("found", name);
            wrong.push(problem.with("expected", known.join(", ")).into());
            continue;
        };
        let expected = field.is.shape();
        let problem = match (field.is, value) {
            _ if value.shape() != expected => {
                Problem::new("configuration-field-shape").with("expected", expected.as_str())
            }
            (Is::Rows(columns), Value::Rows(rows)) if rows.iter().any(|r| r.len() > columns.len()) => {
                Problem::new("configuration-row-long").with("most", columns.len())
            }
            _ => continue,
        };
        wrong.push(Trouble { problem, field: Some(field.name) });
    }
}

/// A check's own texts, compiled: what is wrong is placed by line and column of the field.
fn speaks(definitions: &Definitions, record: &Record) -> Result<(), Vec<Trouble>> {
    let elements: Vec<ElementId> = definitions.elements.iter().map(|e| e.id.clone()).collect();
    let rule = Rule {
        id: record.text("id").to_owned(),
        data_set: record.text("data-set").into(),
        kinds: Vec::new(),
        holds: record.text("holds").to_owned(),
        severity: Severity::Refuse,
        message: record.text("message").to_owned(),
        message_en: record.text("message-en").to_owned(),
    };
    let measure_of = |id: &str| definitions.element(id).map(|e| e.measure.clone());
    let compiled = checks::compile(&rule, &elements).and_then(|c| checks::measures_agree(&c, &measure_of));
    let Err(problem) = compiled else { return Ok(()) };
    let field = match problem.arg("field") {
        Some(Arg::Text(field)) if field == "message" => "message",
        Some(Arg::Text(field)) if field == "message_en" => "message-en",
        _ => "holds",
    };
    Err(vec![Trouble { problem, field: Some(field) }])
}

/// Has the loader read the files; what is wrong with the record that was changed is said at its field.
fn read(
    written: &Written,
    recorded: &[TreeEvent],
    mine: Option<(Part, &str)>,
) -> Result<Proposal, Vec<Trouble>> {
    let loaded = match load(&written.files) {
        Ok(loaded) => loaded,
        Err(problems) => return Err(problems.into_iter().map(|p| placed(written, p, mine)).collect()),
    };
    let templates = crate::report::check_templates(&loaded.definitions);
    let (wrong, worth): (Vec<_>, Vec<_>) =
        templates.into_iter().partition(|p| p.severity == Severity::Refuse);
    if !wrong.is_empty() {
        return Err(wrong.into_iter().map(Trouble::from).collect());
    }
    Ok(Proposal {
        fresh: not_recorded(recorded, &loaded.tree),
        left_out: not_recorded(&loaded.tree, recorded).len(),
        definitions: loaded.definitions,
        warnings: loaded.warnings.into_iter().chain(worth).collect(),
    })
}

fn placed(written: &Written, mut problem: Problem, mine: Option<(Part, &str)>) -> Trouble {
    let place = (problem.place.file.as_deref(), problem.place.line);
    let (Some((part, name)), (Some(file), Some(line))) = (mine, place) else { return problem.into() };
    let Some((_, _, field)) = written.at(file, line).filter(|(p, n, _)| *p == part && *n == name) else {
        return problem.into();
    };
    // In a report's text a line is a line of the field.
    if part != Part::Report {
        problem.place = nhipcau_domain::problem::Place::default();
    }
    let named = match problem.arg("field") {
        Some(Arg::Text(named)) => part.field(named).map(|f| f.name),
        _ => None,
    };
    // What is said of the record as a whole is placed at its name.
    let of_name = problem.id == "campaign-bad-name" || problem.id == "campaign-duplicate-name";
    let field = named.or((!field.is_empty() && (Some(field) != part.key() || of_name)).then_some(field));
    Trouble { problem, field }
}
