//! What is said about a draft's passages, and handing a frozen edition over: by whom, when, and to whom it shows.

use nhipcau_actions::{
    ActionError,
    basis::TreeDay,
    powers::{Approve, Over},
    press,
    report::{
        self, Request,
        comments::{Doing, Thread, comment, follow},
        desk::{self, EditionView, Hands},
        passages::passages,
    },
    verify::verify,
};
use nhipcau_domain::{
    id::ColumnId,
    office::{Acting, Duty, Grant, Posting, Reach, Role},
    press::Texts,
};
use nhipcau_store::site::{ColumnRecord, DeskFilter};
use nhipcau_testkit::{District, district};

use crate::{
    editions::{add_report, edition_of},
    support::{House, each_house_of, refusal},
};

const REPORT: &str = "ket-qua";

fn with_report() -> District {
    let mut district = district();
    add_report(&mut district);
    district
}

fn acting(office: &str, duty: Duty) -> Acting {
    Acting { office: office.into(), grants: Vec::new(), postings: vec![Posting { duty, reach: Reach::All }] }
}

fn hands(house: &House, office: &str, duty: Duty) -> Hands {
    Hands::held_by(&house.ws, &acting(office, duty), "Lan").expect("has a hand in it")
}

fn leader(house: &House) -> Hands {
    hands(house, "lanh-dao", Duty::Approver)
}

fn drafter(house: &House) -> Hands {
    hands(house, "tong-hop", Duty::Consolidator)
}

async fn draft(house: &House) {
    let date = jiff::civil::date(2023, 1, 15);
    let (period, number) = ("nam-1".into(), Some("15-BC/HU".to_owned()));
    let request = Request { report: REPORT.into(), period, tree: TreeDay::Then, date, number };
    let over = drafter(house).draft.expect("drafts");
    desk::draft(&house.ws, &over, &request).await.expect("drafts");
}

async fn reported(house: &House) {
    let d = &house.district;
    let cells = [("a1", 40, 41), ("a2", 37, 39), ("a3", 29, 31), ("b1", 30, 30)];
    house.take(cells.map(|(unit, n, total)| d.members(unit, n, total)).into()).await;
    draft(house).await;
}

async fn seen(house: &House) -> EditionView {
    desk::view(&house.ws, &leader(house), REPORT, 1).await.expect("shows")
}

/// The passage that says how many registered.
async fn registered(house: &House) -> String {
    let view = seen(house).await;
    let found = passages(&view.edition.body.document);
    found.into_iter().find(|p| p.words.contains("đảng viên đăng ký")).expect("the passage").anchor
}

fn only(view: &EditionView) -> &Thread {
    assert_eq!(view.threads.len(), 1, "{:?}", view.threads);
    &view.threads[0]
}

#[tokio::test]
async fn a_comment_is_answered_settled_and_opened_again_and_all_of_it_stays() {
    each_house_of(with_report(), async |house| {
        reported(house).await;
        let (leader, drafter) = (leader(house), drafter(house));
        let at = registered(house).await;
        let of = (REPORT, 1);
        let id =
            comment(&house.ws, &leader, of, &at, " Đã trừ miễn sinh hoạt chưa? ").await.expect("comments");
        let view = seen(house).await;
        assert_eq!(view.questions.comments, 1);
        let first = &only(&view).said[0];
        assert_eq!(first.words, "Đã trừ miễn sinh hoạt chưa?");
        assert_eq!((first.office.as_str(), first.holder.as_str()), ("lanh-dao", "Lan"));
        let answer = |doing, words| follow(&house.ws, &drafter, of, id, doing, words);
        assert_eq!(refusal(answer(Doing::Answer, " ").await).id, "comment-empty");
        assert_eq!(refusal(answer(Doing::Reopen, "").await).id, "comment-stands-so");
        answer(Doing::Answer, "Đã trừ.").await.expect("answers");
        assert!(only(&seen(house).await).open, "an answer settles nothing");
        answer(Doing::Resolve, "").await.expect("settles");
        assert_eq!(seen(house).await.questions.comments, 0);
        follow(&house.ws, &leader, of, id, Doing::Reopen, "Chưa rõ.").await.expect("opens again");
        let view = seen(house).await;
        let said: Vec<_> = only(&view).said.iter().map(|s| (s.doing, s.words.as_str())).collect();
        assert_eq!(
            said[1..],
            [(Doing::Answer, "Đã trừ."), (Doing::Resolve, ""), (Doing::Reopen, "Chưa rõ.")]
        );
        let unknown = house.ws.id(house.ws.now());
        let nothing = follow(&house.ws, &leader, of, unknown, Doing::Answer, "?").await;
        assert_eq!(refusal(nothing).id, "comment-unknown");
    })
    .await;
}

