//! Spreads a total over units, each within its bounds: exactly, and not evenly.

use crate::dice::Dice;

/// Beyond this many single draws, most of the amount is dealt out in proportion first.
const MOST_DRAWS: i64 = 4_096;

/// Values within `bounds` that add up to `total`; none where there are no such values.
///
/// `clumps` says how unequal: 0 in proportion to each one's room, more for fewer and larger heaps.
pub(crate) fn spread(total: i64, bounds: &[(i64, i64)], clumps: u32, dice: &mut Dice) -> Option<Vec<i64>> {
    if bounds.iter().any(|(low, high)| low > high) {
        return None;
    }
    let low: i64 = bounds.iter().try_fold(0_i64, |sum, (low, _)| sum.checked_add(*low))?;
    let rooms: Vec<i64> = bounds.iter().map(|(low, high)| high.checked_sub(*low)).collect::<Option<_>>()?;
    let room: i64 = rooms.iter().try_fold(0_i64, |sum, r| sum.checked_add(*r))?;
    let above = total.checked_sub(low)?;
    if above < 0 || above > room {
        return None;
    }
    // Deal out whichever is less: what is there above the least, or what lacks to the most.
    let lacks = room - above;
    let from_below = above <= lacks;
    let heaps = deal(above.min(lacks), &rooms, clumps, dice);
    let value = |((low, high), heap): (&(i64, i64), i64)| if from_below { low + heap } else { high - heap };
    Some(bounds.iter().zip(heaps).map(value).collect())
}

/// Deals `amount`, at most the rooms' sum, into the rooms.
fn deal(amount: i64, rooms: &[i64], clumps: u32, dice: &mut Dice) -> Vec<i64> {
    let liking: Vec<u128> = rooms
        .iter()
        .map(|_| {
            let liking = u128::from(dice.below(16) + 1).pow(clumps.min(4));
            u128::from(dice.below(64) + 64) * liking
        })
        .collect();
    let mut heaps = vec![0; rooms.len()];
    let mut left = amount;
    while left > MOST_DRAWS {
        let weights = weights(rooms, &heaps, &liking);
        let all: u128 = weights.iter().sum();
        let before = left;
        for ((heap, room), weight) in heaps.iter_mut().zip(rooms).zip(weights) {
            let share = u128::try_from(before).unwrap_or(0).saturating_mul(weight) / all.max(1);
            let share = i64::try_from(share).unwrap_or(0).min(room - *heap).min(left);
            *heap += share;
            left -= share;
        }
        if left == before {
            break;
        }
    }
    while left > 0 {
        let weights = weights(rooms, &heaps, &liking);
        let all: u128 = weights.iter().sum();
        let mut at: u128 = dice.below(u64::try_from(all).unwrap_or(u64::MAX)).into();
        // A draw that falls past the last weight takes the first room that is free.
        let drawn = weights.iter().position(|w| {
            if at < *w {
                true
            } else {
                at -= w;
                false
            }
        });
        let free = drawn.or_else(|| weights.iter().position(|w| *w > 0));
        let Some(heap) = free.and_then(|i| heaps.get_mut(i)) else { break };
        *heap += 1;
        left -= 1;
    }
    heaps
}

/// How likely each is to get the next one: by its room and its liking; not at all where it is full.
fn weights(rooms: &[i64], heaps: &[i64], liking: &[u128]) -> Vec<u128> {
    let free = rooms.iter().zip(heaps).map(|(room, heap)| (*room, *heap < *room));
    free.zip(liking)
        .map(|((room, free), like)| if free { like * u128::try_from(room).unwrap_or(0) } else { 0 })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_spread_adds_up_and_keeps_within_bounds(
            bounds in prop::collection::vec((0_i64..500, 0_i64..500).prop_map(|(low, room)| (low, low + room)), 1..60),
            part in 0_i64..=1000,
            clumps in 0_u32..5,
            seed: u64,
        ) {
            let low: i64 = bounds.iter().map(|b| b.0).sum();
            let high: i64 = bounds.iter().map(|b| b.1).sum();
            let total = low + (high - low) * part / 1000;
            let values = spread(total, &bounds, clumps, &mut Dice::new(seed)).unwrap();
            prop_assert_eq!(values.iter().sum::<i64>(), total);
            for (value, (low, high)) in values.iter().zip(&bounds) {
                prop_assert!(low <= value && value <= high);
            }
            prop_assert_eq!(spread(high + 1, &bounds, clumps, &mut Dice::new(seed)), None);
            prop_assert_eq!(spread(low - 1, &bounds, clumps, &mut Dice::new(seed)), None);
        }
    }

    #[test]
    fn large_amounts_are_spread_exactly_too() {
        let bounds = vec![(0, 1_000_000); 60];
        let values = spread(30_000_001, &bounds, 2, &mut Dice::new(1)).unwrap();
        assert_eq!(values.iter().sum::<i64>(), 30_000_001);
        assert!(values.iter().max() > values.iter().min());
    }

    #[test]
    fn bounds_that_cross_have_no_values() {
        assert_eq!(spread(3, &[(4, 2)], 1, &mut Dice::new(1)), None);
    }
}
