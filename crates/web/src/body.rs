//! A body of a few pieces that are already in memory: written to the socket as they are.

use std::{
    array,
    convert::Infallible,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::BoxError;
use bytes::{Buf as _, Bytes};
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// Pieces of a body, in order. Its length is known, so that it is sent with `Content-Length`.
#[derive(Debug)]
pub struct Pieces {
    left: array::IntoIter<Bytes, 4>,
    length: u64,
}

impl Pieces {
    /// A body of these pieces; empty ones are left out.
    pub fn new(pieces: [Bytes; 4]) -> Self {
        let length = pieces.iter().map(|p| p.remaining() as u64).sum();
        Self { left: pieces.into_iter(), length }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.left.find(|p| !p.is_empty());
        if let Some(piece) = &piece {
            self.length = self.length.saturating_sub(piece.remaining() as u64);
        }
        Poll::Ready(piece.map(|p| Ok(Frame::data(p))))
    }

    fn is_end_stream(&self) -> bool {
        self.length == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

/// A body that must go on coming: whoever sends nothing of what was announced for so long is not waited for.
#[derive(Debug)]
pub struct Patient<B> {
    body: B,
    longest: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<B> Patient<B> {
    /// Waits at most so long for each piece of a body.
    pub fn new(body: B, longest: Duration) -> Self {
        Self { body, longest, waiting: None }
    }
}

impl<B> Body for Patient<B>
where
    B: Body<Data = Bytes, Error: Into<BoxError>> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.waiting = None;
            return Poll::Ready(frame.map(|f| f.map_err(Into::into)));
        }
        let longest = self.longest;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(longest)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::TimedOut).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
