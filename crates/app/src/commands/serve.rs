//! `serve`: the pages.

use std::{net::SocketAddr, process::ExitCode};

use nhipcau_actions::{Workspace, access};
use nhipcau_messages::{Lang, say};
use nhipcau_portal::PortalState;

use crate::{place::Place, system};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    listen(ws, args.listen, lang).await
}

/// Serves until interrupted, and prints the reviewer's one-time address.
pub async fn listen(ws: Workspace, listen: SocketAddr, lang: Lang) -> anyhow::Result<ExitCode> {
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(|e| {
        nhipcau_domain::problem::Problem::new("cannot-listen")
            .with("address", listen.to_string())
            .with("detail", e.to_string())
    })?;
    let address = listener.local_addr()?;
    let token = access::issue_token(&ws, &system::random::<16>()).await?;
    outln!("{}", say(lang, "serve-ready", &[("address", format!("http://{address}/").into())]));
    outln!(
        "{}",
        say(lang, "serve-reviewer", &[("address", format!("http://{address}/?token={token}").into())])
    );
    nhipcau_portal::serve(listener, PortalState::new(ws, std::sync::Arc::new(system::secret)), interrupted())
        .await?;
    Ok(ExitCode::SUCCESS)
}

async fn interrupted() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
