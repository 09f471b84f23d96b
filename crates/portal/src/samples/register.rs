//! Samples of the register of documents.

use jiff::civil::date;
use nhipcau_messages::Lang;

use super::parts::page;
use crate::{
    page::Section,
    pages::register::{Choice, DocumentLine, FileView, RegisterPage, Registered},
    site::views::{Link, Paging},
};

fn line(number: &str, subject: &str, validity: &str) -> DocumentLine {
    DocumentLine {
        href: format!("/van-ban/{}", number.to_lowercase().replace('/', "-")),
        number: number.into(),
        kind: "Kế hoạch".into(),
        issuer: "Ban Thường vụ Huyện ủy Cầu Ngang".into(),
        subject: subject.into(),
        signed: "12/7/2021".into(),
        machine_day: "2021-07-12".into(),
        validity: format!("register-validity-{validity}"),
    }
}

fn lines() -> Vec<DocumentLine> {
    vec![
        line("27-KH/HU", "Xây dựng, nhân rộng mô hình học tập và làm theo Bác", "in-force"),
        line("18-KH/HU", "Thực hiện Kết luận số 01-KL/TW <của Bộ Chính trị>", "partly-replaced"),
    ]
}

pub(super) fn list(lang: Lang) -> RegisterPage {
    let options =
        vec![("ke-hoach".into(), "Kế hoạch".into(), true), ("chi-thi".into(), "Chỉ thị".into(), false)];
    RegisterPage {
        page: page(lang, Section::Site),
        words: "học \"tập\"".into(),
        choices: vec![Choice { name: "loai", label: "register-filter-kind", options }],
        campaign: "cau-ngang".into(),
        clear: Some("/van-ban".into()),
        lines: lines(),
        total: 52,
        paging: Paging::new(2, 3, |n| format!("/van-ban?trang={n}")),
        today: date(2026, 11, 24),
        feed: "/van-ban/rss.xml".into(),
    }
}

pub(super) fn empty_list(lang: Lang) -> RegisterPage {
    RegisterPage {
        clear: None,
        lines: Vec::new(),
        total: 0,
        paging: Paging::new(1, 1, |_| String::new()),
        ..list(lang)
    }
}

pub(super) fn document(lang: Lang) -> Registered {
    Registered {
        page: page(lang, Section::Site),
        trail: vec![Link { name: "Văn bản".into(), href: "/van-ban".into() }],
        line: lines().remove(1),
        today: date(2026, 11, 24),
        effective: "01/8/2021".into(),
        expires: Some("01/01/2030".into()),
        sent_to: vec!["Các đảng ủy cơ sở".into(), "Lưu Văn phòng".into()],
        asks: vec!["Báo cáo kết quả về Ban Tuyên giáo Huyện ủy".into()],
        due: Some("15/12/2021".into()),
        campaign: Some("/ket-qua".into()),
        relations: vec![
            (
                "register-relation-implements".into(),
                vec![line("01-KL/TW", "Tiếp tục thực hiện Chỉ thị", "in-force")],
            ),
            ("register-relation-back-guides".into(), lines()),
        ],
        files: vec![FileView {
            name: "Kế hoạch 18.pdf".into(),
            href: "/tep/1/ke-hoach-18.pdf".into(),
            kind: "PDF".into(),
            size: "812 KB".into(),
        }],
    }
}
