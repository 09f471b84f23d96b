//! The page of an article.

use nhipcau_writing::{Form, NothingBound, excerpt, plain, reading_minutes, render};

use crate::world::{World, page, problems};

#[test]
fn a_figure_shows_its_wording_and_leads_to_its_explanation() {
    let rendered = page("Có {{ members.registered }} đảng viên, chính xác {{members.registered|percent}}.");
    assert_eq!(
        rendered.html,
        "<p>Có <a class=\"figure\" href=\"/chi-so/members.registered\" rel=\"noopener\">trên 98%</a> đảng viên, \
         chính xác <a class=\"figure\" href=\"/chi-so/members.registered\" rel=\"noopener\">98,3%</a>.</p>\n"
    );
    let uses: Vec<_> = rendered.figures.iter().map(|f| (f.key.as_str(), f.form, f.column)).collect();
    assert_eq!(uses, [("members.registered", Form::Wording, 4), ("members.registered", Form::Percent, 50)]);
    assert_eq!(problems(&rendered), [""; 0]);
    assert_eq!(rendered.text, "Có trên 98% đảng viên, chính xác 98,3%.");
}

#[test]
fn a_bar_inside_braces_splits_no_cell() {
    let rendered = page("| a | b |\n|---|--:|\n| x | {{ members.registered | percent }} |\n");
    assert!(rendered.html.contains("<td class=\"to-end\"><a class=\"figure\""), "{}", rendered.html);
    assert!(rendered.html.contains(">98,3%</a></td>"), "{}", rendered.html);
    assert!(rendered.html.starts_with(
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Bảng số liệu, cuộn ngang để xem hết\">"
    ));
}

#[test]
fn what_is_withheld_says_why() {
    let html = page("{{ members.few }}").html;
    assert!(html.contains("class=\"figure figure-protected\""), "{html}");
    assert!(html.contains("title=\"Số nhỏ, không nêu\" rel=\"noopener\">ít hơn 5</a>"), "{html}");
}

#[test]
fn a_figure_that_there_is_not_is_marked_and_told() {
    let rendered = page(
        "Đoạn đầu.\n\nCó {{ members.no }}, {{ members.registered | fraction }}, {{ members.few | x }}, {{ }}.",
    );
    assert_eq!(
        problems(&rendered),
        [
            "3:4 writing-figure-unknown",
            "3:22 writing-figure-no-form",
            "3:59 writing-figure-form",
            "3:82 writing-figure-key"
        ]
    );
    assert_eq!(rendered.html.matches("<mark class=\"figure-unknown\">").count(), 4);
}

#[test]
fn braces_after_a_backslash_and_in_code_are_words() {
    let rendered = page("Viết \\{{ members.registered }} hoặc `{{ members.registered | percent }}`.");
    assert_eq!(
        rendered.html,
        "<p>Viết {{ members.registered }} hoặc <code>{{ members.registered | percent }}</code>.</p>\n"
    );
    assert!(rendered.figures.is_empty());
}

#[test]
fn headings_begin_at_two_and_skip_no_level() {
    let rendered =
        page("### Kết quả\n\n##### Đảng viên\n\n### Kết quả\n\n# Kết luận {{ members.registered }}");
    let headings: Vec<_> = rendered.headings.iter().map(|h| (h.level, h.id.as_str())).collect();
    assert_eq!(
        headings,
        [(2, "muc-ket-qua"), (3, "muc-dang-vien"), (2, "muc-ket-qua-2"), (2, "muc-ket-luan-tren-98")]
    );
    assert!(rendered.html.contains("<h3 id=\"muc-dang-vien\">Đảng viên</h3>"), "{}", rendered.html);
    assert_eq!(rendered.headings.last().map(|h| h.text.as_str()), Some("Kết luận trên 98%"));
}

#[test]
fn a_picture_alone_is_a_figure_in_all_its_sizes() {
    let rendered = page("![Quang cảnh hội nghị](tep:anh \"Hội nghị sơ kết\")");
    assert_eq!(
        rendered.html,
        "<figure class=\"picture\"><picture>\
         <source type=\"image/webp\" srcset=\"/tep/anh/w320.webp 320w, /tep/anh/w1280.webp 1280w\" \
         sizes=\"(min-width: 46rem) 44rem, 100vw\">\
         <img src=\"/tep/anh/w640.jpeg\" srcset=\"/tep/anh/w320.jpeg 320w, /tep/anh/w640.jpeg 640w\" \
         sizes=\"(min-width: 46rem) 44rem, 100vw\" width=\"1280\" height=\"720\" alt=\"Quang cảnh hội nghị\" \
         loading=\"lazy\" decoding=\"async\"></picture>\
         <figcaption>Hội nghị sơ kết <span class=\"credit\">Ảnh: Văn phòng Huyện ủy</span></figcaption></figure>\n"
    );
    assert_eq!(rendered.pictures, ["anh"]);
    assert_eq!(problems(&rendered), [""; 0]);
}

