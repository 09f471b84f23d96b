//! What a file is, by its first bytes: names and declared types are not believed.

use nhipcau_domain::problem::Problem;

/// A kind of picture that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A photo, as a rule.
    Jpeg,
    /// A drawing or a screenshot, as a rule.
    Png,
    /// Either.
    Webp,
    /// A drawing; its first frame is taken.
    Gif,
    /// A photo of an iPhone.
    Heic,
}

impl Kind {
    /// Its media type.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Heic => "image/heic",
        }
    }

    /// Reads the first bytes.
    ///
    /// # Errors
    /// `picture-…`: what it is instead, and what to do.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, Problem> {
        let at = |from: usize, what: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(what));
        if at(0, b"\xff\xd8\xff") {
            return Ok(Self::Jpeg);
        }
        if at(0, b"\x89PNG\r\n\x1a\n") {
            return Ok(Self::Png);
        }
        if at(0, b"RIFF") && at(8, b"WEBP") {
            return Ok(Self::Webp);
        }
        if at(0, b"GIF87a") || at(0, b"GIF89a") {
            return Ok(Self::Gif);
        }
        let brand = |name: &&[u8]| at(4, b"ftyp") && at(8, name);
        if [&b"avif"[..], b"avis"].iter().any(brand) {
            return Err(Problem::new("picture-avif"));
        }
        if [&b"hei"[..], b"hev", b"mif1", b"msf1"].iter().any(brand) {
            return Ok(Self::Heic);
        }
        let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
        let text = String::from_utf8_lossy(start).to_ascii_lowercase();
        // UTF-16 hides a tag from a simple look, and gzip a whole drawing.
        let text = text.replace('\0', "");
        if text.contains("<svg") || text.contains("<!doctype svg") || text.trim_start().starts_with("<?xml") {
            return Err(Problem::new("picture-svg"));
        }
        if bytes.is_empty() {
            return Err(Problem::new("picture-empty"));
        }
        Err(Problem::new("picture-kind-unknown"))
    }

    /// Whether it moves: only its first frame is taken.
    pub(crate) fn moves(self, bytes: &[u8]) -> bool {
        let count = |what: &[u8]| bytes.windows(what.len()).filter(|w| *w == what).take(2).count();
        match self {
            Self::Jpeg | Self::Heic => false,
            Self::Png => {
                bytes.get(..bytes.len().min(1 << 16)).is_some_and(|b| b.windows(4).any(|w| w == b"acTL"))
            }
            // Bit 1 of the flags of an extended file.
            Self::Webp => {
                bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 2 != 0)
            }
            Self::Gif => count(b"\x21\xf9\x04") > 1,
        }
    }
}
