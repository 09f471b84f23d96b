//! Workbooks as people break them: what can be read is read, what would be a guess is asked.

use nhipcau_domain::problem::{Arg, Severity};
use nhipcau_intake::Reading;

use crate::{
    book::{Book, C, address},
    world::{TestWorld, filled, read, template, world},
};

fn sent() -> (TestWorld, Book) {
    let world = world();
    let book = Book::open(&template(&world, &[filled(&world, "ap-1", "nam-1")]));
    (world, book)
}

/// The form is read as it was sent, and nothing is said.
#[track_caller]
fn as_sent(world: &TestWorld, reading: &Reading) {
    assert_eq!(reading.problems, []);
    let [found] = &*reading.submissions else { panic!("{reading:#?}") };
    assert!(found.same_content(&filled(world, "ap-1", "nam-1")), "{found:#?}");
}

/// Nothing is read, and exactly this is said.
#[track_caller]
fn refused(reading: &Reading, ids: &[&str]) {
    assert_eq!(reading.submissions, []);
    let found: Vec<&str> = reading.problems.iter().map(|p| &*p.id).collect();
    assert_eq!(found, ids, "{:#?}", reading.problems);
}

#[track_caller]
fn arg<'a>(reading: &'a Reading, name: &str) -> &'a str {
    match reading.problems.first().and_then(|p| p.arg(name)) {
        Some(Arg::Text(text)) => text,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn a_plain_copy_of_the_cells_is_enough() {
    let (world, book) = sent();
    as_sent(&world, &read(&world, &book.save()));
}

#[test]
fn a_renamed_sheet_is_recognised() {
    let (world, mut book) = sent();
    book.page().name = "Sheet1".into();
    as_sent(&world, &read(&world, &book.save()));
}

#[test]
fn an_inserted_column_moves_the_values_along() {
    for at in [0, 3, 6, 7] {
        let (world, mut book) = sent();
        book.page().insert_column(at);
        as_sent(&world, &read(&world, &book.save()));
    }
}

#[test]
fn inserted_rows_move_the_values_along() {
    let (world, mut book) = sent();
    let row = book.page().value_of("documents.issued").0;
    book.page().insert_row(row);
    book.page().insert_row(1);
    as_sent(&world, &read(&world, &book.save()));
}

#[test]
fn a_lost_hidden_sheet_is_not_missed() {
    let (world, mut book) = sent();
    book.pages.retain(|p| p.name != "_nhipcau");
    book.page().name = "Sheet1".into();
    as_sent(&world, &read(&world, &book.save()));
}

#[test]
fn a_lost_hidden_column_is_made_up_for_by_the_hidden_sheet() {
    let (world, mut book) = sent();
    book.page().delete_column(0);
    as_sent(&world, &read(&world, &book.save()));
    book.page().name = "Báo cáo".into();
    as_sent(&world, &read(&world, &book.save()));
}

#[test]
fn without_anything_hidden_the_form_says_itself_what_it_is() {
    let (world, mut book) = sent();
    book.pages.retain(|p| p.name != "_nhipcau");
    book.page().delete_column(0);
    book.page().delete_row(0);
    as_sent(&world, &read(&world, &book.save()));
}

#[test]
fn without_anything_hidden_a_name_that_two_units_have_is_asked() {
    let world = world();
    let mut book = Book::open(&template(&world, &[filled(&world, "ap-3", "nam-1")]));
    book.pages.retain(|p| p.name != "_nhipcau");
    book.page().delete_column(0);
    let reading = read(&world, &book.save());
    refused(&reading, &["intake-unit-ambiguous"]);
    assert!(arg(&reading, "candidates").contains("ap-4"));
}

#[test]
fn a_value_in_a_merged_cell_is_its_corners() {
    let (world, mut book) = sent();
    // An empty column was inserted right of the values and merged with them.
    book.page().insert_column(7);
    let (row, col) = book.page().value_of("members.total");
    book.page().merges.push((row, col, row, col + 1));
    as_sent(&world, &read(&world, &book.save()));
}

#[test]
fn a_merge_over_two_rows_is_asked() {
    let (world, mut book) = sent();
    let (row, col) = book.page().value_of("members.total");
    book.page().cells.remove(&(row + 1, col));
    book.page().merges.push((row, col, row + 1, col));
    let reading = read(&world, &book.save());
    refused(&reading, &["intake-merged", "intake-merged"]);
    assert_eq!(reading.problems[0].place.cell, Some(address((row, col))));
}

#[test]
fn a_merge_with_last_periods_value_is_asked() {
    let (world, mut book) = sent();
    let (row, col) = book.page().value_of("members.total");
    book.page().cells.remove(&(row, col));
    book.page().merges.push((row, col - 1, row, col));
    refused(&read(&world, &book.save()), &["intake-merged"]);
}

#[test]
fn a_row_that_was_copied_is_asked() {
    let (world, mut book) = sent();
    let (row, col) = book.page().value_of("members.total");
    let copied: Vec<_> =
        book.page().cells.range((row, 0)..(row + 1, 0)).map(|((_, c), v)| (*c, v.clone())).collect();
    book.page().cells.extend(copied.into_iter().map(|(c, v)| ((row + 60, c), v)));
    let reading = read(&world, &book.save());
    refused(&reading, &["intake-row-twice"]);
    assert_eq!(arg(&reading, "first"), address((row, col)));
    assert_eq!(arg(&reading, "second"), address((row + 60, col)));
}

#[test]
fn a_row_that_was_deleted_is_asked() {
    let (world, mut book) = sent();
    let row = book.page().value_of("radio.bulletins").0;
    book.page().delete_row(row);
    let reading = read(&world, &book.save());
    refused(&reading, &["intake-row-missing"]);
    assert_eq!(arg(&reading, "label"), "Số bản tin phát thanh");
}

#[test]
fn rows_sorted_without_their_hidden_cells_are_asked() {
    let (world, mut book) = sent();
    let (row, _) = book.page().value_of("members.total");
    book.page().move_cells(|(r, c)| {
        Some(match r {
            r if c > 0 && r == row => (row + 1, c),
            r if c > 0 && r == row + 1 => (row, c),
            r => (r, c),
        })
    });
    refused(&read(&world, &book.save()), &["intake-row-contradiction", "intake-row-contradiction"]);
}

#[test]
fn a_label_that_was_reworded_is_no_matter() {
    let (world, mut book) = sent();
    let label = book.page().find("Tổng số đảng viên");
    book.page().cells.insert(label, "Tổng số đảng viên (kể cả dự bị)".into());
    as_sent(&world, &read(&world, &book.save()));
}

#[test]
fn another_units_name_typed_over_the_form_is_asked() {
    let (world, mut book) = sent();
    let name = book.page().find("Chi bộ ấp Sóc Cụt");
    book.page().cells.insert(name, "Chi bộ ấp Bào Mốt".into());
    let reading = read(&world, &book.save());
    refused(&reading, &["intake-unit-retyped"]);
    assert_eq!(arg(&reading, "found"), "Chi bộ ấp Bào Mốt");
    assert_eq!(arg(&reading, "expected"), "Chi bộ ấp Sóc Cụt");
}

#[test]
fn a_unit_that_was_renamed_since_keeps_its_form() {
    let (mut world, book) = sent();
    world.units[0].name = "Chi bộ ấp Sóc Cụt 1".into();
    as_sent(&world, &read(&world, &book.save()));
}

#[test]
fn another_period_typed_over_the_form_is_asked() {
    let (world, mut book) = sent();
    let name = book.page().find("Năm thứ nhất");
    book.page().cells.insert(name, "Năm thứ hai".into());
    refused(&read(&world, &book.save()), &["intake-period-retyped"]);
}

#[test]
fn values_moved_out_of_their_column_are_asked() {
    let (world, mut book) = sent();
    // Only what is seen was moved: the hidden first row says another column.
    book.page().move_cells(|(r, c)| Some((r, if r > 0 && c >= 6 { c + 1 } else { c })));
    refused(&read(&world, &book.save()), &["intake-value-column-unclear"]);
}

#[test]
fn a_wrong_sheet_is_described() {
    let world = world();
    let mut book = Book::default();
    book.pages.push(crate::book::Page { name: "DS".into(), ..Default::default() });
    book.page().cells.insert((0, 0), "Danh sách hội viên nhận quà".into());
    book.page().cells.insert((2, 1), "Họ và tên".into());
    let reading = read(&world, &book.save());
    refused(&reading, &["intake-sheet-unknown"]);
    assert_eq!(arg(&reading, "found"), "Danh sách hội viên nhận quà | Họ và tên");
    assert_eq!(arg(&reading, "expected"), "“Kết quả học tập và làm theo Bác”");
    assert_eq!(reading.problems[0].place.sheet.as_deref(), Some("DS"));
}

#[test]
fn a_sheet_of_ones_own_beside_the_form_is_no_mistake() {
    let (world, mut book) = sent();
    let mut own = crate::book::Page { name: "Nháp".into(), ..Default::default() };
    own.cells.insert((0, 0), "tính nháp".into());
    book.pages.push(own);
    let reading = read(&world, &book.save());
    assert_eq!(reading.submissions.len(), 1);
    let [notice] = &*reading.problems else { panic!("{reading:#?}") };
    assert_eq!((&*notice.id, notice.severity), ("intake-sheet-unknown", Severity::Notice));
}

#[test]
fn the_same_form_twice_with_the_same_values_counts_once() {
    let (world, mut book) = sent();
    let mut copy = book.page().clone();
    copy.name = "Copy".into();
    book.pages.push(copy);
    let reading = read(&world, &book.save());
    assert_eq!(reading.submissions.len(), 1);
    assert_eq!(reading.problems[0].id, "intake-form-repeated");
    assert_eq!(reading.problems[0].severity, Severity::Notice);
}

#[test]
fn the_same_form_twice_with_other_values_is_asked() {
    let (world, mut book) = sent();
    let mut copy = book.page().clone();
    copy.name = "Copy".into();
    copy.fill("members.total", 11);
    book.pages.push(copy);
    let reading = read(&world, &book.save());
    refused(&reading, &["intake-form-twice"]);
    assert!(arg(&reading, "second").contains("Copy"));
}

#[test]
fn a_copy_that_is_refused_takes_the_other_with_it() {
    let (world, mut book) = sent();
    let mut copy = book.page().clone();
    copy.name = "Copy".into();
    copy.fill("members.total", "khoảng 10");
    book.pages.push(copy);
    refused(&read(&world, &book.save()), &["intake-cell-text", "intake-form-twice"]);
}

#[test]
fn one_bad_form_does_not_stop_the_other() {
    let world = world();
    let sent = [filled(&world, "ap-1", "nam-1"), filled(&world, "ap-2", "nam-1")];
    let mut book = Book::open(&template(&world, &sent));
    book.page().fill("members.total", "mười");
    let reading = read(&world, &book.save());
    assert_eq!(reading.submissions.len(), 1);
    assert_eq!(reading.submissions[0].key.unit.as_str(), "ap-2");
    assert_eq!(reading.problems[0].id, "intake-cell-text");
}

#[test]
fn every_bad_cell_is_named_at_once() {
    let (world, mut book) = sent();
    book.page().fill("members.total", "mười");
    book.page().fill("radio.bulletins", C::Number(0.5));
    refused(&read(&world, &book.save()), &["intake-cell-text", "intake-cell-fraction"]);
}

#[test]
fn a_sum_that_somebody_added_is_said_not_to_be_read() {
    let (world, mut book) = sent();
    let (row, col) = book.page().value_of("sponsorship.rate");
    book.page().insert_row(row);
    book.page().cells.insert((row, 2), "Tổng cộng".into());
    book.page().cells.insert((row, col), 150.into());
    let reading = read(&world, &book.save());
    assert_eq!(reading.submissions.len(), 1);
    assert_eq!(reading.problems[0].id, "intake-row-not-read");
    assert_eq!(reading.problems[0].severity, Severity::Notice);
}

#[test]
fn a_value_of_an_element_that_the_form_lost_is_asked() {
    let (mut world, book) = sent();
    world.definitions.data_sets[0].elements.retain(|id| id.as_str() != "radio.bulletins");
    refused(&read(&world, &book.save()), &["intake-row-unknown"]);
}

#[test]
fn notes_beside_values_are_kept_as_explanations() {
    let (world, mut book) = sent();
    let row = book.page().value_of("members.total").0;
    let note = book.page().find("Ghi chú").1;
    book.page().cells.insert((row, note), "chuyển đến 2 đồng chí".into());
    let reading = read(&world, &book.save());
    let explanation = &reading.submissions[0].explanation;
    assert_eq!(explanation, "Số liệu đã đối chiếu\nTổng số đảng viên: chuyển đến 2 đồng chí");
}

#[test]
fn a_form_for_nobody_known_is_asked() {
    let (mut world, book) = sent();
    world.units.retain(|u| u.id.as_str() != "ap-1");
    refused(&read(&world, &book.save()), &["intake-unit-unknown"]);
}
