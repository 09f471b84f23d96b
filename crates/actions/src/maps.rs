//! The administrative map: outlines from the authority's own file, each file from a day on, as the tree.

use std::collections::BTreeMap;

use nhipcau_domain::{
    Date,
    id::UnitId,
    office::{Acting, Role},
    problem::Problem,
};
use nhipcau_maps::{Area, read};
use nhipcau_store::MapRecord;
use sha2::{Digest as _, Sha256};

use crate::{Workspace, access::hex, error::Result};

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

/// Loads a map from a day on. A file for the same day replaces the one before; both stay on record.
///
/// # Errors
/// If the office may not, or the file holds no area.
pub async fn load(ws: &Workspace, acting: &Acting, from: Date, bytes: &[u8]) -> Result<Loaded> {
    acting.require(Role::Administrator, &[])?;
    let taken = read(bytes)?;
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    let units = units(&setting.tree, from);
    let mut problems = taken.problems;
    let mut matched = 0;
    for area in &taken.areas {
        if units.contains_key(&area.code) {
            matched += 1;
        } else {
            problems.push(
                Problem::new("map-code-unknown")
                    .with("code", area.code.as_str())
                    .with("name", area.name.as_str())
                    .with("day", from.to_string()),
            );
        }
    }
    let at = ws.now();
    let record = MapRecord {
        id: ws.id(at),
        from_day: from,
        note: taken.note.unwrap_or_default(),
        sha256: hex(&Sha256::digest(bytes)),
        bytes: bytes.to_vec(),
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
