//! What becomes of a draft: approved, frozen, handed over; its documents and its signed copy.

use axum::{extract::State, response::Response};
use nhipcau_actions::{
    powers::Approve,
    report::{self, FORMATS, desk},
};
use nhipcau_domain::{id::ColumnId, office::Acting};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{EditionAt, Ways};
use crate::{
    body::{self, Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    shape::{DONE, Done},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(approve))
        .routes(routes!(freeze))
        .routes(routes!(hand_over))
        .routes(routes!(document))
}

pub(super) fn files() -> Ways {
    Ways::new().routes(routes!(attach))
}

/// What is approved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Approving {
    /// What named the draft when it was read: one that changed since is not approved.
    seen: String,
    /// Whether it is approved although comments on it are not settled; unless that is said it is not.
    #[serde(default)]
    despite_comments: bool,
}

/// Approves a draft exactly as it was read. The office that drafted it does not, while another can. Where
/// comments on it are not settled, it is to be said that it is meant despite them.
#[utoipa::path(post, path = "/reports/{report}/editions/{number}/approve", tag = "reports",
    security(("token" = ["approve"])), params(EditionAt), request_body = Approving,
    responses((status = 200, description = "It is approved.", body = Done), Refusals))]
async fn approve(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<EditionAt>,
    Brought(asked): Brought<Approving>,
) -> Result<Done> {
    let over = caller.over::<Approve>(&api)?;
    let (shown, despite) = (asked.seen.as_str(), asked.despite_comments);
    desk::approve_despite(api.ws(), &over, &at.report, at.number, shown, despite).await?;
    Ok(Answer(DONE))
}

/// Freezes an approved edition: it is never changed again.
#[utoipa::path(post, path = "/reports/{report}/editions/{number}/freeze", tag = "reports",
    security(("token" = ["approve"])), params(EditionAt),
    responses((status = 200, description = "It is frozen.", body = Done), Refusals))]
async fn freeze(State(api): State<ApiState>, caller: Caller, At(at): At<EditionAt>) -> Result<Done> {
    let over = caller.over::<Approve>(&api)?;
    desk::freeze(api.ws(), &over, &at.report, at.number).await?;
    Ok(Answer(DONE))
}

/// Whether an article is begun.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct BegunIn {
    /// The column in which an article is begun of it, as a draft; none begins none. The token must be for
    /// the site too, and its office write in the column.
    #[param(required = false)]
    column: Option<String>,
}

/// That an edition is handed over.
#[derive(Serialize, ToSchema)]
struct HandedOver {
    /// Always true: what is not done is answered with a problem.
    done: bool,
    /// The article that was begun of it.
    article: Option<Uuid>,
}

/// Hands a frozen edition over to the site: from then on readers find it.
#[utoipa::path(post, path = "/reports/{report}/editions/{number}/hand-over", tag = "reports",
    security(("token" = ["consolidate"]), ("token" = ["approve"])), params(EditionAt, BegunIn),
    responses((status = 200, description = "Readers have it.", body = HandedOver), Refusals))]
async fn hand_over(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<EditionAt>,
    Asked(asked): Asked<BegunIn>,
) -> Result<HandedOver> {
    let hands = caller.bearer.hands(api.ws())?;
    let column: Option<ColumnId> = asked.column.filter(|c| !c.is_empty()).map(Into::into);
    // An article is the editors' side, with a scope of its own.
    let acting = match &column {
        Some(_) => caller.bearer.site()?.clone(),
        None => Acting { office: caller.bearer.office().clone(), grants: Vec::new(), postings: Vec::new() },
    };
    let of = (at.report.as_str(), at.number);
    let article = report::hand_over_by(api.ws(), &hands, &acting, of, column.as_ref()).await?;
    Ok(Answer(HandedOver { done: true, article }))
}

/// A document of an edition.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct DocumentAt {
    /// The report's name.
    report: String,
    /// The edition's number, from 1.
    number: u32,
    /// `pdf`, `docx`, `html`, `annex` or `annex-raw` (with raw counts).
    format: String,
}

/// A document of a frozen edition, byte for byte as it was frozen.
#[utoipa::path(get, path = "/reports/{report}/editions/{number}/documents/{format}", tag = "reports",
    security(("token" = ["consolidate"]), ("token" = ["approve"])), params(DocumentAt),
    responses(
        (status = 200, description = "The document.", content(
            ([u8] = "application/pdf"),
            (String = "text/html"),
            ([u8] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ([u8] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Refusals))]
async fn document(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<DocumentAt>,
) -> std::result::Result<Response, Failure> {
    let hands = caller.bearer.hands(api.ws())?;
    let found = desk::document(api.ws(), &hands, &at.report, at.number, &at.format).await?;
    let format = FORMATS.iter().find(|(name, ..)| *name == found.format);
    if format.is_some_and(|(_, _, _, inside)| *inside) {
        caller.looked(&api).await?;
    }
    let ending = format.map_or("", |(_, _, ending, _)| *ending);
    Ok(body::file(&found.media_type, &format!("{}-{}{ending}", at.report, at.number), found.bytes))
}

/// A scan that is brought.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it says what the form has; what comes is read piece by piece")]
struct Scan {
    /// A PDF, PNG or JPEG file.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// Attaches the scan of the signed copy to a frozen edition.
#[utoipa::path(post, path = "/reports/{report}/editions/{number}/attachments", tag = "reports",
    security(("token" = ["approve"])), params(EditionAt),
    request_body(content = Scan, content_type = "multipart/form-data"),
    responses((status = 200, description = "It is attached.", body = Done), Refusals))]
async fn attach(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<EditionAt>,
    file: body::File,
) -> Result<Done> {
    let over = caller.over::<Approve>(&api)?;
    desk::attach(api.ws(), &over, &at.report, at.number, &file.name, file.bytes).await?;
    Ok(Answer(DONE))
}
