//! The analysis: figures of the same engine by unit, period and item; missing is not zero; within reach; views.

use jiff::civil::date;
use nhipcau_actions::{
    analysis::{
        Asked, AskedCell, Axis, Cell, Item, Key, Level, Pivot, delete_view, explain, open_view, pivot,
        rename_view, save_view, views,
    },
    powers::See,
};
use nhipcau_domain::{
    element::Definition,
    figure::Status,
    office::{Duty, Reach},
};
use nhipcau_testkit::{District, district};

use crate::{
    review::over,
    support::{House, each_house, each_house_of, refusal},
};

fn sees(house: &House, reach: Reach) -> nhipcau_actions::powers::Over<See> {
    over(house, "kiem-tra", Duty::Auditor, reach)
}

fn of_xa_a() -> Reach {
    Reach::Branch("xa-a".into())
}

async fn reported(house: &House) {
    let d = &house.district;
    let cells = [("a1", 40, 41), ("a2", 37, 39), ("b1", 30, 30)];
    let cells = cells.map(|(unit, n, total)| d.members(unit, n, total));
    let months = [("xa-a", 1, 12), ("xa-a", 2, 3), ("xa-b", 1, 0)];
    let months = months.map(|(unit, month, n)| d.bulletins(unit, month, n));
    house.take(cells.into_iter().chain(months).collect()).await;
}

async fn table(house: &House, reach: Reach, asked: &Asked) -> Pivot {
    pivot(&house.ws, &sees(house, reach), asked, false).await.expect("a table")
}

/// The cell of a line and a column, by their keys' names.
fn cell<'a>(found: &'a Pivot, row: &str, column: &str) -> Option<&'a Cell> {
    let row = found.rows.iter().position(|h| h.key.name() == row).expect(row);
    let column = found.columns.iter().position(|h| h.key.name() == column).expect(column);
    found.cells[row][column].as_ref()
}

fn counted(found: &Pivot, row: &str, column: &str) -> (Option<i64>, Option<i64>) {
    let figure = &cell(found, row, column).expect("a cell").figure;
    (figure.numerator, figure.denominator)
}

fn yearly() -> Asked {
    Asked { period: Some("nam-1".into()), ..Asked::default() }
}

#[tokio::test]
async fn lines_of_units_come_to_the_whole_which_is_the_reports_figure() {
    each_house(async |house| {
        reported(house).await;
        let found = table(house, Reach::All, &yearly()).await;
        let names: Vec<String> = found.rows.iter().map(|r| r.key.name()).collect();
        assert_eq!(names, ["xa-a", "xa-b", ""]);
        assert_eq!(counted(&found, "xa-a", "i.members.registered"), (Some(77), Some(80)));
        assert_eq!(counted(&found, "xa-b", "i.members.registered"), (Some(30), Some(30)));
        assert_eq!(counted(&found, "", "i.members.registered"), (Some(107), Some(110)));
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(107), Some(110)));
        let coverage = cell(&found, "", "i.members.registered").expect("a cell").figure.coverage;
        assert_eq!((coverage.accepted, coverage.expected), (3, 5));
        // A commune's own returns are its line's.
        assert_eq!(counted(&found, "xa-a", "i.radio.bulletins"), (Some(15), None));
        assert_eq!(counted(&found, "xa-b", "i.radio.bulletins"), (Some(0), None), "zero is a number");
    })
    .await;
}

#[tokio::test]
async fn missing_is_not_zero_and_what_is_not_collected_has_no_cell() {
    each_house(async |house| {
        reported(house).await;
        let each = Asked { level: Level::Each, form: Some("dang-vien".into()), ..yearly() };
        let found = table(house, Reach::All, &each).await;
        let silent = &cell(&found, "a3", "e.members.total").expect("is owed").figure;
        assert_eq!((silent.status, silent.numerator, silent.coverage.missing), (Status::Missing, None, 1));
        assert_eq!(counted(&found, "", "e.members.total"), (Some(110), None));
        let by_month = Asked {
            rows: Axis::Item,
            columns: Axis::Period,
            calendar: Some("thang".into()),
            ..Asked::default()
        };
        let found = table(house, Reach::All, &by_month).await;
        assert!(cell(&found, "i.members.registered", "thang-01").is_none(), "the form is a year's");
        assert_eq!(counted(&found, "i.radio.bulletins", "thang-01"), (Some(12), None));
        assert_eq!(counted(&found, "i.radio.bulletins", "thang-03"), (None, None));
    })
    .await;
}

