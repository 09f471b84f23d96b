//! A record as a form's fields, and a form's fields as a record: one way for every part.

use nhipcau_actions::{
    Setting,
    configuration::{
        Trouble,
        records::{Book, Field as Asked, Is, Part, Record},
    },
};
use nhipcau_domain::{Date, text};

use super::{field_name, part_name};
use crate::{field::Field, page::Page, received::Fields};

/// More units than this are too many to choose from a list: one begins to type, and is offered what fits.
const LISTED: usize = 400;
/// More units than this are too many to send with a form: they are named by their code.
const OFFERED: usize = 4_000;

/// What the fields of a form are drawn from.
pub(super) struct Drawing<'a> {
    pub page: &'a Page,
    pub setting: &'a Setting,
    pub book: &'a Book,
    pub today: Date,
}

impl Drawing<'_> {
    /// The fields of a record's form, filled in. A name that was chosen is not asked for again.
    pub fn fields(&self, part: Part, record: &Record, named: bool, wrong: &[Trouble]) -> Vec<Field> {
        part.fields()
            .iter()
            .map(|asked| {
                let fixed =
                    named && (Some(asked.name) == part.key() || (part == Part::Target && is_key(asked.name)));
                let field = if fixed {
                    Field::hidden(asked.name, record.text(asked.name))
                } else {
                    self.field(asked, record)
                };
                let wrong = wrong.iter().filter(|t| t.field == Some(asked.name));
                let lines: Vec<String> =
                    wrong.map(|t| nhipcau_messages::problem(self.page.lang, &t.problem)).collect();
                field.error(lines.join(" "))
            })
            .collect()
    }

    fn field(&self, asked: &Asked, record: &Record) -> Field {
        let (name, label) = (asked.name, field_name(self.page, asked.name));
        let value = record.text(name);
        let field = match asked.is {
            Is::Name => Field::text(name, label).hint(self.page.t("configuration-name-hint")).value(value),
            Is::Text => Field::text(name, label).value(value),
            Is::Words => Field::area(name, label, rows_for(value)).value(value),
            Is::Day => Field::new("date", name, label).value(value),
            Is::Number => Field::text(name, label).keys("numeric").value(value),
            Is::Flag => Field::new("check", name, label).value(if value == "true" { "1" } else { "" }),
            Is::Choice(choices) => {
                let options = choices.iter().map(|c| ((*c).to_owned(), choice(self.page, name, c)));
                Field::select(name, label, options.collect()).value(value)
            }
            Is::One(part) => {
                Field::select(name, label, self.options(part, !asked.needed || value.is_empty())).value(value)
            }
            Is::Period => Field::select(name, label, self.periods()).value(value),
            Is::Many(part) => self.boxes(part, name, label, record),
            Is::Unit => self.unit(name, label, value, !asked.needed),
            Is::Ordered(part) => lines(name, label, record).hint(self.page.say1(
                "configuration-ordered-hint",
                "what",
                part_name(self.page, part).to_lowercase(),
            )),
            Is::Units => lines(name, label, record).hint(self.page.t("configuration-units-hint")),
            Is::Lines => lines(name, label, record).hint(self.page.t("configuration-lines-hint")),
            Is::Rows(columns) => {
                let rows: Vec<String> = record.rows(name).iter().map(|row| row.join(" | ")).collect();
                let said: Vec<String> = columns
                    .iter()
                    .map(|c| self.page.t(&format!("configuration-column-{}", c.name)))
                    .collect();
                let hint = self.page.say1("configuration-rows-hint", "columns", said.join(" | "));
                let lines = u32::try_from(rows.len()).unwrap_or(12).saturating_add(2).clamp(3, 16);
                Field::area(name, label, lines).value(rows.join("\n")).hint(hint)
            }
        };
        let hint = hint(self.page, name);
        let field = if field.hint.is_empty() { field.hint(hint) } else { field };
        let choosable = !matches!(asked.is, Is::Flag | Is::Many(_) | Is::Choice(_));
        if asked.needed && choosable { field.required() } else { field }
    }

    /// The records of a part: name, title.
    fn options(&self, part: Part, or_none: bool) -> Vec<(String, String)> {
        let none = or_none.then(|| (String::new(), self.page.t("configuration-none")));
        let records = self.book.records(part).iter().map(|r| {
            let (name, title) = (part.name_of(r), part.title_of(r));
            let words = if title == name { title } else { format!("{title} ({name})") };
            (name, words)
        });
        none.into_iter().chain(records).collect()
    }

    fn periods(&self) -> Vec<(String, String)> {
        let periods = self.setting.definitions.calendars.iter().flat_map(|c| &c.periods);
        periods.map(|p| (p.id.to_string(), p.name.clone())).collect()
    }

    /// Records to tick: those that are chosen first, in their order.
    fn boxes(&self, part: Part, name: &str, label: String, record: &Record) -> Field {
        let chosen = record.list(name);
        let mut options = self.options(part, false);
        let place = |id: &str| chosen.iter().position(|c| c == id).unwrap_or(usize::MAX);
        options.sort_by_key(|(id, _)| place(id));
        Field { options, ..Field::new("boxes", name, label) }.value(chosen.join("\n"))
    }

    /// A unit that is open today, chosen by name where they are few.
    pub fn unit(&self, name: &str, label: String, value: &str, or_none: bool) -> Field {
        let tree = &self.setting.tree;
        let open = tree.open_on(self.today).take(OFFERED + 1).count();
        let mut options: Vec<(String, String)> = Vec::new();
        if open <= OFFERED {
            options.extend(tree.open_on(self.today).map(|ix| {
                let id = tree.id(ix).to_string();
                let words = format!("{} ({id})", tree.name(ix, self.today));
                (id, words)
            }));
            options.sort_by_key(|(_, words)| text::sort_key(words));
        }
        if open > LISTED {
            let hint =
                if options.is_empty() { "configuration-unit-hint" } else { "configuration-unit-offered" };
            let field = Field::text(name, label).value(value).hint(self.page.t(hint));
            return Field { options, ..field };
        }
        if !value.is_empty() && !options.iter().any(|(id, _)| id == value) {
            options.insert(0, (value.to_owned(), value.to_owned()));
        }
        if or_none || value.is_empty() {
            options.insert(0, (String::new(), self.page.t("configuration-none")));
        }
        Field::select(name, label, options).value(value)
    }
}

