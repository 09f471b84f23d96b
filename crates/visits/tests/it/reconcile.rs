//! Whatever happens, the counters agree with counting everything by hand.

use std::collections::BTreeMap;

use jiff::civil::Weekday;
use nhipcau_visits::Hit;
use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone, Copy)]
enum Step {
    View { reader: u32, path: u8 },
    Pass(i64),
    Restart,
    Checkpoint,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => (0_u32..6, 0_u8..4).prop_map(|(reader, path)| Step::View { reader, path }),
        3 => (0_i64..40 * MINUTE).prop_map(Step::Pass),
        1 => (0_i64..20 * HOUR).prop_map(Step::Pass),
        1 => (0_i64..20 * 24 * HOUR).prop_map(Step::Pass),
        1 => Just(Step::Restart),
        1 => Just(Step::Checkpoint),
    ];
    prop::collection::vec(step, 1..120)
}

/// Visits and views by local day, counted the slow way.
#[derive(Default)]
struct ByHand {
    last: BTreeMap<u32, i64>,
    days: BTreeMap<Date, (u64, u64)>,
}

impl ByHand {
    /// Whole seconds, as the counter's table has them.
    fn view(&mut self, reader: u32, at: i64, day: Date) {
        let at = at.div_euclid(1_000);
        let begins = self.last.insert(reader, at).is_none_or(|last| at - last >= 1_800);
        let sums = self.days.entry(day).or_default();
        sums.0 += u64::from(begins);
        sums.1 += 1;
    }

    fn since(&self, from: Date) -> (u64, u64) {
        self.days.range(from..).fold((0, 0), |(a, b), (_, (visits, views))| (a + visits, b + views))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn today_week_month_and_all_are_sums_of_the_same_visits(steps in steps()) {
        let site = Site::with(Options { checkpoint_bytes: 1_500, ..Options::default() });
        let mut visits = site.open();
        let mut by_hand = ByHand::default();
        for step in steps {
            match step {
                Step::View { reader: n, path } => {
                    let path = format!("/{path}");
                    let _ = visits.record(Hit::of(&path, reader(n), Some(PHONE)));
                    by_hand.view(n, site.now(), site.today());
                }
                Step::Pass(ms) => site.pass(ms),
                Step::Checkpoint => visits.checkpoint().unwrap(),
                Step::Restart => {
                    drop(visits);
                    visits = site.open();
                }
            }
            let totals = visits.totals();
            let today = site.today();
            let back = i64::from(today.weekday().since(Weekday::Monday));
            let monday = today.checked_sub(jiff::Span::new().days(back)).unwrap();
            prop_assert_eq!((totals.today, totals.today_views), by_hand.since(today));
            prop_assert_eq!((totals.week, totals.week_views), by_hand.since(monday));
            prop_assert_eq!((totals.month, totals.month_views), by_hand.since(today.first_of_month()));
            prop_assert_eq!((totals.all_visits, totals.all_views), by_hand.since(Date::MIN));
            let online = by_hand.last.values().filter(|l| site.now().div_euclid(1_000) - **l < 300).count();
            prop_assert_eq!(totals.online, online as u64);
        }
        // A second process, which reads the log as a start after a crash does, says the same.
        let mut reading = Visits::read(site.folder.path(), &site.clock()).unwrap();
        prop_assert_eq!(reading.total(), visits.total());
        let range = Date::constant(2026, 1, 1)..=Date::constant(2060, 1, 1);
        let sum = visits.sum(range.clone());
        prop_assert_eq!((sum.visits, sum.views), by_hand.since(Date::MIN));
        prop_assert_eq!(sum.devices.values().sum::<u64>(), sum.visits);
        let pages = visits.top_pages(range.clone(), 99).unwrap();
        prop_assert_eq!(pages.named.iter().map(|n| n.count).sum::<u64>(), sum.views);
        let referrers = visits.top_referrers(range, 99).unwrap();
        prop_assert_eq!(referrers.nameless, sum.visits);
    }
}
