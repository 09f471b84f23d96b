//! The site as every page needs it: its settings, its columns, its notices. Read once and shared until
//! something changes.

use std::sync::{Arc, PoisonError};

use nhipcau_domain::{
    Timestamp,
    id::ColumnId,
    press::{ContentLang, Texts},
};
use nhipcau_store::{
    Tx,
    site::{ArticleLine, NoticeRecord},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    error::{Doing, Result},
    workspace::Workspace,
};

/// The name that the settings are kept under.
pub(super) const SETTINGS: &str = "site";

/// What is said of the site as a whole: the identity block that the law asks for (Decree
/// 42/2022/NĐ-CP), and choices of its administrators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The site's name.
    pub name: Texts,
    /// What stands beneath the name.
    pub motto: Texts,
    /// The body that runs it (cơ quan chủ quản trang).
    pub managing_body: Texts,
    /// The body above that one.
    pub parent_body: Texts,
    /// Where it sits.
    pub address: Texts,
    /// Its e-mail address.
    pub email: String,
    /// Its telephone number.
    pub phone: String,
    /// Who answers for the content: name and position.
    pub responsible: Texts,
    /// The licence's number, day and issuer.
    pub licence: Texts,
    /// Where the site is, for links in feeds: `https://…` without a slash at the end; empty where unknown.
    pub url: String,
    /// Articles that stand first on the front page, in this order.
    pub front: Vec<Uuid>,
    /// Abbreviations that the search knows.
    pub abbreviations: Vec<Abbreviation>,
    /// For how many days readers' messages are kept.
    pub feedback_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: Texts::default(),
            motto: Texts::default(),
            managing_body: Texts::default(),
            parent_body: Texts::default(),
            address: Texts::default(),
            email: String::new(),
            phone: String::new(),
            responsible: Texts::default(),
            licence: Texts::default(),
            url: String::new(),
            front: Vec::new(),
            abbreviations: Vec::new(),
            feedback_days: 90,
        }
    }
}

/// An abbreviation and what it stands for, such as UBND: Ủy ban nhân dân.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abbreviation {
    /// As it is written.
    pub short: String,
    /// What it stands for.
    pub long: String,
}

/// A column in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnView {
    /// Its name for the program.
    pub id: ColumnId,
    /// The column that it is under.
    pub parent: Option<ColumnId>,
    /// Its address is `/` with this.
    pub slug: String,
    /// Its name.
    pub names: Texts,
    /// What is in it.
    pub description: Texts,
    /// Whether menus leave it out.
    pub hidden: bool,
    /// How many columns are above it.
    pub depth: u32,
}

impl ColumnView {
    /// Its address.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/{}", self.slug)
    }
}

/// A static page, for menus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    /// Its address.
    pub href: String,
    /// Its language.
    pub lang: ContentLang,
    /// Its title.
    pub title: String,
}

/// The site as every page needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The change that this was read at: see [`nhipcau_store::Store::change_peek`].
    pub change: i64,
    /// What is said of it.
    pub settings: Settings,
    /// Its columns: each is followed by those under it.
    pub columns: Vec<ColumnView>,
    /// Static pages that are out.
    pub pages: Vec<PageLink>,
    /// Notices that were not over when this was read; ask [`Site::notices_at`].
    pub notices: Vec<NoticeRecord>,
}

impl Site {
    /// A column.
    #[must_use]
    pub fn column(&self, id: &str) -> Option<&ColumnView> {
        self.columns.iter().find(|c| c.id.as_str() == id)
    }

    /// A column by its address's first segment.
    #[must_use]
    pub fn column_by_slug(&self, slug: &str) -> Option<&ColumnView> {
        self.columns.iter().find(|c| c.slug == slug)
    }

    /// A column with those above it, the outermost first.
    #[must_use]
    pub fn trail(&self, id: &str) -> Vec<&ColumnView> {
        let mut trail = Vec::new();
        let mut at = self.column(id);
        // A column that is not its own ancestor is found in as many steps as there are columns.
        while let Some(column) = at.filter(|_| trail.len() < self.columns.len()) {
            trail.push(column);
            at = column.parent.as_ref().and_then(|p| self.column(p));
        }
        trail.reverse();
        trail
    }

