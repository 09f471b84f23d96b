//! An API over a store of its own, with offices and their tokens. Every answer is held to its description.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use nhipcau_actions::{
    Clock, Ids, Workspace,
    accounts::{Door, NewToken, Passwords, Scope, make_token},
    campaign::set_up,
    outbox::Reaching,
};
use nhipcau_domain::{
    Timestamp,
    office::{Acting, Duty, Grant, Posting, Reach, Role},
};
use nhipcau_store::{Store, Target};
use nhipcau_testkit::{TestDatabase, at, district};
use nhipcau_web::limits::Allowance;
use serde_json::Value;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::schema;
use nhipcau_api::{ApiState, Limits, describe, router};

/// The description, as it is served.
pub static DESCRIBED: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(describe()).unwrap());

/// A clock that goes on by a second whenever it is asked, and by days when it is told.
#[derive(Clone, Default)]
struct Ticking(Arc<AtomicI64>);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        at(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

struct Counting(AtomicU64);

impl Ids for Counting {
    fn next(&self, at: Timestamp) -> Uuid {
        let n = self.0.fetch_add(1, Ordering::Relaxed);
        let millis = u64::try_from(at.as_millisecond()).unwrap();
        Uuid::from_u128((u128::from(millis) << 80) | (0x7 << 76) | (0x8 << 60) | u128::from(n))
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The name of the sentence that it was refused with.
    pub fn problem(&self) -> String {
        self.json()["id"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("")
    }
}

/// An API.
pub struct House {
    pub ws: Workspace,
    pub door: Door,
    clock: Ticking,
    router: Router,
    _database: TestDatabase,
}

/// A duty over every unit.
pub fn on_all(duty: Duty) -> Posting {
    Posting { duty, reach: Reach::All }
}

/// A duty over a unit with everyone below it.
pub fn on_branch(duty: Duty, unit: &str) -> Posting {
    Posting { duty, reach: Reach::Branch(unit.into()) }
}

/// A duty over one unit.
pub fn on_unit(duty: Duty, unit: &str) -> Posting {
    Posting { duty, reach: Reach::Unit(unit.into()) }
}

/// Every duty over every unit, and the whole site.
pub fn everything(office: &str) -> Acting {
    Acting::at_the_machine(office.into())
}

/// Both databases, as far as there are both.
pub fn databases() -> impl Iterator<Item = TestDatabase> {
    [Some(TestDatabase::sqlite()), TestDatabase::postgres()].into_iter().flatten()
}

/// Limits that no test runs into.
pub fn wide() -> Limits {
    let allowance = Allowance { burst: 1_000_000, every: std::time::Duration::from_micros(1) };
    Limits { client: allowance, token: allowance, stranger: allowance, files: allowance }
}

/// The template of a small report.
pub const TEMPLATE: &str = r#"+++
kind = "BÁO CÁO"
subject = "kết quả đăng ký làm theo"
number = "-BC/HU"
place = "Huyện Mẫu"

[issuer]
parent = "TỈNH ỦY MẪU"
name = "HUYỆN ỦY MẪU"
+++

Có {{ members.registered }} đảng viên đăng ký.

{{ missing units }}
"#;

impl House {
    /// The testkit's tiny district with a small report, in the first days of 2023: the forms of 2022 are due.
    pub async fn new() -> Self {
        Self::on(TestDatabase::sqlite(), &wide()).await
    }

    pub async fn limited(limits: &Limits) -> Self {
        Self::on(TestDatabase::sqlite(), limits).await
    }

    pub async fn on(database: TestDatabase, limits: &Limits) -> Self {
        Self::reaching(database, limits, Reaching::default()).await
    }

    /// The same where people can be written to, by mail and by telephone.
    pub async fn that_writes(database: TestDatabase) -> Self {
        let base = "https://caungang.example".to_owned();
        let reaching = Reaching { base, mail: true, phone: true, ..Reaching::default() };
        Self::reaching(database, &wide(), reaching).await
    }

    async fn reaching(database: TestDatabase, limits: &Limits, reaching: Reaching) -> Self {
        let target = match &database {
            TestDatabase::Sqlite { file, .. } => Target::Sqlite(file.clone()),
            TestDatabase::Postgres { url } => Target::Postgres(url.clone()),
        };
        let store = Store::open(&target).await.unwrap();
        store.migrate().await.unwrap();
        let clock = Ticking::default();
        let ws = Workspace::new(store, Arc::new(clock.clone()), Arc::new(Counting(AtomicU64::new(1))));
        let ws = ws.reaching(reaching);
        let drawn = AtomicU64::new(1);
        let random = Arc::new(move |bytes: &mut [u8]| {
            let n = drawn.fetch_add(1, Ordering::Relaxed);
            bytes.iter_mut().zip(n.to_le_bytes().into_iter().cycle()).for_each(|(to, from)| *to = from);
        });
        let door = Door::new(ws.clone(), Passwords::weak_for_tests(), random);
        let mut d = district();
        d.definitions.reports.insert("ket-qua".into(), TEMPLATE.into());
        set_up(&ws, &"h".into(), &d.definitions, &d.tree).await.unwrap();
        let router = router(ApiState::new(door.clone()).limited(limits));
        Self { ws, door, clock, router, _database: database }
    }

    /// Lets so many days pass.
    pub fn pass(&self, days: i64) {
        self.clock.0.fetch_add(days * 86_400, Ordering::Relaxed);
    }

    /// Sets an office up, with one holder.
    pub async fn office(&self, acting: &Acting) -> Uuid {
        let now = self.ws.now();
        let holder = self.ws.id(now);
        let mut tx = self.ws.store().write().await.unwrap();
        if tx.office(&acting.office).await.unwrap().is_none() {
            tx.add_office(&acting.office, &format!("Cơ quan {}", acting.office), now).await.unwrap();
        }
        tx.set_grants(&acting.office, &acting.grants).await.unwrap();
        tx.set_postings(&acting.office, &acting.postings).await.unwrap();
        tx.add_holder(holder, &acting.office, "Chị Lan", "", now).await.unwrap();
        tx.commit().await.unwrap();
        holder
    }

    /// A token of an office that is set up with it.
    pub async fn token(&self, acting: &Acting, scopes: &[Scope]) -> String {
        let holder = self.office(acting).await;
        self.token_of(acting, holder, scopes).await
    }

    /// A token of an office that there is.
    pub async fn token_of(&self, acting: &Acting, holder: Uuid, scopes: &[Scope]) -> String {
        let new = NewToken { name: "Phần mềm xã".to_owned(), scopes: scopes.to_vec(), days: 30 };
        let by = (&acting.office, "Chị Lan");
        make_token(&self.door, by, acting, holder, &new).await.unwrap().1
    }

    /// A token of an office with these postings, for all that is of use to it.
    pub async fn token_for(&self, office: &str, postings: &[Posting]) -> String {
        let acting = Acting { office: office.into(), grants: Vec::new(), postings: postings.to_vec() };
        self.token(&acting, &useful(&acting)).await
    }

    /// A token of an office with a role on the whole site.
    pub async fn token_as(&self, role: Role) -> String {
        let grants = vec![Grant { role, column: None }];
        let acting = Acting { office: role.as_str().into(), grants, postings: Vec::new() };
        self.token(&acting, &useful(&acting)).await
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let answer = Answer { status: parts.status, headers: parts.headers, body };
        schema::hold(&DESCRIBED, &method, &path, &answer);
        answer
    }

    pub async fn get(&self, token: &str, path: &str) -> Answer {
        self.ask(request("GET", token, path).body(Body::empty()).unwrap()).await
    }

    pub async fn delete(&self, token: &str, path: &str) -> Answer {
        self.ask(request("DELETE", token, path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.send("POST", token, path, body).await
    }

    pub async fn put(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.send("PUT", token, path, body).await
    }

    async fn send(&self, method: &str, token: &str, path: &str, body: &Value) -> Answer {
        let request = request(method, token, path).header("content-type", "application/json");
        self.ask(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// What a program hears that listens to events: the answer's body, as it comes.
    pub async fn listen(&self, token: &str, path: &str) -> Body {
        let request = request("GET", token, path).header("accept", "text/event-stream");
        self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().into_body()
    }

    /// Sends a file.
    pub async fn upload(&self, token: &str, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
        let request = request("POST", token, path).header("content-type", "multipart/form-data; boundary=x");
        self.ask(request.body(Body::from(body)).unwrap()).await
    }

    /// Which raw views are on record.
    pub async fn looks(&self) -> Vec<String> {
        let views = self.ws.store().read().await.unwrap().raw_views(1000).await.unwrap();
        views.into_iter().map(|v| format!("{} {}", v.reviewer, v.what)).collect()
    }
}

/// The scopes that are of use to an office.
pub fn useful(acting: &Acting) -> Vec<Scope> {
    Scope::ALL.into_iter().filter(|s| s.is_of_use_to(acting)).collect()
}

/// A request; an empty token is none.
pub fn request(method: &str, token: &str, path: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path);
    if token.is_empty() { request } else { request.header("authorization", format!("Bearer {token}")) }
}
