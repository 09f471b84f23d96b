//! Slows down those who guess, and cannot lock a colleague out.
//!
//! Whoever fails waits twice as long each time. What is counted is a name together with the client
//! that tries it, and the client; a browser that has signed in before has a count of its own (OWASP's
//! "device cookies"), which nobody else's failures touch. Kept in memory under a keyed hash: no
//! address is stored, and the key goes with the process.

use std::collections::HashMap;

use nhipcau_domain::Timestamp;
use sha2::{Digest as _, Sha256};

/// The most counts that are kept; beyond it the ones that are longest unused go.
const MOST: usize = 65_536;

/// How many seconds a count is remembered after the last try.
const MEMORY: i64 = 24 * 3600;

/// What is counted, and how patiently.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    kind: u8,
    /// Tries before anyone waits.
    free: u32,
    /// The longest wait, in seconds.
    longest: i64,
    /// After how many seconds one try is forgotten, where many people share the count; 0 is never. Whoever
    /// comes in takes back their own try only: one who has an account cannot wipe their guesses of others out.
    leak: i64,
}

/// A name and the client that tries it.
pub(super) const NAME_AND_CLIENT: Rule = Rule { kind: 1, free: 5, longest: 900, leak: 0 };
/// A client, whatever names it tries: an office's whole building may be one.
pub(super) const CLIENT: Rule = Rule { kind: 2, free: 40, longest: 300, leak: 60 };
/// A browser that has signed in before.
pub(super) const DEVICE: Rule = Rule { kind: 3, free: 10, longest: 60, leak: 0 };
/// Codes of a holder from browsers that have not signed in before.
pub(super) const CODES: Rule = Rule { kind: 4, free: 10, longest: 300, leak: 0 };

/// What a client asks before it answers: a challenge for a passkey, the way to a sign-in service.
pub(super) const ASKED: Rule = Rule { kind: 5, free: 60, longest: 60, leak: 5 };

/// A count's name.
pub(super) type Key = [u8; 16];

#[derive(Debug, Clone, Copy)]
struct Tally {
    tries: u32,
    last: Timestamp,
}

/// The counts.
pub(super) struct Throttle {
    key: [u8; 32],
    tallies: HashMap<Key, Tally>,
}

impl Throttle {
    pub fn new(key: [u8; 32]) -> Self {
        Self { key, tallies: HashMap::new() }
    }

