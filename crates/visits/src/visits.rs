//! The counter of a running site.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use parking_lot::{Condvar, Mutex, MutexGuard, RwLock};

use crate::{
    Clock, Hit, Opening, Options, Recorded, Search, Totals, VisitsError,
    agents::Agents,
    clock::day_of,
    counters::Counters,
    error::at,
    gaps::{GapFile, GapRow},
    judge::{self, Bys, Judged, Words},
    keeper::{self, Keeper},
    keys::{Keys, Numbers, Random},
    log::{self, Create, Log},
    opening,
    record::{Record, What},
};

/// The counter of a running site. Cloning is cheap; all clones count into the same folder. When the last
/// one is dropped the counters are written down.
#[derive(Clone)]
pub struct Visits {
    pub(crate) core: Arc<Core>,
    /// Ends the background thread with the last clone.
    _keeper: Arc<Keeper>,
}

impl std::fmt::Debug for Visits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visits").field("folder", &self.core.folder).finish_non_exhaustive()
    }
}

pub(crate) struct Core {
    pub folder: PathBuf,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<Random>,
    pub options: Options,
    agents: Agents,
    keys: RwLock<Keys>,
    /// Held for as long as a write into memory takes: whoever waits spins before it sleeps, as these locks do.
    state: Mutex<State>,
    /// What is shown, apart from the state so that a reader never waits for the disk.
    shown: Mutex<Totals>,
    opening: Opening,
    /// One checkpoint at a time.
    pub writing: Mutex<()>,
    pub wake: (Mutex<keeper::Wish>, Condvar),
    /// Held for as long as we count.
    _lock: File,
}

pub(crate) struct State {
    pub counters: Counters,
    pub log: Log,
    /// Whether something was written since the last fsync.
    pub unsynced: bool,
    turn: u64,
    keys_due: i64,
    /// Hits that could not be written yet.
    pending: Option<GapRow>,
    gap_file: GapFile,
}

impl Visits {
    /// Opens the counter of a folder, makes the folder if need be, and reads what it holds. `random` gives
    /// 32 unpredictable bytes at each call.
    ///
    /// # Errors
    /// If another process counts into the folder, or a file cannot be read or is damaged.
    pub fn open(
        folder: &Path,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Fn() -> [u8; 32] + Send + Sync>,
        options: Options,
    ) -> Result<Self, VisitsError> {
        Self::open_on(folder, clock, random, options, Arc::new(log::create_file))
    }

    pub(crate) fn open_on(
        folder: &Path,
        clock: Arc<dyn Clock>,
        random: Arc<Random>,
        options: Options,
        create: Arc<Create>,
    ) -> Result<Self, VisitsError> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(at(folder))?;
        let lock = lock(folder)?;
        let (mut counters, opening) = opening::read(folder, &options, true)?;
        let now = clock.now().as_millisecond();
        let keys = Keys::at(folder, now, 1, &*random)?;
        let gap_path = folder.join("gap");
        let pending =
            GapFile::read(&gap_path).filter(|g| !counters.gaps.iter().any(|known| known.seq == g.seq));
        let log = Log::begin(folder, counters.seq + 1, create).map_err(at(folder))?;
        counters.detail(day_of(now));
        let shown = counters.totals(now);
        let state = State {
            counters,
            log,
            unsynced: true,
            turn: 1,
            keys_due: keys.due,
            pending,
            gap_file: GapFile::open(&gap_path).map_err(at(&gap_path))?,
        };
        let core = Arc::new(Core {
            folder: folder.to_owned(),
            clock,
            random,
            agents: Agents::new(&options.more_robots),
            options,
            keys: RwLock::new(keys),
            state: Mutex::new(state),
            shown: Mutex::new(shown),
            opening,
            writing: Mutex::new(()),
            wake: <_>::default(),
            _lock: lock,
        });
        let keeper = Keeper::start(&core).map_err(at(folder))?;
        Ok(Self { core, _keeper: Arc::new(keeper) })
    }

    /// Records a request: once this returns other than [`Recorded::NotWritten`], a crash of the process
    /// does not lose it, and a power cut does not a second later.
    #[expect(clippy::must_use_candidate, reason = "the page goes on whatever became of the hit")]
    pub fn record(&self, hit: Hit<'_>) -> Recorded {
        let core = &*self.core;
        let class = core.agents.class(hit.user_agent);
        let judged = judge::judge(&hit, &class, core.options.asked);
        let mut numbers = match judged {
            Judged::Followed | Judged::RobotsFile => Some(core.numbers(hit.address, &class.digest)),
            Judged::LeftOut(_) | Judged::Unfollowed => None,
        };
        let words = Words::of(&hit, judged);
        let mut state = core.state.lock();
        let now = core.clock.now().as_millisecond();
        core.turn_keys(&mut state, now);
        // The key changed between hashing and counting: hash again under the new one.
        if let Some(old) = numbers.filter(|n| n.turn != state.turn) {
            debug_assert!(old.turn < state.turn);
            numbers = Some(core.numbers(hit.address, &class.digest));
        }
        state.counters.visitors.advance(now);
        let by = Bys {
            device: class.device,
            changes_a_minute: core.options.changes_a_minute,
            address: hit.address,
        };
        let (what, recorded) = judge::decide(&mut state.counters, judged, numbers, &words, by);
        let recorded = if core.write(&mut state, now, what) { recorded } else { Recorded::NotWritten };
        *core.shown.lock() = state.counters.totals(now);
        recorded
    }

    /// Records a search and how many results it had; only those without a result are kept, and of them no
    /// words that may be personal. Says whether it was kept.
    #[expect(clippy::must_use_candidate, reason = "the page goes on whatever became of the search")]
    pub fn record_search(&self, search: Search<'_>) -> bool {
        let core = &*self.core;
        let class = core.agents.class(search.user_agent);
        if search.results > 0 || class.robot.is_some() || search.asked_not {
            return false;
        }
        let visitor = core.numbers(search.address, &class.digest).now;
        let words = crate::words::search(search.query);
        let mut state = core.state.lock();
        let now = core.clock.now().as_millisecond();
        core.write(&mut state, now, What::Search { visitor, words: words.as_deref() })
    }

    /// The live counters. Costs a copy; never waits for the disk.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let now = self.core.clock.now().as_millisecond();
        let shown = *self.core.shown.lock();
        // The background thread keeps them fresh; a day or a minute without it is made up here.
        if day_of(shown.as_of) == day_of(now) && now.abs_diff(shown.as_of) < 2_000 {
            return shown;
        }
        self.core.refresh(now)
    }

    /// What was found when the counter was opened: a torn last record, a gap.
    #[must_use]
    pub fn opening(&self) -> &Opening {
        &self.core.opening
    }

    /// Whether today's key could not be written (full disk): then a restart may split visits in two.
    #[must_use]
    pub fn key_unwritten(&self) -> bool {
        self.core.keys.read().unwritten
    }

    /// Writes the counters down now, and begins a new log. The background thread does so by itself.
    pub fn checkpoint(&self) -> Result<(), VisitsError> {
        keeper::checkpoint(&self.core)
    }

    /// Has everything that was recorded put on the disk now. The background thread does so every second.
    pub fn sync(&self) -> Result<(), VisitsError> {
        keeper::sync(&self.core)
    }
}

