//! How a template looks: Times New Roman, thin borders, one tint for what is to be filled in.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The tint of cells that are to be filled in.
const TO_FILL: Color = Color::RGB(0x00FF_F8E1);
/// The tint of headers and section headings.
const HEADING: Color = Color::RGB(0x00E8_EEF4);
/// Borders.
const LINE: Color = Color::RGB(0x008A_8A8A);
/// Quiet text: definitions, last period's values.
const QUIET: Color = Color::RGB(0x0050_5050);

/// The formats of a template's cells.
pub(crate) struct Style {
    pub(crate) title: Format,
    pub(crate) notice: Format,
    pub(crate) line: Format,
    pub(crate) name: Format,
    pub(crate) instruction: Format,
    pub(crate) header: Format,
    pub(crate) section: Format,
    pub(crate) number: Format,
    pub(crate) label: Format,
    pub(crate) definition: Format,
    pub(crate) measure: Format,
    pub(crate) previous: Format,
    pub(crate) value: Format,
    pub(crate) note: Format,
    pub(crate) words: Format,
    pub(crate) tag: Format,
}

impl Style {
    pub(crate) fn new() -> Self {
        let plain = || Format::new().set_font_name("Times New Roman").set_font_size(12);
        let text = || plain().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let boxed = || text().set_border(FormatBorder::Thin).set_border_color(LINE);
        let to_fill = || boxed().set_background_color(TO_FILL).set_unlocked();
        Self {
            title: text().set_font_size(14).set_bold().set_align(FormatAlign::Center),
            notice: text()
                .set_italic()
                .set_font_color(Color::RGB(0x009A_1B1B))
                .set_align(FormatAlign::Center),
            line: text(),
            name: text().set_bold(),
            instruction: text().set_italic().set_font_color(QUIET),
            header: boxed().set_bold().set_align(FormatAlign::Center).set_background_color(HEADING),
            section: boxed().set_bold().set_indent(1).set_background_color(HEADING),
            number: boxed().set_align(FormatAlign::Center),
            label: boxed().set_indent(1),
            definition: boxed().set_indent(1).set_font_size(11).set_font_color(QUIET),
            measure: boxed().set_align(FormatAlign::Center),
            previous: boxed()
                .set_num_format("#,##0")
                .set_align(FormatAlign::Right)
                .set_indent(1)
                .set_font_color(QUIET),
            value: to_fill().set_num_format("#,##0").set_align(FormatAlign::Right).set_indent(1).set_bold(),
            note: to_fill().set_indent(1),
            words: to_fill().set_align(FormatAlign::Top),
            tag: Format::new().set_font_size(8).set_font_color(LINE),
        }
    }
}
