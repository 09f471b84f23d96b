//! A tiny district: two communes, five cells, one form a year and one a month.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use nhipcau_domain::{
    dataset::{DataSet, Deadline, Roster, WordsField},
    definitions::{Campaign, Definitions, Kind, Office},
    element::{DataElement, Definition, Measure, TimeRule, UnitRule},
    id::{CalendarId, UnitId},
    indicator::{Filter, Formula, Indicator, WordingRule},
    period::{Calendar, Period},
    returns::{Entry, ReturnKey, Submission, Value},
    tree::{Change, TreeEvent},
};

/// A district's setup and tree, with helpers to report in it.
///
/// | unit | kind | under | owes |
/// |---|---|---|---|
/// | `h` | `huyen` | – | – |
/// | `xa-a`, `xa-b` | `xa` | `h` | `phat-thanh`, monthly |
/// | `a1`, `a2`, `a3` | `chi-bo` | `xa-a` | `dang-vien`, yearly |
/// | `b1`, `b2` | `chi-bo` | `xa-b` | `dang-vien`, yearly |
///
/// Periods: `nam-1` (2022) and `nam-2` (2023); `thang-01` to `thang-12` tile 2022. Elements:
/// `members.total` and `members.registered` (stocks, people), `radio.bulletins` (a flow). The
/// indicator `members.registered` is their ratio, "trên 98%" at most; `radio.bulletins` a count.
/// Offices have their unit's name.
#[derive(Debug, Clone)]
pub struct District {
    /// What is set up.
    pub definitions: Definitions,
    /// The tree's record: every unit open from 1 January 2020.
    pub tree: Vec<TreeEvent>,
}

/// The tiny district.
#[must_use]
pub fn district() -> District {
    let units = [
        ("h", "huyen", None, "Huyện Mẫu"),
        ("xa-a", "xa", Some("h"), "Xã An Mẫu"),
        ("xa-b", "xa", Some("h"), "Xã Bình Mẫu"),
        ("a1", "chi-bo", Some("xa-a"), "Chi bộ ấp An 1"),
        ("a2", "chi-bo", Some("xa-a"), "Chi bộ ấp An 2"),
        ("a3", "chi-bo", Some("xa-a"), "Chi bộ Trường An"),
        ("b1", "chi-bo", Some("xa-b"), "Chi bộ ấp Bình 1"),
        ("b2", "chi-bo", Some("xa-b"), "Chi bộ ấp Bình 2"),
    ];
    let tree = units.iter().map(|(unit, kind, parent, name)| TreeEvent {
        on: date(2020, 1, 1),
        change: Change::Open {
            unit: (*unit).into(),
            kind: (*kind).into(),
            parent: parent.map(UnitId::from),
            name: (*name).to_owned(),
            code: None,
        },
    });
    let offices = units.iter().map(|(unit, _, _, name)| Office {
        id: (*unit).into(),
        name: (*name).to_owned(),
        unit: (*unit).into(),
    });
    let kind = |id: &str, name: &str, name_en: &str| Kind {
        id: id.into(),
        name: name.to_owned(),
        name_en: name_en.to_owned(),
    };
    let measure = |id: &str, name: &str, name_en: &str, people| Measure {
        id: id.into(),
        name: name.to_owned(),
        name_en: name_en.to_owned(),
        people,
    };
    let definitions = Definitions {
        campaign: Campaign {
            id: "mau".to_owned(),
            name: "Cuộc vận động mẫu".to_owned(),
            scope: "h".into(),
            office: "h".into(),
            notice: "Số liệu giả lập".to_owned(),
            small_cell_threshold: 5,
        },
        kinds: vec![
            kind("huyen", "Huyện", "District"),
            kind("xa", "Xã", "Commune"),
            kind("chi-bo", "Chi bộ", "Cell"),
        ],
        measures: vec![
            measure("people", "người", "people", true),
            measure("bulletins", "bản tin", "bulletins", false),
        ],
        offices: offices.collect(),
        calendars: calendars(),
        elements: vec![
            element("members.total", "Tổng số đảng viên", "people", TimeRule::Stock, "dang-vien"),
            element("members.registered", "Đảng viên đã đăng ký", "people", TimeRule::Stock, "dang-vien"),
            element("radio.bulletins", "Bản tin đã phát", "bulletins", TimeRule::Flow, "phat-thanh"),
        ],
        data_sets: vec![
            form("dang-vien", "nam", "chi-bo", &["members.total", "members.registered"]),
            form("phat-thanh", "thang", "xa", &["radio.bulletins"]),
        ],
        indicators: indicators(),
        rules: Vec::new(),
        targets: Vec::new(),
        directives: Vec::new(),
        initiatives: Vec::new(),
        exempt_reasons: BTreeMap::from([("moi-thanh-lap".to_owned(), "Mới thành lập".to_owned())]),
        reports: BTreeMap::new(),
    };
    District { definitions, tree: tree.collect() }
}

