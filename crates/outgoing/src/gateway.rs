//! A gateway to SMS or Zalo: one address, to which each message is posted as JSON, signed.

use std::{fmt, fmt::Write as _, io::ErrorKind, time::Duration};

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use nhipcau_domain::problem::Problem;
use sha2::Sha256;
use ureq::{
    Agent, Error, Timeout,
    http::Uri,
    tls::{Certificate, RootCerts, TlsConfig},
};

use crate::{Answer, Letter, Outcome, is_loopback, wrong};

/// The fewest bytes of a key: what can be guessed signs nothing.
const KEY: usize = 16;
/// How much of an answer is read.
const ANSWER: u64 = 4096;

/// How messages go to a gateway.
#[derive(Clone)]
pub struct GatewayOptions {
    /// Its address: `https://…`; `http://` only on this machine.
    pub url: String,
    /// The key that signs.
    pub key: Vec<u8>,
    /// A certificate (PEM) to be trusted in the place of those that all trust.
    pub trusted: Option<Vec<u8>>,
}

/// A gateway.
pub struct Gateway {
    agent: Agent,
    url: Uri,
    key: Vec<u8>,
}

/// Without its key; an address may have one in it too.
impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").field("host", &self.url.host()).finish_non_exhaustive()
    }
}

impl Gateway {
    /// Reads the options.
    ///
    /// # Errors
    /// A sentence for whoever runs the program: `outgoing-gateway-url`, `outgoing-gateway-unprotected`,
    /// `outgoing-gateway-key`, `outgoing-certificate`.
    pub fn new(options: GatewayOptions) -> Result<Self, Problem> {
        // Neither the sentence nor the log shows the address: there may be a secret in it.
        let url: Uri = options.url.parse().map_err(|_| Problem::new("outgoing-gateway-url"))?;
        let (Some(host), Some(authority)) = (url.host(), url.authority()) else {
            return Err(Problem::new("outgoing-gateway-url"));
        };
        if authority.as_str().contains('@') {
            return Err(Problem::new("outgoing-gateway-url"));
        }
        let protected = match url.scheme_str() {
            Some("https") => true,
            Some("http") if is_loopback(host) => false,
            _ => return Err(wrong("outgoing-gateway-unprotected", host)),
        };
        if options.key.len() < KEY {
            return Err(Problem::new("outgoing-gateway-key").with("least", KEY));
        }
        let mut tls = TlsConfig::builder();
        if let Some(pem) = &options.trusted {
            let certificate = Certificate::from_pem(pem)
                .map_err(|e| Problem::new("outgoing-certificate").with("detail", e.to_string()))?;
            tls = tls.root_certs(RootCerts::new_with_certs(&[certificate]));
        }
        let seconds = |n| Some(Duration::from_secs(n));
        let agent = Agent::config_builder()
            .tls_config(tls.build())
            .https_only(protected)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // No proxy that the environment names: the address is the one that was set.
            .proxy(None)
            // A line that was kept open may be half dead: whether a request got through would be unclear.
            .max_idle_connections(0)
            .max_response_header_size(16 << 10)
            .user_agent("nhipcau")
            .timeout_resolve(seconds(10))
            .timeout_connect(seconds(10))
            .timeout_send_request(seconds(10))
            .timeout_send_body(seconds(10))
            .timeout_recv_response(seconds(20))
            .timeout_recv_body(seconds(5))
            .timeout_global(seconds(60))
            .build()
            .new_agent();
        Ok(Self { agent, url, key: options.key })
    }

    /// Sends one message.
    pub(crate) fn send(&self, letter: &Letter) -> Answer {
        let body = serde_json::json!({
            "id": letter.id,
            "to": letter.to,
            "channel": letter.channel.as_str(),
            "text": letter.text,
        })
        .to_string();
        let posted = self
            .agent
            .post(&self.url)
            .header("content-type", "application/json")
            .header("idempotency-key", letter.id.to_string())
            .header("x-nhipcau-timestamp", letter.at.as_second().to_string())
            .header("x-nhipcau-signature", signature(&self.key, letter.at, &body))
            .send(body.as_bytes());
        match posted {
            Ok(mut response) => {
                let status = response.status().as_u16();
                // The status decides; a body that breaks off takes nothing back.
                let said = response.body_mut().with_config().limit(ANSWER).lossy_utf8(true).read_to_string();
                Answer::new(of_status(status), &format!("{status} {}", said.unwrap_or_default()))
            }
            Err(error) => Answer::new(of_error(&error), &error.to_string()),
        }
    }
}

