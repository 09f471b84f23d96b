//! Search: the form, the results page by page, and where nothing is found, ways on.

use askama::Template;
use axum::{
    extract::{Request, State},
    http::{Extensions, HeaderMap, HeaderValue, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use nhipcau_actions::{
    ActionError, press,
    search::{self, Found, Hit, ItemKind, Part, Query},
};
use nhipcau_domain::{Date, problem::Problem};
use nhipcau_messages::sentence;

use crate::{
    failure::Failure,
    page::{Page, Section},
    reader::Reader,
    reading::html,
    routes,
    site::{
        making::content_lang,
        views::{Link, Paging},
    },
    state::PortalState,
};

/// The kind's parameter.
const KIND: &str = "loai";
/// The column's parameter.
const COLUMN: &str = "chuyen-muc";
/// The first day's parameter.
const FROM: &str = "tu";
/// The last day's parameter.
const UNTIL: &str = "den";

/// The kinds, as addresses have them, and their words in the catalogue.
const KINDS: [(ItemKind, &str, &str); 5] = [
    (ItemKind::Article, "bai-viet", "search-kind-article"),
    (ItemKind::Document, "van-ban", "search-kind-document"),
    (ItemKind::Report, "bao-cao", "search-kind-report"),
    (ItemKind::Page, "trang", "search-kind-page"),
    (ItemKind::Column, "chuyen-muc", "search-kind-column"),
];

/// The longest query that is read, in bytes: what a form sends is shorter.
const TYPED_MAX: usize = 2000;

/// A search that a reader made, for whoever keeps what was not found.
#[derive(Debug, Clone, Copy)]
pub struct SearchEvent<'a> {
    /// What was typed.
    pub query: &'a str,
    /// How much was found.
    pub results: u32,
    /// The request's headers.
    pub headers: &'a HeaderMap,
    /// What was put beside the request before it came here, such as whose it is.
    pub extensions: &'a Extensions,
}

/// The results of a search.
#[derive(Debug, Clone, Template)]
#[template(path = "search.html")]
pub struct SearchPage {
    /// What every page carries.
    pub page: Page,
    /// What was typed.
    pub words: String,
    /// The kinds to choose from: value, words, whether it is chosen.
    pub kinds: Vec<(String, String, bool)>,
    /// The columns to choose from.
    pub columns: Vec<(String, String, bool)>,
    /// The first day, as it was typed.
    pub from: String,
    /// The last day, as it was typed.
    pub until: String,
    /// Why there is no answer.
    pub problem: Option<String>,
    /// Whether anything but words was asked for.
    pub filtered: bool,
    /// The same words without filters.
    pub unfiltered: String,
    /// The same words without quotation marks, where there are any.
    pub unquoted: Option<String>,
    /// The results.
    pub results: Vec<ResultView>,
    /// How many there are in all.
    pub total: u32,
    /// What may have been meant, and how much would be found.
    pub meant: Option<(Link, u32)>,
    /// The pages of the results.
    pub paging: Paging,
}

/// A result.
#[derive(Debug, Clone)]
pub struct ResultView {
    /// Its address.
    pub href: String,
    /// Its language, where it is not the page's.
    pub lang: Option<&'static str>,
    /// What it is.
    pub kind: String,
    /// Its title, with what fits marked.
    pub title: Vec<Part>,
    /// A piece of it.
    pub snippet: Vec<Part>,
    /// Its column.
    pub column: Option<Link>,
    /// Its day, and the same for machines.
    pub day: Option<(String, String)>,
}

/// What a reader asked for, as the address has it.
struct Typed<'a> {
    words: &'a str,
    kind: Option<&'a str>,
    column: Option<&'a str>,
    from: Option<&'a str>,
    until: Option<&'a str>,
}

impl<'a> Typed<'a> {
    fn of(reader: &'a Reader) -> Self {
        let words = reader.parameter(routes::QUERY).unwrap_or_default();
        let end = (0..=TYPED_MAX.min(words.len())).rev().find(|at| words.is_char_boundary(*at)).unwrap_or(0);
        Self {
            words: words.get(..end).unwrap_or_default(),
            kind: reader.parameter(KIND),
            column: reader.parameter(COLUMN),
            from: reader.parameter(FROM),
            until: reader.parameter(UNTIL),
        }
    }

    /// The address of a page of the results.
    fn href(&self, page: &Page, words: &str, number: u32) -> String {
        let number = (number > 1).then(|| number.to_string());
        let filters = [(KIND, self.kind), (COLUMN, self.column), (FROM, self.from), (UNTIL, self.until)];
        let all: Vec<_> = [(routes::QUERY, Some(words))]
            .into_iter()
            .chain(filters)
            .chain([(routes::PAGE, number.as_deref())])
            .collect();
        page.to(routes::SEARCH, &all)
    }

