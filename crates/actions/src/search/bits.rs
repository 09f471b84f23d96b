//! Sets of items by number, and how they are written down: a bucket of 32,768 items as the last 15 bits
//! of each, or as one bit each, whichever is shorter.

use nhipcau_store::Posting;

/// How many items are in a bucket.
pub(super) const BUCKET: u32 = 32_768;

/// Up to so many are written one by one: 4,096 bytes, as many as the bits take.
const SINGLY: u32 = 2048;

/// Machine words of a bucket.
const WORDS: usize = 512;

/// Buckets beyond this are not ours.
const BUCKETS: u32 = 1 << 14;

/// A set of items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// Adds what a row of the index holds.
    pub fn add(&mut self, posting: &Posting) {
        if posting.bucket >= BUCKETS {
            return;
        }
        let base = posting.bucket as usize * WORDS;
        if self.0.len() < base + WORDS {
            self.0.resize(base + WORDS, 0);
        }
        let Some(bucket) = self.0.get_mut(base..base + WORDS) else { return };
        if posting.size > SINGLY {
            for (word, bytes) in bucket.iter_mut().zip(posting.docs.as_chunks().0) {
                *word |= u64::from_le_bytes(*bytes);
            }
        } else {
            for bytes in posting.docs.as_chunks().0 {
                let low = u16::from_le_bytes(*bytes);
                if let Some(word) = bucket.get_mut(usize::from(low >> 6)) {
                    *word |= 1 << (low & 63);
                }
            }
        }
    }

    /// Those that are in both.
    pub fn and(mut self, other: &Self) -> Self {
        self.0.truncate(other.0.len());
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
        self
    }

    /// Those that are in either.
    pub fn or(mut self, other: &Self) -> Self {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
        self
    }

    /// Takes out those that are in the other.
    pub fn minus(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= !b);
    }

    /// How many.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|w| w.count_ones()).sum()
    }

    /// Their numbers, the highest first.
    pub fn newest(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().enumerate().rev().flat_map(|(at, word)| {
            let mut rest = *word;
            let at = u32::try_from(at).unwrap_or(u32::MAX / 64);
            std::iter::from_fn(move || {
                let bit = rest.checked_ilog2()?;
                rest ^= 1 << bit;
                Some(at * 64 + bit)
            })
        })
    }
}

/// How a bucket's items are written; they are in order.
pub(super) fn pack(lows: &[u16]) -> Vec<u8> {
    if lows.len() <= SINGLY as usize {
        return lows.iter().flat_map(|low| low.to_le_bytes()).collect();
    }
    let mut bytes = vec![0; WORDS * 8];
    for low in lows {
        if let Some(byte) = bytes.get_mut(usize::from(low >> 3)) {
            *byte |= 1 << (low & 7);
        }
    }
    bytes
}

/// The items of a row of the index, in order.
pub(super) fn unpack(posting: &Posting) -> Vec<u16> {
    let mut bits = Bits::default();
    bits.add(&Posting { bucket: 0, ..posting.clone() });
    let mut lows: Vec<u16> = bits.newest().filter_map(|n| u16::try_from(n).ok()).collect();
    lows.reverse();
    lows
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn posting(bucket: u32, lows: &[u16]) -> Posting {
        let size = u32::try_from(lows.len()).unwrap();
        Posting { word: String::new(), bucket, field: 0, size, docs: pack(lows) }
    }

    fn bits(numbers: &BTreeSet<u32>) -> Bits {
        let mut bits = Bits::default();
        for bucket in 0..3 {
            let inside = numbers.iter().filter(|n| *n / BUCKET == bucket);
            let lows: Vec<u16> = inside.map(|n| u16::try_from(n % BUCKET).unwrap()).collect();
            bits.add(&posting(bucket, &lows));
        }
        bits
    }

    proptest! {
        #[test]
        fn few_and_many_are_read_as_they_were_written(lows in prop::collection::btree_set(0u16..32_768, 0..5000)) {
            let lows: Vec<u16> = lows.into_iter().collect();
            let written = posting(2, &lows);
            prop_assert!(written.docs.len() <= 4096);
            prop_assert_eq!(unpack(&written), lows);
        }

        #[test]
        fn sets_behave_as_sets(
            a in prop::collection::btree_set(0u32..98_000, 0..900),
            b in prop::collection::btree_set(0u32..98_000, 0..900),
        ) {
            let told = |bits: &Bits| bits.newest().collect::<Vec<_>>();
            let newest = |set: BTreeSet<u32>| set.into_iter().rev().collect::<Vec<_>>();
            prop_assert_eq!(told(&bits(&a).and(&bits(&b))), newest(&a & &b));
            prop_assert_eq!(told(&bits(&a).or(&bits(&b))), newest(&a | &b));
            let mut rest = bits(&a);
            rest.minus(&bits(&b));
            prop_assert_eq!(told(&rest), newest(&a - &b));
            prop_assert_eq!(bits(&a).count() as usize, a.len());
        }
    }
}
