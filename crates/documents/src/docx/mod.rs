//! DOCX with real styles, lists and tables, in the official layouts as far as Word can.
//!
//! Times New Roman by name: every office program brings it or its metric equal.

mod body;
mod head;
mod package;
mod styles;

use docx_rs::{
    AlignmentType, Docx, Header, LineSpacing, LineSpacingType, PageMargin, Paragraph, Run, RunFonts,
};

use crate::{Document, DocumentError};
use body::Writer;

/// The text's face.
const FONT: &str = "Times New Roman";
/// The width of the text on A4 between margins of 30 and 15 mm, in twentieths of a point.
const TEXT_WIDTH: usize = 9354;

/// The document as DOCX. The same document gives the same bytes.
///
/// # Errors
/// [`DocumentError::Docx`] when the package cannot be written, [`DocumentError::Chart`] when a chart
/// cannot be drawn.
pub fn docx(document: &Document) -> Result<Vec<u8>, DocumentError> {
    let front = &document.front;
    let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).east_asia(FONT).cs(FONT);
    // 20, 20, 30 and 15 mm, as both layouts take; the page's number 10 mm from the top.
    let margins = PageMargin::new().top(1134).bottom(1134).left(1701).right(850).header(567).footer(567);
    let mut paper = Docx::new()
        .default_fonts(fonts)
        .default_size(28)
        .page_size(11906, 16838)
        .page_margin(margins)
        .header(Header::new().add_paragraph(
            paragraph(0).style("Header").align(AlignmentType::Center).add_page_num(docx_rs::PageNum::new()),
        ))
        .first_header(Header::new().add_paragraph(paragraph(1).style("Header")));
    for style in styles::styles(front.layout) {
        paper = paper.add_style(style);
    }
    let mut writer = Writer::new(paper, front);
    for banner in &document.banners {
        writer.banner(banner);
    }
    head::head(&mut writer, front);
    writer.blocks(&document.blocks, 0)?;
    if document.is_signed_at_its_end() {
        head::signing(&mut writer, front);
    }
    let (paper, charts) = writer.finish();
    package::pack(paper, front, &charts)
}

/// A paragraph with an id of its own: docx-rs counts a process's paragraphs, and a document's bytes
/// must not depend on what was written before.
fn paragraph(id: usize) -> Paragraph {
    Paragraph::new().id(format!("{:08x}", id + 1))
}

/// A run of plain words, without what XML cannot hold.
fn run(text: &str) -> Run {
    Run::new().add_text(text.chars().filter(|c| !c.is_control()).collect::<String>())
}

/// Lines at an exact distance, in points, with space before and after.
fn exact(points: i32, before: u32, after: u32) -> LineSpacing {
    LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(points * 20)
        .before(before * 20)
        .after(after * 20)
}

/// Lines as high as what is on them.
fn single(before: u32, after: u32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Auto).line(240).before(before * 20).after(after * 20)
}
