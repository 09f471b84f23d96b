//! A sample or more of every page's context, and one test that renders them all.

use askama::Template;
use nhipcau_domain::{
    Date,
    figure::{Coverage, Status},
    returns::Status as ReturnStatus,
};
use nhipcau_messages::Lang;

use crate::{
    page::{Page, Section},
    pages::{
        coverage::{CommitteeCoverage, CoveragePage, FormCoverage},
        edition::{Download, Edition},
        error::ErrorPage,
        figure::{
            ContributionLine, CorrectionView, ElementView, ExcludedLine, ExcludedView, FigurePage, Group,
            SourceLink,
        },
        figures::Figures,
        home::Home,
        reports::{ReportGroup, Reports},
        return_page::{ActLine, EntryRow, OriginView, ReturnPage, WordsRow},
        tree::{Step, TreePage},
        unit::{HistoryLine, OweLine, UnitPage},
    },
    shown::Shown,
    views::{Choice, Difference, EditionLine, FigureLine, MissingLine, NodeView, Part, PeriodView, UnitLink},
};

fn page(lang: Lang, section: Section) -> Page {
    Page {
        lang,
        reviewer: false,
        section,
        campaign: "Học tập và làm theo Bác: một năm, huyện Cầu Ngang".into(),
        notice: "Số liệu từng đơn vị là số liệu giả lập, cộng lại khớp với kết quả đã công bố.".into(),
        here: "/chi-so?ky=nam-1".into(),
        period: Some("nam-1".into()),
        tree: None,
    }
}

fn day(y: i16, m: i8, d: i8) -> Date {
    Date::new(y, m, d).unwrap()
}

fn open(text: &str) -> Shown<String> {
    Shown::Shown(text.to_owned())
}

fn unit(name: &str) -> UnitLink {
    UnitLink { name: name.to_owned(), href: "/don-vi/xa-long-son?ky=nam-1".into() }
}

fn part(n: i64, d: i64) -> Shown<Part> {
    Shown::Shown(Part { n, d: Some(d) })
}

fn period() -> PeriodView {
    PeriodView {
        id: "nam-1".into(),
        name: "Năm thứ nhất".into(),
        first: day(2021, 5, 18),
        last: day(2022, 5, 17),
    }
}

fn choices(labels: &[&str]) -> Vec<Choice> {
    let choice = |(i, label): (usize, &&str)| Choice {
        label: (*label).to_owned(),
        href: "/chi-so?ky=nam-1".into(),
        current: i == 0,
    };
    labels.iter().enumerate().map(choice).collect()
}

fn coverage(expected: u32, accepted: u32, exempt: u32) -> Coverage {
    Coverage { expected, accepted, exempt, reported: accepted, missing: expected - accepted - exempt }
}

fn line(name: &str, wording: &str, measure: &str, part: Option<Shown<Part>>) -> FigureLine {
    FigureLine {
        key: "members.registered".into(),
        name: name.into(),
        href: "/chi-so/members.registered?ky=nam-1".into(),
        status: Status::Measured,
        wording: open(wording),
        measure: measure.into(),
        part,
        coverage: Some(coverage(250, 246, 2)),
        target: Some("95%".into()),
        before: None,
    }
}

fn lines() -> Vec<FigureLine> {
    let registered = "Đảng viên đăng ký mô hình “Trên làm gương mẫu mực, dưới tích cực làm theo”";
    let mut lines = vec![
        line(registered, "trên 98%", "", Some(part(4_982, 5_061))),
        line(
            "Cán bộ, công chức, viên chức, lực lượng vũ trang chưa vào Đảng đăng ký",
            "80%",
            "",
            Some(part(1_264, 1_580)),
        ),
        line("Mô hình duy trì và đăng ký", "96", "mô hình", None),
        line("Chi bộ đã hoàn thành chỉ đạo xây dựng kế hoạch của đảng viên", "246", "chi bộ", None),
        line("Lượt đăng và chia sẻ trên mạng xã hội", "trên 100", "lượt", None),
        line("Trẻ em được đỡ đầu", "", "trẻ em", None),
        line("Lượt truy cập trang thông tin điện tử", "3.342.863", "lượt", None),
        line("Bản tin phát thanh", "", "bản tin", None),
        line("Hội viên đăng ký", "", "", None),
    ];
    lines[3].status = Status::Derived;
    lines[5].wording = Shown::Withheld;
    lines[6].status = Status::Claim;
    lines[6].coverage = None;
    lines[7].status = Status::Missing;
    lines[7].coverage = Some(coverage(2, 0, 0));
    lines[8].status = Status::Unanswerable;
    lines[8].before = Some(open("38,2%"));
    lines
}

