//! What is published together: every count of people, of every unit below the scope, as one table
//! that is protected as a whole. Pages, documents and annexes take their numbers from it.

use std::collections::{BTreeMap, BTreeSet};

use nhipcau_domain::{
    definitions::Definitions,
    disclosure::{self, Audience, Cell, Edition, Pattern, Protected, Relation, Table},
    figure::{Answer, Basis, Figure},
    id::{IndicatorId, UnitId},
    indicator::{Formula, Indicator},
    period::Period,
    returns::Submission,
    text,
    tree::Ix,
};
use serde::{Deserialize, Serialize};

use crate::{error::Result, workspace::Setting};

/// A publication's raw table, as an edition keeps it: the next edition must not give away by
/// difference what this one withheld.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Rows, each with the row that it is added into.
    pub rows: Vec<(UnitId, Option<UnitId>)>,
    /// Figures that count people.
    pub columns: Vec<IndicatorId>,
    /// Values by row and figure.
    pub cells: Vec<(UnitId, IndicatorId, Cell)>,
    /// Figures that share their denominator.
    pub same_denominator: Vec<(IndicatorId, IndicatorId)>,
    /// Figures that are sums of others.
    pub sums: Vec<(IndicatorId, Vec<IndicatorId>)>,
    /// What was withheld from the public.
    pub withheld: Pattern,
}

/// A publication, protected for an audience.
#[derive(Debug, Clone)]
pub struct Publication {
    raw: Published,
    protected: Protected,
    /// Whether the period is only a part of a larger one.
    of_a_part: bool,
}

/// Whether a period is only a part of a larger one. Its counts of people are not published: a protected one
/// could be had as the difference between the whole and the other parts.
#[must_use]
pub fn is_a_part(definitions: &Definitions, period: &Period) -> bool {
    definitions.calendar(&period.calendar).is_none_or(|c| !c.tiles.is_empty())
}

/// Numbers as they are written in words. "Năm" is a year as well, and "tư" is in too many words to be taken for
/// a number.
const NUMERALS: [&str; 31] = [
    "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "mươi", "mốt", "lăm",
    "chục", "trăm", "nghìn", "ngàn", "vạn", "triệu", "rưỡi", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten",
];

/// Words after which "năm" is a year.
const YEARLY: [&str; 8] = ["cả", "cuối", "đầu", "giữa", "hằng", "hàng", "mỗi", "trong"];

/// An office's reason as the public may read it: none where it names numbers itself, in digits or in words.
#[must_use]
pub fn public_reason(reason: &str) -> Option<&str> {
    let plain = text::nfc(reason).to_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let names = |(at, word): (usize, &&str)| {
        let year = || at.checked_sub(1).and_then(|b| words.get(b)).is_some_and(|b| YEARLY.contains(b));
        NUMERALS.contains(word) && !(*word == "năm" && year())
    };
    let numbered = reason.chars().any(char::is_numeric) || words.iter().enumerate().any(names);
    (!numbered).then_some(reason)
}

impl Publication {
    /// Protects what a scope's figures rest on, mindful of editions that are out (oldest first).
    pub fn of(basis: &Basis<'_>, earlier: &[Published], audience: Audience) -> Result<Self> {
        let mut raw = published(basis)?;
        let threshold = basis.definitions.campaign.small_cell_threshold;
        let table = raw.table();
        let before = distinct(earlier);
        let of_a_part = is_a_part(basis.definitions, basis.period);
        let protect = |before: &[Edition]| disclosure::protect(&table, threshold, before, Audience::Public);
        let public = match before.as_slice() {
            _ if of_a_part => disclosure::withhold_all(&table),
            // What is out already says the same: it is protected in the same way, without comparing.
            [only] if only.says_the_same(&raw) => Some(protect(&[]))
                .filter(|p| *p.pattern() == only.withheld)
                .unwrap_or_else(|| protect(&[only.edition()])),
            before => protect(&before.iter().map(|e| e.edition()).collect::<Vec<_>>()),
        };
        raw.withheld.clone_from(public.pattern());
        let protected = match audience {
            Audience::Public => public,
            Audience::Reviewer => disclosure::protect(&table, threshold, &[], Audience::Reviewer),
        };
        Ok(Self { raw, protected, of_a_part })
    }

    /// Whether this audience sees no count of people at all.
    #[must_use]
    pub fn withholds_people(&self) -> bool {
        self.of_a_part && self.protected.audience() == Audience::Public
    }

    /// What the audience may see.
    #[must_use]
    pub fn protected(&self) -> &Protected {
        &self.protected
    }

