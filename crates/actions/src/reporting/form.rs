//! A return's form as it is to be shown: what is asked, what stood last time, what is typed now and what
//! is to be mended in it.

use std::collections::HashMap;

use nhipcau_domain::{
    Date, Timestamp,
    checks::Check,
    dataset::{DataSet, WordsField},
    id::{ElementId, OfficeId},
    period::Period,
    problem::{Arg, Problem, Severity},
    returns::{Act, Entry, ReturnKey, ReturnState, Status, Submission, Value},
};
use nhipcau_store::{ReturnFile, Tx};
use uuid::Uuid;

use super::{
    Sum, Typed,
    attached::is_known,
    draft::{Bound, bound, read, standing, typed_of},
    sums,
};
use crate::{
    basis,
    error::Result,
    powers::{Over, Report},
    returns::run_checks,
    workspace::{Setting, Workspace},
};

/// Why the form is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// To fill it in: what is still blank is no fault.
    Filling,
    /// It was to be sent: what is missing is told.
    Sending,
}

/// One line of a form.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which element.
    pub element: ElementId,
    /// What is counted.
    pub name: String,
    /// The heading that it stands under; empty for none.
    pub section: String,
    /// In which unit of measure: Vietnamese, English.
    pub measure: (String, String),
    /// What counts, in words.
    pub definition: String,
    /// What the unit's accepted return of the period before says.
    pub previous: Option<Value>,
    /// What counts now, where a return of this period was accepted already.
    pub accepted: Option<Value>,
    /// What is typed.
    pub answer: super::Answer,
    /// What is to be mended or explained here.
    pub problems: Vec<Problem>,
    /// Whether a sentence at another line is about this one too.
    pub marked: bool,
    /// Whether the reviewer, in sending it back, asks to look at this one again.
    pub asked: bool,
    /// The sum that this line has to be.
    pub sum: Option<Sum>,
}

/// A form, ready to be shown.
#[derive(Debug, Clone)]
pub struct FormView {
    /// Which return.
    pub key: ReturnKey,
    /// The form's title.
    pub form: String,
    /// What to mind.
    pub instructions: Vec<String>,
    /// The period.
    pub period: Period,
    /// The unit's name then.
    pub unit: String,
    /// Whether the office is the unit's own; else it fills in on the unit's behalf.
    pub own: bool,
    /// The day by which it is owed.
    pub due: Option<Date>,
    /// Today.
    pub today: Date,
    /// Where the return stands.
    pub state: ReturnState,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Questions in words, each with what is typed.
    pub words: Vec<(WordsField, String)>,
    /// The explanation.
    pub explanation: String,
    /// Whether a warning asks for one.
    pub asks_explanation: bool,
    /// Why an accepted one is corrected.
    pub reason: String,
    /// What concerns no single line.
    pub problems: Vec<Problem>,
    /// The draft's version; 0 for none.
    pub version: i64,
    /// Who saved the draft, and when; none where there is none.
    pub drafted: Option<(String, Timestamp)>,
    /// What was kept aside: its name, who typed it, when.
    pub asides: Vec<(String, String, Timestamp)>,
    /// The files that go with it.
    pub files: Vec<ReturnFile>,
    /// When the last revision came in, and from which office.
    pub sent: Option<(Timestamp, OfficeId)>,
    /// Why it was sent back, and when.
    pub sent_back: Option<(String, Timestamp)>,
    /// Reasons for an exemption: code and words.
    pub reasons: Vec<(String, String)>,
    /// The checks that look at nothing but this return and the one before, for the page to run.
    pub checks: Vec<Check>,
}

impl FormView {
    /// Whether anything that keeps it from being sent was found.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        let all = self.lines.iter().flat_map(|l| &l.problems).chain(&self.problems);
        all.into_iter().any(|p| p.severity == Severity::Refuse)
    }
}

/// What was typed, read: what can be sent of it, and what is wrong.
pub(super) struct Reading {
    pub submission: Submission,
    pub at_lines: HashMap<ElementId, Vec<Problem>>,
    pub marked: Vec<ElementId>,
    pub general: Vec<Problem>,
}

impl Reading {
    pub fn is_refused(&self) -> bool {
        let all = self.at_lines.values().flatten().chain(&self.general);
        all.into_iter().any(|p| p.severity == Severity::Refuse)
    }