fn edition(number: u32, corrected_by: Option<u32>) -> EditionLine {
    EditionLine {
        title: "Báo cáo kết quả một năm thực hiện Kết luận số 01-KL/TW".into(),
        number,
        frozen: day(2022, 5, 30),
        href: format!("/bao-cao/ket-qua/{number}"),
        corrected_by,
    }
}

fn node(name: &str, kind: &str, code: Option<&str>) -> NodeView {
    NodeView { unit: unit(name), kind: kind.into(), code: code.map(str::to_owned) }
}

fn missing() -> Vec<MissingLine> {
    vec![
        MissingLine {
            unit: unit("Chi bộ ấp Sơn Lang"),
            under: "Xã Long Sơn".into(),
            form: String::new(),
            status: ReturnStatus::Expected,
        },
        MissingLine {
            unit: unit("Chi bộ Trường Tiểu học Mỹ Hòa B"),
            under: "Xã Mỹ Hòa".into(),
            form: "Biểu 1".into(),
            status: ReturnStatus::Returned,
        },
    ]
}

fn difference() -> Difference {
    Difference { element: "Đảng viên đã đăng ký".into(), before: open("24"), after: Shown::Withheld }
}

fn home(lang: Lang) -> Home {
    Home {
        page: page(lang, Section::Home),
        period: Some(period()),
        latest: vec![edition(2, None)],
        cards: lines(),
    }
}

fn empty_home(lang: Lang) -> Home {
    Home { cards: Vec::new(), latest: Vec::new(), period: None, ..home(lang) }
}

fn reports(lang: Lang) -> Reports {
    let group =
        ReportGroup { title: edition(1, None).title, editions: vec![edition(2, None), edition(1, Some(2))] };
    Reports { page: page(lang, Section::Reports), reports: vec![group] }
}

fn edition_page(lang: Lang) -> Edition {
    let file = |label: &str| Download {
        label: label.into(),
        size: "(182 KB)".into(),
        href: "/bao-cao/ket-qua/1/tep/pdf".into(),
    };
    Edition {
        page: page(lang, Section::Reports),
        title: edition(1, None).title,
        number: 1,
        frozen: day(2022, 5, 30),
        corrected_by: Some(edition(2, None)),
        corrects: None,
        downloads: vec![file("PDF"), file("Word (DOCX)"), file("Phụ lục minh chứng (XLSX)")],
        body: include_str!("samples/report.html").into(),
    }
}

fn figures(lang: Lang) -> Figures {
    Figures {
        page: page(lang, Section::Figures),
        scope: "Huyện Cầu Ngang".into(),
        period: period(),
        periods: choices(&["Năm thứ nhất", "Năm thứ hai"]),
        rows: lines(),
    }
}

fn group(name: &str) -> Group {
    let source = |label: &str| SourceLink { label: label.into(), href: "/bieu-mau/0197?ky=nam-1".into() };
    let row =
        |name: &str, part| ContributionLine {
            unit: unit(name), part, sources: vec![source("xem báo cáo")]
        };
    Group {
        unit: unit(name),
        anchor: "nhom-1".into(),
        part: Some(part(231, 236)),
        bar: Some(978),
        protected: false,
        rows: vec![
            row("Chi bộ ấp Sơn Lang, xã Long Sơn", part(38, 44)),
            row("Chi bộ Trường Trung học cơ sở Long Sơn", part(31, 36)),
            row("Chi bộ Công an xã Long Sơn", Shown::Withheld),
        ],
    }
}

