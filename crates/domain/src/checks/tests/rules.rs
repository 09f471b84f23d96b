//! The rules of the reference campaign's kind.

use super::*;

#[test]
fn no_more_are_registered_than_there_are() {
    let check = check("members.registered <= members.total");
    assert_holds(&check, [("members.registered", 97), ("members.total", 97)]);
    assert_fails(&check, [("members.registered", 98), ("members.total", 97)]);
    assert_unknown(&check, [("members.registered", 98)]);
}

#[test]
fn hamlets_and_sectors_make_up_the_total() {
    let check = check("completed.total = completed.hamlet + completed.sector");
    assert_holds(&check, [("completed.total", 220), ("completed.hamlet", 97), ("completed.sector", 123)]);
    assert_fails(&check, [("completed.total", 221), ("completed.hamlet", 97), ("completed.sector", 123)]);
}

#[test]
fn new_initiatives_are_among_all() {
    let check = check("0 <= initiatives.new and initiatives.new <= initiatives.total");
    assert_holds(&check, [("initiatives.new", 15), ("initiatives.total", 96)]);
    assert_fails(&check, [("initiatives.new", 97), ("initiatives.total", 96)]);
    assert_fails(&check, [("initiatives.new", -1), ("initiatives.total", 96)]);
}

#[test]
fn the_total_is_what_the_register_holds() {
    let check = check(r#"initiatives.total = register("collective") + register("individual")"#);
    assert_holds(
        &check,
        [("initiatives.total", 96), ("register collective", 65), ("register individual", 31)],
    );
    assert_fails(
        &check,
        [("initiatives.total", 96), ("register collective", 65), ("register individual", 30)],
    );
    assert_eq!(check.registers().collect::<Vec<_>>(), ["collective", "individual"]);
}

#[test]
fn a_stock_does_not_fall() {
    let check = check("members.registered >= previous(members.registered)");
    assert_holds(&check, [("members.registered", 40), ("previous members.registered", 40)]);
    assert_fails(&check, [("members.registered", 39), ("previous members.registered", 40)]);
    assert_unknown(&check, [("members.registered", 39)]);
    assert!(check.needs_previous());
    assert!(!check.needs_children());
}

#[test]
fn a_value_is_not_ten_times_its_last() {
    let check = check("if previous(bulletins) > 0 then bulletins < 10 * previous(bulletins)");
    assert_holds(&check, [("bulletins", 549), ("previous bulletins", 55)]);
    assert_fails(&check, [("bulletins", 550), ("previous bulletins", 55)]);
    assert_holds(&check, [("bulletins", 550), ("previous bulletins", 0)]);
    assert_unknown(&check, [("bulletins", 550)]);
}

#[test]
fn a_consolidators_sum_is_its_childrens() {
    let check = check("members.total = children(members.total)");
    assert_holds(&check, [("members.total", 300), ("children members.total", 300)]);
    assert_fails(&check, [("members.total", 300), ("children members.total", 299)]);
    assert!(check.needs_children());
}

#[test]
fn a_share_is_compared_by_multiplication_and_strictly() {
    let check = check("100 * members.registered > 98 * (members.total - members.exempt.meetings-only)");
    let with = |n| [("members.registered", n), ("members.total", 110), ("members.exempt.meetings-only", 10)];
    assert_fails(&check, with(98));
    assert_holds(&check, with(99));
}

#[test]
fn an_implication_reads_the_same_both_ways() {
    let one = check("bulletins > 0 implies members.total > 0");
    let other = check("if bulletins > 0 then members.total > 0");
    assert_eq!(one.holds(), other.holds());
}

#[test]
fn what_binds_tighter_is_reckoned_first() {
    for (text, read) in [
        ("1 + 2 * bulletins = 3 - 4 - 5", "1 + 2 * bulletins = 3 - 4 - 5"),
        ("(1 + 2) * bulletins = 3 - (4 - 5)", "(1 + 2) * bulletins = 3 - (4 - 5)"),
        ("((bulletins)) = (-1)", "bulletins = -1"),
        ("not bulletins = 1 and bulletins = 2", "not bulletins = 1 and bulletins = 2"),
        ("not (bulletins = 1 and bulletins = 2)", "not (bulletins = 1 and bulletins = 2)"),
        (
            "bulletins = 1 or (bulletins = 2 and bulletins = 3)",
            "bulletins = 1 or bulletins = 2 and bulletins = 3",
        ),
        (
            "bulletins = 1 implies bulletins = 2 implies bulletins = 3",
            "if bulletins = 1 then if bulletins = 2 then bulletins = 3",
        ),
    ] {
        assert_eq!(check(text).holds().to_string(), read, "{text}");
    }
    assert_holds(&check("1 + 2 * 3 = 7"), []);
    assert_holds(&check("10 - 4 - 3 = 3"), []);
    assert_holds(&check("10 - -3 = 13"), []);
    assert_holds(&check("not 1 = 2 or 1 = 2"), []);
}

#[test]
fn a_hyphen_belongs_to_a_name_and_a_subtraction_has_spaces() {
    let check = check("members.exempt.meetings-only -1 >= 0");
    assert_eq!(check.holds().to_string(), "members.exempt.meetings-only - 1 >= 0");
    assert_holds(&check, [("members.exempt.meetings-only", 1)]);
}

#[test]
fn the_cells_to_point_at_are_the_conditions_elements_once_each() {
    let mut rule = rule("members.total >= members.registered and members.total >= 0");
    rule.message = "Còn {previous(bulletins)} bản tin.".into();
    let check = compile(&rule, &elements()).unwrap();
    let names: Vec<_> = check.elements().iter().map(ElementId::as_str).collect();
    assert_eq!(names, ["members.registered", "members.total"]);
    assert!(check.needs_previous(), "the message looks at the period before");
}