    /// The raw table, for the edition's record.
    #[must_use]
    pub fn raw(&self) -> &Published {
        &self.raw
    }

    /// Whether a unit's number for a figure may be shown. Figures that do not count people always.
    #[must_use]
    pub fn shows(&self, setting: &Setting, unit: &UnitId, figure: &IndicatorId) -> bool {
        let people = setting.definitions.indicator(figure).is_none_or(|i| counts_people(setting, i));
        !people
            || self.protected.audience() == Audience::Reviewer
            || self.cell(unit, figure).is_some_and(|c| c.numerator().value().is_some())
    }

    /// A unit's cell: of a unit that adds something of its own, that line's.
    #[must_use]
    pub fn cell(&self, unit: &UnitId, figure: &IndicatorId) -> Option<disclosure::ProtectedCell> {
        self.protected.cell(unit, figure).or_else(|| self.protected.cell(&own(unit), figure))
    }

    /// The elements of a return that this audience may see: those that do not count people, and
    /// those that are exactly the numerator or denominator of a figure that shows this unit.
    #[must_use]
    pub fn shown_elements(&self, setting: &Setting, submission: &Submission) -> BTreeSet<String> {
        let definitions = &setting.definitions;
        let people = |element: &str| {
            let element = definitions.element(element);
            element.and_then(|e| definitions.measure(&e.measure)).is_none_or(|m| m.people)
        };
        let vouched = |element: &str| {
            definitions.indicators.iter().any(|i| match &i.formula {
                Formula::Count { of } => is_only(of, element) && self.has(&submission.key.unit, &i.id),
                Formula::Ratio { numerator, denominator, exclusions: None } => {
                    (is_only(numerator, element) || is_only(denominator, element))
                        && self.has(&submission.key.unit, &i.id)
                }
                _ => false,
            })
        };
        let all = self.protected.audience() == Audience::Reviewer;
        let ids = submission.entries.iter().map(|e| e.element.as_str());
        ids.filter(|e| all || !people(e) || vouched(e)).map(str::to_owned).collect()
    }

    fn has(&self, unit: &UnitId, figure: &IndicatorId) -> bool {
        let leaf =
            |id: &UnitId| self.protected.cell(id, figure).is_some_and(|c| c.numerator().value().is_some());
        leaf(&own(unit)) || (!self.is_total(unit) && leaf(unit))
    }

    fn is_total(&self, unit: &UnitId) -> bool {
        self.raw.rows.iter().any(|(_, parent)| parent.as_ref() == Some(unit))
    }
}

/// Editions that differ from each other: two reports of one period often say the same.
fn distinct(earlier: &[Published]) -> Vec<&Published> {
    let mut kept: Vec<&Published> = Vec::new();
    for edition in earlier {
        if !kept.contains(&edition) {
            kept.push(edition);
        }
    }
    kept
}

impl Published {
    /// Whether the public may have a scope's figure from this publication: it counts no people, or its
    /// very numbers stand in the table and were not withheld.
    #[must_use]
    pub fn vouches_for(&self, figure: &Figure) -> bool {
        let Some(numerator) = figure.numerator.filter(|_| figure.people) else { return true };
        let cell =
            (figure.scope.clone(), figure.key.clone(), Cell { numerator, denominator: figure.denominator });
        self.cells.contains(&cell) && !self.withheld.contains(&(cell.0, cell.1))
    }

    /// Whether the same numbers stand in both.
    fn says_the_same(&self, other: &Self) -> bool {
        self.rows == other.rows
            && self.columns == other.columns
            && self.cells == other.cells
            && self.same_denominator == other.same_denominator
            && self.sums == other.sums
    }

    fn edition(&self) -> Edition {
        Edition { table: self.table(), withheld: self.withheld.clone() }
    }

    fn table(&self) -> Table {
        let mut table = Table::new();
        for column in &self.columns {
            table.column(column, true);
        }
        for (row, parent) in &self.rows {
            table.row(row, parent.as_ref());
        }
        for (unit, column, cell) in &self.cells {
            table.cell(unit, column, *cell);
        }
        for (a, b) in &self.same_denominator {
            table.relation(Relation::same_denominator(a, b));
        }
        for (total, parts) in &self.sums {
            table.relation(Relation::sum(total, parts));
        }
        table
    }
}

/// The row of what a unit adds of its own, beside the units below it.
#[must_use]
pub fn own(unit: &UnitId) -> UnitId {
    UnitId::new(&format!("{unit}#own"))
}

/// The row of the units that report straight to the scope, together.
#[must_use]
pub fn direct(scope: &UnitId) -> UnitId {
    UnitId::new(&format!("{scope}#direct"))
}

