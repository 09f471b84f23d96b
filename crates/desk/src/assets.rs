//! What the desk is drawn with, under names of their content, so that browsers may keep them for good.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
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

pub(crate) async fn show(Path(name): Path<String>) -> Result<Response, Failure> {
    let asset = [&*STYLE, &*EDITOR].into_iter().find(|a| a.name == name).ok_or(Failure::NotFound)?;
    let headers = [(CONTENT_TYPE, asset.media_type), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.body).into_response())
}
