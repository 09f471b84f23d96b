//! Every format: the same document gives the same bytes, and what is in them can be read back.

mod common;

use std::{
    io::{Cursor, Read, Write},
    process::{Command, Stdio},
};

use calamine::{Data, Reader, Xlsx};
use nhipcau_documents::{
    annex::{self, Annex, ContributionLine, Count, FigureLine, MissingLine},
    front::Layout,
    model::Reference,
};

/// What another program makes of bytes on its standard input; none where it is not installed.
fn through(program: &str, arguments: &[&str], input: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().ok()?;
    std::fs::write(file.path(), input).ok()?;
    let mut command = Command::new(program);
    let child =
        command.args(arguments).arg(file.path()).arg("-").stdout(Stdio::piped()).stderr(Stdio::null());
    let out = child.output().ok().filter(|o| o.status.success());
    if out.is_none() {
        writeln!(std::io::stderr(), "skipped: {program} is not installed").ok()?;
    }
    Some(String::from_utf8_lossy(&out?.stdout).into_owned())
}

#[test]
fn a_pdf_is_the_same_twice_archival_tagged_and_reads_as_text() {
    let document = common::document();
    let pdf = nhipcau_documents::pdf(&document).unwrap();
    assert_eq!(pdf, nhipcau_documents::pdf(&document).unwrap());
    let raw = String::from_utf8_lossy(&pdf);
    assert!(raw.contains("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"));
    assert!(raw.contains("<pdfuaid:part>1</pdfuaid:part>"));
    assert!(raw.contains("<xmpTPg:NPages>5</xmpTPg:NPages>"));
    if let Some(text) = through("pdftotext", &["-layout"], &pdf) {
        let first = text.split('\u{c}').next().unwrap();
        let head: Vec<&str> = first.lines().map(str::trim).filter(|l| !l.is_empty()).take(8).collect();
        insta::assert_snapshot!(head.join("\n"));
        assert!(text.contains("nuôi cua đinh thương phẩm"));
        assert!(!first.lines().any(|l| l.trim() == "1"), "the first page has no number");
        let second = text.split('\u{c}').nth(1).unwrap();
        assert_eq!(second.lines().map(str::trim).find(|l| !l.is_empty()), Some("2"));
    }
}

/// Of a word's first place: left edge, top, right edge, in points.
fn place(boxes: &str, word: &str) -> [f64; 3] {
    let line = boxes.lines().find(|l| l.ends_with(&format!(">{word}</word>"))).unwrap();
    let value = |name: &str| line.split(name).nth(1).unwrap().split('"').nth(1).unwrap().parse().unwrap();
    [value("xMin="), value("yMin="), value("xMax=")]
}

#[test]
fn the_party_layout_is_kept_to_the_millimetre() {
    let pdf = nhipcau_documents::pdf(&common::document()).unwrap();
    let Some(boxes) = through("pdftotext", &["-bbox", "-f", "1", "-l", "1"], &pdf) else { return };
    let boxes = boxes.split(">như</word>").next().unwrap().rsplit(">thật.</word>").next().unwrap();
    let millimetre = 72.0 / 25.4;
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 0.1, "{found} for {expected}");
    let [first, top, _] = place(boxes, "Thực");
    let [second, below, _] = place(boxes, "thực");
    near(second, 30.0 * millimetre);
    near(first - second, 10.0 * millimetre);
    near(below - top, 20.0);
    near(place(boxes, "tục")[2], (210.0 - 15.0) * millimetre);
}

