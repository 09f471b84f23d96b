//! The table: two sides out of units, periods and items, with what stands on no side filtered to one.

use std::collections::{BTreeSet, HashMap};

use nhipcau_domain::{
    Date,
    definitions::Definitions,
    figure::{Basis, Figure, Status},
    id::{PeriodId, UnitId},
    indicator::Indicator,
    period::Period,
    text,
    tree::Ix,
};
use nhipcau_store::Tx;

use super::{
    Asked, Axis, Item,
    asked::collected,
    choices::{Choices, choices},
    gather::{Seen, groups},
    scope::{Scope, resolve},
};
use crate::{
    basis::TreeDay,
    error::Result,
    powers::{Kind, Over},
    review::WIDE_PAGE,
    workspace::{Setting, Workspace},
};

/// The most units across; down the side they stand on pages.
pub const UNITS_ACROSS: usize = 40;

/// What a line or a column is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// A unit with everyone below it.
    Unit(UnitId),
    /// Of the branch, those who are in no line of their own.
    Rest,
    /// The branch as a whole.
    Whole,
    /// A period.
    Period(PeriodId),
    /// An element or an indicator.
    Item(Item),
}

impl Key {
    /// Its name in addresses.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Unit(id) => id.to_string(),
            Self::Rest => "#con-lai".to_owned(),
            Self::Whole => String::new(),
            Self::Period(id) => id.to_string(),
            Self::Item(item) => item.to_string(),
        }
    }
}

/// The head of a line or a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What it is of.
    pub key: Key,
    /// Its name; empty where its key says all.
    pub name: String,
    /// An item's unit of measure; the committee that a unit is below.
    pub more: String,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What is shown, raw.
    pub figure: Figure,
    /// The decimals of a share.
    pub decimals: u8,
    /// The same period of the year before.
    pub before: Option<Figure>,
    /// The target set for it, where it is the campaign's as a whole.
    pub target: Option<i64>,
}

/// A break in the series: what is counted was defined anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The first period that is counted by the new definition.
    pub period: PeriodId,
    /// The day from which it holds.
    pub from: Date,
    /// Of which item.
    pub item: Item,
}

/// The table.
#[derive(Debug, Clone)]
pub struct Pivot {
    /// What was asked for, with what was chosen where nothing was said.
    pub asked: Asked,
    /// The branch's name.
    pub branch: String,
    /// The period's name, where there is one.
    pub period: Option<Period>,
    /// The item's name and unit of measure, where there is one.
    pub item: Option<Head>,
    /// Down the side.
    pub rows: Vec<Head>,
    /// Across.
    pub columns: Vec<Head>,
    /// The cells, a line a row; none where nothing of the kind is collected.
    pub cells: Vec<Vec<Option<Cell>>>,
    /// Where definitions changed.
    pub breaks: Vec<Break>,
    /// How many units of the branch are out of reach, and so in no number.
    pub left_out: usize,
    /// How many units could not stand across.
    pub not_across: usize,
    /// The tree's day; none for each period's own.
    pub tree: Option<Date>,
    /// The day on which units are named, and of which the map is.
    pub day: Date,
    /// This page of lines, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// The campaign's notice.
    pub notice: String,
    /// What may be asked for.
    pub choices: Choices,
}

