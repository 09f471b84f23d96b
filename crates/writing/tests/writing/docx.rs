//! Dropping a Word file.

use docx_rs::{Docx, Hyperlink, HyperlinkType, Paragraph, Run, Style, StyleType, Table, TableCell, TableRow};
use nhipcau_writing::{Document, DocxLimits, from_docx};
use proptest::prelude::*;

use crate::{
    package::{docx, part, relations, zip},
    world::page,
};

fn read(bytes: &[u8]) -> Document {
    from_docx(bytes, &DocxLimits::default()).unwrap()
}

fn refusal(bytes: &[u8]) -> String {
    from_docx(bytes, &DocxLimits::default()).unwrap_err().id
}

fn ids(document: &Document) -> Vec<&str> {
    document.problems.iter().map(|p| p.id.as_str()).collect()
}

fn p(inside: &str) -> String {
    format!("<w:p>{inside}</w:p>")
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

#[test]
fn a_text_of_another_program_becomes_an_article() {
    let heading = Style::new("Heading1", StyleType::Paragraph).name("heading 1").bold();
    let title = Style::new("Title", StyleType::Paragraph).name("Title");
    let link = Hyperlink::new("https://example.vn/a?b=1&c=2", HyperlinkType::External);
    let row = |a: &str, b: &str| {
        let cell = |t: &str| TableCell::new().add_paragraph(Paragraph::new().add_run(Run::new().add_text(t)));
        TableRow::new(vec![cell(a), cell(b)])
    };
    let mut out = std::io::Cursor::new(Vec::new());
    Docx::new()
        .add_style(heading)
        .add_style(title)
        .add_paragraph(Paragraph::new().style("Title").add_run(Run::new().add_text("Sơ kết một năm")))
        .add_paragraph(Paragraph::new().style("Heading1").add_run(Run::new().add_text("Kết quả")))
        .add_paragraph(
            Paragraph::new()
                .add_run(Run::new().add_text("Có "))
                .add_run(Run::new().add_text("4.712").bold())
                .add_run(Run::new().add_text(" đảng viên, xem "))
                .add_hyperlink(link.add_run(Run::new().add_text("báo cáo")))
                .add_run(Run::new().add_text(".")),
        )
        .add_table(Table::new(vec![row("Đơn vị", "Số"), row("Mỹ Long", "12")]))
        .build()
        .pack(&mut out)
        .unwrap();
    let document = read(out.get_ref());
    assert_eq!(document.title.as_deref(), Some("Sơ kết một năm"));
    assert_eq!(
        document.markdown,
        "# Kết quả\n\nCó **4.712** đảng viên, xem [báo cáo](https://example.vn/a?b=1&c=2).\n\n\
         | Đơn vị | Số |\n|---|---|\n| Mỹ Long | 12 |\n"
    );
    assert_eq!(page(&document.markdown).problems, []);
}

#[test]
fn lists_show_the_numbers_that_word_shows() {
    let level = |at: u32, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let pattern =
        |id: u32, levels: &str| format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>");
    let list = |id: u32| format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>");
    let numbering = [
        pattern(1, &(level(0, "decimal", "%1.") + &level(1, "bullet", "-") + &level(2, "decimal", "%1.%3)"))),
        pattern(2, &level(0, "upperRoman", "%1.")),
        pattern(3, &level(0, "decimal", "Điều %1.")),
        list(1),
        list(2),
        list(3),
    ];
    let item = |id: u32, at: u32, text: &str| {
        p(&format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"{at}\"/><w:numId w:val=\"{id}\"/></w:numPr></w:pPr>{}",
            r(text)
        ))
    };
    let body = [
        item(2, 0, "Tình hình"),
        item(1, 0, "một"),
        item(1, 1, "trong"),
        item(1, 0, "hai"),
        p(&r("xen")),
        item(1, 0, "ba"),
        item(1, 2, "sâu"),
        item(2, 0, "Kết quả"),
        item(3, 0, "Phạm vi"),
        item(9, 0, "danh sách lạ"),
    ];
    let bytes = docx(&body.concat(), &[("word/numbering.xml", &part("numbering", &numbering.concat()))]);
    assert_eq!(
        read(&bytes).markdown,
        "I. Tình hình\n\n1. một\n   - trong\n2. hai\n\nxen\n\n3. ba\n\n3.1) sâu\n\nII. Kết quả\n\nĐiều 1. Phạm vi\n\ndanh sách lạ\n"
    );
}

