//! Whatever a browser answers for a passkey, it is refused or it is a key's that could have said it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nhipcau_passkeys::{Assertion, Attestation, CHALLENGE, Known, Site, challenge_of, register, sign_in};

fuzz_target!(|data: &[u8]| {
    let site = Site::of("https://example.org").expect("a site");
    let challenge = [7; CHALLENGE];
    let _ = challenge_of(data);
    let client = |kind: &str| {
        let challenge = nhipcau_passkeys::encode(&challenge);
        format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"https://example.org"}}"#).into_bytes()
    };
    // The id is what the device says it is: everything behind it is read.
    let id = data.windows(32).next().unwrap_or_default().to_vec();
    let made = Attestation { id, client: client("webauthn.create"), object: data.to_vec() };
    if let Ok(key) = register(&site, &challenge, &made) {
        assert!(!key.id.is_empty() && !key.key.is_empty());
    }
    let (said, key) = data.split_at(data.len() / 2);
    let known = Known { id: b"id", key, count: 0, may_be_backed_up: false, person: b"p" };
    let answer = Assertion {
        id: b"id".to_vec(),
        client: client("webauthn.get"),
        data: said.to_vec(),
        signature: key.to_vec(),
        person: None,
    };
    assert!(sign_in(&site, &challenge, known, &answer).is_err(), "nobody signed this");
});
