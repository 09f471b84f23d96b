//! A consolidator's sheet: a row a unit. Row by row, so that a country fits.

use nhipcau_domain::{
    dataset::DataSet,
    period::Period,
    problem::{Problem, Severity},
    returns::{Entry, Origin, ReturnKey, Submission, Value},
};

use crate::{
    UnitInfo, World,
    grid::{Cell, letters},
    place::Where,
    resolve,
    text::{clean, fold, is_blank, short, tidy},
    value,
    wide_header::{Header, Role},
    xlsx::Refused,
};

/// What one row of a wide sheet came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOutcome {
    /// The row, from 1; in a CSV file the line.
    pub row: u32,
    /// Which return it is, as far as that could be said.
    pub key: Option<ReturnKey>,
    /// What it says; none where something in it would be a guess, or where it says nothing.
    pub submission: Option<Submission>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The earlier row that gives other values for the same return. That one was handed out
    /// already: neither of them is to be believed.
    pub contradicts: Option<u32>,
}

/// Where a form's answers are in a row.
struct Plan<'w> {
    data_set: &'w DataSet,
    elements: Vec<usize>,
    words: Vec<(&'w str, usize)>,
}

/// Reads rows under a header.
pub(crate) struct Wide<'w> {
    world: &'w dyn World,
    at: Where<'w>,
    sha256: &'w str,
    header: Header<'w>,
    letters: Vec<String>,
    plans: Vec<Plan<'w>>,
}

impl<'w> Wide<'w> {
    pub(crate) fn new(world: &'w dyn World, at: Where<'w>, sha256: &'w str, header: Header<'w>) -> Self {
        let letters = (0..=u16::MAX).take(header.roles.len()).map(letters).collect();
        Self { world, at, sha256, header, letters, plans: Vec::new() }
    }

    /// What is wrong with the header itself, before any row is read.
    pub(crate) fn check(&mut self) -> Result<(), Problem> {
        if let Some(data_set) = self.header.data_set {
            self.plan(data_set).map_err(|p| self.at.sheet(*p))?;
        }
        let names = |role: &Role| self.header.roles.iter().filter(|r| *r == role).count();
        let twice = self.header.roles.iter().enumerate().find(|(_, r)| **r != Role::Other && names(r) > 1);
        if let Some((col, _)) = twice {
            let problem = Problem::new("intake-column-twice")
                .with("found", self.letters.get(col).cloned().unwrap_or_default());
            return Err(self.at.sheet(problem));
        }
        if self.header.period.is_none() && self.header.col(&Role::Period).is_none() {
            return Err(self.at.sheet(Problem::new("intake-period-unnamed")));
        }
        Ok(())
    }

    /// Where that form's answers are; refused where one of its elements has no column.
    fn plan(&mut self, data_set: &'w DataSet) -> Result<usize, Refused> {
        if let Some(at) = self.plans.iter().position(|p| p.data_set.id == data_set.id) {
            return Ok(at);
        }
        let columns: Vec<Option<usize>> =
            data_set.elements.iter().map(|id| self.header.col(&Role::Element(id.clone()))).collect();
        let definitions = self.world.definitions();
        let label = |id: &str| definitions.element(id).map_or_else(|| id.to_owned(), |e| e.name.clone());
        let missing: Vec<String> = data_set
            .elements
            .iter()
            .zip(&columns)
            .filter(|(_, col)| col.is_none())
            .map(|(id, _)| format!("“{}” ({id})", label(id)))
            .collect();
        if !missing.is_empty() {
            return Err(Box::new(
                Problem::new("intake-columns-missing")
                    .with("form", &*data_set.name)
                    .with("count", missing.len())
                    .with("expected", short(&missing.join(", "), 400)),
            ));
        }
        let words = data_set
            .words
            .iter()
            .filter_map(|field| Some((&*field.id, self.header.col(&Role::Words(field.id.clone()))?)));
        let plan =
            Plan { data_set, elements: columns.into_iter().flatten().collect(), words: words.collect() };
        self.plans.push(plan);
        Ok(self.plans.len() - 1)
    }

