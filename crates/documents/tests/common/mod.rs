//! A report of a made-up district, long enough to turn pages. The numbers are synthetic.
#![expect(dead_code, reason = "each test and the benchmark use a part")]

use jiff::civil::{Date, date};
use nhipcau_documents::{
    Binder, Document, Template,
    bind::{
        self, DifferenceRow, DirectiveRow, FigureRow, InitiativeRow, MissingUnit, Shown, UnitRow, UnitTable,
    },
    chart::{Bar, Bars, Chart, CoverageChart},
    template::Form,
};

pub const REPORT: &str = include_str!("report.md");
pub const KEYS: [&str; 5] = [
    "directives.issued",
    "members.registered",
    "members.planned",
    "initiatives.total",
    "sponsorship.children",
];
const COMMUNES: [&str; 15] = [
    "thị trấn Cầu Ngang",
    "thị trấn Mỹ Long",
    "xã Mỹ Long Bắc",
    "xã Mỹ Long Nam",
    "xã Mỹ Hòa",
    "xã Vinh Kim",
    "xã Kim Hòa",
    "xã Hiệp Hòa",
    "xã Thuận Hòa",
    "xã Long Sơn",
    "xã Nhị Trường",
    "xã Trường Thọ",
    "xã Hiệp Mỹ Đông",
    "xã Hiệp Mỹ Tây",
    "xã Thạnh Hòa Sơn",
];

pub struct District {
    pub initiatives: usize,
    pub second_edition: bool,
}

impl Default for District {
    fn default() -> Self {
        Self { initiatives: 12, second_edition: true }
    }
}

impl Binder for District {
    fn figure(&self, key: &str, form: Form) -> Option<Shown> {
        let words = match (key, form) {
            ("directives.issued", Form::Wording) => "08",
            ("members.registered" | "members.planned", Form::Wording) => "trên 98%",
            ("members.registered", Form::Fraction) => "4.712/4.790",
            ("members.registered", Form::Percent) => "98,3%",
            ("members.registered", Form::Coverage) => "246/250",
            ("members.registered", Form::Missing) => "4",
            ("initiatives.total", Form::Value | Form::Wording) => "96",
            ("sponsorship.children", Form::Wording) => return Some(Shown::withheld("(được bảo vệ)")),
            _ => return None,
        };
        Some(Shown::open(words))
    }

    fn figures(&self, keys: &[&str]) -> Option<Vec<FigureRow>> {
        let row = |key: &&str| {
            Some(FigureRow {
                key: (*key).to_owned(),
                name: match *key {
                    "members.registered" => "Đảng viên đăng ký làm theo",
                    "members.planned" => {
                        "Đảng viên có kế hoạch, đã trừ các đồng chí miễn sinh hoạt, miễn công tác"
                    }
                    "initiatives.total" => "Mô hình duy trì hoặc đăng ký mới",
                    _ => "Trẻ em được đỡ đầu",
                }
                .to_owned(),
                wording: self.figure(key, Form::Wording)?,
                fraction: self.figure(key, Form::Fraction),
                coverage: Some("246/250".to_owned()),
                target: (*key == "members.registered").then(|| "95%".to_owned()),
                before: None,
            })
        };
        keys.iter().map(row).collect()
    }

    fn communes(&self, keys: &[&str]) -> Option<UnitTable> {
        let columns = keys.iter().map(|k| {
            let people = k.starts_with("members");
            let (name, unit) =
                if people { ("Đảng viên đăng ký", "người") } else { ("Mô hình", "mô hình") };
            ((*k).to_owned(), name.to_owned(), unit.to_owned())
        });
        let rows = COMMUNES.iter().zip(0_i64..).map(|(name, i)| UnitRow {
            unit: format!("u{i}"),
            name: (*name).to_owned(),
            cells: vec![
                Some(if i == 3 {
                    Shown::withheld(bind::WITHHELD)
                } else {
                    Shown::open(format!("{}/{}", 290 + i, 300 + i))
                }),
                (i != 7).then(|| Shown::open((3 + i % 5).to_string())),
            ],
            total: false,
        });
        let total = UnitRow {
            name: "Toàn huyện".to_owned(),
            cells: vec![Some(Shown::open("4.712/4.790")), Some(Shown::open("96"))],
            total: true,
            ..UnitRow::default()
        };
        let rows = rows.chain([total]).collect();
        Some(UnitTable { unit_title: "Xã, thị trấn".to_owned(), columns: columns.collect(), rows })
    }

