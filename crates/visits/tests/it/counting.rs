//! What is a visit, what is a view, and what is neither.

use nhipcau_visits::{Answer, Asked, Device, Hit, Method, Options, Reason, Recorded, Search, Top, Visits};

use super::*;

fn refused(visits: &Visits, reason: Reason, change: impl FnOnce(&mut Hit<'_>)) {
    let mut hit = Hit::of("/", reader(9), Some(PHONE));
    change(&mut hit);
    assert_eq!(visits.record(hit), Recorded::LeftOut(reason));
}

#[test]
fn a_visit_lasts_until_thirty_minutes_of_quiet() {
    let site = Site::new();
    let visits = site.open();
    assert_eq!(view(&visits, "/", 1), Recorded::Visit);
    for _ in 0..4 {
        site.pass(29 * MINUTE);
        assert_eq!(view(&visits, "/a", 1), Recorded::View);
    }
    site.pass(30 * MINUTE);
    assert_eq!(view(&visits, "/a", 1), Recorded::Visit);
    let totals = visits.totals();
    assert_eq!((totals.all_visits, totals.all_views, totals.online), (2, 6, 1));
}

#[test]
fn two_browsers_at_one_address_are_two_visitors() {
    let site = Site::new();
    let visits = site.open();
    view(&visits, "/", 1);
    assert_eq!(visits.record(Hit::of("/", reader(1), Some(DESKTOP))), Recorded::Visit);
    assert_eq!(view(&visits, "/", 2), Recorded::Visit);
    assert_eq!(visits.totals().online, 3);
}

#[test]
fn online_is_the_last_five_minutes() {
    let site = Site::new();
    let visits = site.open();
    view(&visits, "/", 1);
    site.pass(2 * MINUTE);
    view(&visits, "/", 2);
    assert_eq!(visits.totals().online, 2);
    site.pass(3 * MINUTE);
    assert_eq!(visits.totals().online, 1);
    site.pass(2 * MINUTE);
    assert_eq!(visits.totals().online, 0);
}

#[test]
fn a_visit_belongs_to_the_local_day_of_its_first_hit_and_a_view_to_its_own() {
    let site = Site::new();
    site.set("2026-11-29T16:50:00Z"); // Sunday, 23:50 in Vietnam
    let visits = site.open();
    view(&visits, "/", 1);
    site.pass(20 * MINUTE);
    assert_eq!(view(&visits, "/", 1), Recorded::View);
    let totals = visits.totals();
    assert_eq!((totals.today, totals.today_views, totals.week, totals.month), (0, 1, 0, 1));
    assert_eq!((totals.all_visits, totals.all_views), (1, 2));
    assert_eq!(visits.day(site.today().yesterday().unwrap()).visits, 1);
}

#[test]
fn what_nobody_reads_is_left_out_and_counted_under_its_reason() {
    let site = Site::new();
    let visits = site.open();
    refused(&visits, Reason::NoUserAgent, |h| h.user_agent = None);
    refused(&visits, Reason::SearchEngine, |h| {
        h.user_agent =
            Some("Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)");
    });
    refused(&visits, Reason::Method, |h| h.method = Method::Head);
    refused(&visits, Reason::Prefetch, |h| h.purpose = Some("prefetch;prerender"));
    refused(&visits, Reason::Missing, |h| h.answer = Answer::of_status(404));
    refused(&visits, Reason::Redirect, |h| h.answer = Answer::of_status(301));
    refused(&visits, Reason::Failed, |h| h.answer = Answer::of_status(503));
    let total = visits.total();
    assert_eq!((total.views, total.visits, total.online, total.hits), (0, 0, 0, 7));
    assert_eq!(visits.day(site.today()).left_out, total.left_out);
    assert!(total.left_out.values().all(|n| *n == 1) && total.left_out.len() == 7);
    assert_eq!(visits.totals().left_out_today, 7);
}

#[test]
fn a_page_that_was_not_modified_is_a_view() {
    let site = Site::new();
    let visits = site.open();
    let hit = Hit { answer: Answer::of_status(304), ..Hit::of("/", reader(1), Some(PHONE)) };
    assert_eq!(visits.record(hit), Recorded::Visit);
}

#[test]
fn who_asks_not_to_be_tracked_is_a_view_and_nothing_else() {
    let site = Site::new();
    let visits = site.open();
    let base = Hit { referrer: Some("https://a.vn/"), ..Hit::of("/", reader(1), Some(PHONE)) };
    for hit in [Hit { gpc: true, ..base }, Hit { dnt: true, ..base }] {
        assert_eq!(visits.record(hit), Recorded::View);
    }
    let day = visits.day(site.today());
    assert_eq!((day.visits, day.views, day.unfollowed_views, day.devices.len()), (0, 2, 2, 0));
    assert_eq!(visits.totals().online, 0);
    assert_eq!(visits.top_referrers(site.today()..=site.today(), 5).unwrap(), Top::default());

    let site = Site::with(Options { asked: Asked::LeaveOut, ..Options::default() });
    let strict = site.open();
    assert_eq!(strict.record(Hit { gpc: true, ..base }), Recorded::LeftOut(Reason::AskedNot));
}

#[test]
fn a_machine_that_walks_the_site_is_left_out_and_one_that_reloads_a_page_is_not() {
    let site = Site::with(Options { changes_a_minute: 20, ..Options::default() });
    let visits = site.open();
    let walked: Vec<_> = (0..30).map(|i| view(&visits, &format!("/{i}"), 1)).collect();
    let left_out = walked.iter().filter(|r| **r == Recorded::LeftOut(Reason::TooFast)).count();
    assert_eq!(left_out, 9, "the 20 changes before are counted: {walked:?}");
    assert_eq!(visits.totals().online, 0);
    site.pass(29 * MINUTE);
    assert_eq!(view(&visits, "/", 1), Recorded::LeftOut(Reason::TooFast));
    site.pass(30 * MINUTE);
    assert_eq!(view(&visits, "/", 1), Recorded::Visit);

    assert!((0..500).all(|_| view(&visits, "/", 2) != Recorded::LeftOut(Reason::TooFast)));
    let own =
        |i: usize| visits.record(Hit::of(["/a", "/b"][i % 2], "127.0.0.1".parse().unwrap(), Some(PHONE)));
    assert!((0..500).all(|i| own(i) != Recorded::LeftOut(Reason::TooFast)), "many may stand behind a proxy");
}

#[test]
fn who_reads_robots_txt_is_a_robot() {
    let site = Site::new();
    let visits = site.open();
    assert_eq!(view(&visits, "/robots.txt", 1), Recorded::LeftOut(Reason::RobotsFile));
    assert_eq!(view(&visits, "/", 1), Recorded::LeftOut(Reason::TooFast));
    assert_eq!(view(&visits, "/", 2), Recorded::Visit);
}

#[test]
fn beyond_the_bound_of_open_visits_views_are_exact_and_the_doubt_is_said() {
    let site = Site::with(Options { open_visits: 3, ..Options::default() });
    let visits = site.open();
    for n in 0..5 {
        view(&visits, "/", n);
    }
    let day = visits.day(site.today());
    assert_eq!((day.visits, day.views, day.untracked_views), (3, 5, 2));
    site.pass(30 * MINUTE);
    assert_eq!(view(&visits, "/", 7), Recorded::Visit);
}

#[test]
fn counts_by_name_are_bounded_and_add_up() {
    let site = Site::with(Options { paths_a_day: 2, referrers_a_day: 1, ..Options::default() });
    let visits = site.open();
    let referrers = ["https://zalo.me/x?y=1", "https://www.facebook.com/", "", "https://xa.vn/tin"];
    for (n, referrer) in (1..).zip(referrers) {
        let path = format!("/{}?q={n}", n % 3);
        let hit = Hit::of(&path, reader(n), Some(if n == 1 { DESKTOP } else { PHONE }));
        visits.record(Hit { referrer: Some(referrer), host: "xa.vn", language: Some("vi-VN,en"), ..hit });
    }
    visits.record(Hit { known: false, ..Hit::of("/wp-login.php", reader(1), Some(DESKTOP)) });
    let today = site.today()..=site.today();
    let pages = visits.top_pages(today.clone(), 10).unwrap();
    assert_eq!(
        pages.named.iter().map(|n| (n.name.as_str(), n.count)).collect::<Vec<_>>(),
        [("/1", 2), ("/2", 1)]
    );
    assert_eq!((pages.others, pages.nameless), (1, 1));
    let hosts = visits.top_referrers(today.clone(), 10).unwrap();
    assert_eq!((hosts.named[0].name.as_str(), hosts.nameless, hosts.others), ("zalo.me", 2, 1));
    assert_eq!(visits.top_languages(today.clone(), 10).unwrap().named[0].count, 4);
    let sum = visits.sum(today);
    assert_eq!(sum.devices, [(Device::Phone, 3), (Device::Desktop, 1)].into());
}

#[test]
fn searches_that_one_person_alone_made_are_not_shown() {
    let site = Site::new();
    let visits = site.open();
    let ask = |n, query| {
        let asked =
            Search { query, results: 0, address: reader(n), user_agent: Some(PHONE), asked_not: false };
        visits.record_search(asked)
    };
    for (n, query) in
        [(1, "Hộ chiếu"), (2, "hộ  chiếu"), (1, "nguyễn văn a"), (1, "nguyễn văn a"), (3, "0912345678")]
    {
        assert!(ask(n, query));
    }
    let found =
        Search { query: "xã", results: 3, address: reader(1), user_agent: Some(PHONE), asked_not: false };
    assert!(!visits.record_search(found));
    let today = site.today()..=site.today();
    let searches = visits.searches_without_result(today.clone(), 10).unwrap();
    assert_eq!(
        searches.named.iter().map(|n| (n.name.as_str(), n.count)).collect::<Vec<_>>(),
        [("hộ chiếu", 2)]
    );
    assert_eq!(searches.withheld, 3);
    for _ in 0..2 {
        site.pass(24 * HOUR);
        ask(1, "nguyễn văn a");
    }
    let days = *today.start()..=site.today();
    assert_eq!(visits.searches_without_result(days, 1).unwrap().named[0].count, 4);
}
