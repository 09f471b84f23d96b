//! Passkeys (Web Authentication, Level 3), as the site that relies on them sees them: what is asked of a
//! browser, and whether what it answers is what was asked for. No crate of ours is named here, no clock is
//! read and no random drawn: challenges are handed in, and whoever calls keeps them, for a short while and
//! for one use.
//!
//! The profile is narrow on purpose. The person is always verified by the device (a finger, a face, the
//! screen lock), the key can always be found by the device itself (so that nobody types a name), and no
//! attestation is asked for: which make of phone somebody has is none of our business, so nothing is
//! concluded from a statement about it. Signatures are checked by `ring`, which TLS brings along anyway:
//! ES256, `EdDSA` and RS256, which Windows Hello uses on older machines.
//!
//! Steps are numbered as in the standard, section 7.1 (registering) and 7.2 (signing in):
//! <https://www.w3.org/TR/webauthn-3/#sctn-rp-operations>.

mod cbor;
mod ceremony;
mod client;
mod data;
mod key;
mod options;
mod site;
#[cfg(test)]
mod tests;

pub use self::{
    ceremony::{Assertion, Attestation, Known, NewPasskey, Used, register, sign_in},
    client::challenge_of,
    options::{Person, creation, request},
    site::Site,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// Bytes of a challenge.
pub const CHALLENGE: usize = 32;

/// The longest id of a credential that the standard allows, in bytes.
pub const ID_MAX: usize = 1023;

/// Why an answer is not taken. For the log: people are told that it did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// It does not have the form that the standard gives it.
    #[error("unreadable: {0}")]
    Unreadable(&'static str),
    /// It answers another kind of question.
    #[error("made for another purpose")]
    Purpose,
    /// It answers another challenge.
    #[error("made for another challenge")]
    Challenge,
    /// It was made on another site's page, or in a frame of one.
    #[error("made on another site's page")]
    Origin,
    /// The device made it for another site.
    #[error("made for another site")]
    Site,
    /// Nobody was there.
    #[error("nobody was present")]
    Absent,
    /// The device did not verify the person.
    #[error("the person was not verified")]
    Unverified,
    /// What it says of backups contradicts itself, or what was said in registering.
    #[error("contradicts itself about backups")]
    Backup,
    /// Its key is of a kind that was not asked for.
    #[error("a kind of key that was not asked for")]
    Algorithm,
    /// It names another credential, or another holder.
    #[error("names another credential or holder")]
    Whose,
    /// The signature is not the key's.
    #[error("the signature is not the key's")]
    Signature,
    /// Its counter went back: there may be two of it.
    #[error("the counter went from {kept} to {found}: there may be a copy")]
    Copied {
        /// The counter that was kept.
        kept: u32,
        /// The counter that came.
        found: u32,
    },
}

/// Bytes as browsers and this crate write them in text.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of such a text.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
