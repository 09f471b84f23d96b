//! Samples of a return, a unit, who has reported, and the tree.

use nhipcau_domain::returns::Status as ReturnStatus;
use nhipcau_messages::Lang;

use super::parts::*;
use crate::{
    page::Section,
    pages::{
        coverage::{CommitteeCoverage, CoveragePage, FormCoverage, Owing},
        return_page::{ActLine, EntryRow, OriginView, ReturnPage, WordsRow},
        tree::{Step, TreePage},
        unit::{HistoryLine, OweLine, UnitPage},
    },
    shown::Shown,
    views::Choice,
};

pub(super) fn return_page(lang: Lang) -> ReturnPage {
    let row = |section: &str, element: &str, value, cell: &str| EntryRow {
        section: section.into(),
        element: element.into(),
        value,
        measure: "người".into(),
        cell: Some(cell.into()),
    };
    let act = |what: &str, reason, differences| ActLine {
        what: what.into(),
        at: "20/5/2022 14:05".into(),
        office: "Đảng ủy xã Long Sơn".into(),
        reason,
        differences,
    };
    ReturnPage {
        page: page(lang, Section::None),
        unit: unit("Chi bộ ấp Sơn Lang"),
        above: vec![unit("Huyện Cầu Ngang"), unit("Xã Long Sơn")],
        form: "Biểu 1: Đăng ký và kế hoạch của đảng viên".into(),
        period: period(),
        status: ReturnStatus::Accepted,
        locked: true,
        origin: Some(OriginView {
            file: "bieu-1-chi-bo-ap-son-lang.xlsx".into(),
            sheet: "Biểu 1".into(),
            hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        }),
        revision: 2,
        rows: vec![
            row("Đảng viên", "Tổng số đảng viên", open("44"), "D7"),
            row("", "Đảng viên đã đăng ký", open("38"), "D8"),
            row("Miễn sinh hoạt, miễn công tác", "Miễn sinh hoạt", Shown::Withheld, "D9"),
            row("", "Miễn công tác", open("không báo cáo"), "D10"),
        ],
        words: vec![WordsRow { question: "Khó khăn, kiến nghị".into(), answer: Shown::Withheld }],
        figures: vec![Choice {
            label: lines()[0].name.clone(),
            href: lines()[0].href.clone(),
            current: false,
        }],
        acts: vec![
            act("Duyệt", None, Vec::new()),
            act(
                "Gửi bản điều chỉnh (lần 2)",
                Some(open("Đếm thiếu đảng viên mới chuyển đến")),
                vec![difference()],
            ),
            act("Gửi báo cáo (lần 1)", None, Vec::new()),
        ],
    }
}

pub(super) fn unit_page(lang: Lang) -> UnitPage {
    let history = |day, what: &str, unit| HistoryLine { day, what: what.into(), unit };
    UnitPage {
        page: page(lang, Section::Tree),
        name: "Xã Long Sơn".into(),
        kind: "Đảng ủy xã, thị trấn".into(),
        code: Some("29443".into()),
        above: vec![unit("Tỉnh Trà Vinh"), unit("Huyện Cầu Ngang")],
        closed: Some("Đơn vị này kết thúc ngày 01/7/2025 và trở thành:".into()),
        successors: vec![unit("Xã Hiệp Mỹ")],
        owes: vec![
            OweLine {
                form: "Biểu 2".into(),
                period: "Năm thứ nhất".into(),
                status: ReturnStatus::Accepted,
                href: Some("/bieu-mau/0197".into()),
            },
            OweLine {
                form: "Biểu 3".into(),
                period: "Năm thứ nhất".into(),
                status: ReturnStatus::Expected,
                href: None,
            },
        ],
        period: period(),
        figures: lines(),
        children: vec![
            node("Chi bộ ấp Sơn Lang", "Chi bộ ấp, khóm", None),
            node("Mẹ đỡ đầu", "Mô hình", None),
        ],
        history: vec![
            history(day(2016, 1, 1), "Thành lập, tên gọi Xã Long Sơn", None),
            history(day(2025, 7, 1), "Sáp nhập vào", Some(unit("Xã Hiệp Mỹ"))),
        ],
    }
}

pub(super) fn coverage_page(lang: Lang) -> CoveragePage {
    let row = |name: &str, coverage| CommitteeCoverage { unit: unit(name), coverage };
    CoveragePage {
        page: page(lang, Section::Coverage),
        scope: "Huyện Cầu Ngang".into(),
        period: period(),
        periods: choices(&["Năm thứ nhất", "Năm thứ hai"]),
        forms: vec![FormCoverage {
            name: "Biểu 1: Đăng ký và kế hoạch của đảng viên".into(),
            total: coverage(250, 246, 2),
            rows: vec![
                row("Thị trấn Cầu Ngang", coverage(18, 18, 0)),
                row("Xã Long Sơn", coverage(17, 14, 1)),
            ],
            missing: missing().into_iter().map(|line| Owing { line, due: Some(day(2022, 5, 27)) }).collect(),
        }],
    }
}

pub(super) fn tree_page(lang: Lang) -> TreePage {
    let open = |name: &str, kind: &str, code, children, unfolded| Step::Open {
        node: node(name, kind, Some(code)),
        children,
        unfolded,
    };
    TreePage {
        page: page(lang, Section::Tree),
        day: day(2021, 5, 18),
        count: 268,
        days: choices(&["18/5/2021", "hôm nay"]),
        action: "/cay-don-vi".into(),
        kept: vec![("ky".into(), "nam-1".into())],
        steps: vec![
            open("Tỉnh Trà Vinh", "Tỉnh ủy", "84", 1, true),
            open("Huyện Cầu Ngang", "Huyện ủy", "848", 2, true),
            open("Thị trấn Cầu Ngang", "Đảng ủy xã, thị trấn", "29416", 1, false),
            Step::Leaf(node("Chi bộ khóm Minh Thuận A, thị trấn Cầu Ngang", "Chi bộ ấp, khóm", None)),
            Step::Close,
            Step::Leaf(node("Chi bộ Khối Đoàn thể huyện", "Chi bộ ngành", None)),
            Step::Close,
            Step::Close,
        ],
    }
}
