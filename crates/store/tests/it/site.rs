//! The site's content comes back as it was kept, and what clashes is refused.

use nhipcau_domain::press::{ArticleAct, ArticleKind, ArticleStatus, ContentLang, Texts};
use nhipcau_store::{
    StoreError, Tx,
    site::{
        ArticleActRecord, ArticleLock, ArticleRecord, Autosave, BoundFigure, ColumnRecord, Content, Cover,
        DeskFilter, FeedbackRecord, MediaRecord, NewRendition, NoticeRecord, PreviewToken, RedirectRecord,
        RevisionRecord, SiteEvent,
    },
};
use nhipcau_testkit::at;
use uuid::Uuid;

use crate::support::{each_store, next_id};

fn column(id: &str, parent: Option<&str>) -> ColumnRecord {
    ColumnRecord {
        id: id.into(),
        parent: parent.map(Into::into),
        slug: id.to_owned(),
        names: Texts { en: "News".to_owned(), ..Texts::vi("Tin tức") },
        description: Texts::default(),
        position: 1,
        hidden: false,
    }
}

fn article(id: Uuid, slug: &str, status: ArticleStatus) -> ArticleRecord {
    ArticleRecord {
        id,
        kind: ArticleKind::Article,
        column: Some("tin-tuc".into()),
        slug: slug.to_owned(),
        slug_by_hand: true,
        lang: ContentLang::Vi,
        family: id,
        status,
        title: "Một năm".to_owned(),
        last_revision: 1,
        last_act: 2,
        published_revision: Some(1),
        published_act: Some(2),
        published_at: Some(at(5)),
        updated_at: None,
        scheduled_at: None,
        expires_at: Some(at(500)),
        ended_at: None,
        office: "to-bien-tap".into(),
        at: at(1),
        changed_at: at(5),
        lock: Some(ArticleLock {
            office: "to-bien-tap".into(),
            holder: "An".to_owned(),
            since: at(1),
            until: at(600),
        }),
    }
}

fn content(cover: Option<Uuid>) -> Content {
    Content {
        title: "Một năm".to_owned(),
        lead: "Kết quả".to_owned(),
        body: "Đạt {{ members.registered }}.".to_owned(),
        byline: "An".to_owned(),
        source: "Ban biên tập".to_owned(),
        cover: cover.map(|media| Cover {
            media,
            focus_x: 500,
            focus_y: 250,
            alt: "Hội nghị".to_owned(),
            caption: "Toàn cảnh".to_owned(),
            credit: "Bình".to_owned(),
        }),
        related: vec![Uuid::from_u128(7)],
        tags: vec!["nghị quyết".to_owned()],
        translates: Some(3),
        period: Some("nam-1".into()),
    }
}

fn picture(id: Uuid) -> (MediaRecord, NewRendition) {
    let media = MediaRecord {
        id,
        kind: "picture".to_owned(),
        name: "hoi-nghi.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        sha256: id.to_string(),
        size: 3,
        width: 1200,
        height: 800,
        alt: "Hội nghị".to_owned(),
        caption: String::new(),
        credit: String::new(),
        office: "to-bien-tap".into(),
        at: at(1),
    };
    let rendition = NewRendition {
        name: "640.webp".to_owned(),
        media_type: "image/webp".to_owned(),
        sha256: "abc".to_owned(),
        width: 640,
        height: 427,
        bytes: vec![0, 1, 255],
    };
    (media, rendition)
}

