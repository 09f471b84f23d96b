//! The administrative map: outlines from the authority's own file, each file from a day on, as the tree.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use nhipcau_domain::{
    Date,
    id::UnitId,
    office::{Acting, Role},
    problem::Problem,
    text,
};
use nhipcau_maps::{Area, read};
use nhipcau_store::MapRecord;
use sha2::{Digest as _, Sha256};

use crate::{
    Workspace,
    access::hex,
    error::{ActionError, Result},
};

/// The years in which a map may begin: another one is a slip of the pen, and would be the map of every day.
const YEARS: RangeInclusive<i16> = 1900..=2200;

/// What was loaded.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// How many areas belong to units that are open on the map's first day.
    pub matched: usize,
    /// Features that could not be used, and codes that no unit had on that day.
    pub problems: Vec<Problem>,
}

/// The map of a day.
#[derive(Debug, Clone)]
pub struct Map {
    /// The first day on which units had these outlines.
    pub from: Date,
    /// What the file says of itself.
    pub note: String,
    /// Its areas.
    pub areas: Vec<Area>,
    /// The unit that an area's code stood for on the day that was asked for.
    pub units: BTreeMap<String, UnitId>,
}

/// How a map fits the tree of its first day.
#[derive(Debug, Clone)]
pub struct Fit {
    /// The map.
    pub map: Map,
    /// How many of its areas belong to units.
    pub matched: usize,
    /// Whether a map from the same day on is held: a file that is loaded takes its place.
    pub replaces: bool,
    /// Features that could not be used, areas without a unit, and units without an area.
    pub problems: Vec<Problem>,
}

/// Looks how a file would fit if it were loaded; keeps nothing.
///
/// # Errors
/// If the office may not load one, the day is none of our time, the file holds no area, or no tree is set up.
pub async fn fit(ws: &Workspace, acting: &Acting, from: Date, bytes: Vec<u8>) -> Result<Fit> {
    acting.require(Role::Administrator, &[])?;
    within_years(from)?;
    fit_of(ws, from, bytes).await
}

/// How the map that counts on a day fits; none before the first one.
///
/// # Errors
/// If the office may not load maps, or no tree is set up.
pub async fn fit_on(ws: &Workspace, acting: &Acting, day: Date) -> Result<Option<Fit>> {
    acting.require(Role::Administrator, &[])?;
    let found = ws.store().read().await?.map_on(day).await?;
    match found {
        Some(record) => Ok(Some(fit_of(ws, record.from_day, record.bytes).await?)),
        None => Ok(None),
    }
}

fn within_years(from: Date) -> std::result::Result<(), Problem> {
    if YEARS.contains(&from.year()) {
        return Ok(());
    }
    Err(Problem::new("map-day").with("found", text::date(from)))
}

async fn fit_of(ws: &Workspace, from: Date, bytes: Vec<u8>) -> Result<Fit> {
    let taken = tokio::task::spawn_blocking(move || read(&bytes));
    let taken = taken.await.map_err(|_| ActionError::Worker)??;
    let mut tx = ws.store().read().await?;
    let replaces = tx.map_days().await?.contains(&from);
    let setting = ws.setting(&mut tx).await?;
    let tree = &setting.tree;
    let units = units(tree, from);
    let mut problems = taken.problems;
    problems
        .extend(taken.areas.iter().filter(|a| !units.contains_key(&a.code)).map(|a| without_unit(a, from)));
    let drawn: BTreeSet<&str> = taken.areas.iter().map(|a| a.code.as_str()).collect();
    let matched = drawn.iter().filter(|code| units.contains_key(**code)).count();
    // A unit above others is drawn by them.
    let mut above = BTreeSet::new();
    for unit in drawn.iter().filter_map(|code| tree.find(units.get(*code)?.as_str())) {
        above.extend(tree.above(unit, from));
    }
    for (code, id) in units.iter().filter(|(code, _)| !drawn.contains(code.as_str())) {
        let Some(unit) = tree.find(id.as_str()).filter(|unit| !above.contains(unit)) else { continue };
        let problem = Problem::new("map-unit-without-area").with("code", code.as_str());
        problems.push(problem.with("name", tree.name(unit, from)).with("day", text::date(from)));
    }
    let map = Map { from, note: taken.note.unwrap_or_default(), areas: taken.areas, units };
    Ok(Fit { map, matched, replaces, problems })
}

fn without_unit(area: &Area, day: Date) -> Problem {
    Problem::new("map-code-unknown")
        .with("code", area.code.as_str())
        .with("name", area.name.as_str())
        .with("day", text::date(day))
}

/// Loads a map from a day on. A file for the same day replaces the one before; both stay on record.
///
/// # Errors
/// If the office may not, the day is none of our time, or the file holds no area.
pub async fn load(ws: &Workspace, acting: &Acting, from: Date, bytes: &[u8]) -> Result<Loaded> {
    acting.require(Role::Administrator, &[])?;
    within_years(from)?;
    let bytes = bytes.to_vec();
    let work = tokio::task::spawn_blocking(move || read(&bytes).map(|taken| (taken, bytes)));
    let (taken, bytes) = work.await.map_err(|_| ActionError::Worker)??;
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    let units = units(&setting.tree, from);
    let mut problems = taken.problems;
    let mut matched = 0;
    for area in &taken.areas {
        if units.contains_key(&area.code) {
            matched += 1;
        } else {
            problems.push(without_unit(area, from));
        }
    }
    let at = ws.now();
    let record = MapRecord {
        id: ws.id(at),
        from_day: from,
        note: taken.note.unwrap_or_default(),
        sha256: hex(&Sha256::digest(&bytes)),
        bytes,
        office: acting.office.clone(),
        at,
    };
    tx.add_map(&record).await?;
    ws.commit_public(tx).await?;
    Ok(Loaded { matched, problems })
}

/// The map of a day; none before the first one.
pub async fn on(ws: &Workspace, day: Date) -> Result<Option<Map>> {
    let mut tx = ws.store().read().await?;
    let Some(record) = tx.map_on(day).await? else { return Ok(None) };
    let setting = ws.setting(&mut tx).await?;
    let taken = read(&record.bytes)?;
    let units = units(&setting.tree, day);
    Ok(Some(Map { from: record.from_day, note: record.note, areas: taken.areas, units }))
}

/// The days from which there is another map, for whoever keeps them.
///
/// # Errors
/// `office-may-not`.
pub async fn held(ws: &Workspace, acting: &Acting) -> Result<Vec<Date>> {
    acting.require(Role::Administrator, &[])?;
    days(ws).await
}

/// The days from which there is another map.
pub async fn days(ws: &Workspace) -> Result<Vec<Date>> {
    Ok(ws.store().read().await?.map_days().await?)
}

/// Units by the official code that they have on a day: codes are reused for other territory.
fn units(tree: &nhipcau_domain::tree::Tree, day: Date) -> BTreeMap<String, UnitId> {
    tree.open_on(day)
        .filter_map(|unit| Some((tree.code(unit, day)?.to_owned(), tree.id(unit).clone())))
        .collect()
}
