//! A desk over a store of its own, with an office of each role that is signed in.

use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header::LOCATION},
};
use nhipcau_actions::{
    Clock, Ids, Workspace,
    access::hex,
    accounts::{Door, Passwords},
    outbox::Reaching,
    press::{self, Doing, NewArticle},
};
use nhipcau_domain::{
    Timestamp,
    id::ColumnId,
    office::{Acting, Duty, Grant, Posting, Reach, Role},
    press::{ArticleAct, Texts},
};
use nhipcau_store::{
    DeskSession, Store, Target,
    site::{ArticleRecord, ColumnRecord, Content},
};
use nhipcau_testkit::{TestDatabase, at, district};
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::{DeskState, router, visitor::csrf};

/// The site's address.
pub const ADDRESS: &str = "https://caungang.example";

/// A clock that goes on by a second whenever it is asked, and by hours when it is told.
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
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get(LOCATION).and_then(|v| v.to_str().ok()).unwrap_or("")
    }

    /// The text between tags, a line for each line of it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in self.body.lines() {
            let mut inside = false;
            let mut words = String::new();
            for c in line.chars() {
                match c {
                    '<' => inside = true,
                    '>' => {
                        inside = false;
                        words.push(' ');
                    }
                    c if !inside => words.push(c),
                    _ => {}
                }
            }
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            if !words.is_empty() {
                writeln!(text, "{words}").unwrap();
            }
        }
        text
    }
}

/// The desk.
pub struct House {
    pub ws: Workspace,
    pub door: Door,
    clock: Ticking,
    router: Router,
    _database: TestDatabase,
}

/// Whose session: a role's office has the role's name.
pub fn secret(role: Role) -> String {
    secret_of(role.as_str())
}

fn secret_of(office: &str) -> String {
    format!("session-of-{office}")
}

/// A duty over one unit.
pub fn on_unit(duty: Duty, unit: &str) -> Posting {
    Posting { duty, reach: Reach::Unit(unit.into()) }
}

/// A duty over a unit with everyone below it.
pub fn on_branch(duty: Duty, unit: &str) -> Posting {
    Posting { duty, reach: Reach::Branch(unit.into()) }
}

/// A duty over every unit.
pub fn on_all(duty: Duty) -> Posting {
    Posting { duty, reach: Reach::All }
}

/// An office that is signed in, without a role on the site.
pub struct Session {
    pub secret: String,
    pub acting: Acting,
}

/// The office of a role, in its column; the administrator's is the whole site.
pub fn acting(role: Role) -> Acting {
    let column = (role != Role::Administrator).then(|| ColumnId::from("tin-tuc"));
    Acting { office: role.as_str().into(), grants: vec![Grant { role, column }], postings: Vec::new() }
}

pub fn id_of(article: &ArticleRecord) -> String {
    format!("/lam-viec/bai-viet/{}", article.id)
}

impl House {
    /// A site with the columns `tin-tuc` and `van-hoa`, and an office of each role.
    pub async fn new() -> Self {
        Self::with(0, |state| state).await
    }

    /// The same, so many hours after the clock's first, dressed further.
    pub async fn with(hours: i64, dress: impl FnOnce(DeskState) -> DeskState) -> Self {
        let database = TestDatabase::sqlite();
        let TestDatabase::Sqlite { file, .. } = &database else { unreachable!() };
        let store = Store::open(&Target::Sqlite(file.clone())).await.unwrap();
        store.migrate().await.unwrap();
        let clock = Ticking(Arc::new(AtomicI64::new(hours * 3600)));
        let ws = Workspace::new(store, Arc::new(clock.clone()), Arc::new(Counting(AtomicU64::new(1))));
        let drawn = AtomicU64::new(1);
        let random = Arc::new(move |bytes: &mut [u8]| {
            bytes.fill(u8::try_from(drawn.fetch_add(1, Ordering::Relaxed) % 256).unwrap());
        });
        let door = Door::new(ws.clone(), Passwords::weak_for_tests(), random).with_passkeys_at(ADDRESS);
        let house = Self {
            router: router(dress(DeskState::new(door.clone(), ADDRESS))),
            door,
            clock,
            ws,
            _database: database,
        };
        for (position, id) in [(1, "tin-tuc"), (2, "van-hoa")] {
            let column = ColumnRecord {
                id: id.into(),
                parent: None,
                slug: id.to_owned(),
                names: Texts::vi(if id == "tin-tuc" { "Tin tức" } else { "Văn hóa" }),
                description: Texts::default(),
                position,
                hidden: false,
            };
            press::add_column(&house.ws, &acting(Role::Administrator), "Quản", &column).await.unwrap();
        }
        for role in Role::ALL {
            house.sign_in(&acting(role), &format!("Tổ {}", role.as_str())).await;
        }
        house
    }

    /// The same with the testkit's tiny district set up, in the first days of 2023: the forms of 2022
    /// are due.
    pub async fn in_district() -> Self {
        Self::new().await.set_up().await
    }

    /// The same where mail and telephone numbers can be written to.
    pub async fn in_district_that_sends() -> Self {
        let sends = |mut state: DeskState| {
            let base = state.base.clone();
            let reaching = Reaching { base, mail: true, phone: true, ..Reaching::default() };
            state.door.workspace = state.door.workspace.reaching(reaching);
            state
        };
        Self::with(0, sends).await.set_up().await
    }

    async fn set_up(self) -> Self {
        let house = self;
        let district = district();
        let set_up = nhipcau_actions::campaign::set_up;
        set_up(&house.ws, &"h".into(), &district.definitions, &district.tree).await.unwrap();
        house
    }

