//! What was acknowledged survives `kill -9`: at any point of an import, each acknowledged return is
//! there once, the totals agree, and importing again completes the rest.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::Stdio,
    sync::mpsc,
    time::Duration,
};

use crate::support::{demo, empty_campaign, folder, program, returns, run, word};

/// Numbers that look random and are the same on every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

/// Files to be imported into copies of a data folder.
struct Load {
    /// An initialised data folder's database, in one file.
    prepared: PathBuf,
    files: PathBuf,
    period: String,
    /// The exit code of a whole import.
    code: i32,
}

/// Imports, and kills the program after so many acknowledgements and a moment. What was acknowledged;
/// and whether the program was quicker.
fn import_and_kill(data: &Path, load: &Load, lines: u64, moment: Duration) -> (BTreeSet<String>, bool) {
    let mut command = program();
    command.args([
        "returns",
        "import",
        "--format",
        "json",
        "--as-of",
        "2022-06-01",
        "--data",
        word(data),
        word(&load.files),
    ]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("spawns");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let (send, heard) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut line = String::new();
        // A line without an end was cut by the kill: it was never said.
        while out.read_line(&mut line).is_ok_and(|n| n > 0) && line.ends_with('\n') {
            if send.send(std::mem::take(&mut line)).is_err() {
                break;
            }
        }
    });
    let mut acknowledged: Vec<String> =
        heard.iter().take(usize::try_from(lines).expect("a number")).collect();
    acknowledged.extend(heard.recv_timeout(moment));
    let quicker = child.try_wait().expect("asks").is_some();
    child.kill().expect("kills");
    child.wait().expect("ends");
    acknowledged.extend(heard.iter());
    reader.join().expect("reads to the end");
    let keys = acknowledged.iter().flat_map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        line["received"]
            .as_array()
            .expect("received")
            .iter()
            .map(|k| k.as_str().expect("a key").to_owned())
            .collect::<Vec<_>>()
    });
    (keys.collect(), quicker)
}

/// Every return of the load, once.
fn held(data: &Path, load: &Load) -> BTreeMap<String, u64> {
    let all = returns(data, &load.period);
    let count = all.len();
    let held: BTreeMap<String, u64> = all.into_iter().collect();
    assert_eq!(held.len(), count, "a return is there twice");
    held
}

fn survives(load: &Load, seed: u64, rounds: u64) {
    let mut dice = Dice(seed);
    let whole = folder();
    fs::copy(&load.prepared, whole.path().join("nhipcau.db")).expect("copies");
    let import = ["returns", "import", "--format", "json", "--as-of", "2022-06-01", word(&load.files)];
    let files = run(whole.path(), &import).exits(load.code).out.lines().count() as u64;
    let wanted = held(whole.path(), load);
    let mut interrupted = 0;
    for round in 0..rounds {
        let data = folder();
        fs::copy(&load.prepared, data.path().join("nhipcau.db")).expect("copies");
        let mut acknowledged = BTreeSet::new();
        for kill in 0..2 {
            // The second import of a round hears of the first's files again.
            let lines = dice.below(files * 3 / 4);
            let (keys, quicker) =
                import_and_kill(data.path(), load, lines, Duration::from_micros(dice.below(60_000)));
            acknowledged.extend(keys);
            interrupted += u32::from(!quicker);
            let held = held(data.path(), load);
            for key in acknowledged.iter().filter(|k| wanted.contains_key(*k)) {
                assert_eq!(
                    held.get(key),
                    Some(&1),
                    "seed {seed}, round {round}, kill {kill}: {key} was acknowledged"
                );
            }
            run(data.path(), &["verify", "--quiet"]).exits(0);
        }
        run(data.path(), &import).exits(load.code);
        assert_eq!(held(data.path(), load), wanted, "seed {seed}, round {round}: importing again completes");
        run(data.path(), &["verify", "--quiet"]).exits(0);
    }
    assert!(
        u64::from(interrupted) >= rounds,
        "the program was mostly quicker than the kill: {interrupted} of {}",
        2 * rounds
    );
}

fn one_file(data: &Path) -> PathBuf {
    let file = data.join("prepared.db");
    run(data, &["backup", word(&file)]).exits(0);
    file
}

#[test]
fn acknowledged_rows_of_wide_tables_survive_a_kill() {
    let place = folder();
    let country = place.path().join("country");
    run(place.path(), &["generate", "--cells", "2400", "--out", word(&country)]).exits(0);
    let data = place.path().join("data");
    run(&data, &["init", "--campaign", word(&country.join("campaign"))]).exits(0);
    // A consolidator's table a commune, so that there is more than one transaction.
    let all = fs::read_to_string(country.join("returns.csv")).expect("reads");
    let mut lines = all.lines();
    let head = lines.next().expect("a head");
    let files = place.path().join("files");
    fs::create_dir(&files).expect("makes");
    let rows: Vec<&str> = lines.collect();
    for (i, rows) in rows.chunks(10).enumerate() {
        fs::write(files.join(format!("{i:03}.csv")), format!("{head}\n{}\n", rows.join("\n")))
            .expect("writes");
    }
    let period = rows[0].split(',').nth(1).expect("a period").to_owned();
    survives(&Load { prepared: one_file(&data), files, period, code: 0 }, 2025, 6);
}

#[test]
fn acknowledged_workbooks_survive_a_kill() {
    let data = empty_campaign();
    let load = Load {
        prepared: one_file(data.path()),
        files: demo().join("bao-cao-nhan-duoc"),
        period: "nam-1".to_owned(),
        // Some of the demo's workbooks are broken on purpose.
        code: 1,
    };
    survives(&load, 2022, 2);
}