    /// A column's path, as [`nhipcau_domain::office::Acting`] asks for it.
    #[must_use]
    pub fn path(&self, id: &str) -> Vec<ColumnId> {
        self.trail(id).into_iter().map(|c| c.id.clone()).collect()
    }

    /// A column with every column under it.
    #[must_use]
    pub fn under(&self, id: &str) -> Vec<ColumnId> {
        let inside = |c: &&ColumnView| self.trail(&c.id).iter().any(|above| above.id.as_str() == id);
        self.columns.iter().filter(inside).map(|c| c.id.clone()).collect()
    }

    /// The columns right under one, or the outermost ones.
    pub fn children(&self, parent: Option<&ColumnId>) -> impl Iterator<Item = &ColumnView> {
        self.columns.iter().filter(move |c| c.parent.as_ref() == parent)
    }

    /// The notices that hold at a time, and those to come.
    pub fn notices_at(&self, now: Timestamp) -> impl Iterator<Item = &NoticeRecord> {
        self.notices.iter().filter(move |n| n.until > now)
    }

    /// The address of an article or page.
    #[must_use]
    pub fn href(&self, column: Option<&ColumnId>, slug: &str) -> String {
        match column.and_then(|c| self.column(c)) {
            Some(column) => format!("/{}/{slug}", column.slug),
            None => format!("/trang/{slug}"),
        }
    }

    /// The address of an article in a list.
    #[must_use]
    pub fn href_of(&self, line: &ArticleLine) -> String {
        self.href(line.column.as_ref(), &line.slug)
    }
}

/// The site as it is now.
pub async fn site(ws: &Workspace) -> Result<Arc<Site>> {
    let mut tx = ws.store().read().await?;
    site_in(ws, &mut tx).await
}

/// The site as a transaction sees it.
pub(crate) fn site_in<'a>(ws: &'a Workspace, tx: &'a mut Tx) -> Doing<'a, Arc<Site>> {
    Box::pin(async move {
        let change = tx.change_peek().await?;
        let held = ws.site.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(held) = held.filter(|s| s.change == change) {
            return Ok(held);
        }
        let mut site = Site {
            change,
            settings: settings_in(tx).await?,
            columns: Vec::new(),
            pages: Vec::new(),
            notices: tx.notices(ws.now()).await?,
        };
        let mut rest = tx.columns().await?;
        // Depth first, in order of place; what is under a column that is not there stands outermost.
        let known: Vec<ColumnId> = rest.iter().map(|c| c.id.clone()).collect();
        for column in &mut rest {
            column.parent = column.parent.take().filter(|p| known.contains(p) && *p != column.id);
        }
        let mut stack: Vec<(usize, u32)> = (0..rest.len())
            .rev()
            .filter(|i| rest.get(*i).is_some_and(|c| c.parent.is_none()))
            .map(|i| (i, 0))
            .collect();
        while let Some((i, depth)) = stack.pop() {
            let Some(c) = rest.get(i) else { continue };
            site.columns.push(ColumnView {
                id: c.id.clone(),
                parent: c.parent.clone(),
                slug: c.slug.clone(),
                names: c.names.clone(),
                description: c.description.clone(),
                hidden: c.hidden,
                depth,
            });
            let under = (0..rest.len())
                .rev()
                .filter(|j| rest.get(*j).is_some_and(|o| o.parent.as_ref() == Some(&c.id)));
            stack.extend(under.map(|j| (j, depth + 1)));
        }
        let page = |l: ArticleLine| PageLink { href: site.href_of(&l), lang: l.lang, title: l.title };
        site.pages = tx.pages_out().await?.into_iter().map(page).collect();
        let site = Arc::new(site);
        // What a write sees before it is committed is nobody else's yet.
        if !tx.is_write() {
            *ws.site.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&site));
        }
        Ok(site)
    })
}

/// The settings as a transaction sees them.
pub(super) async fn settings_in(tx: &mut Tx) -> Result<Settings> {
    match tx.site_setting(SETTINGS).await? {
        Some(json) => Ok(serde_json::from_str(&json)?),
        None => Ok(Settings::default()),
    }
}