    /// Signs an office in that has these postings and no role on the site. An office of a unit has the
    /// unit's id, and its name if the district is set up.
    pub async fn signed_in_as(&self, office: &str, postings: &[Posting]) -> Session {
        let acting = Acting { office: office.into(), grants: Vec::new(), postings: postings.to_vec() };
        let mut tx = self.ws.store().read().await.unwrap();
        let setting = self.ws.setting(&mut tx).await.ok();
        drop(tx);
        let today = nhipcau_domain::text::local_day(self.ws.now());
        let name = setting.and_then(|s| Some(s.tree.name(s.tree.find(office)?, today).to_owned()));
        self.sign_in(&acting, &name.unwrap_or_else(|| format!("Cơ quan {office}"))).await;
        Session { secret: secret_of(office), acting }
    }

    async fn sign_in(&self, office: &Acting, name: &str) {
        let now = self.ws.now();
        let holder = self.ws.id(now);
        let mut tx = self.ws.store().write().await.unwrap();
        tx.add_office(&office.office, name, now).await.unwrap();
        tx.set_grants(&office.office, &office.grants).await.unwrap();
        tx.set_postings(&office.office, &office.postings).await.unwrap();
        tx.add_holder(holder, &office.office, &format!("Anh {}", office.office), "", now).await.unwrap();
        tx.set_pending_totp(holder, Some("00112233445566778899")).await.unwrap();
        tx.enrol_totp(holder, 0, &[]).await.unwrap();
        let session = DeskSession {
            id: self.ws.id(now),
            holder,
            stage: "full".to_owned(),
            created: now,
            seen: now,
            proven: now,
            device: "Firefox".to_owned(),
            ended: None,
        };
        tx.add_desk_session(&hex(&Sha256::digest(secret_of(&office.office).as_bytes())), &session)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Lets so many hours pass.
    pub fn pass(&self, hours: i64) {
        self.clock.0.fetch_add(hours * 3600, Ordering::Relaxed);
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// What an office hears that listens to events: the answer's body, as it comes.
    pub async fn listen(&self, session: &Session, path: &str) -> Body {
        let request = Request::get(path)
            .header("cookie", format!("nhipcau={}", session.secret))
            .header("accept", "text/event-stream");
        self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().into_body()
    }

    /// A page as whoever holds the role sees it; none is nobody.
    pub async fn get(&self, role: Option<Role>, path: &str) -> Answer {
        self.get_in(role, path, "vi").await
    }

    pub async fn get_in(&self, role: Option<Role>, path: &str, lang: &str) -> Answer {
        let session = role.map(|r| format!("nhipcau={}; ", secret(r))).unwrap_or_default();
        let cookie = format!("{session}nhipcau-ngon-ngu={lang}");
        self.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
    }

    /// A page as an office sees it that is signed in.
    pub async fn get_by(&self, session: &Session, path: &str) -> Answer {
        self.get_by_in(session, path, "vi").await
    }

    pub async fn get_by_in(&self, session: &Session, path: &str, lang: &str) -> Answer {
        let cookie = format!("nhipcau={}; nhipcau-ngon-ngu={lang}", session.secret);
        self.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
    }

    /// A form of an office that is signed in, sent from a page of ours with its token.
    pub async fn post_by(&self, session: &Session, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = csrf(&session.secret);
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", token.as_str())]).collect();
        let cookie = format!("nhipcau={}", session.secret);
        self.ask(form_with(path, Some(&cookie), Some("same-origin"), &fields)).await
    }

    /// A form, sent from a page of ours with its token.
    pub async fn post(&self, role: Role, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = csrf(&secret(role));
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", token.as_str())]).collect();
        self.ask(form(path, Some(role), Some("same-origin"), &fields)).await
    }

    /// An article by the writer, brought as far as these acts bring it.
    pub async fn article(&self, title: &str, acts: &[ArticleAct]) -> ArticleRecord {
        let content = Content {
            title: title.to_owned(),
            lead: "Sa-pô của bài.".to_owned(),
            body: "Đoạn thứ nhất.\n\nĐoạn thứ hai.".to_owned(),
            ..Content::default()
        };
        let new = NewArticle { column: Some("tin-tuc".into()), content, ..NewArticle::default() };
        let article =
            press::create_article(&self.ws, &acting(Role::Writer), "Anh writer", &new).await.unwrap();
        for act in acts {
            let doing = Doing::because(*act, "vì thế");
            press::act(&self.ws, &acting(Role::Administrator), "Quản", article.id, &doing).await.unwrap();
        }
        article
    }
}

/// A form as a browser sends it.
pub fn form(path: &str, role: Option<Role>, from: Option<&str>, fields: &[(&str, &str)]) -> Request<Body> {
    let cookie = role.map(|role| format!("nhipcau={}", secret(role)));
    form_with(path, cookie.as_deref(), from, fields)
}

/// The same with any cookies.
pub fn form_with(
    path: &str,
    cookie: Option<&str>,
    from: Option<&str>,
    fields: &[(&str, &str)],
) -> Request<Body> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("content-type", "application/x-www-form-urlencoded");
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    if let Some(from) = from {
        request = request.header("sec-fetch-site", from);
    }
    let encoded = |text: &str| text.bytes().fold(String::new(), |out, b| format!("{out}%{b:02X}"));
    let body: Vec<String> = fields.iter().map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect();
    request.body(Body::from(body.join("&"))).unwrap()
}
