//! Another's sign-in service, by `OpenID Connect`: the authorization code flow with PKCE, as a client that an
//! operator registered there. It sends people to the service, and learns who they are from what the service
//! signs. It keeps the libraries for this, and the one client that fetches, out of the other crates.
//!
//! What is fetched is the service's alone: its description, its keys, and a token for a code, at addresses
//! that the operator named or the service's own description names, over TLS. Nothing that a reader types is
//! ever fetched. Clock and random are handed in. Every call waits for the network and may take
//! [`PATIENCE`]: it belongs on a thread that may wait.

mod fetch;
mod provider;

use std::time::Duration;

pub use self::provider::{Provider, Secrets, Subject};

/// The longest that one answer of the service is waited for.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A service, and what this site is to it.
#[derive(Clone, Default)]
pub struct Config {
    /// The service's address, exactly as it names itself: `https://…`; `http` on this machine only.
    pub issuer: String,
    /// What this site is called there.
    pub client_id: String,
    /// The secret by which this site proves that it is that; a public client has none.
    pub client_secret: Option<String>,
    /// Where the service sends people back to, exactly as it is registered there.
    pub redirect: String,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// The authorities whose certificates are believed, in PEM; none is the usual ones.
    pub authorities: Option<Vec<u8>>,
    /// What the service says (`amr` or `acr`) where it took two factors; empty believes it nothing.
    pub two_factors: Vec<String>,
}

/// Without the secret: it may end up in a log.
impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Why somebody cannot be sent to the service, or is not who it says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SsoError {
    /// What the operator configured cannot be.
    #[error("{0}")]
    Config(String),
    /// The service does not answer, or not as it should.
    #[error("the sign-in service does not answer: {0}")]
    Down(String),
    /// The service's word is not believed.
    #[error("the sign-in service's word is not believed: {0}")]
    Unbelieved(String),
}
