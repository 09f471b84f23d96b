//! All records of a campaign, made of its definitions; to be changed, and written as files.

use std::collections::BTreeMap;

use nhipcau_domain::{
    definitions::{Definitions, Directive, Initiative},
    element::{DataElement, TimeRule, UnitRule},
    indicator::{Exclusions, Formula, Indicator},
    period::Calendar,
    problem::Severity,
    tree::{Change, TreeEvent},
};

use super::{Part, Record};

/// All records, by part and in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    parts: BTreeMap<Part, Vec<Record>>,
}

impl Book {
    /// The records of definitions. What an initiative is among the units stands in the tree only.
    #[must_use]
    pub fn of(definitions: &Definitions, tree: &[TreeEvent]) -> Self {
        let d = definitions;
        let pair = |key: &str, id: &str, name: &str| Record::default().with(key, id).with("name", name);
        let mut parts = BTreeMap::new();
        parts.insert(Part::Campaign, vec![campaign(d, tree)]);
        let kinds = d.kinds.iter().map(|k| pair("id", &k.id, &k.name).with("name-en", &*k.name_en));
        parts.insert(Part::Kind, kinds.collect());
        let measures = d.measures.iter().map(|m| {
            let people = if m.people { "true" } else { "" };
            pair("id", &m.id, &m.name).with("name-en", &*m.name_en).with("people", people)
        });
        parts.insert(Part::Measure, measures.collect());
        let offices = d.offices.iter().map(|o| pair("id", &o.id, &o.name).with("unit", o.unit.as_str()));
        parts.insert(Part::Office, offices.collect());
        let reasons = d.exempt_reasons.iter().map(|(code, name)| pair("code", code, name));
        parts.insert(Part::Reason, reasons.collect());
        parts.insert(Part::Calendar, d.calendars.iter().map(calendar).collect());
        parts.insert(Part::Element, d.elements.iter().map(element).collect());
        parts.insert(Part::Form, d.data_sets.iter().map(form).collect());
        parts.insert(Part::Indicator, d.indicators.iter().map(indicator).collect());
        let checks = d.rules.iter().map(|r| {
            Record::default()
                .with("id", &*r.id)
                .with("data-set", r.data_set.as_str())
                .with_list("kinds", names(&r.kinds))
                .with("holds", &*r.holds)
                .with("severity", severity(r.severity))
                .with("message", &*r.message)
                .with("message-en", &*r.message_en)
        });
        parts.insert(Part::Check, checks.collect());
        let targets = d.targets.iter().map(|t| {
            Record::default()
                .with("indicator", t.indicator.as_str())
                .with("period", t.period.as_str())
                .with("value", t.value.to_string())
                .with("source", &*t.source)
        });
        parts.insert(Part::Target, targets.collect());
        parts.insert(Part::Directive, d.directives.iter().map(directive).collect());
        parts.insert(Part::Initiative, d.initiatives.iter().map(initiative).collect());
        let reports =
            d.reports.iter().map(|(id, text)| Record::default().with("id", &**id).with("text", &**text));
        parts.insert(Part::Report, reports.collect());
        Self { parts }
    }

    /// The records of a part, in order.
    #[must_use]
    pub fn records(&self, part: Part) -> &[Record] {
        self.parts.get(&part).map_or(&[], Vec::as_slice)
    }

    /// A record by name.
    #[must_use]
    pub fn record(&self, part: Part, name: &str) -> Option<&Record> {
        self.records(part).iter().find(|r| part.name_of(r) == name)
    }

    /// Puts a record in the place of the one of that name, or at the end where no name is given or
    /// known. An element comes onto its form at the same time.
    pub fn put(&mut self, part: Part, name: Option<&str>, record: Record) {
        if part == Part::Element {
            self.place(record.text("id"), record.text("data-set"));
        }
        let records = self.parts.entry(part).or_default();
        let at = name.and_then(|name| records.iter().position(|r| part.name_of(r) == name));
        match at.and_then(|at| records.get_mut(at)) {
            Some(slot) => *slot = record,
            None => records.push(record),
        }
    }

    /// Takes a record away; an element leaves its form. Whether there was one.
    pub fn remove(&mut self, part: Part, name: &str) -> bool {
        let records = self.parts.entry(part).or_default();
        let before = records.len();
        records.retain(|r| part.name_of(r) != name);
        let removed = records.len() < before;
        if removed && part == Part::Element {
            self.place(name, "");
        }
        removed
    }

    /// Brings an element onto a form, at its end, and off every other.
    fn place(&mut self, element: &str, form: &str) {
        for record in self.parts.entry(Part::Form).or_default() {
            let here = record.text("id") == form;
            let held = record.list("elements");
            let holds = held.iter().any(|e| e == element);
            if here == holds {
                continue;
            }
            let mut next: Vec<String> = held.iter().filter(|e| *e != element).cloned().collect();
            if here {
                next.push(element.to_owned());
            }
            record.set_list("elements", next);
        }
    }

    pub(crate) fn initiative_kind(&self) -> &str {
        self.records(Part::Campaign).first().map_or("", |c| c.text("initiative-kind"))
    }
}

fn names<T: std::ops::Deref<Target = str>>(ids: &[T]) -> impl Iterator<Item = String> + '_ {
    ids.iter().map(|id| id.to_string())
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "notice",
        Severity::Explain => "explain",
        Severity::Refuse => "refuse",
    }
}