fn figure(lang: Lang) -> FigurePage {
    FigurePage {
        page: page(lang, Section::Figures),
        line: FigureLine { before: Some(open("97,4%")), ..lines().remove(0) },
        definition: "Tỷ lệ đảng viên đã đăng ký làm gương mẫu, trên tổng số đảng viên.".into(),
        kind_note: "Cộng từ báo cáo đã duyệt của các đơn vị.".into(),
        no_answer: None,
        quote: Some("có trên 98% đảng viên đăng ký".into()),
        claim: None,
        scope: unit("Huyện Cầu Ngang"),
        period: period(),
        periods: choices(&["Năm thứ nhất", "Năm thứ hai"]),
        trees: choices(&["lúc đó (17/5/2022)", "hiện nay"]),
        tree_day: day(2022, 5, 17),
        then_href: "/chi-so/members.registered?ky=nam-1".into(),
        measure: "người".into(),
        numerator: vec!["Đảng viên đã đăng ký".into()],
        denominator: vec!["Tổng số đảng viên".into()],
        excluded: Some(ExcludedView {
            name: "đã trừ các đồng chí miễn sinh hoạt, miễn công tác".into(),
            total: Some(part(61, 84)),
            parts: vec![ExcludedLine { name: "miễn sinh hoạt".into(), part: part(40, 51) }],
        }),
        target_source: "Kế hoạch số 12-KH/HU".into(),
        parts: Vec::new(),
        only_totals: false,
        lists: false,
        shares: true,
        fraction_title: "Số đạt/tổng số".into(),
        contributors: 246,
        groups: vec![
            group("Xã Long Sơn"),
            Group {
                anchor: "nhom-2".into(),
                part: Some(Shown::Withheld),
                bar: None,
                protected: true,
                ..group("Xã Mỹ Hòa")
            },
        ],
        missing: missing(),
        incomplete: vec![unit("Chi bộ Quân sự xã Mỹ Hòa")],
        elements: vec![ElementView {
            name: "Đảng viên đã đăng ký".into(),
            definition: "Số đảng viên có bản đăng ký được chi bộ thông qua.".into(),
            breaks: vec!["01/01/2022".into()],
        }],
        corrections: vec![CorrectionView {
            unit: unit("Chi bộ ấp Sơn Lang"),
            href: "/bieu-mau/0197".into(),
            revision: 2,
            at: "21/5/2022 08:15".into(),
            office: "Đảng ủy xã Long Sơn".into(),
            reason: Shown::Withheld,
            differences: vec![difference()],
        }],
    }
}

fn claim(lang: Lang) -> FigurePage {
    let claim = FigureLine { target: None, ..lines().remove(6) };
    FigurePage {
        line: claim,
        claim: Some("Trang thông tin điện tử Huyện ủy Cầu Ngang".into()),
        excluded: None,
        numerator: Vec::new(),
        denominator: Vec::new(),
        groups: Vec::new(),
        missing: Vec::new(),
        elements: Vec::new(),
        corrections: Vec::new(),
        ..figure(lang)
    }
}

fn unanswerable(lang: Lang) -> FigurePage {
    FigurePage {
        line: lines().remove(8),
        no_answer: Some("Hãy xem theo cây đơn vị lúc đó để có đáp số chính xác.".into()),
        only_totals: true,
        groups: Vec::new(),
        ..figure(lang)
    }
}

