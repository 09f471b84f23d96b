//! Of one figure: of whom, excluding whom, as of when, from which units, and who is missing.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Html,
};
use nhipcau_actions::{
    basis::TreeDay,
    explain::{self, Contributor, Correction, Explanation},
    publication::direct,
};
use nhipcau_domain::{
    Date,
    figure::{Basis, Excluded, Figure, Status},
    id::UnitId,
    indicator::{Formula, Indicator},
    problem::Problem,
    tree::Ix,
};

use crate::{
    failure::Failure,
    numbers::{Numbers, by_name, made_of},
    page::{Page, Section},
    reader::Reader,
    reading::{Reading, html},
    routes,
    shown::Shown,
    state::PortalState,
    veil::Veil,
    views::{Choice, Difference, FigureLine, MissingLine, Part, PeriodView, UnitLink},
};

/// A figure's page.
#[derive(Debug, Clone, Template)]
#[template(path = "figure.html")]
pub struct FigurePage {
    /// What every page carries.
    pub page: Page,
    /// The figure.
    pub line: FigureLine,
    /// What it says and of whom, in words.
    pub definition: String,
    /// What its kind of statement means.
    pub kind_note: String,
    /// Why there is no answer, where there is none.
    pub no_answer: Option<String>,
    /// The published words that it answers to.
    pub quote: Option<String>,
    /// Where a claim was published.
    pub claim: Option<String>,
    /// Of whom.
    pub scope: UnitLink,
    /// For which period.
    pub period: PeriodView,
    /// The other periods.
    pub periods: Vec<Choice>,
    /// The trees that it can be asked for.
    pub trees: Vec<Choice>,
    /// The day that the tree is read on.
    pub tree_day: Date,
    /// The same under the period's own tree.
    pub then_href: String,
    /// Its unit of measure.
    pub measure: String,
    /// The names of the numerator's elements.
    pub numerator: Vec<String>,
    /// The names of the denominator's elements.
    pub denominator: Vec<String>,
    /// What was taken off.
    pub excluded: Option<ExcludedView>,
    /// Who set the target.
    pub target_source: String,
    /// The figures that it is derived from.
    pub parts: Vec<FigureLine>,
    /// Whether only totals may be shown: the public, under another tree than the period's.
    pub only_totals: bool,
    /// Whether its values are listed and do not add.
    pub lists: bool,
    /// Whether it is a share.
    pub shares: bool,
    /// The head of the column of numbers.
    pub fraction_title: String,
    /// How many units it rests on.
    pub contributors: usize,
    /// What each unit adds, by committee.
    pub groups: Vec<Group>,
    /// What is owed and not accepted.
    pub missing: Vec<MissingLine>,
    /// Units that are accepted but do not count: a number is not reported.
    pub incomplete: Vec<UnitLink>,
    /// The elements that it rests on.
    pub elements: Vec<ElementView>,
    /// Corrections of the returns that it rests on.
    pub corrections: Vec<CorrectionView>,
}

/// What was taken off.
#[derive(Debug, Clone)]
pub struct ExcludedView {
    /// In the report's words.
    pub name: String,
    /// Off numerator and denominator; none where it is not said to this audience.
    pub total: Option<Shown<Part>>,
    /// The disjoint parts.
    pub parts: Vec<ExcludedLine>,
}

/// One disjoint part of what was taken off.
#[derive(Debug, Clone)]
pub struct ExcludedLine {
    /// The names of its groups.
    pub name: String,
    /// Off numerator and denominator.
    pub part: Shown<Part>,
}

/// A committee and what the units below it add.
#[derive(Debug, Clone)]
pub struct Group {
    /// The committee.
    pub unit: UnitLink,
    /// Its own figure; none where it is not a total of its own.
    pub part: Option<Shown<Part>>,
    /// Its units.
    pub rows: Vec<ContributionLine>,
}

/// What a unit adds.
#[derive(Debug, Clone)]
pub struct ContributionLine {
    /// The unit.
    pub unit: UnitLink,
    /// What it adds.
    pub part: Shown<Part>,
    /// The returns that it was read from.
    pub sources: Vec<SourceLink>,
}

/// A return that numbers were read from.
#[derive(Debug, Clone)]
pub struct SourceLink {
    /// What it is called here.
    pub label: String,
    /// Its page.
    pub href: String,
}

/// An element that the figure rests on.
#[derive(Debug, Clone)]
pub struct ElementView {
    /// Its label.
    pub name: String,
    /// Its definition in force.
    pub definition: String,
    /// Days on which its definition changed.
    pub breaks: Vec<String>,
}

