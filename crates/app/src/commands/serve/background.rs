//! What goes on beside the answers: changes empty the page cache, articles go out at their time, a new
//! certificate is taken up.

use std::{sync::Arc, time::Duration};

use nhipcau_actions::{ActionError, Workspace, outbox, press};
use nhipcau_domain::{Date, text};
use nhipcau_portal::PortalState;
use nhipcau_web::{cache::PageCache, front::Front, measures::Measures, tls::Certificate};
use tokio::sync::watch::Receiver;

/// How often another process's writes are looked for.
const LOOK: Duration = Duration::from_millis(250);
/// How often a new certificate is looked for.
const CERTIFICATE: Duration = Duration::from_secs(5);

/// What pages rest on beside the records: the change counter, today, the notices that are shown.
type Seen = (i64, Date, Vec<uuid::Uuid>);

/// Starts it all; it ends with `stopped`.
pub fn start(
    ws: &Workspace,
    front: &Arc<Front>,
    state: PortalState,
    certificate: Option<Arc<Certificate>>,
    stopped: &Receiver<bool>,
) {
    // What the first reader would wait for is made while nobody waits.
    tokio::spawn(async move { nhipcau_portal::warm(state).await });
    let (cache, measures) = (front.cache(), front.measures());
    let work = watch(ws.clone(), cache, measures);
    until(stopped, work);
    if let Some(certificate) = certificate {
        until(stopped, refresh(certificate));
    }
}

fn until(stopped: &Receiver<bool>, work: impl Future<Output = ()> + Send + 'static) {
    let mut stopped = stopped.clone();
    tokio::spawn(async move {
        tokio::select! {
            () = work => {}
            _ = stopped.wait_for(|stopped| *stopped) => {}
        }
    });
}

/// Removes what has been kept long enough.
async fn forget(ws: &Workspace) -> Result<(), ActionError> {
    press::forget(ws).await?;
    outbox::forget(ws).await?;
    Ok(())
}

/// Empties the cache when something changed: at once for what this process writes; within [`LOOK`] for
/// what another does; and at midnight, as pages speak of today.
async fn watch(ws: Workspace, cache: Arc<PageCache>, measures: Arc<Measures>) {
    let mut own = ws.changed();
    let mut tick = tokio::time::interval(LOOK);
    let mut seen: Option<Seen> = None;
    loop {
        tokio::select! {
            changed = own.changed() => {
                if changed.is_err() {
                    return;
                }
                cache.empty();
                measures.changed();
            }
            _ = tick.tick() => {}
        }
        let now = ws.now();
        if let Err(error) = press::run_due(&ws, now).await {
            tracing::warn!(%error, "articles whose time has come could not be published");
        }
        let looked = async {
            let change = ws.store().change_peek().await?;
            let notices = press::site(&ws).await?.notices_at(now).map(|n| n.id).collect();
            Ok::<_, ActionError>((change, text::local_day(now), notices))
        };
        match looked.await {
            Ok(state) => {
                let day = state.1;
                let before = seen.replace(state);
                if before.is_some() && before != seen {
                    cache.empty();
                    measures.changed();
                }
                if before.is_none_or(|(_, known, _)| known != day)
                    && let Err(error) = forget(&ws).await
                {
                    tracing::warn!(%error, "what was kept long enough could not be removed");
                }
            }
            Err(error) => {
                // What cannot be known to be fresh is not given.
                cache.empty();
                tracing::warn!(%error, "the store could not be asked for changes");
            }
        }
    }
}

async fn refresh(certificate: Arc<Certificate>) {
    let mut tick = tokio::time::interval(CERTIFICATE);
    loop {
        tick.tick().await;
        match certificate.refresh() {
            Ok(true) => tracing::info!("a new certificate is in use"),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the new certificate cannot be used; the old one stays"),
        }
    }
}
