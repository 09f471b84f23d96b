//! The document's blocks as Word's own paragraphs, lists and tables.

use docx_rs::{
    AbstractNumbering, AlignmentType, BreakType, DocumentChild, Docx, HeightRule, Hyperlink, HyperlinkData,
    IndentLevel, Level, LevelJc, LevelOverride, LevelText, NumberFormat, Numbering, NumberingId, Paragraph,
    Pic, Run, Shading, SpecialIndentType, Start, Table, TableCell, TableLayoutType, TableRow, VAlignType,
    WidthType,
};

use super::{TEXT_WIDTH, exact, head, paragraph, run};
use crate::{
    DocumentError,
    chart::{Chart, png},
    front::Front,
    model::{self, Align, Block, Inline},
};

/// Word's deepest list level.
const DEEPEST: usize = 8;
const BULLETS: usize = 10;
const NUMBERS: usize = 11;
/// 36,000 to a millimetre; charts are drawn 360 units wide and printed 120 mm wide.
const EMU_PER_UNIT: u32 = 12_000;

pub(super) struct Writer<'a> {
    paper: Docx,
    front: &'a Front,
    paragraphs: usize,
    links: usize,
    lists: usize,
    /// Charts so far, in words.
    charts: Vec<String>,
}

/// How a run looks.
#[derive(Clone, Copy, Default)]
struct Look {
    bold: bool,
    italic: bool,
}

impl<'a> Writer<'a> {
    pub fn new(paper: Docx, front: &'a Front) -> Self {
        let level = |id: usize, format: &str, text: &str| {
            let left = i32::try_from(id + 1).unwrap_or(1) * 567;
            let text = LevelText::new(text);
            Level::new(id, Start::new(1), NumberFormat::new(format), text, LevelJc::new("left")).indent(
                Some(left + 284),
                Some(SpecialIndentType::Hanging(284)),
                None,
                None,
            )
        };
        let levels = 0..=DEEPEST;
        let bullets = levels
            .clone()
            .fold(AbstractNumbering::new(BULLETS), |list, id| list.add_level(level(id, "bullet", "–")));
        let numbers = levels.fold(AbstractNumbering::new(NUMBERS), |list, id| {
            list.add_level(level(id, "decimal", &format!("%{}.", id + 1)))
        });
        let paper = paper
            .add_abstract_numbering(bullets)
            .add_abstract_numbering(numbers)
            .add_numbering(Numbering::new(BULLETS, BULLETS));
        // Two ids are the headers'.
        Self { paper, front, paragraphs: 2, links: 0, lists: NUMBERS, charts: Vec::new() }
    }

    /// The paper, and what its charts show in words.
    pub fn finish(self) -> (Docx, Vec<String>) {
        (self.paper, self.charts)
    }

    /// A new paragraph in a style.
    pub fn paragraph(&mut self, style: &str) -> Paragraph {
        self.paragraphs += 1;
        paragraph(self.paragraphs).style(style)
    }

    pub fn add(&mut self, paragraph: Paragraph) {
        self.paper = std::mem::take(&mut self.paper).add_paragraph(paragraph);
    }

    pub fn table(&mut self, table: Table) {
        self.paper = std::mem::take(&mut self.paper).add_table(table);
    }

    /// Has the last paragraph stay on the page of what comes next.
    pub fn keep_last_with_next(&mut self) {
        if let Some(DocumentChild::Paragraph(last)) = self.paper.document.children.last_mut() {
            last.property = std::mem::take(&mut last.property).keep_next(true);
        }
    }

    pub fn banner(&mut self, words: &str) {
        let line = self.paragraph("Notice").add_run(run(words).bold());
        self.add(line);
    }

    pub fn blocks(&mut self, blocks: &[Block], depth: usize) -> Result<(), DocumentError> {
        blocks.iter().try_for_each(|b| self.block(b, depth))
    }

    fn block(&mut self, block: &Block, depth: usize) -> Result<(), DocumentError> {
        match block {
            Block::Heading { level, text } => self.words(&format!("Heading{}", level.clamp(&1, &3)), text),
            Block::Paragraph { text } => self.words("BodyText", text),
            Block::List { ordered, start, items } => self.list(*ordered, *start, items, depth)?,
            Block::Quote { blocks } => {
                for block in blocks {
                    match block {
                        Block::Paragraph { text } => self.words("Quote", text),
                        other => self.block(other, depth)?,
                    }
                }
            }
            Block::Table(table) => self.grid(table),
            Block::Chart(chart) => self.chart(chart)?,
            Block::Notice { text } => self.words("Notice", text),
            Block::PageBreak => {
                let line = self.paragraph("BodyText").add_run(Run::new().add_break(BreakType::Page));
                self.add(line);
            }
            Block::Signature => head::signing(self, self.front),
        }
        Ok(())
    }

    fn words(&mut self, style: &str, text: &[Inline]) {
        let line = self.paragraph(style);
        let line = self.spans(line, text, Look::default());
        self.add(line);
    }

