//! What pages are drawn with, served from the program. A name holds a hash of the content, so that
//! browsers may keep it for good.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};

use crate::{failure::Failure, routes};

/// A file under the name of its content.
pub(crate) struct Asset {
    pub name: String,
    media_type: &'static str,
    body: &'static str,
}

impl Asset {
    fn new(stem: &str, ending: &str, media_type: &'static str, body: &'static str) -> Self {
        let hash = Sha256::digest(body.as_bytes());
        let short = hash.iter().take(6).fold(0_u64, |short, byte| (short << 8) | u64::from(*byte));
        Self { name: format!("{stem}-{short:012x}.{ending}"), media_type, body }
    }

    pub fn body(&self) -> &'static str {
        self.body
    }

    pub fn href(&self) -> String {
        routes::asset(&self.name)
    }
}

/// The one stylesheet.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("nhip-cau", "css", "text/css; charset=utf-8", include_str!("../assets/nhip-cau.css"))
});

/// The icon: a span of a bridge.
pub(crate) static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("nhip-cau", "svg", "image/svg+xml", include_str!("../assets/nhip-cau.svg")));

/// Keeps reading aids in the browser.
pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("nhip-cau", "js", "text/javascript; charset=utf-8", include_str!("../assets/nhip-cau.js"))
});

/// Everything that pages are drawn with.
pub(crate) fn all() -> [&'static Asset; 3] {
    [&STYLE, &ICON, &SCRIPT]
}

/// Serves one of them.
pub(crate) async fn show(Path(name): Path<String>) -> Result<Response, Failure> {
    let asset = all().into_iter().find(|a| a.name == name).ok_or(Failure::NotFound)?;
    let headers = [(CONTENT_TYPE, asset.media_type), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.body).into_response())
}
