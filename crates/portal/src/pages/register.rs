//! The register of documents: the list with its filters, a document, the feed of new ones.

mod asked;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use nhipcau_actions::{
    press::{self, MediaView, media_href},
    register::{self, Found, Line, Query},
};
use nhipcau_domain::{Date, problem::Problem, register::Validity, text};
use nhipcau_messages::Lang;

use self::asked::{ISSUER, KIND, VALIDITY, YEAR, asked, named, with};
use crate::{
    failure::Failure,
    page::{Page, Section},
    pages::moved,
    reader::Reader,
    reading::html,
    routes,
    site::{
        head::{ArticleHead, Feed},
        making::{content_lang, every_language, in_language, machine},
        views::{Link, Paging},
    },
    state::PortalState,
};

/// How many documents the feed has.
const IN_FEED: u32 = 30;
/// Feeds are asked for often, and may be some minutes old.
const A_WHILE: &str = "public, max-age=300, stale-while-revalidate=3600";

/// The list of documents.
#[derive(Debug, Clone, Template)]
#[template(path = "register.html")]
pub struct RegisterPage {
    /// What every page carries.
    pub page: Page,
    /// What is typed into the form.
    pub words: String,
    /// Its choices.
    pub choices: Vec<Choice>,
    /// The campaign that the list is of; empty for all.
    pub campaign: String,
    /// The list without any filter; none where there is no filter.
    pub clear: Option<String>,
    /// The documents of this page.
    pub lines: Vec<DocumentLine>,
    /// How many there are in all.
    pub total: u32,
    /// The pages of the list.
    pub paging: Paging,
    /// Today: validity is that of this day.
    pub today: Date,
    /// The feed.
    pub feed: String,
}

/// A choice of the form: one select.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The parameter.
    pub name: &'static str,
    /// Its words in the catalogue.
    pub label: &'static str,
    /// Values, words, and whether it is the one that is chosen.
    pub options: Vec<(String, String, bool)>,
}

/// A document in the list.
#[derive(Debug, Clone, Default)]
pub struct DocumentLine {
    /// Its address.
    pub href: String,
    /// Number and symbol.
    pub number: String,
    /// Its type.
    pub kind: String,
    /// Who issued it.
    pub issuer: String,
    /// What it is about.
    pub subject: String,
    /// The day on which it was signed.
    pub signed: String,
    /// The same for machines.
    pub machine_day: String,
    /// The name of its validity in the catalogue.
    pub validity: String,
}

/// A document.
#[derive(Debug, Clone, Template)]
#[template(path = "registered.html")]
pub struct Registered {
    /// What every page carries.
    pub page: Page,
    /// The way back.
    pub trail: Vec<Link>,
    /// What lists show of it.
    pub line: DocumentLine,
    /// Today: validity is that of this day.
    pub today: Date,
    /// The first day in force.
    pub effective: String,
    /// The first day no longer in force.
    pub expires: Option<String>,
    /// To whom it was sent, line by line.
    pub sent_to: Vec<String>,
    /// What it asks for, line by line.
    pub asks: Vec<String>,
    /// By when.
    pub due: Option<String>,
    /// The results of the campaign that it belongs to.
    pub campaign: Option<String>,
    /// What it stands in relation to: the relation's name in the catalogue, and the others.
    pub relations: Vec<(String, Vec<DocumentLine>)>,
    /// Its files.
    pub files: Vec<FileView>,
}

/// A file of a document.
#[derive(Debug, Clone)]
pub struct FileView {
    /// Its name.
    pub name: String,
    /// Its address.
    pub href: String,
    /// Its type, as people call it.
    pub kind: String,
    /// Its size in words.
    pub size: String,
}

