//! One return: each number with the cell that it was read from, and everything that happened to it.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Html,
};
use nhipcau_domain::{
    dataset::DataSet,
    returns::{Act, Status, Value},
};
use nhipcau_store::{ActRecord, RevisionRecord};
use uuid::Uuid;

use crate::{
    failure::Failure,
    numbers::Numbers,
    page::{Page, Section},
    reader::Reader,
    reading::{Reading, html},
    shown::Shown,
    state::PortalState,
    veil::Veil,
    views::{Choice, Difference, PeriodView, UnitLink},
};

/// A return's page.
#[derive(Debug, Clone, Template)]
#[template(path = "return.html")]
pub struct ReturnPage {
    /// What every page carries.
    pub page: Page,
    /// Whose.
    pub unit: UnitLink,
    /// Who is above it, the highest first.
    pub above: Vec<UnitLink>,
    /// The form's title.
    pub form: String,
    /// For which period.
    pub period: PeriodView,
    /// Where it stands.
    pub status: Status,
    /// Whether a frozen report rests on it.
    pub locked: bool,
    /// Where the accepted revision came from; none when it was typed.
    pub origin: Option<OriginView>,
    /// The accepted revision's number.
    pub revision: u32,
    /// The accepted numbers.
    pub rows: Vec<EntryRow>,
    /// Answers in words.
    pub words: Vec<WordsRow>,
    /// The figures that rest on it.
    pub figures: Vec<Choice>,
    /// What happened to it, the latest first.
    pub acts: Vec<ActLine>,
}

/// The file that a revision came from.
#[derive(Debug, Clone)]
pub struct OriginView {
    /// The file's name.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// SHA-256 of its bytes; empty where it would tell more than may be shown.
    pub hash: String,
}

/// An element's value with its cell.
#[derive(Debug, Clone)]
pub struct EntryRow {
    /// The heading that begins here; empty for none.
    pub section: String,
    /// The element's label.
    pub element: String,
    /// Its value, in words where it is not a number.
    pub value: Shown<String>,
    /// Its unit of measure.
    pub measure: String,
    /// The cell that it was read from.
    pub cell: Option<String>,
}

/// An answer in words.
#[derive(Debug, Clone)]
pub struct WordsRow {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: Shown<String>,
}

/// What an office did.
#[derive(Debug, Clone)]
pub struct ActLine {
    /// What.
    pub what: String,
    /// When, in local time.
    pub at: String,
    /// By which office.
    pub office: String,
    /// Why; it may name numbers, so it is shown only together with them.
    pub reason: Option<Shown<String>>,
    /// What a revision changed.
    pub differences: Vec<Difference>,
}

/// Shows a return.
pub async fn show(
    State(state): State<PortalState>,
    reader: Reader,
    Path(return_id): Path<String>,
) -> Result<Html<String>, Failure> {
    let id: Uuid = return_id.parse().map_err(|_| Failure::NotFound)?;
    let mut reading = Reading::begin(state, reader).await?;
    let stored = reading.tx.return_by_id(id).await?.ok_or(Failure::NotFound)?;
    let setting = std::sync::Arc::clone(&reading.setting);
    let period = setting.definitions.period(&stored.key.period).ok_or(Failure::NotFound)?;
    let form = setting.definitions.data_set(&stored.key.data_set).ok_or(Failure::NotFound)?;
    let ix = reading.unit(&stored.key.unit)?;
    let mut page = reading.page(Section::None);
    page.period.get_or_insert_with(|| period.id.to_string());
    let numbers = Numbers::load(&mut reading, period).await?;
    let revisions = reading.tx.revisions_of(id).await?;
    let acts = reading.tx.acts_of(id).await?;
    let accepted = stored.state.accepted.and_then(|n| revisions.iter().find(|r| r.number == n));
    let told = Told { reading: &reading, page: &page, veil: &numbers.veil, accepted, revisions: &revisions };
    html(&ReturnPage {
        unit: reading.link(&page, ix, period.last),
        above: reading.above(&page, ix, period.last),
        form: form.name.clone(),
        status: stored.state.status,
        locked: stored.state.locked,
        origin: accepted.map(|r| told.origin(r)),
        revision: accepted.map_or(0, |r| r.number),
        rows: told.rows(form),
        words: told.words(form),
        figures: told.figures(form),
        acts: acts.iter().rev().map(|a| told.act(a)).collect(),
        period: PeriodView::new(period),
        page: page.clone(),
    })
}

/// Tells of a return what its audience may see.
struct Told<'a> {
    reading: &'a Reading,
    page: &'a Page,
    veil: &'a Veil,
    accepted: Option<&'a RevisionRecord>,
    revisions: &'a [RevisionRecord],
}

