//! A district's page is protected while the reader waits.

use std::time::{Duration, Instant};

use super::super::*;
use crate::id::{IndicatorId, UnitId};

/// 15 communes of 19 cells with 20 figures each, five of them shares of the same members, and
/// three that add up; most are small somewhere.
pub(super) fn district() -> Table {
    let mut table = Table::new();
    let column = |c: usize| IndicatorId::from(format!("figure-{c:02}"));
    let mut all = std::collections::BTreeMap::<(UnitId, usize), (i64, i64)>::new();
    let mut seed = 7_u64;
    let mut next = |most: i64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(seed >> 33).unwrap() % (most + 1)
    };
    for commune in 0..15 {
        let parent = UnitId::from(format!("commune-{commune:02}"));
        table.row(&parent, Some(&"district".into()));
        for cell in 0..19 {
            let unit = UnitId::from(format!("cell-{commune:02}-{cell:02}"));
            table.row(&unit, Some(&parent));
            let members = 8 + next(30);
            for c in 0..20 {
                let d = if c < 5 { members } else { 5 + next(60) };
                let n = if next(2) == 0 { d - next(2) } else { next(d) };
                let (n, d) = if c == 19 {
                    (all[&(unit.clone(), 17)].0 + all[&(unit.clone(), 18)].0, 0)
                } else {
                    (n, d)
                };
                for u in [&unit, &parent, &"district".into()] {
                    let sum = all.entry((u.clone(), c)).or_default();
                    *sum = (sum.0 + n, sum.1 + d);
                }
            }
        }
    }
    for ((unit, c), (n, d)) in all {
        table.cell(&unit, &column(c), if c < 17 { Cell::share(n, d) } else { Cell::count(n) });
    }
    for c in 1..5 {
        table.relation(Relation::same_denominator(&column(0), &column(c)));
    }
    table.relation(Relation::sum(&column(19), &[column(17), column(18)]));
    table
}

/// 50 ms in a release build; the limit here is generous, for slow machines and unoptimised builds.
#[test]
fn a_district_of_300_units_and_20_figures_is_protected_at_once() {
    let table = district();
    let start = Instant::now();
    let protected = protect(&table, 5, &[], Audience::Public);
    let took = start.elapsed();
    eprintln!("{took:?} for {} cells, {} withheld", table.cells.len(), protected.pattern().len());
    assert!(
        protected.pattern().iter().all(|(unit, _)| unit.as_str() != "district"),
        "the district's totals stay"
    );
    let start = Instant::now();
    let first = Edition { table: table.clone(), withheld: protected.pattern().clone() };
    let second = protect(&table, 5, &[first], Audience::Public);
    eprintln!("{:?} for the second edition", start.elapsed());
    assert_eq!(protected.pattern(), second.pattern(), "nothing was corrected");
    assert!(took < Duration::from_secs(5), "{took:?}");
}
