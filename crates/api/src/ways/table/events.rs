//! The wide table's totals as they change: server-sent events.

use axum::{
    extract::State,
    http::{
        HeaderMap,
        header::{ACCEPT, CONTENT_TYPE},
    },
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::{
    Workspace,
    powers::{Over, See},
    review::{self, WideAsked},
};
use nhipcau_web::events::{STREAM, body};
use utoipa::ToSchema;

use super::{TableAsked, Ways, Which, totals, wide};
use crate::{body::Asked, caller::Caller, describe::Refusals, failure::Failure, state::ApiState};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(table_events))
}

/// An event of the stream.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what is written as lines of the stream")]
struct TotalsEvent {
    /// `totals`.
    event: String,
    /// What `/table/totals` gives, as JSON.
    data: String,
}

/// The totals as events, as returns are accepted: `event: totals`, and as its `data` what `/table/totals`
/// gives. With `Accept: text/event-stream` it goes on for a quarter of a minute, and is asked for again as
/// event sources do; without, it says the totals once.
#[utoipa::path(get, path = "/table/events", tag = "figures", security(("token" = ["read"])),
    params(Which, TableAsked),
    responses((status = 200, description = "Server-sent events.", content_type = "text/event-stream",
        body = TotalsEvent), Refusals))]
async fn table_events(
    State(api): State<ApiState>,
    caller: Caller,
    headers: HeaderMap,
    Asked(which): Asked<Which>,
    Asked(asked): Asked<TableAsked>,
) -> Result<Response, Failure> {
    let over = caller.over::<See>(&api)?;
    let (ws, asked) = (api.ws().clone(), wide(which, &asked));
    let changes = ws.changed();
    let first = event(&ws, &over, &asked).await?;
    caller.looked_anew(&api).await?;
    let listens = headers.get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(STREAM));
    if !listens {
        return Ok(([(CONTENT_TYPE, STREAM)], first).into_response());
    }
    let store = ws.store().clone();
    let peek = move || {
        let store = store.clone();
        async move { store.change_peek().await.ok() }
    };
    let ask = move || {
        let (ws, over, asked) = (ws.clone(), over.clone(), asked.clone());
        async move { event(&ws, &over, &asked).await.ok() }
    };
    Ok(([(CONTENT_TYPE, STREAM)], body(first, changes, peek, ask)).into_response())
}

async fn event(ws: &Workspace, over: &Over<See>, asked: &WideAsked) -> Result<String, Failure> {
    let found = totals(&review::wide_totals(ws, over, asked).await?);
    let told = serde_json::to_string(&found).map_err(|_| Failure::internal())?;
    Ok(format!("event: totals\ndata: {told}\n\n"))
}
