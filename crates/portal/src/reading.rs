//! One request's view of the records: a snapshot, the setting in force, the period that is asked for.

use std::sync::Arc;

use askama::Template;
use axum::response::Html;
use nhipcau_actions::{Setting, basis, publication::Published, report};
use nhipcau_domain::{
    Date,
    id::{ElementId, PeriodId, UnitId},
    period::Period,
    problem::Problem,
    returns::Value,
    text,
    tree::Ix,
};
use nhipcau_messages::Lang;
use nhipcau_store::{EditionStatus, EditionSummary, Tx};

use crate::{
    failure::Failure,
    page::{Page, Section},
    reader::Reader,
    routes,
    shown::Shown,
    state::PortalState,
    veil::Veil,
    views::{Choice, Difference, NodeView, UnitLink},
};

/// One request's view of the records.
pub(crate) struct Reading {
    pub state: PortalState,
    pub reader: Reader,
    pub tx: Tx,
    pub setting: Arc<Setting>,
    pub today: Date,
}

impl Reading {
    pub async fn begin(state: PortalState, reader: Reader) -> Result<Self, Failure> {
        let mut tx = state.workspace.store().read().await?;
        let setting = state.workspace.setting(&mut tx).await?;
        let today = text::local_day(state.workspace.now());
        Ok(Self { state, reader, tx, setting, today })
    }

    pub fn page(&self, section: Section) -> Page {
        let campaign = &self.setting.definitions.campaign;
        Page {
            campaign: campaign.name.clone(),
            notice: campaign.notice.clone(),
            ..Page::new(&self.reader, section)
        }
    }

    pub fn scope(&self) -> UnitId {
        self.setting.definitions.campaign.scope.clone()
    }

    /// The period that the address asks for; else the latest report's, else the latest with numbers.
    pub async fn period(&mut self) -> Result<Period, Failure> {
        let setting = Arc::clone(&self.setting);
        if let Some(asked) = self.reader.parameter(routes::PERIOD) {
            return Ok(basis::period(&setting, asked)?.clone());
        }
        if let Some(edition) = self.public().await?.into_iter().max_by_key(|e| e.at)
            && let Some(period) = setting.definitions.period(&edition.period)
        {
            return Ok(period.clone());
        }
        let reported = self.reported().await?;
        let found = reported.last().or_else(|| {
            let all = setting.definitions.calendars.iter().flat_map(|c| &c.periods);
            all.min_by_key(|p| p.first)
        });
        Ok(found.ok_or_else(|| Problem::new("portal-no-period"))?.clone())
    }

    /// Periods that have something to show, in order: of calendars that are not parts of a larger one.
    pub async fn reported(&mut self) -> Result<Vec<Period>, Failure> {
        let setting = Arc::clone(&self.setting);
        let scope = self.unit(&setting.definitions.campaign.scope)?;
        let whole = setting.definitions.calendars.iter().filter(|c| c.tiles.is_empty());
        let mut found = Vec::new();
        for period in whole.flat_map(|c| &c.periods).filter(|p| p.first <= self.today) {
            let level = setting.tree.kind(scope, period.last);
            for form in &setting.definitions.data_sets {
                let totals =
                    self.tx.totals_of_unit(&period.id, &form.id, level, setting.tree.id(scope)).await?;
                if !totals.is_empty() {
                    found.push(period.clone());
                    break;
                }
            }
        }
        found.sort_by_key(|p| (p.last, p.first));
        Ok(found)
    }

    /// The choice of periods; `href` gives the address for a period's name.
    pub async fn choices(
        &mut self,
        chosen: &Period,
        href: impl Fn(&str) -> String,
    ) -> Result<Vec<Choice>, Failure> {
        let mut periods = self.reported().await?;
        if !periods.iter().any(|p| p.id == chosen.id) {
            periods.push(chosen.clone());
        }
        let choice =
            |p: &Period| Choice { label: p.name.clone(), href: href(&p.id), current: p.id == chosen.id };
        Ok(periods.iter().map(choice).collect())
    }

    /// Every edition that readers have.
    async fn public(&mut self) -> Result<Vec<EditionSummary>, Failure> {
        let mut found = Vec::new();
        for report in self.tx.reports().await? {
            found.extend(self.tx.public_editions(&report).await?);
        }
        Ok(found)
    }

    /// Every frozen edition, also one that waits to be handed over: what is shown meanwhile must not give
    /// away what it withholds.
    async fn frozen(&mut self) -> Result<Vec<EditionSummary>, Failure> {
        let mut found = Vec::new();
        for report in self.tx.reports().await? {
            let all = self.tx.editions(&report).await?;
            found.extend(all.into_iter().filter(|e| e.status == EditionStatus::Frozen));
        }
        Ok(found)
    }

