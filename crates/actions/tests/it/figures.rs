//! Figures: exact, with coverage, target and the year before; rates list; units of measure stand.

use jiff::civil::date;
use nhipcau_actions::{
    basis::TreeDay,
    explain::explain,
    figures::{Query, seen},
    powers::{Over, See},
};
use nhipcau_domain::{
    definitions::Target,
    element::{DataElement, Definition, Measure, TimeRule, UnitRule},
    figure::Status,
    indicator::{Filter, Formula, Indicator, WordingRule},
    office::{Acting, Duty, Posting, Reach},
    returns::Value,
    tree::{Change, TreeEvent},
};
use nhipcau_testkit::{District, district};

use crate::support::{each_house, each_house_of, refusal};

fn query(period: &str) -> Query {
    Query { period: period.into(), scope: None, tree: TreeDay::Then }
}

/// The district with a monthly rate of a sponsorship on the cells' form.
fn with_rate() -> District {
    let mut district = district();
    let d = &mut district.definitions;
    d.measures.push(Measure {
        id: "dong-thang".into(),
        name: "đồng/em/tháng".into(),
        name_en: "đồng a month".into(),
        people: false,
    });
    d.elements.push(DataElement {
        id: "sponsorship.rate".into(),
        name: "Mức đỡ đầu".into(),
        measure: "dong-thang".into(),
        time: TimeRule::Stock,
        adds: UnitRule::Lists,
        data_set: "dang-vien".into(),
        section: String::new(),
        definitions: vec![Definition { from: date(2020, 1, 1), text: "Mức hằng tháng".into() }],
    });
    d.data_sets[0].elements.push("sponsorship.rate".into());
    d.indicators.push(Indicator {
        id: "sponsorship.rate".into(),
        name: "Mức đỡ đầu".into(),
        definition: String::new(),
        measure: "dong-thang".into(),
        formula: Formula::Rate { of: "sponsorship.rate".into() },
        filter: Filter::default(),
        wording: WordingRule::default(),
        quote: None,
    });
    district
}

#[tokio::test]
async fn a_share_is_a_sum_over_a_sum_and_strict_at_its_boundary() {
    each_house(async |house| {
        let members = |unit, n, d| house.district.members(unit, n, d);
        house.take(vec![members("a1", 49, 50), members("a2", 48, 50), members("b1", 99, 100)]).await;
        let figure = house.figure("members.registered", "nam-1").await.answer.figure;
        assert_eq!((figure.numerator, figure.denominator), (Some(196), Some(200)));
        assert_eq!(figure.wording, "98%", "exactly 98 is not over 98");
        house.correct(members("b1", 100, 100), "đếm lại").await;
        assert_eq!(house.figure("members.registered", "nam-1").await.answer.figure.wording, "trên 98%");
    })
    .await;
}

#[tokio::test]
async fn missing_is_not_zero_and_zero_is_a_number() {
    each_house(async |house| {
        let mut silent = house.district.members("a1", 5, 10);
        silent.entries[1].value = Value::NotReported;
        house.take(vec![silent, house.district.members("a2", 0, 10)]).await;
        let row = house.figure("members.registered", "nam-1").await;
        assert_eq!((row.answer.figure.numerator, row.answer.figure.denominator), (Some(0), Some(10)));
        let incomplete: Vec<&str> =
            row.answer.incomplete.iter().map(nhipcau_domain::id::UnitId::as_str).collect();
        assert_eq!(incomplete, ["a1"], "half a pair would bend the share");
        assert_eq!(house.figure("radio.bulletins", "nam-1").await.answer.figure.status, Status::Missing);
    })
    .await;
}