/// An article that is out, with a picture and a figure; and something in every other table of the site.
pub async fn fill(tx: &mut Tx) {
    // The column under another comes first in the order of a copy.
    tx.add_column(&column("tin-tuc", None)).await.expect("column");
    tx.add_column(&column("hoat-dong", Some("tin-tuc"))).await.expect("column");
    let (id, media) = (next_id(), next_id());
    let (record, rendition) = picture(media);
    tx.add_media(&record, &[rendition]).await.expect("media");
    tx.add_article(&article(id, "mot-nam", ArticleStatus::Published)).await.expect("article");
    let by = ("to-bien-tap".into(), "An".to_owned());
    let revision = RevisionRecord {
        article: id,
        number: 1,
        content: content(Some(media)),
        note: "viết mới".to_owned(),
        office: by.0,
        holder: by.1.clone(),
        at: at(2),
    };
    tx.append_article_revision(&revision, &[media]).await.expect("revision");
    let act = ArticleActRecord {
        article: id,
        ordinal: 2,
        act: ArticleAct::Publish,
        reason: String::new(),
        revision: 1,
        due: None,
        office: "to-bien-tap".into(),
        holder: by.1.clone(),
        at: at(5),
    };
    tx.append_article_act(&act).await.expect("act");
    tx.bind_article_figures(id, 2, &[figure("trên 98%")]).await.expect("figure");
    let typed = Autosave {
        article: id,
        office: "to-bien-tap".into(),
        base: 1,
        content: content(None),
        holder: by.1.clone(),
        at: at(6),
    };
    tx.put_autosave(&typed).await.expect("autosave");
    let link = PreviewToken {
        article: id,
        revision: 1,
        office: "to-bien-tap".into(),
        created: at(1),
        expires: at(9),
    };
    tx.add_preview_token("hash", &link).await.expect("link");
    let event = SiteEvent {
        id: next_id(),
        what: "column-added".to_owned(),
        body: "{}".to_owned(),
        office: "quan-tri".into(),
        holder: by.1,
        at: at(1),
    };
    tx.append_site_event(&event).await.expect("event");
    tx.put_redirect(&redirect("/cu", "/tin-tuc/mot-nam")).await.expect("redirect");
    tx.put_site_setting("site", "{}", &"quan-tri".into(), at(1)).await.expect("setting");
    let notice = NoticeRecord {
        id: next_id(),
        text: Texts::vi("Bảo trì"),
        from: at(10),
        until: at(20),
        office: "quan-tri".into(),
        at: at(1),
    };
    tx.add_notice(&notice).await.expect("notice");
    let voice = FeedbackRecord {
        id: next_id(),
        path: "/".to_owned(),
        message: "Rất tốt".to_owned(),
        contact: String::new(),
        at: at(3),
        handled: None,
    };
    tx.add_feedback(&voice).await.expect("feedback");
    tx.add_rating("/", 5).await.expect("rating");
    tx.add_rating("/", 5).await.expect("rating");
}

fn figure(wording: &str) -> BoundFigure {
    BoundFigure {
        key: "members.registered".into(),
        period: "nam-1".into(),
        form: "wording".to_owned(),
        wording: wording.to_owned(),
        withheld: false,
        edition: "bao-cao/1".to_owned(),
    }
}

fn redirect(path: &str, target: &str) -> RedirectRecord {
    RedirectRecord {
        path: path.to_owned(),
        target: target.to_owned(),
        source: "slug".to_owned(),
        office: "quan-tri".into(),
        at: at(1),
    }
}

#[tokio::test]
async fn what_is_kept_comes_back_as_it_was() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        fill(&mut tx).await;
        tx.commit().await.expect("commits");
        let mut tx = store.read().await.expect("begins");
        assert_eq!(tx.foreign_key_problems().await.expect("checks"), Vec::<String>::new());
        let held =
            tx.article_by_slug(ArticleKind::Article, "mot-nam").await.expect("reads").expect("is there");
        assert_eq!(held, article(held.id, "mot-nam", ArticleStatus::Published));
        assert_eq!(tx.article(held.id).await.expect("reads"), Some(held.clone()));
        let revision = tx.article_revision(held.id, 1).await.expect("reads").expect("is there");
        let media = revision.content.cover.as_ref().expect("a cover").media;
        assert_eq!(revision.content, content(Some(media)));
        assert_eq!(tx.media(&[media, next_id()]).await.expect("reads"), [picture(media).0]);
        let bytes = tx.rendition(media, "640.webp").await.expect("reads").expect("is there").bytes;
        assert_eq!(bytes, [0, 1, 255]);
        assert_eq!(tx.article_figures(held.id, 2).await.expect("reads"), [figure("trên 98%")]);
        assert_eq!(tx.figures_out().await.expect("reads"), [(held.id, figure("trên 98%"))]);
        assert_eq!(tx.autosaves(held.id).await.expect("reads")[0].content, content(None));
        assert_eq!(tx.columns().await.expect("reads").len(), 2);
        assert_eq!(tx.ratings().await.expect("reads")[0].count, 2);
        assert_eq!(tx.next_article_due().await.expect("reads"), Some(at(500)));
        let all = tx.desk_articles(&DeskFilter::default(), 10, 0).await.expect("reads");
        assert_eq!(all, std::slice::from_ref(&held));
        let drafts = DeskFilter { status: Some(ArticleStatus::Draft), ..DeskFilter::default() };
        assert_eq!(tx.desk_articles(&drafts, 10, 0).await.expect("reads"), []);
    })
    .await;
}