#[test]
fn the_administrative_layout_and_a_draft_render_too() {
    let mut document = common::document();
    document.front.layout = Layout::Administrative;
    document.front.date = None;
    document.front.number = "/BC-UBND".into();
    document.blocks.truncate(2);
    // No bundled font draws this letter: the reader gets the document all the same.
    document.blocks.push(nhipcau_documents::model::Block::paragraph("xóm \u{1f3e0}"));
    let pdf = nhipcau_documents::pdf(&document).unwrap();
    if let Some(text) = through("pdftotext", &["-layout"], &pdf) {
        assert!(text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
        assert!(text.contains("Độc lập - Tự do - Hạnh phúc"));
        assert!(text.contains("Nơi nhận:"));
    }
}

#[test]
fn annexes_follow_the_signature_where_the_report_says_so() {
    use nhipcau_documents::model::Block;
    for layout in [Layout::Party, Layout::Administrative] {
        let mut document = common::document();
        document.front.layout = layout;
        document.front.signing.name = "Trần Mẫu".into();
        let annex = Block::paragraph("Bảng kê kèm theo");
        document.blocks = vec![Block::paragraph("Thân bài"), Block::Signature, Block::PageBreak, annex];
        let in_order = |text: &str| {
            let at = |words: &str| {
                assert_eq!(text.matches(words).count(), 1, "{words} in {text}");
                text.find(words).unwrap()
            };
            assert!(at("Thân bài") < at("Nơi nhận"));
            assert!(at("Nơi nhận") < at("Bảng kê kèm theo"));
            assert!(at("Trần Mẫu") < at("Bảng kê kèm theo"));
        };
        in_order(&nhipcau_documents::html(&document, &|_| None));
        in_order(&part(&nhipcau_documents::docx(&document).unwrap(), "word/document.xml"));
        let pieces = nhipcau_documents::html::pieces(&document, &|_| None);
        assert!(pieces.foot.is_empty() && pieces.blocks[1].contains("Trần Mẫu"));
        let pdf = nhipcau_documents::pdf(&document).unwrap();
        if let Some(text) = through("pdftotext", &["-layout"], &pdf) {
            in_order(&text);
            assert!(
                text.split('\u{c}').next().unwrap().contains("Trần Mẫu"),
                "signed before the annex's page"
            );
        }
    }
}

#[test]
fn no_signature_stands_alone_on_a_page() {
    use nhipcau_documents::model::Block;
    let item = |n: usize| vec![Block::paragraph(&format!("Nhiệm vụ số {n}"))];
    for lines in 20..45 {
        let mut document = common::document();
        document.front.signing.name = "Trần Mẫu".into();
        document.blocks =
            vec![Block::List { ordered: true, start: 1, items: (1..=lines).map(item).collect() }];
        let pdf = nhipcau_documents::pdf(&document).unwrap();
        let Some(text) = through("pdftotext", &["-layout"], &pdf) else { return };
        let signed = text.split('\u{c}').find(|page| page.contains("Trần Mẫu")).unwrap();
        assert!(signed.contains(&format!("{lines}. Nhiệm vụ số {lines}")), "{lines}: {signed}");
    }
}

#[test]
fn words_of_a_report_are_never_code() {
    let mut document = common::document();
    let hostile = "#panic() $x$ *a* _b_ @c <d> \\ \"e\" [f] `g` // h #read(\"/etc/passwd\")";
    document.blocks = vec![nhipcau_documents::model::Block::paragraph(hostile)];
    document.front.subject = hostile.into();
    let pdf = nhipcau_documents::pdf(&document).unwrap();
    if let Some(text) = through("pdftotext", &["-raw"], &pdf) {
        assert!(text.contains("#panic() $x$ *a* _b_ @c <d>"), "{text}");
    }
    let page = nhipcau_documents::html(&document, &|_| None);
    assert!(page.contains("&lt;d&gt;") && !page.contains("<d>"));
    let docx = nhipcau_documents::docx(&document).unwrap();
    assert!(part(&docx, "word/document.xml").contains("&lt;d&gt;"));
}

fn is(name: &str, extension: &str) -> bool {
    name.rsplit('.').next() == Some(extension)
}

fn part(docx: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_docx_is_the_same_twice_well_formed_with_real_styles() {
    let document = common::document();
    let docx = nhipcau_documents::docx(&document).unwrap();
    // Another document in between: what was written before must not show.
    nhipcau_documents::docx(&common::long_document()).unwrap();
    assert_eq!(docx, nhipcau_documents::docx(&document).unwrap());
    let mut package = zip::ZipArchive::new(Cursor::new(&docx)).unwrap();
    let names: Vec<String> = package.file_names().map(|n| n.unwrap().into_owned()).collect();
    for name in names.iter().filter(|n| is(n, "xml") || is(n, "rels")) {
        let mut text = String::new();
        package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        while !matches!(
            reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")),
            quick_xml::events::Event::Eof
        ) {}
    }
    assert_eq!(names.iter().filter(|n| is(n, "png")).count(), 2);
    let text = part(&docx, "word/document.xml");
    let styles = part(&docx, "word/styles.xml");
    for style in
        ["Title", "Subtitle", "BodyText", "Heading1", "Heading2", "ListParagraph", "TableText", "TableHead"]
    {
        assert!(text.contains(&format!("<w:pStyle w:val=\"{style}\"")), "{style} is used");
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style} is defined");
    }
    assert!(text.contains("<w:tblHeader />") && text.contains("<w:numPr>") && text.contains("<w:titlePg"));
    assert!(text.contains("descr=\"Tỷ lệ đảng viên"));
    assert!(styles.contains("w:val=\"vi-VN\"") && styles.contains("Times New Roman"));
    assert!(part(&docx, "docProps/core.xml").contains("2022-05-18T00:00:00Z"));
}

#[test]
fn the_page_is_semantic_and_every_number_leads_on() {
    let href = |about: &Reference| {
        Some(match about {
            Reference::Figure { key } => format!("/figures/{key}?period=nam-1"),
            Reference::FigureAt { key, unit } => format!("/figures/{key}?unit={unit}"),
            Reference::Unit { unit } => format!("/units/{unit}"),
        })
    };
    let page = nhipcau_documents::html(&common::document(), &href);
    assert_eq!(page, nhipcau_documents::html(&common::document(), &href));
    assert!(!page.contains("style=") && !page.contains("<script"));
    assert!(page.contains(">–</td>") && !page.contains(">–</a>"), "a missing number leads nowhere");
    let mut reader = quick_xml::Reader::from_str(&page);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    insta::assert_snapshot!(page);
}

fn evidence() -> Annex {
    let day = jiff::civil::date(2022, 5, 18);
    Annex {
        title: "Phụ lục số liệu, bản 1".into(),
        notice: "Số liệu mô phỏng.".into(),
        author: "HUYỆN ỦY CẦU NGANG".into(),
        date: day,
        figures: vec![FigureLine {
            key: "members.registered".into(),
            name: "Đảng viên đăng ký làm theo".into(),
            wording: "trên 98%".into(),
            numerator: Count::Number(4712),
            denominator: Count::Number(4790),
            as_of: day,
            tree: day,
            expected: 250,
            accepted: 246,
            missing: 4,
            ..FigureLine::default()
        }],
        contributions: vec![
            ContributionLine {
                figure: "members.registered".into(),
                unit: "u1".into(),
                unit_name: "=Chi bộ ấp 1".into(),
                numerator: Count::Number(i64::MAX),
                denominator: Count::Withheld,
                revision: 2,
                ..ContributionLine::default()
            };
            2
        ],
        missing: vec![MissingLine { unit: "u2".into(), ..MissingLine::default() }],
        ..Annex::default()
    }
}

#[test]
fn the_annex_is_the_same_twice_and_reads_back() {
    let bytes = annex::annex(&evidence()).unwrap();
    assert_eq!(bytes, annex::annex(&evidence()).unwrap());
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes)).unwrap();
    assert_eq!(book.sheet_names(), annex::sheets(nhipcau_documents::Speech::of("vi")));
    let cell = |book: &mut Xlsx<_>, sheet: &str, at: (u32, u32)| {
        book.worksheet_range(sheet).unwrap().get_value(at).cloned().unwrap_or(Data::Empty)
    };
    assert_eq!(cell(&mut book, "Chỉ số", (0, 0)), Data::String("Phụ lục số liệu, bản 1".into()));
    assert_eq!(cell(&mut book, "Chỉ số", (1, 0)), Data::String("Số liệu mô phỏng.".into()));
    assert_eq!(cell(&mut book, "Chỉ số", (3, 3)), Data::Float(4712.0));
    assert_eq!(cell(&mut book, "Đơn vị góp số", (4, 5)), Data::String("được bảo vệ".into()));
    // Too large to be kept exactly as a number, and no formula although it begins as one.
    assert_eq!(cell(&mut book, "Đơn vị góp số", (3, 4)), Data::String(i64::MAX.to_string()));
    assert_eq!(cell(&mut book, "Đơn vị góp số", (3, 2)), Data::String("=Chi bộ ấp 1".into()));
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"));
    assert!(sheet.contains("location=\"'Đơn vị góp số'!A4\""));
    assert!(part(&bytes, "xl/worksheets/sheet2.xml").contains("location=\"'Chỉ số'!A4\""));
    assert!(part(&bytes, "docProps/core.xml").contains("2022-05-18T00:00:00Z"));
}

