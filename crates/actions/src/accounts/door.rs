//! What signing in needs beside the workspace: random, the hashing of passwords, and the memory of
//! those who tried.

use std::sync::{Arc, Mutex, PoisonError};

use nhipcau_domain::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{password::Passwords, throttle::Throttle};
use crate::{access::hex, workspace::Workspace};

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
}

impl Door {
    /// A door to a workspace whose store is migrated.
    #[must_use]
    pub fn new(workspace: Workspace, passwords: Passwords, random: Random) -> Self {
        let mut key = [0; 32];
        random(&mut key);
        Self { workspace, passwords, throttle: Arc::new(Mutex::new(Throttle::new(key))), random }
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
