//! A consolidator's table: a row a unit.

use nhipcau_domain::{
    problem::Arg,
    returns::{Submission, Value},
};
use nhipcau_intake::{
    Limits, Reading, RowOutcome, Source, World, read_file, read_wide_csv, wide_csv_header, wide_csv_row,
    write_wide_workbook,
};
use proptest::prelude::*;

use crate::{
    book::{Book, C},
    world::{TestWorld, filled, read, world},
};

const IDS: &str =
    "members.total,members.registered,members.planned,documents.issued,radio.bulletins,sponsorship.rate";

fn csv(text: &str) -> Reading {
    read_file("tong-hop.csv", text.as_bytes(), &world(), &Limits::default())
}

fn ids(reading: &Reading) -> Vec<&str> {
    reading.problems.iter().map(|p| &*p.id).collect()
}

fn stream(world: &TestWorld, text: &str) -> Vec<RowOutcome> {
    let mut rows = Vec::new();
    let source = Source { name: "ca-nuoc.csv", sha256: "abc" };
    let summary =
        read_wide_csv(text.as_bytes(), &source, world, &Limits::default(), &mut |row| rows.push(row));
    assert_eq!(summary.problems, []);
    assert_eq!(summary.rows, rows.len() as u64);
    rows
}

#[test]
fn a_row_is_a_return_with_its_cells() {
    let reading = csv(&format!(
        "unit,period,{IDS}\nap-1,nam-1,1,2,3,4,5,600000\nap-2,nam-1,0,,KAD,miễn: moi,1.234,6\n"
    ));
    assert_eq!(reading.problems, []);
    let [one, two] = &*reading.submissions else { panic!("{reading:?}") };
    assert_eq!(one.value("sponsorship.rate"), Some(&Value::Number(600_000)));
    assert_eq!(one.entries[0].cell.as_deref(), Some("C2"));
    assert_eq!(one.origin.file, "tong-hop.csv");
    let values: Vec<_> = two.entries.iter().map(|e| e.value.clone()).collect();
    let expected = [
        Value::Number(0),
        Value::NotReported,
        Value::NotApplicable,
        Value::Exempt("moi".into()),
        Value::Number(1234),
        Value::Number(6),
    ];
    assert_eq!(values, expected);
}

#[test]
fn vietnamese_headers_and_lines_above_are_understood() {
    let reading = csv(
        "BIỂU TỔNG HỢP\nKỳ báo cáo: Năm thứ nhất;;\n\nTT;Đơn vị;Tổng số đảng viên;Số đảng viên đăng ký nêu gương;\
         Số đảng viên có kế hoạch cá nhân;Số văn bản đã ban hành;Số bản tin phát thanh;Mức hỗ trợ mỗi cháu mỗi tháng;Ghi chú\n\
         1;Chi bộ ấp Sóc Cụt;12;11;10;1;2;600.000;\n2;CHI BỘ ẤP BÀO MỐT;9;9;9;0;0;0;tốt\n",
    );
    assert_eq!(reading.problems, []);
    let units: Vec<&str> = reading.submissions.iter().map(|s| s.key.unit.as_str()).collect();
    assert_eq!(units, ["ap-1", "ap-2"]);
    assert_eq!(reading.submissions[0].entries[0].cell.as_deref(), Some("C5"));
}

#[test]
fn a_unit_is_found_by_its_official_code() {
    let reading = csv(&format!("Mã đơn vị,period,{IDS}\n29444,nam-1,1,1,1,1,1,1\n"));
    assert_eq!(reading.submissions[0].key.unit.as_str(), "ap-2");
}

#[test]
fn a_name_that_two_units_have_is_asked_with_both() {
    let reading = csv(&format!("unit,period,{IDS}\nChi bộ ấp Trung Thành,nam-1,1,1,1,1,1,1\n"));
    assert_eq!(ids(&reading), ["intake-unit-ambiguous"]);
    let Some(Arg::Text(candidates)) = reading.problems[0].arg("candidates") else { panic!() };
    assert!(candidates.contains("ap-3") && candidates.contains("ap-4"));
    assert_eq!(reading.problems[0].place.cell.as_deref(), Some("A2"));
}

