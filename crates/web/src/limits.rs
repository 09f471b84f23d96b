//! How much one client may ask of what costs work: a bucket that fills with time. No address is kept:
//! a client is a keyed hash that lives in memory, under a key that is drawn at the start.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, Hash, RandomState},
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The most clients that are remembered; beyond, those with the fullest buckets are forgotten.
const CLIENTS: usize = 50_000;

/// How much is allowed.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// At once.
    pub burst: u32,
    /// Time after which one more is allowed.
    pub every: Duration,
}

/// A limit per client on one kind of request.
#[derive(Debug)]
pub struct Limit {
    allowance: Allowance,
    key: RandomState,
    /// When a client's bucket will be full again.
    full_at: Mutex<HashMap<u64, Instant>>,
}

impl Limit {
    /// A limit. Its key is fresh: nobody can tell an address from what it keeps.
    #[must_use]
    pub fn new(allowance: Allowance) -> Self {
        Self { allowance, key: RandomState::new(), full_at: Mutex::default() }
    }

    /// Takes one from a client's bucket; how long to wait if it is empty.
    pub fn take(&self, client: IpAddr, now: Instant) -> Result<(), Duration> {
        self.take_by(network(client), now)
    }

    /// The same of whatever the bucket is of, such as a token.
    pub fn take_by(&self, of: impl Hash, now: Instant) -> Result<(), Duration> {
        let client = self.key.hash_one(of);
        let whole = self.allowance.every * self.allowance.burst;
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let before = full_at.get(&client).copied().unwrap_or(now).max(now);
        let after = before + self.allowance.every;
        if after > now + whole {
            return Err((after - now).saturating_sub(whole));
        }
        if full_at.len() >= CLIENTS && !full_at.contains_key(&client) {
            full_at.retain(|_, full| *full > now);
            // A flood of clients: half of them go, so that the table is not swept at each request.
            if full_at.len() >= CLIENTS {
                let mut odd = false;
                full_at.retain(|_, _| {
                    odd = !odd;
                    odd
                });
            }
        }
        full_at.insert(client, after);
        Ok(())
    }
}

/// A household's network: one reader of IPv6 has 2⁶⁴ addresses.
fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(v4) => u128::from(u32::from(v4)),
        IpAddr::V6(v6) => u128::from(v6) >> 64 << 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWANCE: Allowance = Allowance { burst: 3, every: Duration::from_secs(1) };

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_burst_is_allowed_then_one_a_second() {
        let (limit, start) = (Limit::new(ALLOWANCE), Instant::now());
        for _ in 0..3 {
            assert_eq!(limit.take(ip("192.0.2.1"), start), Ok(()));
        }
        assert_eq!(limit.take(ip("192.0.2.1"), start), Err(Duration::from_secs(1)));
        assert_eq!(limit.take(ip("192.0.2.1"), start + Duration::from_secs(1)), Ok(()));
        assert!(limit.take(ip("192.0.2.1"), start + Duration::from_secs(1)).is_err());
        assert_eq!(limit.take(ip("192.0.2.2"), start), Ok(()), "others are not concerned");
    }

    #[test]
    fn a_household_has_one_bucket() {
        let (limit, start) = (Limit::new(ALLOWANCE), Instant::now());
        for n in 0..3 {
            assert_eq!(limit.take(ip(&format!("2001:db8::{n}")), start), Ok(()));
        }
        assert!(limit.take(ip("2001:db8::ffff"), start).is_err());
        assert_eq!(limit.take(ip("2001:db8:0:1::1"), start), Ok(()));
    }

    #[test]
    fn a_flood_of_clients_does_not_fill_the_memory() {
        let (limit, start) = (Limit::new(ALLOWANCE), Instant::now());
        for n in 0..120_000_u32 {
            let _ = limit.take(IpAddr::V4(n.into()), start);
        }
        assert!(limit.full_at.lock().unwrap().len() <= CLIENTS);
    }
}
