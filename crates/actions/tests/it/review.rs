//! What a reviewer sees and decides: within reach, as it was shown, and adding up to what is owed.

mod adding_up;
mod deciding;

use nhipcau_actions::{
    powers::{Consolidate, Kind, Over, Review, See},
    review::{Asked, Heading, Remark, Standings, WideAsked, beside, missing, queue, wide, wide_totals},
};
use nhipcau_domain::{
    checks::Rule,
    office::{Acting, Duty, Posting, Reach},
    problem::Severity,
    returns::{ReturnKey, Status, Value},
};
use nhipcau_testkit::{District, district};

use crate::support::{House, each_house, each_house_of, members_of};

/// A power of an office, over a part of the tree.
pub fn over<K: Kind>(house: &House, office: &str, duty: Duty, reach: Reach) -> Over<K> {
    let postings = vec![Posting { duty, reach }];
    let acting = Acting { office: office.into(), grants: Vec::new(), postings };
    Over::held_by(&house.ws, &acting, "Anh Ba").expect("holds it")
}

/// The reviewer of one commune.
pub fn of_xa_a(house: &House) -> Over<Review> {
    over(house, "xa-a", Duty::Reviewer, Reach::Branch("xa-a".into()))
}

/// The consolidator of all.
pub fn of_all(house: &House) -> Over<Review> {
    over(house, "h", Duty::Consolidator, Reach::All)
}

/// The cells' yearly form.
pub fn yearly() -> Asked {
    Asked { data_set: Some("dang-vien".into()), period: Some("nam-1".into()), branch: None }
}

/// A district in which a cell of fewer than three members is to explain itself.
fn with_a_check() -> District {
    let mut district = district();
    district.definitions.rules.push(Rule {
        id: "nho".to_owned(),
        data_set: "dang-vien".into(),
        kinds: Vec::new(),
        holds: "members.total >= 3".to_owned(),
        severity: Severity::Notice,
        message: "Chi bộ chỉ có {members.total} đảng viên.".to_owned(),
        message_en: String::new(),
    });
    district
}