impl District {
    /// A cell's yearly return for `nam-1`: members registered, of all members.
    #[must_use]
    pub fn members(&self, unit: &str, registered: i64, total: i64) -> Submission {
        let values = [("members.total", total), ("members.registered", registered)];
        self.submission(unit, "dang-vien", "nam-1", &values)
    }

    /// A commune's monthly return for 2022: bulletins broadcast in a month from 1 to 12.
    #[must_use]
    pub fn bulletins(&self, unit: &str, month: u8, bulletins: i64) -> Submission {
        self.submission(unit, "phat-thanh", &format!("thang-{month:02}"), &[("radio.bulletins", bulletins)])
    }

    /// A return with these numbers; elements of the form that are left out are not reported.
    #[must_use]
    pub fn submission(&self, unit: &str, data_set: &str, period: &str, values: &[(&str, i64)]) -> Submission {
        let elements = self.definitions.data_set(data_set).map(|d| d.elements.as_slice()).unwrap_or_default();
        let value =
            |element: &str| values.iter().find(|(e, _)| *e == element).map(|(_, n)| Value::Number(*n));
        let entry = |e: &nhipcau_domain::id::ElementId| Entry {
            element: e.clone(),
            value: value(e).unwrap_or(Value::NotReported),
            cell: None,
        };
        Submission {
            key: ReturnKey { unit: unit.into(), data_set: data_set.into(), period: period.into() },
            entries: elements.iter().map(entry).collect(),
            words: Vec::new(),
            explanation: String::new(),
            origin: nhipcau_domain::returns::Origin::default(),
        }
    }
}

fn calendars() -> Vec<Calendar> {
    let period = |calendar: &str, id: String, name: String, first: Date, last: Date| Period {
        id: id.into(),
        calendar: calendar.into(),
        name,
        first,
        last,
    };
    let years = [(1, 2022), (2, 2023)];
    let year = |(n, year): (u8, i16)| {
        period("nam", format!("nam-{n}"), format!("Năm {year}"), date(year, 1, 1), date(year, 12, 31))
    };
    let month = |m: i8| {
        let first = date(2022, m, 1);
        period("thang", format!("thang-{m:02}"), format!("Tháng {m} năm 2022"), first, first.last_of_month())
    };
    let calendar = |id: &str, name: &str, periods: Vec<Period>, tiles: &[&str]| Calendar {
        id: id.into(),
        name: name.to_owned(),
        periods,
        tiles: tiles.iter().map(|id| CalendarId::from(*id)).collect(),
    };
    vec![
        calendar("nam", "Năm", years.map(year).to_vec(), &[]),
        calendar("thang", "Tháng", (1..=12).map(month).collect(), &["nam"]),
    ]
}

fn element(id: &str, name: &str, measure: &str, time: TimeRule, data_set: &str) -> DataElement {
    DataElement {
        id: id.into(),
        name: name.to_owned(),
        measure: measure.into(),
        time,
        adds: UnitRule::Adds,
        data_set: data_set.into(),
        section: String::new(),
        definitions: vec![Definition { from: date(2020, 1, 1), text: name.to_owned() }],
    }
}

fn form(id: &str, calendar: &str, kind: &str, elements: &[&str]) -> DataSet {
    DataSet {
        id: id.into(),
        name: format!("Biểu mẫu {id}"),
        calendar: calendar.into(),
        roster: Roster { kinds: vec![kind.into()], ..Roster::default() },
        elements: elements.iter().map(|e| (*e).into()).collect(),
        deadlines: vec![Deadline { kind: None, days: 5 }],
        words: vec![WordsField { id: "kho-khan".to_owned(), name: "Khó khăn, vướng mắc".to_owned() }],
        instructions: Vec::new(),
    }
}

fn indicators() -> Vec<Indicator> {
    let registered = Formula::Ratio {
        numerator: vec!["members.registered".into()],
        denominator: vec!["members.total".into()],
        exclusions: None,
    };
    let indicator = |id: &str, name: &str, measure: &str, formula, wording| Indicator {
        id: id.into(),
        name: name.to_owned(),
        definition: name.to_owned(),
        measure: measure.into(),
        formula,
        filter: Filter::default(),
        wording,
        quote: None,
    };
    let over = WordingRule { over: Some(98), ..WordingRule::default() };
    vec![
        indicator("members.registered", "Tỷ lệ đảng viên đăng ký", "people", registered, over),
        indicator(
            "radio.bulletins",
            "Bản tin đã phát",
            "bulletins",
            Formula::Count { of: vec!["radio.bulletins".into()] },
            WordingRule::default(),
        ),
    ]
}
