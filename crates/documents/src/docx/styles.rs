//! The styles: what a person sees in Word's list and may change in one place.

use docx_rs::{
    AlignmentType, BorderType, ParagraphBorder, ParagraphBorderPosition, RunFonts, SpecialIndentType, Style,
    StyleType, TableBorder, TableBorderPosition, TableBorders, TableCellMargins,
};

use super::{FONT, exact, single};
use crate::front::Layout;

/// 10 mm, in twentieths of a point.
const FIRST_LINE: i32 = 567;

fn style(id: &str, name: &str) -> Style {
    let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).east_asia(FONT).cs(FONT);
    Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").fonts(fonts)
}

/// All styles of a layout.
pub(super) fn styles(layout: Layout) -> Vec<Style> {
    // Sizes are in half points: kind 15–16 and subject 14–15 for the Party, both 13–14 for the administration.
    let (kind, subject) = match layout {
        Layout::Party => (32, 30),
        Layout::Administrative => (28, 28),
    };
    let first_line = Some(SpecialIndentType::FirstLine(FIRST_LINE));
    let heading = |level: usize, name: &str| {
        let id = format!("Heading{level}");
        let mut style = style(&id, name).size(28).line_spacing(exact(20, 9, 6)).outline_lvl(level - 1);
        style.paragraph_property =
            style.paragraph_property.keep_next(true).indent(None, first_line, None, None);
        style.next("BodyText").q_format(true)
    };
    let mut notice =
        style("Notice", "Notice").size(24).line_spacing(single(6, 10)).align(AlignmentType::Left);
    for side in [
        ParagraphBorderPosition::Top,
        ParagraphBorderPosition::Bottom,
        ParagraphBorderPosition::Left,
        ParagraphBorderPosition::Right,
    ] {
        let border = ParagraphBorder::new(side).val(BorderType::Single).size(6).space(6).color("595959");
        notice.paragraph_property = notice.paragraph_property.set_border(border);
    }
    // Borders stand outside the text: set in, they keep to the margins.
    notice.paragraph_property = notice.paragraph_property.indent(Some(130), None, Some(130), None);
    let mut caption = style("Caption", "caption").size(26).bold().align(AlignmentType::Center);
    caption.paragraph_property = caption.paragraph_property.keep_next(true).line_spacing(single(12, 4));
    vec![
        style("Title", "Title").size(kind).bold().align(AlignmentType::Center).line_spacing(single(18, 2)),
        style("Subtitle", "Subtitle")
            .size(subject)
            .bold()
            .align(AlignmentType::Center)
            .line_spacing(single(2, 2)),
        style("BodyText", "Body Text")
            .size(28)
            .align(AlignmentType::Both)
            .line_spacing(exact(20, 0, 6))
            .indent(None, first_line, None, None)
            .q_format(true),
        heading(1, "heading 1").bold(),
        heading(2, "heading 2").bold(),
        heading(3, "heading 3").italic(),
        style("ListParagraph", "List Paragraph")
            .size(28)
            .align(AlignmentType::Both)
            .line_spacing(exact(20, 0, 4)),
        style("Quote", "Quote")
            .size(28)
            .italic()
            .align(AlignmentType::Both)
            .line_spacing(exact(20, 0, 6))
            .indent(Some(FIRST_LINE), None, None, None),
        style("TableText", "Table Text").size(24).line_spacing(single(2, 2)),
        style("TableHead", "Table Head")
            .size(24)
            .bold()
            .align(AlignmentType::Center)
            .line_spacing(single(2, 2)),
        style("TableNote", "Table Note").size(22).italic().line_spacing(single(4, 12)),
        caption,
        style("Chart", "Chart").align(AlignmentType::Center).line_spacing(single(4, 12)),
        notice,
        style("HeadLine", "Head Line").size(28).align(AlignmentType::Center).line_spacing(single(0, 0)),
        style("Recipients", "Recipients").line_spacing(single(0, 0)),
        style("Header", "header").size(28),
        table_grid(),
    ]
}

fn table_grid() -> Style {
    let sides = [
        TableBorderPosition::Top,
        TableBorderPosition::Bottom,
        TableBorderPosition::Left,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ];
    let borders = sides.into_iter().fold(TableBorders::with_empty(), |all, side| {
        all.set(TableBorder::new(side).border_type(BorderType::Single).size(4).color("666666"))
    });
    Style::new("TableGrid", StyleType::Table)
        .name("Table Grid")
        .set_borders(borders)
        .margins(TableCellMargins::new().margin(40, 80, 40, 80))
}
