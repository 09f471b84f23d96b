//! The document as an HTML fragment: semantic, escaped, without inline style or script.
//!
//! Figures and cells link on to their explanation: two clicks from any number.

use crate::{
    bind::WITHHELD,
    chart::Chart,
    escape::escape,
    front::{Front, Layout},
    model::{Align, Block, Cell, Document, Inline, Reference, Table},
    speech::Speech,
};

/// The document as an `article` element. `href` gives the address behind a figure or a unit; none
/// leaves plain words.
#[must_use]
pub fn html(document: &Document, href: &dyn Fn(&Reference) -> Option<String>) -> String {
    let mut page = Page::new(document, href);
    let language = page.language;
    page.open("article", &[("class", "report"), ("lang", language)]);
    page.head(document);
    page.blocks(&document.blocks);
    if document.is_signed_at_its_end() {
        page.foot();
    }
    page.close("article");
    page.out
}

/// The document in pieces, so that a page can stand something between them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pieces {
    /// What stands above the text, with the title.
    pub head: String,
    /// Each of the document's blocks, in order.
    pub blocks: Vec<String>,
    /// What stands below the text; nothing where it stands within it.
    pub foot: String,
}

/// The document's head, blocks and foot, each as it stands in [`html`].
#[must_use]
pub fn pieces(document: &Document, href: &dyn Fn(&Reference) -> Option<String>) -> Pieces {
    let mut page = Page::new(document, href);
    page.head(document);
    let head = std::mem::take(&mut page.out);
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        page.block(block);
        blocks.push(std::mem::take(&mut page.out));
    }
    if document.is_signed_at_its_end() {
        page.foot();
    }
    Pieces { head, blocks, foot: page.out }
}