    fn communes_chart(&self, _: &str) -> Option<Chart> {
        let bars = COMMUNES.iter().zip(0_i64..).map(|(name, i)| Bar {
            label: (*name).to_owned(),
            text: format!("{},{}%", 90 + i / 2, i % 10),
            length: (i != 3 && i != 7).then_some(900 + i * 5 + i % 10),
            withheld: i == 3,
        });
        let title = "Tỷ lệ đảng viên đăng ký làm theo, theo xã, thị trấn".to_owned();
        Some(Chart::Bars(Bars { title, percent: true, bars: bars.collect() }))
    }

    fn coverage_chart(&self) -> Option<Chart> {
        let day = |n: i64| date(2022, 4, 20).saturating_add(jiff::Span::new().days(n));
        let days: Vec<(Date, u32)> =
            (0..26_i64).map(|n| (day(n), u32::try_from((n * n * 246 / 625).min(246)).unwrap_or(0))).collect();
        let title = "Báo cáo của chi bộ được duyệt theo ngày".to_owned();
        Some(Chart::Coverage(CoverageChart { title, expected: 250, days, deadline: Some(date(2022, 5, 10)) }))
    }

    fn missing(&self) -> Option<Vec<MissingUnit>> {
        let row = |name: &str, under: &str| MissingUnit {
            unit: name.to_owned(),
            name: name.to_owned(),
            under: under.to_owned(),
            form: "Báo cáo chi bộ".to_owned(),
            status: "chưa gửi".to_owned(),
        };
        Some(vec![
            row("Chi bộ ấp Sóc Mới", "xã Long Sơn"),
            row("Chi bộ khóm Minh Thuận A", "thị trấn Cầu Ngang"),
        ])
    }

    fn initiatives(&self) -> Option<Vec<InitiativeRow>> {
        let row = |i: usize| InitiativeRow {
            name: format!("Tổ tiết kiệm hỗ trợ hội viên tham gia BHXH tự nguyện, nhóm {}", i + 1),
            field: ["kinh tế", "văn hóa - xã hội", "an sinh xã hội"][i % 3].to_owned(),
            owner: format!("Hội LHPN {}", COMMUNES[i % COMMUNES.len()]),
            collective: !i.is_multiple_of(3),
            new: i.is_multiple_of(6),
        };
        Some((0..self.initiatives).map(row).collect())
    }

    fn directives(&self) -> Option<Vec<DirectiveRow>> {
        let row = |number: &str, day: Date, subject: &str| DirectiveRow {
            number: number.to_owned(),
            kind: "Kế hoạch".to_owned(),
            issuer: "Ban Thường vụ Huyện ủy".to_owned(),
            issued: day,
            subject: subject.to_owned(),
        };
        Some(vec![
            row("45-KH/HU", date(2021, 7, 5), "thực hiện Kết luận số 01-KL/TW"),
            row("52-KH/HU", date(2021, 12, 1), "chuyên đề toàn khóa & chuyên đề năm <2022>"),
        ])
    }

    fn differences(&self) -> Option<Vec<DifferenceRow>> {
        self.second_edition.then(|| {
            vec![DifferenceRow {
                key: "members.registered".to_owned(),
                name: "Đảng viên đăng ký làm theo".to_owned(),
                before: Shown::open("trên 97%"),
                after: Shown::open("trên 98%"),
                reason: "Chi bộ ấp Sóc Mới gửi bổ sung".to_owned(),
            }]
        })
    }

    fn notice(&self) -> Option<String> {
        Some("Số liệu trong tài liệu này là số liệu mô phỏng, không phải số liệu thật.".to_owned())
    }
}

pub fn template() -> Template {
    Template::parse(REPORT).expect("the sample is a good template")
}

pub fn document() -> Document {
    let mut document =
        bind::bind(&template(), &District::default()).expect("everything in the sample is bound");
    document.banners =
        vec!["Bản này thay thế bản công bố ngày 10/5/2022; nội dung điều chỉnh nêu ở mục II.".to_owned()];
    document
}

/// About six pages.
pub fn long_document() -> Document {
    bind::bind(&template(), &District { initiatives: 36, second_edition: false }).expect("bound")
}