#[test]
fn an_id_beside_another_units_name_is_asked() {
    let reading = csv(&format!("unit,Tên đơn vị,period,{IDS}\nap-1,Chi bộ ấp Bào Mốt,nam-1,1,1,1,1,1,1\n"));
    assert_eq!(ids(&reading), ["intake-unit-contradiction"]);
}

#[test]
fn a_bad_row_does_not_stop_the_others() {
    let reading = csv(&format!(
        "unit,period,{IDS}\nap-1,nam-1,1,1,1,x,1,1\nap-9,nam-1,1,1,1,1,1,1\nap-2,nam-7,1,1,1,1,1,1\nap-2,nam-1,1,1,1,1,1,1\n"
    ));
    assert_eq!(ids(&reading), ["intake-cell-text", "intake-unit-unknown", "intake-period-unknown"]);
    assert_eq!(reading.submissions.len(), 1);
    assert_eq!(reading.problems[0].place.cell.as_deref(), Some("F2"));
}

#[test]
fn a_decimal_comma_that_splits_a_row_is_noticed() {
    let reading = csv(&format!("unit,period,{IDS}\nap-1,nam-1,1,2,5,1,1,1,1\n"));
    assert_eq!(ids(&reading), ["intake-row-width"]);
    let short = csv(&format!("unit,period,{IDS}\nap-1,nam-1,1,2\n"));
    assert_eq!(ids(&short), ["intake-row-width"]);
}

#[test]
fn an_element_without_a_column_is_named() {
    let reading = csv("unit,period,members.total\nap-1,nam-1,1\n");
    assert_eq!(ids(&reading), ["intake-columns-missing"]);
    let Some(Arg::Text(missing)) = reading.problems[0].arg("expected") else { panic!() };
    assert!(missing.contains("Số bản tin phát thanh"));
}

#[test]
fn a_table_without_a_period_is_asked() {
    assert_eq!(ids(&csv(&format!("unit,{IDS}\nap-1,1,1,1,1,1,1\n"))), ["intake-period-unnamed"]);
}

#[test]
fn a_unit_twice_with_other_values_is_asked_and_with_the_same_counts_once() {
    let twice = format!("unit,period,{IDS}\nap-1,nam-1,1,1,1,1,1,1\nap-1,nam-1,2,1,1,1,1,1\n");
    let reading = csv(&twice);
    assert_eq!((ids(&reading), reading.submissions.len()), (vec!["intake-form-twice"], 0));
    let rows = stream(&world(), &twice);
    assert_eq!((rows[1].contradicts, rows[1].submission.is_some()), (Some(2), false));

    let repeated = format!("unit,period,{IDS}\nap-1,nam-1,1,1,1,1,1,1\nap-1,nam-1,1,1,1,1,1,1\n");
    let reading = csv(&repeated);
    assert_eq!((ids(&reading), reading.submissions.len()), (vec!["intake-form-repeated"], 1));
    let rows = stream(&world(), &repeated);
    assert_eq!((rows[1].contradicts, rows[1].submission.is_some()), (None, false));
}

#[test]
fn a_one_unit_form_as_csv_is_read() {
    let reading = csv(
        "Biểu mẫu: Kết quả học tập và làm theo Bác\nĐơn vị báo cáo: Chi bộ ấp Sóc Cụt\nKỳ báo cáo: nam-1\nelement,value\n\
         members.total,12\nmembers.registered,11\nmembers.planned,10\ndocuments.issued,1\nSố bản tin phát thanh,2\nsponsorship.rate,600000\n",
    );
    assert_eq!(reading.problems, []);
    assert_eq!(reading.submissions[0].key.unit.as_str(), "ap-1");
    assert_eq!(reading.submissions[0].entries[4].cell.as_deref(), Some("B9"));
}

