//! Where passkeys are good: a host name, and the one origin whose pages may use them.

/// A site. Its keys are bound to the host's name; an address of numbers has no passkeys at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    host: String,
    origin: String,
}

impl Site {
    /// The site at an address, such as `https://caungang.example`. None where browsers have no passkeys: an
    /// IP address, or a connection that is not encrypted and does not stay on the machine (`localhost`).
    #[must_use]
    pub fn of(address: &str) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let authority = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse::<u16>().ok()?)),
            None => (authority.as_str(), None),
        };
        let local = host == "localhost" || host.ends_with(".localhost");
        let usual = match scheme.as_str() {
            "https" => 443,
            "http" if local => 80,
            _ => return None,
        };
        if !is_name(host) {
            return None;
        }
        // Browsers leave the usual port out of an origin.
        let port = port.filter(|p| *p != usual).map(|p| format!(":{p}")).unwrap_or_default();
        Some(Self { host: host.to_owned(), origin: format!("{scheme}://{host}{port}") })
    }

    /// The name that keys are bound to.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The origin whose pages may use them.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether a page that was asked for at this authority (`host`, or `host:port`) is one of its pages.
    #[must_use]
    pub fn is_at(&self, authority: &str) -> bool {
        let own = self.origin.split_once("://").map_or("", |(_, own)| own);
        let bare = |text: &str| {
            let usual = if self.origin.starts_with("https") { ":443" } else { ":80" };
            text.strip_suffix(usual).unwrap_or(text).to_ascii_lowercase()
        };
        bare(authority) == own
    }
}

/// A name of letters, digits and hyphens whose last part is not a number: then it would be an address.
fn is_name(host: &str) -> bool {
    let mut parts = host.split('.');
    let plain = |part: &str| {
        !part.is_empty() && part.len() <= 63 && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let numeric = host.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    host.len() <= 253 && !numeric && parts.all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_a_name_and_an_encrypted_connection_or_is_this_machine() {
        let origin = |address: &str| Site::of(address).map(|s| (s.host, s.origin));
        let is = |host: &str, origin: &str| Some((host.to_owned(), origin.to_owned()));
        assert_eq!(origin("https://CauNgang.example/"), is("caungang.example", "https://caungang.example"));
        assert_eq!(origin("https://a.vn:8443"), is("a.vn", "https://a.vn:8443"));
        assert_eq!(origin("https://a.vn:443/x?y"), is("a.vn", "https://a.vn"));
        assert_eq!(origin("http://localhost:8080"), is("localhost", "http://localhost:8080"));
        for none in [
            "http://caungang.example",
            "https://127.0.0.1:8080",
            "https://203.0.113.9",
            "https://[::1]:443",
            "https://[2001:db8::1]",
            "https://0x7f.1",
            "https://a..vn",
            "https://cầungang.vn",
            "https://user@a.vn",
            "https://a.vn:port",
            "ftp://a.vn",
            "a.vn",
            "",
        ] {
            assert_eq!(origin(none), None, "{none}");
        }
    }

    #[test]
    fn a_page_is_the_sites_if_it_was_asked_for_under_its_name() {
        let site = Site::of("https://a.vn").unwrap();
        for own in ["a.vn", "A.vn", "a.vn:443"] {
            assert!(site.is_at(own), "{own}");
        }
        for other in ["www.a.vn", "a.vn:8443", "127.0.0.1", "", "a.vn.evil"] {
            assert!(!site.is_at(other), "{other}");
        }
        let here = Site::of("http://localhost:8080").unwrap();
        assert!(here.is_at("localhost:8080") && !here.is_at("127.0.0.1:8080") && !here.is_at("localhost"));
    }
}
