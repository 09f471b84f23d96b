//! Of any figure: of whom, excluding whom, as of when, from which units, and who is missing; down
//! to the return and the cell of the workbook that it was read from.

use std::collections::BTreeMap;

use nhipcau_domain::{
    Timestamp,
    figure::{Answer, Figure},
    id::{DataSetId, ElementId, OfficeId, PeriodId, UnitId},
    indicator::Indicator,
    problem::Problem,
    returns::{Act, Entry, Origin, Value},
};
use nhipcau_store::{AcceptedRow, Tx};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    basis::{self, Evidence, TreeDay},
    error::Result,
    figures::{self, Query},
    powers::{Over, See},
    workspace::{Setting, Workspace},
};

/// A figure, explained.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The figure.
    pub figure: Figure,
    /// How it is defined.
    pub indicator: Indicator,
    /// The elements that it rests on, with their definitions in force on the period's last day.
    pub elements: Vec<ElementNote>,
    /// What each unit adds, the largest first; a rate's are listed and do not sum.
    pub contributions: Vec<Contributor>,
    /// Units that are accepted but do not count, because one of the numbers is not reported.
    pub incomplete: Vec<UnitRef>,
    /// What is owed and not accepted.
    pub missing: Vec<Missing>,
    /// Corrections of the returns that it rests on, the latest first.
    pub corrections: Vec<Correction>,
}

/// A unit by id, name and place.
#[derive(Debug, Clone, Serialize)]
pub struct UnitRef {
    /// Its id.
    pub unit: UnitId,
    /// Its name on the period's last day.
    pub name: String,
    /// The names of those above it under the tree that was asked for, nearest first.
    pub path: Vec<String>,
}

/// An element that a figure rests on.
#[derive(Debug, Clone, Serialize)]
pub struct ElementNote {
    /// Its name in configuration.
    pub element: ElementId,
    /// Its label.
    pub name: String,
    /// Its definition in force.
    pub definition: String,
    /// Days on which its definition changed: breaks in the series.
    pub breaks: Vec<String>,
}

/// What one unit adds.
#[derive(Debug, Clone, Serialize)]
pub struct Contributor {
    /// Whose.
    #[serde(flatten)]
    pub unit: UnitRef,
    /// After exclusions.
    pub numerator: i64,
    /// After exclusions; none for a count.
    pub denominator: Option<i64>,
    /// The returns that it was read from.
    pub returns: Vec<Source>,
}

/// A return that numbers were read from.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// The return's id.
    pub return_id: Uuid,
    /// Which form.
    pub data_set: DataSetId,
    /// For which period.
    pub period: PeriodId,
    /// The accepted revision's number.
    pub revision: u32,
    /// The file and sheet.
    pub origin: Origin,
    /// The numbers, each with its cell.
    pub entries: Vec<Entry>,
}

/// A return that is owed and not accepted.
#[derive(Debug, Clone, Serialize)]
pub struct Missing {
    /// Whose.
    #[serde(flatten)]
    pub unit: UnitRef,
    /// Which form.
    pub data_set: DataSetId,
    /// For which period.
    pub period: PeriodId,
    /// Where it stands.
    pub status: nhipcau_domain::returns::Status,
}

/// A correction of a return that had been accepted, or sent back. One that was sent again before
/// anybody had reviewed it is none.
#[derive(Debug, Clone, Serialize)]
pub struct Correction {
    /// Whose.
    pub unit: UnitRef,
    /// The return's id.
    pub return_id: Uuid,
    /// The new revision's number.
    pub revision: u32,
    /// Who corrected.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// What changed, of the elements that the figure rests on: before and after.
    pub differences: Vec<(ElementId, Option<Value>, Value)>,
}

/// Explains one figure.
pub async fn explain(ws: &Workspace, key: &str, query: &Query) -> Result<Explanation> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    explain_in(&mut tx, &setting, key, query).await
}

