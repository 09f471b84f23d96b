//! A journey to a service of the test's own and back: who is believed, and who is not.

use nhipcau_sso::{Config, Provider, Secrets, SsoError, Subject};
use nhipcau_testkit::provider::Provider as Service;

const NOW: i64 = 1_700_000_000;

fn config(service: &Service) -> Config {
    Config {
        issuer: service.issuer().to_owned(),
        client_id: "nhip-cau".to_owned(),
        client_secret: Some("mot bi mat".to_owned()),
        redirect: "https://caungang.example/lam-viec/dang-nhap/lien-thong/ve".to_owned(),
        ..Config::default()
    }
}

fn provider(service: &Service) -> Provider {
    Provider::new(config(service)).unwrap()
}

fn secrets() -> Secrets {
    Secrets { state: "s".repeat(64), nonce: "n".repeat(64), verifier: "v".repeat(64) }
}

/// What a page is sent with: a parameter of its address.
fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1;
    let found = query.split('&').find_map(|p| p.strip_prefix(&format!("{name}=")))?;
    Some(found.replace("%3A", ":").replace("%2F", "/").replace('+', " "))
}

/// What a good word says, with changes.
fn claims(service: &Service, changes: &[(&str, &str)]) -> String {
    let mut claims = vec![
        ("iss", format!("\"{}\"", service.issuer())),
        ("sub", "\"chu-the-1\"".to_owned()),
        ("aud", "\"nhip-cau\"".to_owned()),
        ("exp", (NOW + 300).to_string()),
        ("iat", (NOW - 1).to_string()),
        ("nonce", format!("\"{}\"", secrets().nonce)),
    ];
    for (name, value) in changes {
        claims.retain(|(n, _)| n != name);
        if !value.is_empty() {
            claims.push((*name, (*value).to_owned()));
        }
    }
    let pairs: Vec<String> = claims.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", pairs.join(","))
}

/// Goes there, and comes back with a word.
fn with_word(service: &Service, provider: &Provider, word: &str) -> Result<Subject, SsoError> {
    let to = provider.send(&secrets(), false, NOW)?;
    let shown = parameter(to.as_str(), "code_challenge").unwrap();
    service.grant("ma-1", &shown, word);
    provider.receive("ma-1", &secrets(), false, NOW)
}

#[test]
fn whoever_is_sent_there_comes_back_as_who_the_service_says() {
    let service = Service::start();
    let provider = provider(&service);
    let to = provider.send(&secrets(), false, NOW).unwrap();
    let to = to.as_str();
    assert!(to.starts_with(&format!("{}/auth?", service.issuer())), "{to}");
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "nhip-cau"),
        ("state", &secrets().state),
        ("nonce", &secrets().nonce),
        ("code_challenge_method", "S256"),
        ("redirect_uri", "https://caungang.example/lam-viec/dang-nhap/lien-thong/ve"),
        ("scope", "openid"),
    ] {
        assert_eq!(parameter(to, name).as_deref(), Some(value), "{name}");
    }
    assert!(!to.contains(&secrets().verifier) && !to.contains("bi+mat") && parameter(to, "prompt").is_none());
    let subject = with_word(&service, &provider, &service.signed(&claims(&service, &[]))).unwrap();
    assert_eq!(
        subject,
        Subject { issuer: service.issuer().to_owned(), subject: "chu-the-1".to_owned(), two_factors: false }
    );
    // The description and the keys were fetched once.
    let fetched = |what: &str| service.asked().iter().filter(|a| a.contains(what)).count();
    assert_eq!((fetched("openid-configuration"), fetched("/keys"), fetched("/token")), (1, 1, 1));
}

#[test]
fn a_word_that_is_not_for_this_journey_is_not_believed() {
    let service = Service::start();
    let provider = provider(&service);
    let late = (NOW - 1).to_string();
    let (old, ahead) = ((NOW - 3600).to_string(), (NOW + 3600).to_string());
    for (what, changes) in [
        ("another nonce", &[("nonce", "\"khac\"")][..]),
        ("no nonce", &[("nonce", "")]),
        ("another audience", &[("aud", "\"trang-khac\"")]),
        ("one audience more", &[("aud", "[\"nhip-cau\",\"trang-khac\"]")]),
        ("another issuer", &[("iss", "\"https://khac.example\"")]),
        ("too late", &[("exp", late.as_str())]),
        ("made long ago", &[("iat", old.as_str())]),
        ("not made yet", &[("iat", ahead.as_str())]),
        ("nobody", &[("sub", "")]),
    ] {
        let word = service.signed(&claims(&service, changes));
        let said = with_word(&service, &provider, &word);
        assert!(matches!(said, Err(SsoError::Unbelieved(_) | SsoError::Down(_))), "{what}: {said:?}");
    }
}

#[test]
fn a_word_that_the_service_did_not_sign_is_not_believed() {
    let service = Service::start();
    let provider = provider(&service);
    let good = claims(&service, &[]);
    let unsigned = with_word(&service, &provider, &Service::unsigned(&good));
    assert!(unsigned.is_err(), "{unsigned:?}");
    // Another service's key under the same name.
    let other = Service::start();
    let forged = with_word(&service, &provider, &other.signed(&good));
    assert!(matches!(forged, Err(SsoError::Unbelieved(_))), "{forged:?}");
    let mut changed = service.signed(&good);
    changed = changed.replacen(&changed[40..44], "AAAA", 1);
    assert!(with_word(&service, &provider, &changed).is_err());
}

