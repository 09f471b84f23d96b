//! The keys that stand between an address and what is counted: one a day, destroyed after it.
//!
//! A visitor's number is the first half of HMAC-SHA-256 over the address and a digest of the user agent.
//! Of an IPv6 address the first 64 bits are taken: a household, as with IPv4. The key is random, made at
//! 04:00 local time, and lies in `key-<day>`, so that a crash of the process splits no visit. A visit that
//! is open at 04:00 goes on: for 30 minutes a reader who is new under the new key is looked up under the
//! old one too and, if found, takes the new number. Nobody can be open under the old key after that; it is
//! overwritten with zeros and removed.

use std::{
    fs,
    io::{self, Write},
    net::IpAddr,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{
    VisitsError,
    clock::{Day, date_of, day_of, start_of},
    error::at,
    visitors::OPEN_MS,
};

/// When the key changes: four in the morning.
const QUIET_MS: i64 = 4 * 3_600_000;

type Key = [u8; 32];
pub(crate) type Random = dyn Fn() -> [u8; 32] + Send + Sync;

/// A visitor's numbers under the keys that are alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Which keys they were made with.
    pub turn: u64,
    pub now: u64,
    /// Under yesterday's key, in the half hour after the change.
    pub before: Option<u64>,
}

/// The keys that are alive.
pub(crate) struct Keys {
    turn: u64,
    now: Hmac<Sha256>,
    before: Option<Hmac<Sha256>>,
    /// The moment at which something changes next.
    pub due: i64,
    /// Whether today's key could not be written: then a restart may split visits.
    pub unwritten: bool,
}

impl Keys {
    /// The keys for a moment: read if they are there, made if not; all others are destroyed.
    pub fn at(folder: &Path, now: i64, turn: u64, random: &Random) -> Result<Self, VisitsError> {
        let day = day_of(now.saturating_sub(QUIET_MS));
        let change = start_of(day) + QUIET_MS;
        let overlap = now < change + OPEN_MS;
        let before = if overlap { read(&file(folder, day - 1))? } else { None };
        destroy_others(folder, day, before.is_some())?;
        let path = file(folder, day);
        let (key, unwritten) = if let Some(key) = read(&path)? {
            (key, false)
        } else {
            let key = random();
            (key, write(folder, &path, &key).is_err())
        };
        let due = if before.is_some() { change + OPEN_MS } else { start_of(day + 1) + QUIET_MS };
        Ok(Self { turn, now: mac(&key), before: before.as_ref().map(mac), due, unwritten })
    }

    /// Keys of a moment for one use, never written: for an import.
    pub fn passing(random: &Random) -> Self {
        Self { turn: 0, now: mac(&random()), before: None, due: i64::MAX, unwritten: false }
    }

    pub fn numbers(&self, address: IpAddr, agent: &[u8; 16]) -> Numbers {
        let number = |key: &Hmac<Sha256>| {
            let mut mac = key.clone();
            mac.update(&household(address));
            mac.update(agent);
            let whole = mac.finalize().into_bytes();
            whole.iter().take(8).fold(0, |n: u64, b| n << 8 | u64::from(*b))
        };
        Numbers { turn: self.turn, now: number(&self.now), before: self.before.as_ref().map(number) }
    }
}

/// What of an address stands for a household: IPv4 as it is, of IPv6 the network.
fn household(address: IpAddr) -> [u8; 16] {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
        IpAddr::V6(v6) => (u128::from(v6) >> 64 << 64).to_be_bytes(),
    }
}

/// Whether many people may stand behind an address: this machine, a proxy beside it, an office's network.
pub(crate) fn shared(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_unspecified(),
        IpAddr::V6(v6) => {
            v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local() || v6.is_unspecified()
        }
    }
}

fn mac(key: &Key) -> Hmac<Sha256> {
    // A short key is filled up with zeros, by HMAC's own rule.
    let mut block = [0; 64];
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    Hmac::new(&block.into())
}

fn file(folder: &Path, day: Day) -> PathBuf {
    folder.join(format!("key-{}", date_of(day)))
}

fn read(path: &Path) -> Result<Option<Key>, VisitsError> {
    match fs::read(path) {
        // A key that was cut off at a crash is no key: a new one is made.
        Ok(bytes) => Ok(Key::try_from(bytes.as_slice()).ok()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(at(path)(e)),
    }
}

fn write(folder: &Path, path: &Path, key: &Key) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(key)?;
    file.sync_all()?;
    fs::File::open(folder)?.sync_all()
}

fn destroy_others(folder: &Path, day: Day, keep_before: bool) -> Result<(), VisitsError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        let is_key = path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with("key-"));
        let alive = path == file(folder, day) || (keep_before && path == file(folder, day - 1));
        if is_key && !alive {
            let zeros = fs::OpenOptions::new().write(true).open(&path).and_then(|mut f| {
                f.write_all(&[0; 32])?;
                f.sync_all()
            });
            zeros.and_then(|()| fs::remove_file(&path)).map_err(at(&path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGENT: [u8; 16] = [7; 16];

    fn four(day: Day) -> i64 {
        start_of(day) + QUIET_MS
    }

    fn keys(folder: &Path, now: i64, byte: u8) -> Keys {
        Keys::at(folder, now, 0, &move || [byte; 32]).unwrap()
    }

    fn files(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_key_survives_a_crash_and_not_its_day() {
        let folder = tempfile::tempdir().unwrap();
        let reader = "203.0.113.9".parse().unwrap();
        let first = keys(folder.path(), four(100), 1).numbers(reader, &AGENT);
        let again = keys(folder.path(), four(101) - 1, 2).numbers(reader, &AGENT);
        assert_eq!(first, again, "the key of the day is the same after a crash");

        let overlap = keys(folder.path(), four(101), 3);
        assert_eq!(overlap.numbers(reader, &AGENT).before, Some(first.now));
        assert_ne!(overlap.numbers(reader, &AGENT).now, first.now);
        assert_eq!((overlap.due, files(folder.path())), (four(101) + OPEN_MS, 2));

        let after = keys(folder.path(), four(101) + OPEN_MS, 4);
        assert_eq!(after.numbers(reader, &AGENT).before, None);
        assert_eq!((after.due, files(folder.path())), (four(102), 1));
    }

    #[test]
    fn a_household_is_an_ipv4_address_or_an_ipv6_network() {
        let keys = Keys::passing(&|| [5; 32]);
        let number = |a: &str| keys.numbers(a.parse().unwrap(), &AGENT).now;
        assert_eq!(number("2001:db8::1"), number("2001:db8::ffff:1"));
        assert_ne!(number("2001:db8::1"), number("2001:db8:0:1::1"));
        assert_ne!(number("203.0.113.9"), number("203.0.113.8"));
        assert_eq!(number("::ffff:203.0.113.9"), number("203.0.113.9"));
    }
}
