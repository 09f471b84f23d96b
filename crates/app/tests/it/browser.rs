//! The pages in a real browser: `tests/browser` looks at each type of page and walks through the demo.

use std::{
    env, fs,
    io::{BufRead as _, BufReader, ErrorKind},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use tempfile::TempDir;

use crate::support::{demo_copy, finish, folder, program, run, word};

/// What `run.mjs` exits with where there is no browser to run.
const NO_BROWSER: i32 = 3;

/// A served data folder; it stops when it is dropped.
struct Served {
    child: Child,
    /// Held so that what the server prints later has somewhere to go.
    _out: BufReader<ChildStdout>,
    address: String,
    reviewer: String,
}

impl Served {
    /// Serves, with more options: a sign-in service that they name need not be up yet.
    fn start(data: &Path, options: &[&str]) -> Self {
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0", "--data", word(data)]);
        command.args(options);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program runs");
        let mut out = BufReader::new(child.stdout.take().expect("an output"));
        let (mut address, mut reviewer) = (None, None);
        while reviewer.is_none() {
            let mut line = String::new();
            assert!(out.read_line(&mut line).expect("reads") > 0, "the server ended before it was ready");
            let Some(found) = line.split_whitespace().find(|w| w.starts_with("http://")) else { continue };
            let place = if found.contains("token=") { &mut reviewer } else { &mut address };
            *place = Some(found.to_owned());
        }
        let (address, reviewer) = (address.expect("an address"), reviewer.expect("the reviewer's address"));
        Self { child, _out: out, address, reviewer }
    }
}

/// A sign-in service in a process of its own; it ends with its input.
struct Service {
    child: Child,
}

impl Service {
    /// Starts one at a port that was free a moment ago, for the site at an address.
    fn start(tests: &Path, port: u16, site: &str) -> Self {
        let mut command = Command::new("node");
        command.arg(tests.join("provider.mjs")).args([&port.to_string(), site.trim_end_matches('/')]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("node runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("an output")).read_line(&mut line).expect("reads");
        assert!(line.starts_with("http://"), "the sign-in service did not start: {line}");
        Self { child }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The link that an `office` command prints: it sets a holder up.
fn link(data: &Path, words: &[&str]) -> String {
    let said = run(data, words).exits(0).out;
    said.split_whitespace().find(|w| w.contains("/thiet-lap/")).expect("a link").to_owned()
}

/// Writes links, by whom they are for, into a file that `run.mjs` reads.
fn write_links(file: &Path, links: &[(&str, String)]) {
    let pairs: Vec<String> = links.iter().map(|(who, link)| format!("\"{who}\":\"{link}\"")).collect();
    fs::write(file, format!("{{{}}}", pairs.join(","))).expect("writes");
}

/// Offices that work with returns in the demo: the cell and the commune of `pages.mjs`, and two above them.
fn offices(data: &Path) -> PathBuf {
    let file = data.join("offices.json");
    let links = [
        ("secretary", link(data, &["office", "reset", "xa-vinh-kim.ap-mai-huong"])),
        ("reviewing", link(data, &["office", "reset", "xa-vinh-kim"])),
        ("consolidator", link(data, &["office", "create", "Văn phòng thử nghiệm", "--duty", "consolidator"])),
        ("leader", link(data, &["office", "create", "Thường trực thử nghiệm", "--duty", "approver"])),
    ];
    write_links(&file, &links);
    file
}

/// A data folder of the campaign of `tests/browser/month`, with the links of those who walk through a month.
struct Month {
    data: TempDir,
    links: Vec<(&'static str, String)>,
}

impl Month {
    fn new(campaign: &Path) -> Self {
        let data = folder();
        let link = |words: &[&str]| link(data.path(), words);
        run(data.path(), &["init", "--campaign", word(campaign)]).exits(0);
        run(data.path(), &["office", "units", "--all"]).exits(0);
        let links = vec![
            ("reviewer", link(&["office", "reset", "xa-an-mau"])),
            ("consolidator", link(&["office", "create", "Văn phòng Đảng ủy", "--duty", "consolidator"])),
            ("leader", link(&["office", "create", "Bí thư Đảng ủy", "--duty", "approver"])),
        ];
        Self { data, links }
    }

    /// Serves it, told of a gateway to telephones that the walk opens itself.
    fn serve(&self, gateway: &str) -> Served {
        let key = self.data.path().join("gateway.key");
        fs::write(&key, "mot-khoa-cua-cac-phep-thu\n").expect("writes");
        Served::start(self.data.path(), &["--gateway", gateway, "--gateway-key-file", word(&key)])
    }

    /// The file that tells the walk where it is served, and where to open the gateway.
    fn file(&self, address: &str, gateway: &str) -> PathBuf {
        let file = self.data.path().join("month.json");
        let addresses = [("address", address.to_owned()), ("gateway", gateway.to_owned())];
        write_links(&file, &[&addresses[..], &self.links[..]].concat());
        file
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port()
}

/// Sets an office up that may do everything on the site; the link by which its holder comes in.
fn office(data: &Path) -> String {
    let words = ["office", "create", "Phòng thử nghiệm", "--role", "administrator", "--duty", "consolidator"];
    link(data, &words)
}

/// Where there is no browser, or what drives it is not installed, the tests say so and pass, unless
/// they must run.
fn skip(why: &str) {
    assert!(env::var_os("NHIPCAU_REQUIRE_BROWSER").is_none(), "browser tests cannot run: {why}");
    eprintln!("skipped: browser tests: {why} (CONTRIBUTING.md says what they need)");
}

#[test]
fn every_page_is_fit_to_be_read_and_every_walk_arrives() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser");
    if !tests.join("node_modules/oidc-provider").is_dir() {
        return skip("run npm ci in tests/browser first");
    }
    match Command::new("node").arg("--version").output() {
        Err(e) if e.kind() == ErrorKind::NotFound => return skip("there is no node"),
        node => assert!(node.expect("node runs").status.success(), "node does not say its version"),
    }
    let data = demo_copy();
    let (office, offices) = (office(data.path()), offices(data.path()));
    // The site is told of the service first: the service has to know where the site is.
    let (port, gateway) = (free_port(), format!("http://127.0.0.1:{}/tin", free_port()));
    let (service, secret) = (format!("http://127.0.0.1:{port}"), data.path().join("sso.secret"));
    fs::write(&secret, "mot-bi-mat-cua-cac-phep-thu\n").expect("writes");
    let told =
        ["--sso-issuer", &service, "--sso-client-id", "nhip-cau", "--sso-client-secret-file", word(&secret)];
    let label = ["--sso-label", "Tài khoản tỉnh Vĩnh Long"];
    let served = Served::start(data.path(), &[&told[..], &label[..]].concat());
    let _service = Service::start(&tests, port, &served.address);
    let month = Month::new(&tests.join("month"));
    let month_served = month.serve(&gateway);
    let pictures: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../browser");
    let _ = fs::remove_dir_all(&pictures);
    let mut command = Command::new("node");
    command.arg(tests.join("run.mjs")).args([&served.address, word(&pictures)]);
    command.args(["--reviewer", &served.reviewer, "--office", &office, "--service", &service]);
    command.args(["--offices", word(&offices)]);
    command.args(["--month", word(&month.file(&month_served.address, &gateway))]);
    command.stdin(Stdio::null());
    let done = finish(command);
    if done.code == Some(NO_BROWSER) {
        return skip(done.err.trim());
    }
    let said: Vec<&str> = done.out.lines().filter(|line| !line.starts_with("ok ")).collect();
    assert_eq!(done.code, Some(0), "{}\n{}\nscreenshots: {}", said.join("\n"), done.err, pictures.display());
}
