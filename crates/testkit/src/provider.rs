//! A sign-in service (`OpenID Connect`) on this machine, for tests: it says what it is told to say, also what
//! no service should. People are not shown anything: a test takes the address that they would be sent to,
//! and comes back with a code.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};

/// A service; it ends with the test.
pub struct Provider {
    issuer: String,
    state: Arc<Mutex<State>>,
}

struct State {
    key: EcdsaKeyPair,
    key_id: u32,
    /// By code: what must be shown, and the word that is given.
    codes: HashMap<String, (String, String)>,
    /// What was asked for, in order.
    asked: Vec<String>,
    answers: bool,
    /// A head and a body that it answers with whatever it is asked, in the place of what it should say.
    instead: Option<(String, String)>,
    /// What its description says in the place of its own address.
    named: String,
}

impl Provider {
    /// Starts one.
    ///
    /// # Panics
    /// If no port of this machine is free.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State {
            key: key(),
            key_id: 1,
            codes: HashMap::new(),
            asked: Vec::new(),
            answers: true,
            instead: None,
            named: issuer.clone(),
        }));
        let (serves, address) = (Arc::clone(&state), issuer.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // A caller that goes away is no fault of the test.
                let _ = answer(stream, &serves, &address);
            }
        });
        Self { issuer, state }
    }

    /// Its address, which is its name.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Gives a word for a code, once, to whoever has the secret half of what was shown.
    pub fn grant(&self, code: &str, shown: &str, word: &str) {
        self.with(|s| s.codes.insert(code.to_owned(), (shown.to_owned(), word.to_owned())));
    }

    /// Claims, signed as they should be.
    ///
    /// # Panics
    /// If the machine has no random.
    #[must_use]
    pub fn signed(&self, claims: &str) -> String {
        self.with(|s| {
            let head = format!(r#"{{"alg":"ES256","kid":"{}"}}"#, s.key_id);
            let words = format!("{}.{}", text(head.as_bytes()), text(claims.as_bytes()));
            let signature = s.key.sign(&SystemRandom::new(), words.as_bytes()).expect("a signature");
            format!("{words}.{}", text(signature.as_ref()))
        })
    }

    /// Claims that nobody signed.
    #[must_use]
    pub fn unsigned(claims: &str) -> String {
        format!("{}.{}.", text(br#"{"alg":"none"}"#), text(claims.as_bytes()))
    }

    /// Signs with another key from now on.
    pub fn renew_key(&self) {
        self.with(|s| {
            s.key = key();
            s.key_id += 1;
        });
    }

    /// Answers nobody any more, or again.
    pub fn answers(&self, answers: bool) {
        self.with(|s| s.answers = answers);
    }

    /// Answers with this head (a status, and perhaps headers) and body, whatever it is asked.
    pub fn answers_instead(&self, head: &str, body: &str) {
        self.with(|s| s.instead = Some((head.to_owned(), body.to_owned())));
    }

    /// Says in its description that it is another.
    pub fn pose_as(&self, issuer: &str) {
        self.with(|s| issuer.clone_into(&mut s.named));
    }

    /// What was asked for so far: methods and paths.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.with(|s| s.asked.clone())
    }

    fn with<T>(&self, then: impl FnOnce(&mut State) -> T) -> T {
        then(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).expect("a key")
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn answer(stream: TcpStream, state: &Mutex<State>, address: &str) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    reader.read_line(&mut line)?;
    loop {
        let mut head = String::new();
        reader.read_line(&mut head)?;
        let head = head.trim().to_ascii_lowercase();
        if head.is_empty() {
            break;
        }
        if let Some(found) = head.strip_prefix("content-length:") {
            length = found.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let asked = line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    let (status, said) = match state.instead.clone() {
        Some(instead) => instead,
        None if state.answers => {
            let (status, said) = said(&mut state, &asked, &String::from_utf8_lossy(&body), address);
            (status.to_owned(), said)
        }
        None => ("503 Service Unavailable".to_owned(), "{}".to_owned()),
    };
    state.asked.push(asked);
    drop(state);
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        said.len()
    );
    reader.get_mut().write_all(format!("{head}{said}").as_bytes())
}

fn said(state: &mut State, asked: &str, body: &str, address: &str) -> (&'static str, String) {
    const OK: &str = "200 OK";
    match asked {
        "GET /.well-known/openid-configuration" => {
            let named = &state.named;
            let said = format!(
                r#"{{"issuer":"{named}","authorization_endpoint":"{address}/auth","token_endpoint":"{address}/token",
                "jwks_uri":"{address}/keys","response_types_supported":["code"],"subject_types_supported":["public"],
                "id_token_signing_alg_values_supported":["ES256","HS256","none"]}}"#
            );
            (OK, said)
        }
        "GET /keys" => {
            let point = state.key.public_key().as_ref();
            let (x, y) = point.get(1..).unwrap_or_default().split_at(32);
            let (x, y, id) = (text(x), text(y), state.key_id);
            let key = format!(
                r#"{{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"{id}","x":"{x}","y":"{y}"}}"#
            );
            (OK, format!(r#"{{"keys":[{key}]}}"#))
        }
        "POST /token" => {
            let field = |name: &str| {
                let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
                pairs.filter(|(n, _)| *n == name).map(|(_, v)| v.to_owned()).next().unwrap_or_default()
            };
            let shown = text(digest(&SHA256, field("code_verifier").as_bytes()).as_ref());
            match state.codes.remove(&field("code")) {
                Some((expected, word)) if expected == shown => (
                    OK,
                    format!(
                        r#"{{"access_token":"t","token_type":"Bearer","expires_in":60,"id_token":"{word}"}}"#
                    ),
                ),
                _ => ("400 Bad Request", r#"{"error":"invalid_grant"}"#.to_owned()),
            }
        }
        _ => ("404 Not Found", "{}".to_owned()),
    }
}