fn return_page(lang: Lang) -> ReturnPage {
    let row = |section: &str, element: &str, value, cell: &str| EntryRow {
        section: section.into(),
        element: element.into(),
        value,
        measure: "người".into(),
        cell: Some(cell.into()),
    };
    let act = |what: &str, reason, differences| ActLine {
        what: what.into(),
        at: "20/5/2022 14:05".into(),
        office: "Đảng ủy xã Long Sơn".into(),
        reason,
        differences,
    };
    ReturnPage {
        page: page(lang, Section::None),
        unit: unit("Chi bộ ấp Sơn Lang"),
        above: vec![unit("Huyện Cầu Ngang"), unit("Xã Long Sơn")],
        form: "Biểu 1: Đăng ký và kế hoạch của đảng viên".into(),
        period: period(),
        status: ReturnStatus::Accepted,
        locked: true,
        origin: Some(OriginView {
            file: "bieu-1-chi-bo-ap-son-lang.xlsx".into(),
            sheet: "Biểu 1".into(),
            hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        }),
        revision: 2,
        rows: vec![
            row("Đảng viên", "Tổng số đảng viên", open("44"), "D7"),
            row("", "Đảng viên đã đăng ký", open("38"), "D8"),
            row("Miễn sinh hoạt, miễn công tác", "Miễn sinh hoạt", Shown::Withheld, "D9"),
            row("", "Miễn công tác", open("không báo cáo"), "D10"),
        ],
        words: vec![WordsRow { question: "Khó khăn, kiến nghị".into(), answer: Shown::Withheld }],
        figures: vec![Choice {
            label: lines()[0].name.clone(),
            href: lines()[0].href.clone(),
            current: false,
        }],
        acts: vec![
            act("Duyệt", None, Vec::new()),
            act(
                "Gửi bản điều chỉnh (lần 2)",
                Some(open("Đếm thiếu đảng viên mới chuyển đến")),
                vec![difference()],
            ),
            act("Gửi báo cáo (lần 1)", None, Vec::new()),
        ],
    }
}

fn unit_page(lang: Lang) -> UnitPage {
    let history = |day, what: &str, unit| HistoryLine { day, what: what.into(), unit };
    UnitPage {
        page: page(lang, Section::Tree),
        name: "Xã Long Sơn".into(),
        kind: "Đảng ủy xã, thị trấn".into(),
        code: Some("29443".into()),
        above: vec![unit("Tỉnh Trà Vinh"), unit("Huyện Cầu Ngang")],
        closed: Some("Đơn vị này kết thúc ngày 01/7/2025 và trở thành:".into()),
        successors: vec![unit("Xã Hiệp Mỹ")],
        owes: vec![
            OweLine {
                form: "Biểu 2".into(),
                period: "Năm thứ nhất".into(),
                status: ReturnStatus::Accepted,
                href: Some("/bieu-mau/0197".into()),
            },
            OweLine {
                form: "Biểu 3".into(),
                period: "Năm thứ nhất".into(),
                status: ReturnStatus::Expected,
                href: None,
            },
        ],
        period: period(),
        figures: lines(),
        children: vec![
            node("Chi bộ ấp Sơn Lang", "Chi bộ ấp, khóm", None),
            node("Mẹ đỡ đầu", "Mô hình", None),
        ],
        history: vec![
            history(day(2016, 1, 1), "Thành lập, tên gọi Xã Long Sơn", None),
            history(day(2025, 7, 1), "Sáp nhập vào", Some(unit("Xã Hiệp Mỹ"))),
        ],
    }
}

fn coverage_page(lang: Lang) -> CoveragePage {
    let row = |name: &str, coverage| CommitteeCoverage { unit: unit(name), coverage };
    CoveragePage {
        page: page(lang, Section::Coverage),
        scope: "Huyện Cầu Ngang".into(),
        period: period(),
        periods: choices(&["Năm thứ nhất", "Năm thứ hai"]),
        forms: vec![FormCoverage {
            name: "Biểu 1: Đăng ký và kế hoạch của đảng viên".into(),
            total: coverage(250, 246, 2),
            rows: vec![
                row("Thị trấn Cầu Ngang", coverage(18, 18, 0)),
                row("Xã Long Sơn", coverage(17, 14, 1)),
            ],
            missing: missing(),
        }],
    }
}