    fn asks_explanation(&self) -> bool {
        self.at_lines.values().flatten().any(|p| p.severity == Severity::Explain)
    }
}

/// The checks of a form that concern a unit of that kind.
pub(super) fn concerning<'a>(setting: &'a Setting, form: &DataSet, kind: &str) -> Vec<&'a Check> {
    let concerns = |c: &&Check| {
        let rule = c.rule();
        rule.data_set == form.id && (rule.kinds.is_empty() || rule.kinds.iter().any(|k| k.as_str() == kind))
    };
    setting.checks.iter().filter(concerns).collect()
}

/// Reads what was typed as the importer reads a workbook, and runs the checks on what can be read.
pub(super) async fn reading(
    tx: &mut Tx,
    setting: &Setting,
    key: &ReturnKey,
    form: &DataSet,
    typed: &Typed,
    asked: Asked,
    corrects: bool,
) -> Result<Reading> {
    let reasons = &setting.definitions.exempt_reasons;
    let label =
        |id: &ElementId| setting.definitions.element(id).map_or_else(|| id.to_string(), |e| e.name.clone());
    let mut at_lines: HashMap<ElementId, Vec<Problem>> = HashMap::new();
    let mut entries = Vec::with_capacity(form.elements.len());
    for id in &form.elements {
        let value = match typed.answer(id).read(reasons) {
            Ok(Some(value)) => value,
            Ok(None) => {
                if asked == Asked::Sending {
                    let problem = Problem::new("answer-missing").with("label", label(id));
                    at_lines.entry(id.clone()).or_default().push(problem);
                }
                Value::NotReported
            }
            Err(problem) => {
                at_lines.entry(id.clone()).or_default().push(problem.with("label", label(id)));
                Value::NotReported
            }
        };
        entries.push(Entry { element: id.clone(), value, cell: None });
    }
    let submission = Submission {
        key: key.clone(),
        entries,
        words: typed.words.clone(),
        explanation: typed.explanation.clone(),
        origin: nhipcau_domain::returns::Origin::default(),
    };
    let found = run_checks(tx, setting, &[&submission]).await?.pop().unwrap_or_default();
    let (mut marked, mut general) = (Vec::new(), Vec::new());
    for problem in found {
        let rule = match problem.arg("rule") {
            Some(Arg::Text(rule)) => setting.checks.iter().find(|c| c.rule().id == *rule),
            _ => None,
        };
        let mut named = form.elements.iter().filter(|id| rule.is_some_and(|c| c.elements().contains(id)));
        match named.next() {
            Some(first) => at_lines.entry(first.clone()).or_default().push(problem),
            None => general.push(problem),
        }
        marked.extend(named.cloned());
    }
    let mut reading = Reading { submission, at_lines, marked, general };
    if asked == Asked::Sending && reading.asks_explanation() && typed.explanation.trim().is_empty() {
        reading.general.push(Problem::new("return-needs-explanation"));
    }
    if asked == Asked::Sending && corrects && typed.reason.trim().is_empty() {
        reading.general.push(Problem::new("correction-needs-reason"));
    }
    Ok(reading)
}

