//! A template that was filled in says what was filled in.

use nhipcau_domain::{
    problem::Severity,
    returns::{Submission, Value},
};
use nhipcau_intake::{TemplateSheet, World, write_workbook};
use proptest::prelude::*;

use crate::{
    book::Book,
    world::{filled, read, template, world},
};

#[test]
fn what_was_filled_in_is_read_with_its_cells() {
    let world = world();
    let sent = filled(&world, "ap-1", "nam-1");
    let bytes = template(&world, std::slice::from_ref(&sent));
    let reading = read(&world, &bytes);
    assert_eq!(reading.problems, []);
    let [found] = &*reading.submissions else { panic!("{reading:?}") };
    assert!(found.same_content(&sent), "{found:#?}");
    assert_eq!(found.origin.file, "bao-cao.xlsx");
    assert_eq!(found.origin.sha256, reading.sha256);
    assert_eq!(reading.sha256.len(), 64);
    let mut book = Book::open(&bytes);
    for entry in &found.entries {
        let place = book.page().value_of(&entry.element);
        assert_eq!(entry.cell, Some(crate::book::address(place)));
    }
    assert_eq!(found.origin.sheet, book.page().name);
}

#[test]
fn one_workbook_holds_several_periods() {
    let world = world();
    let sent = [filled(&world, "ap-1", "nam-1"), filled(&world, "ap-1", "nam-2")];
    let reading = read(&world, &template(&world, &sent));
    assert_eq!(reading.problems, []);
    assert!(reading.submissions.iter().zip(&sent).all(|(a, b)| a.same_content(b)));
    assert_eq!(reading.submissions.len(), 2);
}

#[test]
fn the_same_template_has_the_same_bytes() {
    let world = world();
    let sent = [filled(&world, "ap-1", "nam-1")];
    assert_eq!(template(&world, &sent), template(&world, &sent));
}

#[test]
fn a_form_that_was_not_filled_in_is_no_report() {
    let world = world();
    let unit = world.unit("ap-1").unwrap();
    let sheet = TemplateSheet {
        unit: &unit,
        data_set: &world.definitions.data_sets[0],
        period: &world.definitions.calendars[0].periods[0],
        previous: &|_| None,
        values: None,
    };
    let reading = read(&world, &write_workbook(&world.definitions, &[sheet], "").unwrap());
    assert_eq!(reading.submissions, []);
    let [problem] = &*reading.problems else { panic!("{reading:?}") };
    assert_eq!(problem.id, "intake-form-empty");
    assert_eq!(problem.severity, Severity::Notice);
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0..=1_000_000_000_000_000_i64).prop_map(Value::Number),
        Just(Value::Number(0)),
        Just(Value::NotReported),
        Just(Value::NotApplicable),
        Just(Value::Exempt("moi".into())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn every_answer_survives_the_template(values in prop::collection::vec(any_value(), 6)) {
        let world = world();
        let mut sent: Submission = filled(&world, "ap-2", "nam-2");
        for (entry, value) in sent.entries.iter_mut().zip(values) {
            entry.value = value;
        }
        let reading = read(&world, &template(&world, std::slice::from_ref(&sent)));
        prop_assert_eq!(&reading.problems, &[]);
        prop_assert!(reading.submissions[0].same_content(&sent));
    }
}
