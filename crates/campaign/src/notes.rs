//! What is noted while a campaign is read: names, references to them, and problems with their places.

use std::collections::{HashMap, HashSet};

use nhipcau_domain::{
    problem::{Place, Problem, Severity},
    tree::{Tree, TreeEvent},
};
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

use crate::{files::Files, syntax};

/// What a name is a name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum What {
    Kind,
    Measure,
    Unit,
    Office,
    Calendar,
    Period,
    Element,
    DataSet,
    Indicator,
    Check,
    Directive,
    Reason,
}

impl What {
    /// The word that the message catalogue selects on.
    pub(crate) fn token(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Measure => "measure",
            Self::Unit => "unit",
            Self::Office => "office",
            Self::Calendar => "calendar",
            Self::Period => "period",
            Self::Element => "element",
            Self::DataSet => "data-set",
            Self::Indicator => "indicator",
            Self::Check => "check",
            Self::Directive => "directive",
            Self::Reason => "reason",
        }
    }
}

/// A place in one of the files, small because a country's units have a million of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Spot {
    pub(crate) file: u16,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// More problems than anyone reads at once; the rest is only counted.
const MOST: usize = 200;
/// Finding the nearest of a country's names takes a while; only the first few are worth it.
const MOST_NEAREST: usize = 20;

#[derive(Default)]
pub(crate) struct Notes {
    files: Vec<String>,
    known: HashMap<What, HashMap<Box<str>, Spot>>,
    pending: Vec<(What, Box<str>, Spot)>,
    /// Names of items that could not be read: that is told once, not again wherever they are used.
    unread: HashSet<String>,
    problems: Vec<(Spot, Problem)>,
    left_out: usize,
}

impl Notes {
    /// Gives a file its number.
    pub(crate) fn file(&mut self, path: &str) -> u16 {
        let at = self.files.iter().position(|f| f == path).unwrap_or_else(|| {
            self.files.push(path.to_owned());
            self.files.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Reads a file as text in NFC, without a byte order mark. None where there is none, or where
    /// it is not UTF-8, which is reported.
    pub(crate) fn text(&mut self, files: &dyn Files, path: &str) -> Option<(u16, String)> {
        let bytes = files.read(path)?;
        let file = self.file(path);
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                let nfc = is_nfc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes;
                Some((file, if nfc { text } else { text.nfc().collect() }))
            }
            Err(e) => {
                let good = e.utf8_error().valid_up_to();
                let lines = e.as_bytes().iter().take(good).filter(|b| **b == b'\n').count();
                let line = u32::try_from(lines + 1).unwrap_or(u32::MAX);
                self.push(Problem::new("campaign-not-utf8"), Spot { file, line, column: 1 });
                None
            }
        }
    }

    /// Reads a file that every campaign has; reports where it is missing.
    pub(crate) fn required(&mut self, files: &dyn Files, path: &str) -> Option<(u16, String)> {
        let before = self.problems.len();
        let found = self.text(files, path);
        if found.is_none() && self.problems.len() == before {
            let file = self.file(path);
            self.push(
                Problem::new("campaign-file-missing").with("name", path),
                Spot { file, line: 0, column: 0 },
            );
        }
        found
    }

    /// Notes a problem at a place.
    pub(crate) fn push(&mut self, mut problem: Problem, at: Spot) {
        if self.problems.len() >= MOST {
            self.left_out += 1;
            return;
        }
        if let Some(file) = self.files.get(usize::from(at.file)) {
            problem = problem.in_file(file);
        }
        if at.line > 0 {
            problem = problem.at_line(at.line, at.column);
        }
        self.problems.push((at, problem));
    }

    /// Notes a problem at the place where a name was given.
    pub(crate) fn push_at(&mut self, problem: Problem, what: What, name: &str) {
        let at = self.known.get(&what).and_then(|m| m.get(name)).copied().unwrap_or_default();
        self.push(problem, at);
    }

    /// Notes a name. Reports a second one, and one that is not written as names are.
    pub(crate) fn declare(&mut self, what: What, name: &str, at: Spot) {
        if !syntax::is_name(name) {
            let problem = Problem::new("campaign-bad-name").with("what", what.token()).with("found", name);
            self.push(problem, at);
        }
        match self.known.entry(what).or_default().entry(name.into()) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(at);
            }
            std::collections::hash_map::Entry::Occupied(first) => {
                let first = *first.get();
                let file = self.files.get(usize::from(first.file)).cloned().unwrap_or_default();
                let problem = Problem::new("campaign-duplicate-name")
                    .with("what", what.token())
                    .with("name", name)
                    .with("file", file)
                    .with("line", first.line);
                self.push(problem, at);
            }
        }
    }

    /// Notes the name of an item that could not be read.
    pub(crate) fn unread(&mut self, name: Option<String>) {
        self.unread.extend(name);
    }

    /// Whether a name was given before.
    pub(crate) fn knows(&self, what: What, name: &str) -> bool {
        self.known.get(&what).is_some_and(|m| m.contains_key(name))
    }

    /// Notes that a name is used; [`Self::resolve`] asks later whether it exists.
    pub(crate) fn refer(&mut self, what: What, name: &str, at: Spot) {
        if !self.knows(what, name) {
            self.pending.push((what, name.into(), at));
        }
    }

    /// Reports every name that is used and was never given, with the nearest one that was.
    pub(crate) fn resolve(&mut self) {
        let mut pending = std::mem::take(&mut self.pending);
        pending.retain(|(what, name, _)| !self.knows(*what, name) && !self.unread.contains(&**name));
        for (i, (what, name, at)) in pending.into_iter().enumerate() {
            let near = if i < MOST_NEAREST { self.nearest(what, &name) } else { None };
            let problem = match near {
                Some(near) => Problem::new("campaign-unknown-name-nearest").with("nearest", near),
                None => Problem::new("campaign-unknown-name"),
            };
            self.push(problem.with("what", what.token()).with("name", &*name), at);
        }
    }

    fn nearest(&self, what: What, name: &str) -> Option<String> {
        let known = self.known.get(&what)?;
        syntax::nearest(name, known.keys().map(|k| &**k)).map(str::to_owned)
    }

    /// Whether anything was refused so far.
    pub(crate) fn refused(&self) -> bool {
        self.problems.iter().any(|(_, p)| p.severity == Severity::Refuse)
    }

    /// Asks the tree whether what happens to it can happen.
    pub(crate) fn tree(&mut self, events: &[TreeEvent]) {
        if let Err(problem) = Tree::from_events(events) {
            let unit = match problem.arg("unit") {
                Some(nhipcau_domain::problem::Arg::Text(unit)) => unit.clone(),
                _ => String::new(),
            };
            if problem.place == Place::default() && !unit.is_empty() {
                self.push_at(problem, What::Unit, &unit);
            } else {
                self.problems.push((Spot::default(), problem));
            }
        }
    }

    /// The problems in order of file and line.
    pub(crate) fn take(&mut self) -> Vec<Problem> {
        let mut all = std::mem::take(&mut self.problems);
        all.sort_by_key(|(at, _)| *at);
        let mut all: Vec<_> = all.into_iter().map(|(_, p)| p).collect();
        if self.left_out > 0 {
            all.push(Problem::new("campaign-more-problems").with("count", self.left_out));
        }
        all
    }
}
