//! The site's content: columns, articles with their revisions and acts, media, settings, and what
//! readers say. Records only; what may be done, and who may see what, is decided in `actions`.

mod articles;
mod columns;
mod desk;
mod events;
mod figures;
mod listing;
mod media;
mod redirects;
mod revisions;
mod settings;
mod voices;

pub use articles::{ArticleLock, ArticleRecord};
pub use columns::ColumnRecord;
pub use desk::{Autosave, PreviewToken};
pub use events::SiteEvent;
pub use figures::BoundFigure;
pub use listing::{ArticleLine, DeskFilter};
pub use media::{MediaRecord, NewRendition, Rendition, RenditionBytes};
pub use redirects::RedirectRecord;
pub use revisions::{ArticleActRecord, Content, Cover, RevisionRecord, RevisionSummary};
pub use settings::NoticeRecord;
pub use voices::{FeedbackRecord, RatingCount};

/// Every statement of these modules.
pub(crate) const STATEMENTS: [&[&str]; 11] = [
    articles::STATEMENTS,
    columns::STATEMENTS,
    desk::STATEMENTS,
    events::STATEMENTS,
    figures::STATEMENTS,
    listing::STATEMENTS,
    media::STATEMENTS,
    redirects::STATEMENTS,
    revisions::STATEMENTS,
    settings::STATEMENTS,
    voices::STATEMENTS,
];
