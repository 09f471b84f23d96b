//! Writes returns as people send them: a workbook a unit, a folder a committee, some broken.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use nhipcau_campaign::Loaded;
use nhipcau_domain::{
    definitions::Definitions,
    id::{ElementId, UnitId},
    problem::Problem,
    returns::{Submission, Value},
    tree::{Ix, Tree},
};
use nhipcau_intake::{TemplateSheet, UnitInfo, write_workbook, write_workbook_typed};

use crate::{
    dice::Dice,
    fill, names,
    slots::unknown,
    spec::{Broken, How, Spec},
};

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path below the folder, with `/` between folders.
    pub path: String,
    /// Whose it is.
    pub unit: UnitId,
    /// What is to happen to it.
    pub expect: Expect,
}

/// What is to happen to a file when it is imported, in order of path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// Every return in it is taken.
    Taken,
    /// It says what another file of the same bytes says: nothing changes.
    Repeats {
        /// The other's path.
        of: String,
    },
    /// Its values replace those of an earlier file of the unit.
    Corrects {
        /// The earlier one's path.
        first: String,
    },
    /// Refused: it is a form that this campaign does not have.
    RefusedForm,
    /// Refused: a cell that asks for a number has words.
    RefusedText,
    /// Refused: a check does not hold.
    RefusedCheck,
}

/// What a workbook is written from.
struct Writer<'a> {
    definitions: &'a Definitions,
    notice: &'a str,
    taken: BTreeSet<String>,
    written: Vec<Input>,
    sink: &'a mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
}

/// One unit with its returns.
struct Sender<'a> {
    info: UnitInfo,
    folder: String,
    returns: Vec<&'a Submission>,
}

/// Hands every file to `sink`, path and bytes; returns what was written and what is expected of it.
pub fn write_inputs(
    loaded: &Loaded,
    spec: &[u8],
    seed: u64,
    sink: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> Result<Vec<Input>, Problem> {
    let spec = Spec::read(spec)?;
    let all = fill::submissions(loaded, &spec, seed)?;
    let definitions = &loaded.definitions;
    let tree = Tree::from_events(&loaded.tree)?;
    let year = |name: &str| definitions.period(name).ok_or_else(|| unknown(name));
    let years = spec.periods().map(year).collect::<Result<Vec<_>, _>>()?;
    // A workbook a unit and year.
    let mut by_unit: BTreeMap<(usize, Ix), Vec<&Submission>> = BTreeMap::new();
    for submission in &all {
        let key = &submission.key;
        let part = definitions.period(&key.period).ok_or_else(|| unknown(&key.period))?;
        let at = years.iter().position(|y| y.covers(part)).unwrap_or_default();
        let unit = tree.find(&key.unit).ok_or_else(|| unknown(&key.unit))?;
        by_unit.entry((at, unit)).or_default().push(submission);
    }
    if let Some(odd) =
        spec.broken.iter().find(|b| !by_unit.keys().any(|(_, ix)| tree.id(*ix).as_str() == b.unit))
    {
        return Err(unknown(&odd.unit));
    }
    let mut writer =
        Writer { definitions, notice: &spec.notice, taken: BTreeSet::new(), written: Vec::new(), sink };
    let mut dice = Dice::new(seed ^ 0x006e_616d_6573);
    for ((at, ix), returns) in by_unit {
        let Some(year) = years.get(at) else { continue };
        let (on, now) = (year.last, year.id.as_str() == spec.period);
        let folder =
            tree.parent(ix, on).map_or_else(String::new, |p| names::safe(&names::plain(tree.name(p, on))));
        let info = UnitInfo {
            id: tree.id(ix).clone(),
            name: tree.name(ix, on).to_owned(),
            kind: tree.kind(ix, on).clone(),
            code: tree.code(ix, on).map(str::to_owned),
        };
        let file = names::file_name(&info.name, on.year(), &mut dice);
        let broken: Vec<&Broken> = spec.broken.iter().filter(|b| now && b.unit == info.id.as_str()).collect();
        let sender = Sender { info, folder, returns };
        writer.good(&sender, &file, &broken)?;
    }
    let mut written = writer.written;
    written.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(written)
}

/// Writes the files into a folder, which is made where it is not there.
pub fn write_inputs_to(
    loaded: &Loaded,
    spec: &[u8],
    seed: u64,
    folder: &Path,
) -> Result<Vec<Input>, Problem> {
    write_inputs(loaded, spec, seed, &mut |path, bytes| {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)
    })
}