fn tree_page(lang: Lang) -> TreePage {
    let open = |name: &str, kind: &str, code, children, unfolded| Step::Open {
        node: node(name, kind, Some(code)),
        children,
        unfolded,
    };
    TreePage {
        page: page(lang, Section::Tree),
        day: day(2021, 5, 18),
        count: 268,
        days: choices(&["18/5/2021", "hôm nay"]),
        action: "/cay-don-vi".into(),
        kept: vec![("ky".into(), "nam-1".into())],
        steps: vec![
            open("Tỉnh Trà Vinh", "Tỉnh ủy", "84", 1, true),
            open("Huyện Cầu Ngang", "Huyện ủy", "848", 2, true),
            open("Thị trấn Cầu Ngang", "Đảng ủy xã, thị trấn", "29416", 1, false),
            Step::Leaf(node("Chi bộ khóm Minh Thuận A, thị trấn Cầu Ngang", "Chi bộ ấp, khóm", None)),
            Step::Close,
            Step::Leaf(node("Chi bộ Khối Đoàn thể huyện", "Chi bộ ngành", None)),
            Step::Close,
            Step::Close,
        ],
    }
}

fn error(lang: Lang) -> ErrorPage {
    let page = page(lang, Section::None);
    let (title, sentence) = (page.t("portal-error-not-found"), page.t("portal-error-not-found-long"));
    ErrorPage { page, status: 404, title, sentence }
}

/// Every page in a language, by name.
fn all(lang: Lang) -> Vec<(&'static str, String)> {
    let mut reviewed = figure(lang);
    reviewed.page.reviewer = true;
    let rendered: Vec<(&'static str, askama::Result<String>)> = vec![
        ("home", home(lang).render()),
        ("home-empty", empty_home(lang).render()),
        ("reports", reports(lang).render()),
        ("edition", edition_page(lang).render()),
        ("figures", figures(lang).render()),
        ("figure", figure(lang).render()),
        ("figure-reviewer", reviewed.render()),
        ("figure-claim", claim(lang).render()),
        ("figure-unanswerable", unanswerable(lang).render()),
        ("return", return_page(lang).render()),
        ("unit", unit_page(lang).render()),
        ("coverage", coverage_page(lang).render()),
        ("tree", tree_page(lang).render()),
        ("error", error(lang).render()),
    ];
    rendered.into_iter().map(|(name, html)| (name, html.unwrap())).collect()
}

#[test]
fn every_page_renders_its_samples_in_both_languages() {
    for lang in [Lang::Vi, Lang::En] {
        for (name, html) in all(lang) {
            assert!(html.contains(&format!("<html lang=\"{}\">", lang.code())), "{name}");
            // A sentence that the catalogue lacks is said by its name.
            let said =
                html.find(">portal-").or_else(|| html.find("\"portal-")).or_else(|| html.find(" portal-"));
            assert!(said.is_none(), "{name}: {}", &html[said.unwrap_or(0)..][..60]);
            assert_eq!(html.matches("<h1").count(), 1, "{name}: one heading of the first level");
            assert_eq!(html.matches("<main").count(), 1, "{name}");
            for forbidden in ["<script", "<style", " style=\"", " onclick", "http://", "https://"] {
                let svg = html.replace("http://www.w3.org/2000/svg", "");
                assert!(!svg.contains(forbidden), "{name} has {forbidden}");
            }
        }
    }
}

/// For looking at: writes the samples and what they are drawn with where the variable says.
#[test]
fn the_samples_can_be_written_out() {
    let Some(folder) = std::env::var_os("NHIPCAU_SAMPLES") else { return };
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(folder.join("giao-dien")).unwrap();
    for asset in [&*crate::assets::STYLE, &*crate::assets::ICON] {
        std::fs::write(folder.join("giao-dien").join(&asset.name), asset.body()).unwrap();
    }
    for lang in [Lang::Vi, Lang::En] {
        for (name, html) in all(lang) {
            std::fs::write(folder.join(format!("{name}-{}.html", lang.code())), html).unwrap();
        }
    }
}

#[test]
fn the_home_page_reads_well() {
    insta::assert_snapshot!(home(Lang::Vi).render().unwrap());
}

#[test]
fn the_page_of_a_figure_reads_well() {
    insta::assert_snapshot!(figure(Lang::Vi).render().unwrap());
}
