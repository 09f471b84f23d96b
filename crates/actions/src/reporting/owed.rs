//! What an office owes, and by when.

use std::collections::HashMap;

use nhipcau_domain::{
    Date, Timestamp,
    dataset::DataSet,
    id::{DataSetId, PeriodId, UnitId},
    period::Period,
    returns::{Act, ReturnKey, ReturnState, Status},
    text,
    tree::Ix,
};
use nhipcau_store::{DeadlineExtension, Tx};

use crate::{
    basis,
    error::Result,
    powers::{Over, Report},
    workspace::{Setting, Workspace},
};

/// How far back a list goes, in days after the period's end.
const RECENT: i32 = 400;
/// The most units that a search finds.
const FOUND: usize = 40;

/// How far back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Span {
    /// A year and a little; and older ones that were begun or sent back.
    #[default]
    Recent,
    /// Everything that was ever owed.
    All,
}

/// A return that is owed, or was.
#[derive(Debug, Clone)]
pub struct OwedReturn {
    /// Which return.
    pub key: ReturnKey,
    /// The form's title.
    pub form: String,
    /// The period.
    pub period: Period,
    /// The unit's name then.
    pub unit: String,
    /// Where it stands.
    pub state: ReturnState,
    /// When something was last done with it.
    pub at: Option<Timestamp>,
    /// When this office's draft was saved, and by whom.
    pub drafted: Option<(String, Timestamp)>,
    /// The day by which it is owed.
    pub due: Option<Date>,
    /// Days until then from today; below zero where it is past.
    pub days_left: Option<i32>,
    /// Why it was sent back, in the reviewer's own words.
    pub sent_back: Option<String>,
}

impl OwedReturn {
    /// Whether it waits for the unit: nothing came, or it was sent back, or something is typed.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.drafted.is_some()
            || matches!(self.state.status, Status::Expected | Status::Draft | Status::Returned)
    }

    /// Whether its period is still going on.
    #[must_use]
    pub fn is_running(&self, today: Date) -> bool {
        self.period.last >= today
    }
}

/// A unit in whose name an office may report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Which.
    pub unit: UnitId,
    /// Its name now.
    pub name: String,
    /// The name of the unit above it.
    pub above: String,
}

/// What units owe, the newest deadline first: one that is named, or those at which the office itself
/// stands.
///
/// # Errors
/// `unit-out-of-reach` for a unit that the power does not reach.
pub async fn owed(
    ws: &Workspace,
    over: &Over<Report>,
    unit: Option<&UnitId>,
    span: Span,
) -> Result<Vec<OwedReturn>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let units = match unit {
        Some(unit) => vec![over.require(&setting, unit, over.today())?],
        None => own(&setting, over),
    };
    let mut granted = HashMap::new();
    let mut found = Vec::new();
    for ix in units {
        of_unit(&mut tx, &setting, over, ix, span, &mut granted, &mut found).await?;
    }
    found.sort_by(|a, b| b.due.cmp(&a.due).then_with(|| b.period.last.cmp(&a.period.last)));
    Ok(found)
}

/// The units at which the office stands: its own first, then those at the top of what it reaches.
fn own(setting: &Setting, over: &Over<Report>) -> Vec<Ix> {
    let itself = UnitId::new(over.office());
    let named = std::iter::once(&itself).chain(over.tops());
    let mut units: Vec<Ix> = Vec::new();
    for ix in named.filter_map(|id| setting.tree.find(id)) {
        if !units.contains(&ix) && over.reaches(setting, ix, over.today()) {
            units.push(ix);
        }
    }
    units
}