impl Writer<'_> {
    /// The unit's good file, after the one that it corrects and before those that are broken.
    fn good(&mut self, sender: &Sender<'_>, file: &str, broken: &[&Broken]) -> Result<(), Problem> {
        let bytes = self.workbook(sender, &sender.returns, &|_, _| None)?;
        let corrected = broken.iter().find(|b| b.how == How::Corrected);
        let good = if let Some(how) = corrected {
            let wrong = changed(sender, how)?;
            let wrong = self.workbook(sender, &wrong.iter().collect::<Vec<_>>(), &|_, _| None)?;
            let plain = names::plain(&sender.info.name);
            let first = format!("Bao cao {plain} - lan 1.xlsx");
            let second = how.file.clone().unwrap_or_else(|| format!("Bao cao {plain} - lan 2 da sua.xlsx"));
            let first = self.put(sender, &first, &wrong, Expect::Taken)?;
            self.put(sender, &second, &bytes, Expect::Corrects { first })?
        } else {
            self.put(sender, file, &bytes, Expect::Taken)?
        };
        for how in broken.iter().filter(|b| b.how != How::Corrected) {
            self.broken(sender, how, &good, &bytes)?;
        }
        Ok(())
    }

    fn broken(&mut self, sender: &Sender<'_>, how: &Broken, good: &str, bytes: &[u8]) -> Result<(), Problem> {
        let plain = names::plain(&sender.info.name);
        let name = |made_up: String| how.file.clone().unwrap_or(made_up);
        match how.how {
            How::Copy => {
                let of = good.to_owned();
                self.put(sender, &name(format!("Copy of {plain}.xlsx")), bytes, Expect::Repeats { of })?;
            }
            How::TextInNumber => {
                let element = how.element.clone().unwrap_or_default();
                let text = how.text.clone().unwrap_or_default();
                let typed = |_: usize, id: &ElementId| (id.as_str() == element).then(|| text.clone());
                let bytes = self.workbook(sender, &sender.returns, &typed)?;
                self.put(sender, &name(format!("{plain} (ghi chu).xlsx")), &bytes, Expect::RefusedText)?;
            }
            How::RefusedByCheck => {
                let returns = changed(sender, how)?;
                let only: Vec<&Submission> = returns.iter().collect();
                let bytes = self.workbook(sender, &only, &|_, _| None)?;
                self.put(sender, &name(format!("{plain} (ban nhap).xlsx")), &bytes, Expect::RefusedCheck)?;
            }
            How::WrongForm => {
                let bytes = self.foreign(sender)?;
                self.put(sender, &name(format!("{plain} (bieu cu).xlsx")), &bytes, Expect::RefusedForm)?;
            }
            How::Corrected => {}
        }
        Ok(())
    }

    fn workbook(
        &self,
        sender: &Sender<'_>,
        returns: &[&Submission],
        typed: &dyn Fn(usize, &ElementId) -> Option<String>,
    ) -> Result<Vec<u8>, Problem> {
        let mut sheets = Vec::new();
        for submission in returns {
            let form = self.definitions.data_set(&submission.key.data_set);
            let period = self.definitions.period(&submission.key.period);
            let (Some(data_set), Some(period)) = (form, period) else { continue };
            let unit = &sender.info;
            sheets.push(TemplateSheet {
                unit,
                data_set,
                period,
                previous: &|_| None,
                values: Some(submission),
            });
        }
        write_workbook_typed(self.definitions, &sheets, self.notice, typed).map_err(|e| failed(&e))
    }

    /// A workbook of a form that this campaign does not have: the unit's first one, all renamed.
    fn foreign(&self, sender: &Sender<'_>) -> Result<Vec<u8>, Problem> {
        let first = sender.returns.first().ok_or_else(|| unknown(&sender.info.id))?;
        let mut definitions = self.definitions.clone();
        let rename = |id: &str| format!("cu.{id}");
        for element in &mut definitions.elements {
            element.id = rename(&element.id).into();
            element.name = format!("{} (biểu cũ)", element.name);
        }
        let form = definitions.data_set(&first.key.data_set).cloned();
        let mut form = form.ok_or_else(|| unknown(&first.key.data_set))?;
        form.id = rename(&form.id).into();
        form.name = format!("Biểu cũ. {}", form.name);
        form.elements = form.elements.iter().map(|id| rename(id).into()).collect();
        let period = self.definitions.period(&first.key.period).ok_or_else(|| unknown(&first.key.period))?;
        let mut values = (*first).clone();
        for entry in &mut values.entries {
            entry.element = rename(&entry.element).into();
        }
        let unit = &sender.info;
        let sheet =
            TemplateSheet { unit, data_set: &form, period, previous: &|_| None, values: Some(&values) };
        write_workbook(&definitions, &[sheet], self.notice).map_err(|e| failed(&e))
    }

    fn put(
        &mut self,
        sender: &Sender<'_>,
        file: &str,
        bytes: &[u8],
        expect: Expect,
    ) -> Result<String, Problem> {
        let file = names::safe(file);
        let path = if sender.folder.is_empty() { file } else { format!("{}/{file}", sender.folder) };
        let path = names::unused(&path, &mut self.taken);
        (self.sink)(&path, bytes).map_err(|e| failed(&e).in_file(&path))?;
        self.written.push(Input { path: path.clone(), unit: sender.info.id.clone(), expect });
        Ok(path)
    }
}

fn failed(error: &dyn std::error::Error) -> Problem {
    Problem::new("synthetic-cannot-write").with("detail", error.to_string())
}

/// The sender's returns of the form that has the element, with its value changed.
fn changed(sender: &Sender<'_>, how: &Broken) -> Result<Vec<Submission>, Problem> {
    let element = how.element.as_deref().unwrap_or_default();
    let mut found: Vec<Submission> =
        sender.returns.iter().filter(|s| s.value(element).is_some()).map(|s| (*s).clone()).collect();
    if found.is_empty() {
        return Err(unknown(element));
    }
    for entry in found.iter_mut().flat_map(|s| &mut s.entries).filter(|e| e.element.as_str() == element) {
        if let Value::Number(n) = &mut entry.value {
            *n = n.saturating_add(how.by);
        }
    }
    Ok(found)
}
