//! The life of a return: sent, sent again, sent back, corrected, excused, entered for another.

use jiff::civil::date;
use nhipcau_actions::{
    basis::TreeDay,
    explain::explain,
    figures::Query,
    returns::{Mode, Sender, Verdict, submit_all},
    review::{self, accept_waiting, extend_deadline},
};
use nhipcau_domain::{
    figure::Status as FigureStatus,
    returns::{Act, Origin, Status, Value},
};

use crate::support::{House, each_house, each_house_of, ids, members_of, refusal};

async fn status(house: &House, unit: &str) -> Status {
    let mut tx = house.ws.store().read().await.expect("reads");
    let key = members_of(unit);
    let held = tx.returns(std::slice::from_ref(&key)).await.expect("reads");
    held.get(&key).map_or(Status::Expected, |r| r.state.status)
}

fn query() -> Query {
    Query { period: "nam-1".into(), scope: None, tree: TreeDay::Then }
}

#[tokio::test]
async fn a_return_counts_once_it_is_accepted() {
    each_house(async |house| {
        let sent = house.send(vec![house.district.members("a1", 24, 30)]).await;
        assert_eq!(sent[0].verdict, Verdict::Received { revision: 1 });
        assert!(!sent[0].accepted);
        let figure = house.figure("members.registered", "nam-1").await.answer.figure;
        assert_eq!(
            figure.status,
            FigureStatus::Missing,
            "what waits for review is not counted, and not zero"
        );
        assert_eq!((figure.coverage.expected, figure.coverage.reported, figure.coverage.accepted), (5, 1, 0));

        let accepted = accept_waiting(&house.ws, &"xa-a".into(), &"dang-vien".into(), &"nam-1".into()).await;
        assert_eq!(accepted.expect("accepts"), 1);
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(24), Some(30)));
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    each_house(async |house| {
        let mut submission = house.district.members("a1", 24, 30);
        submission.origin =
            Origin { file: "a1.xlsx".into(), sha256: "00ff".into(), sheet: "Biểu 1".into() };
        house.take(vec![submission.clone()]).await;
        let again = house.take(vec![submission.clone()]).await;
        assert_eq!((again[0].verdict.clone(), again[0].accepted), (Verdict::Unchanged, true));
        // Not even after it was corrected from another file: an old file is no correction.
        house.correct(house.district.members("a1", 25, 30), "đếm sót một người").await;
        let mode = Mode { reason: "nhập lại".into(), ..Mode::default() };
        let old = house.submit(vec![submission], mode).await;
        assert_eq!(old[0].verdict, Verdict::Unchanged);
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(25), Some(30)));
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn two_files_of_one_unit_that_differ_are_refused_and_not_played_off() {
    each_house(async |house| {
        let file = |name: &str, n| {
            let mut submission = house.district.members("a1", n, 30);
            submission.origin.file = name.to_owned();
            submission
        };
        let both = house.send(vec![file("a.xlsx", 20), file("b.xlsx", 24), file("c.xlsx", 20)]).await;
        assert_eq!(both[0].verdict, Verdict::Received { revision: 1 });
        assert_eq!((both[1].verdict.clone(), ids(&both[1])), (Verdict::Refused, vec!["return-sent-twice"]));
        assert_eq!(both[2].verdict, Verdict::Unchanged, "the third says what the first said");
        // Files of one run may come in batches: what an earlier one brought is handed on by name.
        let taken = [(members_of("a2"), "a2.xlsx".to_owned())].into();
        let mode = Mode::default();
        let later = submit_all(&house.ws, vec![house.district.members("a2", 1, 2)], &mode, &taken)
            .await
            .expect("submits");
        assert_eq!((later[0].verdict.clone(), ids(&later[0])), (Verdict::Refused, vec!["return-sent-twice"]));
        assert_eq!(status(house, "a2").await, Status::Expected);
    })
    .await;
}

#[tokio::test]
async fn a_folder_that_holds_two_files_of_one_unit_says_the_same_each_time() {
    each_house(async |house| {
        let file = |name: &str, n| {
            let mut submission = house.district.members("a1", n, 30);
            submission.origin =
                Origin { file: name.to_owned(), sha256: name.to_owned(), sheet: String::new() };
            submission
        };
        let folder = || vec![file("a.xlsx", 20), file("b.xlsx", 24)];
        house.send(folder()).await;
        let again = house.send(folder()).await;
        assert_eq!(
            (again[0].verdict.clone(), again[1].verdict.clone()),
            (Verdict::Unchanged, Verdict::Refused)
        );
        assert_eq!(ids(&again[1]), ["return-sent-twice"]);
        // Once the first was sent back, the second is what it is mended with.
        review::send_back(&house.ws, &"xa-a".into(), &[members_of("a1")], "lệch sổ")
            .await
            .expect("sends back");
        let mended = house.send(folder()).await;
        assert_eq!(
            (mended[0].verdict.clone(), mended[1].verdict.clone()),
            (Verdict::Unchanged, Verdict::Received { revision: 2 })
        );
        let again = house.send(folder()).await;
        assert_eq!(
            (again[0].verdict.clone(), again[1].verdict.clone()),
            (Verdict::Unchanged, Verdict::Unchanged)
        );
    })
    .await;
}

#[tokio::test]
async fn a_correction_of_an_accepted_return_needs_a_reason_and_shows_in_the_explanation() {
    each_house(async |house| {
        house.take(vec![house.district.members("a1", 24, 30), house.district.members("b1", 10, 10)]).await;
        let bare = house.take(vec![house.district.members("a1", 26, 30)]).await;
        assert_eq!(
            (bare[0].verdict.clone(), ids(&bare[0])),
            (Verdict::Refused, vec!["return-accepted-already"])
        );
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(34), Some(40)));

        let corrected = house.correct(house.district.members("a1", 26, 30), "đếm sót hai người").await;
        assert_eq!(corrected.verdict, Verdict::Corrected { revision: 2 });
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(36), Some(40)));
        let explained = explain(&house.ws, "members.registered", &query()).await.expect("explains");
        let [correction] = explained.corrections.as_slice() else { panic!("{:?}", explained.corrections) };
        assert_eq!((correction.unit.unit.as_str(), correction.revision), ("a1", 2));
        assert_eq!(correction.reason, "đếm sót hai người");
        let difference = ("members.registered".into(), Some(Value::Number(24)), Value::Number(26));
        assert_eq!(correction.differences, [difference]);
        assert_eq!(explained.contributions[0].returns[0].revision, 2);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn while_a_correction_waits_the_accepted_revision_counts() {
    each_house(async |house| {
        house.take(vec![house.district.members("a1", 24, 30)]).await;
        let mode = Mode { reason: "đếm lại".into(), ..Mode::default() };
        house.submit(vec![house.district.members("a1", 9, 30)], mode).await;
        assert_eq!(status(house, "a1").await, Status::Submitted);
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(24), Some(30)));
        review::send_back(&house.ws, &"xa-a".into(), &[members_of("a1")], "vô lý").await.expect("sends back");
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(24), Some(30)));
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_return_that_was_sent_back_is_sent_again() {
    each_house(async |house| {
        house.send(vec![house.district.members("a1", 24, 30)]).await;
        let unsaid = review::send_back(&house.ws, &"xa-a".into(), &[members_of("a1")], " ").await;
        assert_eq!(refusal(unsaid).id, "send-back-needs-reason");
        review::send_back(&house.ws, &"xa-a".into(), &[members_of("a1")], "lệch sổ theo dõi")
            .await
            .expect("sends back");
        assert_eq!(status(house, "a1").await, Status::Returned);
        // The unit may also stand by what it said.
        let again = house.send(vec![house.district.members("a1", 24, 30)]).await;
        assert_eq!(again[0].verdict, Verdict::Received { revision: 2 });
        review::accept(&house.ws, &"xa-a".into(), &[members_of("a1")]).await.expect("accepts");
        let twice = review::accept(&house.ws, &"xa-a".into(), &[members_of("a1")]).await;
        assert_eq!(refusal(twice).id, "return-not-submitted");
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_mended_after_it_was_sent_back_is_explained_in_the_reviewers_words() {
    each_house(async |house| {
        house.send(vec![house.district.members("a1", 6, 30)]).await;
        review::send_back(&house.ws, &"xa-a".into(), &[members_of("a1")], "lệch sổ theo dõi")
            .await
            .expect("sends back");
        house.take(vec![house.district.members("a1", 8, 30)]).await;
        let mode = Mode { reason: "đếm lại".into(), ..Mode::default() };
        house.submit(vec![house.district.members("a1", 9, 30)], mode).await;
        let explained = explain(&house.ws, "members.registered", &query()).await.expect("explains");
        let found: Vec<(u32, &str)> =
            explained.corrections.iter().map(|c| (c.revision, c.reason.as_str())).collect();
        assert_eq!(found, [(2, "lệch sổ theo dõi")], "what waits for review is no correction yet");
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_again_before_review_is_no_correction() {
    each_house(async |house| {
        let sent = |n| vec![house.district.members("a1", n, 30)];
        house.send(sent(5)).await;
        house.send(sent(6)).await;
        review::accept(&house.ws, &"xa-a".into(), &[members_of("a1")]).await.expect("accepts");
        let told = async || {
            let explained = explain(&house.ws, "members.registered", &query()).await.expect("explains");
            let told = explained.corrections.iter().map(|c| {
                let difference = c.differences.first().expect("differs");
                let before = difference.1.as_ref().and_then(Value::number);
                (c.revision, c.reason.clone(), before, difference.2.number())
            });
            told.collect::<Vec<_>>()
        };
        assert_eq!(told().await, [], "nobody had looked at the first");

        house.send(vec![house.district.members("a2", 5, 30)]).await;
        review::send_back(&house.ws, &"xa-a".into(), &[members_of("a2")], "lệch sổ")
            .await
            .expect("sends back");
        house.send(vec![house.district.members("a2", 7, 30)]).await;
        house.send(vec![house.district.members("a2", 8, 30)]).await;
        review::accept(&house.ws, &"xa-a".into(), &[members_of("a2")]).await.expect("accepts");
        let once = [(3, "lệch sổ".to_owned(), Some(5), Some(8))];
        assert_eq!(told().await, once, "from what was sent back to what was accepted, with the reason");
    })
    .await;
}

#[tokio::test]
async fn reviews_are_all_or_none() {
    each_house(async |house| {
        house.send(vec![house.district.members("a1", 24, 30)]).await;
        let both = review::accept(&house.ws, &"h".into(), &[members_of("a1"), members_of("a2")]).await;
        assert_eq!(refusal(both).id, "return-not-submitted");
        assert_eq!(status(house, "a1").await, Status::Submitted);
        // The same return named twice is meant once.
        review::accept(&house.ws, &"h".into(), &[members_of("a1"), members_of("a1")]).await.expect("accepts");
        assert_eq!(status(house, "a1").await, Status::Accepted);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn an_excused_unit_is_neither_missing_nor_counted() {
    each_house(async |house| {
        house.take(vec![house.district.members("a1", 24, 30)]).await;
        let reason = "mới thành lập";
        review::exempt(&house.ws, &"h".into(), &[members_of("a3")], reason).await.expect("excuses");
        let c = house.figure("members.registered", "nam-1").await.answer.figure.coverage;
        assert_eq!((c.expected, c.accepted, c.exempt, c.missing), (5, 1, 1, 3));
        let reported = review::exempt(&house.ws, &"h".into(), &[members_of("a1")], reason).await;
        assert_eq!(refusal(reported).id, "return-already-reported");
        let foreign = review::exempt(&house.ws, &"h".into(), &[members_of("xa-a")], reason).await;
        assert_eq!(refusal(foreign).id, "unit-does-not-owe");
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_return_told_over_the_telephone_names_both_offices() {
    each_house(async |house| {
        let mode = Mode { office: Sender::Office("xa-a".into()), ..Mode::default() };
        house.submit(vec![house.district.members("a1", 24, 30)], mode).await;
        let mut tx = house.ws.store().read().await.expect("reads");
        let held =
            tx.returns(&[members_of("a1")]).await.expect("reads").remove(&members_of("a1")).expect("held");
        let revision = tx.revision(held.id, 1).await.expect("reads").expect("a revision");
        assert_eq!(revision.office.as_str(), "xa-a");
        assert_eq!(revision.on_behalf_of.as_deref(), Some("a1"));
        let acts = tx.acts_of(held.id).await.expect("reads");
        assert_eq!(acts[0].office.as_str(), "xa-a");
        assert_eq!(acts[0].act, Act::Submit { revision: 1, reason: String::new() });
    })
    .await;
}

#[tokio::test]
async fn what_a_unit_does_not_owe_is_refused_beside_what_it_does() {
    each_house(async |house| {
        let wrong_form = house.district.submission("xa-a", "dang-vien", "nam-1", &[("members.total", 1)]);
        let wrong_period = house.district.submission("a1", "dang-vien", "thang-01", &[]);
        let nobody = house.district.members("a9", 1, 1);
        let good = house.district.members("a2", 8, 9);
        let outcomes = house.take(vec![wrong_form, wrong_period, nobody, good]).await;
        let found: Vec<Vec<&str>> = outcomes.iter().map(ids).collect();
        assert_eq!(found[0], ["unit-does-not-owe"]);
        assert_eq!(found[1], ["period-of-another-calendar"]);
        assert_eq!(found[2], ["unit-unknown"]);
        assert_eq!(outcomes[3].verdict, Verdict::Received { revision: 1 });
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(8), Some(9)));
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_and_stores_nothing() {
    each_house(async |house| {
        let mode = Mode { accept_by: Some("h".into()), dry_run: true, ..Mode::default() };
        let outcomes = house.submit(vec![house.district.members("a1", 24, 30)], mode).await;
        assert_eq!(outcomes[0].verdict, Verdict::Received { revision: 1 });
        assert_eq!(status(house, "a1").await, Status::Expected);
        assert_eq!(house.value("members.registered", "nam-1").await, (None, None));
    })
    .await;
}

#[tokio::test]
async fn a_deadline_is_extended_for_a_branch_on_record() {
    each_house(async |house| {
        let (form, period, branch) = ("dang-vien".into(), "nam-1".into(), "xa-a".into());
        let until = date(2023, 1, 20);
        let unsaid = extend_deadline(&house.ws, &"h".into(), &form, &period, &branch, until, "").await;
        assert_eq!(refusal(unsaid).id, "extension-needs-reason");
        let no_form =
            extend_deadline(&house.ws, &"h".into(), &"khong-co".into(), &period, &branch, until, "lụt").await;
        assert_eq!(refusal(no_form).id, "form-unknown");
        let no_period =
            extend_deadline(&house.ws, &"h".into(), &form, &"khong-co".into(), &branch, until, "lụt").await;
        assert_eq!(refusal(no_period).id, "period-unknown");
        extend_deadline(&house.ws, &"h".into(), &form, &period, &branch, until, "lụt")
            .await
            .expect("extends");
        let mut tx = house.ws.store().read().await.expect("reads");
        let found = tx.deadline_extensions(&form, &period).await.expect("reads");
        let [extension] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((extension.unit.as_str(), extension.until_day), ("xa-a", until));
        assert_eq!((extension.office.as_str(), extension.reason.as_str()), ("h", "lụt"));
    })
    .await;
}

#[tokio::test]
async fn a_check_adds_up_what_the_units_below_reported_on_a_form_of_their_own() {
    let mut district = nhipcau_testkit::district();
    let d = &mut district.definitions;
    let (mut element, mut form) = (d.elements[0].clone(), d.data_sets[0].clone());
    (element.id, element.data_set) = ("summary.members".into(), "tong-hop".into());
    (form.id, form.elements) = ("tong-hop".into(), vec!["summary.members".into()]);
    form.roster.kinds = vec!["xa".into()];
    d.elements.push(element);
    d.data_sets.push(form);
    d.rules = vec![nhipcau_domain::checks::Rule {
        id: "adds-up".to_owned(),
        data_set: "tong-hop".into(),
        kinds: Vec::new(),
        holds: "summary.members = children(members.total)".to_owned(),
        severity: nhipcau_domain::problem::Severity::Refuse,
        message: "Xã ghi {summary.members}, các chi bộ cộng lại {children(members.total)}.".to_owned(),
        message_en: String::new(),
    }];
    each_house_of(district, async |house| {
        let d = &house.district;
        house.take(vec![d.members("a1", 30, 40), d.members("a2", 20, 20), d.members("b1", 9, 9)]).await;
        let summary = |members| d.submission("xa-a", "tong-hop", "nam-1", &[("summary.members", members)]);
        let wrong = house.send(vec![summary(61)]).await.remove(0);
        assert_eq!(wrong.verdict, Verdict::Refused);
        let said = wrong.problems.iter().find_map(|p| p.arg("message")).expect("a message");
        assert_eq!(*said, "Xã ghi 61, các chi bộ cộng lại 60.".into());
        assert!(house.send(vec![summary(60)]).await.remove(0).verdict.is_new());
        house.agrees().await;
    })
    .await;
}
