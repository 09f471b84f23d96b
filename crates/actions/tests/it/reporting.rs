//! A secretary's five minutes: what is owed, nothing typed is lost, one engine with the importer.

use nhipcau_actions::{
    ActionError,
    powers::{Over, Report},
    reporting::{self, Answer, Asked, Brought, Choice, Differing, Save, Saved, Sent, Span, Typed},
    review,
};
use nhipcau_domain::{
    office::{Acting, Duty, Posting, Reach},
    problem::Severity,
    returns::{ReturnKey, Status, Value},
};

use crate::support::{House, each_house, each_house_of, members_of, refusal};

pub fn over(house: &House, office: &str, duty: Duty, reach: Reach) -> Over<Report> {
    let postings = vec![Posting { duty, reach }];
    let acting = Acting { office: office.into(), grants: Vec::new(), postings };
    Over::held_by(&house.ws, &acting, &format!("Đồng chí {office}")).expect("may report")
}

/// A cell's secretary.
pub fn secretary(house: &House, unit: &str) -> Over<Report> {
    over(house, unit, Duty::Reporter, Reach::Unit(unit.into()))
}

/// The commune's committee.
pub fn committee(house: &House) -> Over<Report> {
    over(house, "xa-a", Duty::Reviewer, Reach::Branch("xa-a".into()))
}

pub fn typed(total: &str, registered: &str) -> Typed {
    let answer = |text: &str| Answer { text: text.to_owned(), ..Answer::default() };
    Typed {
        answers: vec![
            ("members.total".into(), answer(total)),
            ("members.registered".into(), answer(registered)),
        ],
        ..Typed::default()
    }
}

pub fn page<'a>(key: &'a ReturnKey, copy: &'a str, version: i64, typed: &'a Typed) -> Save<'a> {
    Save { key, copy, version, revision: 0, typed }
}

pub async fn kept(house: &House, over: &Over<Report>, save: Save<'_>) -> i64 {
    match reporting::save(&house.ws, over, &save).await.expect("saves") {
        Saved::Kept { version, .. } => version,
        Saved::Aside => panic!("kept aside"),
    }
}

async fn send(house: &House, over: &Over<Report>, save: &Save<'_>) -> Sent {
    reporting::send(&house.ws, over, save, false).await.expect("sends")
}

#[tokio::test]
async fn a_secretary_sees_what_the_cell_owes_and_how_long_there_is() {
    each_house(async |house| {
        let a1 = secretary(house, "a1");
        let owed = reporting::owed(&house.ws, &a1, None, Span::Recent).await.expect("lists");
        let seen: Vec<_> = owed.iter().map(|o| (o.key.period.as_str(), o.days_left, o.waits())).collect();
        // On 1 January 2023: the year 2022 is due on the 5th, the year 2023 has begun.
        assert_eq!(seen, [("nam-2", Some(369), true), ("nam-1", Some(4), true)]);
        assert!(owed[0].is_running(a1.today()) && !owed[1].is_running(a1.today()));

        house.send(vec![house.district.members("a1", 24, 30)]).await;
        let office = "xa-a".into();
        review::send_back(&house.ws, &office, &[members_of("a1")], "lệch sổ").await.expect("sends back");
        let owed = reporting::owed(&house.ws, &a1, None, Span::Recent).await.expect("lists");
        assert_eq!(owed[1].state.status, Status::Returned);
        assert_eq!(owed[1].sent_back.as_deref(), Some("lệch sổ"));
        review::extend_deadline(
            &house.ws,
            &office,
            &"dang-vien".into(),
            &"nam-1".into(),
            &"xa-a".into(),
            "2023-01-20".parse().expect("a day"),
            "bão",
        )
        .await
        .expect("extends");
        let owed = reporting::owed(&house.ws, &a1, None, Span::Recent).await.expect("lists");
        assert_eq!(owed[1].days_left, Some(19));
    })
    .await;
}

