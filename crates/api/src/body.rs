//! What is asked and brought: addresses, parameters, JSON, files; all of it NFC, none of it trusted.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Multipart, Path, Query, Request},
    http::{
        HeaderMap, StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use nhipcau_domain::{problem::Problem, text};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{caller::Caller, failure::Failure, state::ApiState};

/// The deepest JSON that is looked through.
const DEPTH: usize = 32;

/// An answer in JSON.
pub(crate) struct Answer<T>(pub T);

/// An answer, or why there is none.
pub(crate) type Result<T> = std::result::Result<Answer<T>, Failure>;

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => ([(CONTENT_TYPE, "application/json")], bytes).into_response(),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                Failure::internal().into_response()
            }
        }
    }
}

/// A file as an answer.
pub(crate) fn file(kind: &str, name: &str, bytes: Vec<u8>) -> Response {
    let encoded = name.bytes().fold(String::with_capacity(name.len()), |out, b| {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            format!("{out}{}", char::from(b))
        } else {
            format!("{out}%{b:02X}")
        }
    });
    let disposition = format!("attachment; filename*=UTF-8''{encoded}");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// JSON that was brought. Every text in it is NFC afterwards.
pub(crate) struct Brought<T>(pub T);

impl<T: DeserializeOwned> FromRequest<ApiState> for Brought<T> {
    type Rejection = Failure;

    async fn from_request(request: Request<Body>, api: &ApiState) -> std::result::Result<Self, Failure> {
        // Nothing is read for someone without a token.
        let (mut parts, body) = request.into_parts();
        Caller::from_request_parts(&mut parts, api).await?;
        let kind = media_type(&parts.headers);
        if kind != "application/json" {
            return Err(unsupported("application/json"));
        }
        let bytes = Bytes::from_request(Request::from_parts(parts, body), api).await;
        let bytes = bytes.map_err(|e| unreadable(e.status()))?;
        read(&bytes).map(Self)
    }
}

/// Reads JSON; what is wrong with it is told by where it is.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> std::result::Result<T, Failure> {
    let mut value: Value = serde_json::from_slice(bytes)
        .map_err(|error| Failure::bad(Problem::new("api-json-broken").with("detail", error.to_string())))?;
    tidy(&mut value, DEPTH)?;
    serde_json::from_value(value)
        .map_err(|e| Failure::refused(vec![Problem::new("api-body-wrong").with("detail", e.to_string())]))
}

fn tidy(value: &mut Value, depth: usize) -> std::result::Result<(), Failure> {
    let deeper = || depth.checked_sub(1).ok_or_else(|| Failure::bad(Problem::new("api-json-deep")));
    match value {
        Value::String(said) => *said = plain(said)?,
        Value::Array(items) => {
            let depth = deeper()?;
            for item in items {
                tidy(item, depth)?;
            }
        }
        Value::Object(members) => {
            let depth = deeper()?;
            let mut tidied = serde_json::Map::with_capacity(members.len());
            for (name, mut item) in std::mem::take(members) {
                tidy(&mut item, depth)?;
                tidied.insert(plain(&name)?, item);
            }
            *members = tidied;
        }
        _ => {}
    }
    Ok(())
}

/// A text as it is kept: NFC, and without the one character that no database takes.
fn plain(said: &str) -> std::result::Result<String, Failure> {
    if said.contains('\0') {
        return Err(Failure::refused(vec![Problem::new("api-text-nul")]));
    }
    Ok(text::nfc(said))
}

/// Parameters of the address.
pub(crate) struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<ApiState> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> std::result::Result<Self, Failure> {
        let found = Query::<T>::from_request_parts(parts, api).await;
        let wrong = |detail: String| Failure::bad(Problem::new("api-parameter-wrong").with("detail", detail));
        found.map(|Query(found)| Self(found)).map_err(|e| wrong(e.body_text()))
    }
}

/// Parts of the address: one that cannot be read names nothing.
pub(crate) struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<ApiState> for At<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> std::result::Result<Self, Failure> {
        // Who may not ask is told so before anything else.
        let found = Path::<T>::from_request_parts(parts, api).await;
        found.map(|Path(found)| Self(found)).map_err(|_| Failure::not_found())
    }
}

/// One file that was brought, with the fields beside it.
pub(crate) struct File {
    pub name: String,
    pub bytes: Vec<u8>,
    pub fields: Vec<(String, String)>,
}

impl File {
    /// A field beside the file; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }
}

impl FromRequest<ApiState> for File {
    type Rejection = Failure;

    async fn from_request(request: Request<Body>, api: &ApiState) -> std::result::Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, api).await?;
        if media_type(&parts.headers) != "multipart/form-data" {
            return Err(unsupported("multipart/form-data"));
        }
        api.take_file(caller.bearer.token.id).map_err(Failure::too_much)?;
        let multipart = Multipart::from_request(Request::from_parts(parts, body), api).await;
        let mut multipart = multipart.map_err(|e| unreadable(e.status()))?;
        let mut found = Self { name: String::new(), bytes: Vec::new(), fields: Vec::new() };
        loop {
            let part = match multipart.next_field().await {
                Ok(Some(part)) => part,
                Ok(None) => break,
                Err(e) => return Err(unreadable(e.status())),
            };
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|e| unreadable(e.status()))?;
            match file {
                Some(file) if name == "file" => (found.name, found.bytes) = (plain(&file)?, bytes.into()),
                _ if found.fields.len() >= 20 => return Err(unreadable(StatusCode::BAD_REQUEST)),
                _ => found.fields.push((name, plain(&String::from_utf8_lossy(&bytes))?)),
            }
        }
        if found.name.is_empty() {
            return Err(Failure::refused(vec![Problem::new("api-no-file")]));
        }
        Ok(found)
    }
}

fn media_type(headers: &HeaderMap) -> String {
    let kind = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

fn unsupported(expected: &'static str) -> Failure {
    let problem = Problem::new("api-media-type").with("expected", expected);
    Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, problem)
}

pub(crate) fn unreadable(status: StatusCode) -> Failure {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Failure::new(status, Problem::new("api-too-large"));
    }
    Failure::bad(Problem::new("api-body-unreadable"))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        said: String,
    }

    fn refused(bytes: &[u8]) -> (u16, String) {
        let failure = read::<Sample>(bytes).unwrap_err();
        (failure.status.as_u16(), failure.problems[0].id.clone())
    }

    #[test]
    fn texts_are_nfc_and_what_is_wrong_is_told() {
        let said = |said: &str| Sample { said: said.to_owned() };
        assert_eq!(read::<Sample>("{\"said\":\"e\u{302}\"}".as_bytes()).unwrap(), said("ê"));
        assert_eq!(refused(b"{\"said\":"), (400, "api-json-broken".to_owned()));
        assert_eq!(refused(b"{\"said\":1}"), (422, "api-body-wrong".to_owned()));
        assert_eq!(refused(b"{\"said\":\"a\",\"more\":1}"), (422, "api-body-wrong".to_owned()));
        assert_eq!(refused(b"{\"said\":\"\\u0000\"}"), (422, "api-text-nul".to_owned()));
        assert_eq!(refused(b"\xff\xfe"), (400, "api-json-broken".to_owned()));
        let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
        assert_eq!(refused(deep.as_bytes()), (400, "api-json-deep".to_owned()));
        let deeper = "[".repeat(100_000);
        assert_eq!(refused(deeper.as_bytes()).0, 400);
    }
}
