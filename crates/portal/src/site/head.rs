//! What a page says of itself to machines: canonical address, languages, feeds, `OpenGraph`, JSON-LD.

use askama::filters::HtmlSafe;

/// A page's head, beyond its title.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// In a sentence or two.
    pub description: String,
    /// The page's one true address, absolute; empty for pages that nobody needs to find.
    pub canonical: String,
    /// The same in other languages: code and absolute address; `x-default` among them.
    pub alternates: Vec<(&'static str, String)>,
    /// Feeds: title and path.
    pub feeds: Vec<Feed>,
    /// The page before and the page after this one, where a list goes on.
    pub turns: Vec<(&'static str, String)>,
    /// What an article says of itself.
    pub article: Option<ArticleHead>,
    /// Whether search engines should leave it out.
    pub noindex: bool,
    /// JSON-LD, ready to stand in a script element.
    pub json_ld: Vec<JsonLd>,
}

/// A feed that a page announces.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Its media type.
    pub media_type: &'static str,
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
}

/// What an article says of itself.
#[derive(Debug, Clone, Default)]
pub struct ArticleHead {
    /// Its title.
    pub title: String,
    /// When it went out (RFC 3339).
    pub published: String,
    /// When it was last changed (RFC 3339); empty if never.
    pub modified: String,
    /// Whose it is.
    pub author: String,
    /// Its column.
    pub section: String,
    /// Its cover: absolute address, width, height, words for who cannot see it.
    pub image: Option<(String, u32, u32, String)>,
}

/// JSON that may stand in a script element: nothing in it can end the element.
#[derive(Debug, Clone)]
pub struct JsonLd(String);

impl JsonLd {
    /// Escapes what HTML would read: in JSON, `<` stands in strings only.
    #[must_use]
    pub fn new(json: &serde_json::Value) -> Self {
        Self(json.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
    }
}

impl std::fmt::Display for JsonLd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for JsonLd {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_ends_the_script_element() {
        let hostile = "</script><script>alert(1)</script><!-- & \u{2028}";
        let told = JsonLd::new(&serde_json::json!({ "headline": hostile })).to_string();
        assert!(!told.contains('<') && !told.contains('>'), "{told}");
        let read: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(read["headline"], hostile);
    }
}
