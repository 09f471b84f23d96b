//! Where histories happen.

use jiff::civil::date;
use nhipcau_domain::{
    checks::Rule,
    definitions::Kind,
    element::{DataElement, Definition, Measure, TimeRule, UnitRule},
    indicator::{Filter, Formula, Indicator, WordingRule},
    problem::Severity,
    tree::{Change, TreeEvent},
};
use nhipcau_testkit::{District, district};

/// The tiny district under a province, with a check and a rate.
pub fn province() -> District {
    let mut district = district();
    for event in &mut district.tree {
        if let Change::Open { parent: parent @ None, .. } = &mut event.change {
            *parent = Some("t".into());
        }
    }
    let root = Change::Open {
        unit: "t".into(),
        kind: "tinh".into(),
        parent: None,
        name: "Tỉnh Mẫu".into(),
        code: None,
    };
    district.tree.insert(0, TreeEvent { on: date(2020, 1, 1), change: root });
    let d = &mut district.definitions;
    d.campaign.scope = "t".into();
    d.kinds.push(Kind { id: "tinh".into(), name: "Tỉnh".into(), name_en: "Province".into() });
    d.measures.push(Measure {
        id: "dong".into(),
        name: "đồng".into(),
        name_en: "đồng".into(),
        people: false,
    });
    d.elements.push(DataElement {
        id: "sponsorship.rate".into(),
        name: "Mức đỡ đầu".into(),
        measure: "dong".into(),
        time: TimeRule::Stock,
        adds: UnitRule::Lists,
        data_set: "dang-vien".into(),
        section: String::new(),
        definitions: vec![Definition { from: date(2020, 1, 1), text: String::new() }],
    });
    d.data_sets[0].elements.push("sponsorship.rate".into());
    d.indicators.push(Indicator {
        id: "sponsorship.rate".into(),
        name: "Mức đỡ đầu".into(),
        definition: String::new(),
        measure: "dong".into(),
        formula: Formula::Rate { of: "sponsorship.rate".into() },
        filter: Filter::default(),
        wording: WordingRule::default(),
        quote: None,
    });
    d.rules.push(Rule {
        id: "n-le-d".into(),
        data_set: "dang-vien".into(),
        kinds: Vec::new(),
        holds: "members.registered <= members.total".into(),
        severity: Severity::Refuse,
        message: "{members.registered} > {members.total}".into(),
        message_en: String::new(),
    });
    district
}
