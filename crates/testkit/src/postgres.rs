//! A throw-away `PostgreSQL` server for the test process, from the machine's own `initdb`.
//!
//! A shell watches over it. It is a process group of its own and reads from a pipe that only this
//! process holds; when the pipe closes, however the test ended, it stops the server and removes its
//! folder. So nothing is left behind, not even by a test that was killed.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{ChildStdin, ChildStdout, Command, Stdio},
    sync::{Mutex, OnceLock, PoisonError},
};

/// The watching shell. `$1` is the folder of the server's programs. It says where the server's
/// socket is, then makes a database for each name that it reads, and says the name.
/// It outlives signals, and a pipe that breaks while it speaks, until it has cleaned up.
/// Sockets' paths must be short, so the folder is in `/tmp` whatever `TMPDIR` says.
const WATCH: &str = r#"
trap '' INT HUP TERM PIPE
cd /
dir=$(mktemp -d /tmp/nhipcau-pg.XXXXXX) || { echo "failed: mktemp"; exit 1; }
failed() { echo "failed: $1: $(tail -n 2 "$dir/log" | tr '\n' ' ')"; rm -rf "$dir"; exit 1; }
"$1/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1 || failed initdb
"$1/pg_ctl" -D "$dir/data" -l "$dir/log" -w -s start -o "-k $dir -c listen_addresses= -c max_connections=200 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off" </dev/null >/dev/null 2>&1 || failed pg_ctl
echo "$dir"
while read -r name; do
    "$1/psql" -h "$dir" -U postgres -d postgres -X -q -c "CREATE DATABASE $name" </dev/null >"$dir/made" 2>&1 \
        && echo "$name" || echo "failed: $(tr '\n' ' ' <"$dir/made")"
done
"$1/pg_ctl" -D "$dir/data" -m immediate -w -s stop >/dev/null 2>&1
rm -rf "$dir"
"#;

struct Server {
    folder: String,
    /// The shell's ends of the conversation, and how many databases were made.
    shell: Mutex<(ChildStdin, BufReader<ChildStdout>, u32)>,
}

/// The address of a new database; or why there is none.
pub(crate) fn new_database() -> Result<String, String> {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    let server = SERVER.get_or_init(start).as_ref().map_err(Clone::clone)?;
    let mut shell = server.shell.lock().unwrap_or_else(PoisonError::into_inner);
    shell.2 += 1;
    let name = format!("test_{}", shell.2);
    writeln!(shell.0, "{name}").map_err(|e| e.to_string())?;
    let said = line(&mut shell.1)?;
    if said != name {
        return Err(said);
    }
    Ok(format!("postgres://postgres@localhost/{name}?host={}&sslmode=disable", server.folder))
}

fn start() -> Result<Server, String> {
    let programs = programs().ok_or("no initdb in PATH or under /usr/lib/postgresql")?;
    let mut command = if is_root()? {
        // initdb refuses root.
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command.args(["-c", WATCH, "watch"]).arg(&programs);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
    let mut child = command.spawn().map_err(|e| format!("{}: {e}", command.get_program().display()))?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("no pipe to the watching shell".to_owned());
    };
    let mut stdout = BufReader::new(stdout);
    let folder = line(&mut stdout)?;
    if !folder.starts_with('/') {
        return Err(folder);
    }
    Ok(Server { folder, shell: Mutex::new((stdin, stdout, 0)) })
}

fn line(from: &mut BufReader<ChildStdout>) -> Result<String, String> {
    let mut line = String::new();
    from.read_line(&mut line).map_err(|e| e.to_string())?;
    if line.is_empty() { Err("the watching shell ended".to_owned()) } else { Ok(line.trim_end().to_owned()) }
}

fn is_root() -> Result<bool, String> {
    let id = Command::new("id").arg("-u").output().map_err(|e| format!("id: {e}"))?;
    Ok(id.stdout.trim_ascii() == b"0")
}

/// The folder that holds `initdb`, `pg_ctl` and `psql`: from PATH, else Debian's newest.
fn programs() -> Option<PathBuf> {
    let complete = |dir: &Path| ["initdb", "pg_ctl", "psql"].iter().all(|p| dir.join(p).is_file());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).filter_map(|dir| {
        // Through links, because the rest of the programs are beside the real one.
        std::fs::canonicalize(dir.join("initdb")).ok()?.parent().map(Path::to_owned)
    });
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut installed: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    installed.sort();
    in_path.chain(installed.into_iter().rev().map(|(_, dir)| dir)).find(|dir| complete(dir))
}