#[tokio::test]
async fn months_add_up_to_the_year_that_they_tile_in_whatever_order_they_come() {
    each_house(async |house| {
        for month in [12, 3, 7, 1] {
            house
                .take(vec![
                    house.district.bulletins("xa-a", month, i64::from(month)),
                    house.district.bulletins("xa-b", month, 1),
                ])
                .await;
        }
        assert_eq!(house.value("radio.bulletins", "nam-1").await.0, Some(27));
        assert_eq!(house.value("radio.bulletins", "thang-07").await.0, Some(8));
        let c = house.figure("radio.bulletins", "nam-1").await.answer.figure.coverage;
        assert_eq!((c.expected, c.accepted, c.missing), (24, 8, 16));
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_target_and_the_year_before_stand_beside_a_figure() {
    let mut district = district();
    district.definitions.targets.push(Target {
        indicator: "members.registered".into(),
        period: "nam-2".into(),
        value: 98,
        source: "Kế hoạch số 12-KH/HU".into(),
    });
    each_house_of(district, async |house| {
        let mut next = house.district.members("a1", 29, 30);
        next.key.period = "nam-2".into();
        house.take(vec![house.district.members("a1", 24, 30), next]).await;
        let row = house.figure("members.registered", "nam-2").await;
        assert_eq!(row.target, Some(98));
        let before = row.before.expect("the year before was reported");
        assert_eq!(
            (before.numerator, before.denominator, before.period.as_str()),
            (Some(24), Some(30), "nam-1")
        );
        let first = house.figure("members.registered", "nam-1").await;
        assert_eq!((first.target, first.before), (None, None));
        let part = Query { scope: Some("xa-a".into()), ..query("nam-2") };
        let of_commune = nhipcau_actions::figures::figures(&house.ws, &part).await.expect("figures");
        assert!(of_commune.iter().all(|r| r.target.is_none()), "the target was set for the district");
    })
    .await;
}

#[tokio::test]
async fn a_year_before_is_told_only_to_who_sees_every_unit_that_it_rests_on() {
    let mut district = district();
    // Its cells leave the commune with the year: what it is asked for next rests on nobody.
    let leave = |unit: &str| Change::Move { unit: unit.into(), parent: Some("xa-b".into()) };
    let leave = ["a1", "a2", "a3"].map(leave);
    district.tree.extend(leave.map(|change| TreeEvent { on: date(2023, 1, 1), change }));
    each_house_of(district, async |house| {
        let d = &house.district;
        house.take(vec![d.members("a1", 24, 30), d.members("a2", 20, 30), d.bulletins("xa-a", 12, 7)]).await;
        let asked = Query { scope: Some("xa-a".into()), ..query("nam-2") };
        let before = async |reach: Reach| {
            let postings = vec![Posting { duty: Duty::Auditor, reach }];
            let acting = Acting { office: "xa-a".into(), grants: Vec::new(), postings };
            let over = Over::<See>::held_by(&house.ws, &acting, "").expect("sees");
            let rows = seen(&house.ws, &over, &asked).await.expect("rests on no other unit");
            let numbers = rows.iter().map(|r| r.before.as_ref().and_then(|f| f.numerator));
            numbers.collect::<Vec<Option<i64>>>()
        };
        assert_eq!(before(Reach::Branch("xa-a".into())).await, [Some(44), Some(7)], "under it then");
        assert_eq!(before(Reach::Unit("xa-a".into())).await, [None, Some(7)], "its own, and no cell's");
    })
    .await;
}

#[tokio::test]
async fn rates_are_listed_and_never_added() {
    each_house_of(with_rate(), async |house| {
        let rate = |unit, n| {
            let values = [("members.total", 9), ("members.registered", 9), ("sponsorship.rate", n)];
            house.district.submission(unit, "dang-vien", "nam-1", &values)
        };
        house.take(vec![rate("a1", 600_000), rate("b1", 600_000)]).await;
        let figure = house.figure("sponsorship.rate", "nam-1").await.answer.figure;
        assert_eq!((figure.numerator, figure.wording.as_str()), (Some(600_000), "600.000"));
        house.take(vec![rate("b2", 500_000)]).await;
        let explained = explain(&house.ws, "sponsorship.rate", &query("nam-1")).await.expect("explains");
        assert_eq!(
            (explained.figure.numerator, explained.figure.wording.as_str()),
            (None, "500.000–600.000")
        );
        let listed: Vec<i64> = explained.contributions.iter().map(|c| c.numerator).collect();
        assert_eq!(listed, [600_000, 600_000, 500_000]);
        let mut tx = house.ws.store().read().await.expect("reads");
        let totals = tx.all_totals(&"nam-1".into(), &"dang-vien".into()).await.expect("totals");
        assert!(totals.iter().filter(|t| t.level.as_str() != "chi-bo").all(|t| t.sums.elements[2].sum == 0));
        drop(tx);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn each_figure_says_its_unit_of_measure() {
    each_house_of(with_rate(), async |house| {
        let measures: Vec<(String, String)> = house
            .figures("nam-1")
            .await
            .iter()
            .map(|r| (r.answer.figure.key.to_string(), r.answer.figure.measure.to_string()))
            .collect();
        let wanted = [
            ("members.registered", "people"),
            ("radio.bulletins", "bulletins"),
            ("sponsorship.rate", "dong-thang"),
        ];
        assert_eq!(measures, wanted.map(|(k, m)| (k.to_owned(), m.to_owned())));
    })
    .await;
}

#[tokio::test]
async fn a_figure_is_explained_down_to_the_cell() {
    each_house(async |house| {
        let mut submission = house.district.members("a1", 24, 30);
        submission.origin.file = "a1.xlsx".into();
        submission.entries[0].cell = Some("G12".into());
        submission.entries[1].cell = Some("G13".into());
        house.take(vec![submission, house.district.members("b1", 40, 40)]).await;
        let explained = explain(&house.ws, "members.registered", &query("nam-1")).await.expect("explains");
        let units: Vec<&str> = explained.contributions.iter().map(|c| c.unit.unit.as_str()).collect();
        assert_eq!(units, ["b1", "a1"], "the largest first");
        let source = &explained.contributions[1].returns[0];
        let cells: Vec<&str> = source.entries.iter().filter_map(|e| e.cell.as_deref()).collect();
        assert_eq!((source.origin.file.as_str(), cells), ("a1.xlsx", vec!["G12", "G13"]));
        assert_eq!(explained.contributions[1].unit.path, ["Xã An Mẫu", "Huyện Mẫu"]);
        let missing: Vec<&str> = explained.missing.iter().map(|m| m.unit.unit.as_str()).collect();
        assert_eq!(missing, ["a2", "a3", "b2"]);
        let nearest = refusal(explain(&house.ws, "members.total", &query("nam-1")).await);
        assert_eq!(
            (nearest.id.as_str(), nearest.arg("near")),
            ("figure-unknown", Some(&"members.registered".into()))
        );
    })
    .await;
}
