//! Compressing what is made for one reader: quickly, once, as it is answered.
//!
//! A page that holds secrets (a token, raw counts) and is compressed tells by its length whether a text
//! that somebody else put into it stands there already (BREACH). So it is compressed only where the
//! browser says that no other site had a hand in the request: `Sec-Fetch-Site` is `same-origin`, or `none`
//! for an address that was typed. Browsers that do not say get it as it is.

use std::io::Write as _;

use axum::http::HeaderMap;
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

/// Below this, a packet is sent in any case.
const WORTH: usize = 1024;
/// Above this, it is done where it holds nobody else up.
const LONG: usize = 128 << 10;

/// Whether nobody but the reader's own pages, or the reader, asked.
pub(crate) fn is_own(asked: &HeaderMap) -> bool {
    let site = asked.get("sec-fetch-site").map(axum::http::HeaderValue::as_bytes);
    matches!(site, Some(b"same-origin" | b"none"))
}

/// The text in gzip; none where that gains nothing.
pub(crate) async fn gzip(text: Bytes) -> Option<Bytes> {
    if text.len() < WORTH {
        return None;
    }
    if text.len() < LONG {
        return packed(&text);
    }
    tokio::task::spawn_blocking(move || packed(&text)).await.ok().flatten()
}

fn packed(text: &[u8]) -> Option<Bytes> {
    let mut out = GzEncoder::new(Vec::with_capacity(text.len() / 4 + 64), Compression::new(5));
    out.write_all(text).ok()?;
    let out = out.finish().ok()?;
    (out.len() < text.len()).then(|| out.into())
}
