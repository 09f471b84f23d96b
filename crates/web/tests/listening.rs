//! Connections: encrypted ones, slow ones, huge heads, and a farewell that finishes what it began.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    http::Method,
    routing::{get, post},
};
use nhipcau_web::{
    front::Front,
    listen::{Bounds, bind, serve},
    manners::{Limits, Manners},
    tls::Certificate,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::{Notify, oneshot},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer},
};

fn manners() -> Manners {
    Manners {
        is_counted: |_, _| true,
        is_private: |_, _| false,
        limited: |_: &Method, _| None,
        too_much: |_| ("text/plain", String::new()),
        marks: &[],
    }
}

struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
    started: Arc<Notify>,
    go_on: Arc<Notify>,
}

fn started(bounds: Bounds, certificate: Option<&Arc<Certificate>>) -> Served {
    let (started, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (begun, wait) = (Arc::clone(&started), Arc::clone(&go_on));
    let slow = move || {
        let (begun, wait) = (Arc::clone(&begun), Arc::clone(&wait));
        async move {
            begun.notify_one();
            wait.notified().await;
            "finished"
        }
    };
    let router = Router::new()
        .route("/", get(async || "xin chào"))
        .route("/slow", get(slow))
        .route("/sent", post(async |sent: String| sent));
    let front = Arc::new(Front::new(router, manners(), &Limits::default(), 1 << 20));
    let listener = bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    let tls = certificate.map(|c| c.acceptor().unwrap());
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(async move {
        serve(listener, front, tls, bounds, async {
            let _ = stopped.await;
        })
        .await;
    });
    Served { address, stop, ended, started, go_on }
}

async fn whole(mut stream: impl tokio::io::AsyncRead + Unpin) -> io::Result<String> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

const LAST: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn an_answer_under_way_is_finished_when_the_service_ends() {
    let served = started(Bounds::default(), None);
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    served.started.notified().await;
    served.stop.send(()).unwrap();
    served.go_on.notify_one();
    assert!(whole(stream).await.unwrap().ends_with("finished"));
    served.ended.await.unwrap();
    assert!(TcpStream::connect(served.address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn who_never_finishes_asking_is_let_go() {
    let bounds =
        Bounds { head: Duration::from_millis(100), stall: Duration::from_millis(100), ..Bounds::default() };
    let served = started(bounds, None);
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: ").await.unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(20), whole(stream)).await;
    assert!(ended.is_ok(), "the connection was ended by the server");
    let mut other = TcpStream::connect(served.address).await.unwrap();
    other.write_all(LAST).await.unwrap();
    assert!(whole(other).await.unwrap().ends_with("xin chào"));
}

#[tokio::test]
async fn who_rests_too_long_is_let_go_before_the_first_request_and_between_two() {
    let bounds =
        Bounds { head: Duration::from_millis(200), stall: Duration::from_mins(1), ..Bounds::default() };
    let served = started(bounds, None);
    let silent = TcpStream::connect(served.address).await.unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(20), whole(silent)).await;
    assert_eq!(ended.expect("ended by the server").unwrap(), "");
    let mut resting = TcpStream::connect(served.address).await.unwrap();
    resting.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(20), whole(resting)).await;
    assert!(ended.expect("ended by the server").unwrap().ends_with("xin chào"));
}

#[tokio::test]
async fn who_sends_less_than_was_announced_is_not_waited_for() {
    let bounds =
        Bounds { head: Duration::from_mins(1), stall: Duration::from_millis(200), ..Bounds::default() };
    let served = started(bounds, None);
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(b"POST /sent HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nxin").await.unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(20), whole(stream)).await;
    let answer = ended.expect("ended by the server").unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
}

#[tokio::test]
async fn a_huge_head_is_refused() {
    let served = started(Bounds { head_size: 16 * 1024, ..Bounds::default() }, None);
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let head = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "y".repeat(60_000));
    // The server may hang up before it has read all: then writing fails, which is as good.
    let _ = stream.write_all(head.as_bytes()).await;
    let answer = whole(stream).await.unwrap_or_default();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    let mut many = TcpStream::connect(served.address).await.unwrap();
    let head = format!("GET / HTTP/1.1\r\nhost: a\r\n{}\r\n", "x: y\r\n".repeat(200));
    many.write_all(head.as_bytes()).await.unwrap();
    let answer = whole(many).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
}

/// A certificate for `localhost` and its key, written into a folder.
fn write_certificate(folder: &std::path::Path) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("chain.pem"), made.cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    made.cert.der().clone()
}

async fn over_tls(address: SocketAddr, trusted: &CertificateDer<'static>) -> io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    let name = "localhost".try_into().unwrap();
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    stream.write_all(LAST).await?;
    let mut bytes = Vec::new();
    // Closed without a farewell of TLS is an end too, once the answer is whole.
    let _ = stream.read_to_end(&mut bytes).await;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn a_new_certificate_is_used_as_soon_as_its_files_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let first = write_certificate(folder.path());
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    let certificate = Arc::new(Certificate::read(&chain, &key).unwrap());
    let served = started(Bounds::default(), Some(&certificate));
    assert!(over_tls(served.address, &first).await.unwrap().ends_with("xin chào"));
    assert!(!certificate.refresh().unwrap(), "nothing changed");

    // Half written: the old one goes on.
    let kept_key = std::fs::read(&key).unwrap();
    let second = write_certificate(folder.path());
    let new_key = std::fs::read(&key).unwrap();
    std::fs::write(&key, &kept_key).unwrap();
    newer(&chain, 10);
    assert!(certificate.refresh().is_err());
    assert!(over_tls(served.address, &first).await.unwrap().ends_with("xin chào"));

    std::fs::write(&key, &new_key).unwrap();
    newer(&key, 20);
    assert!(certificate.refresh().unwrap());
    assert!(over_tls(served.address, &second).await.unwrap().ends_with("xin chào"));
    assert!(over_tls(served.address, &first).await.is_err(), "the old one is not given any more");
}

fn newer(file: &std::path::Path, seconds: u64) {
    let at = std::time::SystemTime::now() + Duration::from_secs(seconds);
    std::fs::File::options().write(true).open(file).unwrap().set_modified(at).unwrap();
}