impl Told<'_> {
    fn origin(&self, revision: &RevisionRecord) -> OriginView {
        let origin = &revision.submission.origin;
        let typed = origin.file.is_empty();
        OriginView {
            file: if typed { self.page.t("portal-origin-typed") } else { origin.file.clone() },
            sheet: origin.sheet.clone(),
            // Who knows the template could guess small counts from the hash of the file.
            hash: if self.veil.is_raw() { origin.sha256.clone() } else { String::new() },
        }
    }

    fn rows(&self, form: &DataSet) -> Vec<EntryRow> {
        let Some(revision) = self.accepted else { return Vec::new() };
        let shown = self.veil.elements(&revision.submission);
        let mut heading = "";
        let definitions = &self.reading.setting.definitions;
        let mut rows = Vec::new();
        for element in definitions.elements_of(form) {
            let entry = revision.submission.entries.iter().find(|e| e.element == element.id);
            let value = entry.map_or(&Value::NotReported, |e| &e.value);
            let begins = element.section != heading;
            heading = &element.section;
            rows.push(EntryRow {
                section: if begins { element.section.clone() } else { String::new() },
                element: element.name.clone(),
                value: self.current(&shown, &element.id, value),
                measure: self.reading.measure_name(&element.measure),
                cell: entry.and_then(|e| e.cell.clone()),
            });
        }
        rows
    }

    fn current(
        &self,
        shown: &BTreeSet<String>,
        element: &nhipcau_domain::id::ElementId,
        value: &Value,
    ) -> Shown<String> {
        match value {
            Value::Number(_) => self.veil.of_element(element, shown, self.reading.value(self.page, value)),
            _ => Shown::Shown(self.reading.value(self.page, value)),
        }
    }

    fn words(&self, form: &DataSet) -> Vec<WordsRow> {
        let Some(revision) = self.accepted else { return Vec::new() };
        let question = |id: &str| {
            let field = form.words.iter().find(|w| w.id == id);
            field.map_or_else(|| id.to_owned(), |w| w.name.clone())
        };
        let answered = revision.submission.words.iter().map(|(id, answer)| (question(id), answer.as_str()));
        let explained = (self.page.t("portal-explanation"), revision.submission.explanation.as_str());
        let all = answered.chain([explained]).filter(|(_, answer)| !answer.trim().is_empty());
        all.map(|(question, answer)| WordsRow { question, answer: self.veil.sent_words(answer) }).collect()
    }

    fn figures(&self, form: &DataSet) -> Vec<Choice> {
        let definitions = &self.reading.setting.definitions;
        let rests = definitions.indicators.iter().filter(|i| definitions.data_sets_of(i).contains(&form.id));
        rests
            .map(|i| Choice { label: i.name.clone(), href: self.page.figure(&i.id), current: false })
            .collect()
    }

    fn act(&self, record: &ActRecord) -> ActLine {
        let page = self.page;
        let mut differences = Vec::new();
        let (what, reason) = match &record.act {
            Act::Draft { revision } => (page.say1("portal-act-draft", "number", revision), ""),
            Act::Submit { revision, reason } => {
                differences = self.differences(*revision);
                let id = if reason.is_empty() { "portal-act-submit" } else { "portal-act-correct" };
                (page.say1(id, "number", revision), reason.as_str())
            }
            Act::SendBack { reason } => (page.t("portal-act-send-back"), reason.as_str()),
            Act::Accept => (page.t("portal-act-accept"), ""),
            Act::Exempt { reason } => (page.t("portal-act-exempt"), reason.as_str()),
            Act::Lock { edition } => (page.say1("portal-act-lock", "edition", edition), ""),
        };
        ActLine {
            what,
            at: page.time(record.at),
            office: self.office(record),
            reason: (!reason.is_empty()).then(|| self.veil.sent_words(reason)),
            differences,
        }
    }

    fn office(&self, record: &ActRecord) -> String {
        let office = self.reading.office_name(&record.office);
        let number = match &record.act {
            Act::Draft { revision } | Act::Submit { revision, .. } => *revision,
            _ => 0,
        };
        let behalf = self.revisions.iter().find(|r| r.number == number).and_then(|r| r.on_behalf_of.as_ref());
        match behalf {
            Some(other) => {
                let other = self.reading.office_name(other);
                self.page.say2("portal-on-behalf", "office", office, "other", other)
            }
            None => office,
        }
    }

    /// What a revision changed of the one before.
    fn differences(&self, number: u32) -> Vec<Difference> {
        let at = |n: u32| self.revisions.iter().find(|r| r.number == n);
        let (Some(after), Some(before)) = (at(number), number.checked_sub(1).and_then(at)) else {
            return Vec::new();
        };
        let counts = self.accepted.is_some_and(|a| a.number == number);
        let shown = if counts { self.veil.elements(&after.submission) } else { BTreeSet::new() };
        let changed = after.submission.differences(&before.submission);
        let line = |(element, old, new)| {
            let mut line = self.reading.difference(self.page, self.veil, element, old, new);
            if counts {
                line.after = self.current(&shown, element, new);
            }
            line
        };
        changed.into_iter().map(line).collect()
    }
}