/// A correction of a return.
#[derive(Debug, Clone)]
pub struct CorrectionView {
    /// Whose.
    pub unit: UnitLink,
    /// The return's page.
    pub href: String,
    /// The new revision's number.
    pub revision: u32,
    /// When, in local time.
    pub at: String,
    /// By which office.
    pub office: String,
    /// Why; it may name numbers, so it is shown only together with them.
    pub reason: Shown<String>,
    /// What changed.
    pub differences: Vec<Difference>,
}

/// Explains a figure.
pub async fn show(
    State(state): State<PortalState>,
    reader: Reader,
    Path(key): Path<String>,
) -> Result<Html<String>, Failure> {
    let mut reading = Reading::begin(state, reader).await?;
    let setting = Arc::clone(&reading.setting);
    let indicator = setting.definitions.indicator(&key).ok_or(Failure::NotFound)?;
    let tree = reading.reader.tree(reading.today)?;
    let period = reading.period().await?;
    let asked = reading.reader.parameter(routes::SCOPE).map(str::to_owned);
    let scope = match &asked {
        Some(unit) => setting.tree.id(reading.unit(unit)?).clone(),
        None => reading.scope(),
    };
    let mut page = reading.page(Section::Figures);
    page.period = Some(period.id.to_string());
    let numbers = Numbers::load(&mut reading, &period).await?;
    let basis = numbers.evidence.basis(&setting, &scope, tree)?;
    let answer = basis.evaluate(indicator)?;
    let line = numbers.line_of(&reading, &page, &answer.figure, indicator, tree);
    let explained = explain::from_answer(&mut reading.tx, &setting, indicator, answer, tree).await?;
    let told = Told { reading: &reading, page: &page, veil: &numbers.veil, basis: &basis, explained: &explained };
    let (numerator, denominator) = made_of(&reading, indicator);
    let groups = told.groups();
    let under = |t: &str| page.figure_under(&key, asked.as_deref(), t);
    let own_path = routes::figure(&key);
    html(&FigurePage {
        definition: indicator.definition.clone(),
        kind_note: told.kind_note(),
        no_answer: (line.status == Status::Unanswerable && tree != TreeDay::Then)
            .then(|| page.t("portal-unanswerable-try")),
        quote: indicator.quote.clone(),
        claim: match &indicator.formula {
            Formula::Claim { source, .. } => Some(source.clone()),
            _ => None,
        },
        scope: reading.link(&page, basis.scope, period.last),
        periods: reading.choices(&period, |p| page.for_period(&own_path, asked.as_deref(), p)),
        trees: told.trees(tree, under),
        tree_day: tree.day(&period),
        then_href: under(routes::TREE_THEN),
        measure: reading.measure_name(&indicator.measure),
        numerator,
        denominator,
        excluded: explained.figure.excluded.as_ref().map(|e| told.excluded(e)),
        target_source: told.target_source(&line),
        parts: told.parts(&numbers, indicator, tree)?,
        only_totals: told.only_totals(),
        lists: matches!(indicator.formula, Formula::Rate { .. }),
        shares: explained.figure.percent,
        fraction_title: page.t(if explained.figure.percent { "portal-fraction" } else { "portal-count" }),
        contributors: groups.iter().map(|g| g.rows.len()).sum(),
        groups,
        missing: told.missing(),
        incomplete: explained.incomplete.iter().map(|u| told.link(&u.unit, &u.name)).collect(),
        elements: told.elements(),
        corrections: explained.corrections.iter().map(|c| told.correction(c)).collect(),
        period: PeriodView::new(&period),
        line,
        page: page.clone(),
    })
}

/// Tells of a figure what its audience may see.
struct Told<'a> {
    reading: &'a Reading,
    page: &'a Page,
    veil: &'a Veil,
    basis: &'a Basis<'a>,
    explained: &'a Explanation,
}