#[tokio::test]
async fn the_queue_begins_with_what_a_check_flags_then_what_was_corrected_then_what_is_new() {
    each_house_of(with_a_check(), async |house| {
        let d = &house.district;
        house.send(vec![d.members("a1", 9, 10), d.members("b1", 1, 2)]).await;
        house.take(vec![d.members("a2", 5, 5)]).await;
        let corrects =
            nhipcau_actions::returns::Mode { reason: "đếm lại".to_owned(), ..Default::default() };
        house.submit(vec![d.members("a2", 6, 6)], corrects).await;
        let found = queue(&house.ws, &of_all(house), &yearly(), None, 1).await.expect("reads");
        let said: Vec<_> = found
            .items
            .iter()
            .map(|i| (i.heading, i.key.unit.as_str(), i.revision, i.findings.len()))
            .collect();
        let expected =
            [(Heading::Flagged, "b1", 1, 1), (Heading::Corrected, "a2", 2, 0), (Heading::New, "a1", 1, 0)];
        assert_eq!(said, expected);
        assert_eq!(found.counts, [1, 1, 1, 0]);
        let standings = Standings { expected: 5, waiting: 3, later: 2, ..Standings::default() };
        assert_eq!(found.standings, standings);
        let only = queue(&house.ws, &of_all(house), &yearly(), Some(Heading::New), 9).await.expect("reads");
        assert_eq!((only.items.len(), only.page, only.pages), (1, 1, 1));
        assert_eq!(found.items[0].branch.as_ref().map(|(id, _)| id.as_str()), Some("xa-b"));
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_of_one_commune_sees_nothing_of_the_other() {
    each_house(async |house| {
        let d = &house.district;
        house.send(["a1", "a2", "b1", "b2"].map(|unit| d.members(unit, 9, 10)).to_vec()).await;
        let over = of_xa_a(house);
        let everything = Asked::default();
        let found = queue(&house.ws, &over, &everything, None, 1).await.expect("reads");
        assert!(found.items.iter().all(|i| !i.key.unit.starts_with('b') && i.key.unit.as_str() != "xa-b"));
        assert_eq!(found.items.iter().filter(|i| i.heading == Heading::New).count(), 2);
        let branches: Vec<_> = found.choices.branches.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(branches, ["xa-a"]);
        let absent = missing(&house.ws, &over, &everything).await.expect("reads");
        let units = absent.branches.iter().flat_map(|b| &b.missing).map(|m| m.key.unit.as_str());
        assert!(units.clone().count() > 0 && units.clone().all(|u| u == "xa-a" || u.starts_with('a')));
        let see = self::over::<See>(house, "xa-a", Duty::Reviewer, Reach::Branch("xa-a".into()));
        let asked = WideAsked { of: yearly(), ..WideAsked::default() };
        let table = wide(&house.ws, &see, &asked, Some(1)).await.expect("reads");
        assert_eq!(table.rows.iter().map(|r| r.key.unit.as_str()).collect::<Vec<_>>(), ["a1", "a2", "a3"]);
        for unit in ["b1", "xa-b", "h", "khong-co"] {
            let out = "unit-out-of-reach";
            let refused = beside(&house.ws, &over, &members_of(unit)).await;
            assert_eq!(crate::support::refusal(refused.map(|_| ())).id, out, "{unit}");
            let of = Asked { branch: Some(unit.into()), ..yearly() };
            let refused = queue(&house.ws, &over, &of, None, 1).await.map(|_| ());
            assert_eq!(crate::support::refusal(refused).id, out, "{unit}");
            let asked = WideAsked { of, ..WideAsked::default() };
            let refused = wide_totals(&house.ws, &see, &asked).await.map(|_| ());
            assert_eq!(crate::support::refusal(refused).id, out, "{unit}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_did_not_come_in_time_is_overdue_and_an_extension_makes_it_wait() {
    each_house(async |house| {
        let of = Asked { data_set: Some("phat-thanh".into()), period: Some("thang-11".into()), branch: None };
        house.send(vec![house.district.bulletins("xa-b", 11, 4)]).await;
        let found = queue(&house.ws, &of_all(house), &of, None, 1).await.expect("reads");
        assert_eq!(found.counts, [0, 0, 1, 1]);
        let late = found.items.last().expect("one is late");
        assert_eq!(
            (late.heading, late.key.unit.as_str(), late.status),
            (Heading::Overdue, "xa-a", Status::Expected)
        );
        let chase = over::<Consolidate>(house, "h", Duty::Consolidator, Reach::All);
        let until = jiff::civil::date(2023, 1, 20);
        let form = ("phat-thanh".into(), "thang-11".into());
        nhipcau_actions::review::extend(
            &house.ws,
            &chase,
            (&form.0, &form.1),
            &"xa-a".into(),
            until,
            "mưa bão",
        )
        .await
        .expect("extends");
        let found = queue(&house.ws, &of_all(house), &of, None, 1).await.expect("reads");
        assert_eq!((found.counts, found.standings.later), ([0, 0, 1, 0], 1));
        let absent = missing(&house.ws, &of_all(house), &of).await.expect("reads");
        let line = &absent.branches[0].missing[0];
        assert_eq!((line.due, line.overdue), (Some(until), false));
    })
    .await;
}

#[tokio::test]
async fn who_is_missing_is_told_by_branch_with_whom_to_call() {
    each_house(async |house| {
        let now = house.ws.now();
        let mut tx = house.ws.store().write().await.expect("begins");
        tx.add_office(&"a2".into(), "Chi bộ ấp An 2", now).await.expect("adds");
        tx.add_holder(house.ws.id(now), &"a2".into(), "Chị Sáu", "0900 000 000", now).await.expect("adds");
        tx.add_office(&"xa-b".into(), "Đảng ủy xã Bình Mẫu", now).await.expect("adds");
        tx.commit().await.expect("commits");
        house.take(vec![house.district.members("a1", 9, 10)]).await;
        let found = missing(&house.ws, &of_all(house), &yearly()).await.expect("reads");
        let told: Vec<_> = found
            .branches
            .iter()
            .map(|b| {
                let units: Vec<_> = b.missing.iter().map(|m| m.key.unit.to_string()).collect();
                (b.branch.as_ref().map(|(id, _)| id.to_string()), b.contact.is_some(), units)
            })
            .collect();
        let id = |id: &str| Some(id.to_owned());
        let names = |of: &[&str]| of.iter().map(|u| (*u).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            told,
            [(id("xa-a"), false, names(&["a2", "a3"])), (id("xa-b"), true, names(&["b1", "b2"]))]
        );
        let sau = found.branches[0].missing[0].contact.as_ref().expect("an office");
        assert_eq!(sau.holders, [("Chị Sáu".to_owned(), "0900 000 000".to_owned())]);
        assert_eq!(found.branches[0].missing[1].contact, None);
    })
    .await;
}

#[tokio::test]
async fn a_return_stands_beside_its_siblings_in_reach_and_the_period_before() {
    each_house(async |house| {
        let d = &house.district;
        let sent = [("a2", 5, 10), ("a3", 7, 12), ("b1", 90, 90), ("b2", 80, 80)];
        house.take(sent[..1].iter().map(|(u, n, t)| d.members(u, *n, *t)).collect()).await;
        house.send(sent[1..].iter().map(|(u, n, t)| d.members(u, *n, *t)).collect()).await;
        house.take(vec![d.members("a1", 40, 40)]).await;
        let next =
            d.submission("a1", "dang-vien", "nam-2", &[("members.total", 400), ("members.registered", 9)]);
        house.send(vec![next]).await;
        let found = beside(&house.ws, &of_xa_a(house), &members_of("a1")).await.expect("reads");
        let total = &found.rows[0];
        // The accepted one and the one that waits; none of the other commune.
        let spread = total.siblings.expect("siblings");
        assert_eq!((spread.units, spread.least, spread.median, spread.most), (2, 10, 10, 12));
        assert_eq!((total.value.clone(), total.remarks.len()), (Some(Value::Number(40)), 0));
        assert_eq!((found.history.len(), found.before.len()), (2, 0));
        assert_eq!(found.next.as_deref(), Some("a3"));
        let key = ReturnKey { period: "nam-2".into(), ..members_of("a1") };
        let found = beside(&house.ws, &of_xa_a(house), &key).await.expect("reads");
        assert_eq!(found.rows[0].before, [Some(Value::Number(40))]);
        assert_eq!(found.rows[0].remarks, [Remark::AbovePrevious(10)]);
        assert_eq!(found.rows[1].remarks, [Remark::BelowPrevious(Some(4))]);
        // What never came is shown as such; what is not owed is not shown.
        let key = ReturnKey { period: "nam-2".into(), ..members_of("a3") };
        let found = beside(&house.ws, &of_xa_a(house), &key).await.expect("reads");
        assert!(found.shown.is_none() && found.return_id.is_none() && found.history.is_empty());
        let key = ReturnKey { data_set: "phat-thanh".into(), period: "thang-01".into(), ..members_of("a1") };
        let refused = beside(&house.ws, &of_xa_a(house), &key).await.map(|_| ());
        assert_eq!(crate::support::refusal(refused).id, "unit-does-not-owe");
    })
    .await;
}

#[tokio::test]
async fn the_wide_table_s_totals_are_those_of_the_figures() {
    each_house(async |house| {
        let d = &house.district;
        house.take(vec![d.members("a1", 9, 10), d.members("b1", 20, 30)]).await;
        house.send(vec![d.members("a2", 3, 4), d.members("b1", 21, 31)]).await;
        let see = over::<See>(house, "h", Duty::Auditor, Reach::All);
        let asked = WideAsked { of: yearly(), ..WideAsked::default() };
        let table = wide(&house.ws, &see, &asked, Some(1)).await.expect("reads");
        let sums: Vec<_> = table.totals.columns.iter().map(|t| (t.sum, t.units)).collect();
        assert_eq!(sums, [(Some(40), 2), (Some(29), 2)]);
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(29), Some(40)));
        assert_eq!(wide_totals(&house.ws, &see, &asked).await.expect("reads"), table.totals);
        let rows: Vec<_> = table
            .rows
            .iter()
            .map(|r| {
                (r.key.unit.as_str(), r.status, r.counts, r.cells[0].value.as_ref().and_then(Value::number))
            })
            .collect();
        let expected = [
            ("a1", Status::Accepted, true, Some(10)),
            ("a2", Status::Submitted, false, Some(4)),
            ("a3", Status::Expected, false, None),
            ("b1", Status::Accepted, true, Some(30)),
            ("b2", Status::Expected, false, None),
        ];
        assert_eq!(rows, expected);
        let only = WideAsked { status: Some(Status::Submitted), ..asked.clone() };
        let table = wide(&house.ws, &see, &only, Some(1)).await.expect("reads");
        assert_eq!((table.rows.len(), table.totals.columns[0].sum), (1, None));
        // The year before, beside the year.
        let later = d.submission("a1", "dang-vien", "nam-2", &[("members.total", 12)]);
        house.take(vec![later]).await;
        let of = Asked { period: Some("nam-2".into()), ..yearly() };
        let asked = WideAsked { of, year_before: true, ..WideAsked::default() };
        let table = wide(&house.ws, &see, &asked, None).await.expect("reads");
        assert_eq!((table.rows[0].cells[0].before, table.totals.columns[0].before), (Some(10), Some(40)));
        assert_eq!(table.totals.columns[0].sum, Some(12));
    })
    .await;
}