    fn spans(&mut self, mut line: Paragraph, spans: &[Inline], look: Look) -> Paragraph {
        for span in spans {
            line = match span {
                Inline::Text { text } | Inline::Code { text } => line.add_run(looks(run(text), look)),
                Inline::Strong { text } => self.spans(line, text, Look { bold: true, ..look }),
                Inline::Emph { text } => self.spans(line, text, Look { italic: true, ..look }),
                Inline::Figure { text, withheld, .. } => {
                    let italic = look.italic || *withheld;
                    line.add_run(looks(run(text), Look { italic, ..look }))
                }
                Inline::Break => line.add_run(Run::new().add_break(BreakType::TextWrapping)),
                Inline::Link { href, text } => {
                    self.links += 1;
                    let words = looks(run(&Inline::plain(text)), look).color("1F4E79").underline("single");
                    line.add_hyperlink(
                        Hyperlink {
                            link: HyperlinkData::External {
                                rid: format!("rIdLink{}", self.links),
                                path: attribute(href),
                            },
                            history: Some(1),
                            children: Vec::new(),
                        }
                        .add_run(words),
                    )
                }
            };
        }
        line
    }

    fn list(
        &mut self,
        ordered: bool,
        start: u32,
        items: &[Vec<Block>],
        depth: usize,
    ) -> Result<(), DocumentError> {
        let level = depth.min(DEEPEST);
        let id = if ordered { self.numbering(level, start) } else { BULLETS };
        for item in items {
            let mut first = true;
            for block in item {
                match block {
                    Block::Paragraph { text } => {
                        let line = self.paragraph("ListParagraph");
                        let line = if first {
                            line.numbering(NumberingId::new(id), IndentLevel::new(level))
                        } else {
                            let left = i32::try_from(level + 1).unwrap_or(1) * 567 + 284;
                            line.indent(Some(left), None, None, None)
                        };
                        let line = self.spans(line, text, Look::default());
                        self.add(line);
                        first = false;
                    }
                    other => self.block(other, depth + 1)?,
                }
            }
        }
        Ok(())
    }

    /// A numbering of its own, so that each list counts from its own start.
    fn numbering(&mut self, level: usize, start: u32) -> usize {
        self.lists += 1;
        let start = usize::try_from(start).unwrap_or(1);
        let numbering =
            Numbering::new(self.lists, NUMBERS).add_override(LevelOverride::new(level).start(start));
        self.paper = std::mem::take(&mut self.paper).add_numbering(numbering);
        self.lists
    }

    fn grid(&mut self, table: &model::Table) {
        if !table.caption.is_empty() {
            let caption = self.paragraph("Caption").add_run(run(&table.caption));
            self.add(caption);
        }
        let whole: usize = table.columns.iter().map(|c| usize::from(c.weight)).sum::<usize>().max(1);
        let widths: Vec<usize> =
            table.columns.iter().map(|c| TEXT_WIDTH * usize::from(c.weight) / whole).collect();
        let mut heads = Vec::new();
        for (column, width) in table.columns.iter().zip(&widths) {
            let line = self.paragraph("TableHead").add_run(run(&column.title));
            let cell = TableCell::new().width(*width, WidthType::Dxa).vertical_align(VAlignType::Center);
            heads.push(cell.shading(Shading::new().fill("EFEFEF")).add_paragraph(line));
        }
        // The height is a mark: `package` makes it that of a repeated head.
        let head = TableRow::new(heads).cant_split().row_height(1.0).height_rule(HeightRule::AtLeast);
        let mut rows = vec![head];
        for row in &table.rows {
            let mut cells = Vec::new();
            for ((cell, column), width) in row.cells.iter().zip(&table.columns).zip(&widths) {
                let align = match column.align {
                    Align::Start => AlignmentType::Left,
                    Align::Center => AlignmentType::Center,
                    Align::End => AlignmentType::Right,
                };
                let line = self.paragraph("TableText").align(align);
                let look = Look { bold: row.total, italic: cell.withheld };
                let line = self.spans(line, &cell.text, look);
                let cell = TableCell::new().width(*width, WidthType::Dxa).vertical_align(VAlignType::Center);
                cells.push(cell.add_paragraph(line));
            }
            rows.push(TableRow::new(cells).cant_split());
        }
        let grid = Table::new(rows)
            .style("TableGrid")
            .set_grid(widths)
            .width(TEXT_WIDTH, WidthType::Dxa)
            .layout(TableLayoutType::Fixed);
        self.table(grid);
        let note = self.paragraph("TableNote");
        // Word wants a paragraph between two tables; without words it takes little room.
        let note = if table.note.is_empty() {
            note.line_spacing(exact(8, 0, 0))
        } else {
            note.add_run(run(&table.note))
        };
        self.add(note);
    }

    fn chart(&mut self, chart: &Chart) -> Result<(), DocumentError> {
        let caption = self.paragraph("Caption").add_run(run(chart.title()));
        self.add(caption);
        let (picture, width, height) = png(chart, self.front.language())?;
        self.charts.push(format!("{}. {}", chart.title(), chart.description(self.front.language())));
        let picture = Pic::new_with_dimensions(picture, width, height)
            .id(format!("rIdChart{}", self.charts.len()))
            .size(width.saturating_mul(EMU_PER_UNIT), height.saturating_mul(EMU_PER_UNIT));
        let line = self.paragraph("Chart").add_run(Run::new().add_image(picture));
        self.add(line);
        Ok(())
    }
}

fn looks(run: Run, look: Look) -> Run {
    let run = if look.bold { run.bold() } else { run };
    if look.italic { run.italic() } else { run }
}

/// An address inside an XML attribute.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
