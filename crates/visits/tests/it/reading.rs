//! A second process reads beside the one that counts.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
};

use nhipcau_visits::{Total, Visits};

use super::*;

#[test]
fn every_acknowledged_hit_is_in_a_reading_without_a_checkpoint() {
    let site = Site::new();
    let visits = site.open();
    for n in 0..50 {
        view(&visits, "/a", n);
        view(&visits, "/b", n);
    }
    let mut reading = Visits::read(site.folder.path(), &site.clock()).unwrap();
    assert_eq!((reading.total(), reading.totals()), (visits.total(), visits.totals()));
    let today = site.today()..=site.today();
    assert_eq!(reading.top_pages(today.clone(), 9).unwrap(), visits.top_pages(today, 9).unwrap());
    assert_eq!(reading.trend(site.today(), site.today()), visits.trend(site.today(), site.today()));
}

#[test]
fn a_reading_is_whole_while_checkpoints_are_written() {
    let site = Site::with(Options { checkpoint_bytes: 2_000, ..Options::default() });
    let visits = site.open();
    let (acknowledged, done) = (AtomicU64::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..4_000 {
                view(&visits, &format!("/{}", n % 7), n);
                acknowledged.fetch_add(1, Ordering::SeqCst);
            }
            done.store(true, Ordering::SeqCst);
        });
        while !done.load(Ordering::SeqCst) {
            let before = acknowledged.load(Ordering::SeqCst);
            let mut reading = Visits::read(site.folder.path(), &site.clock()).unwrap();
            let (views, visits) = (reading.total().views, reading.total().visits);
            assert!(views >= before && views <= acknowledged.load(Ordering::SeqCst) + 1);
            assert_eq!(views, visits);
            let pages = reading.top_pages(site.today()..=site.today(), 9).unwrap();
            assert_eq!(pages.others, 0, "no day's file was lost on the way");
        }
    });
    assert_eq!(visits.total().views, 4_000);
}

#[test]
fn the_total_is_plain_json_that_can_be_read_back() {
    let site = Site::new();
    let visits = site.open();
    view(&visits, "/", 1);
    let text = serde_json::to_string(&visits.total()).unwrap();
    assert!(text.contains("\"visits\":1,\"views\":1,"), "{text}");
    assert_eq!(serde_json::from_str::<Total>(&text).unwrap(), visits.total());
}
