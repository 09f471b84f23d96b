//! Head and signing of the official layouts, as tables without borders.

use docx_rs::{
    BorderType, Paragraph, ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, Run, Table, TableCell,
    TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::{TEXT_WIDTH, body::Writer, exact, run};
use crate::front::{Front, Layout};

/// Room for a signature, in lines.
const SIGNATURE_LINES: usize = 4;

/// Sizes in half points.
struct Sizes {
    issuer: usize,
    number: usize,
    left: usize,
}

pub(super) fn head(writer: &mut Writer, front: &Front) {
    let sizes = match front.layout {
        Layout::Party => Sizes { issuer: 28, number: 28, left: 4150 },
        Layout::Administrative => Sizes { issuer: 24, number: 26, left: 3700 },
    };
    let mut issuer = Vec::new();
    if !front.issuer.parent.is_empty() {
        issuer.push(line(writer, run(&front.issuer.parent).size(sizes.issuer)));
    }
    let name = line(writer, run(&front.issuer.name).size(sizes.issuer).bold());
    let (mut state, speech) = (Vec::new(), front.speech());
    match front.layout {
        Layout::Party => {
            issuer.push(name);
            issuer.push(line(writer, run("*").size(28)));
            let words = run(&speech.word("report-party")).size(30).bold();
            state.push(ruled(line(writer, words), 300));
        }
        Layout::Administrative => {
            // The rule is a third to a half of the issuer's line.
            issuer.push(ruled_shorter(name, writer, sizes.left));
            state.push(line(writer, run(&speech.word("report-state")).size(24).bold()));
            let words = run(&speech.word("report-motto")).size(26).bold();
            state.push(ruled(line(writer, words), 1080));
        }
    }
    let issuer = issuer.into_iter().flat_map(Lines::into_vec).collect();
    let state = state.into_iter().flat_map(Lines::into_vec).collect();
    let number = line(writer, run(&front.number_line()).size(sizes.number)).into_vec();
    let place = line(writer, run(&front.place_line()).size(28).italic()).into_vec();
    let rows = vec![two(sizes.left, issuer, state), two(sizes.left, number, place)];
    writer.table(bare(rows, sizes.left));
    if !front.kind.is_empty() {
        let kind = writer.paragraph("Title").add_run(run(&front.kind));
        writer.add(kind);
    }
    if !front.subject.is_empty() {
        let subject = writer.paragraph("Subtitle").add_run(run(&front.subject));
        writer.add(subject);
    }
    let closing = match front.layout {
        Layout::Party => line(writer, run("-----").size(30)),
        Layout::Administrative => {
            let rule = thin(writer);
            ruled(rule, 3300)
        }
    };
    closing.into_vec().into_iter().for_each(|p| writer.add(p));
    let space = writer.paragraph("HeadLine");
    writer.add(space);
}

pub(super) fn signing(writer: &mut Writer, front: &Front) {
    // No signature stands alone on a page.
    writer.keep_last_with_next();
    let party = front.layout == Layout::Party;
    let mut left = Vec::new();
    if !front.recipients.is_empty() {
        let title = run(&front.speech().word("report-recipients"));
        let title = if party { title.size(28).underline("single") } else { title.size(24).bold().italic() };
        left.push(writer.paragraph("Recipients").add_run(title));
        let size = if party { 24 } else { 22 };
        for words in front.recipient_lines() {
            left.push(writer.paragraph("Recipients").add_run(run(&words).size(size)));
        }
    }
    let mut right = Vec::new();
    for words in &front.signing.authority {
        right.push(writer.paragraph("HeadLine").add_run(run(words).bold()));
    }
    if !front.signing.post.is_empty() {
        let post = run(&front.signing.post);
        // The Party does not print the post in bold; the administration does.
        let post = if party { post } else { post.bold() };
        right.push(writer.paragraph("HeadLine").add_run(post));
    }
    for _ in 0..SIGNATURE_LINES {
        right.push(writer.paragraph("HeadLine"));
    }
    right.push(writer.paragraph("HeadLine").add_run(run(&front.signing.name).bold()));
    let together = |lines: Vec<Paragraph>| lines.into_iter().map(|p| p.keep_next(true)).collect();
    let half = TEXT_WIDTH / 2;
    let space = writer.paragraph("HeadLine").keep_next(true);
    writer.add(space);
    writer.table(bare(vec![two(half, together(left), together(right))], half));
}

/// One or two lines of the head.
struct Lines(Paragraph, Option<Paragraph>);

impl Lines {
    fn into_vec(self) -> Vec<Paragraph> {
        std::iter::once(self.0).chain(self.1).collect()
    }
}

fn line(writer: &mut Writer, words: Run) -> Lines {
    Lines(writer.paragraph("HeadLine").add_run(words), None)
}

/// A line of nothing but its rule.
fn thin(writer: &mut Writer) -> Lines {
    Lines(writer.paragraph("HeadLine").line_spacing(exact(5, 0, 2)), None)
}

/// A rule under a line, set in from both sides.
fn ruled(mut lines: Lines, indent: i32) -> Lines {
    let border = ParagraphBorder::new(ParagraphBorderPosition::Bottom);
    let border = border.val(BorderType::Single).size(6).space(1).color("000000");
    lines.0.property = lines.0.property.set_borders(ParagraphBorders::with_empty().set(border));
    lines.0 = lines.0.indent(Some(indent), None, Some(indent), None);
    lines
}

/// A rule of about two fifths of the column, on a line of its own so that the words keep their width.
fn ruled_shorter(name: Lines, writer: &mut Writer, column: usize) -> Lines {
    let indent = i32::try_from(column * 3 / 10).unwrap_or(0);
    let rule = ruled(thin(writer), indent);
    Lines(name.0, Some(rule.0))
}

fn two(left: usize, first: Vec<Paragraph>, second: Vec<Paragraph>) -> TableRow {
    let cell = |width: usize, lines: Vec<Paragraph>| {
        let cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Top);
        lines.into_iter().fold(cell, TableCell::add_paragraph)
    };
    TableRow::new(vec![cell(left, first), cell(TEXT_WIDTH - left, second)])
}

fn bare(rows: Vec<TableRow>, left: usize) -> Table {
    Table::without_borders(rows)
        .set_grid(vec![left, TEXT_WIDTH - left])
        .width(TEXT_WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}
