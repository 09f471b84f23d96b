//! The desk over the program's own TLS, as an editor's browser meets it: the session's cookie belongs to this
//! host and to encrypted connections alone, and signing in leads nowhere else.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdout, Stdio},
    sync::Arc,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer},
};

use crate::support::{finish, folder, program, word};

const PASSWORD: &str = "con cò bay lả bay la";

/// A site over TLS; it stops when it is dropped.
struct Site {
    child: Child,
    /// Held so that what the server prints later has somewhere to go.
    _out: BufReader<ChildStdout>,
    address: SocketAddr,
    certificate: CertificateDer<'static>,
}

impl Site {
    fn start(data: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
        let (chain, key) = (data.join("chain.pem"), data.join("key.pem"));
        fs::write(&chain, made.cert.pem()).expect("writes");
        fs::write(&key, made.signing_key.serialize_pem()).expect("writes");
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0", "--data", word(data)]);
        command.args(["--tls-certificate", word(&chain), "--tls-key", word(&key)]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program runs");
        let mut out = BufReader::new(child.stdout.take().expect("an output"));
        let address = loop {
            let mut line = String::new();
            assert!(out.read_line(&mut line).expect("reads") > 0, "the server ended before it was ready");
            if let Some(found) = line.split_whitespace().find_map(|w| w.strip_prefix("https://")) {
                break found.trim_end_matches('/').parse().expect("an address");
            }
        };
        Self { child, _out: out, address, certificate: made.cert.der().clone() }
    }

    /// Asks over TLS; the whole answer, head and body.
    fn ask(&self, request: &str) -> String {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).expect("a root");
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        block_on(async {
            let stream = TcpStream::connect(self.address).await.expect("connects");
            let name = "localhost".try_into().expect("a name");
            let tls = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
            let mut tls = tls.expect("a handshake");
            tls.write_all(request.as_bytes()).await.expect("writes");
            let mut bytes = Vec::new();
            let _ = tls.read_to_end(&mut bytes).await;
            String::from_utf8_lossy(&bytes).into_owned()
        })
    }

    fn get(&self, path: &str, cookie: &str) -> String {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncookie: {cookie}\r\n\r\n",
            self.host()
        ))
    }

    fn sign_in(&self, password: &str, next: &str) -> String {
        let encoded = |text: &str| text.bytes().fold(String::new(), |all, b| format!("{all}%{b:02X}"));
        let body = format!("name=to-viet&password={}&tiep={}", encoded(password), encoded(next));
        let host = self.host();
        self.ask(&format!(
            "POST /lam-viec/dang-nhap HTTP/1.1\r\nhost: {host}\r\norigin: https://{host}\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    fn host(&self) -> String {
        format!("localhost:{}", self.address.port())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(work)
}

/// The values of a header, by its name in small letters.
fn headers<'a>(answer: &'a str, name: &str) -> Vec<&'a str> {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(n, _)| n.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .collect()
}

/// A writer's office with its password.
fn office(data: &Path) {
    let mut command = program();
    command.args([
        "office",
        "create",
        "Tổ viết",
        "--role",
        "writer",
        "--sign-in",
        "to-viet",
        "--data",
        word(data),
    ]);
    let typed = data.join("mat-khau.txt");
    let mut file = fs::File::create(&typed).expect("a file");
    writeln!(file, "{PASSWORD}").expect("writes");
    command.arg("--password-stdin").stdin(fs::File::open(&typed).expect("a file"));
    finish(command).exits(0);
    fs::remove_file(typed).expect("removes");
}

#[test]
fn the_sessions_cookie_is_this_hosts_and_goes_over_tls_alone() {
    let data = folder();
    office(data.path());
    let site = Site::start(data.path());
    let page = site.get("/lam-viec/dang-nhap", "");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert_eq!(headers(&page, "set-cookie"), [""; 0], "nothing is set before somebody signs in");

    let wrong = site.sign_in("không phải mật khẩu", "");
    assert!(wrong.starts_with("HTTP/1.1 422"), "{wrong}");
    assert_eq!(headers(&wrong, "set-cookie"), [""; 0]);

    let entered = site.sign_in(PASSWORD, "/lam-viec/tai-khoan");
    assert!(entered.starts_with("HTTP/1.1 303"), "{entered}");
    assert_eq!(headers(&entered, "location"), ["/lam-viec/tai-khoan"]);
    let cookies = headers(&entered, "set-cookie");
    assert_eq!(cookies.len(), 2, "a session and a known browser: {cookies:?}");
    for cookie in &cookies {
        let mut parts = cookie.split("; ");
        let (name, value) = parts.next().and_then(|p| p.split_once('=')).expect("a cookie");
        assert!(name.starts_with("__Host-"), "{cookie}");
        assert_eq!(value.len(), 64, "256 bits of random: {cookie}");
        let told: Vec<&str> = parts.collect();
        for needed in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(told.contains(&needed), "{needed} is missing in {cookie}");
        }
        assert!(!told.iter().any(|t| t.starts_with("Domain")), "{cookie}");
    }

    let session = cookies[0].split(';').next().expect("a pair");
    let inside = site.get("/lam-viec", session);
    assert!(inside.starts_with("HTTP/1.1 200") && inside.contains("Tổ viết"), "{inside}");
    // Under the name that an unencrypted site uses, which others could set, the same secret opens nothing.
    let (_, secret) = session.split_once('=').expect("a value");
    let outside = site.get("/lam-viec", &format!("nhipcau={secret}"));
    assert!(outside.starts_with("HTTP/1.1 303"), "{outside}");
    assert!(site.get("/lam-viec", "").starts_with("HTTP/1.1 303"));
}

#[test]
fn signing_in_leads_to_the_desk_and_to_no_other_site() {
    let data = folder();
    office(data.path());
    let site = Site::start(data.path());
    for next in ["//kẻ-xấu.example", "/\\xau.example", "https://xau.example", "/lam-viec/\r\nset-cookie: a=b"]
    {
        let entered = site.sign_in(PASSWORD, next);
        assert_eq!(headers(&entered, "location"), ["/lam-viec"], "{next}");
        assert!(!entered.contains("a=b"), "{next}");
    }
}

#[test]
fn what_goes_over_tls_says_so_for_a_year() {
    let data = folder();
    office(data.path());
    let site = Site::start(data.path());
    for path in ["/", "/lam-viec/dang-nhap", "/lam-viec", "/khong-co", "/robots.txt", "/lam-viec/khong-co"] {
        let answer = site.get(path, "");
        assert_eq!(headers(&answer, "strict-transport-security"), ["max-age=31536000"], "{path}: {answer}");
    }
}

#[test]
fn who_speaks_no_tls_gets_nothing() {
    let data = folder();
    office(data.path());
    let site = Site::start(data.path());
    let answer = block_on(async {
        let mut stream = TcpStream::connect(site.address).await.expect("connects");
        let asked = stream.write_all(b"GET /lam-viec/dang-nhap HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
        let mut bytes = Vec::new();
        if asked.is_ok() {
            let _ = stream.read_to_end(&mut bytes).await;
        }
        bytes
    });
    let answer = String::from_utf8_lossy(&answer);
    assert!(!answer.contains("HTTP/1.1"), "{answer}");
}
