//! Running the real program, and the demo's data folder, built once.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

use serde_json::Value;
use tempfile::TempDir;

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Insists on an exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    /// What it printed, as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }
}

/// The program, told nothing by this machine's environment.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nhipcau"));
    for name in ["NHIPCAU_DATA", "NHIPCAU_DATABASE", "NHIPCAU_LANG", "LC_ALL", "LC_MESSAGES", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.env("LANG", "C.UTF-8").stdin(Stdio::null());
    command
}

/// Runs the program in a data folder.
pub fn run(data: &Path, words: &[&str]) -> Run {
    let mut command = program();
    command.args(words).arg("--data").arg(data);
    finish(command)
}

/// Runs a command to its end.
pub fn finish(mut command: Command) -> Run {
    let done = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("prints UTF-8");
    Run { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) }
}

/// A path as the command line takes it.
pub fn word(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// An empty temporary folder.
pub fn folder() -> TempDir {
    TempDir::with_prefix("nhipcau-app-").expect("a temporary folder")
}

/// The reference campaign's configuration.
pub fn campaign() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/cau-ngang")
}

/// A data folder of the reference campaign that nobody has reported to.
pub fn empty_campaign() -> TempDir {
    let folder = folder();
    run(folder.path(), &["init", "--campaign", word(&campaign())]).exits(0);
    folder
}

/// The data folder that `demo --once` made, for tests that only read. It stands beside the build and
/// is made anew with each build of the program, by the first test that asks.
pub fn demo() -> &'static Path {
    static DEMO: OnceLock<PathBuf> = OnceLock::new();
    DEMO.get_or_init(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (data, made_by) = (place.join("demo"), place.join("demo.made-by"));
        // Other test processes wait here.
        let lock = File::create(place.join("demo.lock")).expect("a lock file");
        lock.lock().expect("locks");
        let program = fs::metadata(env!("CARGO_BIN_EXE_nhipcau")).expect("the program");
        let build = format!("{:?} {}", program.modified().expect("a time"), program.len());
        if fs::read_to_string(&made_by).is_ok_and(|b| b == build) {
            return data;
        }
        let _ = fs::remove_dir_all(&data);
        let _ = fs::remove_file(place.join("demo.db"));
        run(&data, &["demo", "--once"]).exits(0);
        run(&data, &["backup", word(&place.join("demo.db"))]).exits(0);
        fs::write(made_by, build).expect("writes");
        data
    })
}

/// A copy of the demo's records, for tests that change them.
pub fn demo_copy() -> TempDir {
    let backup = demo().with_file_name("demo.db");
    let folder = folder();
    fs::copy(backup, folder.path().join("nhipcau.db")).expect("copies");
    folder
}

/// The returns of a period: key as `unit/form/period`, and their last revision.
pub fn returns(data: &Path, period: &str) -> Vec<(String, u64)> {
    let listed = run(data, &["returns", "list", "--period", period, "--format", "json"]).exits(0).json();
    let rows = listed.as_array().expect("an array").iter();
    rows.map(|r| {
        let part = |name: &str| r["key"][name].as_str().expect("text").to_owned();
        (
            format!("{}/{}/{}", part("unit"), part("data_set"), part("period")),
            r["state"]["last"].as_u64().expect("a number"),
        )
    })
    .collect()
}
