//! The workbook: which sheets it has and where they are.

use std::collections::HashMap;

use nhipcau_domain::problem::Problem;
use quick_xml::events::Event;

use super::{
    Refused, damaged,
    package::Package,
    sheet, strings, styles,
    xml::{Part, attribute},
};
use crate::{
    grid::{Format, Grid, Strings},
    limits::Limits,
};

/// A sheet that can be read.
#[derive(Debug)]
struct SheetAt {
    name: String,
    hidden: bool,
    part: String,
}

/// An open workbook.
pub(crate) struct Workbook<'a> {
    package: Package<'a>,
    sheets: Vec<SheetAt>,
    strings: Strings,
    styles: Vec<Format>,
    from_1904: bool,
    cells_left: usize,
    /// Whether it carries macros, which are never run.
    pub(crate) macros: bool,
}

/// A part that another part points at, inside the file.
struct Target {
    kind: String,
    path: String,
}

impl<'a> Workbook<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refused> {
        let mut package = Package::open(bytes, limits)?;
        let main = main_part(&mut package)?;
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = main.rsplit('/').next().unwrap_or("workbook.xml");
        let relations = relations(&mut package, &format!("{folder}/_rels/{file}.rels"), folder)?;
        let part = package.part(&main)?.ok_or_else(|| damaged(&main))?;
        let (sheets, from_1904) = sheets(part, &relations, limits)?;
        let of_kind = |kind: &str| relations.values().find(|t| t.kind == kind).map_or("", |t| &*t.path);
        let strings = match package.part(of_kind("sharedStrings"))? {
            Some(part) => strings::read(part, limits)?,
            None => Strings::default(),
        };
        let styles = match package.part(of_kind("styles"))? {
            Some(part) => styles::read(part)?,
            None => Vec::new(),
        };
        let macros = relations.values().any(|t| t.kind == "vbaProject");
        Ok(Self { package, sheets, strings, styles, from_1904, cells_left: limits.max_cells, macros })
    }

    /// Its sheets, read one after the other; each is dropped before the next is read.
    pub(crate) fn each_sheet(
        &mut self,
        limits: &Limits,
        mut visit: impl FnMut(&Grid<'_>),
    ) -> Result<(), Refused> {
        // The identity sheet comes last in our templates, but the others need it.
        let mut order: Vec<&SheetAt> = self.sheets.iter().collect();
        order.sort_by_key(|s| s.name != crate::hidden::NAME);
        for at in order {
            let part = self.package.part(&at.part)?.ok_or_else(|| damaged(&at.part))?;
            let mut grid = Grid {
                name: at.name.clone(),
                hidden: at.hidden,
                cells: Vec::new(),
                buffer: String::new(),
                merges: Vec::new(),
                strings: &self.strings,
                from_1904: self.from_1904,
            };
            sheet::read(part, &self.styles, self.cells_left, limits, &mut grid).map_err(|mut p| {
                p.place.sheet = Some(at.name.clone());
                p
            })?;
            self.cells_left -= grid.cells.len().min(self.cells_left);
            visit(&grid);
        }
        self.package.refuse_doctype_in_the_rest()
    }
}

/// Parts that a part points at: more than the sheets and lists that a workbook may have.
const MOST_RELATIONS: usize = 5_000;

/// Where the workbook itself is; a sentence where the file is something else.
fn main_part(package: &mut Package<'_>) -> Result<String, Refused> {
    let found = relations(package, "_rels/.rels", "")?;
    let main = found.into_values().find(|t| t.kind == "officeDocument").map(|t| t.path);
    let main = main.filter(|m| package.has(m)).unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let problem = if package.has("word/document.xml") {
        Problem::new("intake-is-word")
    } else if package.has("content.xml") {
        Problem::new("intake-is-opendocument")
    } else if package.has("xl/workbook.bin") {
        Problem::new("intake-is-xlsb")
    } else if package.has(&main) {
        return Ok(main);
    } else {
        Problem::new("intake-zip-not-workbook")
    };
    Err(Box::new(problem))
}

/// What a part points at, by id. What lies outside the file is left out: it is never fetched.
fn relations(
    package: &mut Package<'_>,
    name: &str,
    folder: &str,
) -> Result<HashMap<String, Target>, Refused> {
    let name = name.trim_start_matches('/');
    let mut found = HashMap::new();
    let Some(mut part) = package.part(name)? else { return Ok(found) };
    while let Some(event) = part.next()? {
        let (Event::Start(e) | Event::Empty(e)) = event else { continue };
        if e.local_name().into_inner() != "Relationship"
            || attribute(&e, "TargetMode").is_some_and(|m| m == "External")
        {
            continue;
        }
        let (Some(id), Some(kind), Some(target)) =
            (attribute(&e, "Id"), attribute(&e, "Type"), attribute(&e, "Target"))
        else {
            continue;
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        found.insert(id.into_owned(), Target { kind, path: resolve(folder, &target) });
        if found.len() > MOST_RELATIONS {
            return Err(part.damaged());
        }
    }
    Ok(found)
}

/// A target as a name inside the file.
fn resolve(folder: &str, target: &str) -> String {
    let joined = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut path: Vec<&str> = Vec::new();
    for step in joined.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

fn sheets(
    mut part: Part<'_>,
    relations: &HashMap<String, Target>,
    limits: &Limits,
) -> Result<(Vec<SheetAt>, bool), Refused> {
    let mut sheets: Vec<SheetAt> = Vec::new();
    let mut found = 0_usize;
    let mut from_1904 = false;
    while let Some(event) = part.next()? {
        let (Event::Start(e) | Event::Empty(e)) = event else { continue };
        match e.local_name().into_inner() {
            "workbookPr" => from_1904 = attribute(&e, "date1904").is_some_and(|v| v == "1" || v == "true"),
            "sheet" => {
                let target = attribute(&e, "id").and_then(|id| relations.get(&*id));
                let Some(target) = target.filter(|t| t.kind == "worksheet") else { continue };
                found += 1;
                if found > limits.max_sheets {
                    continue;
                }
                // One part under many names: little to send, much to read.
                if sheets.iter().any(|s| s.part == target.path) {
                    return Err(part.damaged());
                }
                sheets.push(SheetAt {
                    name: attribute(&e, "name").unwrap_or_default().into_owned(),
                    hidden: attribute(&e, "state").is_some_and(|s| s != "visible"),
                    part: target.path.clone(),
                });
            }
            _ => {}
        }
    }
    if found > limits.max_sheets {
        let problem = Problem::new("intake-too-many-sheets");
        return Err(Box::new(problem.with("found", found).with("expected", limits.max_sheets)));
    }
    if sheets.is_empty() { Err(part.damaged()) } else { Ok((sheets, from_1904)) }
}
