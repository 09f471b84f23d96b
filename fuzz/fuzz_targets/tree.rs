//! Whatever happens to units, a tree that is accepted is a tree on every day: each open unit below
//! an open one, no cycle, and a place for everyone.
//!
//! An event is four bytes: day, change, unit, other.
#![no_main]

use jiff::{ToSpan, civil::date};
use libfuzzer_sys::fuzz_target;
use nhipcau_domain::{
    id::UnitId,
    tree::{Change, Tree, TreeEvent},
};

fn unit(n: u8) -> UnitId {
    UnitId::from(format!("u{}", n % 12).as_str())
}

fn event(bytes: &[u8]) -> Option<TreeEvent> {
    let [day, change, a, b] = *bytes else { return None };
    let on = date(2020, 1, 1).checked_add(i64::from(day % 16).days()).ok()?;
    let below = (b < 200).then(|| unit(b));
    let code = (b % 4 > 0).then(|| (b % 4).to_string());
    let change = match change % 8 {
        0 | 1 => Change::Open { unit: unit(a), kind: "k".into(), parent: below, name: unit(a).to_string(), code },
        2 => Change::Close { unit: unit(a) },
        3 => Change::Move { unit: unit(a), parent: below },
        4 => Change::Rename { unit: unit(a), name: format!("n{b}") },
        5 => Change::Recode { unit: unit(a), code },
        6 => Change::Merge { from: vec![unit(a), unit(a / 12)], into: unit(b) },
        _ => Change::Split { from: unit(a), into: vec![unit(b), unit(b / 12)] },
    };
    Some(TreeEvent { on, change })
}

fuzz_target!(|data: &[u8]| {
    let mut events: Vec<TreeEvent> = data.chunks_exact(4).take(60).filter_map(event).collect();
    if data.len() % 2 == 0 {
        events.sort_by_key(|e| e.on);
    }
    let Ok(tree) = Tree::from_events(&events) else { return };
    for day in 0..18 {
        let Ok(on) = date(2019, 12, 31).checked_add(i64::from(day).days()) else { continue };
        let mut below_roots = 0;
        for root in tree.roots(on) {
            below_roots += tree.within(root, on).len();
        }
        assert_eq!(below_roots, tree.open_on(on).count(), "everyone is below one root on {on}");
        for ix in tree.all() {
            let _ = (tree.place(ix, on), tree.name(ix, on), tree.code(ix, on), tree.kind(ix, on));
            assert!(tree.above(ix, on).count() <= tree.len());
            if let Some(parent) = tree.parent(ix, on).filter(|_| tree.is_open(ix, on)) {
                assert!(tree.is_open(parent, on), "an open unit below a closed one");
            }
        }
    }
});