#[tokio::test]
async fn an_office_that_reaches_less_is_told_less_and_that_it_is_less() {
    each_house(async |house| {
        reported(house).await;
        // The view is the whole district's, as another office kept it.
        let whole = Asked { branch: Some("h".into()), level: Level::Each, ..yearly() };
        let found = table(house, of_xa_a(), &whole).await;
        let names: Vec<String> = found.rows.iter().map(|r| r.key.name()).collect();
        assert_eq!(names, ["a1", "a2", "a3", "xa-a", ""]);
        assert_eq!(found.left_out, 3, "two cells and a commune");
        assert_eq!(counted(&found, "", "i.members.registered"), (Some(77), Some(80)), "its own part");
        assert_eq!(cell(&found, "", "i.members.registered").expect("a cell").target, None);
        let of = AskedCell {
            of: whole,
            unit: String::new(),
            period: "nam-1".into(),
            item: Item::Indicator("members.registered".into()),
        };
        let told = explain(&house.ws, &sees(house, of_xa_a()), &of).await.expect("explains");
        let units: Vec<&str> = told.explanation.contributions.iter().map(|c| c.unit.unit.as_str()).collect();
        assert_eq!(units, ["a1", "a2"]);
        let missing: Vec<&str> = told.explanation.missing.iter().map(|m| m.unit.unit.as_str()).collect();
        assert_eq!((missing, told.left_out), (vec!["a3"], 2), "of the form that the figure rests on");
        let hidden = AskedCell { unit: "b1".to_owned(), ..of };
        let refused = explain(&house.ws, &sees(house, of_xa_a()), &hidden).await;
        assert_eq!(refusal(refused).id, "analysis-cell-unknown");
        // Without a branch, it begins where its reach does.
        let own = table(house, of_xa_a(), &yearly()).await;
        assert_eq!((own.asked.branch.as_deref(), own.left_out), (Some("xa-a"), 0));
    })
    .await;
}

#[tokio::test]
async fn a_cell_leads_to_the_returns_that_it_rests_on() {
    each_house(async |house| {
        reported(house).await;
        let item = Item::Element("radio.bulletins".into());
        let of = AskedCell { of: yearly(), unit: "xa-a".to_owned(), period: "nam-1".into(), item };
        let told = explain(&house.ws, &sees(house, Reach::All), &of).await.expect("explains");
        let x = &told.explanation;
        assert_eq!(x.figure.numerator, Some(15));
        assert_eq!(x.contributions.len(), 1);
        assert_eq!(x.contributions[0].returns.len(), 2, "two months");
        assert_eq!(x.missing.len(), 10, "ten months are missing");
    })
    .await;
}

#[tokio::test]
async fn a_definition_that_changed_is_a_break_in_the_series() {
    let mut changed = district();
    let radio = changed.definitions.elements.iter_mut().find(|e| e.id.as_str() == "radio.bulletins");
    radio
        .expect("an element")
        .definitions
        .push(Definition { from: date(2022, 2, 1), text: "mới".to_owned() });
    each_house_of(changed, async |house| {
        reported(house).await;
        let over_time = Asked {
            rows: Axis::Period,
            columns: Axis::Unit,
            item: Some(Item::Indicator("radio.bulletins".into())),
            calendar: Some("thang".into()),
            ..Asked::default()
        };
        let found = table(house, Reach::All, &over_time).await;
        let breaks: Vec<_> = found.breaks.iter().map(|b| (b.period.as_str(), b.from)).collect();
        assert_eq!(breaks, [("thang-02", date(2022, 2, 1))]);
        assert_eq!(counted(&found, "thang-01", "xa-a"), (Some(12), None));
        assert_eq!(counted(&found, "thang-01", ""), (Some(12), None));
    })
    .await;
}