#[tokio::test]
async fn files_go_with_a_return_few_and_each_once_and_stay_with_what_was_accepted() {
    each_house(async |house| {
        let (a1, key) = (secretary(house, "a1"), members_of("a1"));
        let pdf =
            |n: usize| Brought::Other(format!("{n}.pdf"), format!("%PDF-1.7\n{n}\n%%EOF\n").into_bytes());
        let first = reporting::attach(&house.ws, &a1, &key, pdf(0)).await.expect("keeps");
        assert_eq!(reporting::attach(&house.ws, &a1, &key, pdf(0)).await.expect("keeps"), first, "once");
        for n in 1..reporting::FILES_MOST {
            reporting::attach(&house.ws, &a1, &key, pdf(n)).await.expect("keeps");
        }
        assert_eq!(refusal(reporting::attach(&house.ws, &a1, &key, pdf(9)).await).id, "return-files-full");
        let page = Brought::Other("trang.html".to_owned(), b"<html>".to_vec());
        assert_eq!(refusal(reporting::attach(&house.ws, &a1, &key, page).await).id, "media-attachment-kind");
        let b1 = members_of("b1");
        assert_eq!(refusal(reporting::attach(&house.ws, &a1, &b1, pdf(1)).await).id, "unit-out-of-reach");

        reporting::detach(&house.ws, &a1, &key, first).await.expect("takes out");
        let view = reporting::form(&house.ws, &a1, &key, Asked::Filling).await.expect("shows");
        assert_eq!(view.files.len(), reporting::FILES_MOST - 1);
        assert_eq!(refusal(reporting::detach(&house.ws, &a1, &key, first).await).id, "return-file-unknown");
        house.send(vec![house.district.members("a1", 24, 30)]).await;
        review::accept(&house.ws, &"xa-a".into(), std::slice::from_ref(&key)).await.expect("accepts");
        let kept = reporting::detach(&house.ws, &a1, &key, view.files[0].id).await;
        assert_eq!(refusal(kept).id, "return-file-stays");
    })
    .await;
}

