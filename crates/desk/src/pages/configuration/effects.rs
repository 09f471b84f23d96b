//! What a change would do, said: what differs, which figures, totals, duties, forms, checks, reports.

use nhipcau_actions::{
    Setting,
    configuration::{
        CheckChange, FieldChange, FigureChange, How, OwedChange, Preview, RecordChange, TotalsChange,
        records::{Is, Part, Value},
    },
};
use nhipcau_domain::{
    Date,
    figure::Figure,
    id::{PeriodId, UnitId},
    tree::TreeEvent,
};

use super::{field_name, part_name, typed::choice, unit_events, unit_name};
use crate::{
    page::Page,
    sheet::{Block, Cell, Sheet, Table},
};

/// The most units, and the most lines of a table, that are named; the rest is counted.
const NAMED: usize = 8;
const LINES: usize = 60;

/// A table's lines, the rest counted in the last one.
fn table(page: &Page, head: &[&str], mut rows: Vec<Vec<Cell>>) -> Block {
    let left = rows.len().saturating_sub(LINES);
    rows.truncate(LINES);
    if left > 0 {
        rows.push(vec![Cell::text(page.say1("configuration-more-lines", "count", left))]);
    }
    Block::Table(Table { caption: String::new(), head: head.iter().map(|h| page.t(h)).collect(), rows })
}

pub(super) fn draw(page: &Page, preview: &Preview, today: Date, sheet: &mut Sheet) {
    let setting = &preview.setting;
    differences(page, setting, &preview.records, &preview.events, sheet);
    if preview.events_left_out > 0 {
        let said = page.say1("configuration-events-stay", "count", preview.events_left_out);
        sheet.push(Block::Text(said));
    }
    for warning in &preview.warnings {
        sheet.push(Block::Text(nhipcau_messages::problem(page.lang, warning)));
    }
    sheet.push(Block::Heading(page.t("configuration-figures")));
    if preview.figures.is_empty() {
        sheet.push(Block::Text(page.t("configuration-figures-none")));
    } else {
        let rows = preview.figures.iter().map(|f| figure(page, setting, f)).collect();
        let head = ["configuration-figure", "column-period", "configuration-before", "configuration-after"];
        sheet.push(table(page, &head, rows));
    }
    sheet.push(Block::Heading(page.t("configuration-totals")));
    if preview.totals.is_empty() {
        sheet.push(Block::Text(page.t("configuration-totals-none")));
    }
    for totals in &preview.totals {
        sheet.push(totals_of(page, setting, totals, today));
    }
    sheet.push(Block::Heading(page.t("configuration-owed")));
    if preview.owed.is_empty() {
        sheet.push(Block::Text(page.t("configuration-owed-none")));
    } else {
        let rows = preview.owed.iter().map(|o| owed(page, setting, o, today)).collect();
        let head = [
            "column-form",
            "column-period",
            "configuration-expected",
            "configuration-joined",
            "configuration-left",
        ];
        sheet.push(table(page, &head, rows));
    }
    for form in &preview.forms {
        let name = form_name(setting, &form.form);
        let args = [("form", name.into()), ("count", form.units.into())];
        sheet.push(Block::Text(page.say("configuration-form-changes", &args)));
    }
    if !preview.checks.is_empty() {
        sheet.push(Block::Heading(page.t("configuration-checks")));
        let rows = preview.checks.iter().map(|c| check(page, setting, c, today)).collect();
        let head = ["configuration-check", "column-form", "configuration-speaks", "configuration-examples"];
        sheet.push(table(page, &head, rows));
    }
    if !preview.editions.is_empty() {
        sheet.push(Block::Heading(page.t("configuration-editions")));
        let names: Vec<String> = preview
            .editions
            .iter()
            .map(|e| {
                let args = [("report", e.report.as_str().into()), ("number", e.number.into())];
                page.say("configuration-edition", &args)
            })
            .collect();
        sheet.push(Block::Text(page.say1("configuration-editions-stay", "editions", names.join(", "))));
    }
    sheet.push(Block::Text(page.say1("configuration-tried", "count", preview.tried)));
    if !preview.left_out.is_empty() {
        let names: Vec<String> = preview.left_out.iter().map(|p| period_name(setting, p)).collect();
        sheet.push(Block::Text(page.say1("configuration-left-out", "periods", names.join(", "))));
    }
}

