//! What sends messages, beside the answers: takes what is due, a few at once, and keeps what came of it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use nhipcau_actions::{
    Workspace,
    error::Result,
    outbox::{self, run},
};
use nhipcau_domain::{Date, outbox::Outcome, text};
use nhipcau_outgoing::{Answer, LONGEST_SECONDS, Letter, Outgoing};
use nhipcau_store::outbox::OutboxMessage;
use tokio::{
    sync::{oneshot, watch::Receiver},
    task::{JoinHandle, JoinSet},
    time::{Instant, sleep, timeout},
};

use crate::system;

/// How often what another process put in is looked for.
const LOOK: Duration = Duration::from_secs(5);
/// How often the calendar is looked at: a plan may be set, or a deadline put off, at any time.
const CALENDAR: Duration = Duration::from_mins(10);
/// How many are sent at once.
const AT_ONCE: u32 = 4;
/// How long what is going out is waited for once the last answer is given.
const PATIENCE: Duration = Duration::from_secs(5);

/// How the outbox stands, for those who run the service.
#[derive(Debug, Default)]
pub struct Standing {
    waiting: AtomicU64,
    oldest: AtomicU64,
    sent: AtomicU64,
    given_up: AtomicU64,
    unknown: AtomicU64,
}

impl Standing {
    /// As the metrics say it.
    pub fn measures(&self) -> [(&'static str, &'static str, u64); 5] {
        let get = |of: &AtomicU64| of.load(Ordering::Relaxed);
        [
            ("outbox_waiting", "Messages that wait to be sent", get(&self.waiting)),
            ("outbox_oldest_seconds", "Seconds that the oldest message is overdue", get(&self.oldest)),
            ("outbox_sent", "Messages that were sent", get(&self.sent)),
            ("outbox_given_up", "Messages that were given up", get(&self.given_up)),
            ("outbox_unknown", "Messages of which nobody knows whether they went out", get(&self.unknown)),
        ]
    }

    async fn refresh(&self, ws: &Workspace) -> Result<()> {
        let now = outbox::standing(ws).await?;
        let set = |of: &AtomicU64, n: u64| of.store(n, Ordering::Relaxed);
        let overdue = now.due_since.map_or(0, |due| ws.now().duration_since(due).as_secs());
        set(&self.waiting, now.waiting.into());
        set(&self.oldest, u64::try_from(overdue).unwrap_or(0));
        set(&self.sent, now.sent.into());
        set(&self.given_up, now.given_up.into());
        set(&self.unknown, now.unknown.into());
        Ok(())
    }
}

/// Starts it. Once the service has `stopped` it takes nothing more, and ends with what is going out.
pub fn start(
    ws: &Workspace,
    outgoing: Outgoing,
    standing: &Arc<Standing>,
    stopped: &Receiver<bool>,
) -> JoinHandle<()> {
    let sender = Sender {
        ws: ws.clone(),
        outgoing: Arc::new(outgoing),
        // Each start is a process of its own: what an earlier one left is not ours.
        by: Arc::from(system::secret()),
    };
    tokio::spawn(work(sender, Arc::clone(standing), stopped.clone()))
}

/// Waits for what is going out, but not for long.
pub async fn ended(work: JoinHandle<()>) {
    if timeout(PATIENCE, work).await.is_err() {
        tracing::warn!("messages were going out as the service ended; a person will be asked about them");
    }
}

#[derive(Clone)]
struct Sender {
    ws: Workspace,
    outgoing: Arc<Outgoing>,
    by: Arc<str>,
}

async fn work(sender: Sender, standing: Arc<Standing>, mut stopped: Receiver<bool>) {
    let ws = &sender.ws;
    let (mut calendar, mut told) = (None::<Instant>, None::<Date>);
    while !*stopped.borrow() {
        // Nothing is put in where nothing can be sent; what was put in before is still looked after.
        if calendar.is_none_or(|at| at.elapsed() >= CALENDAR) {
            calendar = Some(Instant::now());
            if let Err(error) = look_at_the_calendar(ws, &mut told).await {
                tracing::warn!(%error, "reminders by the calendar could not be put in");
            }
        }
        let taken =
            if ws.outbound().anyone() { run::claim(ws, &sender.by, AT_ONCE).await } else { Ok(Vec::new()) };
        let taken = taken.unwrap_or_else(|error| {
            tracing::warn!(%error, "messages could not be taken");
            Vec::new()
        });
        let idle = taken.is_empty();
        let mut going = JoinSet::new();
        for message in taken {
            let (sender, stopped) = (sender.clone(), stopped.clone());
            going.spawn(async move {
                let ended = *stopped.borrow();
                // What has not begun goes back by itself.
                if ended {
                    return;
                }
                if let Err(error) = sender.send(message).await {
                    tracing::warn!(%error, "what came of a message could not be kept");
                }
            });
        }
        going.join_all().await;
        if let Err(error) = standing.refresh(ws).await {
            tracing::warn!(%error, "how the messages stand could not be read");
        }
        if idle {
            tokio::select! {
                () = ws.outbound().wake.notified() => {}
                () = sleep(LOOK) => {}
                _ = stopped.wait_for(|stopped| *stopped) => {}
            }
        }
    }
}

/// Puts in what the plans say, and once a day what waits for reviewers.
async fn look_at_the_calendar(ws: &Workspace, told: &mut Option<Date>) -> Result<()> {
    outbox::run_plans(ws).await?;
    let today = text::local_day(ws.now());
    if *told != Some(today) && outbox::run_digests(ws).await? {
        *told = Some(today);
    }
    Ok(())
}

impl Sender {
    async fn send(&self, taken: OutboxMessage) -> Result<()> {
        let Some(message) = run::begin(&self.ws, &self.by, taken.id).await? else { return Ok(()) };
        let letter = Letter {
            id: message.id,
            channel: message.channel,
            to: message.recipient,
            subject: message.subject,
            text: message.body,
            at: self.ws.now(),
        };
        let answer = self.hand_over(letter).await;
        let state = run::settle(&self.ws, &self.by, message.id, answer.outcome, &answer.said).await?;
        tracing::info!(id = %message.id, ?state, "a message was settled");
        Ok(())
    }

    /// In a thread of its own, which the end of the process does not wait for.
    async fn hand_over(&self, letter: Letter) -> Answer {
        let (say, heard) = oneshot::channel();
        let outgoing = Arc::clone(&self.outgoing);
        let started = thread::Builder::new().name("message".to_owned()).spawn(move || {
            // Nobody may be left to hear it.
            let _ = say.send(outgoing.send(&letter));
        });
        if let Err(error) = started {
            return Answer::new(Outcome::Later, &error.to_string());
        }
        match timeout(Duration::from_secs(LONGEST_SECONDS), heard).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Answer::new(Outcome::Unclear, "the attempt broke off"),
            Err(_) => Answer::new(Outcome::Unclear, "no answer in time"),
        }
    }
}
