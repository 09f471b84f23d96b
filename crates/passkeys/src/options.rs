//! What a browser is asked for, as its script hands it on. Bytes are in text; the script turns them back.

use serde_json::{Value, json};

use crate::{CHALLENGE, Site, encode, key::ALGORITHMS};

/// How long a browser may wait for the person, in milliseconds.
const PATIENCE: u32 = 300_000;

/// For whom a key is made.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// An id that says nothing of the person; the device gives it back at signing in.
    pub id: &'a [u8],
    /// What the device lists the key under.
    pub name: &'a str,
    /// The name for people.
    pub display: &'a str,
}

/// What is asked for in registering: a key that the device itself can find, behind a finger, a face or the
/// screen lock, and no statement about the device. `have` are the ids of keys that there are: no device
/// makes a second one.
#[must_use]
pub fn creation(
    site: &Site,
    called: &str,
    challenge: &[u8; CHALLENGE],
    person: Person<'_>,
    have: &[String],
) -> Value {
    json!({
        "challenge": encode(challenge),
        "rp": { "id": site.host(), "name": called },
        "user": { "id": encode(person.id), "name": person.name, "displayName": person.display },
        "pubKeyCredParams": ALGORITHMS.map(|alg| json!({ "type": "public-key", "alg": alg })),
        "excludeCredentials": credentials(have),
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": true,
            "userVerification": "required",
        },
        "attestation": "none",
        "timeout": PATIENCE,
    })
}

/// What is asked for in signing in; with none named, any key of this site.
#[must_use]
pub fn request(site: &Site, challenge: &[u8; CHALLENGE], allowed: &[String]) -> Value {
    json!({
        "challenge": encode(challenge),
        "rpId": site.host(),
        "allowCredentials": credentials(allowed),
        "userVerification": "required",
        "timeout": PATIENCE,
    })
}

fn credentials(ids: &[String]) -> Vec<Value> {
    ids.iter().map(|id| json!({ "type": "public-key", "id": id })).collect()
}