    fn query(&self, reader: &Reader, site: &press::Site) -> Result<Query, Problem> {
        let day = |typed: Option<&str>| match typed {
            None => Ok(None),
            Some(found) => {
                let day: Option<Date> = (found.len() == 10).then(|| found.parse().ok()).flatten();
                day.map(Some).ok_or_else(|| Problem::new("search-day-unreadable").with("found", found))
            }
        };
        Ok(Query {
            text: self.words.to_owned(),
            kind: self.kind.and_then(|k| KINDS.iter().find(|(_, name, _)| *name == k)).map(|(k, _, _)| *k),
            column: self.column.and_then(|slug| site.column_by_slug(slug)).map(|c| c.id.clone()),
            from: day(self.from)?,
            until: day(self.until)?,
            page: reader.parameter(routes::PAGE).and_then(|n| n.parse().ok()).unwrap_or(1),
        })
    }
}

/// Shows what was found.
pub async fn show(
    State(state): State<PortalState>,
    reader: Reader,
    request: Request,
) -> Result<Response, Failure> {
    let mut page = Page::new(&reader, Section::Site);
    page.head.noindex = true;
    let site = press::site(&state.workspace).await?;
    let typed = Typed::of(&reader);
    let asked = match typed.query(&reader, &site) {
        Ok(query) => search::search(&state.workspace, &query).await,
        Err(problem) => Err(problem.into()),
    };
    let (found, problem) = match asked {
        Ok(found) => (found, None),
        Err(ActionError::Refused(problem)) => (Found::default(), Some(sentence(page.lang, &problem))),
        Err(error) => return Err(error.into()),
    };
    let none = found.total == 0;
    if problem.is_none() && !typed.words.trim().is_empty() {
        state.searched(&SearchEvent {
            query: typed.words,
            results: found.total,
            headers: request.headers(),
            extensions: request.extensions(),
        });
    }
    let mut answer = html(&view(page, &site, &typed, &found, problem))?.into_response();
    if none {
        // Asked for again it is heard of again.
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(answer)
}

fn view(
    page: Page,
    site: &press::Site,
    typed: &Typed<'_>,
    found: &Found,
    problem: Option<String>,
) -> SearchPage {
    let lang = content_lang(page.lang);
    let kinds =
        KINDS.iter().map(|(_, value, label)| ((*value).to_owned(), page.t(label), typed.kind == Some(value)));
    let shown = site.columns.iter().filter(|c| !c.hidden);
    let columns = shown.map(|c| {
        let indent = "\u{2003}".repeat(usize::try_from(c.depth).unwrap_or(0));
        let name = format!("{indent}{}", c.names.get(lang));
        (c.slug.clone(), name, typed.column == Some(c.slug.as_str()))
    });
    let quoted = ['"', '“', '”', '„', '«', '»'];
    let unquoted = typed.words.contains(quoted).then(|| typed.words.replace(quoted, " ").trim().to_owned());
    let meant = found.suggestion.as_ref().map(|s| {
        let href = typed.href(&page, &s.text, 1);
        (Link { name: s.text.clone(), href }, s.total)
    });
    SearchPage {
        kinds: kinds.collect(),
        columns: columns.collect(),
        filtered: [typed.kind, typed.column, typed.from, typed.until].iter().any(Option::is_some),
        unfiltered: page.to(routes::SEARCH, &[(routes::QUERY, Some(typed.words))]),
        unquoted: unquoted.map(|words| typed.href(&page, &words, 1)),
        results: found.hits.iter().map(|hit| result(&page, hit)).collect(),
        total: found.total,
        meant,
        paging: Paging::new(found.page, found.pages, |n| typed.href(&page, typed.words, n)),
        words: typed.words.to_owned(),
        from: typed.from.unwrap_or_default().to_owned(),
        until: typed.until.unwrap_or_default().to_owned(),
        problem,
        page,
    }
}

fn result(page: &Page, hit: &Hit) -> ResultView {
    let lang = content_lang(page.lang);
    let label = KINDS.iter().find(|(kind, _, _)| *kind == hit.kind).map_or("search-kind", |(_, _, l)| *l);
    ResultView {
        href: page.to(&hit.href, &[]),
        lang: (hit.lang != lang).then(|| hit.lang.as_str()),
        kind: page.t(label),
        title: hit.title.clone(),
        snippet: hit.snippet.clone(),
        column: hit
            .column
            .as_ref()
            .map(|c| Link { name: c.names.get(lang).to_owned(), href: page.to(&c.href(), &[]) }),
        day: hit.day.map(|day| (page.date(&day), day.to_string())),
    }
}

impl SearchPage {
    /// The page's title.
    #[must_use]
    pub fn title(&self) -> String {
        if self.words.is_empty() {
            return self.page.t("search-title");
        }
        self.page.say1("search-title-of", "query", &self.words)
    }

    /// What is said of the results as a whole; none where there are none.
    #[must_use]
    pub fn told(&self) -> String {
        match (self.words.is_empty(), self.filtered) {
            (true, false) => self.page.t("search-recent"),
            (true, true) => self.page.say1("search-count", "count", self.total),
            (false, _) => self.page.say2("search-count-of", "count", self.total, "query", &self.words),
        }
    }
}
