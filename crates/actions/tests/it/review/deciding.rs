//! What a reviewer decides holds for what was shown, and for nothing else.

use nhipcau_actions::{
    powers::Consolidate,
    review::{Shown, accept_shown, excuse, extend, in_question, send_back_shown},
};
use nhipcau_domain::{
    office::{Duty, Reach},
    returns::{Act, Status},
};

use super::{of_all, of_xa_a, over};
use crate::support::{House, each_house, members_of, refusal};

fn shown(unit: &str, revision: u32) -> Shown {
    Shown { key: members_of(unit), revision }
}

async fn status(house: &House, unit: &str) -> Status {
    let mut tx = house.ws.store().read().await.expect("begins");
    let held = tx.returns(&[members_of(unit)]).await.expect("reads");
    held.get(&members_of(unit)).map_or(Status::Expected, |r| r.state.status)
}

#[tokio::test]
async fn many_are_accepted_at_once_and_one_that_changed_meanwhile_is_left() {
    each_house(async |house| {
        let d = &house.district;
        house.send(["a1", "a2", "a3"].map(|u| d.members(u, 9, 10)).to_vec()).await;
        house.send(vec![d.members("a2", 8, 10)]).await;
        house.take(vec![d.members("b1", 1, 1)]).await;
        let all = [shown("a1", 1), shown("a2", 1), shown("a3", 1), shown("b1", 1), shown("b2", 0)];
        let decided = accept_shown(&house.ws, &of_all(house), &all).await.expect("decides");
        assert_eq!(decided.done, 2);
        let left: Vec<_> = decided.left.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(left, ["review-changed-since", "review-decided-already", "review-not-sent"]);
        assert_eq!(
            (status(house, "a1").await, status(house, "a2").await),
            (Status::Accepted, Status::Submitted)
        );
        // Said twice is meant once; what is done cannot be done again.
        let again = accept_shown(&house.ws, &of_all(house), &[shown("a2", 2), shown("a2", 2)]).await;
        assert_eq!(again.expect("decides").done, 1);
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(27), Some(31)));
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn one_out_of_reach_refuses_all() {
    each_house(async |house| {
        let d = &house.district;
        house.send(vec![d.members("a1", 9, 10), d.members("b1", 9, 10)]).await;
        let over = of_xa_a(house);
        let both = [shown("a1", 1), shown("b1", 1)];
        let refused = accept_shown(&house.ws, &over, &both).await;
        assert_eq!(refusal(refused).id, "unit-out-of-reach");
        let refused = send_back_shown(&house.ws, &over, &shown("b1", 1), "sai", &[]).await;
        assert_eq!(refusal(refused).id, "unit-out-of-reach");
        let refused = excuse(&house.ws, &over, &members_of("b2"), "mới lập").await;
        assert_eq!(refusal(refused).id, "unit-out-of-reach");
        for unit in ["a1", "b1"] {
            assert_eq!(status(house, unit).await, Status::Submitted);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_in_question_is_named_in_the_reason_and_found_there_again() {
    each_house(async |house| {
        house.send(vec![house.district.members("a1", 9, 10)]).await;
        let over = of_xa_a(house);
        let refused = send_back_shown(&house.ws, &over, &shown("a1", 1), "  ", &[]).await;
        assert_eq!(refusal(refused).id, "send-back-needs-reason");
        let long = "x".repeat(2001);
        let refused = send_back_shown(&house.ws, &over, &shown("a1", 1), &long, &[]).await;
        assert_eq!(refusal(refused).id, "review-reason-long");
        let asked = ["members.registered".into(), "khong-co".into()];
        let decided = send_back_shown(&house.ws, &over, &shown("a1", 1), "Xem lại số đăng ký", &asked).await;
        assert_eq!(decided.expect("decides").done, 1);
        let mut tx = house.ws.store().read().await.expect("begins");
        let held = tx.returns(&[members_of("a1")]).await.expect("reads");
        let acts = tx.acts_of(held[&members_of("a1")].id).await.expect("reads");
        let Act::SendBack { reason } = &acts[1].act else { panic!("{acts:?}") };
        assert_eq!(
            reason,
            "Xem lại số đăng ký\nChỉ tiêu cần xem lại: Đảng viên đã đăng ký (members.registered)"
        );
        let form = house.district.definitions.data_set("dang-vien").expect("a form");
        let (words, elements) = in_question(reason, form);
        assert_eq!(
            (words.as_str(), elements.as_slice()),
            ("Xem lại số đăng ký", &["members.registered".into()][..])
        );
        assert_eq!(in_question("Vì thế", form), ("Vì thế".to_owned(), Vec::new()));
    })
    .await;
}

#[tokio::test]
async fn a_unit_is_excused_with_a_reason_and_only_from_what_it_owes_and_did_not_send() {
    each_house(async |house| {
        let over = of_xa_a(house);
        assert_eq!(refusal(excuse(&house.ws, &over, &members_of("a1"), "").await).id, "exempt-needs-reason");
        assert_eq!(refusal(excuse(&house.ws, &over, &members_of("xa-a"), "x").await).id, "unit-does-not-owe");
        excuse(&house.ws, &over, &members_of("a1"), "mới thành lập").await.expect("excuses");
        assert_eq!(status(house, "a1").await, Status::Exempt);
        house.send(vec![house.district.members("a2", 9, 10)]).await;
        let refused = excuse(&house.ws, &over, &members_of("a2"), "x").await;
        assert_eq!(refusal(refused).id, "return-already-reported");
    })
    .await;
}

#[tokio::test]
async fn a_deadline_is_extended_only_to_a_later_day_and_for_what_is_in_reach() {
    each_house(async |house| {
        let over = over::<Consolidate>(house, "xa-a", Duty::Consolidator, Reach::Branch("xa-a".into()));
        let (form, period) = ("dang-vien".into(), "nam-1".into());
        let to = async |branch: &str, month, day, reason: &str| {
            let until = jiff::civil::date(2023, month, day);
            extend(&house.ws, &over, (&form, &period), &branch.into(), until, reason).await
        };
        assert_eq!(refusal(to("xa-b", 2, 1, "x").await).id, "unit-out-of-reach");
        assert_eq!(refusal(to("h", 2, 1, "x").await).id, "unit-out-of-reach");
        assert_eq!(refusal(to("xa-a", 2, 1, " ").await).id, "extension-needs-reason");
        assert_eq!(refusal(to("xa-a", 1, 5, "x").await).id, "extension-not-later");
        to("xa-a", 2, 1, "lũ lụt").await.expect("extends");
        assert_eq!(refusal(to("a1", 1, 20, "x").await).id, "extension-not-later");
        // A consolidator of one unit does not extend for those below it.
        let one = super::over::<Consolidate>(house, "xa-a", Duty::Consolidator, Reach::Unit("xa-a".into()));
        let until = jiff::civil::date(2023, 3, 1);
        let refused = extend(&house.ws, &one, (&form, &period), &"xa-a".into(), until, "x").await;
        assert_eq!(refusal(refused).id, "unit-out-of-reach");
        let past = jiff::civil::date(2022, 12, 31);
        let refused = extend(&house.ws, &over, (&form, &period), &"xa-a".into(), past, "x").await;
        assert_eq!(refusal(refused).id, "extension-too-early");
    })
    .await;
}