async fn of_unit(
    tx: &mut Tx,
    setting: &Setting,
    over: &Over<Report>,
    unit: Ix,
    span: Span,
    granted: &mut HashMap<(DataSetId, PeriodId), Vec<DeadlineExtension>>,
    found: &mut Vec<OwedReturn>,
) -> Result<()> {
    let (tree, today) = (&setting.tree, over.today());
    let id = tree.id(unit);
    let mut held: HashMap<ReturnKey, _> =
        tx.returns_of_unit(id).await?.into_iter().map(|r| (r.key.clone(), r)).collect();
    let mut drafts: HashMap<ReturnKey, _> =
        tx.drafts_of_unit(id, over.office()).await?.into_iter().map(|d| (d.key.clone(), d)).collect();
    for form in &setting.definitions.data_sets {
        for period in periods(setting, form, unit, today) {
            let key = ReturnKey { unit: id.clone(), data_set: form.id.clone(), period: period.id.clone() };
            let (stored, draft) = (held.remove(&key), drafts.remove(&key));
            let old = period.last.until(today).is_ok_and(|span| span.get_days() > RECENT);
            let begun =
                draft.is_some() || stored.as_ref().is_some_and(|s| s.state.status == Status::Returned);
            if old && span == Span::Recent && !begun {
                continue;
            }
            let of = (form.id.clone(), period.id.clone());
            if !granted.contains_key(&of) {
                let known = tx.deadline_extensions(&form.id, &period.id).await?;
                granted.insert(of.clone(), known);
            }
            let later = granted.get(&of).map_or(&[][..], Vec::as_slice);
            let due = basis::due(setting, later, form, period, unit);
            let sent_back = match &stored {
                Some(s) if s.state.status == Status::Returned => {
                    tx.acts_of(s.id).await?.into_iter().rev().find_map(|a| match a.act {
                        Act::SendBack { reason } => Some(crate::review::in_question(&reason, form).0),
                        _ => None,
                    })
                }
                _ => None,
            };
            found.push(OwedReturn {
                form: form.name.clone(),
                unit: tree.name(unit, period.last).to_owned(),
                state: stored.as_ref().map(|s| s.state.clone()).unwrap_or_default(),
                at: stored.map(|s| s.at),
                drafted: draft.map(|d| (d.holder, d.at)),
                days_left: due.and_then(|due| Some(today.until(due).ok()?.get_days())),
                due,
                sent_back,
                period: period.clone(),
                key,
            });
        }
    }
    Ok(())
}

/// The periods for which a unit owes a form, as far as they have begun.
fn periods<'a>(
    setting: &'a Setting,
    form: &'a DataSet,
    unit: Ix,
    today: Date,
) -> impl Iterator<Item = &'a Period> {
    let tree = &setting.tree;
    let calendar = setting.definitions.calendar(&form.calendar);
    calendar.into_iter().flat_map(|c| &c.periods).filter(move |p| {
        p.first <= today
            && form.roster.in_force(p)
            && tree.is_open(unit, p.last)
            && form.roster.names(tree.id(unit), tree.kind(unit, p.last))
    })
}

/// Whether the office may report for units below those at which it stands.
///
/// # Errors
/// Where the store fails.
pub async fn reports_for_others(ws: &Workspace, over: &Over<Report>) -> Result<bool> {
    if over.is_over_all() {
        return Ok(true);
    }
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let (tree, today) = (&setting.tree, over.today());
    let below = |top: Ix| tree.children(top, today).any(|unit| over.reaches(&setting, unit, today));
    Ok(over.tops().filter_map(|id| tree.find(id)).any(below))
}

/// The units within reach whose name, id or code has these words; in the order of names.
///
/// # Errors
/// Where the store fails.
pub async fn units_near(ws: &Workspace, over: &Over<Report>, words: &str) -> Result<Vec<Near>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let (tree, today) = (&setting.tree, over.today());
    let words = text::fold(words);
    let asked: Vec<&str> = words.split_whitespace().collect();
    let owes = |ix: Ix| {
        let forms = &setting.definitions.data_sets;
        forms.iter().any(|f| f.roster.names(tree.id(ix), tree.kind(ix, today)))
    };
    let mut found: Vec<Near> = tree
        .open_on(today)
        .filter(|ix| owes(*ix) && over.reaches(&setting, *ix, today))
        .filter_map(|ix| {
            let (id, name) = (tree.id(ix), tree.name(ix, today));
            let folded = format!("{} {id} {}", text::fold(name), tree.code(ix, today).unwrap_or(""));
            asked.iter().all(|word| folded.contains(word)).then(|| Near {
                unit: id.clone(),
                name: name.to_owned(),
                above: tree.parent(ix, today).map(|p| tree.name(p, today).to_owned()).unwrap_or_default(),
            })
        })
        .collect();
    found.sort_by_cached_key(|n| (text::sort_key(&n.name), n.unit.clone()));
    found.truncate(FOUND);
    Ok(found)
}
