//! The acts of an article's life, where it is found, and when its time is over.

use axum::extract::State;
use nhipcau_actions::press::{self, Doing};
use nhipcau_domain::{Timestamp, press::ArticleAct};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ArticleAt, Ways};
use crate::{
    body::{Answer, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    shape::{DONE, Done},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(act_on_article))
        .routes(routes!(place_article))
        .routes(routes!(set_article_expiry))
}

/// What is done with an article.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Act {
    /// The writer hands it in.
    Submit,
    /// The editor hands it back, with a reason.
    Return,
    /// The editor approves it.
    Approve,
    /// The publisher sets a time.
    Schedule,
    /// It goes out.
    Publish,
    /// Its time is over.
    Expire,
    /// The publisher takes it back, with a reason.
    Withdraw,
}

/// An act of an article's life.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Acting {
    /// What.
    act: Act,
    /// Why; a return and a withdrawal need it.
    #[serde(default)]
    reason: String,
    /// Of a schedule: for when.
    #[schema(value_type = Option<String>, format = DateTime)]
    due: Option<Timestamp>,
}

/// Where an article stands.
#[derive(Serialize, ToSchema)]
struct ArticleNow {
    /// How far it has come.
    status: &'static str,
}

/// Submits, hands back, approves, schedules, publishes, expires or withdraws an article.
#[utoipa::path(post, path = "/articles/{id}/acts", tag = "site", security(("token" = ["site"])),
    params(ArticleAt), request_body = Acting,
    responses((status = 200, description = "Where it stands now.", body = ArticleNow), Refusals))]
async fn act_on_article(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleAt>,
    Brought(asked): Brought<Acting>,
) -> Result<ArticleNow> {
    let act = match asked.act {
        Act::Submit => ArticleAct::Submit,
        Act::Return => ArticleAct::Return,
        Act::Approve => ArticleAct::Approve,
        Act::Schedule => ArticleAct::Schedule,
        Act::Publish => ArticleAct::Publish,
        Act::Expire => ArticleAct::Expire,
        Act::Withdraw => ArticleAct::Withdraw,
    };
    let doing = Doing { act, reason: asked.reason.trim().to_owned(), due: asked.due };
    let acting = caller.bearer.site()?;
    let status = press::act(api.ws(), acting, caller.holder(), at.id, &doing).await?;
    Ok(Answer(ArticleNow { status: status.as_str() }))
}

/// Where an article is found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Placing {
    /// Its part of the address; none leaves it.
    slug: Option<String>,
    /// Its column; none leaves it.
    column: Option<String>,
}

/// Gives an article another address; the old one leads to it.
#[utoipa::path(put, path = "/articles/{id}/place", tag = "site", security(("token" = ["site"])),
    params(ArticleAt), request_body = Placing,
    responses((status = 200, description = "It is there.", body = Done), Refusals))]
async fn place_article(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleAt>,
    Brought(asked): Brought<Placing>,
) -> Result<Done> {
    let (acting, holder) = (caller.bearer.site()?, caller.holder());
    // Whoever may not see it is told so, also where nothing is to be changed.
    press::desk_article(api.ws(), acting, at.id).await?;
    let (slug, column) = (asked.slug.as_deref(), asked.column.map(Into::into));
    press::place_article(api.ws(), acting, holder, at.id, slug, column.as_ref()).await?;
    Ok(Answer(DONE))
}

/// When an article's time is over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Expiring {
    /// When; none is never.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires: Option<Timestamp>,
}

/// Sets when an article's time is over.
#[utoipa::path(put, path = "/articles/{id}/expiry", tag = "site", security(("token" = ["site"])),
    params(ArticleAt), request_body = Expiring,
    responses((status = 200, description = "It is set.", body = Done), Refusals))]
async fn set_article_expiry(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleAt>,
    Brought(asked): Brought<Expiring>,
) -> Result<Done> {
    let acting = caller.bearer.site()?;
    press::set_expiry(api.ws(), acting, caller.holder(), at.id, asked.expires).await?;
    Ok(Answer(DONE))
}
