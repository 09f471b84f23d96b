//! A picture that was sent, made into what is kept of it. Blocking.

use nhipcau_actions::{access::hex, press::NewPicture};
use nhipcau_domain::problem::Problem;
use nhipcau_pictures::Limits;
use nhipcau_store::site::NewRendition;
use sha2::{Digest as _, Sha256};

/// Decodes a picture within bounds and writes it anew in every size.
pub(crate) fn take(name: &str, bytes: &[u8], alt: &str) -> Result<NewPicture, Problem> {
    let taken = nhipcau_pictures::take(bytes, &Limits::default())?;
    let mut renditions: Vec<NewRendition> = taken
        .outputs()?
        .into_iter()
        .map(|o| NewRendition {
            name: format!("{}.{}", o.width, o.format.extension()),
            media_type: o.format.mime().to_owned(),
            sha256: hex(&Sha256::digest(&o.bytes)),
            width: o.width,
            height: o.height,
            bytes: o.bytes,
        })
        .collect();
    // The smallest first, as whoever shows them expects.
    renditions.sort_by_key(|r| r.width);
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let media_type = renditions.last().map(|r| r.media_type.clone()).unwrap_or_default();
    Ok(NewPicture {
        name: stem.chars().take(150).collect(),
        media_type,
        sha256: hex(&Sha256::digest(bytes)),
        width: taken.width(),
        height: taken.height(),
        alt: alt.to_owned(),
        caption: String::new(),
        credit: String::new(),
        renditions,
    })
}
