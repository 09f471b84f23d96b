//! Samples of the site's own pages, and of the frame around every page.

use std::sync::Arc;

use nhipcau_messages::Lang;

use super::parts::{lines, page};
use crate::{
    page::{Page, Section},
    pages::{
        article::ArticlePage,
        column::ColumnPage,
        feedback::Feedback,
        front::{ColumnNews, Front},
        site_map::SiteMap,
        visits::Visits,
    },
    site::{
        feed,
        frame::{Frame, Identity, NavColumn, NoticeView},
        head::{ArticleHead, JsonLd},
        views::{Card, Link, Moment, Paging, PictureView, SourceSet},
    },
};

/// Where the samples say that they are.
pub(crate) const BASE: &str = "https://caungang.example";

pub(super) fn frame(_: Lang) -> Arc<Frame> {
    let column = |id: &str, name: &str, depth| NavColumn {
        id: id.into(),
        name: name.into(),
        slug: id.into(),
        description: String::new(),
        depth,
    };
    Arc::new(Frame {
        authority: "Huyện ủy Cầu Ngang".into(),
        motto: "Gần dân, nghe dân, nói để dân hiểu".into(),
        columns: vec![
            column("tin-tuc", "Tin tức", 0),
            column("hoat-dong-xa", "Hoạt động ở xã, thị trấn", 1),
            column("nhan-vat", "Người tốt, việc tốt", 1),
            column("hoc-tap-va-lam-theo", "Học tập và làm theo Bác", 0),
            column("thong-bao", "Thông báo", 0),
            column("van-hoa", "Văn hóa Khmer", 0),
        ],
        identity: Identity {
            managing: "Ban Tuyên giáo Huyện ủy Cầu Ngang".into(),
            parent: "Huyện ủy Cầu Ngang".into(),
            address: "Khóm Minh Thuận A, thị trấn Cầu Ngang".into(),
            email: "vanphong@caungang.example".into(),
            phone: "0294 000 0000".into(),
            responsible: "Trưởng ban Tuyên giáo".into(),
            licence: String::new(),
        },
        notices: vec![NoticeView {
            text: "Trang tạm dừng để bảo trì máy chủ.".into(),
            from: "22:00 ngày 28/11/2026".into(),
            until: "02:00 ngày 29/11/2026".into(),
        }],
        campaign: true,
        map: true,
        until: None,
    })
}

fn site_page(lang: Lang, section: Section) -> Page {
    let mut page = Page {
        campaign: String::new(),
        notice: String::new(),
        here: "/tin-tuc".into(),
        ..page(lang, section)
    };
    page.period = None;
    page.head.canonical = format!("{BASE}/tin-tuc");
    page.head.feeds = feed::of_site(&page);
    page
}

fn picture() -> PictureView {
    let at = |width: u32, ending: &str| format!("/tep/0197f3/{width}.{ending}");
    let set = |ending: &str| format!("{} 480w, {} 960w", at(480, ending), at(960, ending));
    PictureView {
        sources: vec![SourceSet { media_type: "image/webp".into(), srcset: set("webp") }],
        src: at(960, "jpg"),
        srcset: set("jpg"),
        width: 1600,
        height: 1000,
        alt: "Các hội viên nhận thẻ bảo hiểm y tế tại lễ ra mắt tổ tiết kiệm".into(),
        caption: "Lễ ra mắt tổ tiết kiệm mua bảo hiểm y tế hộ gia đình ở xã Long Sơn.".into(),
        credit: "Hội Liên hiệp Phụ nữ xã Long Sơn".into(),
        focus: "fx2 fy1".into(),
        media_type: "image/jpeg".into(),
        size: 84_210,
        widest: (at(960, "jpg"), 960, 600),
    }
}

fn card(title: &str, with_picture: bool) -> Card {
    Card {
        title: title.into(),
        href: "/tin-tuc/ket-qua-noi-bat-01-nam".into(),
        lang: None,
        lead: "Sau một năm thực hiện, nhiều mô hình ở cơ sở đã đi vào nền nếp và được nhân dân hưởng ứng."
            .into(),
        picture: with_picture.then(picture),
        column: Some(Link { name: "Tin tức".into(), href: "/tin-tuc".into() }),
        day: "18/5/2022".into(),
        machine_day: "2022-05-18T01:30:00Z".into(),
    }
}

fn titles() -> [&'static str; 4] {
    [
        "Tổ tiết kiệm mua bảo hiểm y tế: mỗi ngày bớt một ít, cuối năm cả nhà có thẻ",
        "Tuyến đường hoa ở ấp Sơn Lang: sáng, xanh, sạch, đẹp",
        "“Mẹ đỡ đầu”: mười em nhỏ có thêm một mái nhà",
        "Nuôi cua đinh thương phẩm, hướng đi mới của đảng viên trẻ",
    ]
}