impl Told<'_> {
    fn figure(&self) -> &Figure {
        &self.explained.figure
    }

    fn link(&self, unit: &UnitId, name: &str) -> UnitLink {
        UnitLink { name: name.to_owned(), href: self.page.unit(unit) }
    }

    fn kind_note(&self) -> String {
        self.page.t(match self.figure().status {
            Status::Measured => "portal-kind-note-measured",
            Status::Derived => "portal-kind-note-derived",
            Status::Claim => "portal-kind-note-claim",
            Status::Missing => "portal-kind-note-missing",
            Status::Unanswerable => "portal-kind-note-unanswerable",
        })
    }

    fn trees(&self, chosen: TreeDay, under: impl Fn(&str) -> String) -> Vec<Choice> {
        let then = self.page.say1("portal-tree-then", "day", self.basis.period.last);
        let now = TreeDay::On(self.reading.today);
        let mut choices = vec![
            Choice { label: then, href: under(routes::TREE_THEN), current: chosen == TreeDay::Then },
            Choice { label: self.page.t("portal-tree-now"), href: under(routes::TREE_NOW), current: chosen == now },
        ];
        if let TreeDay::On(day) = chosen
            && chosen != now
        {
            choices.push(Choice { label: self.page.date(&day), href: under(&day.to_string()), current: true });
        }
        choices
    }

    /// Another tree's breakdown beside the period's own would give small counts away by difference.
    fn only_totals(&self) -> bool {
        !self.veil.is_raw() && self.figure().people && self.basis.tree_day != self.basis.period.last
    }

    fn excluded(&self, excluded: &Excluded) -> ExcludedView {
        let part = |(name, n, d): &(String, i64, i64)| {
            let part = self.veil.excluded(*n, *d)?;
            Some(ExcludedLine { name: name.clone(), part })
        };
        ExcludedView {
            name: excluded.name.clone(),
            total: self.veil.excluded(excluded.numerator, excluded.denominator),
            parts: excluded.parts.iter().filter_map(part).collect(),
        }
    }

    fn target_source(&self, line: &FigureLine) -> String {
        let targets = &self.reading.setting.definitions.targets;
        let set = targets.iter().filter(|_| line.target.is_some());
        let set = set.filter(|t| t.indicator == self.figure().key && t.period == self.figure().period);
        set.map(|t| t.source.clone()).next().unwrap_or_default()
    }

    /// The figures that a derived one is the sum of.
    fn parts(&self, numbers: &Numbers, indicator: &Indicator, tree: TreeDay) -> Result<Vec<FigureLine>, Problem> {
        let Formula::Derived { sum } = &indicator.formula else { return Ok(Vec::new()) };
        let parts = sum.iter().filter_map(|key| self.reading.setting.definitions.indicator(key));
        parts
            .map(|part| {
                let figure = self.basis.evaluate(part)?.figure;
                Ok(numbers.line_of(self.reading, self.page, &figure, part, tree))
            })
            .collect()
    }

    /// What each unit adds, under the committee that it counts in.
    fn groups(&self) -> Vec<Group> {
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
        let (mut committees, straight): (Vec<_>, Vec<_>) =
            by_part.into_iter().map(|(part, members)| (part, self.group(part, &members))).partition(|(p, _)| *p != self.basis.scope);
        by_name(&mut committees, |(_, group)| &group.unit.name);
        committees.into_iter().chain(straight).map(|(_, group)| group).collect()
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
        Group { unit, part: self.adds().then(|| self.shown(&row, n, d)), rows }
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
            label: if several { self.reading.period_name(&source.period) } else { self.page.t("portal-see-return") },
            href: self.page.return_page(&source.return_id.to_string()),
        });
        ContributionLine {
            unit: self.link(&c.unit.unit, &c.unit.name),
            part: self.shown(&c.unit.unit, c.numerator, c.denominator),
            sources: sources.collect(),
        }
    }

    fn missing(&self) -> Vec<MissingLine> {
        let several = self.reading.setting.definitions.data_sets_of(&self.explained.indicator).len() > 1;
        let mut lines: Vec<MissingLine> = self
            .explained
            .missing
            .iter()
            .map(|m| {
                let form = if several { self.reading.form_name(&m.data_set) } else { String::new() };
                let part = if m.period == self.figure().period { String::new() } else { self.reading.period_name(&m.period) };
                MissingLine {
                    unit: self.link(&m.unit.unit, &m.unit.name),
                    under: m.unit.path.first().cloned().unwrap_or_default(),
                    form: [form, part].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", "),
                    status: m.status,
                }
            })
            .collect();
        by_name(&mut lines, |line| &line.unit.name);
        lines
    }

    fn elements(&self) -> Vec<ElementView> {
        let view = |e: &explain::ElementNote| ElementView {
            name: e.name.clone(),
            definition: e.definition.clone(),
            breaks: e.breaks.clone(),
        };
        self.explained.elements.iter().map(view).collect()
    }

    fn correction(&self, c: &Correction) -> CorrectionView {
        let difference = |(element, old, new): &(_, Option<_>, _)| self.reading.difference(self.page, self.veil, element, old.as_ref(), new);
        CorrectionView {
            unit: self.link(&c.unit.unit, &c.unit.name),
            href: self.page.return_page(&c.return_id.to_string()),
            revision: c.revision,
            at: self.page.time(c.at),
            office: self.reading.office_name(&c.office),
            reason: self.veil.reason(&c.reason),
            differences: c.differences.iter().map(difference).collect(),
        }
    }
}
