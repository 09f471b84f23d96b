//! For those who run the service, on a port of its own that readers do not reach: whether it is up,
//! whether it can answer, and what Prometheus reads.

use std::{io, net::SocketAddr, sync::Arc};

use super::messages::Standing;
use axum::{
    Router,
    http::{StatusCode, header::CONTENT_TYPE},
    response::IntoResponse as _,
    routing::get,
};
use nhipcau_actions::Workspace;
use nhipcau_visits::Visits;
use nhipcau_web::front::Front;
use tokio::{net::TcpListener, sync::watch::Receiver};

const PROMETHEUS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Listens on a port until the service ends.
pub async fn start(
    port: SocketAddr,
    ws: &Workspace,
    front: &Arc<Front>,
    (visits, standing): (Visits, Arc<Standing>),
    mut stopped: Receiver<bool>,
) -> io::Result<()> {
    let listener = TcpListener::bind(port).await?;
    let (store, front) = (ws.store().clone(), Arc::clone(front));
    let ready = move || {
        let store = store.clone();
        async move {
            match store.change_peek().await {
                Ok(_) => (StatusCode::OK, "ready\n").into_response(),
                Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
            }
        }
    };
    let metrics = move || {
        let totals = visits.totals();
        let visits = [
            ("visits_online", "Visitors of the last five minutes", totals.online),
            ("visits_today", "Visits of this local day", totals.today),
            ("visits_all", "All visits", totals.all_visits),
            ("views_all", "All views", totals.all_views),
        ];
        let more = [visits.as_slice(), standing.measures().as_slice()].concat();
        let text = front.measures().text(front.cache().held(), &more);
        async move { ([(CONTENT_TYPE, PROMETHEUS)], text) }
    };
    let router = Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics));
    tokio::spawn(async move {
        let end = async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(end).await {
            tracing::warn!(%error, "the operators' port ended");
        }
    });
    Ok(())
}