/// The table that is asked for; `all` gives every line, for a file.
pub async fn pivot<K: Kind>(ws: &Workspace, over: &Over<K>, asked: &Asked, all: bool) -> Result<Pivot> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let scope = resolve(&setting, over, asked)?;
    let made = Made::make(&mut tx, &setting, over, &scope).await?;
    let (units, not_across, page, pages) = made.units(&setting, &scope, all);
    let side = |axis: Axis| -> Vec<Head> {
        match axis {
            Axis::Unit => units.clone(),
            Axis::Period => scope.periods.iter().map(|p| head(Key::Period(p.id.clone()), &p.name)).collect(),
            Axis::Item => scope.items.iter().map(|(item, i)| item_head(&setting, item, i)).collect(),
        }
    };
    let (rows, columns) = (side(scope.asked.rows), side(scope.asked.columns));
    let cell = |row: &Head, column: &Head| {
        let (mut unit, mut period, mut item) = (&Key::Whole, 0, 0);
        for key in [&row.key, &column.key] {
            match key {
                Key::Unit(_) | Key::Rest | Key::Whole => unit = key,
                Key::Period(id) => period = scope.periods.iter().position(|p| p.id == *id)?,
                Key::Item(of) => item = scope.items.iter().position(|(i, _)| i == of)?,
            }
        }
        made.cell(&setting, &scope, unit, period, item)
    };
    let cells = rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    Ok(Pivot {
        branch: setting.tree.name(scope.branch, scope.named_on).to_owned(),
        period: (scope.asked.filtered() == Axis::Period).then(|| scope.periods.first().cloned()).flatten(),
        item: (scope.asked.filtered() == Axis::Item)
            .then(|| scope.items.first().map(|(item, i)| item_head(&setting, item, i)))
            .flatten(),
        breaks: breaks(&setting.definitions, &scope.periods, &scope.items),
        left_out: made.out.len(),
        not_across,
        tree: match scope.tree {
            TreeDay::Then => None,
            TreeDay::On(day) => Some(day),
        },
        day: scope.named_on,
        page,
        pages,
        notice: setting.definitions.campaign.notice.clone(),
        choices: choices(&setting, over, &scope),
        asked: scope.asked,
        rows,
        columns,
        cells,
    })
}

/// Figures by unit, period and item.
type Figures = HashMap<(Option<Ix>, usize, usize), Figure>;

/// All figures of the table: of each line of units, and of the branch as a whole (under no unit).
struct Made {
    figures: Figures,
    before: Figures,
    /// The lines of units that have something in any period.
    lines: BTreeSet<Ix>,
    out: BTreeSet<Ix>,
}

impl Made {
    async fn make<K: Kind>(tx: &mut Tx, setting: &Setting, over: &Over<K>, scope: &Scope) -> Result<Self> {
        let mut made = Self {
            figures: HashMap::new(),
            before: HashMap::new(),
            lines: BTreeSet::new(),
            out: BTreeSet::new(),
        };
        let indicators: Vec<Indicator> = scope.items.iter().map(|(_, i)| i.clone()).collect();
        for (at, period) in scope.periods.iter().enumerate() {
            let seen = Seen::load(tx, setting, over, period, &indicators).await?;
            made.out.extend(seen.left_out(setting, scope.branch, period, scope.tree));
            if let Some(basis) = seen.basis(setting, scope.branch, scope.tree) {
                let lines = evaluate(scope, &basis, at, &mut made.figures)?;
                made.lines.extend(lines);
            }
            let earlier = setting.definitions.year_before(period).filter(|_| scope.asked.year_before);
            if let Some(earlier) = earlier {
                let seen = Seen::load(tx, setting, over, earlier, &indicators).await?;
                if let Some(basis) = seen.basis(setting, scope.branch, scope.tree) {
                    evaluate(scope, &basis, at, &mut made.before)?;
                }
            }
        }
        Ok(made)
    }

    /// The lines of units by name, the branch as a whole last; how many could not stand across; which page.
    fn units(&self, setting: &Setting, scope: &Scope, all: bool) -> (Vec<Head>, usize, usize, usize) {
        if scope.asked.filtered() == Axis::Unit {
            return (vec![whole()], 0, 1, 1);
        }
        let (tree, day) = (&setting.tree, scope.named_on);
        let mut lines: Vec<Ix> = self.lines.iter().copied().filter(|ix| *ix != scope.branch).collect();
        lines.sort_by_cached_key(|ix| text::sort_key(&format!("{} {}", tree.name(*ix, day), tree.id(*ix))));
        let across = scope.asked.columns == Axis::Unit;
        let size = match (across, all) {
            (true, _) => UNITS_ACROSS,
            (false, true) => usize::MAX,
            (false, false) => WIDE_PAGE,
        };
        let not_across = if across { lines.len().saturating_sub(size) } else { 0 };
        let pages = if across { 1 } else { lines.len().div_ceil(size).max(1) };
        let page = scope.asked.page.clamp(1, pages);
        let shown = lines.into_iter().skip((page - 1).saturating_mul(size)).take(size);
        let mut heads: Vec<Head> = shown
            .map(|ix| {
                let above = tree.parent(ix, day).filter(|p| *p != scope.branch);
                Head {
                    key: Key::Unit(tree.id(ix).clone()),
                    name: tree.name(ix, day).to_owned(),
                    more: above.map(|p| tree.name(p, day).to_owned()).unwrap_or_default(),
                }
            })
            .collect();
        if self.lines.contains(&scope.branch) {
            heads.push(head(Key::Rest, ""));
        }
        heads.push(whole());
        (heads, not_across, page, pages)
    }

