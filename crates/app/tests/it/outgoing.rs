//! Nothing is fetched on anybody's behalf (SSRF). Each way out of the program is a line in [`WAYS`]: the
//! crate of ours that has it, the client that it uses, to whom it goes, and what keeps a stranger's address
//! out. Whoever needs another one adds a line here, and finds out by these tests what it takes. Beside them
//! only the store, for its database, opens a connection.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A way out.
struct WayOut {
    /// The crate of ours that has it, and no other.
    ours: &'static str,
    /// The client that it uses.
    client: &'static str,
    /// To whom, and what keeps a stranger's address out.
    #[expect(dead_code, reason = "for whoever reads this")]
    why: &'static str,
}

const WAYS: &[WayOut] = &[
    WayOut {
        ours: "sso",
        client: "ureq",
        why: "the sign-in service that the operator names when the program starts, and what its own \
              description names: over TLS or on this machine, no redirect, no proxy, 10 seconds, 256 KiB. \
              `what_is_fetched_goes_over_tls_or_stays_here`, \
              `it_is_led_nowhere_else_and_reads_no_more_than_it_may`",
    },
    WayOut {
        ours: "outgoing",
        client: "lettre",
        why: "the one mail server of `--mail-server`, on the command line: over TLS or on this machine",
    },
    WayOut {
        ours: "outgoing",
        client: "ureq",
        why: "the one gateway of `--gateway`, on the command line: over TLS or on this machine, no redirect, \
              no proxy. `a_status_decides_and_a_redirect_is_not_followed`",
    },
];

/// Crates that ask for addresses, or that exist to be used by those which do.
const CLIENTS: [&str; 19] = [
    "attohttpc",
    "awc",
    "curl",
    "hickory-resolver",
    "http_req",
    "hyper-rustls",
    "hyper-tls",
    "isahc",
    "lettre",
    "minreq",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "suppaftp",
    "surf",
    "tokio-tungstenite",
    "tungstenite",
    "ureq",
];

/// What opens a connection to elsewhere or starts another program.
const WAYS_OUT: [&str; 8] = [
    "TcpStream::connect",
    "UnixStream::connect",
    "TcpSocket::new_v4().connect",
    "UdpSocket",
    "lookup_host",
    "to_socket_addrs",
    "hyper_util::client",
    "Command::new",
];

fn top() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The manifests of our crates, by folder.
fn manifests() -> Vec<(String, String)> {
    let folders = fs::read_dir(top().join("crates")).expect("the crates");
    let read = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        Some((name, fs::read_to_string(path.join("Cargo.toml")).ok()?))
    };
    folders.filter_map(|entry| read(entry.expect("an entry").path())).collect()
}

#[test]
fn a_client_is_in_the_program_only_for_a_way_out_that_is_told_here() {
    let lock = fs::read_to_string(top().join("Cargo.lock")).expect("the lock file");
    let locked: Vec<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(locked.len() > 200 && locked.contains(&"hyper"), "the lock file is read wrongly");
    let told = |client: &str| WAYS.iter().any(|way| way.client == client);
    let found: Vec<&&str> = CLIENTS.iter().filter(|c| locked.contains(c) && !told(c)).collect();
    assert!(found.is_empty(), "{found:?} can fetch: say in this file why that is safe");
    for way in WAYS {
        assert!(CLIENTS.contains(&way.client) && locked.contains(&way.client), "{} is not there", way.client);
    }
    // hyper is there for serving; it could be a client by a feature.
    let manifest = fs::read_to_string(top().join("Cargo.toml")).expect("the manifest");
    for line in manifest.lines().filter(|l| l.starts_with("hyper")) {
        assert!(!line.contains("client") && line.contains("default-features = false"), "{line}");
    }
    // A client does no more than it is here for: no cookies, no other ways to connect.
    for line in manifest.lines().filter(|l| WAYS.iter().any(|w| l.starts_with(&format!("{} = ", w.client)))) {
        assert!(line.contains("default-features = false"), "{line}");
    }
}

#[test]
fn only_the_crate_that_has_a_way_out_names_its_client() {
    let manifests = manifests();
    assert!(manifests.len() > 15, "only {} manifests were read", manifests.len());
    for (crate_, manifest) in manifests {
        let own = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        // Whoever sends is asked by the program itself, and by no page.
        let sends = own.lines().any(|line| line.starts_with("nhipcau-outgoing"));
        assert!(!sends || crate_ == "app", "crates/{crate_} sends by itself");
        for client in CLIENTS {
            let names = own.lines().any(|line| line.split(['.', ' ', '=']).next() == Some(client));
            let may = WAYS.iter().any(|way| way.ours == crate_ && way.client == client);
            assert!(!names || may, "crates/{crate_} names {client}: say in this file why that is safe");
            assert!(names || !may, "crates/{crate_} does not name {client}: its line here goes");
        }
    }
}

#[test]
fn no_code_of_ours_connects_to_elsewhere_or_starts_a_program() {
    let mut read = 0;
    let mut found = Vec::new();
    let mut folders = vec![top().join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
            if path.is_dir() {
                // The testkit starts a database; tests may do as they like.
                if !["tests", "benches", "testkit", "target"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|e| e == "rs") && name != "tests.rs" {
                read += 1;
                let source = fs::read_to_string(&path).expect("a source");
                let ours = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                found.extend(
                    WAYS_OUT
                        .iter()
                        .filter(|way| ours.contains(**way))
                        .map(|way| format!("{}: {way}", path.display())),
                );
            }
        }
    }
    assert!(read > 200, "only {read} sources were looked at");
    assert_eq!(found, [""; 0]);
}
