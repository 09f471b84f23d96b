//! A page that is made of headings, words, tables and forms, in order.

use askama::Template;
use axum::response::Html;

use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
};

/// A part of a page.
pub(crate) enum Block {
    Heading(String),
    Text(String),
    /// Words in a fixed type, to be copied.
    Copy(String),
    Table(Table),
    Form(Form),
    Key(KeyForm),
    Links(Vec<(String, String)>),
    /// Its address, and what it shows.
    Picture(String, String),
    /// A drawing of ours, or other HTML that we wrote.
    Svg(String),
}

/// A form that a passkey answers: a script of ours asks the device, and sends what it says with the form.
/// It shows only where a browser can.
pub(crate) struct KeyForm {
    form: Form,
    /// Where the script learns what to ask.
    ask: String,
    /// `create` or `get`.
    act: &'static str,
    /// Whether it is said where a browser cannot; a page with other ways need not.
    loud: bool,
}

impl KeyForm {
    /// A form that lets somebody in, or proves who they are: a way among others.
    pub fn get(form: Form, ask: impl Into<String>) -> Self {
        Self { form: answered(form), ask: ask.into(), act: "get", loud: false }
    }

    /// A form that makes a key: what the page is for.
    pub fn create(form: Form, ask: impl Into<String>) -> Self {
        Self { form: answered(form), ask: ask.into(), act: "create", loud: true }
    }
}

/// With the fields that the script fills in.
fn answered(form: Form) -> Form {
    const ANSWER: [&str; 6] =
        ["khoa-id", "khoa-client", "khoa-object", "khoa-data", "khoa-signature", "khoa-person"];
    ANSWER.into_iter().fold(form, |form, name| form.field(Field::hidden(name, "")))
}

/// A table.
#[derive(Default)]
pub(crate) struct Table {
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Whether a line's cells stand below each other on a phone: more columns than fit beside each other.
    pub fn stacks(&self) -> bool {
        self.head.len() > 3
    }

    /// A line's cells, each with what it says of its column where the cells stand below each other.
    pub fn titled<'a>(&'a self, row: &'a [Cell]) -> impl Iterator<Item = (&'a Cell, &'a str)> {
        let titles = self.head.iter().filter(|_| self.stacks()).map(String::as_str);
        row.iter().zip(titles.chain(std::iter::repeat("")))
    }

    /// Whether nothing in it takes the focus: a table that is wider than a phone is scrolled by keys all the
    /// same.
    pub fn still(&self) -> bool {
        self.rows.iter().flatten().all(|cell| cell.href.is_empty() && cell.form.is_none())
    }
}

/// A cell: words, where they lead, and buttons.
#[derive(Default, Clone)]
pub(crate) struct Cell {
    pub text: String,
    pub href: String,
    pub more: String,
    pub form: Option<Form>,
    /// The address of a small picture; the words beside it say what it is.
    pub picture: String,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    pub fn form(form: Form) -> Self {
        Self { form: Some(form), ..Self::default() }
    }

    pub fn more(mut self, more: impl Into<String>) -> Self {
        self.more = more.into();
        self
    }
}

/// The page.
#[derive(Template)]
#[template(path = "sheet.html")]
pub(crate) struct Sheet {
    pub page: Page,
    pub title: String,
    pub lead: String,
    pub blocks: Vec<Block>,
}

impl Sheet {
    pub fn new(page: Page, title: impl Into<String>) -> Self {
        Self { page, title: title.into(), lead: String::new(), blocks: Vec::new() }
    }

    pub fn lead(mut self, lead: impl Into<String>) -> Self {
        self.lead = lead.into();
        self
    }

    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// Whether a passkey is asked for on it.
    pub fn has_key(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Key(_)))
    }

    pub fn html(&self) -> Result<Html<String>, Failure> {
        Ok(Html(self.render()?))
    }
}
