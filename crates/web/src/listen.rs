//! Connections: accepted, bounded in number, time and size, and ended in good order.

use std::{future::Future, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{body::Body, http::Request};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::Semaphore,
};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;

use crate::{body::Patient, front::Front, timer::HeadTimer};

/// Connections that wait to be accepted: a restart must not refuse any.
const BACKLOG: u32 = 4096;

/// Bounds of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// How many at once.
    pub connections: usize,
    /// How long a request's head may take, and how long a connection may rest between two.
    pub head: Duration,
    /// How long a reader may take none of what is sent, or send nothing of what it announced.
    pub stall: Duration,
    /// The largest head of a request, in bytes.
    pub head_size: usize,
    /// How long answers under way may take when the service ends.
    pub farewell: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 4096,
            head: Duration::from_secs(15),
            stall: Duration::from_secs(30),
            head_size: 96 * 1024,
            farewell: Duration::from_secs(20),
        }
    }
}

/// A listener on an address; or the one that was handed over by the service manager
/// (`LISTEN_FDS`), which keeps it open across a restart, so that nobody is refused meanwhile.
///
/// # Errors
/// If the address is taken or not ours.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    if let Some(handed) = listenfd::ListenFd::from_env().take_tcp_listener(0)? {
        handed.set_nonblocking(true)?;
        return TcpListener::from_std(handed);
    }
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until `shutdown` is done; answers under way are finished.
pub async fn serve(
    listener: TcpListener,
    front: Arc<Front>,
    tls: Option<TlsAcceptor>,
    bounds: Bounds,
    shutdown: impl Future<Output = ()> + Send,
) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(bounds.connections));
    let mut shutdown = pin!(shutdown);
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { break };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most likely: those that end will free some.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut shutdown => break,
        };
        let (front, tls) = (Arc::clone(&front), tls.clone());
        let watcher = graceful.watcher();
        tokio::spawn(async move {
            let measures = front.measures();
            measures.connections.inc();
            connection(stream, peer, front, tls, bounds, watcher).await;
            measures.connections.dec();
            drop(place);
        });
    }
    // The listener stays open until here, and waiting connections with it.
    drop(listener);
    let _ = tokio::time::timeout(bounds.farewell, graceful.shutdown()).await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    front: Arc<Front>,
    tls: Option<TlsAcceptor>,
    bounds: Bounds,
    watcher: hyper_util::server::graceful::Watcher,
) {
    // Answers are written whole: waiting for more would only delay them.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(bounds.stall));
    if tls.is_some() {
        // Nothing else bounds how long HTTP/2 waits for its first bytes. Without encryption heads and bodies
        // have timers of their own, and a further one for each request would cost a wakeup each.
        stream.set_read_timeout(Some(bounds.stall.max(bounds.head)));
    }
    let stream = Box::pin(stream);
    match tls {
        None => http1(stream, peer, front, false, bounds, watcher).await,
        Some(tls) => {
            // A handshake that fails is the reader's affair.
            let Ok(Ok(stream)) = tokio::time::timeout(bounds.head, tls.accept(stream)).await else { return };
            if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
                http2(stream, peer, front, bounds, watcher).await;
            } else {
                http1(stream, peer, front, true, bounds, watcher).await;
            }
        }
    }
}

async fn http1(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    front: Arc<Front>,
    encrypted: bool,
    bounds: Bounds,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let service = service_fn(|request| answer(Arc::clone(&front), request, peer, encrypted, bounds.stall));
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(HeadTimer::default())
        .header_read_timeout(bounds.head)
        .max_buf_size(bounds.head_size)
        .max_headers(64)
        .serve_connection(TokioIo::new(stream), service);
    // Readers go away in the middle of an answer: no failure of ours.
    let _ = watcher.watch(connection).await;
}

async fn http2(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    front: Arc<Front>,
    bounds: Bounds,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let service = service_fn(|request| answer(Arc::clone(&front), request, peer, true, bounds.stall));
    let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(bounds.head_size).unwrap_or(u32::MAX))
        .max_concurrent_streams(100)
        .keep_alive_interval(bounds.stall)
        .serve_connection(TokioIo::new(stream), service);
    let _ = watcher.watch(connection).await;
}

async fn answer(
    front: Arc<Front>,
    request: Request<Incoming>,
    peer: SocketAddr,
    encrypted: bool,
    stall: Duration,
) -> Result<axum::http::Response<Body>, std::convert::Infallible> {
    let request = request.map(|body| Patient::new(body, stall));
    Ok(front.answer(request, peer.ip(), encrypted).await)
}