#[tokio::test]
async fn a_rate_is_listed_and_never_added() {
    let mut rated: District = district();
    let element = rated.definitions.elements.iter_mut().find(|e| e.id.as_str() == "members.total");
    element.expect("an element").adds = nhipcau_domain::element::UnitRule::Lists;
    rated.definitions.indicators.retain(|i| i.id.as_str() != "members.registered");
    each_house_of(rated, async |house| {
        reported(house).await;
        let asked = Asked { form: Some("dang-vien".into()), ..yearly() };
        let found = table(house, Reach::All, &asked).await;
        let whole = &cell(&found, "", "e.members.total").expect("a cell").figure;
        assert_eq!((whole.numerator, whole.wording.as_str()), (None, "30–41"));
    })
    .await;
}

#[tokio::test]
async fn a_view_is_kept_for_an_office_and_opened_by_whoever_has_its_link() {
    each_house(async |house| {
        let ours = sees(house, Reach::All);
        let theirs = over::<See>(house, "xa-b", Duty::Reviewer, Reach::Branch("xa-b".into()));
        assert_eq!(refusal(save_view(&house.ws, &ours, "  ", &yearly()).await).id, "view-needs-name");
        let long = Asked { drawn: "x".repeat(3_000), ..yearly() };
        assert_eq!(refusal(save_view(&house.ws, &ours, "Dài", &long).await).id, "view-asks-too-much");
        let asked = Asked { page: 3, ..yearly() };
        let id = save_view(&house.ws, &ours, "Cả năm theo xã", &asked).await.expect("keeps");
        let (view, read) = open_view(&house.ws, &theirs, id).await.expect("opens");
        assert_eq!((view.name.as_str(), read), ("Cả năm theo xã", yearly()));
        assert_eq!(views(&house.ws, theirs.office()).await.expect("reads"), []);
        assert_eq!(refusal(rename_view(&house.ws, &theirs, id, "Của tôi").await).id, "view-unknown");
        assert_eq!(refusal(delete_view(&house.ws, &theirs, id).await).id, "view-unknown");
        rename_view(&house.ws, &ours, id, "Năm 2022").await.expect("renames");
        assert_eq!(views(&house.ws, ours.office()).await.expect("reads")[0].name, "Năm 2022");
        delete_view(&house.ws, &ours, id).await.expect("removes");
        assert_eq!(refusal(open_view(&house.ws, &ours, id).await).id, "view-unknown");
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_for_and_not_there_is_said() {
    each_house(async |house| {
        let refused = async |asked: Asked| {
            refusal(pivot(&house.ws, &sees(house, Reach::All), &asked, false).await.map(|p| p.page)).id
        };
        let item = Item::Element("khong.co".into());
        let with = |asked: Asked| Asked { rows: Axis::Unit, columns: Axis::Period, ..asked };
        assert_eq!(
            refused(with(Asked { item: Some(item), ..Asked::default() })).await,
            "analysis-item-unknown"
        );
        assert_eq!(refused(Asked { branch: Some("x".into()), ..yearly() }).await, "unit-unknown");
        assert_eq!(refused(Asked { columns: Axis::Unit, ..yearly() }).await, "analysis-sides-same");
        assert_eq!(refused(Asked { period: Some("x".into()), ..yearly() }).await, "period-unknown");
        let calendar = Some("x".into());
        assert_eq!(refused(with(Asked { calendar, ..Asked::default() })).await, "analysis-calendar-unknown");
        assert_eq!(refused(Asked { form: Some("x".into()), ..yearly() }).await, "form-unknown");
    })
    .await;
}

#[test]
fn a_key_has_its_name() {
    assert_eq!(Key::Whole.name(), "");
    assert_eq!(Key::Item(Item::Element("a.b".into())).name(), "e.a.b");
}
