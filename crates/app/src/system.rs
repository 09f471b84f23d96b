//! The machine's clock and random: the only place where either is read.

use nhipcau_actions::{Clock, Ids};
use nhipcau_domain::Timestamp;
use uuid::Uuid;

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands where it is put: for the demo, whose returns come in over the weeks after
/// their period.
#[derive(Default)]
pub struct SetClock(std::sync::atomic::AtomicI64);

impl SetClock {
    /// Puts the clock.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.as_microsecond(), std::sync::atomic::Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(std::sync::atomic::Ordering::SeqCst)).unwrap_or_default()
    }
}

/// The machine's random.
pub struct SystemIds;

impl Ids for SystemIds {
    fn next(&self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random()).into_uuid()
    }
}

/// A fresh secret of 128 bits, in hexadecimal.
pub fn secret() -> String {
    nhipcau_actions::access::hex(&random::<16>())
}

/// Random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::Rng::fill_bytes(&mut rand::rng(), &mut bytes);
    bytes
}

/// Today, in Vietnam (UTC+7).
pub fn today() -> nhipcau_domain::Date {
    nhipcau_domain::text::local_day(SystemClock.now())
}
