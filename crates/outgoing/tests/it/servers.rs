//! A mail server and a gateway of the tests' own, on this machine, that do as they are told.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What a server does when its moment comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manner {
    /// Takes everything.
    Takes,
    /// Answers a command with this instead (mail), or the request with this status (gateway).
    Says(&'static str, &'static str),
    /// Closes the line when that command comes.
    Closes(&'static str),
    /// Takes the message to its end, and closes the line without a word.
    ClosesAfterData,
}

/// What came: the recipients and the message, or the head and the body.
#[derive(Debug, Clone, Default)]
pub struct Came {
    pub head: String,
    pub body: String,
}

/// A server; what came to it whole.
pub struct Server {
    pub address: SocketAddr,
    pub came: Arc<Mutex<Vec<Came>>>,
}

impl Server {
    fn start(serve: impl Fn(TcpStream, &Mutex<Vec<Came>>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let came: Arc<Mutex<Vec<Came>>> = Arc::default();
        let heard = Arc::clone(&came);
        let serve = Arc::new(serve);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (serve, heard) = (Arc::clone(&serve), Arc::clone(&heard));
                thread::spawn(move || serve(stream, &heard));
            }
        });
        Self { address, came }
    }

    /// A mail server.
    pub fn mail(manner: Manner) -> Self {
        Self::start(move |stream, came| {
            let _ = speak(stream, &manner, came);
        })
    }

    /// A gateway.
    pub fn gateway(manner: Manner) -> Self {
        Self::start(move |stream, came| {
            let _ = answer(stream, &manner, came);
        })
    }

    pub fn came(&self) -> Vec<Came> {
        self.came.lock().expect("whole").clone()
    }
}

fn speak(stream: TcpStream, manner: &Manner, came: &Mutex<Vec<Came>>) -> std::io::Result<()> {
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream);
    let mut letter = Came::default();
    out.write_all(b"220 thu.example\r\n")?;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let command = line.trim_end().to_owned();
        let verb = command.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match manner {
            Manner::Closes(at) if *at == verb => return Ok(()),
            Manner::Says(at, said) if *at == verb => {
                out.write_all(format!("{said}\r\n").as_bytes())?;
                continue;
            }
            _ => {}
        }
        match verb.as_str() {
            "EHLO" => out.write_all(b"250-thu.example\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n")?,
            "AUTH" => out.write_all(b"235 OK\r\n")?,
            "MAIL" => out.write_all(b"250 OK\r\n")?,
            "RCPT" => {
                letter.head.push_str(&command);
                out.write_all(b"250 OK\r\n")?;
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                loop {
                    let mut line = String::new();
                    if lines.read_line(&mut line)? == 0 {
                        return Ok(());
                    }
                    if line == ".\r\n" {
                        break;
                    }
                    letter.body.push_str(&line);
                }
                // From here on the message is here, whatever is said.
                came.lock().expect("whole").push(letter.clone());
                match manner {
                    Manner::ClosesAfterData => return Ok(()),
                    Manner::Says(".", said) => out.write_all(format!("{said}\r\n").as_bytes())?,
                    _ => out.write_all(b"250 2.0.0 queued as 4711\r\n")?,
                }
            }
            "QUIT" => {
                out.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => out.write_all(b"502 what\r\n")?,
        }
    }
}

fn answer(stream: TcpStream, manner: &Manner, came: &Mutex<Vec<Came>>) -> std::io::Result<()> {
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream);
    let mut request = Came::default();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        request.head.push_str(&line);
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body)?;
    request.body = String::from_utf8_lossy(&body).into_owned();
    came.lock().expect("whole").push(request);
    let status = match manner {
        Manner::ClosesAfterData | Manner::Closes(_) => return Ok(()),
        Manner::Says(status, head) => format!("{status}\r\n{head}"),
        Manner::Takes => "200 OK\r\n".to_owned(),
    };
    out.write_all(format!("HTTP/1.1 {status}content-length: 2\r\nconnection: close\r\n\r\nok").as_bytes())
}

/// A port at which nobody listens.
pub fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port")
}
