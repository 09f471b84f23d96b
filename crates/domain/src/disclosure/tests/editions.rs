//! A correction must not give away what either edition withholds.

use super::super::*;
use crate::id::IndicatorId;

fn column() -> IndicatorId {
    IndicatorId::from("members.registered")
}

fn commune(cells: &[(&str, i64, i64)]) -> Table {
    let mut table = Table::new();
    table.column(&column(), true);
    for (unit, n, d) in cells {
        table.row(&(*unit).into(), Some(&"a".into())).cell(&(*unit).into(), &column(), Cell::share(*n, *d));
    }
    let (n, d) = cells.iter().fold((0, 0), |s, c| (s.0 + c.1, s.1 + c.2));
    table.cell(&"a".into(), &column(), Cell::share(n, d));
    table
}

fn units(protected: &Protected) -> Vec<&str> {
    assert!(protected.exposed().is_empty());
    protected.pattern().iter().map(|(unit, _)| unit.as_str()).collect()
}

fn out(table: Table, protected: &Protected) -> Edition {
    Edition { table, withheld: protected.pattern().clone() }
}

#[test]
fn once_withheld_stays_withheld() {
    let before = commune(&[("a1", 28, 30), ("a2", 20, 40), ("a3", 25, 50)]);
    let first = protect(&before, 5, &[], Audience::Public);
    assert_eq!(units(&first), ["a1", "a2"]);
    let after = commune(&[("a1", 20, 30), ("a2", 20, 40), ("a3", 25, 50)]);
    let second = protect(&after, 5, &[out(before, &first)], Audience::Public);
    assert_eq!(units(&second), ["a1", "a2"]);
}

#[test]
fn what_was_shown_and_has_not_changed_hides_nothing() {
    let before = commune(&[("a1", 20, 30), ("a2", 20, 40), ("a3", 25, 50)]);
    let first = protect(&before, 5, &[], Audience::Public);
    assert_eq!(units(&first), Vec::<&str>::new());
    let after = commune(&[("a1", 29, 30), ("a2", 20, 40), ("a3", 25, 50)]);
    // Everybody knows a2 and a3 from the first edition: only without the total is a1 protected.
    let second = protect(&after, 5, &[out(before, &first)], Audience::Public);
    assert_eq!(units(&second), ["a", "a1"]);
}

#[test]
fn a_newly_small_cell_hides_behind_what_was_never_shown() {
    let before = commune(&[("a1", 20, 30), ("a2", 20, 40), ("a3", 49, 50), ("a4", 20, 60)]);
    let first = protect(&before, 5, &[], Audience::Public);
    assert_eq!(units(&first), ["a1", "a3"]);
    // Two returns were corrected, one of which has never been seen: the totals' difference is of both.
    let after = commune(&[("a1", 22, 31), ("a2", 39, 40), ("a3", 49, 50), ("a4", 20, 60)]);
    let second = protect(&after, 5, &[out(before, &first)], Audience::Public);
    assert_eq!(units(&second), ["a1", "a2", "a3"]);
}

#[test]
fn the_difference_of_totals_must_not_fix_both_ends() {
    // Of three people none, then all: the totals differ by three, so it can only have been 0 and 3.
    let (count, of) = (column(), IndicatorId::from("members"));
    let table = |n: i64| {
        let mut table = commune(&[("a1", n, 3), ("a2", 20, 40), ("a3", 25, 50)]);
        table
            .column(&of, false)
            .relation(Relation::same((&count, Part::Denominator), (&of, Part::Numerator)));
        for (unit, members) in [("a1", 3), ("a2", 40), ("a3", 50), ("a", 93)] {
            table.cell(&unit.into(), &of, Cell::count(members));
        }
        table
    };
    let first = protect(&table(0), 5, &[], Audience::Public);
    assert_eq!(units(&first), ["a1", "a2"]);
    let second = protect(&table(3), 5, &[out(table(0), &first)], Audience::Public);
    assert_eq!(units(&second), ["a", "a1", "a2"]);
}

#[test]
fn a_unit_that_is_gone_stays_in_the_pattern() {
    let before = commune(&[("a1", 28, 30), ("a2", 20, 40), ("a3", 25, 50)]);
    let first = protect(&before, 5, &[], Audience::Public);
    let after = commune(&[("a2", 20, 40), ("a3", 25, 50)]);
    let second = protect(&after, 5, &[out(before, &first)], Audience::Public);
    assert!(units(&second).contains(&"a1"));
}
