//! What a table may be asked for instead, within reach.

use std::collections::{BTreeMap, BTreeSet};

use nhipcau_domain::{id::CalendarId, period::Period, text, tree::Ix};

use super::{
    Asked, Item, Level,
    scope::{Scope, resolve},
};
use crate::{
    error::Result,
    powers::{Kind, Over},
    workspace::{Setting, Workspace},
};

/// What may be asked for: ids with names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Units to which others report, in reach or above what is.
    pub branches: Vec<(String, String)>,
    /// Kinds of units.
    pub kinds: Vec<(String, String)>,
    /// Periods that have begun, the latest first.
    pub periods: Vec<(String, String)>,
    /// Calendars.
    pub calendars: Vec<(String, String)>,
    /// Forms.
    pub forms: Vec<(String, String)>,
    /// Indicators.
    pub indicators: Vec<(String, String)>,
    /// Elements.
    pub elements: Vec<(String, String)>,
}

/// What may be asked for instead of what is asked for.
///
/// # Errors
/// What refuses the table.
pub async fn choices_for<K: Kind>(ws: &Workspace, over: &Over<K>, asked: &Asked) -> Result<Choices> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let scope = resolve(&setting, over, asked)?;
    Ok(choices(&setting, over, &scope))
}

/// What there is to choose from.
pub(super) fn choices<K: Kind>(setting: &Setting, over: &Over<K>, scope: &Scope) -> Choices {
    let definitions = &setting.definitions;
    let (tree, day, today) = (&setting.tree, scope.named_on, over.today());
    let parents: BTreeSet<Ix> = tree.open_on(day).filter_map(|unit| tree.parent(unit, day)).collect();
    let mut branches: BTreeMap<Vec<u8>, (String, String)> = BTreeMap::new();
    let chosen = std::iter::once(scope.branch);
    for unit in parents.into_iter().filter(|unit| over.reaches(setting, *unit, day)).chain(chosen) {
        let name = tree.name(unit, day);
        let key = text::sort_key(&format!("{name} {}", tree.id(unit)));
        branches.insert(key, (tree.id(unit).to_string(), name.to_owned()));
    }
    let mut periods: Vec<&Period> =
        definitions.calendars.iter().flat_map(|c| &c.periods).filter(|p| p.first <= today).collect();
    periods.sort_by(|a, b| (b.last, a.first).cmp(&(a.last, b.first)));
    let calendars = definitions.calendars.iter();
    let calendars = calendars.filter(|c| c.periods.iter().any(|p| p.first <= today));
    let id = |id: &CalendarId| id.to_string();
    let shown = definitions.indicators.iter().map(|i| (Item::Indicator(i.id.clone()), &i.name));
    let shown = shown.filter(|(item, _)| item.indicator(definitions).is_some());
    let elements =
        definitions.elements.iter().map(|e| (Item::Element(e.id.clone()).to_string(), e.name.clone()));
    let below: BTreeSet<&str> = tree
        .within(scope.branch, day)
        .into_iter()
        .filter(|ix| *ix != scope.branch)
        .map(|ix| tree.kind(ix, day).as_str())
        .collect();
    let mut kinds: Vec<(String, String)> = definitions
        .kinds
        .iter()
        .filter(|k| below.contains(k.id.as_str()))
        .map(|k| (k.id.to_string(), k.name.clone()))
        .collect();
    // A kind that the address names stays to be seen.
    if let Level::Kind(kind) = &scope.asked.level
        && !kinds.iter().any(|(id, _)| id == kind.as_str())
    {
        kinds.push((
            kind.to_string(),
            definitions.kind(kind).map_or_else(|| kind.to_string(), |k| k.name.clone()),
        ));
    }
    Choices {
        branches: branches.into_values().collect(),
        kinds,
        periods: periods.into_iter().map(|p| (p.id.to_string(), p.name.clone())).collect(),
        calendars: calendars.map(|c| (id(&c.id), c.name.clone())).collect(),
        forms: definitions.data_sets.iter().map(|f| (f.id.to_string(), f.name.clone())).collect(),
        indicators: shown.map(|(item, name)| (item.to_string(), name.clone())).collect(),
        elements: elements.collect(),
    }
}