#[test]
fn notes_links_fields_and_changes_are_read_in_order() {
    let body = [
        p(&(r("Theo báo cáo")
            + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>"
            + &r("; ")
            + "<w:hyperlink r:id=\"l1\">"
            + &r("trang")
            + "</w:hyperlink>")),
        p(&("<w:ins w:id=\"1\">".to_owned()
            + &r("thêm")
            + "</w:ins><w:del w:id=\"2\"><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:moveFrom>"
            + &r("dời")
            + "</w:moveFrom>")),
        p(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \"https://a.vn/x\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>ngoài</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:br/><w:t>dòng mới</w:t></w:r>",
        ),
        p(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>Mục lục 1</w:t></w:r>",
        ),
        p(&(r("Mục lục 2") + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>")),
        p(
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2</w:t></w:r><w:r><w:rPr><w:b w:val=\"0\"/><w:i/></w:rPr><w:t>nghiêng &amp; &#273;ứng</w:t></w:r>",
        ),
    ];
    let notes = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> Số 127-BC/HU.</w:t></w:r></w:p></w:footnote>";
    let links = relations(&[("l1", "hyperlink", "https://trang.vn", true)]);
    let document = read(&docx(
        &body.concat(),
        &[("word/footnotes.xml", &part("footnotes", notes)), ("word/_rels/document.xml.rels", &links)],
    ));
    assert_eq!(
        document.markdown,
        "Theo báo cáo[^1]; [trang](https://trang.vn)\n\nthêm\n\n[ngoài](https://a.vn/x)\\\ndòng mới\n\n²*nghiêng & đứng*\n\n\
         [^1]: Số 127-BC/HU.\n"
    );
    assert_eq!(ids(&document), ["docx-changes-tracked", "docx-contents-left-out"]);
}

#[test]
fn pictures_come_with_their_words_each_once() {
    let picture = |id: &str, words: &str| {
        p(&format!(
            "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"x\" descr=\"{words}\"/><a:graphic><a:blip r:embed=\"{id}\"/></a:graphic></wp:inline></w:drawing></w:r>"
        ))
    };
    let body = [
        p(&r("Đầu.")),
        picture("p1", "Hội nghị"),
        picture("p2", ""),
        picture("p1", "Lại nó"),
        picture("p3", "thiếu"),
    ];
    let links = relations(&[
        ("p1", "image", "media/image1.png", false),
        ("p2", "image", "/word/media/image2.jpg", false),
        ("p3", "image", "media/none.png", false),
    ]);
    let more = [
        ("word/_rels/document.xml.rels", links.as_str()),
        ("word/media/image1.png", "PNG"),
        ("word/media/image2.jpg", "JPG"),
    ];
    let document = read(&docx(&body.concat(), &more));
    assert_eq!(
        document.markdown,
        "Đầu.\n\n![Hội nghị](docx-picture:0)\n\n![](docx-picture:1)\n\n![Lại nó](docx-picture:0)\n"
    );
    let taken: Vec<_> =
        document.pictures.iter().map(|p| (p.name.as_str(), p.bytes.as_slice(), p.alt.as_str())).collect();
    assert_eq!(taken, [("image1.png", &b"PNG"[..], "Hội nghị"), ("image2.jpg", b"JPG", "")]);
    assert_eq!(ids(&document), ["docx-pictures-left-out"]);
    let placed = document.markdown_with(&[Some("anh".into()), None]);
    assert_eq!(placed, "Đầu.\n\n![Hội nghị](tep:anh)\n\n\n![Lại nó](tep:anh)\n");
    assert_eq!(page(&placed).problems, []);
    // Nobody's words become one of our pictures.
    let trap = read(&docx(&p(&r("![x](docx-picture:0)")), &[]));
    assert_eq!(page(&trap.markdown_with(&[Some("anh".into())])).pictures, [""; 0]);
}

#[test]
fn merged_cells_are_flattened_and_boxes_read_once() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(&r(text)));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val=\"2\"/>", "rộng"),
        cell("<w:vMerge w:val=\"restart\"/>", "cao"),
        cell("", "a"),
        cell("", "b"),
        cell("<w:vMerge/>", "")
    );
    let text_box = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        r("ngoài"),
        p(&r("trong khung")),
        p(&r("trong khung"))
    );
    let document = read(&docx(&(table + &text_box), &[("word/comments.xml", &part("comments", ""))]));
    assert_eq!(document.markdown, "| rộng |  | cao |\n|---|---|---|\n| a | b |  |\n\ntrong khung\n\nngoài\n");
    assert_eq!(ids(&document), ["docx-cells-merged", "docx-comments-left-out"]);
}

