//! What several pages' samples are made of.

use nhipcau_domain::{
    Date,
    figure::{Coverage, Status},
    returns::Status as ReturnStatus,
};
use nhipcau_messages::Lang;

use crate::{
    page::{Page, Section},
    reader::Reader,
    shown::Shown,
    views::{Choice, Difference, EditionLine, FigureLine, MissingLine, NodeView, Part, PeriodView, UnitLink},
};

pub(super) fn page(lang: Lang, section: Section) -> Page {
    let mut reader = Reader::default();
    reader.lang = lang;
    Page {
        campaign: "Học tập và làm theo Bác: một năm, huyện Cầu Ngang".into(),
        notice: "Số liệu từng đơn vị là số liệu giả lập, cộng lại khớp với kết quả đã công bố.".into(),
        here: "/chi-so?ky=nam-1".into(),
        period: Some("nam-1".into()),
        frame: super::site::frame(lang),
        ..Page::new(&reader, section)
    }
}

pub(super) fn day(y: i16, m: i8, d: i8) -> Date {
    Date::new(y, m, d).unwrap()
}

pub(super) fn open(text: &str) -> Shown<String> {
    Shown::Shown(text.to_owned())
}

pub(super) fn unit(name: &str) -> UnitLink {
    UnitLink { name: name.to_owned(), href: "/don-vi/xa-long-son?ky=nam-1".into() }
}

pub(super) fn part(n: i64, d: i64) -> Shown<Part> {
    Shown::Shown(Part { n, d: Some(d) })
}

pub(super) fn period() -> PeriodView {
    PeriodView {
        id: "nam-1".into(),
        name: "Năm thứ nhất".into(),
        first: day(2021, 5, 18),
        last: day(2022, 5, 17),
    }
}

pub(super) fn choices(labels: &[&str]) -> Vec<Choice> {
    let choice = |(i, label): (usize, &&str)| Choice {
        label: (*label).to_owned(),
        href: "/chi-so?ky=nam-1".into(),
        current: i == 0,
    };
    labels.iter().enumerate().map(choice).collect()
}

pub(super) fn coverage(expected: u32, accepted: u32, exempt: u32) -> Coverage {
    Coverage { expected, accepted, exempt, reported: accepted, missing: expected - accepted - exempt }
}

pub(super) fn line(name: &str, wording: &str, measure: &str, part: Option<Shown<Part>>) -> FigureLine {
    FigureLine {
        key: "members.registered".into(),
        name: name.into(),
        href: "/chi-so/members.registered?ky=nam-1".into(),
        status: Status::Measured,
        wording: open(wording),
        measure: measure.into(),
        part,
        coverage: Some(coverage(250, 246, 2)),
        target: Some("95%".into()),
        before: None,
    }
}

pub(super) fn lines() -> Vec<FigureLine> {
    let registered = "Đảng viên đăng ký mô hình “Trên làm gương mẫu mực, dưới tích cực làm theo”";
    let mut lines = vec![
        line(registered, "trên 98%", "", Some(part(4_982, 5_061))),
        line(
            "Cán bộ, công chức, viên chức, lực lượng vũ trang chưa vào Đảng đăng ký",
            "80%",
            "",
            Some(part(1_264, 1_580)),
        ),
        line("Mô hình duy trì và đăng ký", "96", "mô hình", None),
        line("Chi bộ đã hoàn thành chỉ đạo xây dựng kế hoạch của đảng viên", "246", "chi bộ", None),
        line("Lượt đăng và chia sẻ trên mạng xã hội", "trên 100", "lượt", None),
        line("Trẻ em được đỡ đầu", "", "trẻ em", None),
        line("Lượt truy cập trang thông tin điện tử", "3.342.863", "lượt", None),
        line("Bản tin phát thanh", "", "bản tin", None),
        line("Hội viên đăng ký", "", "", None),
    ];
    lines[3].status = Status::Derived;
    lines[5].wording = Shown::Withheld;
    lines[6].status = Status::Claim;
    lines[6].coverage = None;
    lines[7].status = Status::Missing;
    lines[7].coverage = Some(coverage(2, 0, 0));
    lines[8].status = Status::Unanswerable;
    lines[8].before = Some(open("38,2%"));
    lines
}

pub(super) fn edition(number: u32, corrected_by: Option<u32>) -> EditionLine {
    EditionLine {
        title: "Báo cáo kết quả một năm thực hiện Kết luận số 01-KL/TW".into(),
        number,
        frozen: day(2022, 5, 30),
        href: format!("/bao-cao/ket-qua/{number}"),
        corrected_by,
    }
}

pub(super) fn node(name: &str, kind: &str, code: Option<&str>) -> NodeView {
    NodeView { unit: unit(name), kind: kind.into(), code: code.map(str::to_owned) }
}

pub(super) fn missing() -> Vec<MissingLine> {
    vec![
        MissingLine {
            unit: unit("Chi bộ ấp Sơn Lang"),
            under: "Xã Long Sơn".into(),
            form: String::new(),
            status: ReturnStatus::Expected,
        },
        MissingLine {
            unit: unit("Chi bộ Trường Tiểu học Mỹ Hòa B"),
            under: "Xã Mỹ Hòa".into(),
            form: "Biểu 1".into(),
            status: ReturnStatus::Returned,
        },
    ]
}

pub(super) fn difference() -> Difference {
    Difference { element: "Đảng viên đã đăng ký".into(), before: open("24"), after: Shown::Withheld }
}