#[test]
fn a_code_is_taken_once_and_only_with_what_was_shown() {
    let service = Service::start();
    let provider = provider(&service);
    let word = service.signed(&claims(&service, &[]));
    assert!(with_word(&service, &provider, &word).is_ok());
    assert!(matches!(provider.receive("ma-1", &secrets(), false, NOW), Err(SsoError::Unbelieved(_))));
    service.grant("ma-2", "what another browser showed", &word);
    assert!(matches!(provider.receive("ma-2", &secrets(), false, NOW), Err(SsoError::Unbelieved(_))));
}

#[test]
fn a_new_key_is_looked_for_once_a_minute() {
    let service = Service::start();
    let provider = provider(&service);
    assert!(with_word(&service, &provider, &service.signed(&claims(&service, &[]))).is_ok());
    service.renew_key();
    let word = service.signed(&claims(&service, &[]));
    assert!(with_word(&service, &provider, &word).is_err(), "at once again");
    let to = provider.send(&secrets(), false, NOW + 61).unwrap();
    service.grant("ma-3", &parameter(to.as_str(), "code_challenge").unwrap(), &word);
    assert!(provider.receive("ma-3", &secrets(), false, NOW + 61).is_ok());
}

#[test]
fn two_factors_are_believed_where_the_operator_says_so() {
    let service = Service::start();
    let believing =
        Provider::new(Config { two_factors: vec!["mfa".to_owned()], ..config(&service) }).unwrap();
    let two = |provider: &Provider, changes: &[(&str, &str)]| {
        with_word(&service, provider, &service.signed(&claims(&service, changes))).unwrap().two_factors
    };
    assert!(two(&believing, &[("amr", "[\"pwd\",\"mfa\"]")]));
    assert!(two(&believing, &[("acr", "\"mfa\"")]));
    assert!(!two(&believing, &[("amr", "[\"pwd\"]")]));
    assert!(!two(&believing, &[]));
    assert!(!two(&provider(&service), &[("amr", "[\"mfa\"]")]));
}

#[test]
fn who_is_to_sign_in_anew_does() {
    let service = Service::start();
    let provider = provider(&service);
    let again = |at: Option<i64>| {
        let to = provider.send(&secrets(), true, NOW).unwrap();
        assert_eq!(parameter(to.as_str(), "prompt").as_deref(), Some("login"));
        assert_eq!(parameter(to.as_str(), "max_age").as_deref(), Some("0"));
        let at = at.map(|at| at.to_string()).unwrap_or_default();
        let word = service.signed(&claims(&service, &[("auth_time", &at)]));
        service.grant("ma-1", &parameter(to.as_str(), "code_challenge").unwrap(), &word);
        provider.receive("ma-1", &secrets(), true, NOW)
    };
    assert!(again(Some(NOW - 5)).is_ok());
    assert!(matches!(again(Some(NOW - 3600)), Err(SsoError::Unbelieved(_))));
    assert!(matches!(again(None), Err(SsoError::Unbelieved(_))));
}

#[test]
fn a_service_that_does_not_answer_is_left_alone_for_a_while() {
    let service = Service::start();
    service.answers(false);
    let provider = provider(&service);
    for _ in 0..3 {
        assert!(matches!(provider.send(&secrets(), false, NOW), Err(SsoError::Down(_))));
    }
    assert_eq!(service.asked().len(), 1, "{:?}", service.asked());
    service.answers(true);
    assert!(provider.send(&secrets(), false, NOW + 20).is_ok());
}

#[test]
fn one_that_says_it_is_another_is_none() {
    let service = Service::start();
    service.pose_as("https://khac.example");
    assert!(matches!(provider(&service).send(&secrets(), false, NOW), Err(SsoError::Down(_))));
}

#[test]
fn only_what_is_encrypted_or_on_this_machine_can_be_configured() {
    for bad in ["http://sso.example", "sso.example", "https://sso.example/?a=b", "file:///etc/passwd", ""] {
        let config = Config {
            issuer: bad.to_owned(),
            redirect: "https://caungang.example/ve".to_owned(),
            ..Config::default()
        };
        assert!(matches!(Provider::new(config), Err(SsoError::Config(_))), "{bad}");
    }
}

#[test]
fn it_is_led_nowhere_else_and_reads_no_more_than_it_may() {
    let (service, elsewhere) = (Service::start(), Service::start());
    let led = format!("302 Found\r\nlocation: {}/.well-known/openid-configuration", elsewhere.issuer());
    service.answers_instead(&led, "");
    assert!(matches!(provider(&service).send(&secrets(), false, NOW), Err(SsoError::Down(_))));
    assert_eq!(elsewhere.asked(), [""; 0], "a redirect was followed");
    let vast = Service::start();
    vast.answers_instead("200 OK", &" ".repeat(1 << 20));
    assert!(matches!(provider(&vast).send(&secrets(), false, NOW), Err(SsoError::Down(_))));
    // Its description may not lead out of what is encrypted either.
    let clear = Service::start();
    let (named, out) = (clear.issuer(), "http://sso.example/auth");
    clear.answers_instead(
        "200 OK",
        &format!(
            r#"{{"issuer":"{named}","authorization_endpoint":"{out}","token_endpoint":"{out}","jwks_uri":"{out}",
            "response_types_supported":["code"],"subject_types_supported":["public"],
            "id_token_signing_alg_values_supported":["ES256"]}}"#
        ),
    );
    let said = provider(&clear).send(&secrets(), false, NOW);
    assert!(matches!(&said, Err(SsoError::Down(why)) if why.contains("neither over TLS")), "{said:?}");
}
