use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use jiff::Timestamp;

use super::*;
use crate::log::Medium;

const PHONE: &str =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36";

/// A disk that can be full: then it takes half of what is written.
struct Disk {
    file: Arc<dyn Medium>,
    full: Arc<AtomicBool>,
}

impl Medium for Disk {
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        if self.full.load(Ordering::SeqCst) {
            self.file.write_at(&bytes[..bytes.len() / 2], offset)?;
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.file.write_at(bytes, offset)
    }
    fn sync(&self) -> io::Result<()> {
        self.file.sync()
    }
}

struct Machine {
    folder: tempfile::TempDir,
    full: Arc<AtomicBool>,
    now: Arc<AtomicI64>,
}

impl Machine {
    fn new() -> Self {
        let now = Arc::new(AtomicI64::new(1_800_000_000_000));
        Self { folder: tempfile::tempdir().unwrap(), full: Arc::default(), now }
    }

    fn open(&self) -> Visits {
        let (full, now) = (Arc::clone(&self.full), Arc::clone(&self.now));
        let clock = move || Timestamp::from_millisecond(now.load(Ordering::SeqCst)).unwrap();
        let create = move |path: &Path| -> io::Result<Arc<dyn Medium>> {
            Ok(Arc::new(Disk { file: log::create_file(path)?, full: Arc::clone(&full) }))
        };
        let options = Options::default();
        Visits::open_on(self.folder.path(), Arc::new(clock), Arc::new(|| [3; 32]), options, Arc::new(create))
            .unwrap()
    }

    fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

fn view(visits: &Visits, n: u8) -> Recorded {
    visits.record(Hit::of("/", [203, 0, 113, n].into(), Some(PHONE)))
}

#[test]
fn on_a_full_disk_the_page_goes_on_and_the_gap_is_kept() {
    let machine = Machine::new();
    let visits = machine.open();
    view(&visits, 1);
    machine.full.store(true, Ordering::SeqCst);
    machine.pass(10);
    assert_eq!(view(&visits, 2), Recorded::NotWritten);
    machine.pass(10);
    assert_eq!(view(&visits, 2), Recorded::NotWritten);
    let gap = visits.gaps()[0];
    assert_eq!((visits.total().views, gap.hits), (1, 2));
    assert_eq!(gap.to.duration_since(gap.from).as_secs(), 10);

    machine.full.store(false, Ordering::SeqCst);
    assert_eq!(view(&visits, 2), Recorded::Visit, "what was not written was not counted");
    assert_eq!((visits.gaps(), visits.total().views), (vec![gap], 2));
    let reading = Visits::read(machine.folder.path(), &visits.core.clock).unwrap();
    assert_eq!(reading.gaps(), [gap]);
    drop(visits);
    assert_eq!(machine.open().gaps(), [gap]);
}

#[test]
fn a_gap_outlives_a_process_that_ends_on_a_full_disk() {
    let machine = Machine::new();
    let visits = machine.open();
    view(&visits, 1);
    machine.full.store(true, Ordering::SeqCst);
    view(&visits, 2);
    let reading = Visits::read(machine.folder.path(), &visits.core.clock).unwrap();
    assert_eq!(reading.gaps(), visits.gaps());
    drop(visits);
    machine.full.store(false, Ordering::SeqCst);
    let visits = machine.open();
    assert_eq!((visits.gaps()[0].hits, visits.total().views), (1, 1));
    view(&visits, 2);
    drop(visits);
    let visits = machine.open();
    assert_eq!((visits.gaps().len(), visits.total().views), (1, 2));
}

#[test]
fn hits_of_many_threads_are_all_counted_once() {
    let machine = Machine::new();
    let visits = machine.open();
    std::thread::scope(|scope| {
        for thread in 0..4_u8 {
            let visits = &visits;
            scope.spawn(move || {
                for i in 0..500_u16 {
                    assert_ne!(view(visits, thread * 8 + u8::try_from(i % 8).unwrap()), Recorded::NotWritten);
                    if i % 100 == 0 {
                        visits.checkpoint().unwrap();
                    }
                }
            });
        }
    });
    let total = visits.total();
    assert_eq!((total.visits, total.views, total.online), (32, 2_000, 32));
    drop(visits);
    assert_eq!(machine.open().total().views, 2_000);
}
