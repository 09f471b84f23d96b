//! The timer of a connection's heads, set once and looked at late.
//!
//! hyper asks for a timer at each request and drops it when the head is there, which nearly all are at once: each
//! would be entered into the runtime's wheel and taken out again. Here a connection has one entry. When it is due,
//! whoever waits then enters it anew for the rest of the time, so that a busy connection pays once in a head's time.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use hyper::rt::{Sleep, Timer};
use tokio::time;

/// A connection's entry in the wheel, once there is one.
type Entry = Arc<Mutex<Option<Pin<Box<time::Sleep>>>>>;

/// A timer for one connection.
#[derive(Debug, Default)]
pub(crate) struct HeadTimer(Entry);

struct Until {
    deadline: Instant,
    entry: Entry,
}

impl Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(Until { deadline, entry: Arc::clone(&self.0) })
    }
}

impl Sleep for Until {}

impl Future for Until {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut entry = self.entry.lock().unwrap_or_else(PoisonError::into_inner);
        let deadline = self.deadline.into();
        let entry = entry.get_or_insert_with(|| Box::pin(time::sleep_until(deadline)));
        while entry.as_mut().poll(context).is_ready() {
            // It may have been entered by an earlier request; never for later than this one's.
            if entry.deadline() >= deadline {
                return Poll::Ready(());
            }
            entry.as_mut().reset(deadline);
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: Duration = Duration::from_millis(200);

    #[tokio::test]
    async fn a_later_request_has_its_whole_time() {
        let timer = HeadTimer::default();
        let begun = Instant::now();
        let first = timer.sleep(HEAD);
        assert!(time::timeout(HEAD / 2, first).await.is_err(), "the head comes before its time is over");
        timer.sleep_until(begun + HEAD * 2).await;
        assert!(begun.elapsed() >= HEAD * 2);
    }

    #[tokio::test]
    async fn an_entry_that_was_due_while_nobody_waited_lets_nobody_go() {
        let timer = HeadTimer::default();
        let first = timer.sleep(HEAD);
        assert!(time::timeout(HEAD / 2, first).await.is_err());
        time::sleep(HEAD * 2).await;
        let again = Instant::now();
        timer.sleep(HEAD).await;
        assert!(again.elapsed() >= HEAD);
    }
}
