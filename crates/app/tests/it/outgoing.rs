//! Nothing is fetched on anybody's behalf (SSRF): who may open a connection to elsewhere is listed here, with
//! why, to whom, and what keeps a stranger's address out. Whoever needs one more adds a line, and says the same.
//!
//! | crate | with | to whom | what keeps a stranger's address out |
//! |---|---|---|---|
//! | `store` | sqlx | its database | `--database`, on the command line |
//! | `outgoing` | lettre, ureq | one mail server, one gateway | `--mail-server`, `--gateway`, on the command line; no redirects, no proxy of the environment; https but on this machine |

use std::{fs, path::Path};

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

/// The clients that there are, and the crates of ours that may name them.
const MAY: [(&str, &[&str]); 2] = [("lettre", &["outgoing"]), ("ureq", &["outgoing"])];

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

#[test]
fn only_these_crates_have_a_client_and_only_outgoing_sends_messages() {
    let lock = fs::read_to_string(top().join("Cargo.lock")).expect("the lock file");
    let locked: Vec<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(locked.len() > 200 && locked.contains(&"hyper"), "the lock file is read wrongly");
    let known = |client: &str| MAY.iter().find(|(name, _)| *name == client).map(|(_, may)| *may);
    let strange: Vec<_> = CLIENTS.iter().filter(|c| locked.contains(*c) && known(c).is_none()).collect();
    assert!(strange.is_empty(), "{strange:?} can fetch: say in this file why that is safe");
    for entry in fs::read_dir(top().join("crates")).expect("the crates") {
        let folder = entry.expect("an entry").path();
        let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let own = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        for client in CLIENTS {
            let names = own.lines().any(|l| l.split(['.', ' ', '=']).next() == Some(client));
            let may = known(client).is_some_and(|may| may.contains(&name.as_str()));
            assert!(!names || may, "{name} names {client}");
        }
        // Whoever sends is asked by the program itself, and by no page.
        let asks = own.lines().any(|l| l.starts_with("nhipcau-outgoing"));
        assert!(!asks || name == "app", "{name} sends by itself");
    }
    // hyper is there for serving; it could be a client by a feature.
    let manifest = fs::read_to_string(top().join("Cargo.toml")).expect("the manifest");
    for line in manifest.lines().filter(|l| l.starts_with("hyper")) {
        assert!(!line.contains("client") && line.contains("default-features = false"), "{line}");
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