#[tokio::test]
async fn two_articles_do_not_share_an_address_nor_a_family_a_language() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        fill(&mut tx).await;
        tx.commit().await.expect("commits");
        let mut tx = store.write().await.expect("begins");
        let same_slug = tx.add_article(&article(next_id(), "mot-nam", ArticleStatus::Draft)).await;
        assert!(
            matches!(&same_slug, Err(StoreError::Conflict { what }) if what == "article"),
            "{same_slug:?}"
        );
        drop(tx);
        let mut tx = store.write().await.expect("begins");
        let family =
            tx.article_by_slug(ArticleKind::Article, "mot-nam").await.expect("reads").expect("there").id;
        let second = ArticleRecord { family, ..article(next_id(), "hai-nam", ArticleStatus::Draft) };
        let same_language = tx.add_article(&second).await;
        assert!(matches!(same_language, Err(StoreError::Conflict { .. })), "{same_language:?}");
    })
    .await;
}

#[tokio::test]
async fn lists_for_the_public_have_one_of_each_family_and_nothing_that_is_not_out() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        fill(&mut tx).await;
        let original =
            tx.article_by_slug(ArticleKind::Article, "mot-nam").await.expect("reads").expect("there");
        let write = async |tx: &mut Tx, record: &ArticleRecord, title: &str| {
            tx.add_article(record).await.expect("article");
            let content = Content { title: title.to_owned(), ..content(None) };
            let revision = RevisionRecord {
                article: record.id,
                number: 1,
                content,
                note: String::new(),
                office: "to-bien-tap".into(),
                holder: String::new(),
                at: at(2),
            };
            tx.append_article_revision(&revision, &[]).await.expect("revision");
        };
        let english = ArticleRecord {
            lang: ContentLang::En,
            family: original.id,
            ..article(next_id(), "one-year", ArticleStatus::Published)
        };
        write(&mut tx, &english, "One year").await;
        write(&mut tx, &article(next_id(), "nhap", ArticleStatus::Draft), "Nháp").await;
        write(&mut tx, &article(next_id(), "tin-moi", ArticleStatus::Published), "Tin mới").await;
        let titles = async |tx: &mut Tx, lang| {
            let lines =
                tx.newest_in(&["tin-tuc".into(), "hoat-dong".into()], lang, 10, 0).await.expect("reads");
            assert_eq!(tx.count_in(&["tin-tuc".into()], lang).await.expect("reads"), 2);
            lines.into_iter().map(|l| l.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(&mut tx, ContentLang::Vi).await, ["Tin mới", "Một năm"]);
        assert_eq!(titles(&mut tx, ContentLang::En).await, ["Tin mới", "One year"]);
        assert_eq!(titles(&mut tx, ContentLang::Km).await, ["Tin mới", "Một năm"]);
        assert_eq!(tx.newest_in(&["hoat-dong".into()], ContentLang::Vi, 10, 0).await.expect("reads"), []);
    })
    .await;
}

#[tokio::test]
async fn the_counter_that_caches_watch_grows_with_the_site_and_with_the_tree() {
    each_store(async |store| {
        let before = store.change_peek().await.expect("reads");
        let mut tx = store.write().await.expect("begins");
        let told = tx.bump_site().await.expect("bumps");
        tx.commit().await.expect("commits");
        assert!(told > before);
        assert_eq!(store.change_peek().await.expect("reads"), told);
        let mut tx = store.write().await.expect("begins");
        tx.bump_change().await.expect("bumps");
        tx.commit().await.expect("commits");
        assert!(store.change_peek().await.expect("reads") > told);
    })
    .await;
}
