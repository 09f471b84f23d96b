//! Links by which an article is looked at before it is out.

use axum::extract::State;
use nhipcau_actions::press;
use nhipcau_domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ArticleAt, Ways};
use crate::{
    body::{Answer, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    state::ApiState,
};

/// What gives secrets out: never answered from memory.
pub(super) fn secrets() -> Ways {
    Ways::new().routes(routes!(preview_article))
}

/// A link that is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PreviewAsked {
    /// For how many hours it is to work; two weeks at most.
    #[schema(minimum = 1, maximum = 336)]
    hours: u32,
}

/// A link that was made. Its address is stored nowhere: whoever has it looks, without signing in.
#[derive(Serialize, ToSchema)]
struct PreviewMade {
    /// Its address.
    link: String,
    /// The revision that it shows, also when there are later ones.
    revision: u32,
    /// When it stops working.
    #[schema(value_type = String, format = DateTime)]
    expires: Timestamp,
}

/// Makes a link that shows the newest revision of an article as readers will see it, for a time.
#[utoipa::path(post, path = "/articles/{id}/previews", tag = "site", security(("token" = ["site"])),
    params(ArticleAt), request_body = PreviewAsked,
    responses((status = 200, description = "The link.", body = PreviewMade), Refusals))]
async fn preview_article(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleAt>,
    Brought(asked): Brought<PreviewAsked>,
) -> Result<PreviewMade> {
    let (acting, random) = (caller.bearer.site()?, api.door.bytes());
    let made = press::preview_link(api.ws(), acting, at.id, asked.hours, &random).await?;
    let link = format!("{}{}", api.ws().outbound().base, made.path());
    Ok(Answer(PreviewMade { link, revision: made.revision, expires: made.expires }))
}
