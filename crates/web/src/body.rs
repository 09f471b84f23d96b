//! A body of a few pieces that are already in memory: written to the socket as they are.

use std::{
    collections::VecDeque,
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::{Buf as _, Bytes};
use http_body::{Body, Frame, SizeHint};

/// Pieces of a body, in order. Its length is known, so that it is sent with `Content-Length`.
#[derive(Debug, Default)]
pub struct Pieces {
    left: VecDeque<Bytes>,
    length: u64,
}

impl Pieces {
    /// A body of these pieces; empty ones are left out.
    pub fn new(pieces: impl IntoIterator<Item = Bytes>) -> Self {
        let left: VecDeque<Bytes> = pieces.into_iter().filter(|p| !p.is_empty()).collect();
        let length = left.iter().map(|p| p.remaining() as u64).sum();
        Self { left, length }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.left.pop_front();
        if let Some(piece) = &piece {
            self.length = self.length.saturating_sub(piece.remaining() as u64);
        }
        Poll::Ready(piece.map(|p| Ok(Frame::data(p))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
