//! What a random history is made of.

use proptest::prelude::*;

/// One thing that happens. Units are named by numbers, so that a history can be shortened.
#[derive(Debug, Clone)]
pub enum Step {
    Send { unit: u8, month: u8, n: i64, d: Option<i64>, office: bool, accept: bool, correct: bool },
    Accept(u8),
    SendBack(u8),
    Exempt { unit: u8, month: u8 },
    Tree { day: u16, what: What },
}

/// What happens to the tree.
#[derive(Debug, Clone)]
pub enum What {
    Open {
        parent: u8,
        commune: bool,
    },
    Close(u8),
    Move {
        unit: u8,
        to: u8,
    },
    Rename(u8),
    Merge {
        from: u8,
        into: u8,
    },
    Split(u8),
    /// A level goes: its children report to whom it reported to.
    Dissolve(u8),
}

/// Histories of up to so many steps.
pub fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let send = (
        any::<u8>(),
        0..13_u8,
        0..40_i64,
        prop::option::weighted(0.9, 0..40_i64),
        any::<[bool; 2]>(),
        prop::bool::weighted(0.8),
    );
    let send = send.prop_map(|(unit, month, n, d, [office, correct], accept)| Step::Send {
        unit,
        month,
        n,
        d,
        office,
        accept,
        correct,
    });
    let any_unit = any::<u8>;
    let what = prop_oneof![
        2 => (any_unit(), any::<bool>()).prop_map(|(parent, commune)| What::Open { parent, commune }),
        2 => any_unit().prop_map(What::Close),
        3 => (any_unit(), any_unit()).prop_map(|(unit, to)| What::Move { unit, to }),
        1 => any_unit().prop_map(What::Rename),
        4 => (any_unit(), any_unit()).prop_map(|(from, into)| What::Merge { from, into }),
        3 => any_unit().prop_map(What::Split),
        1 => any_unit().prop_map(What::Dissolve),
    ];
    // From mid-2020 to 2026: before, within and after the periods.
    let tree = (0..2200_u16, what).prop_map(|(day, what)| Step::Tree { day, what });
    let step = prop_oneof![
        9 => send,
        2 => any_unit().prop_map(Step::Accept),
        1 => any_unit().prop_map(Step::SendBack),
        1 => (any_unit(), 0..13_u8).prop_map(|(unit, month)| Step::Exempt { unit, month }),
        6 => tree,
    ];
    prop::collection::vec(step, 1..most)
}