/// A field with a line for each item.
fn lines(name: &str, label: String, record: &Record) -> Field {
    let lines = record.list(name);
    let rows = u32::try_from(lines.len()).unwrap_or(12).saturating_add(1).clamp(3, 16);
    Field::area(name, label, rows).value(lines.join("\n"))
}

fn is_key(field: &str) -> bool {
    matches!(field, "indicator" | "period")
}

fn rows_for(value: &str) -> u32 {
    let lines = u32::try_from(value.lines().count()).unwrap_or(20);
    lines.saturating_add(2).clamp(3, 20)
}

/// What a choice is called.
pub(super) fn choice(page: &Page, field: &str, value: &str) -> String {
    let value = if value.is_empty() { "none" } else { value };
    page.t(&format!("configuration-choice-{}-{value}", field.replace('.', "-")))
}

/// Fields that need a word of their own.
const HINTS: [&str; 12] = [
    "count",
    "definitions",
    "filter.direct",
    "holds",
    "message",
    "ratio.exclusions.parts",
    "ratio.numerator",
    "roster.until",
    "sum",
    "wording.nearly-within",
    "wording.over",
    "wording.decimals",
];

fn hint(page: &Page, field: &str) -> String {
    if HINTS.contains(&field) {
        page.t(&format!("configuration-hint-{}", field.replace('.', "-")))
    } else {
        String::new()
    }
}

/// What was typed, as a record. Text is kept in one Unicode form.
pub(super) fn read(part: Part, fields: &Fields) -> Record {
    let mut record = Record::default();
    for asked in part.fields() {
        let typed = typed(fields.get(asked.name));
        let lines = || typed.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned);
        match asked.is {
            Is::Many(_) => record.set_list(asked.name, fields.all(asked.name).map(self::typed)),
            Is::Ordered(_) | Is::Units | Is::Lines => record.set_list(asked.name, lines()),
            Is::Rows(columns) => {
                let row = |line: String| {
                    let cells = line.splitn(columns.len(), '|').map(|c| c.trim().to_owned());
                    cells.collect::<Vec<String>>()
                };
                record.set_rows(asked.name, lines().map(row).collect());
            }
            Is::Flag => record.set_text(asked.name, if typed.is_empty() { "" } else { "true" }),
            Is::Words if part == Part::Report => record.set_text(asked.name, typed),
            _ => record.set_text(asked.name, typed.trim()),
        }
    }
    record
}

/// Words as they are kept: lines end as they do in files.
pub(super) fn typed(words: &str) -> String {
    text::nfc(&words.replace("\r\n", "\n"))
}
