//! What the desk is drawn with, under names of their content, so that browsers may keep them for good.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{
        HeaderMap, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    },
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};

use crate::failure::Failure;

pub(crate) struct Asset {
    name: String,
    media_type: &'static str,
    body: &'static str,
}

impl Asset {
    fn new(stem: &str, ending: &str, media_type: &'static str, body: &'static str) -> Self {
        let hash = Sha256::digest(body.as_bytes());
        let short = hash.iter().take(6).fold(0_u64, |short, byte| (short << 8) | u64::from(*byte));
        Self { name: format!("{stem}-{short:012x}.{ending}"), media_type, body }
    }

    pub fn href(&self) -> String {
        format!("/lam-viec/giao-dien/{}", self.name)
    }
}

pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("ban-viet", "css", "text/css; charset=utf-8", include_str!("../assets/desk.css"))
});

pub(crate) static EDITOR: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("soan-bai", "js", "text/javascript; charset=utf-8", include_str!("../assets/editor.js"))
});

pub(crate) static RETURNS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("bao-cao", "js", "text/javascript; charset=utf-8", include_str!("../assets/returns.js"))
});

pub(crate) static RETURNS_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("bao-cao", "css", "text/css; charset=utf-8", include_str!("../assets/returns.css"))
});

pub(crate) static KEYS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("khoa", "js", "text/javascript; charset=utf-8", include_str!("../assets/keys.js"))
});

static WORKER: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("sw", "js", "text/javascript; charset=utf-8", include_str!("../assets/sw.js"))
});

/// The worker that keeps the pages of reporting on a device: it has one address, so that it is renewed.
/// Browsers ask for it with every page: they are told that it is the same.
pub(crate) async fn worker(asked: HeaderMap) -> Response {
    let tag = format!("\"{}\"", WORKER.name);
    let known = asked.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let headers = [(CONTENT_TYPE, WORKER.media_type), (CACHE_CONTROL, "no-cache"), (ETAG, tag.as_str())];
    if known.is_some_and(|known| known.trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, WORKER.body).into_response()
}

/// The slips' stylesheet, linked in the browser and written into a file.
pub(crate) const SLIPS_STYLE: &str = include_str!("../assets/slips.css");

pub(crate) static SLIPS: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("phieu", "css", "text/css; charset=utf-8", SLIPS_STYLE));

pub(crate) static REVIEW: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("duyet", "js", "text/javascript; charset=utf-8", include_str!("../assets/review.js"))
});

pub(crate) static REVIEW_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("duyet", "css", "text/css; charset=utf-8", include_str!("../assets/review.css"))
});

pub(crate) static ANALYSIS_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("phan-tich", "css", "text/css; charset=utf-8", include_str!("../assets/analysis.css"))
});

pub(crate) static RESULTS_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("ket-qua", "css", "text/css; charset=utf-8", include_str!("../assets/results.css"))
});

pub(crate) async fn show(Path(name): Path<String>) -> Result<Response, Failure> {
    let all = [
        &*STYLE,
        &*EDITOR,
        &*KEYS,
        &*RETURNS,
        &*RETURNS_STYLE,
        &*SLIPS,
        &*REVIEW,
        &*REVIEW_STYLE,
        &*RESULTS_STYLE,
        &*ANALYSIS_STYLE,
    ];
    let asset = all.into_iter().find(|a| a.name == name).ok_or(Failure::NotFound)?;
    let headers = [(CONTENT_TYPE, asset.media_type), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.body).into_response())
}