struct Page<'a> {
    out: String,
    front: &'a Front,
    href: &'a dyn Fn(&Reference) -> Option<String>,
    language: &'a str,
    speech: Speech,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, href: &'a dyn Fn(&Reference) -> Option<String>) -> Self {
        let front = &document.front;
        let language = front.language();
        Self { out: String::new(), front, href, language, speech: Speech::of(language) }
    }

    fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.extend([" ", name, "=\"", &escape(value), "\""]);
        }
        self.out.push('>');
    }

    fn close(&mut self, tag: &str) {
        self.out.extend(["</", tag, ">"]);
        if !matches!(tag, "strong" | "em" | "a" | "code" | "span") {
            self.out.push('\n');
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&escape(text));
    }

    /// An element of plain words; nothing for no words.
    fn line(&mut self, tag: &str, class: &str, text: &str) {
        if !text.is_empty() {
            self.open(tag, &[("class", class)]);
            self.text(text);
            self.close(tag);
        }
    }

    fn head(&mut self, document: &Document) {
        let front = &document.front;
        for banner in &document.banners {
            let label = self.speech.word("report-banner");
            self.open("div", &[("class", "banner"), ("role", "note"), ("aria-label", &label)]);
            self.line("p", "banner-text", banner);
            self.close("div");
        }
        self.open("header", &[("class", "report-head")]);
        self.open("div", &[("class", "issuer")]);
        self.line("p", "issuer-parent", &front.issuer.parent);
        self.line("p", "issuer-name", &front.issuer.name);
        self.line("p", "number", &front.number_line());
        self.close("div");
        self.open("div", &[("class", "state")]);
        match front.layout {
            Layout::Party => self.line("p", "state-name", &self.speech.word("report-party")),
            Layout::Administrative => {
                self.line("p", "state-name", &self.speech.word("report-state"));
                self.line("p", "motto", &self.speech.word("report-motto"));
            }
        }
        self.line("p", "place", &front.place_line());
        self.close("div");
        self.open("h1", &[]);
        if front.kind.is_empty() && front.subject.is_empty() {
            self.text(&front.title());
        } else {
            for (class, words) in [("kind", &front.kind), ("subject", &front.subject)] {
                if !words.is_empty() {
                    self.open("span", &[("class", class)]);
                    self.text(words);
                    self.close("span");
                    self.out.push(' ');
                }
            }
        }
        self.close("h1");
        self.close("header");
    }

    fn foot(&mut self) {
        let front = self.front;
        let signing = &front.signing;
        self.open("footer", &[("class", "report-foot")]);
        if !front.recipients.is_empty() {
            self.open("div", &[("class", "recipients")]);
            self.line("p", "recipients-title", &self.speech.word("report-recipients"));
            self.open("ul", &[]);
            for line in front.recipient_lines() {
                self.line("li", "recipient", line.trim_start_matches("- "));
            }
            self.close("ul");
            self.close("div");
        }
        self.open("div", &[("class", "signing")]);
        for line in &signing.authority {
            self.line("p", "authority", line);
        }
        self.line("p", "post", &signing.post);
        self.line("p", "name", &signing.name);
        self.close("div");
        self.close("footer");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                // The report's title is the page's first level.
                let tag = ["h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(&1, &5) - 1)];
                self.open(tag, &[]);
                self.spans(text);
                self.close(tag);
            }
            Block::Paragraph { text } => self.paragraph(&[], text),
            Block::List { ordered, start, items } => {
                let tag = if *ordered { "ol" } else { "ul" };
                if *ordered && *start != 1 {
                    self.open(tag, &[("start", &start.to_string())]);
                } else {
                    self.open(tag, &[]);
                }
                for item in items {
                    self.open("li", &[]);
                    match item.as_slice() {
                        [Block::Paragraph { text }] => self.spans(text),
                        blocks => self.blocks(blocks),
                    }
                    self.close("li");
                }
                self.close(tag);
            }
            Block::Quote { blocks } => {
                self.open("blockquote", &[]);
                self.blocks(blocks);
                self.close("blockquote");
            }
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Notice { text } => {
                self.open("div", &[("class", "notice"), ("role", "note")]);
                self.paragraph(&[], text);
                self.close("div");
            }
            Block::PageBreak => {
                self.open("hr", &[("class", "page-break")]);
                self.out.push('\n');
            }
            Block::Signature => self.foot(),
        }
    }

    fn paragraph(&mut self, attributes: &[(&str, &str)], text: &[Inline]) {
        self.open("p", attributes);
        self.spans(text);
        self.close("p");
    }

    fn spans(&mut self, spans: &[Inline]) {
        for span in spans {
            match span {
                Inline::Text { text } => self.text(text),
                Inline::Strong { text } => self.wrapped("strong", text),
                Inline::Emph { text } => self.wrapped("em", text),
                Inline::Link { href, text } => {
                    self.open("a", &[("href", href), ("rel", "external")]);
                    self.spans(text);
                    self.close("a");
                }
                Inline::Code { text } => {
                    self.open("code", &[]);
                    self.text(text);
                    self.close("code");
                }
                Inline::Figure { key, text, withheld } => {
                    let about = Reference::Figure { key: key.clone() };
                    self.reference("figure", Some(&about), *withheld, &[Inline::text(text)]);
                }
                Inline::Break => self.out.push_str("<br>"),
            }
        }
    }

    fn wrapped(&mut self, tag: &str, text: &[Inline]) {
        self.open(tag, &[]);
        self.spans(text);
        self.close(tag);
    }

    /// Words that lead on to what they are about, and say whether a number is withheld.
    fn reference(&mut self, class: &str, about: Option<&Reference>, withheld: bool, text: &[Inline]) {
        let class = if withheld { format!("{class} withheld") } else { class.to_owned() };
        match about.and_then(|a| (self.href)(a)) {
            Some(href) => {
                self.open("a", &[("class", &class), ("href", &href)]);
                self.referred(withheld, text);
                self.close("a");
            }
            None if withheld || class == "figure" => {
                self.open("span", &[("class", &class)]);
                self.referred(withheld, text);
                self.close("span");
            }
            None => self.spans(text),
        }
    }

    /// A mark that stands for a withheld number says nothing to who listens: it is given words that
    /// only a screen reader reads (`for-ears`).
    fn referred(&mut self, withheld: bool, text: &[Inline]) {
        if withheld && Inline::plain(text) == WITHHELD {
            self.open("span", &[("aria-hidden", "true")]);
            self.spans(text);
            self.close("span");
            self.line("span", "for-ears", &self.speech.word("report-withheld-number"));
        } else {
            self.spans(text);
        }
    }

    fn table(&mut self, table: &Table) {
        self.open("div", &[("class", "table-wrap")]);
        self.open("table", &[]);
        self.line("caption", "caption", &table.caption);
        self.out.push_str("<thead><tr>");
        for column in &table.columns {
            self.open("th", &[("scope", "col"), ("class", class(column.align))]);
            self.text(&column.title);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            if row.total {
                self.open("tr", &[("class", "total")]);
            } else {
                self.open("tr", &[]);
            }
            for (i, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
                let tag = if i == 0 { "th" } else { "td" };
                if i == 0 {
                    self.open("th", &[("scope", "row"), ("class", class(column.align))]);
                } else {
                    self.open("td", &[("class", class(column.align)), ("data-title", &column.title)]);
                }
                self.cell(cell);
                self.out.extend(["</", tag, ">"]);
            }
            self.close("tr");
        }
        self.out.push_str("</tbody>\n");
        self.close("table");
        self.line("p", "table-note", &table.note);
        self.close("div");
    }

    fn cell(&mut self, cell: &Cell) {
        let class = match cell.about {
            Some(Reference::Unit { .. }) => "unit",
            _ => "figure",
        };
        if cell.about.is_some() || cell.withheld {
            self.reference(class, cell.about.as_ref(), cell.withheld, &cell.text);
        } else {
            self.spans(&cell.text);
        }
    }

    fn chart(&mut self, chart: &Chart) {
        self.open("figure", &[("class", "chart-figure")]);
        // Drawn by us, escaped there.
        self.out.push_str(&chart.svg(self.language));
        self.line("figcaption", "caption", chart.title());
        self.close("figure");
    }
}

fn class(align: Align) -> &'static str {
    match align {
        Align::Start => "start",
        Align::Center => "center",
        Align::End => "end",
    }
}
