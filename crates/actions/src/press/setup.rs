//! Setting up the site: columns, settings, notices. Every change is on record.

use nhipcau_domain::{
    Timestamp,
    id::ColumnId,
    office::{Acting, Role},
    press::{self, Texts},
    problem::Problem,
    text,
};
use nhipcau_store::{
    StoreError,
    site::{ColumnRecord, NoticeRecord, SiteEvent},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    held::{event, lead_on},
    site::{SETTINGS, Settings, Site, settings_in, site_in},
};
use crate::{
    error::{Result, again_if_busy},
    search,
    workspace::Workspace,
};

/// How deep columns may be under each other.
const DEEPEST: usize = 8;

/// Every column as it is set up, in order of place.
pub async fn columns(ws: &Workspace) -> Result<Vec<ColumnRecord>> {
    Ok(ws.store().read().await?.columns().await?)
}

/// Adds a column.
pub async fn add_column(ws: &Workspace, acting: &Acting, holder: &str, column: &ColumnRecord) -> Result<()> {
    again_if_busy!(put_column(ws, acting, holder, column, true))
}

/// Changes a column: its name, its place, its address. Old addresses lead to the new ones.
pub async fn change_column(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    column: &ColumnRecord,
) -> Result<()> {
    again_if_busy!(put_column(ws, acting, holder, column, false))
}

async fn put_column(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    column: &ColumnRecord,
    new: bool,
) -> Result<()> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let site = site_in(ws, &mut tx).await?;
    let mut column = column.clone();
    for names in [&mut column.names, &mut column.description] {
        names.vi = text::tidy(&names.vi);
        names.en = text::tidy(&names.en);
        names.km = text::tidy(&names.km);
    }
    let before = site.column(&column.id);
    let known = before.is_some();
    if known && new {
        return Err(Problem::new("column-exists").with("column", column.id.as_str()).into());
    }
    if !known && !new {
        return Err(Problem::new("column-unknown").with("column", column.id.as_str()).into());
    }
    // Whoever moves a column must hold both places.
    acting.require(Role::Administrator, &place(&site, column.parent.as_ref()))?;
    if before.is_some() {
        acting.require(Role::Administrator, &site.path(&column.id))?;
    }
    check_column(&site, &column)?;
    if let Some(before) = before.filter(|b| b.slug != column.slug) {
        for tail in ["", "/rss.xml", "/atom.xml"] {
            let (from, to) = (format!("/{}{tail}", before.slug), format!("/{}{tail}", column.slug));
            lead_on(&mut tx, acting, &from, &to, at).await?;
        }
    }
    if new {
        tx.drop_redirect(&format!("/{}", column.slug)).await?;
        tx.add_column(&column).await?;
    } else {
        tx.change_column(&column).await?;
    }
    let what = if new { "column-added" } else { "column-changed" };
    event(ws, &mut tx, acting, holder, what, &serde_json::to_value(&column)?, at).await?;
    search::columns_changed(&mut tx).await?;
    ws.commit_public(tx).await
}

fn place(site: &Site, parent: Option<&ColumnId>) -> Vec<ColumnId> {
    parent.map(|p| site.path(p)).unwrap_or_default()
}

fn check_column(site: &Site, column: &ColumnRecord) -> std::result::Result<(), Problem> {
    let (id, slug) = (column.id.as_str(), column.slug.as_str());
    if !press::is_slug(id) || !press::is_slug(slug) {
        let found = if press::is_slug(slug) { id } else { slug };
        return Err(Problem::new("slug-invalid").with("slug", found).with("expected", press::slug(found)));
    }
    if press::RESERVED.contains(&slug) {
        return Err(Problem::new("slug-reserved").with("slug", slug));
    }
    if site.columns.iter().any(|c| c.slug == slug && c.id != column.id) {
        return Err(Problem::new("slug-taken").with("slug", slug));
    }
    if column.names.vi.is_empty() {
        return Err(Problem::new("column-needs-name"));
    }
    let Some(parent) = &column.parent else { return Ok(()) };
    if site.column(parent).is_none() {
        return Err(Problem::new("column-unknown").with("column", parent.as_str()));
    }
    let above = site.path(parent);
    if above.contains(&column.id) || above.len() >= DEEPEST {
        return Err(Problem::new("column-under-itself").with("column", id));
    }
    Ok(())
}

/// The settings.
pub async fn settings(ws: &Workspace) -> Result<Settings> {
    let mut tx = ws.store().read().await?;
    settings_in(&mut tx).await
}

