//! What a text refers to and only the caller knows: figures, pictures, attachments.

/// How a figure is said; the same forms as in a report's template (`docs/report-template.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Form {
    /// As the report says it: "trên 98%".
    #[default]
    Wording,
    /// The number: "1.234"; of a share, whole per cent.
    Value,
    /// Numerator and denominator: "4.712/4.790".
    Fraction,
    /// The exact percentage, cut: "98,3%".
    Percent,
    /// The returns that it rests on: "246/250".
    Coverage,
    /// How many returns are missing.
    Missing,
    /// The target set for it.
    Target,
    /// The same period of the year before.
    Before,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Wording,
        Self::Value,
        Self::Fraction,
        Self::Percent,
        Self::Coverage,
        Self::Missing,
        Self::Target,
        Self::Before,
    ];

    /// As a text writes it after the bar.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Value => "value",
            Self::Fraction => "fraction",
            Self::Percent => "percent",
            Self::Coverage => "coverage",
            Self::Missing => "missing",
            Self::Target => "target",
            Self::Before => "before",
        }
    }

    /// Reads what a text writes after the bar.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == name)
    }
}

/// A figure as the reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bound {
    /// Its words: "trên 98%".
    pub wording: String,
    /// The page that explains it; empty for none.
    pub href: String,
    /// Why it is not told, if small-cell protection withholds it: shown when the pointer rests on it.
    pub protected: Option<String>,
}

/// One size of a picture in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its address on this site: begins with one `/`.
    pub href: String,
    /// Its width in pixels.
    pub width: u32,
    /// Such as `image/webp`.
    pub mime: String,
}

/// A picture with all its sizes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Its sizes. Formats in the order of preference; the last format is the one that every browser reads.
    pub sources: Vec<Source>,
    /// Words for who cannot see it, if the text gives none. Empty for none.
    pub alt: String,
    /// What stands under it, if the text gives nothing. Empty for none.
    pub caption: String,
    /// Who made it. Empty for none.
    pub credit: String,
    /// The original's width in pixels.
    pub width: u32,
    /// The original's height in pixels.
    pub height: u32,
}

/// A file to fetch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachment {
    /// Its address on this site: begins with one `/`.
    pub href: String,
    /// Its name, if the text gives it none.
    pub name: String,
    /// Its type as people say it: "PDF", "Word".
    pub kind: String,
    /// Its size.
    pub bytes: u64,
}

/// What the caller knows.
pub trait Resolve {
    /// A figure in that form; none if there is no such figure, or if it cannot be said so.
    fn figure(&self, key: &str, form: Form) -> Option<Bound>;
    /// The picture of that identifier.
    fn picture(&self, id: &str) -> Option<Picture>;
    /// The attachment of that identifier.
    fn attachment(&self, id: &str) -> Option<Attachment>;
}

/// Knows nothing: for texts that refer to nothing, and for tests.
#[derive(Debug, Clone, Copy, Default)]
pub struct NothingBound;

impl Resolve for NothingBound {
    fn figure(&self, _: &str, _: Form) -> Option<Bound> {
        None
    }

    fn picture(&self, _: &str) -> Option<Picture> {
        None
    }

    fn attachment(&self, _: &str) -> Option<Attachment> {
        None
    }
}