#[test]
fn a_picture_among_words_stays_in_its_line_and_two_alone_are_two_figures() {
    let inline = page("Xem ![dấu](tep:anh) này.").html;
    assert!(inline.starts_with("<p>Xem <picture>") && !inline.contains("<figure"), "{inline}");
    let two = page("![a](tep:anh)\n![b](tep:anh)").html;
    assert!(two.matches("<figure class=\"picture\">").count() == 2 && !two.contains("<p>"), "{two}");
}

#[test]
fn a_picture_needs_words_and_a_place_on_this_site() {
    let rendered = page(
        "![](tep:anh)\n\n![x](https://example.vn/a.png)\n\n![y](tep:khong)\n\n![z](data:image/png;base64,AA)",
    );
    assert_eq!(
        problems(&rendered),
        [
            "1:1 writing-picture-no-words",
            "3:1 writing-picture-elsewhere",
            "5:1 writing-picture-unknown",
            "7:1 writing-picture-elsewhere"
        ]
    );
    assert!(!rendered.html.contains("example.vn") && !rendered.html.contains("data:"), "{}", rendered.html);
}

#[test]
fn an_attachment_says_its_type_and_size() {
    let rendered = page("Xem [Kết luận số 01](tep:kl01), [](tep:kl01) và [cũ](tep:mat).");
    let link = "<a class=\"attachment\" href=\"/tep/kl01/ket-luan-01.pdf\" rel=\"noopener\">";
    let note = "<span class=\"attachment-note\">(PDF, 1,2 MB)</span></a>";
    assert_eq!(
        rendered.html,
        format!(
            "<p>Xem {link}Kết luận số 01 {note}, {link}Kết luận 01 {note} và cũ \
             <mark class=\"picture-missing\">chưa có tệp</mark>.</p>\n"
        )
    );
    assert_eq!(rendered.attachments, ["kl01"]);
    assert_eq!(problems(&rendered), ["1:49 writing-attachment-unknown"]);
    assert!(render("[x](tep:kl01)", &World, "en").html.contains("(PDF, 1.2 MB)"));
}

#[test]
fn footnotes_lead_there_and_back_in_the_readers_language() {
    let html = page("Theo báo cáo[^1].\n\n[^1]: Báo cáo số 127-BC/HU.").html;
    assert!(html.contains("<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\""), "{html}");
    assert!(html.contains("aria-label=\"Về chỗ dẫn chú thích 1\""), "{html}");
    assert!(html.contains("<section class=\"footnotes\">"), "{html}");
}

#[test]
fn links_are_told_and_only_safe_ones_lead_anywhere() {
    let rendered = page(
        "[a](https://trungương.vn/x) [b](/van-ban) [c](javascript:alert(1)) [d](//x.vn) <a@b.vn> [](/z)",
    );
    let links: Vec<_> = rendered.links.iter().map(|l| l.href.as_str()).collect();
    assert_eq!(links, ["https://trungương.vn/x", "/van-ban", "mailto:a@b.vn", "/z"]);
    assert_eq!(
        problems(&rendered),
        ["1:43 writing-link-refused", "1:68 writing-link-refused", "1:89 writing-link-no-words"]
    );
    assert!(!rendered.html.contains("javascript") && rendered.html.contains(">/z</a>"), "{}", rendered.html);
}

#[test]
fn html_is_shown_as_typed_and_told_once() {
    let rendered = page("A <b>đậm</b> <i>x</i>.\n\n<div onclick=\"x()\">\n\n<!-- ẩn -->\n");
    assert_eq!(problems(&rendered), ["1:3 writing-html-shown"]);
    assert!(rendered.html.contains("&lt;b&gt;đậm&lt;/b&gt;"), "{}", rendered.html);
    assert!(!rendered.html.contains("<div") && !rendered.html.contains("ẩn"), "{}", rendered.html);
}

#[test]
fn an_excerpt_is_cut_at_a_word_and_takes_paragraphs_only() {
    let text = "# Tiêu đề\n\nHội nghị **sơ kết** một năm: có {{ members.registered }} đảng viên.\n\n| a |\n|---|\n| b |\n\nHết.";
    assert_eq!(excerpt(text, &World, 200), "Hội nghị sơ kết một năm: có trên 98% đảng viên. Hết.");
    assert_eq!(excerpt(text, &World, 26), "Hội nghị sơ kết một năm…");
    assert_eq!(excerpt(text, &World, 0), "");
    assert!(plain(text, &NothingBound).contains("có … đảng viên"));
    assert_eq!((reading_minutes(0), reading_minutes(240), reading_minutes(241)), (1, 1, 2));
}

#[test]
fn a_text_too_long_or_too_deep_is_told() {
    assert_eq!(problems(&page(&"a ".repeat(600_000))), ["0:0 writing-too-long"]);
    let deep = page(&format!("{}x", "> ".repeat(5000)));
    assert_eq!(deep.problems.first().map(|p| p.id.as_str()), Some("writing-too-deep"));
    assert!(!deep.html.contains("<blockquote>"));
}
