//! Setting a campaign up, and changing it: definitions and tree by version, totals put right.

use nhipcau_domain::{
    definitions::Definitions,
    id::OfficeId,
    problem::Problem,
    tree::{Tree, TreeEvent},
};

use crate::{
    error::Result,
    totals,
    workspace::{Setting, Workspace, compile},
};

/// What setting up changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetUp {
    /// The version of the definitions in force.
    pub version: i64,
    /// Tree events that were not on record before.
    pub events: usize,
    /// Whether the definitions are new.
    pub definitions_changed: bool,
}

/// Brings a data folder to a configuration: new definitions become the next version, tree events
/// that are not on record yet are appended, and totals are made anew. The same configuration twice
/// changes nothing.
pub async fn set_up(
    ws: &Workspace,
    office: &OfficeId,
    definitions: &Definitions,
    tree: &[TreeEvent],
) -> Result<SetUp> {
    let mut tx = ws.store().write().await?;
    let change = tx.bump_change().await?;
    let recorded = tx.tree_events().await?;
    let fresh = not_recorded(&recorded, tree);
    let doing = Doing { office, reason: "", change };
    let outcome = put_in_force(ws, &mut tx, &doing, definitions, (recorded, fresh)).await?;
    if outcome.events > 0 || outcome.definitions_changed {
        ws.commit_public(tx).await?;
    }
    Ok(outcome)
}

/// Who changes the setting, why, and the change counter that this transaction raised.
pub(crate) struct Doing<'a> {
    pub office: &'a OfficeId,
    /// Empty for what is done at the machine.
    pub reason: &'a str,
    pub change: i64,
}

/// Puts definitions and events in force, after those on record, in a transaction that has raised the
/// change counter: totals are made anew, the audit trail tells. The caller commits.
pub(crate) async fn put_in_force(
    ws: &Workspace,
    tx: &mut nhipcau_store::Tx,
    doing: &Doing<'_>,
    definitions: &Definitions,
    (recorded, fresh): (Vec<TreeEvent>, Vec<TreeEvent>),
) -> Result<SetUp> {
    let (at, office) = (ws.now(), doing.office);
    let tree_before = i64::try_from(recorded.len()).unwrap_or(i64::MAX);
    let all: Vec<TreeEvent> = recorded.into_iter().chain(fresh.iter().cloned()).collect();
    let next_tree = Tree::from_events(&all)?;
    fits(definitions, &next_tree)?;
    let before = tx.definitions().await?.map(|(version, _)| version);
    tx.append_tree_events(&fresh, office, at).await?;
    let version = tx.append_definitions(definitions, office, at).await?;
    let outcome = SetUp { version, events: fresh.len(), definitions_changed: before != Some(version) };
    if outcome.events == 0 && !outcome.definitions_changed {
        return Ok(outcome);
    }
    let checks = compile(definitions)?;
    let setting =
        Setting { change: doing.change, version, definitions: definitions.clone(), tree: next_tree, checks };
    rebuild_all(tx, &setting).await?;
    let since = (tree_before, before.unwrap_or(0));
    crate::audit::setting(tx, since, office, (ws.holder(), doing.reason), at).await?;
    Ok(outcome)
}

/// Appends one change of the tree, and puts the totals right that it touches.
pub async fn change_tree(ws: &Workspace, office: &OfficeId, event: TreeEvent) -> Result<()> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let mut events = tx.tree_events().await?;
    drop(tx);
    events.push(event);
    set_up(ws, office, &setting.definitions, &events).await?;
    Ok(())
}

/// Events of a configuration that are not on record. The same event may be meant twice (two units
/// renamed alike never are, but a unit may move there and back), so occurrences are counted.
pub(crate) fn not_recorded(recorded: &[TreeEvent], wanted: &[TreeEvent]) -> Vec<TreeEvent> {
    let mut held: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    let name = |e: &TreeEvent| serde_json::to_string(e).unwrap_or_default();
    for event in recorded {
        *held.entry(name(event)).or_default() += 1;
    }
    let mut fresh = Vec::new();
    for event in wanted {
        match held.get_mut(&name(event)) {
            Some(n) if *n > 0 => *n -= 1,
            _ => fresh.push(event.clone()),
        }
    }
    fresh
}

/// Whether definitions name only units that the tree has.
pub(crate) fn fits(definitions: &Definitions, tree: &Tree) -> std::result::Result<(), Problem> {
    let d = definitions;
    let named = std::iter::once(&d.campaign.scope)
        .chain(d.offices.iter().map(|o| &o.unit))
        .chain(d.data_sets.iter().flat_map(|s| s.roster.units.iter().chain(&s.roster.except)))
        .chain(d.initiatives.iter().flat_map(|i| [&i.unit, &i.owner]))
        .chain(d.directives.iter().filter_map(|x| x.unit.as_ref()));
    for unit in named {
        if tree.find(unit).is_none() {
            return Err(Problem::new("unit-unknown").with("unit", unit));
        }
    }
    Ok(())
}

async fn rebuild_all(tx: &mut nhipcau_store::Tx, setting: &Setting) -> Result<()> {
    if tx.table_counts().await?.iter().all(|(table, rows)| table != "return_state" || *rows == 0) {
        return Ok(());
    }
    for form in &setting.definitions.data_sets {
        for period in setting.definitions.calendars.iter().flat_map(|c| &c.periods) {
            if !setting.definitions.parts_of(form, period).is_empty() {
                totals::rebuild(tx, setting, form, period).await?;
            }
        }
    }
    Ok(())
}