/// Lists documents.
pub async fn list(State(state): State<PortalState>, reader: Reader) -> Result<Response, Failure> {
    let mut page = Page::new(&reader, Section::Site);
    let query = asked(&reader)?;
    let number = match reader.parameter(routes::PAGE) {
        None => 1,
        Some(found) => {
            found.parse().map_err(|_| Problem::new("site-list-page-unreadable").with("found", found))?
        }
    };
    let found = register::list(&state.workspace, &query, number).await?;
    let site = press::site(&state.workspace).await?;
    let base = state.base(&site);
    let narrowed = query != Query::default();
    let turned = |n: u32| with(&query, n);
    // Only the whole list is worth finding elsewhere.
    page.head.noindex = narrowed;
    if !narrowed {
        page.head.canonical = format!("{base}{}", in_language(&turned(found.page), page.lang));
        page.head.alternates = every_language(&base, &turned(found.page));
    }
    page.head.description = page.t("register-lead");
    page.head.feeds = vec![feed(&page)];
    let paging = Paging::new(found.page.min(found.pages), found.pages, |n| page.to(&turned(n), &[]));
    let lang = content_lang(page.lang);
    let kinds = found.kinds.iter().map(|k| (k.id.clone(), k.names.get(lang).to_owned()));
    let issuers = found.issuers.iter().map(|i| (i.clone(), i.clone()));
    let years = found.years.iter().map(|y| (y.to_string(), y.to_string()));
    let validities = Validity::ALL.map(|v| (named(v).to_owned(), page.t(&words_of(v))));
    let choices = vec![
        choice(KIND, "register-filter-kind", kinds, &query.kind),
        choice(ISSUER, "register-filter-issuer", issuers, &query.issuer),
        choice(YEAR, "register-filter-year", years, &query.year.map(|y| y.to_string()).unwrap_or_default()),
        choice(
            VALIDITY,
            "register-filter-validity",
            validities.into_iter(),
            query.validity.map(named).unwrap_or_default(),
        ),
    ];
    Ok(html(&RegisterPage {
        words: query.text.clone(),
        choices,
        campaign: query.campaign.clone(),
        clear: narrowed.then(|| page.to(routes::DOCUMENTS, &[])),
        lines: found.lines.iter().map(|l| line(&page, l)).collect(),
        total: found.total,
        paging,
        today: text::local_day(state.workspace.now()),
        feed: page.spoken_in(routes::REGISTER_RSS),
        page,
    })?
    .into_response())
}

/// Shows a document.
pub async fn show(
    State(state): State<PortalState>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    match register::show(&state.workspace, &slug).await? {
        Found::Document(found) => Ok(html(&view(&state, &reader, *found).await?)?.into_response()),
        Found::Moved(to) => Ok(moved::to(&reader, &to)),
        Found::Gone(_) => Err(Failure::Gone),
        Found::Missing => moved::elsewhere(&state, &reader).await,
    }
}

async fn view(
    state: &PortalState,
    reader: &Reader,
    found: register::DocumentPage,
) -> Result<Registered, Failure> {
    let mut page = Page::new(reader, Section::Site);
    let site = press::site(&state.workspace).await?;
    let base = state.base(&site);
    let shown = line(&page, &found.line);
    let path = &found.line.href;
    page.head.canonical = format!("{base}{}", in_language(path, page.lang));
    page.head.alternates = every_language(&base, path);
    page.head.feeds = vec![feed(&page)];
    page.head.description.clone_from(&shown.subject);
    page.head.article = Some(ArticleHead {
        title: format!("{} {}", shown.kind, shown.number),
        published: shown.machine_day.clone(),
        author: shown.issuer.clone(),
        section: shown.kind.clone(),
        ..ArticleHead::default()
    });
    let mut relations: Vec<(String, Vec<DocumentLine>)> = Vec::new();
    for r in &found.relations {
        let name = format!("register-relation-{}{}", if r.back { "back-" } else { "" }, r.relation.as_str());
        let other = line(&page, &r.line);
        match relations.iter_mut().find(|(known, _)| *known == name) {
            Some((_, others)) => others.push(other),
            None => relations.push((name, vec![other])),
        }
    }
    let e = &found.entry;
    let in_lines = |said: &str| said.lines().map(str::to_owned).collect();
    let current = page.frame.campaign && !e.campaign.is_empty() && is_current(state, &e.campaign).await;
    Ok(Registered {
        trail: vec![Link { name: page.t("register-title"), href: page.to(routes::DOCUMENTS, &[]) }],
        line: shown,
        today: text::local_day(state.workspace.now()),
        effective: page.date(&e.effective.unwrap_or(e.signed)),
        expires: e.expires.map(|day| page.date(&day)),
        sent_to: in_lines(&e.sent_to),
        asks: in_lines(&e.asks),
        due: e.due.map(|day| page.date(&day)),
        campaign: current.then(|| page.to(routes::RESULTS, &[])),
        relations,
        files: found.files.iter().filter_map(|f| file(page.lang, f)).collect(),
        page,
    })
}

