//! A number in an article is bound to its figure: said as the public may see it, and flagged when it changes.

use nhipcau_actions::press::{Found, changed_figures, revise};
use nhipcau_writing::render;

use super::*;
use crate::support::{House, each_house, each_house_of};

const BODY: &str = "Đã có {{ members.registered }} đăng ký ({{ members.registered | fraction }}).";

/// The words that readers see.
async fn words(ws: &Workspace, path: &str) -> String {
    let Found::Article(page) = at_address(ws, path).await else { panic!("is out") };
    render(&page.content.body, &page.resolved, "vi").text.trim().to_owned()
}

async fn article_with_figures(house: &House) -> ArticleRecord {
    columns(&house.ws).await;
    let article = draft(&house.ws, "Kết quả").await;
    let content = Content { body: BODY.to_owned(), ..content("Kết quả") };
    revise(&house.ws, &writer(), "An", article.id, 1, &content, "").await.expect("saves");
    article
}

#[tokio::test]
async fn the_article_keeps_its_words_and_its_editors_hear_of_the_correction() {
    each_house(async |house| {
        let (ws, d) = (&house.ws, &house.district);
        house.take(vec![d.members("a1", 99, 100), d.members("b1", 100, 101)]).await;
        let article = article_with_figures(house).await;
        put_out(ws, &article).await;
        // Those left out are few: all the numbers of people are withheld.
        assert_eq!(words(ws, "/tin-tuc/ket-qua").await, "Đã có • đăng ký (•).");
        house.correct(d.members("a1", 80, 100), "đếm lại").await;
        let changed = changed_figures(ws).await.expect("compares");
        assert_eq!(words(ws, "/tin-tuc/ket-qua").await, "Đã có • đăng ký (•).", "a record");
        assert_eq!(changed.len(), 1);
        assert_eq!(changed[0].figures.len(), 2);
        let again = changed[0].figures[0].again.as_ref().expect("there is the figure");
        assert!(!again.withheld && again.wording == "180/201", "{again:?}");
        does(ws, &article, ArticleAct::Publish).await;
        assert_eq!(words(ws, "/tin-tuc/ket-qua").await, "Đã có 89,5% đăng ký (180/201).");
        assert_eq!(changed_figures(ws).await.expect("compares"), []);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn where_a_report_is_out_the_article_says_what_the_report_says() {
    let mut district = nhipcau_testkit::district();
    crate::editions::add_report(&mut district);
    each_house_of(district, async |house| {
        let (ws, d) = (&house.ws, &house.district);
        let edition = crate::editions::publish(house).await;
        nhipcau_actions::report::publish(ws, &"h".into(), "ket-qua", 1).await.expect("hands over");
        let article = article_with_figures(house).await;
        put_out(ws, &article).await;
        let Found::Article(page) = at_address(ws, "/tin-tuc/ket-qua").await else { panic!("is out") };
        assert!(page.figures().iter().all(|f| f.edition == "ket-qua/1" && f.period.as_str() == "nam-1"));
        let report = format!("{:?}", edition.body.document.blocks);
        for figure in page.figures() {
            assert!(report.contains(&format!("{:?}", figure.wording)), "{figure:?} in {report}");
        }
        assert_eq!(changed_figures(ws).await.expect("compares"), []);
        // The correction is accepted; its edition is owed. The article is told of, and says what the report says.
        let said = words(ws, "/tin-tuc/ket-qua").await;
        house.correct(d.members("b2", 11, 53), "đếm lại").await;
        let changed = changed_figures(ws).await.expect("compares");
        let figure = &changed[0].figures[0];
        assert_eq!(figure.again.as_ref().map(|f| &f.wording), Some(&figure.bound.wording));
        assert_ne!(figure.now.as_ref().map(|f| &f.wording), Some(&figure.bound.wording));
        assert_eq!(words(ws, "/tin-tuc/ket-qua").await, said);
    })
    .await;
}

#[tokio::test]
async fn a_figure_that_does_not_exist_is_not_published() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Tin").await;
        let content = Content { body: "Có {{ khong.co }}.".to_owned(), ..content("Tin") };
        revise(ws, &writer(), "An", article.id, 1, &content, "").await.expect("saves");
        let doing = Doing::new(ArticleAct::Submit);
        let refused = refusals(act(ws, &writer(), "An", article.id, &doing).await);
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(refused[0].starts_with("writing-figure"), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_holds_a_cached_page_hears_that_a_return_was_accepted() {
    each_house(async |house| {
        let (ws, d) = (&house.ws, &house.district);
        let mut changed = ws.changed();
        changed.mark_unchanged();
        house.take(vec![d.members("a1", 99, 100)]).await;
        assert!(changed.has_changed().expect("is heard"));
        assert_eq!(*changed.borrow(), ws.store().change_peek().await.expect("reads"));
    })
    .await;
}
