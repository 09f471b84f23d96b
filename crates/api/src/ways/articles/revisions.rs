//! An article's revisions: read, and written anew.

use axum::extract::State;
use nhipcau_actions::press;
use nhipcau_domain::Timestamp;
use nhipcau_store::site::RevisionRecord;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{ArticleContent, RevisionKept, Ways};
use crate::{
    body::{Answer, At, Result},
    caller::Caller,
    describe::Refusals,
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(article_revision, restore_article_revision))
}

/// A revision of an article.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ArticleRevisionAt {
    /// The article's id.
    id: Uuid,
    /// The revision's number, from 1.
    number: u32,
}

/// A revision of an article.
#[derive(Serialize, ToSchema)]
struct ArticleRevision {
    /// Its number.
    number: u32,
    /// What it says.
    content: ArticleContent,
    /// What its writer noted.
    note: String,
    /// By which office.
    office: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

fn revision(r: &RevisionRecord) -> ArticleRevision {
    ArticleRevision {
        number: r.number,
        content: ArticleContent::of(&r.content),
        note: r.note.clone(),
        office: r.office.to_string(),
        at: r.at,
    }
}

/// One revision of an article.
#[utoipa::path(get, path = "/articles/{id}/revisions/{number}", tag = "site", security(("token" = ["site"])),
    params(ArticleRevisionAt),
    responses((status = 200, description = "The revision.", body = ArticleRevision), Refusals))]
async fn article_revision(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleRevisionAt>,
) -> Result<ArticleRevision> {
    let found = press::desk_revision(api.ws(), caller.bearer.site()?, at.id, at.number).await?;
    Ok(Answer(revision(&found)))
}

/// Makes an earlier revision the newest one.
#[utoipa::path(post, path = "/articles/{id}/revisions/{number}", tag = "site", security(("token" = ["site"])),
    params(ArticleRevisionAt),
    responses((status = 200, description = "It is kept.", body = RevisionKept), Refusals))]
async fn restore_article_revision(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleRevisionAt>,
) -> Result<RevisionKept> {
    let acting = caller.bearer.site()?;
    let revision = press::restore_revision(api.ws(), acting, caller.holder(), at.id, at.number).await?;
    Ok(Answer(RevisionKept { revision }))
}