/// What differs, record by record and field by field, and what happens to units.
pub(super) fn differences(
    page: &Page,
    setting: &Setting,
    records: &[RecordChange],
    events: &[TreeEvent],
    sheet: &mut Sheet,
) {
    if !events.is_empty() {
        sheet.push(Block::Heading(page.t("configuration-happens")));
        let rows = events.iter().map(|e| {
            vec![Cell::text(super::day(page, e.on)), Cell::text(unit_events::say(page, setting, e))]
        });
        sheet.push(table(page, &["configuration-from-day", "configuration-event"], rows.collect()));
    }
    if records.is_empty() {
        return;
    }
    sheet.push(Block::Heading(page.t("configuration-records")));
    for record in records.iter().take(LINES) {
        let how = match record.how {
            How::Added => "configuration-added",
            How::Changed => "configuration-changed",
            How::Removed => "configuration-removed",
            How::Moved => "configuration-moved",
        };
        let args = [
            ("part", part_name(page, record.part).into()),
            ("title", record.title.as_str().into()),
            ("name", record.name.as_str().into()),
        ];
        if record.fields.is_empty() {
            sheet.push(Block::Text(page.say(how, &args)));
            continue;
        }
        let rows = record.fields.iter().map(|f| field(page, record.part, f));
        let head =
            ["configuration-field", "configuration-before", "configuration-after"].iter().map(|h| page.t(h));
        sheet.push(Block::Table(Table {
            caption: page.say(how, &args),
            head: head.collect(),
            rows: rows.collect(),
        }));
    }
    if records.len() > LINES {
        let said = page.say1("configuration-more-lines", "count", records.len() - LINES);
        sheet.push(Block::Text(said));
    }
}

fn field(page: &Page, part: Part, change: &FieldChange) -> Vec<Cell> {
    let is = part.field(change.field).map(|f| f.is);
    let said = |value: Option<&Value>| match value {
        None => "–".to_owned(),
        Some(Value::Text(text)) => match is {
            Some(Is::Choice(_)) => choice(page, change.field, text),
            Some(Is::Flag) => page.t("configuration-yes"),
            Some(Is::Day) => text.parse().map_or_else(|_| text.clone(), |d| super::day(page, d)),
            _ => text.clone(),
        },
        Some(Value::List(list)) => list.join(", "),
        Some(Value::Rows(rows)) => rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("; "),
    };
    let (mut before, mut after) = (said(change.before.as_ref()), said(change.after.as_ref()));
    if let (Some(Value::List(_) | Value::Rows(_)), Some(_)) = (&change.before, &change.after) {
        (before, after) = apart(change);
    }
    vec![Cell::text(field_name(page, change.field)), Cell::text(before), Cell::text(after)]
}

/// Of long lists only what one side has and the other has not, if that tells them apart.
fn apart(change: &FieldChange) -> (String, String) {
    let items = |value: Option<&Value>| -> Vec<String> {
        match value {
            Some(Value::List(list)) => list.clone(),
            Some(Value::Rows(rows)) => rows.iter().map(|row| row.join(" | ")).collect(),
            Some(Value::Text(text)) => vec![text.clone()],
            None => Vec::new(),
        }
    };
    let (before, after) = (items(change.before.as_ref()), items(change.after.as_ref()));
    let only = |a: &[String], b: &[String]| {
        let only: Vec<String> = a.iter().filter(|i| !b.contains(i)).cloned().collect();
        only.join("; ")
    };
    let (gone, come) = (only(&before, &after), only(&after, &before));
    if gone.is_empty() && come.is_empty() {
        return (before.join("; "), after.join("; "));
    }
    let or = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    (or(gone), or(come))
}

fn figure(page: &Page, setting: &Setting, change: &FigureChange) -> Vec<Cell> {
    let state = |figure: Option<&Figure>| match figure {
        None => Cell::text(page.t("configuration-no-figure")),
        Some(f) => Cell::text(wording(page, f)).more(rests_on(page, f)),
    };
    vec![
        Cell::text(&*change.name).more(change.indicator.as_str()),
        Cell::text(period_name(setting, &change.period)),
        state(change.before.as_ref()),
        state(change.after.as_ref()),
    ]
}

fn wording(page: &Page, f: &Figure) -> String {
    let status = match f.status {
        nhipcau_domain::figure::Status::Measured => "measured",
        nhipcau_domain::figure::Status::Derived => "derived",
        nhipcau_domain::figure::Status::Claim => "claim",
        nhipcau_domain::figure::Status::Missing => "missing",
        nhipcau_domain::figure::Status::Unanswerable => "unanswerable",
    };
    let status = page.t(&format!("portal-kind-{status}"));
    if f.wording.is_empty() { status } else { format!("{} ({status})", f.wording) }
}

