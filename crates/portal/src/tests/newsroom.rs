//! The tiny district's site with something on it: columns, articles in two languages, a page, a picture.

use nhipcau_actions::press::{
    self, Doing, NewArticle, NewPicture, Settings, act, add_attachment, add_column, add_picture,
    create_article,
};
use nhipcau_domain::{
    id::ColumnId,
    office::Acting,
    press::{ArticleAct, ArticleKind, ContentLang, Texts},
};
use nhipcau_store::site::{ArticleRecord, ColumnRecord, Content, Cover, NewRendition};
use uuid::Uuid;

use super::site::Site;

/// Where the site says that it is.
pub const BASE: &str = "https://mau.example";
/// A title that every format must escape.
pub const HOSTILE: &str = "“Mẹ đỡ đầu” & </script><b>]]>";

pub fn office() -> Acting {
    Acting::at_the_machine("h".into())
}

impl Site {
    /// Columns `tin-tuc` with `hoat-dong` under it, `van-hoa`, and one that menus leave out.
    pub async fn with_columns() -> Self {
        let site = Self::reported().await;
        let settings = Settings {
            name: Texts { en: "Sample District".into(), ..Texts::vi("Huyện ủy Mẫu") },
            managing_body: Texts::vi("Ban Tuyên giáo Mẫu"),
            email: "vanphong@mau.example".into(),
            url: BASE.into(),
            ..Settings::default()
        };
        press::save_settings(&site.workspace, &office(), "An", &settings).await.unwrap();
        for (id, parent, name, hidden) in [
            ("tin-tuc", None, "Tin tức", false),
            ("hoat-dong", Some("tin-tuc"), "Hoạt động", false),
            ("van-hoa", None, "Văn hóa", false),
            ("cat-giu", None, "Cất giữ", true),
        ] {
            let column = ColumnRecord {
                id: id.into(),
                parent: parent.map(ColumnId::from),
                slug: id.to_owned(),
                names: Texts::vi(name),
                description: Texts::vi("Về chuyên mục này"),
                position: 0,
                hidden,
            };
            add_column(&site.workspace, &office(), "An", &column).await.unwrap();
        }
        site
    }

    /// A picture in two formats.
    pub async fn picture(&self) -> Uuid {
        let rendition = |name: &str, media_type: &str, width| NewRendition {
            name: name.into(),
            media_type: media_type.into(),
            sha256: format!("{name:0>64}"),
            width,
            height: width / 2,
            bytes: name.as_bytes().to_vec(),
        };
        let picture = NewPicture {
            name: "le-ra-mat.jpg".into(),
            media_type: "image/jpeg".into(),
            sha256: "a".repeat(64),
            width: 1600,
            height: 800,
            alt: "Lễ ra mắt tổ tiết kiệm".into(),
            caption: "Lễ ra mắt".into(),
            credit: "An".into(),
            renditions: vec![
                rendition("480.webp", "image/webp", 480),
                rendition("480.jpg", "image/jpeg", 480),
                rendition("960.jpg", "image/jpeg", 960),
            ],
        };
        add_picture(&self.workspace, &office(), picture).await.unwrap()
    }

    /// A text file to fetch.
    pub async fn attachment(&self) -> Uuid {
        let pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".to_vec();
        add_attachment(&self.workspace, &office(), "Mẫu sổ.pdf", pdf).await.unwrap()
    }

    pub async fn draft(&self, new: NewArticle) -> ArticleRecord {
        create_article(&self.workspace, &office(), "An", &new).await.unwrap()
    }

    pub async fn acts(&self, article: &ArticleRecord, acts: &[ArticleAct]) {
        for what in acts {
            act(&self.workspace, &office(), "Bình", article.id, &Doing::because(*what, "vì thế"))
                .await
                .unwrap();
        }
    }

    pub async fn put_out(&self, new: NewArticle) -> ArticleRecord {
        let article = self.draft(new).await;
        self.acts(&article, &[ArticleAct::Submit, ArticleAct::Approve, ArticleAct::Publish]).await;
        article
    }

    /// Everything together: an article with cover, figure and attachment, its translation, a static page.
    pub async fn with_content() -> Self {
        let site = Self::with_columns().await;
        site.freeze().await;
        let cover = Cover {
            media: site.picture().await,
            focus_x: 500,
            focus_y: 250,
            alt: "Lễ ra mắt tổ tiết kiệm".into(),
            caption: String::new(),
            credit: String::new(),
        };
        let file = site.attachment().await;
        let content = Content {
            lead: "Sa-pô & tóm tắt".into(),
            byline: "Thanh Trúc".into(),
            cover: Some(cover),
            period: Some("nam-1".into()),
            body: format!("Có {{{{ members.registered }}}} đảng viên đăng ký.\n\n[Mẫu sổ](tep:{file})\n"),
            ..text("Kết quả nổi bật")
        };
        let original = site.put_out(NewArticle { content, ..article("hoat-dong", "") }).await;
        let khmer = NewArticle {
            lang: ContentLang::Km,
            translation_of: Some(original.id),
            content: Content { translates: Some(1), ..text("លទ្ធផល") },
            ..article("hoat-dong", "")
        };
        let slugged = site.draft(khmer).await;
        press::set_slug(&site.workspace, &office(), "An", slugged.id, "ket-qua-km").await.unwrap();
        site.acts(&slugged, &[ArticleAct::Submit, ArticleAct::Approve, ArticleAct::Publish]).await;
        site.put_out(article("tin-tuc", HOSTILE)).await;
        let page = NewArticle { kind: ArticleKind::Page, column: None, ..article("", "Giới thiệu") };
        site.put_out(page).await;
        site
    }
}

fn text(title: &str) -> Content {
    Content { title: title.into(), body: format!("Nội dung của {title}."), ..Content::default() }
}

pub fn article(column: &str, title: &str) -> NewArticle {
    let column = (!column.is_empty()).then(|| ColumnId::from(column));
    NewArticle { column, content: text(title), ..NewArticle::default() }
}
