//! Samples of the first page, the reports, an edition, and the list of figures.

use nhipcau_messages::Lang;

use super::parts::*;
use crate::{
    page::Section,
    pages::{
        edition::{Download, Edition},
        figures::Figures,
        reports::{ReportGroup, Reports},
        results::Results,
    },
};

pub(super) fn home(lang: Lang) -> Results {
    Results {
        page: page(lang, Section::Results),
        period: Some(period()),
        latest: vec![edition(2, None)],
        cards: lines(),
    }
}

pub(super) fn empty_home(lang: Lang) -> Results {
    Results { cards: Vec::new(), latest: Vec::new(), period: None, ..home(lang) }
}

pub(super) fn reports(lang: Lang) -> Reports {
    let group =
        ReportGroup { title: edition(1, None).title, editions: vec![edition(2, None), edition(1, Some(2))] };
    Reports { page: page(lang, Section::Reports), reports: vec![group] }
}

pub(super) fn edition_page(lang: Lang) -> Edition {
    let file = |label: &str| Download {
        label: label.into(),
        size: "(182 KB)".into(),
        href: "/bao-cao/ket-qua/1/tep/pdf".into(),
    };
    Edition {
        page: page(lang, Section::Reports),
        title: edition(1, None).title,
        number: 1,
        frozen: day(2022, 5, 30),
        corrected_by: Some(edition(2, None)),
        corrects: None,
        downloads: vec![file("PDF"), file("Word (DOCX)"), file("Phụ lục minh chứng (XLSX)")],
        body: include_str!("report.html").into(),
    }
}

pub(super) fn figures(lang: Lang) -> Figures {
    Figures {
        page: page(lang, Section::Figures),
        scope: "Huyện Cầu Ngang".into(),
        period: period(),
        periods: choices(&["Năm thứ nhất", "Năm thứ hai"]),
        rows: lines(),
    }
}