/// The same, within a transaction.
pub async fn explain_in(tx: &mut Tx, setting: &Setting, key: &str, query: &Query) -> Result<Explanation> {
    let definitions = &setting.definitions;
    let indicator = definitions.indicator(key).ok_or_else(|| unknown(setting, key))?;
    let period = basis::period(setting, &query.period)?;
    let scope = query.scope.as_ref().unwrap_or(&definitions.campaign.scope);
    let evidence = Evidence::load(tx, setting, period).await?;
    let answer = evidence.basis(setting, scope, query.tree)?.evaluate(indicator)?;
    from_answer(tx, setting, indicator, answer, query.tree).await
}

/// Explains one figure, raw, to an office that sees every unit that it rests on.
///
/// # Errors
/// `figure-unknown`; `unit-out-of-reach`, with the scope, where it does not.
pub async fn seen(ws: &Workspace, over: &Over<See>, key: &str, query: &Query) -> Result<Explanation> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let definitions = &setting.definitions;
    let indicator = definitions.indicator(key).ok_or_else(|| unknown(&setting, key))?;
    let period = basis::period(&setting, &query.period)?;
    let scope = query.scope.as_ref().unwrap_or(&definitions.campaign.scope);
    let evidence = Evidence::load(&mut tx, &setting, period).await?;
    let answer = evidence.basis(&setting, scope, query.tree)?.evaluate(indicator)?;
    figures::require(&setting, over, &answer)?;
    from_answer(&mut tx, &setting, indicator, answer, query.tree).await
}

/// Explains an answer that is at hand.
pub async fn from_answer(
    tx: &mut Tx,
    setting: &Setting,
    indicator: &Indicator,
    answer: Answer,
    tree: TreeDay,
) -> Result<Explanation> {
    let definitions = &setting.definitions;
    let period = basis::period(setting, &answer.figure.period)?;
    let named = |unit: &UnitId| unit_ref(setting, unit, period, tree);
    let elements = definitions.leaf_elements(indicator);
    let units: Vec<UnitId> = answer.contributions.iter().map(|c| c.unit.clone()).collect();
    let mut by_unit: BTreeMap<UnitId, Vec<AcceptedRow>> = BTreeMap::new();
    for data_set in definitions.data_sets_of(indicator) {
        let Some(form) = definitions.data_set(&data_set) else { continue };
        let parts: Vec<PeriodId> = definitions.parts_of(form, period).iter().map(|p| p.id.clone()).collect();
        for row in tx.accepted(&data_set, &parts, Some(&units)).await? {
            by_unit.entry(row.key.unit.clone()).or_default().push(row);
        }
    }
    let mut corrections = Vec::new();
    for row in by_unit.values().flatten().filter(|r| r.revision.as_ref().is_some_and(|a| a.number > 1)) {
        corrections.extend(corrections_of(tx, row, &elements, &named).await?);
    }
    corrections.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.unit.unit.cmp(&b.unit.unit)));
    let mut contributions: Vec<Contributor> = answer
        .contributions
        .iter()
        .map(|c| Contributor {
            unit: named(&c.unit),
            numerator: c.numerator,
            denominator: c.denominator,
            returns: by_unit
                .get(&c.unit)
                .map_or_else(Vec::new, |rows| rows.iter().filter_map(|r| source(r, &elements)).collect()),
        })
        .collect();
    contributions.sort_by(|a, b| {
        (b.denominator, b.numerator)
            .cmp(&(a.denominator, a.numerator))
            .then_with(|| a.unit.unit.cmp(&b.unit.unit))
    });
    Ok(Explanation {
        elements: notes(setting, &elements, period.last),
        contributions,
        incomplete: answer.incomplete.iter().map(&named).collect(),
        missing: answer
            .missing
            .iter()
            .map(|m| Missing {
                unit: named(&m.unit),
                data_set: m.data_set.clone(),
                period: m.period.clone(),
                status: m.status,
            })
            .collect(),
        corrections,
        figure: answer.figure,
        indicator: indicator.clone(),
    })
}

