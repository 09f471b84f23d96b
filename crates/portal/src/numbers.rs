//! A period's figures of a unit, ready for a page.

use std::sync::Arc;

use nhipcau_actions::basis::{Evidence, TreeDay};
use nhipcau_domain::{
    figure::{Basis, Figure, Status},
    id::UnitId,
    indicator::{Formula, Indicator},
    period::Period,
    text, wording,
};
use nhipcau_messages::Lang;

use crate::{
    failure::Failure, page::Page, reader::Reader, reading::Reading, shown::Shown, state::PortalState,
    veil::Veil, views::FigureLine,
};

/// A period's evidence, with the veil that is held before it.
pub(crate) struct Numbers {
    pub evidence: Evidence,
    pub veil: Veil,
    before: Option<(Evidence, Veil)>,
}

impl Numbers {
    pub async fn load(reading: &mut Reading, period: &Period) -> Result<Self, Failure> {
        let (evidence, veil) = veiled(reading, period).await?;
        let setting = Arc::clone(&reading.setting);
        let before = match setting.definitions.year_before(period) {
            Some(earlier) => Some(veiled(reading, earlier).await?),
            None => None,
        };
        Ok(Self { evidence, veil, before })
    }

    /// A figure in a line, of the scope that the basis is of.
    pub fn line(
        &self,
        reading: &Reading,
        page: &Page,
        basis: &Basis<'_>,
        indicator: &Indicator,
        tree: TreeDay,
    ) -> Result<FigureLine, Failure> {
        let answer = basis.evaluate(indicator)?;
        Ok(self.line_of(reading, page, &answer.figure, indicator, tree))
    }

    pub fn line_of(
        &self,
        reading: &Reading,
        page: &Page,
        figure: &Figure,
        indicator: &Indicator,
        tree: TreeDay,
    ) -> FigureLine {
        let lang = page.lang;
        let campaign = figure.scope == reading.setting.definitions.campaign.scope;
        let targets = reading.setting.definitions.targets.iter();
        let target =
            targets.filter(|_| campaign).find(|t| t.indicator == figure.key && t.period == figure.period);
        let sign = if figure.percent { "%" } else { "" };
        let href =
            if campaign { page.figure(&figure.key) } else { page.figure_of(&figure.key, &figure.scope) };
        FigureLine {
            key: figure.key.to_string(),
            name: figure.name.clone(),
            href,
            status: figure.status,
            wording: self.veil.words(figure, |f| words(lang, f, indicator)),
            measure: if figure.percent { String::new() } else { reading.measure_name(&figure.measure) },
            part: figure.denominator.and_then(|_| self.veil.part(figure)),
            coverage: (figure.status != Status::Claim).then_some(figure.coverage),
            target: target.map(|t| format!("{}{sign}", page.n(t.value))),
            before: self.before(reading, &figure.scope, indicator, tree, lang),
        }
    }

    /// The same figure a year earlier, where it was reported.
    fn before(
        &self,
        reading: &Reading,
        scope: &UnitId,
        indicator: &Indicator,
        tree: TreeDay,
        lang: Lang,
    ) -> Option<Shown<String>> {
        let (evidence, veil) = self.before.as_ref()?;
        // A unit that was not there a year ago has no year before: that is not an error.
        let basis = evidence.basis(&reading.setting, scope, tree).ok()?;
        let figure = basis.evaluate(indicator).ok()?.figure;
        let reported = matches!(figure.status, Status::Measured | Status::Derived);
        reported.then(|| veil.words(&figure, |f| words(lang, f, indicator)))
    }
}

/// Protects the publication that the first page asks for, ahead of it. What goes wrong here is said
/// to the reader who asks.
pub async fn warm(state: PortalState) {
    let Ok(mut reading) = Reading::begin(state, Reader::default()).await else { return };
    if let Ok(period) = reading.period().await {
        let _ = Numbers::load(&mut reading, &period).await;
    }
}

async fn veiled(reading: &mut Reading, period: &Period) -> Result<(Evidence, Veil), Failure> {
    let setting = Arc::clone(&reading.setting);
    let evidence = Evidence::load(&mut reading.tx, &setting, period).await?;
    let earlier = reading.published(&period.id).await?;
    let audience = reading.reader.audience;
    let publication = reading.state.publication(&setting, &evidence, earlier, audience).await?;
    let veil = Veil::new(setting, publication, period, audience);
    Ok((evidence, veil))
}

/// A figure as a report says it, in the reader's language.
fn words(lang: Lang, figure: &Figure, indicator: &Indicator) -> String {
    let rule = &indicator.wording;
    match (lang, figure.numerator.or(figure.claimed), figure.denominator) {
        (Lang::En, Some(n), Some(d)) => wording::percent_en(n, d, rule),
        (Lang::En, Some(n), None) => wording::count_en(n, rule),
        _ => figure.wording.clone(),
    }
}

/// The names of the elements that a figure's numerator and denominator are made of.
pub(crate) fn made_of(reading: &Reading, indicator: &Indicator) -> (Vec<String>, Vec<String>) {
    let name = |id: &nhipcau_domain::id::ElementId| {
        reading.setting.definitions.element(id).map_or_else(|| id.to_string(), |e| e.name.clone())
    };
    match &indicator.formula {
        Formula::Ratio { numerator, denominator, .. } => {
            (numerator.iter().map(name).collect(), denominator.iter().map(name).collect())
        }
        _ => (Vec::new(), Vec::new()),
    }
}

/// Orders by name, as a Vietnamese dictionary does.
pub(crate) fn by_name<T>(items: &mut [T], name: impl Fn(&T) -> &str) {
    items.sort_by_cached_key(|item| text::sort_key(name(item)));
}