pub(super) fn front(lang: Lang) -> Front {
    let all = titles();
    let news = |name: &str| ColumnNews {
        column: Link { name: name.into(), href: "/tin-tuc".into() },
        cards: all.iter().enumerate().map(|(i, t)| card(t, i == 0)).collect(),
    };
    let mut page = site_page(lang, Section::Front);
    page.head.json_ld =
        vec![JsonLd::new(&serde_json::json!({ "@type": "WebSite", "name": "</script> & <b>" }))];
    Front {
        lead: Some(card(
            "Kết quả nổi bật sau 01 năm học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
            true,
        )),
        first: all.iter().map(|t| card(t, true)).collect(),
        columns: vec![news("Tin tức"), news("Học tập và làm theo Bác"), news("Thông báo")],
        figures: lines().into_iter().filter(crate::views::FigureLine::answered).take(5).collect(),
        campaign: "Học tập và làm theo Bác: một năm, huyện Cầu Ngang".into(),
        notice: "Số liệu từng đơn vị là số liệu giả lập.".into(),
        page,
    }
}

pub(super) fn bare_front(lang: Lang) -> Front {
    let page = Page { frame: Arc::default(), ..site_page(lang, Section::Front) };
    Front { lead: None, first: Vec::new(), columns: Vec::new(), figures: Vec::new(), page, ..front(lang) }
}

pub(super) fn column(lang: Lang) -> ColumnPage {
    let mut page = site_page(lang, Section::Site);
    page.column = Some("hoat-dong-xa".into());
    ColumnPage {
        page,
        trail: vec![Link { name: "Tin tức".into(), href: "/tin-tuc".into() }],
        name: "Hoạt động ở xã, thị trấn".into(),
        description: "Tin từ chi bộ ấp, khóm và các tổ chức ở cơ sở.".into(),
        below: Vec::new(),
        cards: titles().iter().enumerate().map(|(i, t)| card(t, i % 2 == 0)).collect(),
        total: 214,
        paging: Paging::new(3, 11, |n| format!("/hoat-dong-xa?trang={n}")),
    }
}

pub(super) fn article(lang: Lang) -> ArticlePage {
    let mut page = site_page(lang, Section::Site);
    page.column = Some("hoat-dong-xa".into());
    page.head.article = Some(ArticleHead {
        title: titles()[0].into(),
        published: "2022-05-18T01:30:00Z".into(),
        modified: "2022-05-20T03:00:00Z".into(),
        author: "Thanh Trúc".into(),
        section: "Tin tức".into(),
        image: Some((format!("{BASE}/tep/0197f3/960.jpg"), 960, 600, picture().alt)),
    });
    page.head.alternates =
        vec![("vi", format!("{BASE}/tin-tuc/a")), ("km", format!("{BASE}/tin-tuc/a-km?lang=km"))];
    let heading = |name: &str| Link { name: name.into(), href: "#a".into() };
    ArticlePage {
        page,
        fixed: false,
        trail: vec![
            Link { name: "Tin tức".into(), href: "/tin-tuc".into() },
            Link { name: "Hoạt động ở xã, thị trấn".into(), href: "/hoat-dong-xa".into() },
        ],
        lang: Lang::Vi,
        title: titles()[0].into(),
        lead: card("", false).lead,
        cover: Some(picture()),
        body: include_str!("article.html").into(),
        contents: ["Góp từng ngày", "Ai cũng có thẻ", "Nhân rộng", "Việc còn phải làm"].map(heading).to_vec(),
        byline: "Thanh Trúc".into(),
        source: "Hội Liên hiệp Phụ nữ xã Long Sơn".into(),
        published: Moment { words: "08:30 ngày 18/5/2022".into(), machine: "2022-05-18T01:30:00Z".into() },
        updated: Some(Moment {
            words: "10:00 ngày 20/5/2022".into(),
            machine: "2022-05-20T03:00:00Z".into(),
        }),
        minutes: 4,
        figures_of: Some("20/5/2022".into()),
        translations: vec![(Lang::Km, "/tin-tuc/a-km?lang=km".into(), "ក្រុមសន្សំ".into())],
        newer_original: None,
        related: titles()[1..3].iter().map(|t| card(t, true)).collect(),
        previous: Some(card(titles()[2], false)),
        next: Some(card(titles()[3], false)),
        feedback: "/gop-y?ve=%2Ftin-tuc%2Fa".into(),
    }
}

/// A static page, in the other language, older than what it translates.
pub(super) fn fixed(lang: Lang) -> ArticlePage {
    ArticlePage {
        fixed: true,
        trail: Vec::new(),
        lang: Lang::Km,
        title: "អំពីគេហទំព័រនេះ".into(),
        cover: None,
        contents: Vec::new(),
        updated: None,
        figures_of: None,
        newer_original: Some("/trang/gioi-thieu".into()),
        related: Vec::new(),
        previous: None,
        next: None,
        ..article(lang)
    }
}

pub(super) fn site_map(lang: Lang) -> SiteMap {
    let page = site_page(lang, Section::Site);
    let pages = vec![Link { name: "Giới thiệu".into(), href: "/trang/gioi-thieu".into() }];
    SiteMap { feeds: feed::of_site(&page), pages, page }
}

pub(super) fn visits(lang: Lang) -> Visits {
    Visits { page: site_page(lang, Section::Site) }
}

pub(super) fn feedback(lang: Lang) -> Feedback {
    let page = site_page(lang, Section::Site);
    Feedback {
        problem: Some(page.t("site-form-no-score")),
        thanks: Some("site-feedback-thanks"),
        about: "/tin-tuc/a".into(),
        message: "Xin cho biết lịch tiếp dân </textarea><b>".into(),
        contact: String::new(),
        page,
    }
}