fn campaign(d: &Definitions, tree: &[TreeEvent]) -> Record {
    let first = d.initiatives.first();
    let kind = tree.iter().find_map(|event| match &event.change {
        Change::Open { unit, kind, .. } if first.is_some_and(|i| i.unit == *unit) => Some(kind.to_string()),
        _ => None,
    });
    // Before there is any, the kind that is called so.
    let usual = || d.kinds.iter().find(|k| k.id.as_str() == "initiative").map(|k| k.id.to_string());
    let kind = kind.or_else(|| usual().filter(|_| first.is_none()));
    let c = &d.campaign;
    Record::default()
        .with("id", &*c.id)
        .with("name", &*c.name)
        .with("scope", c.scope.as_str())
        .with("office", c.office.as_str())
        .with("notice", &*c.notice)
        .with("small-cell-threshold", c.small_cell_threshold.to_string())
        .with("initiative-kind", kind.unwrap_or_default())
}

fn calendar(c: &Calendar) -> Record {
    let row = |p: &nhipcau_domain::period::Period| {
        vec![p.id.to_string(), p.first.to_string(), p.last.to_string(), p.name.clone()]
    };
    Record::default()
        .with("id", c.id.as_str())
        .with("name", &*c.name)
        .with_list("tiles", names(&c.tiles))
        .with_rows("period", c.periods.iter().map(row).collect())
}

fn element(e: &DataElement) -> Record {
    let rows = e.definitions.iter().map(|d| vec![d.from.to_string(), d.text.clone()]).collect();
    Record::default()
        .with("id", e.id.as_str())
        .with("name", &*e.name)
        .with("section", &*e.section)
        .with("measure", e.measure.as_str())
        .with("time", if e.time == TimeRule::Flow { "flow" } else { "stock" })
        .with("adds", if e.adds == UnitRule::Lists { "lists" } else { "" })
        .with("data-set", e.data_set.as_str())
        .with_rows("definitions", rows)
}

fn form(f: &nhipcau_domain::dataset::DataSet) -> Record {
    let day = |day: Option<nhipcau_domain::Date>| day.map(|d| d.to_string()).unwrap_or_default();
    let deadline = |d: &nhipcau_domain::dataset::Deadline| {
        vec![d.days.to_string(), d.kind.as_ref().map(ToString::to_string).unwrap_or_default()]
    };
    Record::default()
        .with("id", f.id.as_str())
        .with("name", &*f.name)
        .with("calendar", f.calendar.as_str())
        .with_list("elements", names(&f.elements))
        .with_list("roster.kinds", names(&f.roster.kinds))
        .with_list("roster.units", names(&f.roster.units))
        .with_list("roster.except", names(&f.roster.except))
        .with("roster.from", day(f.roster.from))
        .with("roster.until", day(f.roster.until))
        .with_rows("deadlines", f.deadlines.iter().map(deadline).collect())
        .with_rows("words", f.words.iter().map(|w| vec![w.id.clone(), w.name.clone()]).collect())
        .with_list("instructions", f.instructions.iter().cloned())
}

fn indicator(i: &Indicator) -> Record {
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let record = Record::default()
        .with("id", i.id.as_str())
        .with("name", &*i.name)
        .with("definition", &*i.definition)
        .with("measure", i.measure.as_str())
        .with_list("filter.kinds", names(&i.filter.kinds))
        .with("filter.direct", i.filter.direct.map(|d| d.to_string()).unwrap_or_default())
        .with_list("filter.under", names(&i.filter.under))
        .with("wording.over", number(i.wording.over))
        .with("wording.nearly-within", number(i.wording.nearly_within))
        .with("wording.decimals", number(i.wording.decimals.map(i64::from)))
        .with("quote", i.quote.clone().unwrap_or_default());
    match &i.formula {
        Formula::Count { of } => record.with_list("count", names(of)),
        Formula::Rate { of } => record.with("rate", of.as_str()),
        Formula::Derived { sum } => record.with_list("sum", names(sum)),
        Formula::Claim { value, source } => {
            record.with("claim.value", value.to_string()).with("claim.source", &**source)
        }
        Formula::Ratio { numerator, denominator, exclusions } => {
            let record = record
                .with_list("ratio.numerator", names(numerator))
                .with_list("ratio.denominator", names(denominator));
            match exclusions {
                Some(x) => excluding(record, x),
                None => record,
            }
        }
    }
}

fn excluding(record: Record, x: &Exclusions) -> Record {
    let part = |p: &nhipcau_domain::indicator::ExcludedPart| {
        vec![p.groups.join(" + "), p.numerator.to_string(), p.denominator.to_string()]
    };
    record
        .with("ratio.exclusions.name", &*x.name)
        .with_rows(
            "ratio.exclusions.groups",
            x.groups.iter().map(|(id, name)| vec![id.clone(), name.clone()]).collect(),
        )
        .with("ratio.exclusions.overlap", if x.overlap { "true" } else { "" })
        .with_rows("ratio.exclusions.parts", x.parts.iter().map(part).collect())
}

fn directive(d: &Directive) -> Record {
    let relations = d.relations.iter().map(|(how, other)| vec![how.clone(), other.clone()]).collect();
    Record::default()
        .with("id", &*d.id)
        .with("number", &*d.number)
        .with("kind", &*d.kind)
        .with("issuer", &*d.issuer)
        .with("unit", d.unit.as_ref().map(ToString::to_string).unwrap_or_default())
        .with("issued", d.issued.to_string())
        .with("subject", &*d.subject)
        .with_rows("relations", relations)
}

fn initiative(i: &Initiative) -> Record {
    Record::default()
        .with("unit", i.unit.as_str())
        .with("name", &*i.name)
        .with("field", &*i.field)
        .with("type", if i.collective { "collective" } else { "individual" })
        .with("owner", i.owner.as_str())
        .with("started", i.started.to_string())
        .with("ended", i.ended.map(|d| d.to_string()).unwrap_or_default())
}