#[test]
fn headings_are_known_by_style_and_outline() {
    let styles = "<w:style w:styleId=\"a1\"><w:name w:val=\"heading 2\"/></w:style><w:style w:styleId=\"b\"><w:name w:val=\"Của tôi\"/><w:basedOn w:val=\"a1\"/></w:style><w:style w:styleId=\"c\"><w:name w:val=\"vòng\"/><w:basedOn w:val=\"c\"/></w:style>";
    let of_style = |id: &str, text: &str| p(&format!("<w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr>{}", r(text)));
    let outlined = p(&format!("<w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>{}", r("bậc ba")));
    let body = [
        of_style("c", "mở"),
        of_style("b", "hai"),
        outlined,
        of_style("Heading1", "một"),
        of_style("lạ", "thường"),
    ];
    let document = read(&docx(&body.concat(), &[("word/styles.xml", &part("styles", styles))]));
    assert_eq!(document.title.as_deref(), Some("một"));
    assert_eq!(document.markdown, "mở\n\n## hai\n\n### bậc ba\n\nthường\n");
}

#[test]
fn what_is_no_word_text_is_refused_with_a_sentence_that_helps() {
    assert_eq!(refusal(b""), "docx-not-a-docx");
    assert_eq!(refusal(b"%PDF-1.7"), "docx-is-pdf");
    assert_eq!(refusal(&[0xd0, 0xcf, 0x11, 0xe0, 0]), "docx-is-doc");
    assert_eq!(refusal(b"PK\x03\x04 broken"), "docx-damaged-zip");
    assert_eq!(refusal(&zip(&[("xl/workbook.xml", b"<x/>")])), "docx-not-a-docx");
    assert_eq!(refusal(&zip(&[("../x", b"")])), "docx-unsafe-name");
    let whole = docx(&p(&r("a")), &[]);
    assert_eq!(refusal(&whole[..whole.len() / 2]), "docx-damaged-zip");
    let small = DocxLimits { max_file_bytes: 10, ..DocxLimits::default() };
    assert_eq!(from_docx(&whole, &small).unwrap_err().id, "docx-too-large");
}

#[test]
fn bombs_and_entities_are_refused() {
    let zeros = vec![b' '; 40 << 20];
    assert_eq!(refusal(&zip(&[("word/document.xml", &zeros)])), "docx-bomb");
    let lol = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    assert_eq!(
        refusal(&zip(&[("word/document.xml", format!("{lol}<w:document/>").as_bytes())])),
        "docx-doctype"
    );
    assert_eq!(refusal(&docx(&p(&r("a")), &[("customXml/item1.xml", lol)])), "docx-doctype");
    let deep = "<w:p><w:r>".repeat(100_000);
    assert_eq!(refusal(&docx(&deep, &[])), "docx-too-deep");
    // An entity that only a declaration could explain is left out, not followed.
    assert_eq!(read(&docx(&p(&r("a&xxe;b")), &[])).markdown, "ab\n");
}

#[test]
fn a_long_text_is_cut_and_told() {
    let limits = DocxLimits { max_markdown_bytes: 100, ..DocxLimits::default() };
    let document = from_docx(&docx(&p(&r("mười chữ")).repeat(50), &[]), &limits).unwrap();
    assert!(document.markdown.len() <= 101 && !document.markdown.is_empty());
    assert_eq!(ids(&document), ["docx-cut"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(from_docx(&bytes, &DocxLimits::default()).is_err());
    }

    #[test]
    fn any_body_is_read_or_refused_and_renders(pieces in prop::collection::vec(prop_oneof![
        "</?w:(p|r|t|tbl|tr|tc|hyperlink|pPr|rPr|ins|footnote)>",
        "<w:(b|i|tab|br|numId w:val=\"1\"|ilvl w:val=\"9\"|vMerge|gridSpan w:val=\"99\"|fldChar w:fldCharType=\"begin\")/>",
        Just("<w:p><w:r><w:t>".to_owned()),
        Just("</w:t></w:r></w:p>".to_owned()),
        "[a-z*_#>!\\[\\](){}|`~:. 0-9-]{0,8}",
    ], 0..30), at in 0_usize..400, byte in any::<u8>()) {
        let mut bytes = docx(&pieces.concat(), &[]);
        if let Ok(document) = from_docx(&bytes, &DocxLimits::default()) {
            prop_assert_eq!(&page(&document.markdown).problems, &[], "{}", document.markdown);
        }
        if let Some(b) = bytes.get_mut(at) {
            *b = byte;
        }
        let _ = from_docx(&bytes, &DocxLimits::default());
    }
}
