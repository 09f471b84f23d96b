//! The desk's list of articles: by status, column and the like, and by words of the title.

use nhipcau_domain::{id::ColumnId, office::Acting, text};
use nhipcau_store::site::{ArticleRecord, DeskFilter};

use super::{
    desk::DESK_PAGE,
    site::{Site, site_in},
};
use crate::{error::Result, workspace::Workspace};

/// A page of the desk's list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskList {
    /// Its articles, the last changed first; at most [`DESK_PAGE`].
    pub articles: Vec<ArticleRecord>,
    /// Whether there is a page after this one.
    pub more: bool,
}

/// Articles and pages, the last changed first; pages from 1. `words` are looked for in titles, with or
/// without marks, each anywhere. Those in columns that the office holds nothing on are left out, so that
/// every page but the last is full.
pub async fn desk_find(
    ws: &Workspace,
    acting: &Acting,
    filter: &DeskFilter,
    words: &str,
    page: u32,
) -> Result<DeskList> {
    let mut tx = ws.store().read().await?;
    let site = site_in(ws, &mut tx).await?;
    let skipped = page.saturating_sub(1).saturating_mul(DESK_PAGE);
    let folded = text::fold(words);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let mut articles = if words.is_empty() && acting.role_on(&[]).is_some() {
        tx.desk_articles(filter, DESK_PAGE + 1, skipped).await?
    } else {
        // Only titles are gone through: the records of one page are read.
        let titles = tx.desk_titles(filter).await?;
        let fits = titles.into_iter().filter(|(_, column, title)| {
            let title = text::fold(title);
            sees(&site, acting, column.as_ref()) && words.iter().all(|word| title.contains(word))
        });
        let mut found = Vec::new();
        for (id, ..) in fits.skip(skipped as usize).take(DESK_PAGE as usize + 1) {
            found.extend(tx.article(id).await?);
        }
        found
    };
    let more = articles.len() > DESK_PAGE as usize;
    articles.truncate(DESK_PAGE as usize);
    Ok(DeskList { articles, more })
}

/// Whether an office holds a role on a column, or on the whole site.
fn sees(site: &Site, acting: &Acting, column: Option<&ColumnId>) -> bool {
    let path = column.map(|c| site.path(c)).unwrap_or_default();
    acting.role_on(&path).is_some()
}