/// The unit's name and who is above it.
#[must_use]
pub fn unit_ref(
    setting: &Setting,
    unit: &UnitId,
    period: &nhipcau_domain::period::Period,
    tree: TreeDay,
) -> UnitRef {
    let day = tree.day(period);
    let Some(ix) = setting.tree.find(unit) else {
        return UnitRef { unit: unit.clone(), name: unit.to_string(), path: Vec::new() };
    };
    let above = setting.tree.place(ix, day).path.into_iter().filter(|at| *at != ix);
    UnitRef {
        unit: unit.clone(),
        name: setting.tree.name(ix, period.last).to_owned(),
        path: above.map(|at| setting.tree.name(at, day).to_owned()).collect(),
    }
}

fn source(row: &AcceptedRow, elements: &[ElementId]) -> Option<Source> {
    let revision = row.revision.as_ref()?;
    Some(Source {
        return_id: row.return_id,
        data_set: row.key.data_set.clone(),
        period: row.key.period.clone(),
        revision: revision.number,
        origin: revision.submission.origin.clone(),
        entries: revision
            .submission
            .entries
            .iter()
            .filter(|e| elements.contains(&e.element))
            .cloned()
            .collect(),
    })
}

async fn corrections_of(
    tx: &mut Tx,
    row: &AcceptedRow,
    elements: &[ElementId],
    named: &(dyn Fn(&UnitId) -> UnitRef + Sync),
) -> Result<Vec<Correction>> {
    let revisions = tx.revisions_of(row.return_id).await?;
    let counts = row.revision.as_ref().map_or(0, |r| r.number);
    let mut found: Vec<Correction> = Vec::new();
    let (mut sent_back, mut submitted) = (String::new(), 0);
    // The revision that the last correction was made from, while nobody has reviewed that correction.
    let mut open: Option<u32> = None;
    for act in tx.acts_of(row.return_id).await? {
        let (revision, reason) = match &act.act {
            Act::Submit { revision, reason } => (*revision, reason),
            Act::SendBack { reason } => {
                sent_back.clone_from(reason);
                open = None;
                continue;
            }
            Act::Accept => {
                open = None;
                continue;
            }
            _ => continue,
        };
        // What waits for review changes no figure yet.
        if revision > counts {
            break;
        }
        let before = std::mem::replace(&mut submitted, revision);
        // One that was sent back says why in the reviewer's words.
        let reason = if reason.is_empty() { std::mem::take(&mut sent_back) } else { reason.clone() };
        let (from, reason) = if reason.is_empty() {
            // Sent again before anybody had reviewed it: what it replaces was in no figure, so it is no
            // correction of its own, and a correction that waited is told once, as it was reviewed.
            let Some(from) = open else { continue };
            let Some(waited) = found.pop() else { continue };
            (from, waited.reason)
        } else {
            (before, reason)
        };
        let at = |number: u32| revisions.iter().find(|r| r.number == number).map(|r| &r.submission);
        let (Some(after), Some(before)) = (at(revision), at(from)) else {
            continue;
        };
        open = Some(from);
        let differences = after.differences(before).into_iter().filter(|(e, _, _)| elements.contains(e));
        found.push(Correction {
            unit: named(&row.key.unit),
            return_id: row.return_id,
            revision,
            office: act.office,
            at: act.at,
            reason,
            differences: differences.map(|(e, old, new)| (e.clone(), old.cloned(), new.clone())).collect(),
        });
    }
    Ok(found)
}

fn notes(setting: &Setting, elements: &[ElementId], day: nhipcau_domain::Date) -> Vec<ElementNote> {
    let found = elements.iter().filter_map(|id| setting.definitions.element(id));
    found
        .map(|e| ElementNote {
            element: e.id.clone(),
            name: e.name.clone(),
            definition: e.definition_on(day).map(|d| d.text.clone()).unwrap_or_default(),
            breaks: e.breaks().map(nhipcau_domain::text::date).collect(),
        })
        .collect()
}

/// There is no such figure; the nearest ones are named.
fn unknown(setting: &Setting, key: &str) -> Problem {
    let first = key.split('.').next().unwrap_or(key);
    let near: Vec<&str> = setting
        .definitions
        .indicators
        .iter()
        .map(|i| i.id.as_str())
        .filter(|i| i.starts_with(first))
        .collect();
    Problem::new("figure-unknown").with("key", key).with("near", near.join(", "))
}
