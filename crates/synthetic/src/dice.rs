//! Seeded chance. Only the generator's raw words are used, so that the same seed gives the same
//! numbers whatever a library's samplers do.

use rand_chacha::{
    ChaCha12Rng,
    rand_core::{Rng, SeedableRng},
};

pub(crate) struct Dice(ChaCha12Rng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha12Rng::seed_from_u64(seed))
    }

    /// A number below `n`; 0 where `n` is 0.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(n);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included; `low` where `high` is less.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let room = high.checked_sub(low).and_then(|r| u64::try_from(r).ok()).unwrap_or(0);
        let step = i64::try_from(self.below(room.saturating_add(1))).unwrap_or(0);
        low.saturating_add(step)
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len() as u64);
        usize::try_from(at).ok().and_then(|at| from.get(at))
    }
}
