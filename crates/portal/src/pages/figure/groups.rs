//! From which units a figure comes, under the committees that they count in.

use std::collections::BTreeMap;

use nhipcau_actions::{explain::Contributor, publication::direct};
use nhipcau_domain::{id::UnitId, indicator::Formula, tree::Ix};

use super::{ContributionLine, Group, SourceLink, told::Told};
use crate::{numbers::by_name, shown::Shown, views::Part};

impl Told<'_> {
    /// What each unit adds, under the committee that it counts in.
    pub fn groups(&self) -> Vec<Group> {
        if self.only_totals() {
            return Vec::new();
        }
        let tree = &self.reading.setting.tree;
        let mut by_part: BTreeMap<Ix, Vec<&Contributor>> = BTreeMap::new();
        for contributor in &self.explained.contributions {
            let Some(unit) = tree.find(&contributor.unit.unit) else { continue };
            by_part.entry(self.part_of(unit)).or_default().push(contributor);
        }
        // Those that report straight to the scope come last.
        let (mut committees, straight): (Vec<_>, Vec<_>) = by_part
            .into_iter()
            .map(|(part, members)| (part, self.group(part, &members)))
            .partition(|(p, _)| *p != self.basis.scope);
        by_name(&mut committees, |(_, group)| &group.unit.name);
        let mut groups: Vec<Group> = committees.into_iter().chain(straight).map(|(_, group)| group).collect();
        draw(&mut groups);
        groups
    }

    /// The unit just below the scope that a unit counts in; the scope for those straight below it.
    fn part_of(&self, unit: Ix) -> Ix {
        let path = self.reading.setting.tree.place(unit, self.basis.tree_day).path;
        let at = path.iter().position(|ix| *ix == self.basis.scope);
        let below = at.filter(|at| *at > 1).and_then(|at| path.get(at - 1));
        below.copied().unwrap_or(self.basis.scope)
    }

    fn group(&self, part: Ix, members: &[&Contributor]) -> Group {
        let tree = &self.reading.setting.tree;
        let straight = part == self.basis.scope;
        let mut unit = self.reading.link(self.page, part, self.basis.period.last);
        if straight {
            unit.name = self.page.say1("portal-direct-units", "name", unit.name);
        }
        let row = if straight { direct(tree.id(part)) } else { tree.id(part).clone() };
        let n = members.iter().map(|c| c.numerator).fold(0_i64, i64::saturating_add);
        let d = members.iter().filter_map(|c| c.denominator).reduce(i64::saturating_add);
        let mut rows: Vec<ContributionLine> = members.iter().map(|c| self.contribution(c)).collect();
        by_name(&mut rows, |row| &row.unit.name);
        let protected = rows.len() > 1 && rows.iter().all(|row| row.part.is_withheld());
        let part = self.adds().then(|| self.shown(&row, n, d));
        Group { anchor: String::new(), unit, part, bar: None, protected, rows }
    }

    fn adds(&self) -> bool {
        !matches!(self.explained.indicator.formula, Formula::Rate { .. })
    }

    fn shown(&self, row: &UnitId, n: i64, d: Option<i64>) -> Shown<Part> {
        self.veil.contribution(row, &self.figure().key, self.figure().people, n, d)
    }

    fn contribution(&self, c: &Contributor) -> ContributionLine {
        let several = c.returns.len() > 1;
        let sources = c.returns.iter().map(|source| SourceLink {
            label: if several {
                self.reading.period_name(&source.period)
            } else {
                self.page.t("portal-see-return")
            },
            href: self.page.return_page(&source.return_id.to_string()),
        });
        ContributionLine {
            unit: self.link(&c.unit.unit, &c.unit.name),
            part: self.shown(&c.unit.unit, c.numerator, c.denominator),
            sources: sources.collect(),
        }
    }
}

/// Bars beside the committees' numbers: a share of the whole, a count of the largest that is shown.
fn draw(groups: &mut [Group]) {
    let open = |group: &Group| group.part.and_then(Shown::value);
    let largest = groups.iter().filter_map(open).map(|part| part.n).max().unwrap_or(0);
    for (i, group) in groups.iter_mut().enumerate() {
        group.anchor = format!("nhom-{}", i + 1);
        group.bar = open(group).and_then(|part| {
            let whole = part.d.unwrap_or(largest);
            (whole > 0).then(|| i128::from(part.n.max(0)) * 1000 / i128::from(whole))
        });
    }
}
