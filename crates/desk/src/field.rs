//! Fields of forms: label, what was typed, what is wrong with it. Each writes itself.

use askama::Template;

/// A field of a form.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/field.html")]
pub(crate) struct Field {
    pub name: String,
    /// Stands before the name in the ids, where another form of the page asks for the same.
    pub part: &'static str,
    pub label: String,
    pub value: String,
    pub hint: String,
    pub error: String,
    /// `text`, `password`, `area`, `select`, `check`, `boxes`, `file`, `date`, `datetime-local`, `hidden` …
    pub kind: &'static str,
    pub required: bool,
    /// For `select` and `boxes`: value, words. What is ticked among boxes stands in `value`, a line each.
    pub options: Vec<(String, String)>,
    /// The `autocomplete` that browsers should offer; empty is theirs to choose.
    pub complete: &'static str,
    /// For `file`: what may be chosen.
    pub accept: &'static str,
    /// For `file`: whether several may be chosen.
    pub multiple: bool,
    /// The keyboard that phones should show, such as `numeric`; empty is theirs to choose.
    pub keys: &'static str,
    /// For `area`: lines.
    pub rows: u32,
}

impl Field {
    pub fn new(kind: &'static str, name: &str, label: impl Into<String>) -> Self {
        Self { kind, name: name.to_owned(), label: label.into(), rows: 4, ..Self::default() }
    }

    /// Whether one of the boxes is ticked.
    pub fn ticked(&self, value: &str) -> bool {
        self.value.lines().any(|line| line == value)
    }

    pub fn text(name: &str, label: impl Into<String>) -> Self {
        Self::new("text", name, label)
    }

    pub fn area(name: &str, label: impl Into<String>, rows: u32) -> Self {
        Self { rows, ..Self::new("area", name, label) }
    }

    pub fn hidden(name: &str, value: impl Into<String>) -> Self {
        Self::new("hidden", name, "").value(value)
    }

    pub fn select(name: &str, label: impl Into<String>, options: Vec<(String, String)>) -> Self {
        Self { options, ..Self::new("select", name, label) }
    }

    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = error.into();
        self
    }

    pub fn part(mut self, part: &'static str) -> Self {
        self.part = part;
        self
    }

    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub fn complete(mut self, complete: &'static str) -> Self {
        self.complete = complete;
        self
    }

    pub fn several(mut self) -> Self {
        self.multiple = true;
        self
    }

    pub fn keys(mut self, keys: &'static str) -> Self {
        self.keys = keys;
        self
    }

    pub fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }
}

/// A form: where it goes, its fields, its button.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/form.html")]
pub(crate) struct Form {
    pub action: String,
    pub csrf: String,
    pub heading: String,
    pub fields: Vec<Field>,
    pub button: String,
    /// What is wrong with the whole.
    pub error: String,
    /// Whether it sends files.
    pub files: bool,
    /// Whether it takes something away.
    pub grave: bool,
    /// Whether it is a button in a line.
    pub inline: bool,
}

impl Form {
    pub fn new(csrf: &str, action: impl Into<String>, button: impl Into<String>) -> Self {
        Self { csrf: csrf.to_owned(), action: action.into(), button: button.into(), ..Self::default() }
    }

    pub fn heading(mut self, heading: impl Into<String>) -> Self {
        self.heading = heading.into();
        self
    }

    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = error.into();
        self
    }

    pub fn with_files(mut self) -> Self {
        self.files = true;
        self
    }

    pub fn grave(mut self) -> Self {
        self.grave = true;
        self
    }

    pub fn inline(mut self) -> Self {
        self.inline = true;
        self
    }
}
