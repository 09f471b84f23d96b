//! What a part refers to by identifier: links, pictures, other parts.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::{
    Refused,
    package::Package,
    xml::{Part, attribute},
};

/// One of them.
struct Relation {
    kind: String,
    target: String,
    outside: bool,
}

/// The relations of one part.
#[derive(Default)]
pub(super) struct Relations {
    known: HashMap<String, Relation>,
}

impl Relations {
    /// Reads those of a part; of the whole file if it has no name. None is no error.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Refused> {
        let part = part.trim_start_matches('/');
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let name = format!("{folder}{slash}_rels/{file}.rels");
        let mut out = Self::default();
        let Some(xml) = package.text(&name)? else { return Ok(out) };
        let mut reader = Part::new(&xml, &name);
        while let Some(event) = reader.next()? {
            let (Event::Start(e) | Event::Empty(e)) = event else { continue };
            if e.local_name().into_inner() != "Relationship" {
                continue;
            }
            let get = |n| attribute(&e, n).map(std::borrow::Cow::into_owned).unwrap_or_default();
            let outside = get("TargetMode").eq_ignore_ascii_case("external");
            let target = if outside { get("Target") } else { inside(folder, &get("Target")) };
            out.known.insert(get("Id"), Relation { kind: get("Type"), target, outside });
        }
        Ok(out)
    }

    /// The part of that kind.
    pub(super) fn of_type(&self, end: &str) -> Option<String> {
        let mut found: Vec<&Relation> =
            self.known.values().filter(|r| !r.outside && r.kind.ends_with(end)).collect();
        found.sort_unstable_by(|a, b| a.target.cmp(&b.target));
        found.first().map(|r| r.target.clone())
    }

    /// The part of that identifier.
    pub(super) fn part(&self, id: &str) -> Option<&str> {
        self.known.get(id).filter(|r| !r.outside).map(|r| r.target.as_str())
    }

    /// The address outside of that identifier.
    pub(super) fn address(&self, id: &str) -> Option<&str> {
        self.known.get(id).filter(|r| r.outside).map(|r| r.target.as_str())
    }
}

/// A target seen from its part's folder.
fn inside(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}
