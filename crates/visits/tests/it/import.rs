//! An old site's visits come along, once.

use jiff::civil::date;
use nhipcau_visits::{BadLine, ImportOptions, ImportReport, Reason, VisitsError};

use super::*;

fn line(address: &str, time: &str, path: &str, status: u16, agent: &str) -> String {
    format!(
        "{address} - - [{time} +0700] \"GET {path} HTTP/1.1\" {status} 5120 \"https://www.google.com/\" \"{agent}\"\n"
    )
}

fn import(visits: &Visits, log: &str) -> Result<ImportReport, VisitsError> {
    visits.import_access_log(log.as_bytes(), &ImportOptions::default())
}

fn two_days() -> String {
    [
        line("203.0.113.7", "31/Dec/2024:23:50:00", "/", 200, PHONE),
        line("203.0.113.7", "31/Dec/2024:23:50:01", "/style.css?v=1", 200, PHONE),
        line("203.0.113.7", "01/Jan/2025:00:10:00", "/tin?id=3", 304, PHONE),
        line("203.0.113.7", "01/Jan/2025:00:40:00", "/tin?id=4", 200, PHONE),
        line("203.0.113.8", "01/Jan/2025:00:41:00", "/tin", 200, "curl/8.0"),
        line("203.0.113.8", "01/Jan/2025:00:41:00", "/khong", 404, PHONE),
        "một dòng hỏng\n".to_owned(),
        "203.0.113.7 - - [32/Jan/2025:00:10:00 +0700] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n".to_owned(),
        "203.0.113.7 - - [02/Jan/2025:00:10:00 +0700] \"\\x16\\x03\" 400 1 \"-\" \"-\"\n".to_owned(),
        "203.0.113.7 - - [02/Jan/2025:00:10:00 +0700] \"GET / HTTP/1.1\" 200 1\n".to_owned(),
    ]
    .concat()
}

#[test]
fn a_log_is_counted_by_the_rules_of_the_site() {
    let site = Site::new();
    let visits = site.open();
    let report = import(&visits, &two_days()).unwrap();
    assert_eq!((report.lines, report.visits, report.views), (10, 2, 3));
    assert_eq!(report.left_out, [(Reason::PartOfPage, 1), (Reason::Tool, 1), (Reason::Missing, 1)].into());
    let bad: Vec<_> = report.problems.iter().map(|p| (p.line, p.why)).collect();
    assert_eq!(bad, [(7, BadLine::Address), (8, BadLine::Time), (9, BadLine::Request), (10, BadLine::Agent)]);
    assert_eq!(visits.day(date(2024, 12, 31)).visits, 1);
    assert_eq!((visits.day(date(2025, 1, 1)).visits, visits.day(date(2025, 1, 1)).views), (1, 2));
    assert_eq!(visits.totals().all_visits, 2);
    let top = visits.top_pages(date(2024, 12, 1)..=date(2025, 1, 31), 5).unwrap();
    assert_eq!((top.named[0].name.as_str(), top.named[0].count), ("/tin", 2));
    drop(visits);
    assert_eq!(site.open().totals().all_views, 3);
}

#[test]
fn the_same_log_a_second_time_changes_nothing() {
    let site = Site::new();
    let visits = site.open();
    import(&visits, &two_days()).unwrap();
    let before = visits.total();
    assert!(import(&visits, &two_days()).unwrap().already);
    drop(visits);
    let visits = site.open();
    assert!(import(&visits, &two_days()).unwrap().already);
    assert_eq!(visits.total(), before);
}

#[test]
fn a_log_that_has_grown_since_is_refused_unless_it_is_of_a_second_server() {
    let site = Site::new();
    let visits = site.open();
    import(&visits, &two_days()).unwrap();
    let grown = two_days() + &line("203.0.113.9", "03/Jan/2025:00:40:00", "/", 200, PHONE);
    assert!(matches!(import(&visits, &grown), Err(VisitsError::Overlaps { .. })));
    assert_eq!(visits.totals().all_views, 3);
    let options = ImportOptions { overlap: true, ..ImportOptions::default() };
    let report = visits.import_access_log(grown.as_bytes(), &options).unwrap();
    assert_eq!((report.views, visits.totals().all_views), (4, 7));
}

#[test]
fn what_was_counted_here_is_not_counted_again_from_a_log() {
    let site = Site::new();
    let visits = site.open();
    view(&visits, "/", 1);
    let log = line("203.0.113.7", "24/Nov/2026:07:59:00", "/", 200, PHONE)
        + &line("203.0.113.7", "24/Nov/2026:08:00:00", "/", 200, PHONE);
    let report = import(&visits, &log).unwrap();
    assert_eq!((report.views, report.counted_here), (1, 1));
}

#[test]
fn an_old_total_carries_over_once_and_lies_before_everything_else() {
    let site = Site::new();
    let visits = site.open();
    view(&visits, "/", 1);
    let carry = |day| visits.import_total(day, 3_342_863, 0, "trang cũ");
    assert!(carry(date(2024, 6, 30)).unwrap());
    assert!(!carry(date(2024, 6, 30)).unwrap());
    assert!(matches!(carry(site.today()), Err(VisitsError::TotalTooLate { .. })));
    let totals = visits.totals();
    assert_eq!((totals.all_visits, totals.today, totals.month), (3_342_864, 1, 1));
    let old = line("203.0.113.7", "30/Jun/2024:12:00:00", "/", 200, PHONE);
    assert_eq!(import(&visits, &old).unwrap().in_total, 1);
    drop(visits);
    let visits = site.open();
    assert_eq!((visits.total().carried_visits, visits.totals().all_visits), (3_342_863, 3_342_864));
    assert_eq!(visits.carried().len(), 1);
}