/// The form of a return, with the draft in it, or what was last sent.
///
/// # Errors
/// `form-unknown`, `period-unknown`, `unit-out-of-reach`, or that the unit does not owe the form.
pub async fn form(ws: &Workspace, over: &Over<Report>, key: &ReturnKey, asked: Asked) -> Result<FormView> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let Bound { form, period, unit } = bound(&setting, over, key)?;
    let (definitions, tree) = (&setting.definitions, &setting.tree);
    let (held, last) = standing(&mut tx, key).await?;
    let drafts = tx.drafts(key, over.office()).await?;
    let mut files = tx.return_files(key).await?;
    files.retain(|f| is_known(f, over.office(), last.is_some()));
    let draft = drafts.iter().find(|d| d.copy.is_empty());
    let typed = match (draft, &last) {
        (Some(draft), _) => read(draft, form)?,
        (None, Some(sent)) => typed_of(&sent.submission, form),
        (None, None) => Typed::default().tidy(form),
    };
    let state = held.as_ref().map(|h| h.state.clone()).unwrap_or_default();
    let reading = reading(&mut tx, &setting, key, form, &typed, asked, state.accepted.is_some()).await?;
    let before = definitions.period_before(period).map(|p| ReturnKey { period: p.id.clone(), ..key.clone() });
    let mut previous = Vec::new();
    for before in before.iter().chain(state.accepted.map(|_| key)) {
        let periods = std::slice::from_ref(&before.period);
        let rows = tx.accepted(&key.data_set, periods, Some(std::slice::from_ref(&key.unit))).await?;
        let counts = rows.into_iter().find_map(|row| row.revision).map(|r| r.submission);
        previous.push((before.period.clone(), counts));
    }
    let of = |period: &str, id: &ElementId| {
        let found = previous.iter().find(|(p, _)| p.as_str() == period)?;
        found.1.as_ref()?.value(id).cloned()
    };
    let kind = tree.kind(unit, period.last);
    let checks = concerning(&setting, form, kind);
    let explains = reading.asks_explanation();
    let mut at_lines = reading.at_lines;
    let mut lines = Vec::with_capacity(form.elements.len());
    for element in definitions.elements_of(form) {
        let measure = definitions.measure(&element.measure);
        lines.push(Line {
            element: element.id.clone(),
            name: element.name.clone(),
            section: element.section.clone(),
            measure: measure.map(|m| (m.name.clone(), m.name_en.clone())).unwrap_or_default(),
            definition: element.definition_on(period.last).map(|d| d.text.clone()).unwrap_or_default(),
            previous: before.as_ref().and_then(|b| of(&b.period, &element.id)),
            accepted: of(&key.period, &element.id),
            answer: typed.answer(&element.id),
            problems: at_lines.remove(&element.id).unwrap_or_default(),
            marked: reading.marked.contains(&element.id),
            asked: false,
            sum: sums::stated(&checks, &element.id, &reading.submission),
        });
    }
    let granted = tx.deadline_extensions(&form.id, &period.id).await?;
    let sent_back = match &held {
        Some(held) if held.state.status == Status::Returned => last_sent_back(&mut tx, held.id).await?,
        _ => None,
    };
    let sent_back = sent_back.map(|(reason, at)| (mark_asked(&mut lines, &reason, form), at));
    Ok(FormView {
        key: key.clone(),
        form: form.name.clone(),
        instructions: form.instructions.clone(),
        unit: tree.name(unit, period.last).to_owned(),
        own: over.office().as_str() == key.unit.as_str(),
        due: basis::due(&setting, &granted, form, period, unit),
        today: over.today(),
        period: period.clone(),
        state,
        lines,
        words: form.words.iter().map(|f| (f.clone(), typed.word(&f.id).to_owned())).collect(),
        explanation: typed.explanation,
        asks_explanation: explains,
        reason: typed.reason,
        problems: reading.general,
        version: draft.map_or(0, |d| d.version),
        drafted: draft.map(|d| (d.holder.clone(), d.at)),
        asides: drafts
            .iter()
            .filter(|d| !d.copy.is_empty())
            .map(|d| (d.copy.clone(), d.holder.clone(), d.at))
            .collect(),
        files,
        sent: last.map(|r| (r.at, r.office)),
        sent_back,
        reasons: definitions
            .exempt_reasons
            .iter()
            .map(|(code, words)| (code.clone(), words.clone()))
            .collect(),
        checks: checks
            .into_iter()
            .filter(|c| !c.needs_children() && c.registers().next().is_none())
            .cloned()
            .collect(),
    })
}

/// Why a return was last sent back, and when.
async fn last_sent_back(tx: &mut Tx, id: Uuid) -> Result<Option<(String, Timestamp)>> {
    let acts = tx.acts_of(id).await?;
    Ok(acts.into_iter().rev().find_map(|a| match a.act {
        Act::SendBack { reason } => Some((reason, a.at)),
        _ => None,
    }))
}

/// Marks the lines that the reviewer asks to look at again; the reason without their names.
fn mark_asked(lines: &mut [Line], reason: &str, form: &DataSet) -> String {
    let (words, asked) = crate::review::in_question(reason, form);
    for line in lines {
        line.asked = asked.contains(&line.element);
    }
    words
}