#[test]
fn an_english_report_says_its_own_words_days_and_numbers_in_english() {
    let source = common::REPORT.replace("language = \"vi\"", "language = \"en\"");
    let template = nhipcau_documents::Template::parse(&source).unwrap();
    let document = nhipcau_documents::bind(&template, &common::District::default()).unwrap();
    let page = nhipcau_documents::html(&document, &|_| None);
    for said in [
        "COMMUNIST PARTY OF VIET NAM",
        "No. 127-BC/HU",
        "Cầu Ngang, 18 May 2022",
        "Recipients:",
        "5 July 2021",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    for left in
        ["ĐẢNG CỘNG SẢN", "Nơi nhận", "Số, ký hiệu", "Số đạt/tổng số", "Hạn báo cáo", "được bảo vệ: số nhỏ"]
    {
        assert!(!page.contains(left), "{left}: {page}");
    }
    let english = Annex { language: "en".into(), ..evidence() };
    let book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(annex::annex(&english).unwrap())).unwrap();
    assert_eq!(book.sheet_names()[..2], ["Figures", "Contributions"]);
}

#[test]
fn a_mark_for_a_withheld_number_has_words_for_who_listens() {
    let page = nhipcau_documents::html(&common::document(), &|_| None);
    let mark = "<span aria-hidden=\"true\">•</span><span class=\"for-ears\">được bảo vệ: số nhỏ</span>";
    assert!(page.contains(mark), "{page}");
    assert_eq!(page.matches('•').count(), page.matches(mark).count());
}

#[test]
fn an_empty_annex_and_an_empty_document_are_written_too() {
    let empty = nhipcau_documents::Document::default();
    assert!(nhipcau_documents::pdf(&empty).unwrap().starts_with(b"%PDF"));
    assert!(!nhipcau_documents::docx(&empty).unwrap().is_empty());
    assert!(nhipcau_documents::html(&empty, &|_| None).contains("<article"));
    assert!(!annex::annex(&Annex::default()).unwrap().is_empty());
}
