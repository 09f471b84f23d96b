//! Server-sent events: something is said now, and again whenever it has changed, for as long as somebody
//! listens.

use std::{convert::Infallible, time::Duration};

use axum::body::Body;
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep, timeout_at},
};

use crate::flow::Pieces;

/// The media type of events.
pub const STREAM: &str = "text/event-stream";

/// For how long one answer goes on; whoever listens then asks again, with the rights that they have by then.
const LASTS: Duration = Duration::from_secs(15);
/// How often another process's writes are looked for.
const LOOK: Duration = Duration::from_secs(5);
/// Nothing is said more often than this.
const APART: Duration = Duration::from_secs(1);

/// A body that says `first`, and then what `ask` gives whenever that is something else: asked when `changes`
/// tells of one, and when the number that `peek` gives is another. It ends when it has lasted long enough,
/// when nobody listens any more, and when `ask` gives nothing.
///
/// `changes` is heard from before `first` was asked for, so that nothing is missed between the two.
pub fn body<P, A>(
    first: String,
    changes: watch::Receiver<i64>,
    peek: impl FnMut() -> P + Send + 'static,
    ask: impl FnMut() -> A + Send + 'static,
) -> Body
where
    P: Future<Output = Option<i64>> + Send + 'static,
    A: Future<Output = Option<String>> + Send + 'static,
{
    let (said, pieces) = mpsc::channel(4);
    tokio::spawn(say(first, changes, peek, ask, said));
    Body::new(Pieces(pieces))
}

async fn say<P, A>(
    first: String,
    mut changes: watch::Receiver<i64>,
    mut peek: impl FnMut() -> P,
    mut ask: impl FnMut() -> A,
    said: mpsc::Sender<Result<String, Infallible>>,
) where
    P: Future<Output = Option<i64>>,
    A: Future<Output = Option<String>>,
{
    let until = Instant::now() + LASTS;
    let mut known: Option<i64> = None;
    let mut last = first.clone();
    if said.send(Ok(format!("retry: 1000\n{first}"))).await.is_err() {
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
        let now = peek().await;
        if now == known {
            continue;
        }
        known = now;
        let Some(event) = ask().await else { return };
        if event != last {
            last.clone_from(&event);
            if said.send(Ok(event)).await.is_err() {
                return;
            }
        }
        sleep(APART).await;
    }
}