#[tokio::test]
async fn a_comment_survives_a_draft_with_other_numbers_and_stands_alone_where_its_passage_went() {
    let mut before = with_report();
    let template = before.definitions.reports[REPORT].replace(
        "{{ table communes",
        "Các chi bộ đã nghiêm túc quán triệt và triển khai thực hiện.\n\n{{ table communes",
    );
    before.definitions.reports.insert(REPORT.into(), template);
    each_house_of(before, async |house| {
        reported(house).await;
        let leader = leader(house);
        let at = registered(house).await;
        let view = seen(house).await;
        let found = passages(&view.edition.body.document);
        let other = found.iter().find(|p| p.words.contains("nghiêm túc")).expect("the passage");
        comment(&house.ws, &leader, (REPORT, 1), &at, "Xem lại số này").await.expect("comments");
        comment(&house.ws, &leader, (REPORT, 1), &other.anchor, "Nói chung chung").await.expect("comments");
        house.take(vec![house.district.members("b2", 51, 53)]).await;
        draft(house).await;
        let view = seen(house).await;
        let there = view.threads.iter().find(|t| t.said[0].words == "Xem lại số này").expect("is there");
        assert_eq!((there.anchor.as_deref(), there.reworded, there.open), (Some(&*at), true, true));
        assert!(!view.questions.words.is_empty() && !view.questions.changes.is_empty());
        // The sentence is struck from the template.
        let mut after = house.district.definitions.clone();
        let struck = after.reports[REPORT]
            .replace("Các chi bộ đã nghiêm túc quán triệt và triển khai thực hiện.\n\n", "");
        after.reports.insert(REPORT.into(), struck);
        nhipcau_actions::campaign::set_up(&house.ws, &"h".into(), &after, &house.district.tree)
            .await
            .expect("changes the template");
        draft(house).await;
        let view = seen(house).await;
        let gone = view.threads.iter().find(|t| t.said[0].words == "Nói chung chung").expect("is kept");
        assert_eq!(gone.anchor, None);
        assert!(gone.open && gone.passage.contains("nghiêm túc quán triệt"), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn approving_with_open_comments_asks_whether_that_is_meant() {
    each_house_of(with_report(), async |house| {
        reported(house).await;
        let leader = leader(house);
        let at = registered(house).await;
        let id = comment(&house.ws, &leader, (REPORT, 1), &at, "Vì sao?").await.expect("comments");
        let over: Over<Approve> = leader.approve.clone().expect("approves");
        let shown = seen(house).await.seen;
        let refused = refusal(desk::approve(&house.ws, &over, REPORT, 1, &shown).await);
        assert_eq!(refused.id, "edition-open-comments");
        assert_eq!(refused.arg("count"), Some(&1_usize.into()));
        let at_the_machine = refusal(report::approve(&house.ws, &"h".into(), REPORT, 1).await);
        assert_eq!(at_the_machine.id, "edition-open-comments");
        desk::approve_despite(&house.ws, &over, REPORT, 1, &shown, true).await.expect("approves");
        desk::freeze(&house.ws, &over, REPORT, 1).await.expect("freezes");
        let late = comment(&house.ws, &leader, (REPORT, 1), &at, "Còn nữa").await;
        assert_eq!(refusal(late).id, "comment-edition-frozen");
        let late = follow(&house.ws, &leader, (REPORT, 1), id, Doing::Resolve, "").await;
        assert_eq!(refusal(late).id, "comment-edition-frozen");
        // Nothing of it is in any document.
        let edition = seen(house).await.edition;
        let mut tx = house.ws.store().read().await.expect("reads");
        for (format, ..) in report::FORMATS {
            let kept = tx.document(edition.record.id, format).await.expect("reads").expect(format);
            assert!(!String::from_utf8_lossy(&kept.bytes).contains("Vì sao?"), "{format}");
        }
        assert!(!edition.record.body.contains("Vì sao?"));
    })
    .await;
}

#[tokio::test]
async fn who_has_no_hand_in_a_report_says_nothing_about_it_and_hands_nothing_over() {
    each_house_of(with_report(), async |house| {
        reported(house).await;
        let at = registered(house).await;
        let reviewer = Hands::held_by(&house.ws, &acting("duyet", Duty::Reviewer), "");
        assert_eq!(reviewer.expect_err("has none").id, "office-may-not");
        let branch = Posting { duty: Duty::Consolidator, reach: Reach::Branch("xa-a".into()) };
        let branch = Acting { postings: vec![branch], ..acting("xa-a", Duty::Reporter) };
        let hands = Hands::held_by(&house.ws, &branch, "").expect("drafts its own");
        let refused = comment(&house.ws, &hands, (REPORT, 1), &at, "?").await;
        assert_eq!(refusal(refused).id, "unit-out-of-reach");
        let refused = report::hand_over_by(&house.ws, &hands, &branch, (REPORT, 1), None).await;
        assert_eq!(refusal(refused).id, "unit-out-of-reach");
    })
    .await;
}

/// A column in which articles are begun.
async fn add_column(house: &House) -> ColumnId {
    let column = ColumnRecord {
        id: "tin-tuc".into(),
        parent: None,
        slug: "tin-tuc".to_owned(),
        names: Texts::vi("Tin tức"),
        description: Texts::default(),
        position: 1,
        hidden: false,
    };
    let admin = Acting::at_the_machine("h".into());
    press::add_column(&house.ws, &admin, "Quản", &column).await.expect("adds");
    column.id
}

/// An office that drafts reports and writes in a column.
fn writing_in(column: &ColumnId) -> Acting {
    let grants = vec![Grant { role: Role::Writer, column: Some(column.clone()) }];
    Acting { grants, ..acting("tong-hop", Duty::Consolidator) }
}

#[tokio::test]
async fn handed_over_twice_at_once_it_is_readers_once_and_one_article_is_begun() {
    each_house_of(with_report(), async |house| {
        reported(house).await;
        let column = add_column(house).await;
        edition_of(house).await;
        let (hands, office) = (drafter(house), writing_in(&column));
        let over = || report::hand_over_by(&house.ws, &hands, &office, (REPORT, 1), Some(&column));
        let (one, other) = tokio::join!(over(), over());
        let (done, refused) = if one.is_ok() { (one, other) } else { (other, one) };
        assert_eq!(refusal(refused).id, "edition-is-public");
        let begun = done.expect("hands over").expect("an article");
        let admin = Acting::at_the_machine("h".into());
        let all = press::desk_find(&house.ws, &admin, &DeskFilter::default(), "", 1).await.expect("finds");
        assert_eq!(all.articles.iter().map(|a| a.id).collect::<Vec<_>>(), [begun]);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_frozen_edition_is_readers_once_it_is_handed_over_with_an_article_begun() {
    each_house_of(with_report(), async |house| {
        reported(house).await;
        let tin_tuc = add_column(house).await;
        let edition = edition_of(house).await;
        let public = async || {
            let mut tx = house.ws.store().read().await.expect("reads");
            let found = tx.public_editions(REPORT).await.expect("reads");
            found.iter().map(|e| e.number).collect::<Vec<_>>()
        };
        assert_eq!(public().await, [0_u32; 0], "what is frozen waits");
        let hands = drafter(house);
        let office = acting("tong-hop", Duty::Consolidator);
        assert_eq!(report::columns(&house.ws, &office).await.expect("reads"), []);
        let refused = report::hand_over_by(&house.ws, &hands, &office, (REPORT, 1), Some(&tin_tuc)).await;
        assert_eq!(refusal(refused).id, "office-may-not");
        assert_eq!(public().await, [0_u32; 0], "and nothing was handed over beside it");
        let office = writing_in(&tin_tuc);
        let done = report::hand_over_by(&house.ws, &hands, &office, (REPORT, 1), Some(&tin_tuc)).await;
        let article = done.expect("hands over").expect("an article");
        assert_eq!(public().await, [1]);
        let mut tx = house.ws.store().read().await.expect("reads");
        let begun = tx.article_revision(article, 1).await.expect("reads").expect("a draft").content;
        assert!(begun.body.contains("{{ members.registered }}"), "{}", begun.body);
        assert!(begun.body.contains("(/bao-cao/ket-qua/1)"), "{}", begun.body);
        assert_eq!(begun.period, Some("nam-1".into()));
        let acts = tx.edition_acts(edition.record.id).await.expect("reads");
        let last = acts.last().expect("acts");
        assert_eq!((last.act.as_str(), last.office.as_str()), ("published", "tong-hop"));
        let trail = tx.audit_after(0, None, 1000).await.expect("reads");
        assert!(trail.iter().any(|r| r.what == "report-published" && r.subject == "ket-qua/1"));
        drop(tx);
        let twice = report::publish(&house.ws, &"h".into(), REPORT, 1).await;
        assert_eq!(refusal(twice).id, "edition-is-public");
        house.agrees().await;
        assert!(verify(&house.ws, &mut |_| {}).await.expect("verifies").differences.is_empty());
        // The next edition is handed over likewise; until then readers have the first.
        house.correct(house.district.members("a1", 41, 41), "đếm lại").await;
        edition_of(house).await;
        assert_eq!(public().await, [1]);
        report::publish(&house.ws, &"h".into(), REPORT, 2).await.expect("publishes");
        assert_eq!(public().await, [1, 2]);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_not_handed_over() {
    each_house_of(with_report(), async |house| {
        reported(house).await;
        let refused = report::publish(&house.ws, &"h".into(), REPORT, 1).await;
        assert!(matches!(refused, Err(ActionError::Refused(p)) if p.id == "edition-not-frozen"));
    })
    .await;
}
