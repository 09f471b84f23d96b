//! A counting process is killed a hundred times at random moments: every acknowledged visit is counted,
//! and none twice. The killed process is this program itself, started with a variable set.

use std::{
    collections::HashMap,
    env,
    io::{BufRead, BufReader, Write},
    net::IpAddr,
    path::Path,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use jiff::Timestamp;
use nhipcau_visits::{Clock, Hit, Options, Recorded, Visits, local_date};

const FOLDER: &str = "NHIPCAU_VISITS_KILL_FOLDER";
const FIRST: &str = "NHIPCAU_VISITS_KILL_FIRST";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const KILLS: u32 = 100;
const THREADS: u32 = 3;

fn clock() -> Arc<dyn Clock> {
    Arc::new(Timestamp::now)
}

fn options() -> Options {
    // Checkpoints every few dozen hits, so that many kills fall into one.
    Options {
        checkpoint_bytes: 4_000,
        paths_a_day: 10_000_000,
        open_visits: 10_000_000,
        ..Options::default()
    }
}

fn open(folder: &Path) -> Visits {
    Visits::open(folder, clock(), Arc::new(|| [9; 32]), options()).expect("the folder opens after every kill")
}

/// Each hit is a visitor of its own on a page of its own; its number is printed once it is recorded.
fn child(folder: &Path, first: u32) {
    let visits = open(folder);
    let next = AtomicU32::new(first);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    let path = format!("/{n}");
                    let recorded = visits.record(Hit::of(&path, IpAddr::from(n.to_be_bytes()), Some(AGENT)));
                    assert_eq!(recorded, Recorded::Visit);
                    if writeln!(std::io::stdout(), "{n}").is_err() {
                        return;
                    }
                }
            });
        }
    });
}

fn main() {
    if let (Ok(folder), Ok(first)) = (env::var(FOLDER), env::var(FIRST)) {
        return child(Path::new(&folder), first.parse().expect("a number"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut acknowledged: Vec<u32> = Vec::new();
    let mut first = 0x0B00_0000;
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..KILLS {
        // xorshift: after how many acknowledgements the process is killed.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let after = seed % 400;
        let mut process = Command::new(env::current_exe().expect("this program"))
            .env(FOLDER, folder.path())
            .env(FIRST, first.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the child starts");
        let mut lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let mut read = |n: u64| {
            let mut got = 0;
            while got < n {
                let Some(line) = lines.next() else { break };
                acknowledged.push(line.expect("a line").parse().expect("a number"));
                got += 1;
            }
        };
        read(after);
        process.kill().expect("killed");
        read(u64::MAX);
        process.wait().expect("ended");
        first = acknowledged.iter().max().map_or(first, |n| n + 10_000);
        first += THREADS;
    }

    let visits = open(folder.path());
    let total = visits.total();
    let today = local_date(Timestamp::now());
    let pages = visits.top_pages(today.yesterday().expect("a day")..=today, usize::MAX).expect("the pages");
    let counted: HashMap<String, u64> = pages.named.into_iter().map(|n| (n.name, n.count)).collect();
    let missing = acknowledged.iter().filter(|n| !counted.contains_key(&format!("/{n}"))).count();
    let twice = counted.values().filter(|n| **n != 1).count();
    let unacknowledged = counted.len() - (acknowledged.len() - missing);
    println!(
        "{KILLS} kills: {} hits acknowledged, {missing} of them missing, {twice} counted twice, \
         {unacknowledged} written but killed before they were acknowledged; {} visits, {} views",
        acknowledged.len(),
        total.visits,
        total.views,
    );
    assert!(acknowledged.len() > 5_000, "the children did count");
    assert_eq!((missing, twice), (0, 0));
    assert_eq!((total.visits, total.views), (counted.len() as u64, counted.len() as u64));
    assert!(unacknowledged <= (KILLS * THREADS) as usize, "at most one hit of each thread was on its way");
    assert_eq!((total.not_recorded, pages.others, visits.opening().missing), (0, 0, 0));
}
