//! What differs between two versions, record by record and field by field.

use std::collections::{BTreeMap, BTreeSet};

use nhipcau_campaign::records::{Book, Part, Record, Value};

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is new.
    Added,
    /// It says something else.
    Changed,
    /// It is gone.
    Removed,
    /// It says the same in another place of the order.
    Moved,
}

/// A field that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field.
    pub field: &'static str,
    /// What it said.
    pub before: Option<Value>,
    /// What it says.
    pub after: Option<Value>,
}

/// A record that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordChange {
    /// Of which part.
    pub part: Part,
    /// Its name.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What became of it.
    pub how: How,
    /// Its fields that differ.
    pub fields: Vec<FieldChange>,
}

/// What differs, in the order of the parts.
#[must_use]
pub fn differences(before: &Book, after: &Book) -> Vec<RecordChange> {
    let mut found = Vec::new();
    for part in Part::ALL {
        let (was, is) = (before.records(part), after.records(part));
        let moved = moved(part, was, is);
        let mut seen = BTreeSet::new();
        for record in is.iter().chain(was) {
            let name = part.name_of(record);
            if !seen.insert(name.clone()) {
                continue;
            }
            let (was, is) = (before.record(part, &name), after.record(part, &name));
            let how = match (was, is) {
                (None, _) => How::Added,
                (_, None) => How::Removed,
                (Some(was), Some(is)) if was == is && moved.contains(&name) => How::Moved,
                (Some(was), Some(is)) if was == is => continue,
                _ => How::Changed,
            };
            let title = part.title_of(is.or(was).unwrap_or(record));
            found.push(RecordChange { part, title, name, how, fields: fields(part, was, is) });
        }
    }
    found
}

/// The fewest records that must change their place for the order of before to become that of after.
fn moved(part: Part, was: &[Record], is: &[Record]) -> BTreeSet<String> {
    let names = |records: &[Record]| records.iter().map(|r| part.name_of(r)).collect::<Vec<_>>();
    let stood: BTreeMap<String, usize> = names(was).into_iter().zip(0..).collect();
    let both: Vec<(String, usize)> =
        names(is).into_iter().filter_map(|name| Some((name.clone(), *stood.get(&name)?))).collect();
    // Whoever is in the longest run that still ascends stays: for each length, where the run that ends lowest
    // ends, and before each record the one that it follows in its longest run.
    let mut ends: Vec<usize> = Vec::new();
    let mut follows: Vec<Option<usize>> = Vec::with_capacity(both.len());
    for (at, (_, place)) in both.iter().enumerate() {
        let length = ends.partition_point(|end| both[*end].1 < *place);
        follows.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stays = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        stays.insert(at);
        next = follows[at];
    }
    both.into_iter().enumerate().filter(|(at, _)| !stays.contains(at)).map(|(_, (name, _))| name).collect()
}

fn fields(part: Part, was: Option<&Record>, is: Option<&Record>) -> Vec<FieldChange> {
    let value = |record: Option<&Record>, field: &str| record.and_then(|r| r.get(field)).cloned();
    let changed = part.fields().iter().map(|f| FieldChange {
        field: f.name,
        before: value(was, f.name),
        after: value(is, f.name),
    });
    changed.filter(|f| f.before != f.after).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn records(names: &[u8]) -> Vec<Record> {
        names.iter().map(|n| Record::default().with("id", n.to_string())).collect()
    }

    fn moves(was: &[u8], is: &[u8]) -> Vec<String> {
        moved(Part::Measure, &records(was), &records(is)).into_iter().collect()
    }

    #[test]
    fn only_what_left_its_place_is_said_to_have_moved() {
        assert_eq!(moves(&[1, 2, 3, 4], &[1, 2, 3, 4]), [] as [&str; 0]);
        assert_eq!(moves(&[1, 2, 3, 4], &[4, 1, 2, 3]), ["4"]);
        assert_eq!(moves(&[1, 2, 3, 4], &[2, 3, 4, 1]), ["1"]);
        assert_eq!(moves(&[1, 2, 3, 4], &[5, 1, 3, 4]), [] as [&str; 0], "what came or went is no move");
        assert_eq!(moves(&[1, 2], &[2, 1]).len(), 1);
    }

    proptest! {
        #[test]
        fn without_what_moved_the_order_is_the_same(was in Just((0..12).collect::<Vec<u8>>()).prop_shuffle()) {
            let is: Vec<u8> = (0..12).collect();
            let gone = moves(&was, &is);
            let rest = |all: &[u8]| {
                all.iter().copied().filter(|n| !gone.contains(&n.to_string())).collect::<Vec<_>>()
            };
            prop_assert_eq!(rest(&was), rest(&is));
            prop_assert!(gone.len() < 12);
        }
    }
}