#[tokio::test]
async fn nobody_reports_for_a_unit_that_is_not_theirs() {
    each_house(async |house| {
        let (a1, commune) = (secretary(house, "a1"), committee(house));
        let other = members_of("b1");
        let answers = typed("1", "1");
        for over in [&a1, &commune] {
            let refused = reporting::save(&house.ws, over, &page(&other, "x", 0, &answers)).await;
            assert_eq!(refusal(refused).id, "unit-out-of-reach");
            let refused = reporting::send(&house.ws, over, &page(&other, "x", 0, &answers), true).await;
            assert_eq!(refusal(refused).id, "unit-out-of-reach");
            let refused = reporting::form(&house.ws, over, &other, Asked::Filling).await;
            assert_eq!(refusal(refused).id, "unit-out-of-reach");
            assert_eq!(refusal(reporting::template(&house.ws, over, &other).await).id, "unit-out-of-reach");
            let unit = "b1".into();
            let refused = reporting::owed(&house.ws, over, Some(&unit), Span::All).await;
            assert_eq!(refusal(refused).id, "unit-out-of-reach");
        }
        let not_owed =
            ReturnKey { data_set: "phat-thanh".into(), period: "thang-01".into(), ..members_of("a1") };
        let refused = reporting::save(&house.ws, &a1, &page(&not_owed, "x", 0, &answers)).await;
        assert_eq!(refusal(refused).id, "unit-does-not-owe");
        let names = |found: Vec<reporting::Near>| found.into_iter().map(|n| n.unit).collect::<Vec<_>>();
        let found = reporting::units_near(&house.ws, &commune, "chi bo").await.expect("finds");
        assert_eq!(names(found), ["a1".into(), "a2".into(), "a3".into()]);
        assert!(reporting::reports_for_others(&house.ws, &commune).await.expect("asks"));
        assert!(!reporting::reports_for_others(&house.ws, &a1).await.expect("asks"));
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_kept_as_it_was_typed_and_is_no_return() {
    each_house(async |house| {
        let (a1, key) = (secretary(house, "a1"), members_of("a1"));
        let answers = typed("ba mươi", "1.024");
        kept(house, &a1, page(&key, "dien-thoai", 0, &answers)).await;
        let view = reporting::form(&house.ws, &a1, &key, Asked::Filling).await.expect("shows");
        assert_eq!(view.lines[0].answer.text, "ba mươi");
        assert_eq!(view.lines[0].problems[0].id, "intake-cell-text");
        assert_eq!((view.lines[1].answer.text.as_str(), view.lines[1].problems.len()), ("1.024", 0));
        assert_eq!(view.state.status, Status::Expected);
        assert_eq!(house.figure("members.registered", "nam-1").await.answer.figure.coverage.reported, 0);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn two_devices_that_type_lose_nothing_and_choose_field_by_field() {
    each_house(async |house| {
        let (a1, key) = (secretary(house, "a1"), members_of("a1"));
        let (phone, computer) = (typed("30", "24"), typed("30", "25"));
        let first = kept(house, &a1, page(&key, "dien-thoai", 0, &phone)).await;
        // The computer had opened the form before the phone saved.
        let aside = reporting::save(&house.ws, &a1, &page(&key, "may-tinh", 0, &computer)).await;
        assert_eq!(aside.expect("saves"), Saved::Aside);
        let found = reporting::conflict(&house.ws, &a1, &key, "may-tinh").await.expect("reads");
        let found = found.expect("kept aside");
        assert_eq!(
            (found.stands.typed.answer("members.registered").text.as_str(), found.version),
            ("24", first)
        );
        let [Differing::Line(element, _, stands, aside)] = &found.differing[..] else {
            panic!("one line differs: {:?}", found.differing)
        };
        assert_eq!(
            (element.as_str(), stands.text.as_str(), aside.text.as_str()),
            ("members.registered", "24", "25")
        );

        let taken = ["members.registered".to_owned()];
        // Something was saved after the two were shown: the choice is not made blindly.
        let late = reporting::choose(&house.ws, &a1, &key, "may-tinh", first - 1, &taken).await;
        assert!(!late.expect("asks again"));
        assert!(reporting::choose(&house.ws, &a1, &key, "may-tinh", first, &taken).await.expect("chooses"));
        let view = reporting::form(&house.ws, &a1, &key, Asked::Filling).await.expect("shows");
        assert_eq!((view.lines[1].answer.text.as_str(), view.asides.len()), ("25", 0));
        // Saving the same again from anywhere is no conflict.
        assert_eq!(kept(house, &a1, page(&key, "may-khac", 0, &computer)).await, view.version);
    })
    .await;
}

#[tokio::test]
async fn drafts_saved_at_once_are_both_there() {
    each_house(async |house| {
        let (a1, key) = (secretary(house, "a1"), members_of("a1"));
        let names: Vec<String> = (0..8).map(|n| format!("may-{n}")).collect();
        let answers: Vec<Typed> = (0..8).map(|n| typed("30", &n.to_string())).collect();
        let pages: Vec<_> = names.iter().zip(&answers).map(|(n, t)| page(&key, n, 0, t)).collect();
        let mut saves = Vec::new();
        for save in &pages {
            saves.push(reporting::save(&house.ws, &a1, save));
        }
        let mut aside = 0;
        for saved in all(saves).await {
            aside += usize::from(saved.expect("saves") == Saved::Aside);
        }
        let view = reporting::form(&house.ws, &a1, &key, Asked::Filling).await.expect("shows");
        assert_eq!((aside, view.asides.len()), (7, 7));
    })
    .await;
}

/// Runs futures beside one another.
async fn all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures.into_iter().map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, done) in futures.iter_mut().zip(&mut done) {
            if done.is_none()
                && let std::task::Poll::Ready(output) = future.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        if done.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test]
async fn what_is_blank_or_unreadable_is_told_and_stays_typed() {
    each_house(async |house| {
        let (a1, key) = (secretary(house, "a1"), members_of("a1"));
        let answers = typed("1,234", "");
        assert!(matches!(send(house, &a1, &page(&key, "x", 0, &answers)).await, Sent::Refused(_)));
        let view = reporting::form(&house.ws, &a1, &key, Asked::Sending).await.expect("shows");
        let ids: Vec<&str> = view.lines.iter().flat_map(|l| &l.problems).map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ["intake-cell-ambiguous", "answer-missing"]);
        assert_eq!(view.lines[0].answer.text, "1,234");
        assert!(view.is_refused());
        let mut tx = house.ws.store().read().await.expect("reads");
        assert!(tx.returns(&[key]).await.expect("reads").is_empty(), "nothing was stored as a return");
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_goes_the_importer_s_way_and_twice_is_once() {
    each_house(async |house| {
        let (a1, key) = (secretary(house, "a1"), members_of("a1"));
        let mut answers = typed("30", "");
        answers.answers[1].1 = Answer { choice: Choice::NotReported, ..Answer::default() };
        answers.words = vec![("kho-khan".to_owned(), "Mưa\r\nbão ".to_owned())];
        let version = kept(house, &a1, page(&key, "x", 0, &answers)).await;
        let sent = send(house, &a1, &page(&key, "x", version, &answers)).await;
        assert!(matches!(sent, Sent::Received { unchanged: false }), "{sent:?}");
        // The line broke before the answer came: the page sends the same once more.
        let again = send(house, &a1, &page(&key, "x", version, &answers)).await;
        assert!(matches!(again, Sent::Received { unchanged: true }), "{again:?}");
        let mut tx = house.ws.store().read().await.expect("reads");
        let held =
            tx.returns(std::slice::from_ref(&key)).await.expect("reads").remove(&key).expect("is there");
        let revisions = tx.revisions_of(held.id).await.expect("reads");
        assert_eq!(revisions.len(), 1);
        assert_eq!((revisions[0].office.as_str(), &revisions[0].on_behalf_of), ("a1", &None));
        let submission = &revisions[0].submission;
        assert_eq!(submission.value("members.total"), Some(&Value::Number(30)));
        assert_eq!(submission.value("members.registered"), Some(&Value::NotReported));
        assert_eq!(submission.words, [("kho-khan".to_owned(), "Mưa\nbão".to_owned())]);
        assert_eq!(tx.drafts(&key, &"a1".into()).await.expect("reads"), [], "a draft ends when it is sent");
        drop(tx);
        let receipt = reporting::receipt(&house.ws, &a1, &key).await.expect("reads").expect("was sent");
        assert_eq!((receipt.revision, receipt.on_behalf, receipt.status), (1, false, Status::Submitted));
        assert_eq!(receipt.readers, ["Huyện Mẫu"], "where no office is posted, the one that consolidates");
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn the_nearest_reviewer_is_named_as_the_reader() {
    each_house(async |house| {
        let mut tx = house.ws.store().write().await.expect("begins");
        let now = house.ws.now();
        let posted = [
            ("xa-a", "Đảng ủy xã An Mẫu", Duty::Reviewer, Reach::Branch("xa-a".into())),
            ("h", "Ban Tuyên giáo", Duty::Consolidator, Reach::All),
            ("kiem-tra", "Ủy ban Kiểm tra", Duty::Auditor, Reach::Branch("xa-a".into())),
        ];
        for (office, name, duty, reach) in posted {
            let office = office.into();
            tx.add_office(&office, name, now).await.expect("adds");
            tx.set_postings(&office, &[Posting { duty, reach }]).await.expect("posts");
        }
        tx.commit().await.expect("commits");
        for (unit, reader) in [("a1", "Đảng ủy xã An Mẫu"), ("b1", "Ban Tuyên giáo")] {
            let (over, key) = (secretary(house, unit), members_of(unit));
            let answers = typed("3", "2");
            send(house, &over, &page(&key, "x", 0, &answers)).await;
            let receipt = reporting::receipt(&house.ws, &over, &key).await.expect("reads").expect("was sent");
            assert_eq!(receipt.readers, [reader]);
        }
    })
    .await;
}

#[tokio::test]
async fn an_office_above_enters_on_the_unit_s_behalf_and_both_are_on_record() {
    each_house(async |house| {
        let (commune, key) = (committee(house), members_of("a2"));
        let answers = typed("12", "12");
        assert!(matches!(send(house, &commune, &page(&key, "x", 0, &answers)).await, Sent::Received { .. }));
        let receipt = reporting::receipt(&house.ws, &commune, &key).await.expect("reads").expect("was sent");
        assert_eq!((receipt.office.as_str(), receipt.on_behalf), ("xa-a", true));
        // The unit itself sees it, and by whom it was sent.
        let view = reporting::form(&house.ws, &secretary(house, "a2"), &key, Asked::Filling).await;
        assert_eq!(view.expect("shows").sent.map(|(_, office)| office), Some("xa-a".into()));
    })
    .await;
}

#[tokio::test]
async fn a_correction_wants_a_reason_and_shows_first_what_changes() {
    each_house(async |house| {
        house.take(vec![house.district.members("a1", 24, 30)]).await;
        let (a1, key) = (secretary(house, "a1"), members_of("a1"));
        let mut answers = typed("30", "26");
        let save = Save { revision: 1, ..page(&key, "x", 0, &answers) };
        assert!(matches!(send(house, &a1, &save).await, Sent::Refused(_)));
        let view = reporting::form(&house.ws, &a1, &key, Asked::Sending).await.expect("shows");
        assert_eq!(view.problems[0].id, "correction-needs-reason");
        assert_eq!(view.lines[1].accepted, Some(Value::Number(24)));

        answers.reason = "đếm sót hai người".to_owned();
        let save = Save { revision: 1, ..page(&key, "x", view.version, &answers) };
        let Sent::Confirm(changed) = send(house, &a1, &save).await else { panic!("not asked") };
        assert!(changed.accepted);
        assert_eq!(changed.differing.len(), 1, "{:?}", changed.differing);
        let version = reporting::form(&house.ws, &a1, &key, Asked::Filling).await.expect("shows").version;
        let save = Save { revision: changed.revision, version, ..save };
        let sent = reporting::send(&house.ws, &a1, &save, true).await.expect("sends");
        assert!(matches!(sent, Sent::Received { unchanged: false }), "{sent:?}");
        assert_eq!(
            house.value("members.registered", "nam-1").await,
            (Some(24), Some(30)),
            "until it is accepted"
        );
        review::accept(&house.ws, &"xa-a".into(), &[key]).await.expect("accepts");
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(26), Some(30)));
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn what_another_sent_meanwhile_is_not_overwritten_unseen() {
    each_house(async |house| {
        let (a1, key) = (secretary(house, "a1"), members_of("a1"));
        let mine = typed("30", "26");
        let version = kept(house, &a1, page(&key, "x", 0, &mine)).await;
        // The committee entered what was told over the telephone.
        let told = typed("30", "24");
        send(house, &committee(house), &page(&key, "y", 0, &told)).await;
        let save = page(&key, "x", version, &mine);
        let Sent::Confirm(changed) = send(house, &a1, &save).await else { panic!("not asked") };
        assert_eq!((changed.accepted, changed.sent.1.as_str()), (false, "xa-a"));
        // A page that never saved anything is told so as well.
        let unseen =
            reporting::send(&house.ws, &secretary(house, "a1"), &page(&key, "z", 0, &told), false).await;
        assert!(matches!(unseen.expect("sends"), Sent::Aside));
    })
    .await;
}

#[tokio::test]
async fn the_checks_speak_at_their_lines_and_a_warning_asks_for_an_explanation() {
    let mut district = nhipcau_testkit::district();
    let rule = |id: &str, holds: &str, severity| nhipcau_domain::checks::Rule {
        id: id.to_owned(),
        data_set: "dang-vien".into(),
        kinds: Vec::new(),
        holds: holds.to_owned(),
        severity,
        message: "Đã đăng ký {members.registered}, tổng số {members.total}.".to_owned(),
        message_en: String::new(),
    };
    district.definitions.rules = vec![
        rule("most", "members.registered <= members.total", Severity::Refuse),
        rule("some", "members.registered > 0", Severity::Explain),
        rule("children", "members.total >= children(members.total)", Severity::Refuse),
    ];
    each_house_of(district, async |house| {
        let (a1, key) = (secretary(house, "a1"), members_of("a1"));
        let answers = typed("3", "5");
        let version = kept(house, &a1, page(&key, "x", 0, &answers)).await;
        let view = reporting::form(&house.ws, &a1, &key, Asked::Filling).await.expect("shows");
        assert_eq!(view.lines[0].problems[0].id, "check-failed");
        assert!(view.lines[1].marked);
        assert_eq!(view.checks.len(), 2, "what a page cannot know, it does not check");

        let mut answers = typed("3", "0");
        let refused = send(house, &a1, &page(&key, "x", version, &answers)).await;
        assert!(matches!(refused, Sent::Refused(_)), "{refused:?}");
        let view = reporting::form(&house.ws, &a1, &key, Asked::Sending).await.expect("shows");
        assert!(view.asks_explanation);
        assert_eq!(view.problems[0].id, "return-needs-explanation");
        answers.explanation = "Chi bộ mới thành lập.".to_owned();
        let sent = send(house, &a1, &page(&key, "x", view.version, &answers)).await;
        assert!(matches!(sent, Sent::Received { unchanged: false }), "{sent:?}");
    })
    .await;
}

#[tokio::test]
async fn a_file_is_read_as_the_importer_reads_it_and_only_for_units_within_reach() {
    each_house(async |house| {
        let a1 = secretary(house, "a1");
        let file = reporting::template(&house.ws, &a1, &members_of("a1")).await.expect("writes");
        let empty = reporting::upload(&house.ws, &a1, &file.name, file.bytes, "").await.expect("reads");
        assert_eq!((empty.returns.len(), empty.problems[0].id.as_str()), (0, "intake-form-empty"));

        let table = "unit,period,members.total,members.registered\n\
                     a1,nam-1,30,24\na2,nam-1,12,x\nb1,nam-1,5,5\n";
        let bytes = |text: &str| text.as_bytes().to_vec();
        let done = reporting::upload(&house.ws, &a1, "C:\\bang.csv", bytes(table), "").await.expect("reads");
        assert_eq!(done.file, "bang.csv");
        assert_eq!(done.returns.len(), 1, "{:?}", done.problems);
        assert_eq!(done.returns[0].key, members_of("a1"));
        let ids: Vec<&str> = done.problems.iter().map(|p| p.id.as_str()).collect();
        assert!(ids.contains(&"intake-cell-text") && ids.contains(&"unit-out-of-reach"), "{ids:?}");
        // The same again changes nothing.
        let again = reporting::upload(&house.ws, &a1, "bang.csv", bytes(table), "").await.expect("reads");
        assert_eq!(again.returns[0].verdict, nhipcau_actions::returns::Verdict::Unchanged);
        let mut tx = house.ws.store().read().await.expect("reads");
        assert!(tx.returns(&[members_of("b1")]).await.expect("reads").is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_office_without_the_power_holds_none() {
    each_house(async |house| {
        let postings = vec![Posting { duty: Duty::Auditor, reach: Reach::All }];
        let acting = Acting { office: "kiem-tra".into(), grants: Vec::new(), postings };
        let refused: Result<Over<Report>, ActionError> =
            Over::held_by(&house.ws, &acting, "x").map_err(Into::into);
        assert_eq!(refusal(refused).id, "office-may-not");
    })
    .await;
}
