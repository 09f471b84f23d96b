//! The client that fetches: bounded in time and size, follows nothing, goes through no proxy, and talks TLS
//! or to this machine.

use std::{net::IpAddr, sync::Arc};

use openidconnect::{HttpRequest, HttpResponse, http::Method, url::Url};
use ureq::{
    Agent,
    tls::{PemItem, RootCerts, TlsConfig, parse_pem},
};

use crate::{PATIENCE, SsoError};

/// The largest answer that is read, in bytes: descriptions have a few thousand.
const LARGEST: u64 = 256 << 10;

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("{0}: neither over TLS nor on this machine")]
    NotAllowed(String),
    #[error(transparent)]
    Http(Box<ureq::Error>),
}

/// A client that believes these authorities, or the usual ones.
pub(crate) fn agent(authorities: Option<&[u8]>) -> Result<Agent, SsoError> {
    let mut tls = TlsConfig::builder();
    if let Some(pem) = authorities {
        let mut found = Vec::new();
        for item in parse_pem(pem) {
            match item {
                Ok(PemItem::Certificate(certificate)) => found.push(certificate),
                Ok(_) => {}
                Err(e) => return Err(SsoError::Config(e.to_string())),
            }
        }
        if found.is_empty() {
            return Err(SsoError::Config("no certificate in it".to_owned()));
        }
        tls = tls.root_certs(RootCerts::Specific(Arc::new(found)));
    }
    let config = Agent::config_builder()
        .tls_config(tls.build())
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        .proxy(None)
        .max_response_header_size(16 << 10)
        .user_agent("nhipcau")
        .build();
    Ok(config.new_agent())
}

/// One request, as the library for the protocol makes it.
pub(crate) fn fetch(agent: &Agent, request: HttpRequest) -> Result<HttpResponse, FetchError> {
    let to = request.uri().to_string();
    if !Url::parse(&to).is_ok_and(|url| is_allowed(&url)) {
        return Err(FetchError::NotAllowed(to));
    }
    let http = |e| FetchError::Http(Box::new(e));
    let answer =
        if request.method() == Method::GET { agent.run(request.map(|_| ())) } else { agent.run(request) };
    let (parts, mut body) = answer.map_err(http)?.into_parts();
    let bytes = body.with_config().limit(LARGEST).read_to_vec().map_err(http)?;
    Ok(HttpResponse::from_parts(parts, bytes))
}

/// Over TLS, or to this machine.
pub(crate) fn is_allowed(url: &Url) -> bool {
    let here = || {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    };
    let plain = url.username().is_empty() && url.password().is_none();
    plain && (url.scheme() == "https" || (url.scheme() == "http" && here()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fetched_goes_over_tls_or_stays_here() {
        let allowed = |url: &str| is_allowed(&Url::parse(url).unwrap());
        for good in ["https://sso.example/x", "http://127.0.0.1:9", "http://[::1]:9/", "http://localhost:9/"]
        {
            assert!(allowed(good), "{good}");
        }
        for bad in [
            "http://sso.example/",
            "http://169.254.169.254/latest",
            "http://localhost.example/",
            "https://a:b@sso.example/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
        ] {
            assert!(!allowed(bad), "{bad}");
        }
    }

    #[test]
    fn authorities_that_are_none_are_said() {
        assert!(matches!(agent(Some(b"khong phai")), Err(SsoError::Config(_))));
        assert!(agent(None).is_ok());
    }
}
