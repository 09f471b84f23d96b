//! Work that takes a processor and much memory, such as a picture of forty megapixels: a few at a time, and
//! no more in the queue than soon have their turn.

use std::sync::Arc;

use nhipcau_domain::problem::Problem;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::ActionError;

/// How many pieces are worked on at a time: a picture may take 250 MB.
const AT_ONCE: usize = 2;

/// How many requests may be at work or waiting. Each holds what it was sent, up to 40 MB.
const ADMITTED: usize = 16;

/// The places for heavy work. Clones share them.
#[derive(Clone)]
pub struct Heavy {
    admitted: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// A request's place in the queue: held for as long as it has work, so that it is not refused half way.
pub struct Turn {
    places: Arc<Semaphore>,
    _admitted: OwnedSemaphorePermit,
}

impl Default for Heavy {
    fn default() -> Self {
        Self::of(ADMITTED, AT_ONCE)
    }
}

impl Heavy {
    fn of(admitted: usize, at_once: usize) -> Self {
        Self { admitted: Arc::new(Semaphore::new(admitted)), places: Arc::new(Semaphore::new(at_once)) }
    }

    /// Joins the queue.
    ///
    /// # Errors
    /// `desk-busy` where the queue is full: a flood is refused rather than kept waiting.
    pub fn enter(&self) -> Result<Turn, Problem> {
        let admitted =
            Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| Problem::new("desk-busy"))?;
        Ok(Turn { places: Arc::clone(&self.places), _admitted: admitted })
    }
}

impl Turn {
    /// Does a piece of work off the event loop, once there is a place for it. The place is given back when
    /// the work is done, also where nobody waits for it any more.
    ///
    /// # Errors
    /// Where the work panics.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ActionError> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| ActionError::Worker)?;
        let work = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        work.await.map_err(|_| ActionError::Worker)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn no_more_is_done_at_once_than_there_are_places() {
        let heavy = Heavy::of(20, 2);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut tasks = Vec::new();
        for _ in 0..20 {
            let turn = heavy.enter().unwrap();
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            tasks.push(tokio::spawn(async move {
                turn.run(move || {
                    let at_work = now.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(at_work, Ordering::SeqCst);
                    std::thread::yield_now();
                    now.fetch_sub(1, Ordering::SeqCst);
                })
                .await
            }));
        }
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert!((1..=2).contains(&most.load(Ordering::SeqCst)), "{most:?}");
    }

    #[tokio::test]
    async fn who_finds_the_queue_full_is_told_so_and_may_come_again() {
        let heavy = Heavy::of(2, 1);
        let (first, second) = (heavy.enter().unwrap(), heavy.enter().unwrap());
        assert_eq!(heavy.enter().err().map(|p| p.id).as_deref(), Some("desk-busy"));
        drop(first);
        assert_eq!(heavy.enter().unwrap().run(|| 7).await.unwrap(), 7);
        drop(second);
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_place_back() {
        let heavy = Heavy::of(2, 1);
        let turn = heavy.enter().unwrap();
        assert!(turn.run(|| panic!("on purpose")).await.is_err());
        assert_eq!(turn.run(|| 7).await.unwrap(), 7);
    }
}
