//! The dry run: what a change would do, found under the setting that it would make, in a snapshot that
//! holds no one up. Figures, totals and who owes are made by the functions that make them in force; a
//! test holds what is said here to what then happens.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use nhipcau_campaign::records::Book;
use nhipcau_domain::{
    Date,
    definitions::Definitions,
    id::{DataSetId, PeriodId},
    period::Period,
    problem::Problem,
    tree::{Tree, TreeEvent},
};
use nhipcau_store::{EditionStatus, EditionSummary, ReportedPeriod, Tx};

use super::{
    CheckChange, Configure, Edit, FigureChange, OwedChange, RecordChange, TotalsChange, Trouble, checking,
    difference::differences,
    edit::{Proposal, resolve},
    figure_changes, kept,
};
use crate::{
    error::Result,
    workspace::{Setting, Workspace, compile},
};

/// The most returns that a dry run reckons anew, of all periods together.
const MOST_RETURNS: usize = 100_000;
/// The most periods that it looks at.
const MOST_PERIODS: usize = 48;

/// What a dry run was made of: a change is carried out only while this is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pins {
    /// The version of the definitions.
    pub version: i64,
    /// How many events the tree's record had.
    pub events: i64,
}

impl Pins {
    /// What a dry run would be made of, of a version of the definitions and the tree's record.
    pub(super) fn of(version: i64, recorded: &[TreeEvent]) -> Self {
        Self { version, events: i64::try_from(recorded.len()).unwrap_or(i64::MAX) }
    }
}

/// A form that would ask something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormChange {
    /// The form.
    pub form: DataSetId,
    /// How many units have it before them now.
    pub units: usize,
}

/// What a change would do.
#[derive(Debug)]
pub struct Preview {
    /// What it rests on.
    pub pins: Pins,
    /// The setting that it would make.
    pub setting: Arc<Setting>,
    /// Records that differ.
    pub records: Vec<RecordChange>,
    /// What happens to units.
    pub events: Vec<TreeEvent>,
    /// Events on record that files leave out: they stay.
    pub events_left_out: usize,
    /// Worth knowing.
    pub warnings: Vec<Problem>,
    /// Figures that are said otherwise.
    pub figures: Vec<FigureChange>,
    /// Totals that change.
    pub totals: Vec<TotalsChange>,
    /// Who owes what.
    pub owed: Vec<OwedChange>,
    /// Forms that ask something else.
    pub forms: Vec<FormChange>,
    /// What changed checks say of accepted returns.
    pub checks: Vec<CheckChange>,
    /// Frozen editions of periods whose numbers change: they stay as they are.
    pub editions: Vec<EditionSummary>,
    /// How many periods were looked at.
    pub tried: usize,
    /// Periods with returns that were not looked at, because it would take too long.
    pub left_out: Vec<PeriodId>,
}

impl Preview {
    /// Whether it says nothing new at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.events.is_empty()
    }

    /// Whether no number changes, and no one's duty.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.figures.is_empty() && self.totals.is_empty() && self.owed.is_empty()
    }

    /// Whether whoever sees it looks at raw counts of others, which is on record.
    #[must_use]
    pub fn is_raw(&self) -> bool {
        !self.is_quiet() || !self.checks.is_empty()
    }
}

