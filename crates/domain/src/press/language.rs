//! The languages that the site's content is in, and names in each of them.

use serde::{Deserialize, Serialize};

/// A language of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContentLang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
    /// Khmer.
    Km,
}

impl ContentLang {
    /// Every language, Vietnamese first.
    pub const ALL: [Self; 3] = [Self::Vi, Self::En, Self::Km];

    /// Its code (BCP 47), as it is stored and as `lang` attributes have it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Km => "km",
        }
    }

    /// Reads the code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.as_str() == code)
    }
}

/// What an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArticleKind {
    /// News, in a column.
    #[default]
    Article,
    /// A static page, in no column.
    Page,
}

impl ArticleKind {
    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Page => "page",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Article, Self::Page].into_iter().find(|k| k.as_str() == name)
    }
}

/// A short text in each language; Vietnamese stands in where one is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Texts {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
    /// In Khmer.
    pub km: String,
}

impl Texts {
    /// In Vietnamese only.
    #[must_use]
    pub fn vi(text: &str) -> Self {
        Self { vi: text.to_owned(), ..Self::default() }
    }

    /// In a language, or in Vietnamese where that one is empty.
    #[must_use]
    pub fn get(&self, lang: ContentLang) -> &str {
        let text = match lang {
            ContentLang::Vi => &self.vi,
            ContentLang::En => &self.en,
            ContentLang::Km => &self.km,
        };
        if text.is_empty() { &self.vi } else { text }
    }

    /// Whether it says nothing in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        ContentLang::ALL.iter().all(|lang| self.get(*lang).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_stands_in_for_a_language_that_is_missing() {
        let name = Texts { en: "News".to_owned(), ..Texts::vi("Tin tức") };
        assert_eq!(ContentLang::ALL.map(|lang| name.get(lang)), ["Tin tức", "News", "Tin tức"]);
        assert!(Texts::default().is_empty());
    }
}
