//! The wide table's totals as they change: server-sent events, for as long as a page listens.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    extract::{Query, State},
    http::{
        HeaderMap,
        header::{ACCEPT, CONTENT_TYPE},
    },
    response::{IntoResponse as _, Response},
};
use http_body::Frame;
use nhipcau_actions::{
    Workspace,
    powers::{Over, See},
    review::{self, WideAsked},
};
use serde_json::json;
use tokio::{
    sync::mpsc,
    time::{Instant, sleep, timeout_at},
};

use super::{over, standings, table};
use crate::{failure::Failure, page::Page, received::Fields, state::DeskState, visitor::SignedIn};

/// For how long one answer goes on; the page then asks again, with the session that it has by then.
const LASTS: Duration = Duration::from_secs(15);
/// How often another process's writes are looked for.
const LOOK: Duration = Duration::from_secs(5);
/// Totals are said no more often than this.
const APART: Duration = Duration::from_secs(1);

/// A body whose pieces come from a task.
struct Pieces(mpsc::Receiver<String>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|text| Ok(Frame::data(Bytes::from(text)))))
    }
}

const STREAM: &str = "text/event-stream";

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
    let first = event(&ws, &over, &asked, &page).await?;
    let listens = headers.get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(STREAM));
    if !listens {
        return Ok(([(CONTENT_TYPE, STREAM)], first).into_response());
    }
    let (said, pieces) = mpsc::channel(4);
    tokio::spawn(say(ws, over, asked, page, first, said));
    Ok(([(CONTENT_TYPE, STREAM)], Body::new(Pieces(pieces))).into_response())
}

/// Ends when it has lasted long enough, or when nobody listens any more.
async fn say(
    ws: Workspace,
    over: Over<See>,
    asked: WideAsked,
    page: Page,
    first: String,
    said: mpsc::Sender<String>,
) {
    let until = Instant::now() + LASTS;
    let mut changes = ws.changed();
    let mut known = ws.store().change_peek().await.ok();
    let mut last = first.clone();
    if said.send(format!("retry: 1000\n{first}")).await.is_err() {
        return;
    }
    while Instant::now() < until {
        tokio::select! {
            () = said.closed() => return,
            heard = timeout_at(until.min(Instant::now() + LOOK), changes.changed()) => {
                if matches!(heard, Ok(Err(_))) {
                    return;
                }
            }
        }
        let now = ws.store().change_peek().await.ok();
        if now == known {
            continue;
        }
        known = now;
        let Ok(event) = event(&ws, &over, &asked, &page).await else { return };
        if event != last {
            last.clone_from(&event);
            if said.send(event).await.is_err() {
                return;
            }
        }
        sleep(APART).await;
    }
}

async fn event(ws: &Workspace, over: &Over<See>, asked: &WideAsked, page: &Page) -> Result<String, Failure> {
    let totals = review::wide_totals(ws, over, asked).await?;
    let sums = table::sums(page, &totals, false);
    let sums: Vec<_> = sums.iter().map(|s| json!({ "sum": s.text, "rests": s.rests })).collect();
    let told = json!({ "standings": standings(page, &totals.standings), "totals": sums });
    Ok(format!("event: tong\ndata: {told}\n\n"))
}
