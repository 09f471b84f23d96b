//! Different units of measure never add and never compare.

use super::*;
use crate::id::MeasureId;
use crate::problem::Arg;

fn measure_of(element: &str) -> Option<MeasureId> {
    let measure = match element.split('.').next()? {
        "members" => "people",
        "completed" => "cells",
        "initiatives" => "initiatives",
        _ => return None,
    };
    Some(measure.into())
}

fn agree(holds: &str) -> Result<(), Problem> {
    measures_agree(&check(holds), &measure_of)
}

#[test]
fn one_unit_of_measure_agrees_with_itself_and_with_constants() {
    for holds in [
        "members.registered + 1 <= 2 * members.total - previous(members.total) * 3",
        "100 * members.registered > 98 * children(members.total)",
        r#"initiatives.total = register("initiatives.collective") + 1"#,
        r#"members.total = members.registered * register("x")"#,
        "members.total > 0 and completed.total > 0",
    ] {
        assert_eq!(agree(holds), Ok(()), "{holds}");
    }
}

#[test]
fn people_and_cells_neither_add_nor_compare() {
    for (holds, at) in [
        ("members.total + completed.total > 0", 17),
        ("members.total - 2 * completed.total > 0", 21),
        ("members.total > completed.total", 17),
        ("1 = 1 and not members.total + 1 = children(completed.total)", 35),
        ("if 1 = 1 then members.total > completed.total", 31),
    ] {
        let problem = agree(holds).unwrap_err();
        assert_eq!(problem.id, "check-measures-differ", "{holds}");
        assert_eq!(problem.arg("expected"), Some(&Arg::Text("people".into())));
        assert_eq!(problem.arg("found"), Some(&Arg::Text("cells".into())));
        assert_eq!(problem.arg("other"), Some(&Arg::Text("members.total".into())));
        assert_eq!(problem.arg("element"), Some(&Arg::Text("completed.total".into())));
        assert_eq!(problem.place.column, Some(at), "{holds}");
    }
}

#[test]
fn elements_are_not_multiplied_by_each_other() {
    let problem = agree("members.total * members.registered > 0").unwrap_err();
    assert_eq!(problem.id, "check-measures-multiplied");
    assert_eq!(problem.place.column, Some(17));
}

#[test]
fn an_element_without_a_unit_of_measure_is_refused() {
    assert_eq!(agree("bulletins > 0").unwrap_err().id, "check-measure-unknown");
}

#[test]
fn messages_obey_too() {
    let rule = Rule { message: "{members.total + completed.total}".into(), ..rule("completed.total > 0") };
    let problem = measures_agree(&compile(&rule, &elements()).unwrap(), &measure_of).unwrap_err();
    assert_eq!(problem.arg("field"), Some(&Arg::Text("message".into())));
    assert_eq!(problem.place.column, Some(18));
}