fn counts_people(setting: &Setting, indicator: &Indicator) -> bool {
    setting.definitions.measure(&indicator.measure).is_none_or(|m| m.people)
}

fn is_only(elements: &[nhipcau_domain::id::ElementId], element: &str) -> bool {
    matches!(elements, [only] if only.as_str() == element)
}

/// The raw table of a scope, under the period's own tree: the public sees one breakdown only.
fn published(basis: &Basis<'_>) -> Result<Published> {
    let people = |i: &&Indicator| {
        let counts = basis.definitions.measure(&i.measure).is_none_or(|m| m.people);
        counts && matches!(i.formula, Formula::Count { .. } | Formula::Ratio { .. } | Formula::Derived { .. })
    };
    let indicators: Vec<&Indicator> = basis.definitions.indicators.iter().filter(people).collect();
    let mut rows: BTreeMap<UnitId, Option<UnitId>> = BTreeMap::new();
    let mut cells: BTreeMap<(UnitId, IndicatorId), Cell> = BTreeMap::new();
    for indicator in &indicators {
        let answer: Answer = basis.evaluate(indicator)?;
        for c in &answer.contributions {
            let Some(ix) = basis.tree.find(&c.unit) else { continue };
            for (row, parent) in line(basis, ix) {
                let cell = cells
                    .entry((row.clone(), indicator.id.clone()))
                    .or_insert(Cell { numerator: 0, denominator: c.denominator.map(|_| 0) });
                cell.numerator = cell.numerator.saturating_add(c.numerator);
                cell.denominator = cell.denominator.map(|d| d.saturating_add(c.denominator.unwrap_or(0)));
                rows.insert(row, parent);
            }
        }
    }
    Ok(Published {
        rows: rows.into_iter().collect(),
        columns: indicators.iter().map(|i| i.id.clone()).collect(),
        cells: cells.into_iter().map(|((unit, column), cell)| (unit, column, cell)).collect(),
        same_denominator: same_denominators(&indicators),
        sums: indicators
            .iter()
            .filter_map(|i| match &i.formula {
                Formula::Derived { sum } => Some((i.id.clone(), sum.clone())),
                _ => None,
            })
            .collect(),
        withheld: Pattern::new(),
    })
}

/// The rows that a unit's numbers stand in, from its own to the scope's.
fn line(basis: &Basis<'_>, unit: Ix) -> Vec<(UnitId, Option<UnitId>)> {
    let (tree, day) = (basis.tree, basis.period.last);
    let scope = tree.id(basis.scope);
    let mut path: Vec<UnitId> = Vec::new();
    for at in tree.place(unit, day).path {
        path.push(tree.id(at).clone());
        if at == basis.scope {
            break;
        }
    }
    if path.last() != Some(scope) {
        path.push(scope.clone());
    }
    let straight = path.len() <= 2;
    // A unit with others below it has a line of its own beside them.
    if unit == basis.scope || tree.children(unit, day).next().is_some() {
        path.insert(0, own(tree.id(unit)));
    }
    // Those that report straight to the scope are also shown together.
    if straight {
        path.insert(path.len() - 1, direct(scope));
    }
    let parents = path.iter().skip(1).cloned().map(Some).chain([None]);
    path.iter().cloned().zip(parents).collect()
}

/// Shares of the same whole: the same elements below the line, of the same units, nothing taken off.
fn same_denominators(indicators: &[&Indicator]) -> Vec<(IndicatorId, IndicatorId)> {
    let whole = |i: &Indicator| match &i.formula {
        Formula::Ratio { denominator, exclusions: None, .. } => Some((denominator.clone(), i.filter.clone())),
        _ => None,
    };
    let mut pairs = Vec::new();
    for (n, a) in indicators.iter().enumerate() {
        for b in indicators.iter().skip(n + 1) {
            if whole(a).is_some() && whole(a) == whole(b) {
                pairs.push((a.id.clone(), b.id.clone()));
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::public_reason;

    #[test]
    fn a_reason_that_says_a_number_in_digits_or_words_is_not_for_the_public() {
        for told in [
            "Đếm nhầm 3 đồng chí",
            "Đếm nhầm ba đồng chí",
            "Thiếu HAI người",
            "bỏ sót mười lăm hộ",
            "one too many",
        ] {
            assert_eq!(public_reason(told), None, "{told}");
        }
        for said in ["Nhập nhầm cột", "Rà soát lại cuối năm", "Bổ sung tư liệu", "Counted twice over"]
        {
            assert_eq!(public_reason(said), Some(said));
        }
    }
}
