//! Samples of a figure's page: measured, claimed, without an exact answer.

use nhipcau_messages::Lang;

use super::parts::*;
use crate::{
    page::Section,
    pages::figure::{
        ContributionLine, CorrectionView, ElementView, ExcludedLine, ExcludedView, FigurePage, Group,
        SourceLink,
    },
    shown::Shown,
    views::FigureLine,
};

pub(super) fn group(name: &str) -> Group {
    let source = |label: &str| SourceLink { label: label.into(), href: "/bieu-mau/0197?ky=nam-1".into() };
    let row =
        |name: &str, part| ContributionLine {
            unit: unit(name), part, sources: vec![source("xem báo cáo")]
        };
    Group {
        unit: unit(name),
        anchor: "nhom-1".into(),
        part: Some(part(231, 236)),
        bar: Some(978),
        protected: false,
        rows: vec![
            row("Chi bộ ấp Sơn Lang, xã Long Sơn", part(38, 44)),
            row("Chi bộ Trường Trung học cơ sở Long Sơn", part(31, 36)),
            row("Chi bộ Công an xã Long Sơn", Shown::Withheld),
        ],
    }
}

pub(super) fn figure(lang: Lang) -> FigurePage {
    FigurePage {
        page: page(lang, Section::Figures),
        line: FigureLine { before: Some(open("97,4%")), ..lines().remove(0) },
        definition: "Tỷ lệ đảng viên đã đăng ký làm gương mẫu, trên tổng số đảng viên.".into(),
        kind_note: "Cộng từ báo cáo đã duyệt của các đơn vị.".into(),
        no_answer: None,
        quote: Some("có trên 98% đảng viên đăng ký".into()),
        claim: None,
        scope: unit("Huyện Cầu Ngang"),
        period: period(),
        periods: choices(&["Năm thứ nhất", "Năm thứ hai"]),
        trees: choices(&["lúc đó (17/5/2022)", "hiện nay"]),
        tree_day: day(2022, 5, 17),
        then_href: "/chi-so/members.registered?ky=nam-1".into(),
        measure: "người".into(),
        numerator: vec!["Đảng viên đã đăng ký".into()],
        denominator: vec!["Tổng số đảng viên".into()],
        excluded: Some(ExcludedView {
            name: "đã trừ các đồng chí miễn sinh hoạt, miễn công tác".into(),
            total: Some(part(61, 84)),
            parts: vec![ExcludedLine { name: "miễn sinh hoạt".into(), part: part(40, 51) }],
        }),
        target_source: "Kế hoạch số 12-KH/HU".into(),
        parts: Vec::new(),
        only_totals: false,
        lists: false,
        shares: true,
        fraction_title: "Số đạt/tổng số".into(),
        contributors: 246,
        groups: vec![
            group("Xã Long Sơn"),
            Group {
                anchor: "nhom-2".into(),
                part: Some(Shown::Withheld),
                bar: None,
                protected: true,
                ..group("Xã Mỹ Hòa")
            },
        ],
        missing: missing(),
        incomplete: vec![unit("Chi bộ Quân sự xã Mỹ Hòa")],
        elements: vec![ElementView {
            name: "Đảng viên đã đăng ký".into(),
            definition: "Số đảng viên có bản đăng ký được chi bộ thông qua.".into(),
            breaks: vec!["01/01/2022".into()],
        }],
        corrections: vec![CorrectionView {
            unit: unit("Chi bộ ấp Sơn Lang"),
            href: "/bieu-mau/0197".into(),
            revision: 2,
            at: "21/5/2022 08:15".into(),
            office: "Đảng ủy xã Long Sơn".into(),
            reason: Shown::Withheld,
            differences: vec![difference()],
        }],
        documents: Vec::new(),
    }
}

pub(super) fn claim(lang: Lang) -> FigurePage {
    let claim = FigureLine { target: None, ..lines().remove(6) };
    FigurePage {
        line: claim,
        claim: Some("Trang thông tin điện tử Huyện ủy Cầu Ngang".into()),
        excluded: None,
        numerator: Vec::new(),
        denominator: Vec::new(),
        groups: Vec::new(),
        missing: Vec::new(),
        elements: Vec::new(),
        corrections: Vec::new(),
        ..figure(lang)
    }
}

pub(super) fn unanswerable(lang: Lang) -> FigurePage {
    FigurePage {
        line: lines().remove(8),
        no_answer: Some("Hãy xem theo cây đơn vị lúc đó để có đáp số chính xác.".into()),
        only_totals: true,
        groups: Vec::new(),
        ..figure(lang)
    }
}