    /// The count of these words under a rule.
    pub fn key(&self, rule: Rule, words: &[&str]) -> (Key, Rule) {
        let mut hash = Sha256::new_with_prefix(self.key);
        hash.update([rule.kind]);
        for word in words {
            hash.update(u64::try_from(word.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(word.as_bytes());
        }
        let mut key = [0; 16];
        key.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
        (key, rule)
    }

    /// Lets a try pass, or says how many seconds are left. A try counts as failed until it is forgiven, so
    /// that many at once gain nothing.
    pub fn begin(&mut self, keys: &[(Key, Rule)], now: Timestamp) -> Result<(), i64> {
        let left = keys.iter().map(|(key, rule)| self.wait(key, *rule, now)).max().unwrap_or(0);
        if left > 0 {
            return Err(left);
        }
        for (key, rule) in keys {
            let tally = self.tallies.entry(*key).or_insert(Tally { tries: 0, last: now });
            tally.tries = counted(tally, *rule, now).saturating_add(1);
            tally.last = now;
        }
        if self.tallies.len() > MOST {
            self.forget(now);
        }
        Ok(())
    }

    /// Whoever came in has failed nothing.
    pub fn forgive(&mut self, keys: &[(Key, Rule)]) {
        for (key, rule) in keys {
            match self.tallies.get_mut(key).filter(|tally| rule.leak > 0 && tally.tries > 1) {
                Some(tally) => tally.tries -= 1,
                None => {
                    self.tallies.remove(key);
                }
            }
        }
    }

    fn wait(&self, key: &Key, rule: Rule, now: Timestamp) -> i64 {
        let Some(tally) = self.tallies.get(key) else { return 0 };
        let Some(over) = counted(tally, rule, now).checked_sub(rule.free) else { return 0 };
        let wait = (1_i64 << over.min(32)).min(rule.longest);
        (wait - (now.as_second() - tally.last.as_second())).clamp(0, rule.longest)
    }

    fn forget(&mut self, now: Timestamp) {
        self.tallies.retain(|_, t| !old(t, now));
        if self.tallies.len() > MOST / 2 {
            let mut times: Vec<Timestamp> = self.tallies.values().map(|t| t.last).collect();
            times.sort_unstable();
            if let Some(middle) = times.get(times.len() / 2).copied() {
                self.tallies.retain(|_, t| t.last > middle);
            }
        }
    }
}

/// The tries that are not forgotten yet.
fn counted(tally: &Tally, rule: Rule, now: Timestamp) -> u32 {
    if old(tally, now) {
        return 0;
    }
    let forgotten = (now.as_second() - tally.last.as_second()).max(0).checked_div(rule.leak).unwrap_or(0);
    tally.tries.saturating_sub(u32::try_from(forgotten).unwrap_or(u32::MAX))
}

fn old(tally: &Tally, now: Timestamp) -> bool {
    now.as_second() - tally.last.as_second() > MEMORY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn tries(throttle: &mut Throttle, keys: &[(Key, Rule)], seconds: std::ops::Range<i64>) -> usize {
        seconds.filter(|s| throttle.begin(keys, at(*s)).is_ok()).count()
    }

    #[test]
    fn whoever_guesses_waits_twice_as_long_each_time() {
        let mut throttle = Throttle::new([1; 32]);
        let keys = [throttle.key(NAME_AND_CLIENT, &["lan", "10.0.0.1"])];
        for _ in 0..5 {
            assert_eq!(throttle.begin(&keys, at(0)), Ok(()));
        }
        assert_eq!(throttle.begin(&keys, at(0)), Err(1));
        assert_eq!(throttle.begin(&keys, at(1)), Ok(()));
        assert_eq!(throttle.begin(&keys, at(1)), Err(2));
        assert!(tries(&mut throttle, &keys, 3..86_400) < 110);
    }

    #[test]
    fn an_attacker_on_the_same_name_cannot_block_a_browser_that_has_signed_in() {
        let mut throttle = Throttle::new([1; 32]);
        let attack =
            [throttle.key(NAME_AND_CLIENT, &["lan", "10.6.6.6"]), throttle.key(CLIENT, &["10.6.6.6"])];
        tries(&mut throttle, &attack, 0..5_000);
        let device = [throttle.key(DEVICE, &["lan", "thiet-bi"])];
        let elsewhere =
            [throttle.key(NAME_AND_CLIENT, &["lan", "10.0.0.1"]), throttle.key(CLIENT, &["10.0.0.1"])];
        assert_eq!(throttle.begin(&device, at(5_000)), Ok(()));
        assert_eq!(throttle.begin(&elsewhere, at(5_000)), Ok(()));
        assert!(throttle.begin(&attack, at(5_000)).is_err());
    }

    #[test]
    fn success_forgives_and_a_day_forgets() {
        let mut throttle = Throttle::new([1; 32]);
        let keys = [throttle.key(NAME_AND_CLIENT, &["lan", "10.0.0.1"])];
        tries(&mut throttle, &keys, 0..100);
        throttle.forgive(&keys);
        assert_eq!(tries(&mut throttle, &keys, 100..105), 5);
        tries(&mut throttle, &keys, 105..3_000);
        assert_eq!(tries(&mut throttle, &keys, 100_000..100_005), 5);
    }

    #[test]
    fn one_who_comes_in_takes_back_their_own_try_of_a_shared_count_and_time_takes_back_the_others() {
        let mut throttle = Throttle::new([1; 32]);
        let building = [throttle.key(CLIENT, &["10.0.0.1"])];
        for _ in 0..39 {
            assert_eq!(throttle.begin(&building, at(0)), Ok(()));
        }
        // Signing in to an account of one's own between guesses wins nothing.
        assert_eq!(throttle.begin(&building, at(0)), Ok(()));
        throttle.forgive(&building);
        assert_eq!(throttle.begin(&building, at(0)), Ok(()));
        assert!(throttle.begin(&building, at(0)).is_err());
        // A minute gives one try back, an hour all of them.
        assert_eq!(throttle.begin(&building, at(60)), Ok(()));
        assert!(throttle.begin(&building, at(60)).is_err());
        assert_eq!(tries(&mut throttle, &building, 3_600..3_640), 40);
    }

    #[test]
    fn a_flood_of_names_does_not_grow_without_end() {
        let mut throttle = Throttle::new([1; 32]);
        for n in 0..200_000_i64 {
            let keys = [throttle.key(NAME_AND_CLIENT, &[&n.to_string(), "10.0.0.1"])];
            let _ = throttle.begin(&keys, at(n / 100));
        }
        assert!(throttle.tallies.len() <= MOST);
    }
}
