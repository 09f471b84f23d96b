//! Pasting from Word, Google Docs and `LibreOffice`.

use nhipcau_writing::{NothingBound, from_word_html, plain};
use proptest::prelude::*;

use crate::world::page;

fn paste(html: &str) -> String {
    from_word_html(html).markdown
}

const WORD: &str = r##"Version:1.0
StartHTML:0000000105
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>
<!-- /* Style Definitions */ p.MsoNormal {mso-style-parent:"";} -->
</style><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='text-align:center'><b><span style='font-size:14.0pt'>I. KẾT QUẢ</span></b><o:p></o:p></h1>
<p class=MsoNormal style='margin-bottom:6.0pt'><span style='font-family:"Times New Roman",serif'>Huyện ủy
<b>Cầu Ngang</b> đã <i style='mso-bidi-font-style:normal'>triển khai</i> Kết luận số 01-KL/TW; diện tích 12
m<sup>2</sup>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Học tập<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span></span><![endif]>Chuyên đề</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>
</span></span><![endif]>Làm theo</p>
<p class=MsoNormal>Hai việc:</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>Một</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span>Hai</p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>a)<span>&nbsp;</span></span>Ý nhỏ</p>
<table class=MsoTableGrid border=1><tr><td colspan=2 valign=top><p class=MsoNormal><b>Đơn vị</b></p></td><td><p>Số | lượng</p></td></tr>
<tr><td><p class=MsoNormal>Xã Mỹ Long Bắc</p><p>(ven biển)</p></td><td><p>x</p></td><td><p>12<o:p></o:p></p></td></tr></table>
<p class=MsoNormal>Xem <a href="https://example.vn/van%20ban"><span class=MsoHyperlink>văn bản</span></a><a style='mso-footnote-id:ftn1'
href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference>[1]</span></a>.<img width=10 src="file:///C:/x.png"></p>
<p class=MsoToc1>Mục lục ... 1</p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
href="#_ftnref1" name="_ftn1">[1]</a> Báo cáo số 127-BC/HU.</p></div></div>
<!--EndFragment--></body></html>"##;

#[test]
fn words_junk_is_gone_and_its_structure_stays() {
    let converted = from_word_html(WORD);
    assert_eq!(
        converted.markdown,
        "# I. KẾT QUẢ\n\n\
         Huyện ủy **Cầu Ngang** đã *triển khai* Kết luận số 01-KL/TW; diện tích 12 m².\n\n\
         - Học tập\n  - Chuyên đề\n- Làm theo\n\n\
         Hai việc:\n\n\
         1. Một\n2. Hai\n\n\
         a) Ý nhỏ\n\n\
         | **Đơn vị** |  | Số \\| lượng |\n|---|---|---|\n| Xã Mỹ Long Bắc (ven biển) | x | 12 |\n\n\
         Xem [văn bản](https://example.vn/van%20ban)[^1].\n\n\
         [^1]: Báo cáo số 127-BC/HU.\n"
    );
    let ids: Vec<_> = converted.problems.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["word-pictures-left-out", "word-cells-merged", "word-contents-left-out"]);
    assert_eq!(page(&converted.markdown).problems, []);
}

#[test]
fn google_docs_lists_and_weights_are_read() {
    let html = r#"<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
        style="font-size:16pt;font-weight:700">Kế hoạch</span></h2><p dir="ltr"><span style="font-weight:700;">Đậm</span><span
        style="font-weight:400;"> thường </span><span style="font-style:italic;">nghiêng</span></p><ul><li dir="ltr"
        aria-level="1"><p dir="ltr" role="presentation"><span>một</span></p></li><ul><li aria-level="2"><p><span>trong</span></p></li></ul><li><p>hai</p></li></ul><ol
        start="3"><li><p>ba</p></li><li><p>bốn</p></li></ol></b><br class="Apple-interchange-newline">"#;
    assert_eq!(
        paste(html),
        "## Kế hoạch\n\n**Đậm** thường *nghiêng*\n\n- một\n  - trong\n- hai\n3. ba\n4. bốn\n"
            .replace("- hai\n3.", "- hai\n\n3.")
    );
}

#[test]
fn libreoffice_with_its_capital_tags_and_anchors_is_read() {
    let html = "<P CLASS=\"western\" ALIGN=JUSTIFY>Dòng một<BR>\ndòng <B>hai</B> <A HREF=\"javascript:x()\">bẫy</A></P>\
                <P>Ghi<A CLASS=\"sdfootnoteanc\" HREF=\"#sdfootnote1sym\"><SUP>1</SUP></A></P>\
                <DIV ID=\"sdfootnote1\"><P><A CLASS=\"sdfootnotesym\" HREF=\"#sdfootnote1anc\">1</A>Chú thích</P></DIV>";
    assert_eq!(paste(html), "Dòng một\\\ndòng **hai** bẫy\n\nGhi[^1]\n\n[^1]: Chú thích\n");
}

#[test]
fn what_looks_like_markdown_stays_words() {
    let html = "<p># không phải đề mục</p><p>1. không phải mục</p><p>- gạch *sao* _gạch_ a_b [x](y) `mã` &lt;b&gt; {{ k }}</p>\
                <p><b>Ghi chú:</b>tiếp</p><p>R&amp;D &amp;amp;</p>";
    let markdown = paste(html);
    let expected = "# không phải đề mục\n1. không phải mục\n- gạch *sao* _gạch_ a_b [x](y) `mã` <b> {{ k }}\nGhi chú:tiếp\nR&D &amp;";
    assert_eq!(plain(&markdown, &NothingBound), expected);
    assert!(markdown.contains("**Ghi chú**:tiếp"), "{markdown}");
    assert_eq!(page(&markdown).problems, []);
}

#[test]
fn deep_and_long_html_comes_to_an_end() {
    for piece in [
        "<div>",
        "<ul><li>",
        "<table><tr><td>",
        "<b>",
        "<p><b><i>",
        "</p>",
        "<a href=x>",
        "<td colspan=9999999>",
    ] {
        let converted = from_word_html(&format!("{}x", piece.repeat(100_000)));
        assert!(page(&converted.markdown).text.ends_with('x'), "{piece}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_html_becomes_markdown_that_renders_without_problems(
        pieces in prop::collection::vec(prop_oneof![
            "</?(p|b|i|ul|ol|li|table|tr|td|h1|h3|span|a|sup|div|blockquote|br|del)>",
            Just("<p style='mso-list:l0 level2 lfo1'>".to_owned()),
            Just("<span style='mso-list:Ignore'>1.</span>".to_owned()),
            Just("<a href='https://a.vn/(x) \"y'>".to_owned()),
            Just("<td rowspan=3>".to_owned()),
            "[a-z*_#>!\\[\\](){}|\\\\`~<&;:. 0-9-]{0,8}",
            "\\PC{0,6}",
        ], 0..25)
    ) {
        let converted = from_word_html(&pieces.concat());
        let rendered = page(&converted.markdown);
        prop_assert_eq!(&rendered.problems, &[], "{}", converted.markdown);
    }
}
