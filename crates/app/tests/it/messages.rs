//! No message is received twice, whenever the program is killed; each is sent, or a person is asked.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use nhipcau_domain::outbox::{Channel, Kind, State};
use nhipcau_store::{
    Store, Target,
    outbox::{OutboxFilter, OutboxMessage, OutboxStep},
};
use uuid::Uuid;

use crate::support::{empty_campaign, program, run, word};

/// Numbers that look random and are the same on every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

/// A mail server; how often it has each message, by its id.
struct Post {
    address: SocketAddr,
    had: Arc<Mutex<BTreeMap<String, u32>>>,
}

impl Post {
    /// Takes messages, each after a moment; every seventh line breaks after the message.
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let had: Arc<Mutex<BTreeMap<String, u32>>> = Arc::default();
        let heard = Arc::clone(&had);
        thread::spawn(move || {
            for (n, stream) in listener.incoming().flatten().enumerate() {
                let heard = Arc::clone(&heard);
                thread::spawn(move || {
                    let _ = Self::speak(stream, n % 7 == 6, &heard);
                });
            }
        });
        Self { address, had }
    }

    fn speak(stream: TcpStream, breaks: bool, had: &Mutex<BTreeMap<String, u32>>) -> std::io::Result<()> {
        let mut out = stream.try_clone()?;
        let mut lines = BufReader::new(stream);
        out.write_all(b"220 thu.example\r\n")?;
        let mut line = String::new();
        while lines.read_line(&mut line)? > 0 {
            match line.get(..4).unwrap_or_default() {
                "EHLO" => out.write_all(b"250 thu.example\r\n")?,
                "DATA" => {
                    out.write_all(b"354 go on\r\n")?;
                    let mut id = String::new();
                    loop {
                        line.clear();
                        if lines.read_line(&mut line)? == 0 {
                            return Ok(());
                        }
                        if line == ".\r\n" {
                            break;
                        }
                        if let Some(rest) = line.strip_prefix("Message-ID: <") {
                            rest.split('@').next().unwrap_or_default().clone_into(&mut id);
                        }
                    }
                    *had.lock().expect("whole").entry(id).or_default() += 1;
                    // What a server does before it answers: long enough to be killed in.
                    thread::park_timeout(Duration::from_millis(15));
                    if breaks {
                        return Ok(());
                    }
                    out.write_all(b"250 queued\r\n")?;
                }
                "QUIT" => return Ok(()),
                _ => out.write_all(b"250 OK\r\n")?,
            }
            line.clear();
        }
        Ok(())
    }

    fn had(&self) -> BTreeMap<String, u32> {
        self.had.lock().expect("whole").clone()
    }
}

async fn store(data: &Path) -> Store {
    Store::open(&Target::Sqlite(data.join("nhipcau.db"))).await.expect("opens")
}

/// Puts so many tests in: they go out at any hour.
async fn fill(store: &Store, count: u32) {
    let now = Timestamp::now();
    let mut tx = store.write().await.expect("begins");
    for n in 0..count {
        let m = OutboxMessage {
            id: Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0000 + u128::from(n)),
            key: format!("k{n}"),
            kind: Kind::Test,
            channel: Channel::Mail,
            recipient: format!("bithu{n}@xa.example"),
            office: "quan-tri".into(),
            unit: "".into(),
            data_set: "".into(),
            period: "".into(),
            subject: "Tin thử".to_owned(),
            body: "Tin thử.".to_owned(),
            by_office: "quan-tri".into(),
            by_holder: String::new(),
            at: now,
            state: State::Waiting,
            due: now,
            tries: 0,
            changes: 0,
            lease: None,
            lease_by: String::new(),
        };
        assert!(tx.add_message(&m).await.expect("adds"));
    }
    tx.commit().await.expect("commits");
}

/// As if the leases' time had passed: what a dead process left is left.
async fn let_time_pass(store: &Store) {
    let long = Timestamp::now() + SignedDuration::from_hours(1);
    let mut tx = store.write().await.expect("begins");
    for left in tx.messages_left(long, 1000).await.expect("reads") {
        let ended = Some(Timestamp::now() - SignedDuration::from_secs(1));
        let then = OutboxMessage { lease: ended, ..left.clone() };
        let step = OutboxStep {
            message: left.id,
            ordinal: 0,
            at: Timestamp::now(),
            what: "sending".to_owned(),
            detail: "the test lets time pass".to_owned(),
            office: String::new(),
            holder: String::new(),
        };
        assert!(tx.step_message(&then, &step).await.expect("steps"));
    }
    tx.commit().await.expect("commits");
}

async fn all(store: &Store) -> Vec<OutboxMessage> {
    let mut tx = store.read().await.expect("begins");
    tx.messages(&OutboxFilter::default(), 1000).await.expect("reads")
}