    /// Reads a row of `len` cells; none where it is blank.
    pub(crate) fn row<'c>(
        &mut self,
        row: u32,
        len: usize,
        cell: impl Fn(usize) -> Cell<'c>,
    ) -> Option<RowOutcome> {
        if (0..len).all(|col| cell(col).is_blank()) {
            return None;
        }
        let mut out =
            RowOutcome { row, key: None, submission: None, problems: Vec::new(), contradicts: None };
        let width = self.header.roles.len();
        if len < width || (width..len).any(|col| !cell(col).is_blank()) {
            let problem = Problem::new("intake-row-width").with("found", len).with("expected", width);
            out.problems.push(self.at.cell(problem, row, 0));
            return Some(out);
        }
        match self.identity(&cell) {
            Ok((unit, plan, period)) => self.answers(&mut out, &unit, plan, period, &cell),
            Err((col, problem)) => {
                let col = u16::try_from(col).unwrap_or(0);
                out.problems.push(self.at.cell(*problem, row, col));
            }
        }
        Some(out)
    }

    fn identity<'c>(
        &mut self,
        cell: &impl Fn(usize) -> Cell<'c>,
    ) -> Result<(UnitInfo, usize, &'w Period), (usize, Refused)> {
        let unit_col = self.header.col(&Role::Unit);
        let name_col = self.header.col(&Role::UnitName);
        let name = |col: Option<usize>| col.map(|c| (c, cell(c).shown())).filter(|(_, t)| !is_blank(t));
        let (code, name) = (name(unit_col), name(name_col));
        let Some((col, text)) = code.or(name) else {
            let col = unit_col.or(name_col).unwrap_or(0);
            return Err((col, Box::new(Problem::new("intake-unit-unnamed"))));
        };
        let unit = resolve::unit(self.world, text).map_err(|p| (col, p))?;
        if let (Some(_), Some((col, seen))) = (code, name)
            && seen != unit.name
            && fold(seen) != fold(&unit.name)
        {
            let problem = Problem::new("intake-unit-contradiction")
                .with("found", short(seen, 80))
                .with("expected", &*unit.name)
                .with("unit", &unit.id);
            return Err((col, Box::new(problem)));
        }
        let definitions = self.world.definitions();
        let named = |problem: Refused| Box::new((*problem).with("unit", &unit.id));
        let data_set = match (self.header.col(&Role::DataSet), self.header.data_set) {
            (Some(col), _) => {
                resolve::data_set(definitions, cell(col).shown()).map_err(|p| (col, named(p)))?
            }
            (None, Some(data_set)) => data_set,
            (None, None) => {
                let expected = resolve::forms(definitions);
                let problem = Problem::new("intake-form-unnamed").with("expected", expected);
                return Err((0, named(Box::new(problem))));
            }
        };
        let period = match (self.header.col(&Role::Period), self.header.period) {
            (Some(col), fixed) => match fixed {
                Some(period) if *period.id == *cell(col).shown() => period,
                _ => {
                    resolve::period(definitions, data_set, cell(col).shown()).map_err(|p| (col, named(p)))?
                }
            },
            (None, Some(period)) => period,
            (None, None) => return Err((0, named(Box::new(Problem::new("intake-period-unnamed"))))),
        };
        let plan = self.plan(data_set).map_err(|p| (0, named(p)))?;
        Ok((unit, plan, period))
    }

    fn answers<'c>(
        &self,
        out: &mut RowOutcome,
        unit: &UnitInfo,
        plan: usize,
        period: &Period,
        cell: &impl Fn(usize) -> Cell<'c>,
    ) {
        let Some(plan) = self.plans.get(plan) else { return };
        let definitions = self.world.definitions();
        let row = out.row.to_string();
        let mut entries = Vec::with_capacity(plan.elements.len());
        let mut blank = true;
        for (id, col) in plan.data_set.elements.iter().zip(&plan.elements) {
            let found = cell(*col);
            blank &= found.is_blank();
            match value::read(found, &definitions.exempt_reasons, self.header.from_1904) {
                Ok(value) => {
                    let letters = self.letters.get(*col).map_or("", |l| &**l);
                    let mut address = String::with_capacity(letters.len() + row.len());
                    address.push_str(letters);
                    address.push_str(&row);
                    entries.push(Entry { element: id.clone(), value, cell: Some(address) });
                }
                Err(problem) => {
                    let label = definitions.element(id).map_or(id.as_str(), |e| &e.name);
                    let problem = problem.with("label", label).with("unit", &unit.id);
                    out.problems.push(self.at.cell(problem, out.row, u16::try_from(*col).unwrap_or(0)));
                }
            }
        }
        self.other_forms_values(out, unit, plan, cell);
        let text = |col: usize| tidy(&clean(cell(col).shown()));
        let words: Vec<(String, String)> = plan
            .words
            .iter()
            .map(|(id, col)| ((*id).to_owned(), text(*col)))
            .filter(|(_, words)| !words.is_empty())
            .collect();
        let key = ReturnKey {
            unit: unit.id.clone(),
            data_set: plan.data_set.id.clone(),
            period: period.id.clone(),
        };
        out.key = Some(key.clone());
        if !out.problems.is_empty() {
            return;
        }
        if blank && words.is_empty() {
            let problem = Problem::new("intake-form-empty").severity(Severity::Notice);
            let problem = problem.with("form", &*plan.data_set.name).with("unit_name", &*unit.name);
            out.problems.push(self.at.cell(problem.with("unit", &unit.id), out.row, 0));
            return;
        }
        out.submission = Some(Submission {
            key,
            entries,
            words,
            explanation: self.header.col(&Role::Explanation).map(text).unwrap_or_default(),
            origin: Origin {
                file: self.at.file.to_owned(),
                sha256: self.sha256.to_owned(),
                sheet: self.at.sheet.to_owned(),
            },
        });
    }

    /// Values under columns of forms that this row is not for: the row, or its form, is mistaken.
    fn other_forms_values<'c>(
        &self,
        out: &mut RowOutcome,
        unit: &UnitInfo,
        plan: &Plan<'_>,
        cell: &impl Fn(usize) -> Cell<'c>,
    ) {
        if plan.elements.len() == self.header.element_columns {
            return;
        }
        let strange = self.header.roles.iter().enumerate().find(|(col, role)| {
            matches!(role, Role::Element(_)) && !plan.elements.contains(col) && !cell(*col).is_blank()
        });
        if let Some((col, _)) = strange {
            let problem = Problem::new("intake-other-forms-value")
                .with("found", short(cell(col).shown(), 40))
                .with("form", &*plan.data_set.name)
                .with("unit", &unit.id);
            out.problems.push(self.at.cell(problem, out.row, u16::try_from(col).unwrap_or(0)));
        }
    }
}

/// What a submission says, as one number: to tell a repetition from a contradiction without keeping it.
pub(crate) fn content_hash(submission: &Submission) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    for entry in &submission.entries {
        match &entry.value {
            Value::Number(n) => n.hash(&mut hasher),
            other => other.hash(&mut hasher),
        }
    }
    (&submission.words, &submission.explanation).hash(&mut hasher);
    hasher.finish()
}
