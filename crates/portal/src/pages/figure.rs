//! Of one figure: of whom, excluding whom, as of when, from which units, and who is missing.

mod groups;
mod told;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Html,
};
use nhipcau_actions::{basis::TreeDay, explain, register};
use nhipcau_domain::{
    Date,
    definitions::Directive,
    figure::Status,
    id::UnitId,
    indicator::{Formula, Indicator},
    period::Period,
};

use self::told::Told;
use crate::{
    failure::Failure,
    numbers::{Numbers, made_of},
    page::{Page, Section},
    pages::register::{DocumentLine, line},
    reader::Reader,
    reading::{Reading, html},
    routes,
    shown::Shown,
    state::PortalState,
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
    /// Of a figure that counts documents: those of the register.
    pub documents: Vec<DocumentLine>,
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
    /// Where it stands on the page.
    pub anchor: String,
    /// Its own figure; none where its units do not add.
    pub part: Option<Shown<Part>>,
    /// The length of its bar, in thousandths; none where there is nothing to draw.
    pub bar: Option<i128>,
    /// Whether every one of its units is protected.
    pub protected: bool,
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
    let own_path = routes::figure(&key);
    let periods = reading.choices(&period, |p| page.for_period(&own_path, asked.as_deref(), p)).await?;
    let numbers = Numbers::load(&mut reading, &period).await?;
    let basis = numbers.evidence.basis(&setting, &scope, tree)?;
    let answer = basis.evaluate(indicator)?;
    let line = numbers.line_of(&reading, &page, &answer.figure, indicator, tree);
    let explained = explain::from_answer(&mut reading.tx, &setting, indicator, answer, tree).await?;
    let documents = documents(&mut reading, &page, indicator, &period, &scope).await?;
    let told =
        Told { reading: &reading, page: &page, veil: &numbers.veil, basis: &basis, explained: &explained };
    let (numerator, denominator) = made_of(&reading, indicator);
    let groups = told.groups();
    let under = |t: &str| page.figure_under(&key, asked.as_deref(), t);
    html(&FigurePage {
        definition: indicator.definition.clone(),
        kind_note: told.kind_note(),
        no_answer: (line.status == Status::Unanswerable && tree != TreeDay::Then)
            .then(|| page.t("portal-unanswerable-try")),
        // What was published was said of the whole.
        quote: indicator.quote.clone().filter(|_| basis.is_whole()),
        claim: match &indicator.formula {
            Formula::Claim { source, .. } => Some(source.clone()),
            _ => None,
        },
        scope: reading.link(&page, basis.scope, period.last),
        periods,
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
        documents,
        period: PeriodView::new(&period),
        line,
        page: page.clone(),
    })
}

/// The unit of measure of figures that count documents: what they count stands in the register.
const DOCUMENTS: &str = "documents";

/// The scope's documents that were issued within the period, as the register has them.
async fn documents(
    reading: &mut Reading,
    page: &Page,
    indicator: &Indicator,
    period: &Period,
    scope: &UnitId,
) -> Result<Vec<DocumentLine>, Failure> {
    if indicator.measure.as_str() != DOCUMENTS {
        return Ok(Vec::new());
    }
    let setting = Arc::clone(&reading.setting);
    let whole = setting.definitions.campaign.scope == *scope;
    let counted = |d: &Directive| {
        let theirs = d.unit.as_ref().is_some_and(|unit| whole || unit == scope);
        theirs && period.first <= d.issued && d.issued <= period.last
    };
    let today = reading.today;
    let found = register::of_directives(&mut reading.tx, &setting.definitions, today, counted).await?;
    Ok(found.iter().map(|d| line(page, d)).collect())
}