impl Core {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    pub fn refresh(&self, now: i64) -> Totals {
        let mut state = self.state();
        let totals = state.counters.totals(now);
        *self.shown.lock() = totals;
        totals
    }

    fn numbers(&self, address: std::net::IpAddr, agent: &[u8; 16]) -> Numbers {
        self.keys.read().numbers(address, agent)
    }

    /// Changes the keys if it is time.
    pub fn turn_keys(&self, state: &mut State, now: i64) {
        if now < state.keys_due {
            return;
        }
        match Keys::at(&self.folder, now, state.turn + 1, &*self.random) {
            Ok(keys) => {
                (state.turn, state.keys_due) = (state.turn + 1, keys.due);
                *self.keys.write() = keys;
            }
            // The old key could not be read or destroyed: tried again in a minute, counting goes on.
            Err(_) => state.keys_due = now + 60_000,
        }
    }

    /// Writes a record to the log, with the gap before it if there was one, and counts it.
    fn write(&self, state: &mut State, now: i64, what: What<'_>) -> bool {
        let record = Record { at: now, what };
        let State { log, pending, .. } = &mut *state;
        let wrote = match *pending {
            None => log.append(&[record]),
            Some(gap) => log.append(&[Record { at: now, what: What::Gap(gap) }, record]),
        };
        if wrote.is_err() {
            let next = state.log.next();
            let gap = state.pending.get_or_insert(GapRow { from: now, to: now, hits: 0, seq: next });
            (gap.to, gap.hits) = (gap.to.max(now), gap.hits + 1);
            let gap = *gap;
            // If even this fails the gap is known as long as the process lives.
            let _ = state.gap_file.write(Some(gap));
            return false;
        }
        let last = state.log.next() - 1;
        if let Some(gap) = state.pending.take() {
            state.counters.apply(last - 1, &Record { at: now, what: What::Gap(gap) });
            let _ = state.gap_file.write(None).and_then(|()| state.gap_file.sync());
        }
        state.counters.apply(last, &record);
        if !state.unsynced || state.log.bytes >= self.options.checkpoint_bytes {
            state.unsynced = true;
            keeper::wake(self, state.log.bytes >= self.options.checkpoint_bytes);
        }
        true
    }
}

impl State {
    /// The gap that is open now.
    pub fn pending(&self) -> Option<GapRow> {
        self.pending
    }
}

fn lock(folder: &Path) -> Result<File, VisitsError> {
    let path = folder.join("lock");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(VisitsError::InUse(folder.to_owned())),
        Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(e)) => Err(at(path)(e)),
    }
}

#[cfg(test)]
pub(crate) mod tests;
