//! The neutral document: what an edition keeps, and what every format is written from.

use serde::{Deserialize, Serialize};

use crate::{chart::Chart, front::Front};

/// A report with its figures bound. The same document gives the same bytes in every format.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Document {
    /// What stands around the text.
    pub front: Front,
    /// Sentences that stand at the very top of an edition: that it was corrected, that it is a draft.
    #[serde(default)]
    pub banners: Vec<String>,
    /// The text.
    pub blocks: Vec<Block>,
}

impl Document {
    /// Whether recipients and signature stand at the end, with nothing after them.
    #[must_use]
    pub fn is_signed_at_its_end(&self) -> bool {
        !self.blocks.contains(&Block::Signature)
    }
}

/// A piece of the text that stands on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A heading.
    Heading {
        /// Its level, from 1.
        level: u8,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: Vec<Inline>,
    },
    /// A list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// The first item's number.
        start: u32,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// A sentence that must not be overlooked, such as that the data are synthetic.
    Notice {
        /// Its words.
        text: Vec<Inline>,
    },
    /// A new page, where there are pages.
    PageBreak,
    /// Recipients and signature. A document without this has them at its end.
    Signature,
}

impl Block {
    /// A paragraph of plain words.
    #[must_use]
    pub fn paragraph(text: &str) -> Self {
        Self::Paragraph { text: vec![Inline::text(text)] }
    }

    /// A notice of plain words.
    #[must_use]
    pub fn notice(text: &str) -> Self {
        Self::Notice { text: vec![Inline::text(text)] }
    }
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "inline", rename_all = "kebab-case")]
pub enum Inline {
    /// Words.
    Text {
        /// As they are.
        text: String,
    },
    /// Words in bold.
    Strong {
        /// The words.
        text: Vec<Inline>,
    },
    /// Words in italics.
    Emph {
        /// The words.
        text: Vec<Inline>,
    },
    /// A link to a page.
    Link {
        /// Its address.
        href: String,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A key or a code, as it is typed.
    Code {
        /// As it is.
        text: String,
    },
    /// A bound figure.
    Figure {
        /// Its key.
        key: String,
        /// Its words.
        text: String,
        /// Whether the number is withheld from this audience.
        #[serde(default)]
        withheld: bool,
    },
    /// A new line within a paragraph.
    Break,
}

impl Inline {
    /// Words.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text { text: text.to_owned() }
    }

    /// What it says, without marks.
    #[must_use]
    pub fn plain(spans: &[Self]) -> String {
        let mut out = String::new();
        for span in spans {
            match span {
                Self::Text { text } | Self::Code { text } | Self::Figure { text, .. } => out.push_str(text),
                Self::Strong { text } | Self::Emph { text } | Self::Link { text, .. } => {
                    out.push_str(&Self::plain(text));
                }
                Self::Break => out.push(' '),
            }
        }
        out
    }
}

/// How a column's words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Words.
    #[default]
    Start,
    /// Short marks.
    Center,
    /// Numbers.
    End,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// How its words stand.
    pub align: Align,
    /// Its share of the table's width, from 1.
    pub weight: u8,
}

/// What a cell is about, so that a reader can go on from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum Reference {
    /// A figure.
    Figure {
        /// Its key.
        key: String,
    },
    /// A figure of one unit.
    FigureAt {
        /// The figure's key.
        key: String,
        /// The unit's id.
        unit: String,
    },
    /// A unit.
    Unit {
        /// Its id.
        unit: String,
    },
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cell {
    /// Its words.
    pub text: Vec<Inline>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Reference>,
    /// Whether the number is withheld from this audience.
    #[serde(default)]
    pub withheld: bool,
}

impl Cell {
    /// A cell of plain words.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { text: vec![Inline::text(text)], ..Self::default() }
    }

    /// What it says, without marks.
    #[must_use]
    pub fn words(&self) -> String {
        Inline::plain(&self.text)
    }
}

/// A row of a table. Its first cell is its head.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Row {
    /// A cell a column.
    pub cells: Vec<Cell>,
    /// Whether it is a total.
    #[serde(default)]
    pub total: bool,
}

/// A table: its first column heads its rows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// What it shows; empty for none.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What a reader must know to read it, below it; empty for none.
    #[serde(default)]
    pub note: String,
}
