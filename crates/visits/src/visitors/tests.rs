use proptest::prelude::*;

use super::*;

#[test]
fn a_visit_ends_after_thirty_minutes_of_quiet() {
    let mut visitors = Visitors::new(10);
    visitors.advance(0);
    visitors.touch(1, 0, false);
    visitors.advance(OPEN_MS - 1_000);
    assert_eq!(visitors.standing(1, 0), Standing::Open { changes: 0 });
    visitors.advance(OPEN_MS);
    assert_eq!(visitors.standing(1, 0), Standing::New);
}

#[test]
fn a_machine_stays_one_until_it_is_quiet_and_is_never_online() {
    let mut visitors = Visitors::new(10);
    visitors.touch(1, 0, false);
    assert_eq!(visitors.online(), 1);
    visitors.touch(1, 0, true);
    assert_eq!((visitors.standing(1, 0), visitors.online()), (Standing::Robot, 0));
    visitors.advance(OPEN_MS);
    assert_eq!(visitors.standing(1, 0), Standing::New);
    visitors.touch(1, 0, false);
    assert_eq!((visitors.standing(1, 0), visitors.online()), (Standing::Open { changes: 0 }, 1));
}

#[test]
fn beyond_the_bound_there_is_no_room_until_somebody_leaves() {
    let mut visitors = Visitors::new(2);
    visitors.touch(1, 0, false);
    visitors.touch(2, 0, false);
    visitors.touch(3, 0, false);
    assert_eq!((visitors.len(), visitors.standing(3, 0)), (2, Standing::NoRoom));
    assert_eq!(visitors.standing(2, 0), Standing::Open { changes: 0 });
    visitors.advance(OPEN_MS);
    assert_eq!(visitors.standing(3, 0), Standing::New);
}

#[test]
fn only_changes_of_page_within_a_minute_are_counted() {
    let mut visitors = Visitors::new(2);
    for _ in 0..500 {
        visitors.touch(1, 7, false);
    }
    assert_eq!(visitors.standing(1, 7), Standing::Open { changes: 0 });
    for page in 0..50 {
        visitors.touch(1, page, false);
    }
    assert_eq!(visitors.standing(1, 99), Standing::Open { changes: 51 });
    visitors.advance(60_000);
    assert_eq!(visitors.standing(1, 99), Standing::Open { changes: 1 });
}

#[test]
fn a_clock_set_back_by_a_year_does_not_keep_visits_open_for_a_year() {
    let year = 365 * 86_400_000;
    let mut visitors = Visitors::new(2);
    visitors.advance(year);
    visitors.touch(1, 0, false);
    visitors.advance(0);
    assert_eq!(visitors.online(), 1);
    visitors.advance(OPEN_MS);
    assert_eq!((visitors.online(), visitors.standing(1, 0)), (0, Standing::New));
}

proptest! {
    #[test]
    fn online_is_what_counting_everybody_gives(
        steps in prop::collection::vec((-20_000_i64..200_000, 0_u64..20, any::<bool>()), 1..200),
    ) {
        let mut visitors = Visitors::new(15);
        let (mut at, mut reached) = (1_000_000, 0);
        for (step, number, robot) in steps {
            at += step;
            reached = std::cmp::max(reached, at);
            visitors.advance(at);
            visitors.touch(number, u32::try_from(number).unwrap(), robot && number % 5 == 0);
            let mut counted = visitors.clone();
            counted.count_online();
            prop_assert_eq!(visitors.online(), counted.online());
        }
    }
}
