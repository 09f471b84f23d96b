//! A report shows every unit of its scope: only an office that reaches all of them has a hand in it.

use jiff::civil::{Date, date};
use nhipcau_actions::{
    powers::{Approve, Consolidate, Over},
    report::{
        self,
        comments::comment,
        desk::{self, Hands},
    },
};
use nhipcau_domain::{
    office::{Acting, Duty, Posting, Reach},
    tree::{Change, TreeEvent},
};

use crate::{
    editions::{REPORT, all_report, edition_of, request, with_report},
    support::{House, each_house_of, refusal},
};

/// The day on which these tests run.
const TODAY: Date = date(2023, 1, 1);
const OUT: &str = "unit-out-of-reach";

fn unit(id: &str) -> Reach {
    Reach::Unit(id.into())
}

fn branch(id: &str) -> Reach {
    Reach::Branch(id.into())
}

/// An office that drafts and approves over these units.
fn office(reaches: &[Reach]) -> Acting {
    let duties = |reach: &Reach| {
        [Duty::Consolidator, Duty::Approver].map(|duty| Posting { duty, reach: reach.clone() })
    };
    Acting {
        office: "van-phong".into(),
        grants: Vec::new(),
        postings: reaches.iter().flat_map(duties).collect(),
    }
}

fn hands(house: &House, reaches: &[Reach]) -> Hands {
    Hands::held_by(&house.ws, &office(reaches), "Lan").expect("drafts and approves something")
}

async fn sees(house: &House, reaches: &[Reach]) -> bool {
    let hands = hands(house, reaches);
    let listed = desk::reports(&house.ws, &hands).await.expect("lists").remove(0).editions.len() == 1;
    match desk::view(&house.ws, &hands, REPORT, 1).await {
        Ok(_) => assert!(listed, "it is shown and not listed"),
        refused => {
            assert_eq!(refusal(refused).id, OUT);
            assert!(!listed, "it is listed and not shown");
        }
    }
    listed
}

#[tokio::test]
async fn who_reaches_the_top_of_a_scope_alone_has_no_hand_in_its_report() {
    each_house_of(with_report(), async |house| {
        all_report(house).await;
        edition_of(house).await;
        let top = [unit("h")];
        let (ws, held, acting) = (&house.ws, hands(house, &top), office(&top));
        assert!(!sees(house, &top).await);
        for format in ["pdf", "annex-raw"] {
            assert_eq!(refusal(desk::document(ws, &held, REPORT, 1, format).await).id, OUT, "{format}");
        }
        assert_eq!(refusal(comment(ws, &held, (REPORT, 1), "x", "?").await).id, OUT);
        assert_eq!(refusal(report::hand_over_by(ws, &held, &acting, (REPORT, 1), None).await).id, OUT);
        let drafts = Over::<Consolidate>::held_by(ws, &acting, "Lan").expect("consolidates");
        assert_eq!(refusal(desk::draft(ws, &drafts, &request()).await).id, OUT);
        let approves = Over::<Approve>::held_by(ws, &acting, "Lan").expect("approves");
        assert_eq!(refusal(desk::approve(ws, &approves, REPORT, 1, "").await).id, OUT);
        assert_eq!(refusal(desk::freeze(ws, &approves, REPORT, 1).await).id, OUT);
        let scan = b"%PDF-1.7".to_vec();
        assert_eq!(refusal(desk::attach(ws, &approves, REPORT, 1, "a.pdf", scan).await).id, OUT);
        // A part beside the top is not all of it; every part is.
        assert!(!sees(house, &[unit("h"), branch("xa-a")]).await);
        assert!(!sees(house, &[branch("xa-a"), branch("xa-b")]).await, "the top is one of them");
        assert!(sees(house, &[unit("h"), branch("xa-a"), branch("xa-b")]).await);
        assert!(sees(house, &[branch("h")]).await);
        assert!(sees(house, &[Reach::All]).await);
    })
    .await;
}

#[tokio::test]
async fn of_a_scope_that_was_split_nobody_has_the_whole_by_one_part() {
    let mut district = with_report();
    let opening = |id: &str| Change::Open {
        unit: id.into(),
        kind: "huyen".into(),
        parent: None,
        name: format!("Huyện {id}"),
        code: None,
    };
    let moving = |id: &str, to: &str| Change::Move { unit: id.into(), parent: Some(to.into()) };
    let split = Change::Split { from: "h".into(), into: vec!["h1".into(), "h2".into()] };
    let changes = [opening("h1"), opening("h2"), moving("xa-a", "h1"), moving("xa-b", "h2"), split];
    district.tree.extend(changes.map(|change| TreeEvent { on: TODAY, change }));
    each_house_of(district, async |house| {
        all_report(house).await;
        edition_of(house).await;
        for part in ["h1", "h2"] {
            assert!(!sees(house, &[unit(part)]).await, "{part}");
            assert!(!sees(house, &[branch(part)]).await, "{part}");
        }
        assert!(sees(house, &[branch("h1"), branch("h2")]).await);
        assert!(sees(house, &[branch("h")]).await, "whose it was");
        assert!(sees(house, &[Reach::All]).await);
    })
    .await;
}
