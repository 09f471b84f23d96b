//! `elements.csv` and `data-sets.toml`: what is counted, on which form, owed by whom.

use std::collections::HashMap;

use nhipcau_domain::{
    dataset::{DataSet, Deadline, Roster, WordsField},
    element::{DataElement, Definition, TimeRule, UnitRule},
    id::{DataSetId, ElementId},
    problem::{Problem, Severity},
};
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use crate::{
    dates,
    files::Files,
    notes::{Notes, What},
    table::{self, Row},
    toml_file::{Document, Ref, into_id, into_ids},
};

const ID: usize = 0;
const SECTION: usize = 1;
const NAME: usize = 2;
const MEASURE: usize = 3;
const TIME: usize = 4;
const ADDS: usize = 5;
const FROM: usize = 6;
const DEFINITION: usize = 7;
const COLUMNS: [&str; 8] = ["id", "section", "name", "measure", "time", "adds", "from", "definition"];

/// Reads the elements. A second row of the same name with only `from` and `definition` changes the
/// definition from that day on. Which form an element is on stands in the forms.
pub(crate) fn elements(files: &dyn Files, notes: &mut Notes) -> Vec<DataElement> {
    let Some((file, text)) = notes.required(files, "elements.csv") else { return Vec::new() };
    let mut found: Vec<DataElement> = Vec::new();
    table::read(notes, file, &text, &COLUMNS, &[], |notes, row| {
        let id = row.need(ID, "id", notes);
        let from = dates::parse(row.need(FROM, "from", notes), row.at(FROM), notes);
        let text = row.need(DEFINITION, "definition", notes).to_owned();
        let Some(from) = from else { return };
        let definition = Definition { from, text };
        let again = (SECTION..=ADDS).all(|column| row.get(column).is_empty());
        match found.iter_mut().find(|e| again && e.id.as_str() == id) {
            Some(element) if element.definitions.iter().any(|d| d.from == from) => {
                let problem =
                    Problem::new("campaign-definition-same-day").with("element", id).with("day", from);
                notes.push(problem, row.at(FROM));
            }
            Some(element) => element.definitions.push(definition),
            None => found.extend(element(id, definition, notes, row)),
        }
    });
    found
}

fn element(id: &str, definition: Definition, notes: &mut Notes, row: &Row<'_>) -> Option<DataElement> {
    notes.declare(What::Element, id, row.at(ID));
    row.refer(MEASURE, What::Measure, notes);
    let name = row.need(NAME, "name", notes).to_owned();
    let measure = row.need(MEASURE, "measure", notes).into();
    let time = match row.get(TIME) {
        "flow" => Some(TimeRule::Flow),
        "stock" => Some(TimeRule::Stock),
        found => bad_choice(found, "flow, stock", TIME, notes, row),
    };
    let adds = match row.get(ADDS) {
        "" | "adds" => Some(UnitRule::Adds),
        "lists" => Some(UnitRule::Lists),
        found => bad_choice(found, "adds, lists", ADDS, notes, row),
    };
    Some(DataElement {
        id: id.into(),
        name,
        measure,
        time: time?,
        adds: adds?,
        data_set: "".into(),
        section: row.get(SECTION).to_owned(),
        definitions: vec![definition],
    })
}

fn bad_choice<T>(
    found: &str,
    expected: &'static str,
    column: usize,
    notes: &mut Notes,
    row: &Row<'_>,
) -> Option<T> {
    let problem = Problem::new("campaign-bad-choice").with("found", found).with("expected", expected);
    notes.push(problem, row.at(column));
    None
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDataSet {
    id: Ref,
    name: String,
    calendar: Ref,
    roster: RawRoster,
    elements: Vec<Ref>,
    #[serde(default)]
    deadlines: Vec<RawDeadline>,
    #[serde(default)]
    words: Vec<RawWords>,
    #[serde(default)]
    instructions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoster {
    #[serde(default)]
    kinds: Vec<Ref>,
    #[serde(default)]
    units: Vec<Ref>,
    #[serde(default)]
    except: Vec<Ref>,
    from: Option<Spanned<Datetime>>,
    until: Option<Spanned<Datetime>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDeadline {
    kind: Option<Ref>,
    days: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    id: String,
    name: String,
}

/// Reads the forms, and writes into each element which form it is on: one, and no other.
pub(crate) fn data_sets(files: &dyn Files, notes: &mut Notes, elements: &mut [DataElement]) -> Vec<DataSet> {
    let Some((file, text)) = notes.required(files, "data-sets.toml") else { return Vec::new() };
    let mut document = Document::parse(file, &text, notes);
    let raw: Vec<RawDataSet> = document.items("data-set", notes);
    let source = document.finish("data-set", notes);

    let mut on: HashMap<ElementId, DataSetId> = HashMap::new();
    let mut found = Vec::new();
    for form in raw {
        source.declare(What::DataSet, &form.id, notes);
        source.refer(What::Calendar, [&form.calendar], notes);
        source.refer(What::Element, &form.elements, notes);
        let roster = &form.roster;
        source.refer(What::Kind, &roster.kinds, notes);
        source.refer(What::Unit, roster.units.iter().chain(&roster.except), notes);
        source.refer(What::Kind, form.deadlines.iter().filter_map(|d| d.kind.as_ref()), notes);
        if form.elements.is_empty() {
            source.push(
                Problem::new("campaign-form-empty").with("form", form.id.get_ref().as_str()),
                &form.id,
                notes,
            );
        }
        if roster.kinds.is_empty() && roster.units.is_empty() {
            let problem = Problem::new("campaign-roster-empty").with("form", form.id.get_ref().as_str());
            source.push(problem.severity(Severity::Notice), &form.id, notes);
        }
        let id: DataSetId = form.id.get_ref().as_str().into();
        for element in &form.elements {
            if let Some(first) = on.insert(element.get_ref().as_str().into(), id.clone()) {
                let problem = Problem::new("campaign-element-on-two-forms")
                    .with("element", element.get_ref().as_str())
                    .with("first", &first)
                    .with("second", &id);
                source.push(problem, element, notes);
            }
        }
        let from = roster.from.as_ref().and_then(|d| dates::from_toml(d, &source, notes));
        let until = roster.until.as_ref().and_then(|d| dates::from_toml(d, &source, notes));
        found.push(DataSet {
            id,
            name: form.name,
            calendar: into_id(form.calendar),
            roster: Roster {
                kinds: into_ids(form.roster.kinds),
                units: into_ids(form.roster.units),
                except: into_ids(form.roster.except),
                from,
                until,
            },
            elements: into_ids(form.elements),
            deadlines: form
                .deadlines
                .into_iter()
                .map(|d| Deadline { kind: d.kind.map(into_id), days: d.days })
                .collect(),
            words: form.words.into_iter().map(|w| WordsField { id: w.id, name: w.name }).collect(),
            instructions: form.instructions,
        });
    }
    for element in elements {
        if let Some(form) = on.remove(&element.id) {
            element.data_set = form;
        } else {
            let problem = Problem::new("campaign-element-on-no-form").with("element", &element.id);
            notes.push_at(problem, What::Element, &element.id);
        }
    }
    found
}
