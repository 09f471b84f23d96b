//! `serve`: the pages, alone or behind a proxy.

mod background;
pub mod counting;
mod front;
mod messages;
mod operations;
mod service;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context as _;
use nhipcau_actions::{Workspace, access, outbox::Reaching};
use nhipcau_api::ApiState;
use nhipcau_desk::DeskState;
use nhipcau_domain::{outbox::Channel, problem::Problem};
use nhipcau_messages::{Lang, say};
use nhipcau_portal::PortalState;
use nhipcau_web::{client::Proxies, listen, tls::Certificate};

use super::sending::Sending;
use crate::{place::Place, system};

#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub outside: Outside,
    #[command(flatten)]
    pub sending: Sending,
}

/// How the site is reached from outside.
#[derive(Debug, Clone, clap::Args)]
pub struct Outside {
    #[arg(long, value_name = "URL", env = "NHIPCAU_SITE")]
    pub site: Option<String>,
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    #[arg(long, value_name = "NETWORK", value_delimiter = ',', value_parser = network)]
    pub trusted_proxy: Vec<ipnet::IpNet>,
    #[arg(long, value_name = "ADDR")]
    pub operations: Option<SocketAddr>,
    #[arg(long, value_name = "MB", default_value_t = 48)]
    pub page_memory: usize,
    #[command(flatten)]
    pub service: service::Service,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            site: None,
            tls_certificate: None,
            tls_key: None,
            trusted_proxy: Vec::new(),
            operations: None,
            page_memory: 48,
            service: service::Service::default(),
        }
    }
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    serve(ws, place, args.listen, args.outside, &args.sending, lang).await
}

/// Serves until interrupted, and prints the reviewer's one-time address.
pub async fn serve(
    ws: Workspace,
    place: &Place,
    listen: SocketAddr,
    outside: Outside,
    sending: &Sending,
    lang: Lang,
) -> anyhow::Result<ExitCode> {
    let listener = listen::bind(listen).map_err(|e| {
        Problem::new("cannot-listen").with("address", listen.to_string()).with("detail", e.to_string())
    })?;
    let address = listener.local_addr()?;
    let certificate = match (&outside.tls_certificate, &outside.tls_key) {
        (Some(chain), Some(key)) => Some(Arc::new(Certificate::read(chain, key).map_err(|e| {
            Problem::new("serve-certificate")
                .with("file", chain.display().to_string())
                .with("detail", e.to_string())
        })?)),
        _ => None,
    };
    let tls = certificate.as_ref().map(Certificate::acceptor).transpose()?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let here = format!("{scheme}://{address}");
    let base = outside.site.as_deref().map_or(here.as_str(), |site| site.trim_end_matches('/'));
    let outgoing = sending.outgoing()?;
    let ws = ws.reaching(Reaching {
        base: base.to_owned(),
        mail: outgoing.reaches(Channel::Mail),
        phone: outgoing.reaches(Channel::Phone),
        ..Reaching::default()
    });
    let visits = counting::open(place)?;
    // An older program's index is not ours; what is out must be found from the first reader on.
    nhipcau_actions::search::ensure(&ws).await?;
    let state = PortalState::new(ws.clone(), Arc::new(system::secret))
        .with_base(base)
        .on_search(counting::searches(visits.clone()));
    let (style, script) = nhipcau_portal::look();
    // Without a name of its own the site is this machine's: passkeys are tried out at localhost.
    let local = format!("{scheme}://localhost:{}", address.port());
    let door = super::office::door(ws.clone())
        .sealing(crate::key::seal(&place.data)?)
        .with_passkeys_at(outside.site.as_deref().unwrap_or(&local));
    let api = ApiState::new(door.clone()).with_visits(visits.clone());
    let mut desk = DeskState::new(door, base).with_visits(visits.clone()).with_look(style, script);
    if let Some((provider, label)) = outside.service.provider(base)? {
        desk = desk.with_service(provider, &label);
    }
    let front = Arc::new(
        front::front(state.clone(), desk, api, outside.page_memory << 20)
            .behind(Proxies::new(outside.trusted_proxy))
            .counting(Arc::new(counting::Counting::new(visits.clone(), base))),
    );
    let (stop, stopped) = tokio::sync::watch::channel(false);
    background::start(&ws, &front, state, certificate, &stopped);
    let standing = Arc::default();
    // Messages end with the first word to stop, while answers are still finished.
    let (end, ended) = tokio::sync::watch::channel(false);
    let sender = messages::start(&ws, outgoing, &standing, &ended);
    if let Some(port) = outside.operations {
        operations::start(port, &ws, &front, (visits.clone(), standing), stopped.clone())
            .await
            .with_context(|| port.to_string())?;
    }
    let token = access::issue_token(&ws, &system::random::<16>()).await?;
    outln!("{}", say(lang, "serve-ready", &[("address", format!("{here}/").into())]));
    outln!("{}", say(lang, "serve-reviewer", &[("address", format!("{here}/ket-qua?token={token}").into())]));
    let asked = async move {
        interrupted().await;
        let _ = end.send(true);
    };
    listen::serve(listener, front, tls, listen::Bounds::default(), asked).await;
    // Nobody waits for an answer any more: what runs beside may end.
    let _ = stop.send(true);
    messages::ended(sender).await;
    if let Err(error) = visits.checkpoint() {
        tracing::warn!(%error, "the visit counters will be rebuilt from their log");
    }
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

/// A network, or one address.
fn network(text: &str) -> Result<ipnet::IpNet, ipnet::AddrParseError> {
    text.parse().or_else(|e| text.parse::<std::net::IpAddr>().map(Into::into).map_err(|_| e))
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn a_proxy_is_a_network_or_one_address() {
        assert_eq!(network("10.0.0.1").unwrap().to_string(), "10.0.0.1/32");
        assert_eq!(network("10.0.0.0/8").unwrap().to_string(), "10.0.0.0/8");
        assert_eq!(network("::1").unwrap().to_string(), "::1/128");
        assert!(network("proxy").is_err());
    }
}
