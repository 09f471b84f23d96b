//! The wide table's totals as they change: server-sent events, for as long as a page listens.

use axum::{
    extract::{Query, State},
    http::{
        HeaderMap,
        header::{ACCEPT, CONTENT_TYPE},
    },
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::{
    Workspace, access,
    powers::{Over, See},
    review::{self, WideAsked},
};
use nhipcau_web::events::{self, STREAM};
use serde_json::json;

use super::{over, standings, table};
use crate::{failure::Failure, page::Page, received::Fields, state::DeskState, visitor::SignedIn};

/// Says the totals now and, to whoever listens to events, whenever they change.
pub(crate) async fn events(
    State(state): State<DeskState>,
    signed: SignedIn,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let over = over::<See>(&state, &signed)?;
    let asked = table::wide_asked(&Fields(query));
    let (ws, page) = (state.ws().clone(), signed.page.clone());
    let changes = ws.changed();
    let first = event(&ws, &over, &asked, &page).await?;
    heard(&state, &signed, &asked).await?;
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
        let (ws, over, asked, page) = (ws.clone(), over.clone(), asked.clone(), page.clone());
        async move { event(&ws, &over, &asked, &page).await.ok() }
    };
    Ok(([(CONTENT_TYPE, STREAM)], events::body(first, changes, peek, ask)).into_response())
}

/// Puts on record which totals an office listens to: of one cell they are that cell's counts. A page that
/// listens asks four times a minute.
async fn heard(state: &DeskState, signed: &SignedIn, asked: &WideAsked) -> Result<(), Failure> {
    let (path, query) = (&signed.visitor.path, table::query_of_wide(asked));
    let what = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
    Ok(access::log_office_view_anew(state.ws(), &what, &signed.acting().office).await?)
}

async fn event(ws: &Workspace, over: &Over<See>, asked: &WideAsked, page: &Page) -> Result<String, Failure> {
    let totals = review::wide_totals(ws, over, asked).await?;
    let sums = table::sums(page, &totals, false);
    let sums: Vec<_> = sums.iter().map(|s| json!({ "sum": s.text, "rests": s.rests })).collect();
    let told = json!({ "standings": standings(page, &totals.standings), "totals": sums });
    Ok(format!("event: tong\ndata: {told}\n\n"))
}