#[test]
fn the_wide_workbook_comes_back_filled_in() {
    let world = world();
    let units: Vec<_> = ["ap-1", "ap-3"].iter().filter_map(|id| world.unit(id)).collect();
    let period = world.definitions.period("nam-2").unwrap();
    let bytes =
        write_wide_workbook(&world.definitions, &world.definitions.data_sets[0], period, &units, "").unwrap();
    let mut book = Book::open(&bytes);
    let page = book.page();
    let first = page.find("Chi bộ ấp Sóc Cụt");
    for col in 1..=6 {
        page.cells.insert((first.0, first.1 + col), C::Number(f64::from(col)));
        page.cells.insert((first.0 + 1, first.1 + col), "1 234".into());
    }
    page.insert_column(1);
    let reading = read(&world, &book.save());
    assert_eq!(reading.problems, []);
    let found: Vec<_> =
        reading.submissions.iter().map(|s| (s.key.unit.as_str(), s.key.period.as_str())).collect();
    assert_eq!(found, [("ap-1", "nam-2"), ("ap-3", "nam-2")]);
    assert_eq!(reading.submissions[1].entries[5].value, Value::Number(1234));
}

#[test]
fn merged_cells_in_a_table_are_asked() {
    let world = world();
    let units: Vec<_> = ["ap-1", "ap-2"].iter().filter_map(|id| world.unit(id)).collect();
    let period = world.definitions.period("nam-2").unwrap();
    let bytes =
        write_wide_workbook(&world.definitions, &world.definitions.data_sets[0], period, &units, "").unwrap();
    let mut book = Book::open(&bytes);
    let page = book.page();
    let (row, col) = page.find("Chi bộ ấp Sóc Cụt");
    for col in col + 1..=col + 6 {
        page.cells.insert((row, col), 1.into());
        page.cells.insert((row + 1, col), 1.into());
    }
    page.cells.remove(&(row + 1, col + 1));
    page.merges.push((row, col + 1, row + 1, col + 1));
    let reading = read(&world, &book.save());
    assert_eq!((ids(&reading), reading.submissions.len()), (vec!["intake-merged", "intake-merged"], 0));
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (0..=1_000_000_000_000_000_i64).prop_map(Value::Number),
        1 => Just(Value::NotReported),
        1 => Just(Value::NotApplicable),
        1 => Just(Value::Exempt("moi".into())),
    ]
}

proptest! {
    #[test]
    fn what_is_written_as_csv_is_read_back(rows in prop::collection::vec(prop::collection::vec(any_value(), 6), 1..4)) {
        let world = world();
        let mut text = wide_csv_header(&world.definitions.data_sets[0]);
        let sent: Vec<Submission> = ["ap-1", "ap-2", "ap-3"].iter().zip(rows).map(|(unit, values)| {
            let mut s = filled(&world, unit, "nam-1");
            s.words.clear();
            s.explanation.clear();
            s.entries[0].value = Value::Number(1);
            s.entries.iter_mut().zip(values).skip(1).for_each(|(e, v)| e.value = v);
            s
        }).collect();
        for submission in &sent {
            wide_csv_row(&mut text, submission);
        }
        let found: Vec<_> = stream(&world, &text).into_iter().filter_map(|r| r.submission).collect();
        prop_assert_eq!(found.len(), sent.len());
        prop_assert!(found.iter().zip(&sent).all(|(a, b)| a.same_content(b)));
    }
}

/// Found by fuzzing: nothing came of it, and nothing was said.
#[test]
fn a_table_without_rows_is_mentioned() {
    let world = world();
    let header = wide_csv_header(&world.definitions.data_sets[0]);
    let reading = read_file("x.csv", header.as_bytes(), &world, &Limits::default());
    let ids: Vec<&str> = reading.problems.iter().map(|p| &*p.id).collect();
    assert_eq!(ids, ["intake-table-empty"]);
    let source = Source { name: "x.csv", sha256: "" };
    let summary = read_wide_csv(header.as_bytes(), &source, &world, &Limits::default(), &mut |_| {});
    assert_eq!(summary.problems.len(), 1);
}
