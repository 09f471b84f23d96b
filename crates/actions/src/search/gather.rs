//! What is out, as the search sees it.

use std::collections::HashMap;

use nhipcau_domain::{
    Timestamp,
    press::{ArticleKind, ContentLang},
    text,
};
use nhipcau_store::{
    Tx,
    site::{ArticleRecord, ColumnRecord, Content},
};
use nhipcau_writing::plain;
use uuid::Uuid;

use super::index::{Item, ItemKind, put, remove};
use crate::{
    error::Result,
    press::{Resolved, shown_media, views},
    report::Edition,
};

/// What the index is made of.
pub(super) enum Source {
    /// An item that is at hand.
    Item(Box<Item>),
    /// An article or page, which is read when its turn comes.
    Article(Uuid),
}

/// Everything that is out, in the order in which it came out; columns first.
pub(super) async fn everything(tx: &mut Tx) -> Result<Vec<Source>> {
    let mut dated: Vec<(Timestamp, Uuid, Source)> = Vec::new();
    let mut after = Uuid::nil();
    loop {
        let lines = tx.lines_after(after, 2000).await?;
        let Some(last) = lines.last() else { break };
        after = last.id;
        dated.extend(lines.iter().map(|l| (l.published_at, l.id, Source::Article(l.id))));
    }
    dated.append(&mut others(tx).await?);
    dated.sort_by_key(|(at, id, _)| (*at, *id));
    let (shown, _) = shown(tx.columns().await?);
    let columns = shown.iter().map(|c| Source::Item(Box::new(column_item(c))));
    Ok(columns.chain(dated.into_iter().map(|(_, _, source)| source)).collect())
}

/// What else is out than articles and columns, with when it came out. A new source adds its own here.
async fn others(tx: &mut Tx) -> Result<Vec<(Timestamp, Uuid, Source)>> {
    let mut found = Vec::new();
    for report in tx.reports().await? {
        for summary in tx.public_editions(&report).await? {
            let edition = crate::report::edition(tx, &report, Some(summary.number)).await?;
            found.push((summary.at, summary.id, Source::Item(Box::new(report_item(&edition)))));
        }
    }
    let documents = crate::register::search_items(tx).await?;
    found.extend(documents.into_iter().map(|(at, id, item)| (at, id, Source::Item(Box::new(item)))));
    Ok(found)
}

/// What an article says, as words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    title: String,
    summary: String,
    words: String,
    text: String,
}

impl Said {
    /// Takes the processor a while: outside of a write.
    pub(crate) fn of(content: &Content, resolved: &Resolved) -> Self {
        let mut words = vec![content.byline.clone()];
        words.extend(content.tags.iter().cloned());
        let attached = resolved.media.values().filter(|m| m.media.kind == "attachment");
        let mut names: Vec<String> = attached.map(|m| m.media.name.clone()).collect();
        names.sort_unstable();
        words.append(&mut names);
        words.retain(|w| !w.is_empty());
        Self {
            title: content.title.clone(),
            summary: content.lead.clone(),
            words: words.join("\n"),
            text: plain(&content.body, resolved),
        }
    }
}

/// An article or page as an item.
pub(crate) fn article_item(article: &ArticleRecord, said: Said) -> Item {
    Item {
        kind: match article.kind {
            ArticleKind::Article => ItemKind::Article,
            ArticleKind::Page => ItemKind::Page,
        },
        id: article.id.to_string(),
        href: String::new(),
        title: said.title,
        summary: said.summary,
        words: said.words,
        text: said.text,
        column: article.column.clone(),
        day: article.published_at.map(text::local_day),
        lang: article.lang,
    }
}

/// An article or page that is out, as it went out; none if it is not.
pub(crate) async fn article_out(tx: &mut Tx, id: Uuid) -> Result<Option<Item>> {
    let Some(article) = tx.article(id).await? else { return Ok(None) };
    let (Some(number), Some(act)) = (article.public_revision(), article.published_act) else {
        return Ok(None);
    };
    let Some(revision) = tx.article_revision(id, number).await? else { return Ok(None) };
    let resolved = Resolved {
        figures: tx.article_figures(id, act).await?,
        media: views(tx, &shown_media(&revision.content)).await?,
        ..Resolved::default()
    };
    Ok(Some(article_item(&article, Said::of(&revision.content, &resolved))))
}

/// Brings the index in step with the columns as they now are.
pub(crate) async fn columns_changed(tx: &mut Tx) -> Result<()> {
    let (shown, hidden) = shown(tx.columns().await?);
    for column in &shown {
        put(tx, &column_item(column)).await?;
    }
    for column in &hidden {
        remove(tx, ItemKind::Column, column.id.as_str()).await?;
    }
    Ok(())
}

/// The columns that menus show, and those that they leave out; what is under a hidden column is hidden.
fn shown(columns: Vec<ColumnRecord>) -> (Vec<ColumnRecord>, Vec<ColumnRecord>) {
    let above: HashMap<String, (bool, Option<String>)> = columns
        .iter()
        .map(|c| (c.id.to_string(), (c.hidden, c.parent.as_ref().map(ToString::to_string))))
        .collect();
    let is_shown = |c: &ColumnRecord| {
        let mut at = Some(c.id.to_string());
        // No column is its own ancestor; if one were, it would be found in as many steps.
        for _ in 0..=above.len() {
            match at.as_ref().and_then(|id| above.get(id)) {
                Some((true, _)) => return false,
                Some((false, parent)) => at.clone_from(parent),
                None => return true,
            }
        }
        true
    };
    columns.into_iter().partition(is_shown)
}

fn column_item(column: &ColumnRecord) -> Item {
    let (names, about) = (&column.names, &column.description);
    let others = [&names.en, &names.km, &about.en, &about.km].map(String::as_str);
    Item {
        kind: ItemKind::Column,
        id: column.id.to_string(),
        href: String::new(),
        title: names.get(ContentLang::Vi).to_owned(),
        summary: about.get(ContentLang::Vi).to_owned(),
        words: others.into_iter().filter(|o| !o.is_empty()).collect::<Vec<_>>().join("\n"),
        text: String::new(),
        column: Some(column.id.clone()),
        day: None,
        lang: ContentLang::Vi,
    }
}

/// Puts an edition that was handed over into the index.
pub(crate) async fn report_published(tx: &mut Tx, edition: &Edition) -> Result<()> {
    put(tx, &report_item(edition)).await
}

fn report_item(edition: &Edition) -> Item {
    let (report, number) = (&edition.record.report, edition.record.number);
    let front = &edition.body.document.front;
    Item {
        kind: ItemKind::Report,
        id: format!("{report}/{number}"),
        href: format!("/bao-cao/{report}/{number}"),
        title: calm(&front.title(), &front.kind),
        summary: String::new(),
        words: front.number.clone(),
        text: String::new(),
        column: None,
        day: front.date,
        lang: ContentLang::parse(front.language()).unwrap_or_default(),
    }
}

/// A title as it stands in a line: the kind of document is not shouted there.
pub(crate) fn calm(title: &str, kind: &str) -> String {
    let Some(rest) = title.strip_prefix(kind).filter(|_| !kind.is_empty()) else { return title.to_owned() };
    let lower = kind.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(rest.chars()).collect()
}