/// Whether a campaign is the one whose results the site shows.
async fn is_current(state: &PortalState, campaign: &str) -> bool {
    let Ok(mut tx) = state.workspace.store().read().await else { return false };
    state.workspace.setting(&mut tx).await.is_ok_and(|s| s.definitions.campaign.id == campaign)
}

#[derive(Template)]
#[template(path = "machine/register.xml")]
struct Rss {
    title: String,
    description: String,
    home: String,
    here: String,
    lang: &'static str,
    /// Title, address, id, day, issuer, type, day for machines.
    items: Vec<[String; 7]>,
}

/// The newest documents.
pub async fn rss(State(state): State<PortalState>, reader: Reader) -> Result<Response, Failure> {
    let page = Page::new(&reader, Section::Site);
    let site = press::site(&state.workspace).await?;
    let base = state.base(&site);
    let whole = |path: &str| format!("{base}{}", in_language(path, page.lang));
    let item = |l: &Line| {
        let shown = line(&page, l);
        let out = l.published_at.unwrap_or(l.changed_at);
        [
            format!("{} {}: {}", shown.kind, shown.number, shown.subject),
            whole(&l.href),
            format!("urn:uuid:{}", l.id),
            // RFC 822, as RSS has it.
            out.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string(),
            shown.issuer,
            shown.kind,
            machine(out),
        ]
    };
    let told = Rss {
        title: format!("{} · {}", page.t("register-feed"), page.authority()),
        description: page.t("register-lead"),
        home: whole(routes::DOCUMENTS),
        here: whole(routes::REGISTER_RSS),
        lang: page.lang.code(),
        items: register::latest(&state.workspace, IN_FEED).await?.iter().map(item).collect(),
    };
    let kind = (CONTENT_TYPE, "application/rss+xml; charset=utf-8");
    Ok(([kind, (CACHE_CONTROL, A_WHILE)], told.render()?).into_response())
}

fn words_of(validity: Validity) -> String {
    format!("register-validity-{}", validity.as_str())
}

fn choice(
    name: &'static str,
    label: &'static str,
    all: impl Iterator<Item = (String, String)>,
    chosen: &str,
) -> Choice {
    let options = all.map(|(value, words)| {
        let is = value == chosen;
        (value, words, is)
    });
    Choice { name, label, options: options.collect() }
}

/// A document as pages list it.
pub(crate) fn line(page: &Page, line: &Line) -> DocumentLine {
    DocumentLine {
        href: page.to(&line.href, &[]),
        number: line.number.clone(),
        kind: line.kind.names.get(content_lang(page.lang)).to_owned(),
        issuer: line.issuer.clone(),
        subject: line.subject.clone(),
        signed: page.date(&line.signed),
        machine_day: line.signed.to_string(),
        validity: words_of(line.validity),
    }
}

fn feed(page: &Page) -> Feed {
    Feed {
        media_type: "application/rss+xml",
        title: page.t("register-feed"),
        href: page.spoken_in(routes::REGISTER_RSS),
    }
}

fn file(lang: Lang, view: &MediaView) -> Option<FileView> {
    let served = view.renditions.first()?;
    let kind = served.name.rsplit_once('.').map_or("", |n| n.1);
    Some(FileView {
        name: view.media.name.clone(),
        href: media_href(served.media, &served.name),
        kind: kind.to_uppercase(),
        size: size(lang, served.size),
    })
}

/// A size as people say it.
fn size(lang: Lang, bytes: i64) -> String {
    let kilobytes = bytes.max(1).saturating_add(999) / 1000;
    if kilobytes < 1000 {
        return format!("{kilobytes} KB");
    }
    let point = if lang == Lang::En { '.' } else { ',' };
    format!("{}{point}{} MB", kilobytes / 1000, kilobytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_as_people_say_it() {
        assert_eq!(size(Lang::Vi, 0), "1 KB");
        assert_eq!(size(Lang::Vi, 812_000), "812 KB");
        assert_eq!(
            (size(Lang::Vi, 1_234_567), size(Lang::En, 1_234_567)),
            ("1,2 MB".into(), "1.2 MB".into())
        );
    }
}
