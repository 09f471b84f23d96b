//! Who has a hand in a report: who drafts it, and who approves it. A report and its annex show every unit of
//! their scope, so all of it is to be within reach, not its top alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use nhipcau_domain::{
    Date,
    id::{OfficeId, UnitId},
    office::{Acting, Power, Reach},
    problem::Problem,
};
use nhipcau_store::{EditionAct, EditionSummary, Tx};

use crate::{
    error::Result,
    powers::{Approve, Consolidate, Kind, Over, outside},
    workspace::{Setting, Workspace},
};

/// What an office may do with reports: draft, approve, or both.
#[derive(Debug, Clone)]
pub struct Hands {
    /// To draft.
    pub draft: Option<Over<Consolidate>>,
    /// To approve and freeze.
    pub approve: Option<Over<Approve>>,
}

impl Hands {
    /// What an office holds.
    ///
    /// # Errors
    /// `office-may-not`, with the office, if it may do neither anywhere.
    pub fn held_by(ws: &Workspace, acting: &Acting, holder: &str) -> std::result::Result<Self, Problem> {
        let draft = Over::<Consolidate>::held_by(ws, acting, holder);
        let approve = Over::<Approve>::held_by(ws, acting, holder);
        match (draft, approve) {
            (Err(problem), Err(_)) => Err(problem),
            (draft, approve) => Ok(Self { draft: draft.ok(), approve: approve.ok() }),
        }
    }

    /// The office that holds them: hands are made of at least one power.
    #[must_use]
    pub fn office(&self) -> &OfficeId {
        static NOBODY: LazyLock<OfficeId> = LazyLock::new(|| "".into());
        let drafts = self.draft.as_ref().map(Over::office);
        drafts.or(self.approve.as_ref().map(Over::office)).unwrap_or(&NOBODY)
    }

    /// Who acts in the office.
    #[must_use]
    pub fn holder(&self) -> &str {
        let drafts = self.draft.as_ref().map(Over::holder);
        drafts.or(self.approve.as_ref().map(Over::holder)).unwrap_or_default()
    }

    /// Refuses an edition of a scope that is not wholly within what is held.
    ///
    /// # Errors
    /// `unit-out-of-reach`, with the scope.
    pub(super) fn require(
        &self,
        setting: &Setting,
        edition: &EditionSummary,
    ) -> std::result::Result<(), Problem> {
        if self.reaches(setting, edition) {
            return Ok(());
        }
        Err(Problem::new("unit-out-of-reach").with("unit", &edition.scope))
    }

    /// Whether a scope is wholly within what is held.
    pub(super) fn reaches(&self, setting: &Setting, edition: &EditionSummary) -> bool {
        self.draft.as_ref().is_some_and(|over| require(over, setting, edition).is_ok())
            || self.approve.as_ref().is_some_and(|over| require(over, setting, edition).is_ok())
    }
}

/// Refuses an edition of a scope over any unit of which a power is not held.
pub(super) fn require<K: Kind>(
    over: &Over<K>,
    setting: &Setting,
    edition: &EditionSummary,
) -> std::result::Result<(), Problem> {
    require_scope(over, setting, &edition.scope, last_day(setting, edition))
}

/// The same for a scope, at the end of a period.
pub(super) fn require_scope<K: Kind>(
    over: &Over<K>,
    setting: &Setting,
    scope: &UnitId,
    last: Date,
) -> std::result::Result<(), Problem> {
    // Which unit of it is out of reach is nobody's to learn from a report.
    let refused = |_| Problem::new("unit-out-of-reach").with("unit", scope);
    over.require_branch(setting, scope, last).map(|_| ()).map_err(refused)
}

fn last_day(setting: &Setting, edition: &EditionSummary) -> Date {
    setting.definitions.period(&edition.period).map_or(edition.tree_day, |p| p.last)
}

/// Refuses the office that drafted, while another could approve.
pub(super) async fn four_eyes(
    tx: &mut Tx,
    setting: &Setting,
    over: &Over<Approve>,
    acts: &[EditionAct],
    edition: &EditionSummary,
) -> Result<std::result::Result<(), Problem>> {
    let drafted = acts.iter().rev().find(|a| a.act == "drafted").map(|a| &a.office);
    if drafted != Some(over.office()) {
        return Ok(Ok(()));
    }
    let Some(scope) = setting.tree.find(&edition.scope) else { return Ok(Ok(())) };
    let last = last_day(setting, edition);
    let mut others: BTreeMap<OfficeId, Vec<Reach>> = BTreeMap::new();
    for (other, posting) in tx.all_postings().await? {
        if other != *over.office() && posting.duty.powers().contains(&Power::Approve) {
            others.entry(other).or_default().push(posting.reach);
        }
    }
    others.retain(|_, reaches| outside(reaches, &setting.tree, scope, last, over.today()).is_none());
    let held: BTreeSet<OfficeId> = tx.current_holders().await?.into_iter().map(|h| h.office).collect();
    let open = tx.offices().await?;
    let other =
        open.iter().find(|o| o.closed.is_none() && others.contains_key(&o.id) && held.contains(&o.id));
    Ok(match other {
        Some(other) => Err(Problem::new("edition-own-draft").with("other", other.name.as_str())),
        None => Ok(()),
    })
}
