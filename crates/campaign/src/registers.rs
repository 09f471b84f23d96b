//! `targets.csv`, `directives.csv` and `initiatives.csv`.

use nhipcau_domain::{
    Date,
    definitions::{Definitions, Directive, Initiative, Target},
    id::UnitId,
    period::Period,
    problem::Problem,
    tree::{Change, TreeEvent},
};

use crate::{
    campaign::General,
    dates,
    files::Files,
    notes::{Notes, What},
    table,
};

/// The registers that a check can count in: `register("initiatives.collective")`.
pub const REGISTERS: [&str; 4] =
    ["directives.issued", "initiatives.collective", "initiatives.individual", "initiatives.new"];

/// How many a register holds for a unit in a period; none where there is no such register.
///
/// Directives count where the unit issued them within the period; initiatives where the unit owns
/// them and they are maintained on the period's last day, new ones where they also began within it.
#[must_use]
pub fn register_count(definitions: &Definitions, name: &str, unit: &str, period: &Period) -> Option<i64> {
    let within = |day: Date| period.first <= day && day <= period.last;
    let owned = || {
        definitions.initiatives.iter().filter(move |i| {
            i.owner.as_str() == unit && i.started <= period.last && i.ended.is_none_or(|e| e >= period.last)
        })
    };
    let count = match name {
        "directives.issued" => definitions
            .directives
            .iter()
            .filter(|d| d.unit.as_deref() == Some(unit) && within(d.issued))
            .count(),
        "initiatives.collective" => owned().filter(|i| i.collective).count(),
        "initiatives.individual" => owned().filter(|i| !i.collective).count(),
        "initiatives.new" => owned().filter(|i| within(i.started)).count(),
        _ => return None,
    };
    i64::try_from(count).ok()
}

pub(crate) fn targets(files: &dyn Files, notes: &mut Notes) -> Vec<Target> {
    let Some((file, text)) = notes.text(files, "targets.csv") else { return Vec::new() };
    let mut found: Vec<Target> = Vec::new();
    table::read(notes, file, &text, &["indicator", "period", "value", "source"], &[], |notes, row| {
        let indicator = row.need(0, "indicator", notes).into();
        let period = row.need(1, "period", notes).into();
        row.refer(0, What::Indicator, notes);
        row.refer(1, What::Period, notes);
        let source = row.need(3, "source", notes).to_owned();
        let Ok(value) = row.get(2).parse() else {
            let problem = Problem::new("campaign-wrong-type").with("found", row.get(2));
            notes.push(problem.with("expected", "integer"), row.at(2));
            return;
        };
        let target = Target { indicator, period, value, source };
        if found.iter().any(|t| t.indicator == target.indicator && t.period == target.period) {
            let problem = Problem::new("campaign-target-twice")
                .with("indicator", &target.indicator)
                .with("period", &target.period);
            notes.push(problem, row.at(0));
        }
        found.push(target);
    });
    found
}

const RELATIONS: [&str; 4] = ["implements", "amends", "replaces", "based-on"];

pub(crate) fn directives(files: &dyn Files, notes: &mut Notes) -> Vec<Directive> {
    let Some((file, text)) = notes.text(files, "directives.csv") else { return Vec::new() };
    let mut found = Vec::new();
    let columns = ["id", "number", "kind", "issuer", "unit", "issued", "subject"];
    table::read(notes, file, &text, &columns, &["relations"], |notes, row| {
        let id = row.need(0, "id", notes).to_owned();
        notes.declare(What::Directive, &id, row.at(0));
        row.refer(4, What::Unit, notes);
        let mut relations = Vec::new();
        for relation in row.get(7).split(';').map(str::trim).filter(|r| !r.is_empty()) {
            let known = relation.split_once(':').filter(|(how, _)| RELATIONS.contains(how));
            if let Some((how, other)) = known {
                notes.refer(What::Directive, other, row.at(7));
                relations.push((how.to_owned(), other.to_owned()));
            } else {
                let expected = "implements:…, amends:…, replaces:…, based-on:…";
                let problem = Problem::new("campaign-bad-choice").with("found", relation);
                notes.push(problem.with("expected", expected), row.at(7));
            }
        }
        let issued = dates::parse(row.get(5), row.at(5), notes);
        let Some(issued) = issued else { return };
        found.push(Directive {
            id,
            number: row.need(1, "number", notes).to_owned(),
            kind: row.need(2, "kind", notes).to_owned(),
            issuer: row.need(3, "issuer", notes).to_owned(),
            unit: row.some(4).map(UnitId::new),
            issued,
            subject: row.need(6, "subject", notes).to_owned(),
            relations,
        });
    });
    found
}

/// Reads the register of initiatives. Each is also a unit under its owner, from its first day to
/// its last; that it opens and closes is added to `tree`.
pub(crate) fn initiatives(
    files: &dyn Files,
    general: Option<&General>,
    notes: &mut Notes,
    tree: &mut Vec<TreeEvent>,
) -> Vec<Initiative> {
    let Some((file, text)) = notes.text(files, "initiatives.csv") else { return Vec::new() };
    let kind = general.and_then(|g| g.initiative_kind.clone());
    if kind.is_none() && general.is_some() {
        let problem = Problem::new("campaign-initiative-kind-missing");
        notes.push(problem, crate::notes::Spot { file, line: 1, column: 1 });
    }
    let mut found = Vec::new();
    let mut closes = Vec::new();
    let columns = ["unit", "name", "field", "type", "owner", "started", "ended"];
    table::read(notes, file, &text, &columns, &[], |notes, row| {
        let unit: UnitId = row.need(0, "unit", notes).into();
        notes.declare(What::Unit, &unit, row.at(0));
        let name = row.need(1, "name", notes).to_owned();
        let field = row.need(2, "field", notes).to_owned();
        let collective = match row.get(3) {
            "collective" => true,
            "individual" => false,
            other => {
                let problem = Problem::new("campaign-bad-choice").with("found", other);
                notes.push(problem.with("expected", "collective, individual"), row.at(3));
                return;
            }
        };
        let owner: UnitId = row.need(4, "owner", notes).into();
        row.refer(4, What::Unit, notes);
        let started = dates::parse(row.need(5, "started", notes), row.at(5), notes);
        let ended = row.some(6).and_then(|text| dates::parse(text, row.at(6), notes));
        let Some(started) = started else { return };
        if let Some(ended) = ended.filter(|e| *e < started) {
            let problem = Problem::new("campaign-initiative-ends-before-start")
                .with("started", started)
                .with("ended", ended);
            notes.push(problem, row.at(6));
        }
        if let Some(kind) = kind.clone() {
            let parent = Some(owner.clone());
            let change = Change::Open { unit: unit.clone(), kind, parent, name: name.clone(), code: None };
            tree.push(TreeEvent { on: started, change });
            let last = ended.and_then(|e| e.tomorrow().ok());
            closes.extend(last.map(|on| TreeEvent { on, change: Change::Close { unit: unit.clone() } }));
        }
        found.push(Initiative { unit, name, field, collective, owner, started, ended });
    });
    tree.append(&mut closes);
    found
}
