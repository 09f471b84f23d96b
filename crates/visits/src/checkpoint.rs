//! Counters written down, so that the log need not be read from its beginning.
//!
//! `checkpoint.json` holds the sums of every day, the open visits, gaps and imports, and the number of the
//! last record that it includes; `day-<date>.<generation>.json` holds one day's counts by name. Each is one line
//! of JSON and a line with its CRC-32. Files of days are written first, under new names; then the
//! checkpoint is renamed into its place, and names them: at every moment there is one whole state.

use std::{
    collections::{BTreeMap, HashSet},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    Options, VisitsError,
    clock::{Day, date_of, number_of},
    counters::Counters,
    error::at,
    gaps::GapRow,
    import::{Carried, Imported},
    tally::{Detail, Sums},
    visitors::Open,
};

const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Checkpoint {
    version: u32,
    /// The how manieth checkpoint this is.
    generation: u64,
    /// The last record that it includes.
    seq: u64,
    since: Option<i64>,
    days: BTreeMap<Date, Sums>,
    /// Days with a file, and the generation in its name.
    filed: BTreeMap<Date, u64>,
    /// Visitor, last second, start of the minute, page changes in it, last page, machine.
    visitors: Vec<(u64, i64, i64, u16, u32, bool)>,
    gaps: Vec<GapRow>,
    carried: Vec<Carried>,
    imported: Vec<Imported>,
}

/// What is to be written, taken from the counters in one moment.
pub(crate) struct Snapshot {
    checkpoint: Checkpoint,
    hot: Vec<(Day, Detail)>,
}

/// A snapshot of the counters; `today` stays open.
pub(crate) fn snapshot(counters: &mut Counters, today: Day) -> Snapshot {
    counters.visitors.close();
    let generation = counters.generation + 1;
    let mut filed = counters.filed.clone();
    let mut hot = Vec::new();
    for (day, detail) in counters.hot.iter_mut().filter(|(day, _)| counters.changed.contains(day)) {
        if *day < today {
            detail.end();
        }
        filed.insert(*day, generation);
        hot.push((*day, detail.clone()));
    }
    counters.changed.clear();
    let visitors = counters.visitors.iter();
    let checkpoint = Checkpoint {
        version: VERSION,
        generation,
        seq: counters.seq,
        since: counters.since,
        days: counters.days.iter().map(|(d, s)| (date_of(*d), s.clone())).collect(),
        filed: filed.into_iter().map(|(d, s)| (date_of(d), s)).collect(),
        visitors: visitors.map(|(n, o)| (n, o.last, o.since, o.changes, o.page, o.robot)).collect(),
        gaps: counters.gaps.clone(),
        carried: counters.carried.clone(),
        imported: counters.imported.clone(),
    };
    Snapshot { checkpoint, hot }
}

impl Snapshot {
    /// The last record that it includes.
    pub fn seq(&self) -> u64 {
        self.checkpoint.seq
    }

    /// The snapshot was written: forgets the details that are safe in files and not of today.
    pub fn settle(&self, counters: &mut Counters, today: Day) {
        counters.generation = self.checkpoint.generation;
        counters.filed = self.filed();
        let changed = &counters.changed;
        counters.hot.retain(|day, _| *day >= today || changed.contains(day));
    }

    /// The snapshot was not written: its days are to be written again.
    pub fn give_up(&self, counters: &mut Counters) {
        counters.changed.extend(self.hot.iter().map(|(day, _)| *day));
    }

    /// The days whose files it names.
    pub fn filed(&self) -> BTreeMap<Day, u64> {
        self.checkpoint.filed.iter().map(|(d, s)| (number_of(*d), *s)).collect()
    }

    /// Writes it; after this it is the state that a start begins from.
    pub fn write(&self, folder: &Path) -> Result<(), VisitsError> {
        for (day, detail) in &self.hot {
            let path = day_file(folder, *day, self.checkpoint.generation);
            write_sealed(&path, detail).map_err(at(&path))?;
        }
        let (new, path) = (folder.join("checkpoint.new"), folder.join("checkpoint.json"));
        write_sealed(&new, &self.checkpoint).map_err(at(&new))?;
        let sync = || File::open(folder)?.sync_all();
        sync().and_then(|()| fs::rename(&new, &path)).and_then(|()| sync()).map_err(at(&path))
    }

    /// Removes files of days that it does not name.
    pub fn tidy(&self, folder: &Path) -> Result<(), VisitsError> {
        let kept: HashSet<PathBuf> = self.filed().into_iter().map(|(d, s)| day_file(folder, d, s)).collect();
        for entry in fs::read_dir(folder).map_err(at(folder))? {
            let path = entry.map_err(at(folder))?.path();
            let is_day = path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with("day-"));
            if is_day && !kept.contains(&path) {
                fs::remove_file(&path).map_err(at(&path))?;
            }
        }
        Ok(())
    }
}

/// The counters of the last checkpoint, or new ones.
pub(crate) fn load(folder: &Path, options: &Options) -> Result<Counters, VisitsError> {
    let mut counters = Counters::new(folder, options);
    let path = folder.join("checkpoint.json");
    let read: Checkpoint = match read_sealed(&path) {
        Err(VisitsError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            return Ok(counters);
        }
        other => other?,
    };
    counters.generation = read.generation;
    counters.seq = read.seq;
    counters.since = read.since;
    counters.days = read.days.into_iter().map(|(d, s)| (number_of(d), s)).collect();
    counters.filed = read.filed.into_iter().map(|(d, s)| (number_of(d), s)).collect();
    let visitors = read.visitors.into_iter();
    counters.visitors.restore(
        visitors
            .map(|(n, last, since, changes, page, robot)| (n, Open { last, since, changes, page, robot })),
    );
    (counters.gaps, counters.carried, counters.imported) = (read.gaps, read.carried, read.imported);
    Ok(counters)
}

/// A day's counts by name, as its file has them.
pub(crate) fn read_day(folder: &Path, day: Day, generation: u64) -> Result<Detail, VisitsError> {
    read_sealed(&day_file(folder, day, generation))
}

fn day_file(folder: &Path, day: Day, generation: u64) -> PathBuf {
    folder.join(format!("day-{}.{generation}.json", date_of(day)))
}

fn write_sealed(path: &Path, value: &impl Serialize) -> io::Result<()> {
    let mut bytes = serde_json::to_vec(value).map_err(io::Error::other)?;
    let sum = crc32fast::hash(&bytes);
    bytes.extend(format!("\n{sum:08x}\n").bytes());
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(&bytes)?;
    file.sync_all()
}

fn read_sealed<T: DeserializeOwned>(path: &Path) -> Result<T, VisitsError> {
    let bytes = fs::read(path).map_err(at(path))?;
    let damaged = || VisitsError::Damaged(path.to_owned());
    let (body, seal) = bytes.split_at_checked(bytes.len().saturating_sub(10)).ok_or_else(damaged)?;
    if seal != format!("\n{:08x}\n", crc32fast::hash(body)).as_bytes() {
        return Err(damaged());
    }
    let version = |v: serde_json::Value| v.get("version").and_then(serde_json::Value::as_u64);
    serde_json::from_slice(body).map_err(|_| match serde_json::from_slice(body).ok().and_then(version) {
        Some(v) if v > u64::from(VERSION) => VisitsError::Newer(path.to_owned()),
        _ => damaged(),
    })
}