/// Says what a change would do, or why it cannot be.
pub async fn preview(
    ws: &Workspace,
    power: &Configure,
    edit: &Edit,
) -> Result<std::result::Result<Preview, Vec<Trouble>>> {
    let mut tx = ws.store().read().await?;
    let before = ws.setting(&mut tx).await?;
    let recorded = tx.tree_events().await?;
    let proposal = match propose(&mut tx, &before, &recorded, edit).await? {
        Ok(proposal) => proposal,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let all: Vec<TreeEvent> = recorded.iter().chain(&proposal.fresh).cloned().collect();
    let tree = Tree::from_events(&all)?;
    let checks = compile(&proposal.definitions)?;
    let pins = Pins::of(before.version, &recorded);
    let after = Setting {
        change: before.change,
        version: before.version,
        definitions: proposal.definitions,
        tree,
        checks,
    };
    let records = differences(&Book::of(&before.definitions, &recorded), &Book::of(&after.definitions, &all));
    let mut preview = Preview {
        pins,
        records,
        events: proposal.fresh,
        events_left_out: proposal.left_out,
        warnings: proposal.warnings,
        figures: Vec::new(),
        totals: Vec::new(),
        owed: Vec::new(),
        forms: Vec::new(),
        checks: Vec::new(),
        editions: Vec::new(),
        tried: 0,
        left_out: Vec::new(),
        setting: Arc::new(after),
    };
    look(&mut tx, &before, power.today(), &mut preview).await?;
    Ok(Ok(preview))
}

/// What a change comes to, if returns let it.
pub(super) async fn propose(
    tx: &mut Tx,
    setting: &Setting,
    recorded: &[TreeEvent],
    edit: &Edit,
) -> Result<std::result::Result<Proposal, Vec<Trouble>>> {
    let earlier = match edit {
        Edit::Restore { version } => tx.definitions_at(*version).await?,
        _ => None,
    };
    let proposal = match resolve(setting, recorded, edit, earlier) {
        Ok(proposal) => proposal,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let reported = tx.reported_periods().await?;
    let again = matches!(edit, Edit::Restore { .. });
    let both = (&setting.definitions, &proposal.definitions);
    let wrong = kept::problems(tx, both, &reported, again).await?;
    if wrong.is_empty() { Ok(Ok(proposal)) } else { Ok(Err(wrong.into_iter().map(Trouble::from).collect())) }
}

async fn look(tx: &mut Tx, before: &Setting, today: Date, preview: &mut Preview) -> Result<()> {
    if preview.is_empty() && before.definitions == preview.setting.definitions {
        return Ok(());
    }
    let after = Arc::clone(&preview.setting);
    let reported = tx.reported_periods().await?;
    let same = before.definitions == after.definitions;
    let first = preview.events.iter().map(|e| e.on).min();
    let mut owed = BTreeMap::new();
    let mut returns = 0_usize;
    for (period, rests_on) in periods(&before.definitions, &after.definitions, &reported, today) {
        // Under its own tree nothing changes in a period that was over before anything happens.
        if same && first.is_none_or(|day| period.last < day) {
            continue;
        }
        returns = returns.saturating_add(rests_on);
        // One period is looked at, however many returns it rests on.
        if preview.tried > 0 && (returns > MOST_RETURNS || preview.tried >= MOST_PERIODS) {
            if rests_on > 0 {
                preview.left_out.push(period.id.clone());
            }
            continue;
        }
        preview.tried += 1;
        let found = figure_changes::compare(tx, before, &after, &period.id).await?;
        preview.figures.extend(found.figures);
        preview.totals.extend(found.totals);
        owed.extend(found.owed.into_iter().map(|o| {
            (
                (
                    Reverse(period_last(&before.definitions, &after.definitions, &o.period)),
                    o.form.clone(),
                    o.period.clone(),
                ),
                o,
            )
        }));
    }
    preview.owed = owed.into_values().collect();
    preview.forms = forms(before, &after, today);
    preview.checks = checking::compare(tx, before, &after, &reported).await?;
    editions(tx, preview).await
}

fn period_last(before: &Definitions, after: &Definitions, period: &PeriodId) -> Option<Date> {
    before.period(period).or_else(|| after.period(period)).map(|p| p.last)
}

/// The periods in which something may change, the newest first, each with how many returns it rests on:
/// those with returns, and those that today is in.
fn periods<'a>(
    before: &'a Definitions,
    after: &'a Definitions,
    reported: &[ReportedPeriod],
    today: Date,
) -> Vec<(&'a Period, usize)> {
    let mut found: BTreeMap<&PeriodId, (&Period, usize)> = BTreeMap::new();
    for definitions in [before, after] {
        for period in definitions.calendars.iter().flat_map(|c| &c.periods) {
            let rests_on = |form: &nhipcau_domain::dataset::DataSet| -> usize {
                let parts = definitions.parts_of(form, period);
                let own = reported.iter().filter(|r| r.data_set == form.id);
                own.filter(|r| parts.iter().any(|p| p.id == r.period)).map(|r| r.returns).sum()
            };
            let returns: usize = definitions.data_sets.iter().map(rests_on).sum();
            if returns > 0 || (period.first <= today && today <= period.last) {
                let slot = found.entry(&period.id).or_insert((period, returns));
                slot.1 = slot.1.max(returns);
            }
        }
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|(p, _)| (Reverse((p.last, p.first)), p.id.clone()));
    found
}

/// Forms that ask something else, each with how many units have it before them today.
fn forms(before: &Setting, after: &Setting, today: Date) -> Vec<FormChange> {
    let mut found = Vec::new();
    for form in &after.definitions.data_sets {
        let Some(was) = before.definitions.data_set(&form.id) else { continue };
        let sheet = |setting: &Setting, form: &nhipcau_domain::dataset::DataSet| {
            let elements: Vec<_> = setting.definitions.elements_of(form).cloned().collect();
            (form.name.clone(), elements, form.words.clone(), form.instructions.clone())
        };
        if sheet(before, was) == sheet(after, form) {
            continue;
        }
        let tree = &after.tree;
        let on = tree.open_on(today).filter(|ix| form.roster.names(tree.id(*ix), tree.kind(*ix, today)));
        found.push(FormChange { form: form.id.clone(), units: on.count() });
    }
    found
}

/// Frozen editions of the periods whose numbers change.
async fn editions(tx: &mut Tx, preview: &mut Preview) -> Result<()> {
    let figures = preview.figures.iter().map(|f| &f.period);
    let touched: BTreeSet<PeriodId> =
        figures.chain(preview.totals.iter().map(|t| &t.period)).cloned().collect();
    if touched.is_empty() {
        return Ok(());
    }
    for report in tx.reports().await? {
        let editions = tx.editions(&report).await?;
        let stay = editions.into_iter().filter(|e| e.status == EditionStatus::Frozen);
        preview.editions.extend(stay.filter(|e| touched.contains(&e.period)));
    }
    Ok(())
}
