//! A journey to a real service: npm's `oidc-provider`, which the browser tests bring. Somebody signs in there
//! as a browser would, form by form, and comes back.

use std::{
    collections::BTreeMap,
    env,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

use nhipcau_sso::{Config, Provider, Secrets, SsoError};
use ureq::Agent;

const SITE: &str = "https://caungang.example";

/// The service; it ends with the test.
struct Service {
    child: Child,
    issuer: String,
}

impl Service {
    /// None where what it needs is not installed, unless it must run.
    fn start() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser");
        if !folder.join("node_modules/oidc-provider").is_dir() {
            assert!(env::var_os("NHIPCAU_REQUIRE_BROWSER").is_none(), "run npm ci in tests/browser first");
            eprintln!("skipped: run npm ci in tests/browser first");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port();
        let mut command = Command::new("node");
        command.arg(folder.join("provider.mjs")).args([&port.to_string(), SITE]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("node runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("an output")).read_line(&mut line).expect("reads");
        assert!(line.starts_with("http://"), "it did not start: {line}");
        Some(Self { child, issuer: line.trim().to_owned() })
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// As much of a browser as it takes.
struct Browser {
    agent: Agent,
    issuer: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn at(issuer: &str) -> Self {
        let config = Agent::config_builder().max_redirects(0).http_status_as_error(false).proxy(None).build();
        Self { agent: config.new_agent(), issuer: issuer.to_owned(), cookies: BTreeMap::new() }
    }

    /// Where an answer leads; a form that is sent where there is one.
    fn go(&mut self, to: &str, form: Option<&str>) -> String {
        let to = if to.starts_with('/') { format!("{}{to}", self.issuer) } else { to.to_owned() };
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let answer = match form {
            Some(form) => self
                .agent
                .post(&to)
                .header("cookie", cookies.join("; "))
                .header("content-type", "application/x-www-form-urlencoded")
                .send(form),
            None => self.agent.get(&to).header("cookie", cookies.join("; ")).call(),
        };
        let answer = answer.unwrap_or_else(|e| panic!("{to}: {e}"));
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let led = answer.headers().get("location").and_then(|l| l.to_str().ok());
        led.unwrap_or_else(|| panic!("{to}: {}", answer.status())).to_owned()
    }

    /// Signs in, and lets the site know; the code with which one comes back.
    fn sign_in(&mut self, to: &str, who: &str) -> String {
        let mut at = self.go(to, None);
        for form in [format!("prompt=login&login={who}&password=x"), "prompt=consent".to_owned()] {
            assert!(at.starts_with("/interaction/"), "{at}");
            let on = self.go(&at, Some(&form));
            at = self.go(&on, None);
        }
        at
    }
}

fn parameter(address: &str, name: &str) -> Option<String> {
    let pairs = address.split(['?', '&']).filter_map(|pair| pair.split_once('='));
    pairs.filter(|(n, _)| *n == name).map(|(_, v)| v.to_owned()).next()
}

#[test]
fn a_real_service_says_who_somebody_is_and_takes_each_code_once() {
    let Some(service) = Service::start() else { return };
    let provider = Provider::new(Config {
        issuer: service.issuer.clone(),
        client_id: "nhip-cau".to_owned(),
        client_secret: Some("mot-bi-mat-cua-cac-phep-thu".to_owned()),
        redirect: format!("{SITE}/lam-viec/dang-nhap/lien-thong/ve"),
        ..Config::default()
    });
    let provider = provider.unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().cast_signed();
    let secrets = Secrets { state: "a".repeat(64), nonce: "b".repeat(64), verifier: "c".repeat(64) };
    for anew in [false, true] {
        let to = provider.send(&secrets, anew, now).unwrap();
        let back = Browser::at(&service.issuer).sign_in(to.as_str(), "lan");
        assert!(back.starts_with(&format!("{SITE}/lam-viec/dang-nhap/lien-thong/ve?")), "{back}");
        assert_eq!(parameter(&back, "state").as_deref(), Some(secrets.state.as_str()));
        let named = parameter(&back, "iss").unwrap().replace("%3A", ":").replace("%2F", "/");
        assert!(provider.is_issuer(&named), "{named}");
        let code = parameter(&back, "code").unwrap();
        let subject = provider.receive(&code, &secrets, anew, now).unwrap();
        assert_eq!((subject.issuer.as_str(), subject.subject.as_str()), (service.issuer.as_str(), "lan"));
        assert!(!subject.two_factors);
        let twice = provider.receive(&code, &secrets, anew, now);
        assert!(matches!(twice, Err(SsoError::Unbelieved(_))), "{twice:?}");
    }
    // A code that somebody else's journey brought.
    let to = provider.send(&secrets, false, now).unwrap();
    let back = Browser::at(&service.issuer).sign_in(to.as_str(), "lan");
    let other = Secrets { verifier: "d".repeat(64), ..secrets };
    let stolen = provider.receive(&parameter(&back, "code").unwrap(), &other, false, now);
    assert!(matches!(stolen, Err(SsoError::Unbelieved(_))), "{stolen:?}");
}
