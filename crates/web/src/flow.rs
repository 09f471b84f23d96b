//! A long answer that is made piece by piece as it is read: never more of it than a few pieces is in memory.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{BoxError, body::Body};
use bytes::Bytes;
use http_body::Frame;
use tokio::sync::mpsc;

/// A body whose pieces come from a task. An error breaks it off, so that nobody takes a part for the whole.
pub(crate) struct Pieces<E>(pub mpsc::Receiver<Result<String, E>>);

impl<E> http_body::Body for Pieces<E> {
    type Data = Bytes;
    type Error = E;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        let framed = |piece: Result<String, E>| piece.map(|text| Frame::data(Bytes::from(text)));
        self.0.poll_recv(context).map(|piece| piece.map(framed))
    }
}

/// A body of what `piece` gives, each time with what comes after it, until it gives nothing. It is asked no
/// faster than the answer is read, and no longer.
pub fn body<S, P, E>(from: S, piece: impl FnMut(S) -> P + Send + 'static) -> Body
where
    S: Send + 'static,
    P: Future<Output = Result<Option<(String, S)>, E>> + Send + 'static,
    E: Into<BoxError> + Send + 'static,
{
    let (said, pieces) = mpsc::channel(1);
    tokio::spawn(say(from, piece, said));
    Body::new(Pieces(pieces))
}

async fn say<S, P, E>(
    mut from: S,
    mut piece: impl FnMut(S) -> P,
    said: mpsc::Sender<Result<String, BoxError>>,
) where
    P: Future<Output = Result<Option<(String, S)>, E>>,
    E: Into<BoxError>,
{
    loop {
        let (told, after) = match piece(from).await {
            Ok(Some((text, after))) => (Ok(text), Some(after)),
            Ok(None) => return,
            Err(error) => (Err(error.into()), None),
        };
        let Ok(()) = said.send(told).await else { return };
        let Some(after) = after else { return };
        from = after;
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    #[tokio::test]
    async fn all_pieces_come_in_order() {
        let next = |n: u32| async move { Ok::<_, BoxError>((n < 3).then(|| (format!("{n};"), n + 1))) };
        let all = to_bytes(body(0, next), 100).await.unwrap();
        assert_eq!(all, "0;1;2;");
    }

    #[tokio::test]
    async fn an_error_is_no_end() {
        let next = |n: u32| async move {
            if n < 2 { Ok(Some(("x".to_owned(), n + 1))) } else { Err(BoxError::from("lost")) }
        };
        assert!(to_bytes(body(0, next), 100).await.is_err());
    }
}
