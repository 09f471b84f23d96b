//! Views that an office keeps: a name, and what an address asks for. Whoever opens one sees it within their
//! own rights: nothing of what the office sees that kept it is kept with it.

use nhipcau_domain::{id::OfficeId, problem::Problem, text};
use nhipcau_store::SavedView;
use uuid::Uuid;

use super::Asked;
use crate::{
    error::Result,
    powers::{Over, See},
    workspace::Workspace,
};

/// The longest name, in characters.
pub const VIEW_NAME_MAX: usize = 120;

/// The most views that an office keeps.
const MOST: usize = 200;

/// The most that is kept of what a view asks for, in characters.
const ASKS_MAX: usize = 2_000;

/// The views of an office, the oldest first.
pub async fn views(ws: &Workspace, office: &OfficeId) -> Result<Vec<SavedView>> {
    Ok(ws.store().read().await?.views_of(office).await?)
}

/// Keeps a view for an office; its id.
///
/// # Errors
/// `view-needs-name`, `view-name-too-long`, `view-asks-too-much`, `views-too-many`.
pub async fn save_view(ws: &Workspace, over: &Over<See>, name: &str, asked: &Asked) -> Result<Uuid> {
    let name = named(name)?;
    let query = kept(asked);
    if query.chars().count() > ASKS_MAX {
        return Err(Problem::new("view-asks-too-much").with("most", ASKS_MAX).into());
    }
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    if tx.views_of(over.office()).await?.len() >= MOST {
        return Err(Problem::new("views-too-many").with("most", MOST).into());
    }
    let view = SavedView {
        id: ws.id(at),
        office: over.office().clone(),
        name,
        query,
        holder: over.holder().to_owned(),
        at,
    };
    tx.add_view(&view).await?;
    tx.commit().await?;
    Ok(view.id)
}

/// A view with what it asks for, for whoever may see anything at all.
///
/// # Errors
/// `view-unknown`.
pub async fn open_view(ws: &Workspace, _: &Over<See>, id: Uuid) -> Result<(SavedView, Asked)> {
    let found = ws.store().read().await?.view(id).await?;
    let view = found.ok_or_else(|| Problem::new("view-unknown"))?;
    let asked = asks(&view);
    Ok((view, asked))
}

/// What a view asks for.
#[must_use]
pub fn asks(view: &SavedView) -> Asked {
    let pairs = view.query.lines().filter_map(|line| line.split_once('='));
    let pairs: Vec<(String, String)> = pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    Asked::read(&pairs)
}

/// Calls an office's view something else.
///
/// # Errors
/// `view-unknown` also for another office's, `view-needs-name`, `view-name-too-long`.
pub async fn rename_view(ws: &Workspace, over: &Over<See>, id: Uuid, name: &str) -> Result<()> {
    let name = named(name)?;
    let mut tx = ws.store().write().await?;
    if !tx.rename_view(id, over.office(), &name).await? {
        return Err(Problem::new("view-unknown").into());
    }
    Ok(tx.commit().await?)
}

/// Forgets an office's view.
///
/// # Errors
/// `view-unknown` also for another office's.
pub async fn delete_view(ws: &Workspace, over: &Over<See>, id: Uuid) -> Result<()> {
    let mut tx = ws.store().write().await?;
    if !tx.drop_view(id, over.office()).await? {
        return Err(Problem::new("view-unknown").into());
    }
    Ok(tx.commit().await?)
}

/// What is asked for, as it is kept: a name and its value a line, the page left out.
fn kept(asked: &Asked) -> String {
    let pairs = asked.pairs();
    let lines = pairs.iter().filter(|(name, _)| *name != "trang");
    let lines = lines.map(|(name, value)| format!("{name}={}", value.replace(['\0', '\n', '\r'], " ")));
    lines.collect::<Vec<_>>().join("\n")
}

fn named(name: &str) -> std::result::Result<String, Problem> {
    let name = text::nfc(name.trim()).replace(['\0', '\n', '\r'], " ");
    let found = name.chars().count();
    match found {
        0 => Err(Problem::new("view-needs-name")),
        n if n > VIEW_NAME_MAX => {
            Err(Problem::new("view-name-too-long").with("found", n).with("most", VIEW_NAME_MAX))
        }
        _ => Ok(name),
    }
}
