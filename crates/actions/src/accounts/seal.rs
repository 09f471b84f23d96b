//! Secrets that must be read again, and so cannot lie as hashes: sealed under a key that is not in the
//! database, so that a copy of the database or a backup is not enough. What is sealed says how, and is bound
//! to whose it is: one holder's secret cannot be put in another's place.

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use uuid::Uuid;

use super::entry::unhex;
use crate::{
    access::hex,
    error::{ActionError, Result},
};

/// How it was sealed: XChaCha20-Poly1305, the nonce first. Another way gets another mark.
const MARK: &str = "x1:";

/// What the key is used for; another use gets another word, so that nothing can be moved between them.
const PURPOSE: &[u8] = b"nhipcau totp ";

/// Bytes of a nonce: enough that random ones never meet.
pub(super) const NONCE: usize = 24;

/// A key that seals.
#[derive(Clone)]
pub struct Seal(XChaCha20Poly1305);

impl Seal {
    /// Of 256 bits of random, which are kept outside the database.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    pub(super) fn close(&self, whose: Uuid, secret: &[u8], nonce: [u8; NONCE]) -> Result<String> {
        let bound = [PURPOSE, whose.as_bytes()].concat();
        let payload = Payload { msg: secret, aad: &bound };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| ActionError::Worker)?;
        Ok(format!("{MARK}{}{}", hex(&nonce), hex(&sealed)))
    }

    /// None if it was sealed under another key, for someone else, or changed since.
    pub(super) fn open(&self, whose: Uuid, stored: &str) -> Option<Vec<u8>> {
        let bytes = unhex(stored.strip_prefix(MARK)?)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let bound = [PURPOSE, whose.as_bytes()].concat();
        self.0.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &bound }).ok()
    }
}

/// Whether what is stored is sealed; what is not is a secret in hexadecimal, as older programs wrote it.
pub(super) fn is_sealed(stored: &str) -> bool {
    stored.starts_with(MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOSE: Uuid = Uuid::from_u128(7);

    #[test]
    fn what_is_sealed_is_opened_by_its_key_for_its_holder_alone() {
        let seal = Seal::new(&[3; 32]);
        let stored = seal.close(WHOSE, b"bi mat", [9; NONCE]).unwrap();
        assert!(is_sealed(&stored) && !stored.contains(&hex(b"bi mat")), "{stored}");
        assert_eq!(seal.open(WHOSE, &stored).as_deref(), Some(&b"bi mat"[..]));
        assert_eq!(seal.open(Uuid::from_u128(8), &stored), None, "another holder's place");
        assert_eq!(Seal::new(&[4; 32]).open(WHOSE, &stored), None, "another key");
        for at in MARK.len()..stored.len() {
            let mut changed = stored.clone().into_bytes();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            assert_eq!(seal.open(WHOSE, &String::from_utf8(changed).unwrap()), None, "changed at {at}");
        }
        for odd in ["", "x1:", "x1:00", "x1:zz", "0011", "x2:0011"] {
            assert_eq!(seal.open(WHOSE, odd), None, "{odd}");
        }
    }
}
