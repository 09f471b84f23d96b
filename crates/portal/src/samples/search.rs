//! Samples of the search: results, nothing typed, nothing found.

use nhipcau_actions::search::Part;
use nhipcau_messages::Lang;

use super::parts::page;
use crate::{
    page::{Page, Section},
    pages::search::{ResultView, SearchPage},
    site::views::{Link, Paging},
};

fn parts(source: &str) -> Vec<Part> {
    let cut = source.split('|').enumerate();
    cut.map(|(i, text)| Part { text: text.to_owned(), found: i % 2 == 1 }).collect()
}

fn result(kind: &str, title: &str, snippet: &str) -> ResultView {
    ResultView {
        href: "/tin-tuc/nuoi-cua-dinh".into(),
        lang: None,
        kind: kind.into(),
        title: parts(title),
        snippet: parts(snippet),
        column: Some(Link { name: "Tin tức".into(), href: "/tin-tuc".into() }),
        day: Some(("18/5/2022".into(), "2022-05-18".into())),
    }
}

pub(super) fn results(lang: Lang) -> SearchPage {
    let page = Page {
        campaign: String::new(),
        notice: String::new(),
        here: "/tim-kiem?q=nu%C3%B4i+cua".into(),
        ..page(lang, Section::Site)
    };
    let choice = |value: &str, said: &str, chosen| (value.to_owned(), said.to_owned(), chosen);
    SearchPage {
        page,
        words: "nuôi cua đinh".into(),
        kinds: vec![choice("bai-viet", "Bài viết", false), choice("van-ban", "Văn bản", false)],
        columns: vec![choice("tin-tuc", "Tin tức", true), choice("thong-bao", "Thông báo", false)],
        from: "2022-01-01".into(),
        until: String::new(),
        problem: None,
        filtered: true,
        unfiltered: "/tim-kiem?q=nuoi".into(),
        unquoted: None,
        results: vec![
            result(
                "Bài viết",
                "|Nuôi cua đinh| thương phẩm, hướng đi mới của đảng viên trẻ",
                "… anh Thạch Sa Rây bắt đầu |nuôi cua đinh| từ ba cặp giống, <b>không</b> vay vốn; nay mỗi năm bán hơn hai trăm con |cua đinh| …",
            ),
            result("Báo cáo", "Báo cáo kết quả một năm", ""),
        ],
        total: 23,
        meant: None,
        paging: Paging::new(2, 3, |n| format!("/tim-kiem?q=nuoi&trang={n}")),
    }
}

pub(super) fn nothing(lang: Lang) -> SearchPage {
    let meant = Link { name: "Hồ Chí Minh".into(), href: "/tim-kiem?q=H%E1%BB%93".into() };
    SearchPage {
        words: "\"ho chi mihn\"".into(),
        results: Vec::new(),
        total: 0,
        meant: Some((meant, 12)),
        unquoted: Some("/tim-kiem?q=ho+chi+mihn".into()),
        paging: Paging::default(),
        ..results(lang)
    }
}

pub(super) fn wrong(lang: Lang) -> SearchPage {
    SearchPage { problem: Some("Không đọc được ngày “31-02”.".into()), ..nothing(lang) }
}