/// The settings, for whoever may change them.
///
/// # Errors
/// `office-may-not`.
pub async fn desk_settings(ws: &Workspace, acting: &Acting) -> Result<Settings> {
    acting.require(Role::Administrator, &[])?;
    settings(ws).await
}

/// Changes the settings: all of them, without the spaces around what was typed.
pub async fn save_settings(ws: &Workspace, acting: &Acting, holder: &str, settings: &Settings) -> Result<()> {
    acting.require(Role::Administrator, &[])?;
    let settings = tidied(settings);
    check_settings(&settings)?;
    let at = ws.now();
    let value = serde_json::to_string(&settings)?;
    let mut tx = ws.store().write().await?;
    tx.put_site_setting(SETTINGS, &value, &acting.office, at).await?;
    event(ws, &mut tx, acting, holder, "settings-changed", &serde_json::to_value(&settings)?, at).await?;
    ws.commit_public(tx).await
}

fn tidied(settings: &Settings) -> Settings {
    let mut s = settings.clone();
    for said in [
        &mut s.name,
        &mut s.motto,
        &mut s.managing_body,
        &mut s.parent_body,
        &mut s.address,
        &mut s.responsible,
        &mut s.licence,
    ] {
        *said = Texts { vi: text::tidy(&said.vi), en: text::tidy(&said.en), km: text::tidy(&said.km) };
    }
    for said in [&mut s.email, &mut s.phone, &mut s.url] {
        *said = said.trim().to_owned();
    }
    for a in &mut s.abbreviations {
        (a.short, a.long) = (text::tidy(&a.short), text::tidy(&a.long));
    }
    s
}

fn check_settings(s: &Settings) -> std::result::Result<(), Problem> {
    let host = s.url.strip_prefix("https://").or_else(|| s.url.strip_prefix("http://"));
    let good = host.is_some_and(|h| !h.is_empty() && !h.contains(['/', '?', '#', ' ', '@', '\\']));
    if !s.url.is_empty() && !good {
        return Err(Problem::new("settings-url").with("found", s.url.as_str()));
    }
    let email = s.email.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
    if !s.email.is_empty() && (!email || s.email.contains(char::is_whitespace)) {
        return Err(Problem::new("settings-email").with("found", s.email.as_str()));
    }
    if !(1..=3650).contains(&s.feedback_days) {
        return Err(Problem::new("settings-feedback-days").with("found", s.feedback_days));
    }
    let empty = |a: &super::Abbreviation| a.short.is_empty() || a.long.is_empty();
    match s.abbreviations.iter().position(empty) {
        Some(n) => Err(Problem::new("settings-abbreviation").with("line", n + 1)),
        None => Ok(()),
    }
}

/// Announces that something will not work for a while; the notice's id.
pub async fn add_notice(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    text: &Texts,
    from: Timestamp,
    until: Timestamp,
) -> Result<Uuid> {
    acting.require(Role::Administrator, &[])?;
    let at = ws.now();
    if text.vi.trim().is_empty() {
        return Err(Problem::new("notice-needs-text").into());
    }
    if until <= from || until <= at {
        return Err(Problem::new("notice-time").into());
    }
    let notice =
        NoticeRecord { id: ws.id(at), text: text.clone(), from, until, office: acting.office.clone(), at };
    let mut tx = ws.store().write().await?;
    tx.add_notice(&notice).await?;
    let body =
        json!({ "notice": notice.id, "text": text, "from": from.to_string(), "until": until.to_string() });
    event(ws, &mut tx, acting, holder, "notice-added", &body, at).await?;
    ws.commit_public(tx).await?;
    Ok(notice.id)
}

/// Ends a notice now.
pub async fn end_notice(ws: &Workspace, acting: &Acting, holder: &str, notice: Uuid) -> Result<()> {
    acting.require(Role::Administrator, &[])?;
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    match tx.end_notice(notice, at).await {
        Err(StoreError::Conflict { .. }) => return Err(Problem::new("notice-over").into()),
        other => other?,
    }
    event(ws, &mut tx, acting, holder, "notice-ended", &json!({ "notice": notice }), at).await?;
    ws.commit_public(tx).await
}

/// The latest changes of the set-up, the newest first.
pub async fn events(ws: &Workspace, acting: &Acting, limit: u32) -> Result<Vec<SiteEvent>> {
    acting.require(Role::Administrator, &[])?;
    Ok(ws.store().read().await?.site_events(limit).await?)
}
