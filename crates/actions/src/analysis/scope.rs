//! What a table is of: what was asked for, and what is chosen where nothing was said.

use nhipcau_domain::{
    Date, definitions::Definitions, indicator::Indicator, period::Period, problem::Problem, tree::Ix,
};

use super::{Asked, Axis, Item, asked::collected};
use crate::{
    basis::TreeDay,
    error::Result,
    powers::{Kind, Over},
    workspace::Setting,
};

/// The most periods on a side: the last ones.
pub const PERIODS_MOST: usize = 24;

/// What is asked for, with what it names.
pub(super) struct Scope {
    pub asked: Asked,
    pub branch: Ix,
    pub named_on: Date,
    pub tree: TreeDay,
    pub periods: Vec<Period>,
    pub items: Vec<(Item, Indicator)>,
}

/// Finds what is asked for, and chooses where nothing is said.
pub(super) fn resolve<K: Kind>(setting: &Setting, over: &Over<K>, asked: &Asked) -> Result<Scope> {
    if asked.rows == asked.columns {
        return Err(Problem::new("analysis-sides-same").into());
    }
    let definitions = &setting.definitions;
    let today = over.today();
    let mut asked = asked.clone();
    let branch = match &asked.branch {
        Some(unit) => unit.clone(),
        None => match over.tops().next() {
            // What is reached begins at one unit; of several, the campaign's scope holds them all.
            Some(top) if !over.is_over_all() && over.tops().count() == 1 => top.clone(),
            _ => definitions.campaign.scope.clone(),
        },
    };
    let unknown = || Problem::new("unit-unknown").with("unit", &branch);
    let ix = setting.tree.find(&branch).ok_or_else(unknown)?;
    let items = items(definitions, &mut asked)?;
    let fits = |p: &Period| items.iter().any(|(_, i)| collected(definitions, i, p));
    let periods = periods(definitions, &mut asked, today, &fits)?;
    let tree = asked.tree.day(today);
    asked.branch = Some(branch);
    let named_on = match (tree, periods.last()) {
        (TreeDay::On(day), _) => day,
        (TreeDay::Then, Some(last)) => last.last,
        (TreeDay::Then, None) => today,
    };
    Ok(Scope { asked, branch: ix, named_on, tree, periods, items })
}

fn items(definitions: &Definitions, asked: &mut Asked) -> Result<Vec<(Item, Indicator)>> {
    let of = |item: Item| item.indicator(definitions).map(|i| (item, i));
    let indicators = || definitions.indicators.iter().map(|i| Item::Indicator(i.id.clone()));
    let none = || Problem::new("analysis-nothing");
    if asked.filtered() == Axis::Item {
        let found = match asked.item.clone() {
            Some(item) => of(item.clone())
                .ok_or_else(|| Problem::new("analysis-item-unknown").with("found", item.to_string()))?,
            None => indicators().find_map(of).ok_or_else(none)?,
        };
        asked.item = Some(found.0.clone());
        return Ok(vec![found]);
    }
    let found: Vec<_> = match &asked.form {
        Some(id) => {
            let form = definitions.data_set(id);
            let form = form.ok_or_else(|| Problem::new("form-unknown").with("form", id))?;
            form.elements.iter().filter_map(|e| of(Item::Element(e.clone()))).collect()
        }
        None => indicators().filter_map(of).collect(),
    };
    if found.is_empty() { Err(none().into()) } else { Ok(found) }
}

fn periods(
    definitions: &Definitions,
    asked: &mut Asked,
    today: Date,
    fits: &dyn Fn(&Period) -> bool,
) -> Result<Vec<Period>> {
    let begun = |p: &&Period| p.first <= today;
    let none = || Problem::new("analysis-nothing");
    if asked.filtered() == Axis::Period {
        let found = if let Some(id) = &asked.period {
            definitions.period(id).ok_or_else(|| Problem::new("period-unknown").with("period", id))?
        } else {
            let all = definitions.calendars.iter().flat_map(|c| &c.periods).filter(|p| fits(p));
            let ended = all.clone().filter(|p| p.last < today);
            // The longest that ended last; where none has, the first there is.
            let last = ended.max_by_key(|p| (p.last, std::cmp::Reverse(p.first)));
            last.or_else(|| all.min_by_key(|p| p.first)).ok_or_else(none)?
        };
        asked.period = Some(found.id.clone());
        return Ok(vec![found.clone()]);
    }
    let calendar = if let Some(id) = &asked.calendar {
        let unknown = || Problem::new("analysis-calendar-unknown").with("found", id.as_str());
        definitions.calendar(id).ok_or_else(unknown)?
    } else {
        // The calendar in which most periods have something: a series is read over time.
        let rank = |c: &&nhipcau_domain::period::Calendar| {
            c.periods.iter().filter(begun).filter(|p| fits(p)).count().min(PERIODS_MOST)
        };
        definitions.calendars.iter().rev().max_by_key(rank).ok_or_else(none)?
    };
    asked.calendar = Some(calendar.id.clone());
    let mut found: Vec<Period> = calendar.periods.iter().filter(begun).cloned().collect();
    let skipped = found.len().saturating_sub(PERIODS_MOST);
    found.drain(..skipped);
    if found.is_empty() { Err(none().into()) } else { Ok(found) }
}
