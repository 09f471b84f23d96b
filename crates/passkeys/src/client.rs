//! What the browser says of itself: for what, for which challenge, on whose page.

use serde::Deserialize;

use crate::{CHALLENGE, PasskeyError, Site, decode};

/// The largest that is read, in bytes; browsers write 200.
const LARGEST: usize = 8192;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    #[serde(default)]
    top_origin: Option<String>,
}

fn read(json: &[u8]) -> Result<ClientData, PasskeyError> {
    if json.len() > LARGEST {
        return Err(PasskeyError::Unreadable("client data too long"));
    }
    // More fields than these may come: the standard says so.
    serde_json::from_slice(json).map_err(|_| PasskeyError::Unreadable("client data"))
}

/// The challenge that client data answers, by which whoever calls finds what it kept. Nothing is proven by
/// it yet.
#[must_use]
pub fn challenge_of(json: &[u8]) -> Option<[u8; CHALLENGE]> {
    decode(&read(json).ok()?.challenge)?.try_into().ok()
}

/// Steps 7 to 11 of 7.1, 10 to 14 of 7.2.
pub(crate) fn check(
    json: &[u8],
    kind: &str,
    site: &Site,
    challenge: &[u8; CHALLENGE],
) -> Result<(), PasskeyError> {
    let said = read(json)?;
    if said.kind != kind {
        return Err(PasskeyError::Purpose);
    }
    if decode(&said.challenge).as_deref() != Some(challenge) {
        return Err(PasskeyError::Challenge);
    }
    // We are in nobody's frame: framing is refused anyway.
    if said.origin != site.origin() || said.cross_origin || said.top_origin.is_some() {
        return Err(PasskeyError::Origin);
    }
    Ok(())
}
