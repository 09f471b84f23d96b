//! The life of an article: draft → submitted → approved → scheduled → published → expired or
//! withdrawn; the address that it is found under, and the languages that it is in.

mod address;
mod language;

use serde::{Deserialize, Serialize};

pub use self::{
    address::{RESERVED, SLUG_MAX, is_site_path, is_slug, slug},
    language::{ArticleKind, ContentLang, Texts},
};
use crate::{office::Role, problem::Problem};

/// How far an article has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleStatus {
    /// Being written.
    Draft,
    /// Waits for an editor.
    Submitted,
    /// Waits for a publisher.
    Approved,
    /// Will be published by itself.
    Scheduled,
    /// Anyone may read it.
    Published,
    /// Its time is over; the address says so.
    Expired,
    /// Taken back; the address says so.
    Withdrawn,
}

impl ArticleStatus {
    /// Every status, in the order of life.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Submitted,
        Self::Approved,
        Self::Scheduled,
        Self::Published,
        Self::Expired,
        Self::Withdrawn,
    ];

    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == name)
    }
}

/// What is done with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleAct {
    /// A new revision is saved. Of a published article it is a draft beside it, until it is published.
    Revise,
    /// The writer hands it in.
    Submit,
    /// The editor hands it back, with a reason.
    Return,
    /// The editor approves it.
    Approve,
    /// The publisher sets a time.
    Schedule,
    /// It goes out.
    Publish,
    /// Its time is over.
    Expire,
    /// The publisher takes it back, with a reason.
    Withdraw,
}

impl ArticleAct {
    /// Every act.
    pub const ALL: [Self; 8] = [
        Self::Revise,
        Self::Submit,
        Self::Return,
        Self::Approve,
        Self::Schedule,
        Self::Publish,
        Self::Expire,
        Self::Withdraw,
    ];

    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Revise => "revise",
            Self::Submit => "submit",
            Self::Return => "return",
            Self::Approve => "approve",
            Self::Schedule => "schedule",
            Self::Publish => "publish",
            Self::Expire => "expire",
            Self::Withdraw => "withdraw",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.as_str() == name)
    }

    /// The least role that may do it.
    #[must_use]
    pub fn role(self) -> Role {
        match self {
            Self::Revise | Self::Submit => Role::Writer,
            Self::Return | Self::Approve => Role::Editor,
            Self::Schedule | Self::Publish | Self::Expire | Self::Withdraw => Role::Publisher,
        }
    }

    /// Whether it needs a reason.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Return | Self::Withdraw)
    }
}

/// What an article's status becomes.
///
/// # Errors
/// `article-act-refused`, with the act and the status, as keys of the catalogue.
pub fn next(status: ArticleStatus, act: ArticleAct) -> Result<ArticleStatus, Problem> {
    use ArticleAct as A;
    use ArticleStatus as S;
    let refused =
        || Problem::new("article-act-refused").with("act", act.as_str()).with("status", status.as_str());
    match (act, status) {
        // Whoever changes what was handed in takes it back into their hands.
        (A::Revise, S::Draft | S::Submitted | S::Approved | S::Scheduled | S::Expired | S::Withdrawn) => {
            Ok(S::Draft)
        }
        (A::Submit, S::Draft) => Ok(S::Submitted),
        (A::Return, S::Submitted | S::Approved | S::Scheduled) => Ok(S::Draft),
        (A::Approve, S::Submitted) => Ok(S::Approved),
        (A::Schedule, S::Approved | S::Scheduled) => Ok(S::Scheduled),
        // What is out stays out while a newer revision is written, and is published again with it.
        (A::Revise, S::Published) | (A::Publish, S::Approved | S::Scheduled | S::Published) => {
            Ok(S::Published)
        }
        (A::Expire, S::Published) => Ok(S::Expired),
        (A::Withdraw, S::Scheduled | S::Published | S::Expired) => Ok(S::Withdrawn),
        _ => Err(refused()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_goes_from_draft_to_page_through_three_hands() {
        let mut status = ArticleStatus::Draft;
        for act in [ArticleAct::Submit, ArticleAct::Approve, ArticleAct::Schedule, ArticleAct::Publish] {
            status = next(status, act).unwrap();
        }
        assert_eq!(status, ArticleStatus::Published);
        assert_eq!(next(status, ArticleAct::Revise), Ok(ArticleStatus::Published));
        assert_eq!(next(status, ArticleAct::Expire), Ok(ArticleStatus::Expired));
    }

    #[test]
    fn what_is_out_cannot_be_submitted_and_a_draft_cannot_go_out() {
        assert!(next(ArticleStatus::Published, ArticleAct::Submit).is_err());
        for act in [ArticleAct::Publish, ArticleAct::Schedule, ArticleAct::Approve, ArticleAct::Withdraw] {
            assert!(next(ArticleStatus::Draft, act).is_err(), "{act:?}");
        }
    }

    #[test]
    fn a_change_after_approval_must_be_approved_again() {
        for status in [ArticleStatus::Submitted, ArticleStatus::Approved, ArticleStatus::Scheduled] {
            assert_eq!(next(status, ArticleAct::Revise), Ok(ArticleStatus::Draft));
        }
    }
}
