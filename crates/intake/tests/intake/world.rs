//! A small campaign for tests and benchmarks: one form, two periods, a few units.

use std::collections::BTreeMap;

use jiff::civil::date;
use nhipcau_domain::{
    dataset::{DataSet, Roster, WordsField},
    definitions::{Campaign, Definitions, Kind},
    element::{DataElement, Definition, Measure, TimeRule, UnitRule},
    id::{ElementId, UnitId},
    period::{Calendar, Period},
    returns::{Entry, Origin, ReturnKey, Submission, Value},
    text::fold,
};
use nhipcau_intake::{Limits, Reading, TemplateSheet, UnitInfo, World, read_file, write_workbook};

/// Element ids with their labels; two labels are the same under two headings, as real forms have it.
pub(crate) const ELEMENTS: [(&str, &str, &str); 6] = [
    ("members.total", "Tổng số đảng viên", "I. Đảng viên"),
    ("members.registered", "Số đảng viên đăng ký nêu gương", "I. Đảng viên"),
    ("members.planned", "Số đảng viên có kế hoạch cá nhân", "I. Đảng viên"),
    ("documents.issued", "Số văn bản đã ban hành", "II. Tuyên truyền"),
    ("radio.bulletins", "Số bản tin phát thanh", "II. Tuyên truyền"),
    ("sponsorship.rate", "Mức hỗ trợ mỗi cháu mỗi tháng", "III. An sinh"),
];

/// A world in memory.
pub(crate) struct TestWorld {
    pub(crate) definitions: Definitions,
    pub(crate) units: Vec<UnitInfo>,
}

impl World for TestWorld {
    fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    fn unit(&self, id: &str) -> Option<UnitInfo> {
        self.units.binary_search_by(|u| u.id.as_str().cmp(id)).ok().map(|i| self.units[i].clone())
    }

    fn units_named(&self, folded: &str) -> Vec<UnitInfo> {
        self.units
            .iter()
            .filter(|u| fold(&u.name) == folded || u.code.as_deref() == Some(folded))
            .cloned()
            .collect()
    }
}

fn period(id: &str, name: &str, year: i16) -> Period {
    Period {
        id: id.into(),
        calendar: "nam".into(),
        name: name.into(),
        first: date(year, 5, 19),
        last: date(year + 1, 5, 18),
    }
}

fn unit(id: &str, name: &str, code: Option<&str>) -> UnitInfo {
    UnitInfo { id: id.into(), name: name.into(), kind: "ap".into(), code: code.map(Into::into) }
}

/// A form of these elements.
pub(crate) fn world_of(elements: &[(&str, &str, &str)]) -> TestWorld {
    let data_set = DataSet {
        id: "chi-bo".into(),
        name: "Kết quả học tập và làm theo Bác".into(),
        calendar: "nam".into(),
        roster: Roster { kinds: vec!["ap".into()], ..Roster::default() },
        elements: elements.iter().map(|(id, ..)| ElementId::new(id)).collect(),
        deadlines: Vec::new(),
        words: vec![
            WordsField { id: "difficulties".into(), name: "Khó khăn, vướng mắc".into() },
            WordsField { id: "proposals".into(), name: "Kiến nghị, đề xuất".into() },
        ],
        instructions: vec!["Số liệu lũy kế từ đầu kỳ.".into()],
    };
    let elements = elements.iter().map(|(id, name, section)| DataElement {
        id: (*id).into(),
        name: (*name).into(),
        measure: "people".into(),
        time: TimeRule::Stock,
        adds: UnitRule::Adds,
        data_set: "chi-bo".into(),
        section: (*section).into(),
        definitions: vec![Definition {
            from: date(2021, 1, 1),
            text: "Tính đến ngày cuối kỳ, không tính đảng viên dự bị".into(),
        }],
    });
    let definitions = Definitions {
        campaign: Campaign {
            id: "c".into(),
            name: "Chiến dịch".into(),
            scope: "huyen".into(),
            office: "o".into(),
            notice: String::new(),
            small_cell_threshold: 5,
        },
        kinds: vec![Kind { id: "ap".into(), name: "Chi bộ ấp".into(), name_en: "Hamlet cell".into() }],
        measures: vec![Measure {
            id: "people".into(),
            name: "người".into(),
            name_en: "people".into(),
            people: true,
        }],
        offices: Vec::new(),
        calendars: vec![Calendar {
            id: "nam".into(),
            name: "Năm".into(),
            periods: vec![period("nam-1", "Năm thứ nhất", 2021), period("nam-2", "Năm thứ hai", 2022)],
            tiles: Vec::new(),
        }],
        elements: elements.collect(),
        data_sets: vec![data_set],
        indicators: Vec::new(),
        rules: Vec::new(),
        targets: Vec::new(),
        directives: Vec::new(),
        initiatives: Vec::new(),
        exempt_reasons: BTreeMap::from([("moi".into(), "Đơn vị mới thành lập".into())]),
        reports: BTreeMap::new(),
    };
    let mut units = vec![
        unit("ap-1", "Chi bộ ấp Sóc Cụt", Some("29443")),
        unit("ap-2", "Chi bộ ấp Bào Mốt", Some("29444")),
        unit("ap-3", "Chi bộ ấp Trung Thành", None),
        unit("ap-4", "Chi bộ ấp Trung Thành", None),
    ];
    units.sort_by(|a, b| a.id.cmp(&b.id));
    TestWorld { definitions, units }
}

pub(crate) fn world() -> TestWorld {
    world_of(&ELEMENTS)
}

/// The values 10, 20, 30 … for a unit.
pub(crate) fn filled(world: &TestWorld, unit: &str, period: &str) -> Submission {
    let data_set = &world.definitions.data_sets[0];
    let entries = (1..).zip(&data_set.elements).map(|(n, id)| Entry {
        element: id.clone(),
        value: Value::Number(n * 10),
        cell: None,
    });
    Submission {
        key: ReturnKey { unit: UnitId::new(unit), data_set: data_set.id.clone(), period: period.into() },
        entries: entries.collect(),
        words: vec![("difficulties".into(), "Thiếu kinh phí".into())],
        explanation: "Số liệu đã đối chiếu".into(),
        origin: Origin::default(),
    }
}

/// A workbook with one filled form.
pub(crate) fn template(world: &TestWorld, values: &[Submission]) -> Vec<u8> {
    let sheets: Vec<(UnitInfo, &Submission)> =
        values.iter().map(|s| (world.unit(&s.key.unit).unwrap(), s)).collect();
    let sheets: Vec<TemplateSheet<'_>> = sheets
        .iter()
        .map(|(unit, submission)| TemplateSheet {
            unit,
            data_set: world.definitions.data_set(&submission.key.data_set).unwrap(),
            period: world.definitions.period(&submission.key.period).unwrap(),
            previous: &|_| Some(7),
            values: Some(submission),
        })
        .collect();
    write_workbook(&world.definitions, &sheets, "Số liệu mô phỏng, không phải số liệu thật.").unwrap()
}

/// Reads a file with the usual limits.
pub(crate) fn read(world: &TestWorld, bytes: &[u8]) -> Reading {
    read_file("bao-cao.xlsx", bytes, world, &Limits::default())
}