    fn cell(&self, setting: &Setting, scope: &Scope, unit: &Key, period: usize, item: usize) -> Option<Cell> {
        let line = match unit {
            Key::Unit(id) => Some(setting.tree.find(id)?),
            Key::Rest => Some(scope.branch),
            _ => None,
        };
        let figure = self.figures.get(&(line, period, item))?.clone();
        let before = self.before.get(&(line, period, item));
        let before = before.filter(|f| matches!(f.status, Status::Measured | Status::Derived)).cloned();
        let (of, indicator) = scope.items.get(item)?;
        // A target is set for the campaign's scope as a whole.
        let all = line.is_none()
            && self.out.is_empty()
            && *setting.tree.id(scope.branch) == setting.definitions.campaign.scope;
        let target = setting.definitions.targets.iter().find(|t| {
            all && t.period == scope.periods[period].id
                && matches!(of, Item::Indicator(id) if *id == t.indicator)
        });
        Some(Cell {
            decimals: indicator.wording.decimals.unwrap_or(1),
            target: target.map(|t| t.value),
            figure,
            before,
        })
    }
}

/// Evaluates every item of the whole and of each line that is wanted; the lines there are.
fn evaluate(scope: &Scope, basis: &Basis<'_>, at: usize, figures: &mut Figures) -> Result<Vec<Ix>> {
    let lines = if scope.asked.filtered() == Axis::Unit { Vec::new() } else { groups(&scope.asked, basis) };
    for (n, (_, indicator)) in scope.items.iter().enumerate() {
        // What is not collected in a period has no cell there.
        if !collected(basis.definitions, indicator, basis.period) {
            continue;
        }
        figures.insert((None, at, n), basis.evaluate(indicator)?.figure);
        for (line, part) in &lines {
            let figure = part.evaluate(indicator)?.figure;
            // Who owes it nothing and gave nothing has no cell.
            if figure.coverage.expected > 0 || figure.status != Status::Missing {
                figures.insert((Some(*line), at, n), figure);
            }
        }
    }
    let given = |line: &Ix| (0..scope.items.len()).any(|n| figures.contains_key(&(Some(*line), at, n)));
    Ok(lines.into_iter().map(|(line, _)| line).filter(given).collect())
}

fn whole() -> Head {
    head(Key::Whole, "")
}

fn head(key: Key, name: &str) -> Head {
    Head { key, name: name.to_owned(), more: String::new() }
}

fn item_head(setting: &Setting, item: &Item, indicator: &Indicator) -> Head {
    let measure = setting.definitions.measure(&indicator.measure);
    Head {
        key: Key::Item(item.clone()),
        name: indicator.name.clone(),
        more: measure.map(|m| m.name.clone()).unwrap_or_default(),
    }
}

/// Where what is counted was defined anew between two periods that stand beside each other.
fn breaks(definitions: &Definitions, periods: &[Period], items: &[(Item, Indicator)]) -> Vec<Break> {
    let mut found = Vec::new();
    for pair in periods.windows(2) {
        let [before, after] = pair else { continue };
        for (item, indicator) in items {
            let elements = definitions.leaf_elements(indicator);
            let days = elements
                .iter()
                .filter_map(|e| definitions.element(e))
                .flat_map(nhipcau_domain::element::DataElement::breaks);
            let from = days.filter(|day| before.last < *day && *day <= after.last).min();
            found.extend(from.map(|from| Break { period: after.id.clone(), from, item: item.clone() }));
        }
    }
    found
}
