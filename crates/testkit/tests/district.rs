//! The tiny district holds together, so that a test that fails with it has found something else.

use jiff::civil::date;
use nhipcau_domain::{returns::Value, tree::Tree};
use nhipcau_testkit::district;

#[test]
fn its_tree_is_two_communes_and_five_cells_under_one_district() {
    let tree = Tree::from_events(&district().tree).expect("a tree");
    let day = date(2022, 12, 31);
    let of = |kind: &str| tree.open_on(day).filter(|u| tree.kind(*u, day).as_str() == kind).count();
    assert_eq!((of("huyen"), of("xa"), of("chi-bo")), (1, 2, 5));
    assert_eq!(tree.roots(day).map(|u| tree.id(u).to_string()).collect::<Vec<_>>(), ["h"]);
}

#[test]
fn its_months_tile_its_first_year() {
    let definitions = district().definitions;
    let calendar = |id| definitions.calendar(id).expect("a calendar");
    for calendar in &definitions.calendars {
        calendar.check().expect("no gaps");
    }
    calendar("thang").check_tiles(calendar("nam")).expect("tiles");
    let (form, year) = (definitions.data_set("phat-thanh"), definitions.period("nam-1"));
    assert_eq!(definitions.parts_of(form.expect("a form"), year.expect("a period")).len(), 12);
}

#[test]
fn its_returns_answer_every_element_of_their_form() {
    let d = district();
    for submission in [d.members("a1", 9, 10), d.bulletins("xa-a", 2, 4)] {
        let form = d.definitions.data_set(&submission.key.data_set).expect("a form");
        let answered: Vec<_> = submission.entries.iter().map(|e| e.element.clone()).collect();
        assert_eq!(answered, form.elements);
        assert!(submission.entries.iter().all(|e| matches!(e.value, Value::Number(_))));
        assert!(d.definitions.period(&submission.key.period).is_some(), "{}", submission.key.period);
    }
}
