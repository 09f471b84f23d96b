//! Who asks: by which token, in which language, from where.

use std::net::{IpAddr, Ipv4Addr};

use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{
        HeaderMap, StatusCode,
        header::{ACCEPT_LANGUAGE, AUTHORIZATION},
        request::Parts,
    },
};
use nhipcau_actions::{
    access,
    accounts::{self, Bearer},
    powers::{Kind, Over},
};
use nhipcau_domain::problem::Problem;
use nhipcau_messages::Lang;
use nhipcau_web::client::Client;

use crate::{failure::Failure, state::ApiState};

/// The longest address that is put on record, in characters.
const ADDRESS: usize = 400;

/// Whoever asks by a token.
#[derive(Clone)]
pub(crate) struct Caller {
    pub bearer: Bearer,
    pub lang: Lang,
    address: String,
}

impl Caller {
    /// A power of the office's, as far as the token lends it.
    pub fn over<K: Kind>(&self, api: &ApiState) -> Result<Over<K>, Failure> {
        Ok(self.bearer.over(api.ws())?)
    }

    /// In whose name: the holder, and by which token.
    pub fn holder(&self) -> &str {
        &self.bearer.holder
    }

    /// Puts on record that the office looked at raw counts of others, before it sees them.
    pub async fn looked(&self, api: &ApiState) -> Result<(), Failure> {
        Ok(access::log_office_view(api.ws(), &self.address, self.bearer.office()).await?)
    }

    /// The same for what a program that listens asks for again and again: on record once an hour.
    pub async fn looked_anew(&self, api: &ApiState) -> Result<(), Failure> {
        Ok(access::log_office_view_anew(api.ws(), &self.address, self.bearer.office()).await?)
    }

    /// The same, with what was asked for where the address does not say it.
    pub async fn looked_at(&self, api: &ApiState, query: &str) -> Result<(), Failure> {
        let sign = if self.address.contains('?') { '&' } else { '?' };
        let what: String = format!("{}{sign}{query}", self.address).chars().take(ADDRESS).collect();
        Ok(access::log_office_view(api.ws(), &what, self.bearer.office()).await?)
    }
}

/// The language that is asked for: Vietnamese, unless English is wanted more.
pub(crate) fn language(headers: &HeaderMap) -> Lang {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let mut best = (Lang::Vi, 0);
    for part in asked.split(',').take(20) {
        let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        let lang = match tag.trim().get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("vi") => Lang::Vi,
            Some("en") => Lang::En,
            _ => continue,
        };
        // Weights have three decimals at most (RFC 9110): whole thousandths say them exactly.
        let (whole, cut) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
        let decimals: String = cut.chars().chain("000".chars()).take(3).collect();
        let weight = whole.parse::<u32>().unwrap_or(0).min(1) * 1000 + decimals.parse::<u32>().unwrap_or(0);
        if weight > best.1 {
            best = (lang, weight);
        }
    }
    best.0
}

/// From where it is asked; of nowhere in tests.
pub(crate) fn client(extensions: &axum::http::Extensions) -> IpAddr {
    extensions.get::<Client>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.address)
}

fn secret(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

impl FromRequestParts<ApiState> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, Failure> {
        if let Some(found) = parts.extensions.get::<Self>() {
            return Ok(found.clone());
        }
        let Some(secret) = secret(&parts.headers) else {
            return Err(Failure::new(StatusCode::UNAUTHORIZED, Problem::new("api-no-token")));
        };
        let Some(bearer) = accounts::find_token(api.ws(), secret).await? else {
            api.take_stranger(client(&parts.extensions)).map_err(Failure::too_much)?;
            return Err(Failure::new(StatusCode::UNAUTHORIZED, Problem::new("api-token-refused")));
        };
        api.take_token(bearer.token.id).map_err(Failure::too_much)?;
        let address = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
        let address = address.path_and_query().map_or("/", |a| a.as_str());
        let address = address.chars().take(ADDRESS).collect();
        let caller = Self { bearer, lang: language(&parts.headers), address };
        parts.extensions.insert(caller.clone());
        Ok(caller)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_spoken_where_it_is_wanted_more() {
        let lang = |asked: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, asked.parse().unwrap());
            language(&headers)
        };
        for asked in ["", "vi", "fr", "vi,en", "en;q=0.8, vi", "en;q=0", "*", "é", "en;q=x"] {
            assert_eq!(lang(asked), Lang::Vi, "{asked}");
        }
        for asked in ["en", "en-GB,vi;q=0.9", "fr, en;q=0.5", "vi;q=0.25,en;q=0.251"] {
            assert_eq!(lang(asked), Lang::En, "{asked}");
        }
    }
}
