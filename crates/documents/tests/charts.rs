//! Charts: what they draw, and what they must not give away.

use jiff::civil::date;
use nhipcau_documents::chart::{Bar, Bars, Chart, CoverageChart};
use proptest::prelude::*;

fn bars(length: Option<i64>, withheld: bool) -> Chart {
    let bar = Bar { label: "xã <Mỹ> & Hòa".into(), text: "98,5%".into(), length, withheld };
    Chart::Bars(Bars { title: "Tỷ lệ".into(), percent: true, bars: vec![bar] })
}

#[test]
fn a_withheld_bar_looks_the_same_whatever_it_hides() {
    let drawn = |n| bars(Some(n), true).svg("vi");
    assert_eq!(drawn(10), drawn(990));
    assert!(drawn(10).contains("được bảo vệ") && !drawn(10).contains("98,5%"));
}

#[test]
fn names_are_escaped_and_the_drawing_is_described() {
    let drawn = bars(Some(985), false).svg("vi");
    insta::assert_snapshot!(drawn);
}

#[test]
fn coverage_is_drawn_and_said() {
    let days = vec![(date(2022, 5, 1), 10), (date(2022, 5, 4), 246)];
    let deadline = Some(date(2022, 5, 10));
    let chart =
        Chart::Coverage(CoverageChart { title: "Độ bao phủ".into(), expected: 250, days, deadline });
    assert_eq!(
        chart.description("vi"),
        "04/5/2022: 246/250 (đã duyệt/phải báo cáo). Hạn báo cáo: 10/5/2022."
    );
    insta::assert_snapshot!(chart.svg("vi"));
}

#[test]
fn a_chart_of_nothing_is_still_a_drawing() {
    for chart in [Chart::Bars(Bars::default()), Chart::Coverage(CoverageChart::default())] {
        assert!(chart.svg("vi").starts_with("<svg ") && chart.svg("en").ends_with("</svg>"));
    }
}

proptest! {
    #[test]
    fn any_counts_are_drawn_within_the_frame(lengths in prop::collection::vec(any::<i64>(), 0..20)) {
        let bars = lengths.iter().map(|n| Bar { label: "x".into(), text: n.to_string(), length: Some(*n), withheld: false });
        let svg = Chart::Bars(Bars { title: String::new(), percent: false, bars: bars.collect() }).svg("vi");
        for width in svg.split("class=\"bar\"").skip(1) {
            let width = width.split("width=\"").nth(1).and_then(|w| w.split('"').next()).unwrap();
            prop_assert!(width.parse::<f64>().unwrap() <= 146.0);
        }
    }
}
