//! One cell at a time: what people type into it, and what is said about it.

use nhipcau_domain::{
    problem::{Arg, Problem},
    returns::Value,
};

use crate::{
    book::{Book, C},
    world::{filled, read, template, world},
};

/// The value read for `members.total` after typing into its cell.
fn typed(value: impl Into<C>) -> Result<Value, Problem> {
    let world = world();
    let mut book = Book::open(&template(&world, &[filled(&world, "ap-1", "nam-1")]));
    let cell = book.page().fill("members.total", value);
    let sheet = book.page().name.clone();
    let mut reading = read(&world, &book.save());
    if let Some(problem) = reading.problems.pop() {
        assert!(reading.problems.is_empty(), "{reading:?}");
        assert!(reading.submissions.is_empty(), "refused, and read all the same");
        assert_eq!(problem.place.file.as_deref(), Some("bao-cao.xlsx"));
        assert_eq!(problem.place.sheet, Some(sheet));
        assert_eq!(problem.place.cell, Some(cell));
        assert_eq!(problem.arg("unit"), Some(&Arg::Text("ap-1".into())));
        assert_eq!(problem.arg("label"), Some(&Arg::Text("Tổng số đảng viên".into())));
        return Err(problem);
    }
    let submission = reading.submissions.pop().unwrap();
    assert_eq!(submission.entries[0].cell, Some(cell));
    Ok(submission.entries[0].value.clone())
}

fn number(value: impl Into<C>) -> i64 {
    typed(value).unwrap().number().unwrap()
}

fn refusal(value: impl Into<C>) -> String {
    typed(value).unwrap_err().id
}

#[test]
fn numbers_typed_as_text_are_read() {
    assert_eq!(number("1.234"), 1234);
    assert_eq!(number("1 234"), 1234);
    assert_eq!(number("1\u{a0}234 "), 1234);
    assert_eq!(number("1.234.567"), 1_234_567);
    assert_eq!(number("'42"), 42);
    assert_eq!(number("１２"), 12);
    assert_eq!(number("1.234,0"), 1234);
}

#[test]
fn whole_numbers_are_read_however_they_are_stored() {
    assert_eq!(number(0), 0);
    assert_eq!(number(C::Number(1e15)), 1_000_000_000_000_000);
    assert_eq!(number(C::Number(0.1 + 0.2 + 2.7)), 3);
}

#[test]
fn a_formulas_saved_result_is_read() {
    assert_eq!(number(C::Formula("=5+7", "12")), 12);
}

#[test]
fn a_formula_with_an_error_is_refused() {
    assert_eq!(refusal(C::Formula("=1/0", "#DIV/0!")), "intake-cell-error");
}

#[test]
fn words_are_answers_too() {
    assert_eq!(typed("không báo cáo"), Ok(Value::NotReported));
    assert_eq!(typed(" "), Ok(Value::NotReported));
    assert_eq!(typed("kad"), Ok(Value::NotApplicable));
    assert_eq!(typed("Miễn: đơn vị mới thành lập"), Ok(Value::Exempt("moi".into())));
}

#[test]
fn decomposed_accents_are_the_same_words() {
    use unicode_normalization::UnicodeNormalization;
    let nfd: String = "không áp dụng".nfd().collect();
    assert_eq!(typed(&*nfd), Ok(Value::NotApplicable));
}

#[test]
fn an_exemption_needs_a_reason_from_the_list() {
    let problem = typed("miễn: bận").unwrap_err();
    assert_eq!(problem.id, "intake-exempt-reason");
    assert_eq!(problem.arg("expected"), Some(&Arg::Text("“Đơn vị mới thành lập” (moi)".into())));
}

#[test]
fn what_could_be_two_numbers_is_asked() {
    let problem = typed("1,234").unwrap_err();
    assert_eq!(problem.id, "intake-cell-ambiguous");
    assert_eq!(problem.arg("found"), Some(&Arg::Text("1,234".into())));
}

#[test]
fn what_is_no_whole_number_is_refused() {
    assert_eq!(refusal("12,5"), "intake-cell-fraction");
    assert_eq!(refusal(C::Number(1.5)), "intake-cell-fraction");
    assert_eq!(refusal(-3), "intake-cell-negative");
    assert_eq!(refusal("-3"), "intake-cell-negative");
    assert_eq!(refusal("98%"), "intake-cell-percent");
    assert_eq!(refusal(C::Number(1e16)), "intake-cell-too-large");
    assert_eq!(refusal("khoảng 12"), "intake-cell-text");
    assert_eq!(refusal("-"), "intake-cell-text");
    assert_eq!(refusal(C::Bool(true)), "intake-cell-boolean");
}

#[test]
fn a_share_is_not_a_count() {
    let problem = typed(C::Percent(0.98)).unwrap_err();
    assert_eq!(problem.id, "intake-cell-percent");
    assert_eq!(problem.arg("found"), Some(&Arg::Text("98%".into())));
}

#[test]
fn a_date_that_excel_made_of_a_fraction_is_refused() {
    let problem = typed(C::Date(2026, 2, 1)).unwrap_err();
    assert_eq!(problem.id, "intake-cell-date");
    assert_eq!(problem.arg("found"), Some(&Arg::Text("01/02/2026".into())));
}
