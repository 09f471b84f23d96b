//! Who reads: in which language, for which audience, and what the address asks for.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRequestParts, Query},
    http::{HeaderMap, Uri, header::COOKIE, request::Parts},
};
use nhipcau_actions::basis::TreeDay;
use nhipcau_domain::{Date, disclosure::Audience, problem::Problem};
use nhipcau_messages::Lang;

use crate::{
    routes,
    site::{aids::Aids, frame::Frame},
};

/// The cookie of a reviewer's session; public readers never get one.
pub const COOKIE_NAME: &str = "nhip-cau-tham-dinh";

/// Who reads, and what the address asks for.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The language.
    pub lang: Lang,
    /// For whom numbers are shown.
    pub audience: Audience,
    /// What stands around every page.
    pub frame: Arc<Frame>,
    /// The reading aids that are on.
    pub aids: Aids,
    path: String,
    parameters: Vec<(String, String)>,
}

impl Reader {
    /// Reads a request's address; the audience is the public's until a session says otherwise.
    pub(crate) fn of(uri: &Uri) -> Result<Self, Problem> {
        let query = Query::<Vec<(String, String)>>::try_from_uri(uri);
        let Query(parameters) = query.map_err(|_| Problem::new("portal-query-unreadable"))?;
        let mut reader = Self { parameters, path: uri.path().to_owned(), ..Self::default() };
        if let Some(found) = reader.parameter(routes::LANG) {
            let unknown = || Problem::new("portal-language-unknown").with("found", found);
            reader.lang = Lang::of_page(found).ok_or_else(unknown)?;
        }
        reader.aids = Aids::of(|name| reader.parameter(name));
        Ok(reader)
    }

    /// A parameter of the address; an empty one is as good as none.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str()).filter(|v| !v.is_empty())
    }

    /// Whether raw counts are shown.
    #[must_use]
    pub fn is_reviewer(&self) -> bool {
        self.audience == Audience::Reviewer
    }

    /// The day that the address asks for.
    pub fn day(&self) -> Result<Option<Date>, Problem> {
        let Some(found) = self.parameter(routes::DAY) else { return Ok(None) };
        let day =
            parse_day(found).ok_or_else(|| Problem::new("portal-day-unreadable").with("found", found))?;
        Ok(Some(day))
    }

    /// The tree that the address asks for.
    pub fn tree(&self, today: Date) -> Result<TreeDay, Problem> {
        match self.parameter(routes::TREE_DAY) {
            None | Some(routes::TREE_THEN) => Ok(TreeDay::Then),
            Some(routes::TREE_NOW) => Ok(TreeDay::On(today)),
            Some(found) => {
                let day = parse_day(found);
                let unreadable = || Problem::new("portal-tree-unreadable").with("found", found);
                day.map(TreeDay::On).ok_or_else(unreadable)
            }
        }
    }

    /// The path of the address.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The address without language, reading aids and the reviewer's token: safe to write down.
    #[must_use]
    pub fn address(&self) -> String {
        let kept =
            self.parameters.iter().filter(|(n, _)| n != routes::LANG && n != routes::TOKEN && !Aids::owns(n));
        let kept: Vec<(&str, Option<&str>)> = kept
            .map(|(n, v)| (n.as_str(), Some(v.as_str())))
            .filter(|(n, _)| routes::encode(n) == *n)
            .collect();
        routes::with(&self.path, &kept)
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            lang: Lang::default(),
            audience: Audience::Public,
            frame: Arc::default(),
            aids: Aids::default(),
            path: "/".to_owned(),
            parameters: Vec::new(),
        }
    }
}

/// A day as `YYYY-MM-DD`, of an age that a tree can have.
fn parse_day(text: &str) -> Option<Date> {
    let day: Date = (text.len() == 10).then(|| text.parse().ok())??;
    (1900..=2200).contains(&day.year()).then_some(day)
}

/// The secret of a reviewer's session, if the request brings one.
pub(crate) fn session(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE_NAME).map(|(_, value)| value.to_owned())
}

/// The layer that dresses every answer has put it there.
impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}
