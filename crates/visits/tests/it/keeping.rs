//! What stays after a restart, a torn record, a change of key; and what must not stay.

use std::{fs, io::Write};

use nhipcau_visits::{Recorded, VisitsError};

use super::*;

#[test]
fn a_restart_goes_on_with_the_same_visits() {
    let site = Site::new();
    let visits = site.open();
    view(&visits, "/", 1);
    let before = visits.total();
    drop(visits);
    let visits = site.open();
    assert_eq!((visits.total(), visits.opening().replayed), (before, 0));
    assert_eq!(view(&visits, "/", 1), Recorded::View);
    assert_eq!(visits.totals().online, 1);
}

#[test]
fn only_one_process_counts_into_a_folder() {
    let site = Site::new();
    let visits = site.open();
    let clone = visits.clone();
    drop(visits);
    assert!(matches!(site.try_open(), Err(VisitsError::InUse(_))));
    drop(clone);
    assert!(site.try_open().is_ok());
}

#[test]
fn the_torn_end_of_a_log_is_cut_and_said() {
    let site = Site::new();
    let log = site.folder.path().join("log-00000000000000000001");
    let visits = site.open();
    view(&visits, "/", 1);
    view(&visits, "/", 2);
    let whole = fs::read(&log).unwrap();
    drop(visits);
    // As a crash leaves it: no checkpoint, and a record of which one byte is missing.
    fs::remove_file(site.folder.path().join("checkpoint.json")).unwrap();
    fs::write(&log, &whole[..whole.len() - 1]).unwrap();
    let visits = site.open();
    assert_eq!((visits.opening().replayed, visits.total().views), (1, 1));
    assert!(visits.opening().cut_bytes > 20);
    assert_eq!(view(&visits, "/", 1), Recorded::View);
    assert_eq!(view(&visits, "/", 2), Recorded::Visit);
}

#[test]
fn records_that_are_missing_in_the_middle_are_a_gap() {
    let site = Site::new();
    let visits = site.open();
    for n in 0..10 {
        view(&visits, "/", n);
    }
    let log = site.folder.path().join("log-00000000000000000001");
    let mut bytes = fs::read(&log).unwrap();
    drop(visits);
    fs::remove_file(site.folder.path().join("checkpoint.json")).unwrap();
    fs::write(&log, &bytes).unwrap();
    let visits = site.open();
    view(&visits, "/", 11);
    let second = fs::read(site.folder.path().join("log-00000000000000000011")).unwrap();
    drop(visits);
    fs::remove_file(site.folder.path().join("checkpoint.json")).unwrap();
    let half = bytes.len() / 2;
    bytes[half] ^= 1;
    fs::write(&log, &bytes).unwrap();
    fs::write(site.folder.path().join("log-00000000000000000011"), second).unwrap();
    let visits = site.open();
    let total = visits.total();
    assert!(total.views > 1 && total.views < 11);
    assert_eq!((visits.opening().missing, total.not_recorded), (11 - total.views, 11 - total.views));
    drop(visits);
    assert_eq!(site.open().total().gaps.len(), 1);
}

#[test]
fn a_damaged_checkpoint_is_refused_and_nothing_is_changed() {
    let site = Site::new();
    view(&site.open(), "/", 1);
    let path = site.folder.path().join("checkpoint.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"views\":1", "\"views\":9", 1)).unwrap();
    assert!(matches!(site.try_open(), Err(VisitsError::Damaged(p)) if p == path));
}

#[test]
fn a_visit_that_is_open_when_the_key_changes_is_neither_split_nor_lost() {
    let site = Site::new();
    site.set("2026-11-25T03:50:00+07:00");
    let visits = site.open();
    view(&visits, "/", 1);
    view(&visits, "/", 2);
    site.set("2026-11-25T04:10:00+07:00");
    assert_eq!(view(&visits, "/a", 1), Recorded::View);
    assert_eq!((visits.totals().online, site.files("key-").len()), (1, 2));
    drop(visits);
    let visits = site.open();
    site.set("2026-11-25T04:19:00+07:00");
    assert_eq!(view(&visits, "/b", 1), Recorded::View);
    assert_eq!(view(&visits, "/b", 2), Recorded::View);
    assert_eq!(view(&visits, "/b", 3), Recorded::Visit);
    site.set("2026-11-25T04:48:00+07:00");
    assert_eq!(view(&visits, "/c", 2), Recorded::View);
    assert_eq!(site.files("key-"), ["key-2026-11-25"], "yesterday's key is destroyed after half an hour");
    assert_eq!((visits.totals().all_visits, visits.totals().online), (3, 1));
}

#[test]
fn no_address_and_no_user_agent_is_in_any_file() {
    let site = Site::new();
    let visits = site.open();
    view(&visits, "/", 77);
    view(&visits, "/robots.txt", 78);
    let look = || {
        for name in site.files("") {
            let bytes = fs::read(site.folder.path().join(&name)).unwrap();
            for needle in [reader(77).to_string().as_bytes(), &[203, 0, 113, 77], b"Mozilla", b"Android"] {
                assert!(!bytes.windows(needle.len()).any(|w| w == needle), "{name}");
            }
        }
    };
    look();
    visits.checkpoint().unwrap();
    look();
}

#[test]
fn a_checkpoint_replaces_the_log_and_old_days_leave_memory_for_their_files() {
    let site = Site::new();
    let visits = site.open();
    let first = site.today();
    view(&visits, "/cu", 1);
    site.pass(24 * HOUR);
    view(&visits, "/moi", 1);
    visits.checkpoint().unwrap();
    visits.checkpoint().unwrap();
    assert_eq!((site.files("log-").len(), site.files("day-").len()), (1, 2));
    let top = visits.top_pages(first..=site.today(), 5).unwrap();
    assert_eq!(top.named.len(), 2);
    // The clock goes back a day: yesterday's file is read again and written anew.
    site.pass(-24 * HOUR);
    view(&visits, "/cu", 2);
    visits.checkpoint().unwrap();
    assert_eq!(visits.top_pages(first..=first, 5).unwrap().named[0].count, 2);
    assert_eq!(site.files("day-").len(), 2);
}

#[test]
fn what_is_in_the_folder_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new();
    let visits = site.open();
    view(&visits, "/", 1);
    visits.checkpoint().unwrap();
    for name in site.files("") {
        let mode = fs::metadata(site.folder.path().join(&name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
    let mut note = fs::File::create(site.folder.path().join("ghi-chu.txt")).unwrap();
    note.write_all(b"x").unwrap();
    assert!(visits.checkpoint().is_ok(), "files of others are left alone");
    assert_eq!(site.files("ghi-chu").len(), 1);
}
