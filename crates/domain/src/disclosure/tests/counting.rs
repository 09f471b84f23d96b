//! A reader who tries every possibility, one by one, for publications small enough.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    super::*,
    world::{World, column, unit},
};

/// Two groups of counts under a root, of one figure.
fn counts(first: &[i64], second: &[i64]) -> Table {
    let mut table = Table::new();
    let mut root = 0;
    for (group, values) in [("g1", first), ("g2", second)] {
        table.row(&group.into(), Some(&"root".into()));
        for (at, value) in values.iter().enumerate() {
            let leaf = format!("{group}-{at}");
            table.row(&leaf.as_str().into(), Some(&group.into()));
            table.cell(&leaf.as_str().into(), &column(0), Cell::count(*value));
        }
        table.cell(&group.into(), &column(0), Cell::count(values.iter().sum()));
        root += values.iter().sum::<i64>();
    }
    table.cell(&"root".into(), &column(0), Cell::count(root));
    table
}

/// Every way to fill the withheld cells so that what is shown stays as it is: the values of each cell.
fn possible(protected: &Protected, lengths: [usize; 2], most: i64) -> Vec<BTreeSet<i64>> {
    let shown = |u: &str| protected.cell(&u.into(), &column(0)).unwrap().numerator().value();
    let leaves: Vec<String> =
        (1..=2).flat_map(|g| (0..lengths[g - 1]).map(move |at| format!("g{g}-{at}"))).collect();
    let mut ways: Vec<Vec<i64>> = vec![vec![]];
    for leaf in &leaves {
        let values = shown(leaf).map_or_else(|| (0..=most).collect(), |v| vec![v]);
        ways = ways.iter().flat_map(|w| values.iter().map(|v| [&w[..], &[*v]].concat())).collect();
    }
    let mut found = vec![BTreeSet::new(); leaves.len() + 3];
    for mut way in ways {
        let (first, second) = way.split_at(lengths[0]);
        let totals = [first.iter().sum::<i64>(), second.iter().sum(), way.iter().sum()];
        let fits = |u: &str, total: i64| shown(u).is_none_or(|v| v == total);
        if fits("g1", totals[0]) && fits("g2", totals[1]) && fits("root", totals[2]) {
            way.extend(totals);
            for (set, value) in found.iter_mut().zip(way) {
                set.insert(value);
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn every_withheld_count_has_two_possible_values(
        first in prop::collection::vec(0..6_i64, 1..=3),
        second in prop::collection::vec(0..6_i64, 1..=2),
        threshold in 1..4_i64,
    ) {
        let protected = protect(&counts(&first, &second), threshold, &[], Audience::Public);
        let names = first.iter().enumerate().map(|(at, _)| format!("g1-{at}"));
        let names = names.chain(second.iter().enumerate().map(|(at, _)| format!("g2-{at}")));
        let names = names.chain(["g1".into(), "g2".into(), "root".into()]);
        for (name, values) in names.zip(possible(&protected, [first.len(), second.len()], 8)) {
            let withheld = protected.cell(&name.as_str().into(), &column(0)).unwrap().is_withheld();
            prop_assert_eq!(withheld, values.len() > 1, "{}: {:?}", name, values);
        }
    }
}

#[test]
fn a_lone_unit_hides_only_itself() {
    let world = World::new(&super::world::schemas()[0], vec![None], &[vec![[10, 1, 0, 0, 0, 0]]]);
    let published = world.publish(5);
    assert!(published[0].cell(&unit(0), &column(0)).unwrap().is_withheld());
}