fn serve(data: &Path, post: &Post) -> Child {
    let server = post.address.to_string();
    let mut command = program();
    command.args(["serve", "--listen", "127.0.0.1:0", "--data", word(data), "--mail-server", &server]);
    command.args(["--mail-security", "none", "--mail-from", "bao-cao@caungang.example"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_many_kills_nothing_was_received_twice_and_nothing_is_lost() {
    const COUNT: u32 = 240;
    let data = empty_campaign();
    let data = data.path();
    let post = Post::start();
    let store = store(data).await;
    fill(&store, COUNT).await;
    let (mut dice, mut kills) = (Dice(2026), 0);
    let patience = Instant::now();
    loop {
        let before = post.had().len();
        let mut child = serve(data, &post);
        // Two processes on one database, now and then.
        let mut second = (kills % 3 == 1).then(|| serve(data, &post));
        // Killed after a few more have arrived, at some moment of the next ones.
        let more = before + 1 + usize::try_from(dice.below(25)).expect("small");
        let open = |m: &OutboxMessage| matches!(m.state, State::Waiting | State::Claimed | State::Sending);
        let ends = loop {
            if post.had().len() >= more {
                break false;
            }
            if !all(&store).await.iter().any(open) {
                break true;
            }
            assert!(patience.elapsed() < Duration::from_mins(4), "nothing goes out any more");
            tokio::time::sleep(Duration::from_millis(5)).await;
        };
        tokio::time::sleep(Duration::from_micros(dice.below(30_000))).await;
        for child in std::iter::once(&mut child).chain(second.as_mut()) {
            child.kill().expect("kills");
            child.wait().expect("ends");
        }
        if ends {
            break;
        }
        kills += 1;
        let_time_pass(&store).await;
    }
    let had = post.had();
    let twice: Vec<_> = had.iter().filter(|(_, n)| **n > 1).collect();
    assert!(twice.is_empty(), "received twice: {twice:?}");
    let messages = all(&store).await;
    let of = |state: State| -> BTreeSet<String> {
        messages.iter().filter(|m| m.state == state).map(|m| m.id.to_string()).collect()
    };
    let (sent, unknown) = (of(State::Sent), of(State::Unknown));
    assert_eq!(sent.len() + unknown.len(), COUNT as usize, "{kills} kills");
    assert!(sent.iter().all(|id| had.contains_key(id)), "what is said to be sent was received");
    assert!(had.keys().all(|id| sent.contains(id) || unknown.contains(id)));
    assert!(kills >= 8, "only {kills} kills: it was mostly quicker");
    assert!(
        !unknown.is_empty() && sent.len() > unknown.len(),
        "{} sent, {} unknown",
        sent.len(),
        unknown.len()
    );
}

#[test]
fn a_test_from_the_command_line_says_what_the_server_said() {
    let post = Post::start();
    let server = post.address.to_string();
    let folder = crate::support::folder();
    let options = ["--mail-server", &server, "--mail-security", "none", "--mail-from", "a@caungang.example"];
    let test = [&["outbox", "test", "bithu@xa.example"][..], &options].concat();
    let said = run(folder.path(), &test).exits(0).out;
    assert!(said.contains("Bên nhận đã nhận") && said.contains("queued"), "{said}");
    assert_eq!(post.had().len(), 1);
    let nobody = [&["outbox", "test", "0294 3825 123"][..], &options].concat();
    assert!(run(folder.path(), &nobody).err.contains("không phải địa chỉ thư điện tử"));
    let elsewhere =
        ["outbox", "test", "a@b.vn", "--mail-server", "thu.example:25", "--mail-security", "none"];
    let refused = run(folder.path(), &[&elsewhere[..], &["--mail-from", "a@caungang.example"]].concat());
    assert!(refused.err.contains("không mã hóa"), "{}", refused.err);
}

#[test]
fn the_command_line_lists_and_decides_and_the_doctor_says_what_is_stuck() {
    let data = empty_campaign();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async { fill(&store(data.path()).await, 3).await });
    let list = ["outbox", "list", "--state", "waiting", "--format", "json"];
    let listed = run(data.path(), &list).exits(0).json();
    assert_eq!(listed.as_array().map(Vec::len), Some(3));
    let id = listed[0]["id"].as_str().expect("an id").to_owned();
    run(data.path(), &["outbox", "decide", &id, "off"]).exits(0);
    let again = run(data.path(), &["outbox", "decide", &id, "sent"]);
    assert!(again.code != Some(0) && again.err.contains("không gửi nữa"), "{}", again.err);
    let shown = run(data.path(), &["outbox", "show", &id]).exits(0).out;
    assert!(shown.contains("Người phụ trách cho thôi gửi"), "{shown}");
    let doctor = run(data.path(), &["doctor"]).exits(0).out;
    assert!(doctor.contains("2 chờ gửi") && doctor.contains("chưa cài đặt"), "{doctor}");
    // A backup that is put back does not know what went out since.
    let backup = data.path().join("backup.db");
    run(data.path(), &["backup", word(&backup)]).exits(0);
    let put_back = crate::support::folder();
    let fresh = put_back.path().join("data");
    let said = run(&fresh, &["restore", word(&backup)]).exits(0).out;
    assert!(said.contains("2 tin chưa gửi xong"), "{said}");
    assert!(run(&fresh, &["doctor"]).out.contains("2 tin chưa rõ"));
    let _ = fs::remove_file(backup);
}
