//! The template language: what is read, what is refused, and where.

mod common;

use nhipcau_documents::{
    Template,
    bind::{self, Binder, Shown},
    model::{Block, Inline},
    template::{Form, check},
};
use nhipcau_domain::problem::{Problem, Severity};
use proptest::prelude::*;

const HEAD: &str = "+++\nkind = \"BÁO CÁO\"\n+++\n";

fn read(body: &str) -> Result<Template, Vec<Problem>> {
    Template::parse(&format!("{HEAD}{body}"))
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(|p| format!("{:?} {p}", p.severity)).collect::<Vec<_>>().join("\n")
}

fn refused(body: &str) -> String {
    lines(&read(body).expect_err("a mistake"))
}

/// The bare numbers that are noticed in a body.
fn noticed(body: &str) -> Vec<String> {
    let template = read(body).unwrap_or_else(|p| panic!("{}", lines(&p)));
    template.claims.iter().map(|c| format!("{}:{} {}", c.at.line, c.at.column, c.text)).collect()
}

#[test]
fn the_sample_has_no_problem() {
    assert_eq!(check(&common::template(), &common::KEYS), []);
}

#[test]
fn every_mistake_is_placed() {
    let body = "# Phần\n\nCó {{ members.registered | words }} và {{ Members }}.\n\n{{ table figures }} chữ\n\n\
                {{ chart communes: a, b }}\n\n{{ chart pie }}\n\n{{}}\n\n### Nhảy cấp\n\n<b>x</b> ![a](b.png) [x](javascript:y)\n\n\
                đóng }} rồi {{ mở\n\nchữ {{ notice }}\n";
    insta::assert_snapshot!(refused(body), @r#"
    Refuse 6:28: template-unknown-form found="words" expected="wording, value, fraction, percent, coverage, target, before, missing"
    Refuse 6:43: template-invalid-key found="Members"
    Refuse 8:1: template-block-needs-figures found="table figures"
    Refuse 10:23: template-one-figure-only
    Refuse 12:1: template-unknown-block found="chart pie"
    Refuse 14:1: template-empty-braces
    Refuse 16:1: template-heading-skipped found=3 expected=2
    Refuse 18:1: template-html
    Refuse 18:5: template-html
    Refuse 18:10: template-image
    Refuse 18:22: template-link-address found="javascript:y"
    Refuse 20:6: template-unopened-braces
    Refuse 20:13: template-unclosed-braces
    Refuse 22:5: template-block-not-alone
    "#);
}

#[test]
fn a_report_is_signed_once_and_not_within_a_list() {
    let body =
        "- một\n\n  {{ signature }}\n\n> {{ signature }}\n\n{{ signature }}\n\nPhụ lục\n\n{{ signature }}\n";
    insta::assert_snapshot!(refused(body), @"
    Refuse 6:3: template-signature-place
    Refuse 8:3: template-signature-place
    Refuse 14:1: template-signature-place
    ");
    assert!(read("Thân bài\n\n{{ signature }}\n\n---\n\nPhụ lục\n").is_ok());
}

#[test]
fn a_missing_or_broken_head_is_placed() {
    let found = |source: &str| lines(&Template::parse(source).expect_err("a broken head"));
    insta::assert_snapshot!(found("Có 3"), @"Refuse 1:1: template-front-matter-missing");
    insta::assert_snapshot!(found("+++\nkind = \"x\"\nnumbr = \"y\"\n+++\n").lines().next().unwrap_or_default().split(" detail").next().unwrap_or_default(), @"Refuse 3:1: template-front-matter-invalid");
    assert!(found("+++\ndate = \"hôm nay\"\n+++\n").starts_with("Refuse 2:8: template-front-matter-invalid"));
}

#[test]
fn an_unknown_figure_is_refused_with_the_nearest_key() {
    let template =
        read("Có {{ members.registred }}.\n\n{{ table figures: members.planned,\n  nothing.like.it }}\n")
            .unwrap();
    insta::assert_snapshot!(lines(&check(&template, &["members.registered", "members.planned"])), @r#"
    Refuse 4:7: template-unknown-figure-near key="members.registred" nearest="members.registered"
    Refuse 7:3: template-unknown-figure key="nothing.like.it"
    "#);
}

#[test]
fn a_bare_number_is_noticed_where_it_stands() {
    let template = read("Có *trên 98%* đảng viên, tổng số 246 chi bộ.\n").unwrap();
    insta::assert_snapshot!(lines(&check(&template, &[])), @r#"
    Notice 4:10: template-bare-number found="98%"
    Notice 4:34: template-bare-number found="246"
    "#);
    assert!(check(&template, &[]).iter().all(|p| p.severity == Severity::Notice));
    assert_eq!(noticed("- mục\n  - Có \\& 12 mô hình\n"), ["5:11 12"]);
    assert_eq!(noticed("| a | b |\n|---|---|\n| ấp | 15 hộ |\n"), ["6:8 15"]);
    assert_eq!(noticed("Hỗ trợ 600.000 đồng cho 10 cháu (24 tháng)."), ["4:8 600.000", "4:25 10", "4:34 24"]);
}

#[test]
fn dates_documents_names_and_ordinals_are_no_claims() {
    let body = "# 1. Phần một\n\n## 2.1. Phần nhỏ\n\n1. Kết luận số 01-KL/TW ngày 18/5/2021, Chỉ thị 05-CT/TW ngày 15 tháng 5 năm 2016.\n\
                2. Nghị định 30/2020/NĐ-CP, Điều 3, khoản 2, Kết luận số 01; năm 2022; quý 3; 5/2021.\n\n\
                3\\) Giai đoạn 2021-2025, nhiệm kỳ 2020 - 2025, ấp 3, lần thứ 2, Covid-19, từ 15 tháng 5.\n\n\
                Xem [văn bản](https://example.vn/98/2022) và `98%`; \\98 là số thoát.\n";
    assert_eq!(noticed(body), [""; 0]);
}

#[test]
fn an_escaped_number_prints_without_its_backslash() {
    struct Nothing;
    impl Binder for Nothing {
        fn figure(&self, _: &str, _: Form) -> Option<Shown> {
            None
        }
    }
    let document = bind::bind(&read("Có \\98 và \\{{ a \\}}").unwrap(), &Nothing).unwrap();
    let [Block::Paragraph { text }] = document.blocks.as_slice() else { panic!("{:?}", document.blocks) };
    assert_eq!(Inline::plain(text), "Có 98 và {{ a }}");
}

#[test]
fn what_has_no_value_is_refused_where_it_is_asked_for() {
    struct Nothing;
    impl Binder for Nothing {
        fn figure(&self, _: &str, _: Form) -> Option<Shown> {
            None
        }
    }
    let template =
        read("Có {{ a.b | percent }}.\n\n{{ chart coverage }}\n\n{{ differences }}\n\n{{ notice }}\n")
            .unwrap();
    insta::assert_snapshot!(lines(&bind::bind(&template, &Nothing).unwrap_err()), @r#"
    Refuse 4:7: template-figure-has-no-form key="a.b" form="percent"
    Refuse 6:1: template-nothing-for-block
    "#);
}

#[test]
fn decomposed_accents_are_the_same_template() {
    let composed = common::REPORT;
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(composed).collect();
    assert_ne!(composed, decomposed);
    assert_eq!(Template::parse(&decomposed).unwrap(), common::template());
}

#[test]
fn a_document_survives_being_kept() {
    let document = common::document();
    let kept = serde_json::to_string(&document).unwrap();
    assert_eq!(serde_json::from_str::<nhipcau_documents::Document>(&kept).unwrap(), document);
}

#[test]
fn every_problem_has_a_sentence_in_both_languages() {
    let sources = [
        include_str!("../src/bind.rs"),
        include_str!("../src/template/mod.rs"),
        include_str!("../src/template/ask.rs"),
        include_str!("../src/template/mask.rs"),
        include_str!("../src/template/markdown.rs"),
    ];
    let ids =
        sources.iter().flat_map(|s| s.split("Problem::new(\"").skip(1)).filter_map(|s| s.split('"').next());
    let ids: std::collections::BTreeSet<&str> = ids.collect();
    for language in [
        include_str!("../../messages/locales/vi/documents.ftl"),
        include_str!("../../messages/locales/en/documents.ftl"),
    ] {
        let said = language.lines().filter_map(|l| l.split_once(" = ")).map(|(id, _)| id);
        assert_eq!(said.collect::<std::collections::BTreeSet<_>>(), ids);
    }
}

proptest! {
    #[test]
    fn nothing_typed_brings_the_reader_down(body in "([{}|: #*>\\\\0-9a-zđ/\\-\n`\\[\\]()<!.%]|\\{\\{ a \\}\\}|số|năm){0,60}") {
        if let Ok(template) = read(&body) {
            let last = u32::try_from(body.lines().count() + 4).unwrap();
            prop_assert!(template.claims.iter().all(|c| c.at.line >= 4 && c.at.line <= last && c.at.column >= 1));
        }
    }

    #[test]
    fn a_bare_share_is_always_noticed_at_its_place(before in "[a-zđ ]{0,20}", n in 0_u32..1000) {
        let body = format!("Đạt {before} {n}% đảng viên");
        let column = body.chars().position(|c| c.is_ascii_digit()).unwrap() + 1;
        prop_assert_eq!(noticed(&body), [format!("4:{column} {n}%")]);
    }
}
