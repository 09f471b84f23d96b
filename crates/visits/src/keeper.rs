//! The background thread: puts the log on the disk every second, writes checkpoints, changes keys.

use std::{
    fs, io,
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use crate::{
    VisitsError, checkpoint,
    clock::{Day, day_of},
    error::at,
    log,
    visits::Core,
};

/// What is stated: at a power cut at most the last second is lost. Half of it is for the disk.
const SYNC: Duration = Duration::from_millis(500);
/// Counters are written down at least so often while there are hits.
const CHECKPOINT: Duration = Duration::from_mins(10);

/// What the thread is asked for.
#[derive(Debug, Default)]
pub(crate) struct Wish {
    end: bool,
    checkpoint: bool,
}

/// The thread's handle: ends it when it is dropped, after a last checkpoint.
pub(crate) struct Keeper {
    core: Arc<Core>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    pub fn start(core: &Arc<Core>) -> io::Result<Self> {
        let kept = Arc::clone(core);
        let thread = std::thread::Builder::new().name("visits".to_owned()).spawn(move || run(&kept))?;
        Ok(Self { core: Arc::clone(core), thread: Some(thread) })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.core.wake.0.lock().end = true;
        self.core.wake.1.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        // What cannot be written down now is in the log, and is read at the next start.
        let _ = sync(&self.core).and_then(|()| checkpoint(&self.core));
    }
}

/// Tells the thread that there is something to do.
pub(crate) fn wake(core: &Core, checkpoint: bool) {
    if checkpoint {
        core.wake.0.lock().checkpoint = true;
        core.wake.1.notify_one();
    }
}

fn run(core: &Arc<Core>) {
    let mut written = Instant::now();
    let mut day: Option<Day> = None;
    loop {
        let wish = {
            let mut guard = core.wake.0.lock();
            core.wake.1.wait_while_for(&mut guard, |w| !w.end && !w.checkpoint, SYNC);
            if guard.end {
                return;
            }
            std::mem::take(&mut guard.checkpoint)
        };
        let _ = sync(core);
        let now = core.clock.now().as_millisecond();
        {
            let mut state = core.state();
            core.turn_keys(&mut state, now);
        }
        core.refresh(now);
        let today = day_of(now);
        let new_day = day.replace(today).is_some_and(|d| d != today);
        if wish || new_day || written.elapsed() >= CHECKPOINT {
            // A full disk: tried again when the next bound is reached; the log has everything.
            let _ = checkpoint(core);
            written = Instant::now();
        }
    }
}

/// Puts what was recorded on the disk.
pub(crate) fn sync(core: &Core) -> Result<(), VisitsError> {
    let medium = {
        let mut state = core.state();
        if !std::mem::take(&mut state.unsynced) {
            return Ok(());
        }
        state.log.medium()
    };
    medium.sync().map_err(|e| {
        core.state().unsynced = true;
        at(&core.folder)(e)
    })
}

/// Writes the counters down and removes the log that they include.
pub(crate) fn checkpoint(core: &Core) -> Result<(), VisitsError> {
    let _one = core.writing.lock();
    let now = core.clock.now().as_millisecond();
    let today = day_of(now);
    let (snapshot, old) = {
        let mut state = core.state();
        let old = state.log.medium();
        state.log.roll().map_err(at(&core.folder))?;
        state.unsynced = true;
        (checkpoint::snapshot(&mut state.counters, today), old)
    };
    // Until the checkpoint is in place the old segment is what counts.
    let written = old.sync().map_err(at(&core.folder)).and_then(|()| snapshot.write(&core.folder));
    let mut state = core.state();
    if let Err(error) = written {
        snapshot.give_up(&mut state.counters);
        return Err(error);
    }
    snapshot.settle(&mut state.counters, today);
    let current = state.log.first();
    drop(state);
    for (first, path) in log::segments(&core.folder)? {
        if first <= snapshot.seq() && first < current {
            fs::remove_file(&path).map_err(at(&path))?;
        }
    }
    snapshot.tidy(&core.folder)
}