/// `v1=` and the HMAC-SHA256, in hexadecimal, of the time in seconds, a dot and the body.
#[must_use]
pub fn signature(key: &[u8], at: Timestamp, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    mac.update(format!("{}.{body}", at.as_second()).as_bytes());
    mac.finalize().into_bytes().iter().fold("v1=".to_owned(), |mut out, b| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// What a status says of the message. A proxy that lost the gateway's answer (502, 504) does not know
/// whether the gateway had the message.
fn of_status(status: u16) -> Outcome {
    match status {
        200..=299 => Outcome::Sent,
        502 | 504 => Outcome::Unclear,
        408 | 425 | 429 | 500..=599 => Outcome::Later,
        _ => Outcome::Refused,
    }
}

/// What the system and rustls say of a name that is not found, and of a certificate that is not trusted.
const BEFORE: [&str; 2] = ["failed to lookup address information", "invalid peer certificate"];

/// What a failure says of the message: what happened before the request was on the line may be tried
/// again; all else is unclear.
fn of_error(error: &Error) -> Outcome {
    let refused = [
        ErrorKind::ConnectionRefused,
        ErrorKind::HostUnreachable,
        ErrorKind::NetworkUnreachable,
        ErrorKind::AddrNotAvailable,
    ];
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect)
        | Error::HostNotFound
        | Error::ConnectionFailed
        | Error::RequireHttpsOnly(_)
        | Error::TlsRequired
        | Error::Tls(_)
        | Error::BadUri(_) => Outcome::Later,
        Error::Io(e) if refused.contains(&e.kind()) => Outcome::Later,
        // A name is looked up, and a certificate looked at, before anything is written. There is no kind
        // for either; should the words change, a person is asked.
        Error::Io(e) if BEFORE.iter().any(|words| e.to_string().contains(words)) => Outcome::Later,
        Error::Rustls(e) if e.to_string().contains("invalid peer certificate") => Outcome::Later,
        _ => Outcome::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(url: &str) -> GatewayOptions {
        GatewayOptions { url: url.to_owned(), key: b"0123456789abcdef".to_vec(), trusted: None }
    }

    #[test]
    fn the_address_is_one_that_can_be_trusted_with_a_message() {
        for (url, refusal) in [
            ("https://gateway.example/sms?khoa=abc", None),
            ("http://127.0.0.1:8350/sms", None),
            ("http://localhost/sms", None),
            ("http://gateway.example/sms", Some("outgoing-gateway-unprotected")),
            ("ftp://gateway.example/", Some("outgoing-gateway-unprotected")),
            ("https://ai:mat-khau@gateway.example/", Some("outgoing-gateway-url")),
            ("gateway", Some("outgoing-gateway-unprotected")),
            ("/sms", Some("outgoing-gateway-url")),
            ("", Some("outgoing-gateway-url")),
        ] {
            assert_eq!(Gateway::new(options(url)).err().map(|p| p.id).as_deref(), refusal, "{url}");
        }
        let weak = GatewayOptions { key: b"ngan".to_vec(), ..options("https://gateway.example/") };
        assert_eq!(Gateway::new(weak).unwrap_err().id, "outgoing-gateway-key");
        let gateway = Gateway::new(options("https://gateway.example/sms?khoa=abc")).unwrap();
        assert!(!format!("{gateway:?}").contains("abc"), "{gateway:?}");
    }

    #[test]
    fn a_signature_is_what_the_documentation_says() {
        // printf '%s' '1700000000.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef
        let at = Timestamp::from_second(1_700_000_000).unwrap();
        let signed = signature(b"0123456789abcdef", at, "{\"a\":1}");
        assert_eq!(signed, "v1=9eb18f493f8ec135d9eb2dad817c369bb4e9cbfa818657897a7437c1cd8c3a23");
    }

    #[test]
    fn a_status_says_whether_to_try_again() {
        let of = |outcome| (100..=599).filter(|s| of_status(*s) == outcome).collect::<Vec<_>>();
        assert_eq!(of(Outcome::Unclear), [502, 504]);
        assert!(of(Outcome::Sent).iter().all(|s| s / 100 == 2));
        assert!(of(Outcome::Later).iter().all(|s| s / 100 == 5 || [408, 425, 429].contains(s)));
    }
}