fn rests_on(page: &Page, f: &Figure) -> String {
    let number = |n: i64| page.say1("configuration-number", "n", n);
    let value = match (f.numerator, f.denominator) {
        (Some(n), Some(d)) => format!("{} / {}", number(n), number(d)),
        (Some(n), None) => number(n),
        _ => String::new(),
    };
    let coverage = page.say(
        "configuration-coverage",
        &[
            ("accepted", f.coverage.accepted.into()),
            ("expected", f.coverage.expected.into()),
            ("missing", f.coverage.missing.into()),
        ],
    );
    [value, coverage].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ")
}

fn totals_of(page: &Page, setting: &Setting, t: &TotalsChange, today: Date) -> Block {
    let sum = |value: Option<(i64, i64)>| match value {
        None => "–".to_owned(),
        Some((sum, answers)) => {
            page.say("configuration-sum", &[("sum", sum.into()), ("answers", answers.into())])
        }
    };
    let rows = t.some.iter().map(|c| {
        let element = setting.definitions.element(&c.element).map_or(c.element.clone(), |e| e.name.clone());
        vec![
            Cell::text(unit_name(setting, &c.unit, today)).more(c.unit.as_str()),
            Cell::text(element),
            Cell::text(sum(c.before)),
            Cell::text(sum(c.after)),
        ]
    });
    let args = [
        ("form", form_name(setting, &t.form).into()),
        ("period", period_name(setting, &t.period).into()),
        ("units", t.units.into()),
    ];
    let head = ["configuration-unit", "configuration-element", "configuration-before", "configuration-after"];
    Block::Table(Table {
        caption: page.say("configuration-totals-of", &args),
        head: head.iter().map(|h| page.t(h)).collect(),
        rows: rows.collect(),
    })
}

fn owed(page: &Page, setting: &Setting, o: &OwedChange, today: Date) -> Vec<Cell> {
    let args = [("before", o.expected.0.into()), ("after", o.expected.1.into())];
    vec![
        Cell::text(form_name(setting, &o.form)),
        Cell::text(period_name(setting, &o.period)),
        Cell::text(page.say("configuration-expected-change", &args)),
        Cell::text(names(page, setting, &o.joined, today)),
        Cell::text(names(page, setting, &o.left, today)),
    ]
}

fn names(page: &Page, setting: &Setting, units: &[UnitId], today: Date) -> String {
    if units.is_empty() {
        return "–".to_owned();
    }
    let mut some: Vec<String> = units.iter().take(NAMED).map(|u| unit_name(setting, u, today)).collect();
    if units.len() > NAMED {
        some.push(page.say1("configuration-more-units", "count", units.len() - NAMED));
    }
    some.join(", ")
}

fn check(page: &Page, setting: &Setting, c: &CheckChange, today: Date) -> Vec<Cell> {
    let severity = c.severity.map_or("removed", |s| match s {
        nhipcau_domain::problem::Severity::Refuse => "refuse",
        nhipcau_domain::problem::Severity::Explain => "explain",
        nhipcau_domain::problem::Severity::Notice => "notice",
    });
    let args = [
        ("before", c.speaks.0.into()),
        ("after", c.speaks.1.into()),
        ("tried", c.tried.into()),
        ("returns", c.returns.into()),
    ];
    let examples: Vec<String> = c
        .examples
        .iter()
        .map(|e| {
            let said = nhipcau_messages::sentence(page.lang, &e.problem);
            format!("{}: {said}", unit_name(setting, &e.unit, today))
        })
        .collect();
    vec![
        Cell::text(&*c.rule).more(page.t(&format!("configuration-severity-{severity}"))),
        Cell::text(form_name(setting, &c.form)).more(period_name(setting, &c.period)),
        Cell::text(page.say("configuration-speaks-of", &args)),
        Cell::text(if examples.is_empty() { "–".to_owned() } else { examples.join(" ") }),
    ]
}

fn form_name(setting: &Setting, id: &str) -> String {
    setting.definitions.data_set(id).map_or_else(|| id.to_owned(), |f| f.name.clone())
}

fn period_name(setting: &Setting, id: &PeriodId) -> String {
    setting.definitions.period(id).map_or_else(|| id.to_string(), |p| p.name.clone())
}
