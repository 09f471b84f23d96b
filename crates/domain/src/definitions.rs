//! Everything that a campaign sets up, as one value: read from configuration files, kept by
//! version, pinned by a frozen edition.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    checks::Rule,
    dataset::DataSet,
    element::{DataElement, Measure},
    id::{DataSetId, ElementId, IndicatorId, KindId, OfficeId, PeriodId, UnitId},
    indicator::Indicator,
    period::{Calendar, Period},
};

/// What a unit can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Its name in configuration.
    pub id: KindId,
    /// Its name in Vietnamese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
}

/// An office that acts: enters, reviews, approves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Its name in configuration.
    pub id: OfficeId,
    /// Its name in Vietnamese.
    pub name: String,
    /// The unit that it stands at.
    pub unit: UnitId,
}

/// A target set for a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// For which indicator.
    pub indicator: IndicatorId,
    /// For which period.
    pub period: PeriodId,
    /// Whole per cent for a ratio, else in the indicator's unit of measure.
    pub value: i64,
    /// Who set it, and where it is written.
    pub source: String,
}

/// A directive (văn bản chỉ đạo) in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// Its name in configuration.
    pub id: String,
    /// Number and symbol, such as `01-KL/TW`: text, never a number.
    pub number: String,
    /// The kind of document: kết luận, chỉ thị, kế hoạch, hướng dẫn.
    pub kind: String,
    /// Who issued it.
    pub issuer: String,
    /// The unit that issued it, if it is one of ours: it counts in that unit's returns.
    pub unit: Option<UnitId>,
    /// The day it was issued.
    pub issued: Date,
    /// What it is about.
    pub subject: String,
    /// Relations to other directives: (`implements`, `amends`, `replaces`, `based-on`; the other's id).
    #[serde(default)]
    pub relations: Vec<(String, String)>,
}

/// An initiative (mô hình) in the register. It is also a unit, under its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiative {
    /// The unit that it is.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its field (lĩnh vực).
    pub field: String,
    /// Collective, or an individual's.
    pub collective: bool,
    /// The unit that owns it.
    pub owner: UnitId,
    /// The day it began; the first day of a period or later makes it new in that period.
    pub started: Date,
    /// The day it ended.
    pub ended: Option<Date>,
}

/// Whose campaign it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// Its name in configuration.
    pub id: String,
    /// Its name in Vietnamese.
    pub name: String,
    /// The unit whose figures the report gives.
    pub scope: UnitId,
    /// The office that consolidates, and acts where none is named.
    pub office: OfficeId,
    /// A sentence that stands wherever a figure of this campaign shows; for synthetic data it says so.
    #[serde(default)]
    pub notice: String,
    /// The smallest people-count that the public may see, 5 if not given.
    #[serde(default = "default_threshold")]
    pub small_cell_threshold: i64,
}

fn default_threshold() -> i64 {
    5
}

/// Everything set up. Checked as a whole when it is loaded: what it holds is consistent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definitions {
    /// Whose campaign it is.
    pub campaign: Campaign,
    /// Kinds of units.
    pub kinds: Vec<Kind>,
    /// Units of measure.
    pub measures: Vec<Measure>,
    /// Offices.
    pub offices: Vec<Office>,
    /// Calendars with their periods.
    pub calendars: Vec<Calendar>,
    /// Data elements.
    pub elements: Vec<DataElement>,
    /// Forms.
    pub data_sets: Vec<DataSet>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Checks.
    pub rules: Vec<Rule>,
    /// Targets.
    #[serde(default)]
    pub targets: Vec<Target>,
    /// Directives.
    #[serde(default)]
    pub directives: Vec<Directive>,
    /// Initiatives.
    #[serde(default)]
    pub initiatives: Vec<Initiative>,
    /// Reasons for an exemption: code and words.
    #[serde(default)]
    pub exempt_reasons: BTreeMap<String, String>,
    /// Report templates by name (Markdown with bound figures).
    #[serde(default)]
    pub reports: BTreeMap<String, String>,
}

impl Definitions {
    /// A form by name.
    #[must_use]
    pub fn data_set(&self, id: &str) -> Option<&DataSet> {
        self.data_sets.iter().find(|d| d.id.as_str() == id)
    }

    /// An element by name.
    #[must_use]
    pub fn element(&self, id: &str) -> Option<&DataElement> {
        self.elements.iter().find(|e| e.id.as_str() == id)
    }

