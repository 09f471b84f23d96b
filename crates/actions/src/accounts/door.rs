//! What signing in needs beside the workspace: random, the hashing of passwords, and the memory of
//! those who tried.

use std::sync::{Arc, Mutex, PoisonError};

use nhipcau_domain::{Timestamp, problem::Problem};
use nhipcau_passkeys::Site;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    entry::unhex,
    password::Passwords,
    seal::{NONCE, Seal, is_sealed},
    throttle::Throttle,
};
use crate::{access::hex, error::Result, workspace::Workspace};

/// Fills bytes with random. Handed in, like the clock.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// What signing in needs. Cheap to clone; clones share the memory of those who tried.
#[derive(Clone)]
pub struct Door {
    /// Where the records are.
    pub workspace: Workspace,
    pub(super) passwords: Passwords,
    pub(super) throttle: Arc<Mutex<Throttle>>,
    random: Random,
    seal: Option<Seal>,
    site: Option<Site>,
}

impl Door {
    /// A door to a workspace whose store is migrated.
    #[must_use]
    pub fn new(workspace: Workspace, passwords: Passwords, random: Random) -> Self {
        let mut key = [0; 32];
        random(&mut key);
        Self {
            workspace,
            passwords,
            throttle: Arc::new(Mutex::new(Throttle::new(key))),
            random,
            seal: None,
            site: None,
        }
    }

    /// Seals what must be read again from now on. Without it such secrets lie as they are.
    #[must_use]
    pub fn sealing(mut self, seal: Seal) -> Self {
        self.seal = Some(seal);
        self
    }

    /// Lets people in by passkeys of the site at this address, where browsers have them there.
    #[must_use]
    pub fn with_passkeys_at(mut self, address: &str) -> Self {
        self.site = Site::of(address);
        self
    }

    /// Whether a page that was asked for at this authority can use passkeys.
    #[must_use]
    pub fn has_passkeys_at(&self, authority: &str) -> bool {
        self.site.as_ref().is_some_and(|site| site.is_at(authority))
    }

    /// The site whose passkeys let people in.
    pub(super) fn passkeys(&self) -> std::result::Result<&Site, Problem> {
        self.site.as_ref().ok_or_else(|| Problem::new("passkey-not-here"))
    }

    /// A holder's secret as it is stored.
    pub(super) fn sealed(&self, whose: Uuid, secret: &[u8]) -> Result<String> {
        match &self.seal {
            Some(seal) => seal.close(whose, secret, self.bytes::<NONCE>()),
            None => Ok(hex(secret)),
        }
    }

    /// The same, sealed, where it lies as it is and need not.
    pub(super) fn sealed_anew(&self, whose: Uuid, stored: &str) -> Result<Option<String>> {
        match unhex(stored).filter(|_| self.seal.is_some() && !is_sealed(stored)) {
            Some(secret) => self.sealed(whose, &secret).map(Some),
            None => Ok(None),
        }
    }

    /// A holder's secret, of what is stored; none if it was sealed under another key.
    pub(super) fn unsealed(&self, whose: Uuid, stored: &str) -> Option<Vec<u8>> {
        if !is_sealed(stored) {
            return unhex(stored);
        }
        let secret = self.seal.as_ref().and_then(|seal| seal.open(whose, stored));
        if secret.is_none() {
            tracing::error!(holder = %whose, "a sealed secret cannot be opened: the key is not that of this database");
        }
        secret
    }

    /// Random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }

    /// A secret of 256 bits, in hexadecimal.
    #[must_use]
    pub fn secret(&self) -> String {
        hex(&self.bytes::<32>())
    }

    pub(super) fn with_throttle<T>(&self, then: impl FnOnce(&mut Throttle) -> T) -> T {
        then(&mut self.throttle.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What is stored of a secret: it has 80 bits or more of random, so one pass is enough.
pub(super) fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// So many seconds before a time.
pub(super) fn before(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_sub(jiff::SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MIN)
}

/// So many seconds after a time.
pub(super) fn after(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}
