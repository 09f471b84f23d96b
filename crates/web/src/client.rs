//! Whose request it is: the peer's address, or the one that a trusted proxy forwarded.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName};
use ipnet::IpNet;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The most hops that are looked at: a longer list is somebody's game.
const HOPS: usize = 32;

/// The address that a request came from. Used while it is answered, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The reader's address.
    pub address: IpAddr,
    /// Whether the reader's connection is encrypted.
    pub secure: bool,
}

/// Proxies whose word is taken.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    /// Trusts these networks.
    #[must_use]
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|net| net.contains(&address))
    }

    /// Who asks. Forwarded addresses are read from the right, and only past trusted proxies: what
    /// stands to the left of the first stranger was written by the stranger.
    #[must_use]
    pub fn client(&self, peer: IpAddr, encrypted: bool, headers: &HeaderMap) -> Client {
        let direct = Client { address: peer.to_canonical(), secure: encrypted };
        if self.0.is_empty() || !self.trusts(peer) {
            return direct;
        }
        let hops = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .rev()
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.rsplit(','))
            .take(HOPS);
        let mut address = direct.address;
        for hop in hops {
            let Some(hop) = parse(hop) else { break };
            address = hop.to_canonical();
            if !self.trusts(address) {
                break;
            }
        }
        let secure = headers
            .get(FORWARDED_PROTO)
            .and_then(|v| v.to_str().ok())
            .map_or(encrypted, |scheme| scheme.eq_ignore_ascii_case("https"));
        Client { address, secure }
    }
}

/// An address, with or without brackets and port.
fn parse(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    hop.parse()
        .ok()
        .or_else(|| hop.parse::<std::net::SocketAddr>().ok().map(|a| a.ip()))
        .or_else(|| hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, forwarded: &[&str]) -> String {
        let proxies = Proxies::new(vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]);
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        proxies.client(peer.parse().unwrap(), false, &headers).address.to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(asked("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
    }

    #[test]
    fn a_trusted_proxy_is_and_what_the_reader_wrote_before_it_is_not() {
        assert_eq!(asked("10.0.0.2", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(asked("10.0.0.2", &["8.8.8.8, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(asked("10.0.0.2", &["8.8.8.8", "198.51.100.1, 10.0.0.7"]), "198.51.100.1");
        assert_eq!(asked("::1", &["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(asked("::ffff:10.0.0.2", &["198.51.100.1"]), "198.51.100.1");
    }

    #[test]
    fn what_is_no_address_ends_the_reading() {
        assert_eq!(asked("10.0.0.2", &["unknown"]), "10.0.0.2");
        assert_eq!(asked("10.0.0.2", &["8.8.8.8, <script>, 10.0.0.7"]), "10.0.0.7");
    }

    #[test]
    fn encryption_is_the_proxys_word_where_it_is_trusted() {
        let proxies = Proxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED_PROTO, "https".parse().unwrap());
        assert!(proxies.client("10.0.0.1".parse().unwrap(), false, &headers).secure);
        assert!(!proxies.client("192.0.2.1".parse().unwrap(), false, &headers).secure);
    }
}