    /// An indicator by key.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.id.as_str() == id)
    }

    /// A unit of measure by name.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|m| m.id.as_str() == id)
    }

    /// A kind by name.
    #[must_use]
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|k| k.id.as_str() == id)
    }

    /// A calendar by name.
    #[must_use]
    pub fn calendar(&self, id: &str) -> Option<&Calendar> {
        self.calendars.iter().find(|c| c.id.as_str() == id)
    }

    /// A period by name.
    #[must_use]
    pub fn period(&self, id: &str) -> Option<&Period> {
        self.calendars.iter().flat_map(|c| &c.periods).find(|p| p.id.as_str() == id)
    }

    /// The form's elements, in the form's order.
    pub fn elements_of<'a>(&'a self, data_set: &'a DataSet) -> impl Iterator<Item = &'a DataElement> {
        data_set.elements.iter().filter_map(|id| self.element(id))
    }

    /// The form that an element belongs to.
    #[must_use]
    pub fn data_set_of(&self, element: &ElementId) -> Option<&DataSet> {
        self.element(element).and_then(|e| self.data_set(&e.data_set))
    }

    /// The periods of the form's own calendar that make up `period`: itself, or the smaller ones
    /// that are declared to tile it; empty where they do not combine.
    #[must_use]
    pub fn parts_of<'a>(&'a self, data_set: &DataSet, period: &Period) -> Vec<&'a Period> {
        let Some(calendar) = self.calendar(&data_set.calendar) else { return Vec::new() };
        if calendar.id != period.calendar && !calendar.tiles.contains(&period.calendar) {
            return Vec::new();
        }
        calendar.periods.iter().filter(|p| period.covers(p)).collect()
    }

    /// Every period that a return of this form for `part` counts in: its own, and the larger ones
    /// that its calendar tiles.
    #[must_use]
    pub fn periods_with<'a>(&'a self, data_set: &DataSet, part: &Period) -> Vec<&'a Period> {
        let Some(calendar) = self.calendar(&data_set.calendar) else { return Vec::new() };
        let larger = calendar.tiles.iter().filter_map(|id| self.calendar(id));
        std::iter::once(calendar).chain(larger).flat_map(|c| &c.periods).filter(|p| p.covers(part)).collect()
    }

    /// The same period of the year before, where its calendar has one.
    #[must_use]
    pub fn year_before(&self, period: &Period) -> Option<&Period> {
        let first = period.first.checked_sub(jiff::Span::new().years(1)).ok()?;
        self.calendar(&period.calendar)?.periods.iter().find(|p| p.first == first)
    }

    /// The period just before, in the same calendar.
    #[must_use]
    pub fn period_before(&self, period: &Period) -> Option<&Period> {
        let calendar = self.calendar(&period.calendar)?;
        let at = calendar.periods.iter().position(|p| p.id == period.id)?;
        at.checked_sub(1).map(|i| &calendar.periods[i])
    }

    /// The forms that a unit of that kind may owe.
    pub fn forms_for<'a>(&'a self, unit: &'a UnitId, kind: &'a KindId) -> impl Iterator<Item = &'a DataSet> {
        self.data_sets.iter().filter(move |d| d.roster.names(unit, kind))
    }

    /// The forms that an indicator rests on.
    #[must_use]
    pub fn data_sets_of(&self, indicator: &Indicator) -> Vec<DataSetId> {
        let mut found: Vec<DataSetId> = self
            .leaf_elements(indicator)
            .iter()
            .filter_map(|e| self.element(e).map(|e| e.data_set.clone()))
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// The elements that an indicator rests on, through its rules.
    #[must_use]
    pub fn leaf_elements(&self, indicator: &Indicator) -> Vec<ElementId> {
        use crate::indicator::Formula;
        match &indicator.formula {
            Formula::Count { of } => of.clone(),
            Formula::Rate { of } => vec![of.clone()],
            Formula::Ratio { numerator, denominator, exclusions } => {
                let parts = exclusions.iter().flat_map(|x| &x.parts);
                let excluded = parts.flat_map(|p| [p.numerator.clone(), p.denominator.clone()]);
                numerator.iter().chain(denominator).cloned().chain(excluded).collect()
            }
            Formula::Derived { sum } => {
                sum.iter().filter_map(|id| self.indicator(id)).flat_map(|i| self.leaf_elements(i)).collect()
            }
            Formula::Claim { .. } => Vec::new(),
        }
    }
}

impl crate::dataset::Roster {
    /// Whether a unit of that kind is on the roster, at any time.
    #[must_use]
    pub fn names(&self, unit: &UnitId, kind: &KindId) -> bool {
        !self.except.contains(unit) && (self.units.contains(unit) || self.kinds.contains(kind))
    }

    /// Whether the roster is in force at any day of the period.
    #[must_use]
    pub fn in_force(&self, period: &Period) -> bool {
        self.from.is_none_or(|f| f <= period.last) && self.until.is_none_or(|u| period.first <= u)
    }
}
