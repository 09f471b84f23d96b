//! What tests share: databases of their own to run on, a tiny district to run with.
//!
//! It knows no crate but the rules, so that every crate's tests can use it: of a database it hands
//! out the address, never a store; of a phone with a passkey, the bytes that it would
//! send; of a sign-in service, an address on this machine.

pub mod databases;
mod district;
pub mod phone;
mod postgres;
pub mod provider;

pub use databases::{TestDatabase, each_database};
pub use district::{District, district};

use jiff::Timestamp;

/// A time for tests: so many seconds after the first moment of 2023 (UTC).
///
/// # Panics
/// If the time is out of range.
#[must_use]
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_672_531_200 + seconds).expect("a time in range")
}
