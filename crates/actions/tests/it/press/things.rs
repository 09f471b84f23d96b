//! Pictures, attachments and what readers say: kept as far as they may be, and no further.

use nhipcau_actions::press::{
    NewPicture, add_attachment, add_picture, feedback, forget, give_feedback, handle_feedback, media, rate,
    ratings, revise,
};
use nhipcau_store::site::{Cover, NewRendition};

use super::*;
use crate::support::each_house;

fn picture(hash: &str) -> NewPicture {
    NewPicture {
        name: "hội nghị.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        sha256: hash.to_owned(),
        width: 640,
        height: 480,
        alt: "Toàn cảnh hội nghị".to_owned(),
        renditions: vec![NewRendition {
            name: "640.webp".to_owned(),
            media_type: "image/webp".to_owned(),
            sha256: "b".to_owned(),
            width: 640,
            height: 480,
            bytes: vec![1, 2, 3],
        }],
        ..NewPicture::default()
    }
}

#[tokio::test]
async fn a_picture_is_served_while_an_article_that_is_out_shows_it() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let id = add_picture(ws, &writer(), picture("a")).await.expect("keeps");
        assert_eq!(add_picture(ws, &writer(), picture("a")).await.expect("knows it"), id);
        let article = draft(ws, "Tin").await;
        let cover = Cover {
            media: id,
            focus_x: 500,
            focus_y: 500,
            alt: "Hội nghị".to_owned(),
            caption: String::new(),
            credit: String::new(),
        };
        let with =
            Content { cover: Some(cover), body: format!("![Hội nghị](tep:{id})"), ..content("Tin") };
        revise(ws, &writer(), "An", article.id, 1, &with, "").await.expect("saves");
        let served = async || media(ws, id, "640.webp").await.expect("reads").map(|r| r.bytes);
        assert_eq!(served().await, None, "a draft's picture is not given out");
        put_out(ws, &article).await;
        assert_eq!(served().await, Some(vec![1, 2, 3]));
        assert_eq!(media(ws, id, "khong-co").await.expect("reads"), None);
        let Found::Article(page) = at_address(ws, "/tin-tuc/tin").await else { panic!("is out") };
        let html = nhipcau_writing::render(&page.content.body, &page.resolved, "vi").html;
        assert!(html.contains(&format!("/tep/{id}/640.webp")), "{html}");
        assert!(page.teaser.cover.is_some());
        does(ws, &article, ArticleAct::Withdraw).await;
        assert_eq!(served().await, None);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn what_may_not_be_attached_is_refused_by_its_bytes() {
    each_house(async |house| {
        let ws = &house.ws;
        let pdf = b"%PDF-1.7\n%%EOF\n".to_vec();
        add_attachment(ws, &writer(), "C:\\tài liệu\\Kế hoạch số 12.pdf", pdf.clone()).await.expect("keeps");
        let refused = async |name: &str, bytes: Vec<u8>| {
            refusals(add_attachment(ws, &writer(), name, bytes).await).remove(0)
        };
        assert_eq!(refused("a.pdf", b"MZ program".to_vec()).await, "media-attachment-kind");
        assert_eq!(refused("a.docx", pdf.clone()).await, "media-attachment-name");
        assert_eq!(refused("TỐI MẬT.pdf", pdf.clone()).await, "content-marked-secret");
        assert_eq!(refused("a.zip", b"PK\x03\x04".to_vec()).await, "media-attachment-kind");
        let large = vec![b'%'; nhipcau_actions::press::ATTACHMENT_MAX + 1];
        assert_eq!(refused("a.pdf", large).await, "attachment-too-large");
        let nobody = Acting { office: "ai-do".into(), grants: Vec::new(), postings: Vec::new() };
        assert_eq!(refusals(add_attachment(ws, &nobody, "a.pdf", pdf).await), ["office-may-not"]);
    })
    .await;
}

#[tokio::test]
async fn readers_messages_are_kept_for_a_while_and_ratings_as_counts() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        published(ws, "Tin").await;
        assert_eq!(refusals(give_feedback(ws, "/", "  ", "").await), ["feedback-empty"]);
        let id = give_feedback(ws, "https://khac.vn", "Trang dễ đọc", "").await.expect("keeps");
        let kept = feedback(ws, &administrator(), 10).await.expect("reads");
        assert_eq!((kept[0].path.as_str(), kept[0].handled.as_ref()), ("", None));
        handle_feedback(ws, &administrator(), id).await.expect("notes");
        assert_eq!(refusals(handle_feedback(ws, &administrator(), id).await), ["feedback-handled"]);
        assert_eq!(forget(ws).await.expect("removes"), 0, "not yet old");

        for (path, score) in [("/tin-tuc/tin?x=1", 5), ("/tin-tuc/tin", 5), ("/chi-so/abc", 4), ("/", 3)] {
            rate(ws, path, score).await.expect("counts");
        }
        assert_eq!(refusals(rate(ws, "/tin-tuc/khong-co", 5).await), ["rating-page-unknown"]);
        assert_eq!(refusals(rate(ws, "/la-la", 5).await), ["rating-page-unknown"]);
        assert_eq!(refusals(rate(ws, "/", 6).await), ["rating-score"]);
        let counted = ratings(ws, &administrator()).await.expect("reads");
        let counted: Vec<_> = counted.iter().map(|r| (r.path.as_str(), r.score, r.count)).collect();
        assert_eq!(counted, [("/", 3, 1), ("/chi-so", 4, 1), ("/tin-tuc/tin", 5, 2)]);
    })
    .await;
}