    /// What frozen editions make public of a period, oldest first.
    pub async fn published(&mut self, period: &PeriodId) -> Result<Vec<Published>, Failure> {
        let scope = self.scope();
        let mut editions = self.frozen().await?;
        editions.retain(|e| e.period == *period && e.scope == scope);
        editions.sort_by_key(|e| e.at);
        let mut found = Vec::with_capacity(editions.len());
        for e in editions {
            found.push(report::edition(&mut self.tx, &e.report, Some(e.number)).await?.body.published);
        }
        Ok(found)
    }

    /// A unit by the name in the address.
    pub fn unit(&self, id: &str) -> Result<Ix, Failure> {
        self.setting.tree.find(id).ok_or(Failure::NotFound)
    }

    pub fn kind_name(&self, ix: Ix, on: Date) -> String {
        let kind = self.setting.tree.kind(ix, on);
        let Some(kind) = self.setting.definitions.kind(kind) else { return kind.to_string() };
        match self.reader.lang {
            Lang::Vi | Lang::Km => kind.name.clone(),
            Lang::En => kind.name_en.clone(),
        }
    }

    pub fn measure_name(&self, id: &str) -> String {
        let Some(measure) = self.setting.definitions.measure(id) else { return id.to_owned() };
        match self.reader.lang {
            Lang::Vi | Lang::Km => measure.name.clone(),
            Lang::En => measure.name_en.clone(),
        }
    }

    /// An office's name; a unit that acts for itself has the unit's.
    pub fn office_name(&self, id: &str) -> String {
        let office =
            self.setting.definitions.offices.iter().find(|o| o.id.as_str() == id).map(|o| o.name.clone());
        let unit = || self.setting.tree.find(id).map(|ix| self.setting.tree.name(ix, self.today).to_owned());
        office.or_else(unit).unwrap_or_else(|| id.to_owned())
    }

    pub fn form_name(&self, id: &str) -> String {
        self.setting.definitions.data_set(id).map_or_else(|| id.to_owned(), |f| f.name.clone())
    }

    pub fn period_name(&self, id: &str) -> String {
        self.setting.definitions.period(id).map_or_else(|| id.to_owned(), |p| p.name.clone())
    }

    pub fn link(&self, page: &Page, ix: Ix, on: Date) -> UnitLink {
        let tree = &self.setting.tree;
        UnitLink { name: tree.name(ix, on).to_owned(), href: page.unit(tree.id(ix)) }
    }

    pub fn node(&self, page: &Page, ix: Ix, on: Date) -> NodeView {
        NodeView {
            unit: self.link(page, ix, on),
            kind: self.kind_name(ix, on),
            code: self.setting.tree.code(ix, on).map(str::to_owned),
        }
    }

    pub fn element_name(&self, id: &str) -> String {
        self.setting.definitions.element(id).map_or_else(|| id.to_owned(), |e| e.name.clone())
    }

    /// A value in words.
    pub fn value(&self, page: &Page, value: &Value) -> String {
        match value {
            Value::Number(n) => page.n(*n),
            Value::NotReported => page.t("portal-value-not-reported"),
            Value::Exempt(reason) => {
                let known = self.setting.definitions.exempt_reasons.get(reason.as_str());
                page.say1("portal-value-exempt", "reason", known.map_or(reason.as_str(), String::as_str))
            }
            Value::NotApplicable => page.t("portal-value-not-applicable"),
        }
    }

    /// What a revision changed, of values that no longer count.
    pub fn difference(
        &self,
        page: &Page,
        veil: &Veil,
        element: &ElementId,
        old: Option<&Value>,
        new: &Value,
    ) -> Difference {
        let past = |value: Option<&Value>| match value {
            None => Shown::Shown(page.t("portal-value-none")),
            Some(value @ Value::Number(_)) => veil.superseded(element, self.value(page, value)),
            Some(value) => Shown::Shown(self.value(page, value)),
        };
        Difference { element: self.element_name(element), before: past(old), after: past(Some(new)) }
    }

    /// Who is above a unit, the highest first.
    pub fn above(&self, page: &Page, ix: Ix, on: Date) -> Vec<UnitLink> {
        let mut above: Vec<UnitLink> =
            self.setting.tree.above(ix, on).map(|up| self.link(page, up, on)).collect();
        above.reverse();
        above
    }
}

/// A page as an answer.
pub(crate) fn html(view: &impl Template) -> Result<Html<String>, Failure> {
    Ok(Html(view.render()?))
}
