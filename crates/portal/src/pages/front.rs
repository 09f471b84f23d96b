//! The front page: what is new, by column, with the campaign's figures beside it.

use askama::Template;
use axum::{extract::State, response::Html};
use nhipcau_actions::{basis::TreeDay, press};
use serde_json::json;

use crate::{
    failure::Failure,
    numbers::Numbers,
    page::{Page, Section},
    reader::Reader,
    reading::{Reading, html},
    routes,
    site::{
        feed,
        head::JsonLd,
        making::{cards, content_lang, every_language, in_language},
        views::{Card, Link},
    },
    state::PortalState,
    views::FigureLine,
};

/// The front page.
#[derive(Debug, Clone, Template)]
#[template(path = "front.html")]
pub struct Front {
    /// What every page carries.
    pub page: Page,
    /// What stands first.
    pub lead: Option<Card>,
    /// What follows it.
    pub first: Vec<Card>,
    /// The newest of each column.
    pub columns: Vec<ColumnNews>,
    /// A few figures of the campaign.
    pub figures: Vec<FigureLine>,
    /// The campaign's name.
    pub campaign: String,
    /// What must be said of its numbers, such as that they are synthetic.
    pub notice: String,
}

/// The newest of a column.
#[derive(Debug, Clone)]
pub struct ColumnNews {
    /// The column.
    pub column: Link,
    /// Its articles, the newest first.
    pub cards: Vec<Card>,
}

/// How many figures stand on the front page.
const FIGURES: usize = 6;

/// Shows the front page.
pub async fn show(State(state): State<PortalState>, reader: Reader) -> Result<Html<String>, Failure> {
    let mut page = Page::new(&reader, Section::Front);
    let lang = content_lang(page.lang);
    let found = press::front(&state.workspace, lang).await?;
    let site = press::site(&state.workspace).await?;
    let base = state.base(&site);
    page.head.description = description(&page);
    page.head.canonical = format!("{base}{}", in_language(routes::HOME, page.lang));
    page.head.alternates = every_language(&base, routes::HOME);
    page.head.feeds = feed::of_site(&page);
    page.head.json_ld = vec![website(&page, &base)];
    let mut first = cards(&page, &found.first);
    let lead = (!first.is_empty()).then(|| first.remove(0));
    let columns = found.columns.iter().map(|(column, teasers)| ColumnNews {
        column: Link { name: column.names.get(lang).to_owned(), href: page.to(&column.href(), &[]) },
        cards: cards(&page, teasers),
    });
    let columns = columns.collect();
    let mut front = Front {
        lead,
        first,
        columns,
        figures: Vec::new(),
        campaign: String::new(),
        notice: String::new(),
        page,
    };
    if front.page.frame.campaign {
        add_figures(&mut front, state, reader).await?;
    }
    html(&front)
}

/// What the site is, in a line.
pub(crate) fn description(page: &Page) -> String {
    let motto = &page.frame.motto;
    let title = page.t("site-front-title");
    if motto.is_empty() {
        format!("{title}: {}", page.authority())
    } else {
        format!("{}: {motto}", page.authority())
    }
}

async fn add_figures(front: &mut Front, state: PortalState, reader: Reader) -> Result<(), Failure> {
    let mut reading = Reading::begin(state, reader).await?;
    let Ok(period) = reading.period().await else { return Ok(()) };
    let mut page = front.page.clone();
    page.period = Some(period.id.to_string());
    let numbers = Numbers::load(&mut reading, &period).await?;
    let basis = numbers.evidence.basis(&reading.setting, &reading.scope(), TreeDay::Then)?;
    for indicator in &reading.setting.definitions.indicators {
        let line = numbers.line(&reading, &page, &basis, indicator, TreeDay::Then)?;
        if line.answered() && !line.wording.is_withheld() && front.figures.len() < FIGURES {
            front.figures.push(line);
        }
    }
    front.campaign.clone_from(&reading.setting.definitions.campaign.name);
    front.notice.clone_from(&reading.setting.definitions.campaign.notice);
    Ok(())
}

/// Who publishes the site, for search engines.
pub(crate) fn publisher(page: &Page, base: &str) -> serde_json::Value {
    json!({
        "@type": "GovernmentOrganization",
        "@id": format!("{base}/#co-quan"),
        "name": page.authority(),
        "url": format!("{base}/"),
        "logo": { "@type": "ImageObject", "url": format!("{base}{}", page.icon()) },
    })
}

fn website(page: &Page, base: &str) -> JsonLd {
    JsonLd::new(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "url": format!("{base}/"),
        "name": page.authority(),
        "description": description(page),
        "inLanguage": page.lang.code(),
        "publisher": publisher(page, base),
    }))
}
