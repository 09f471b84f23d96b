//! A tiny district's pages over a store of their own.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header::SET_COOKIE},
};
use nhipcau_actions::{
    Clock, Ids, Workspace,
    basis::TreeDay,
    campaign, report,
    returns::{Mode, Sender, submit_all},
};
use nhipcau_domain::{
    Date, Timestamp,
    returns::Submission,
    tree::{Change, TreeEvent},
};
use nhipcau_store::{Store, Target};
use nhipcau_testkit::{District, TestDatabase, at, district};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::{PortalState, router};

/// A clock that goes on by a second whenever it is asked.
struct Ticking(AtomicI64);

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
    /// The addresses that the page links to, as a browser resolves them.
    pub fn links(&self) -> Vec<String> {
        let parts = self.body.split("href=\"").skip(1);
        parts
            .filter_map(|p| p.split('"').next())
            .map(|h| h.replace("&#38;", "&").replace("&amp;", "&"))
            .collect()
    }

    /// The first link that contains this.
    pub fn link(&self, part: &str) -> String {
        let links = self.links();
        let found = links.iter().find(|l| l.contains(part));
        found.unwrap_or_else(|| panic!("no link with {part} among {links:#?}")).clone()
    }

    pub fn cookie(&self) -> Option<String> {
        let set = self.headers.get(SET_COOKIE)?.to_str().unwrap();
        Some(set.split(';').next().unwrap().to_owned())
    }

    /// The text between tags, in one line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut inside = false;
        for c in self.body.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                c if !inside => text.push(c),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The district's pages.
pub struct Site {
    pub workspace: Workspace,
    pub district: District,
    router: Router,
    _database: TestDatabase,
}

const TEMPLATE: &str = "+++\nlayout = \"party\"\nkind = \"BÁO CÁO\"\nsubject = \"kết quả mẫu\"\nnumber = \"-BC/HU\"\nplace = \"Mẫu\"\ndate = 2023-01-10\n\n[issuer]\nparent = \"TỈNH ỦY\"\nname = \"HUYỆN ỦY MẪU\"\n\n[signing]\nauthority = [\"T/M BAN THƯỜNG VỤ\"]\npost = \"BÍ THƯ\"\n+++\n\n{{ notice }}\n\nCó {{ members.registered }} đảng viên đăng ký.\n\n{{ table communes: members.registered }}\n";

impl Site {
    /// A district that is set up, and nothing reported.
    pub async fn empty() -> Self {
        Self::of(district()).await
    }

    pub async fn of(mut district: District) -> Self {
        district.definitions.reports.insert("ket-qua".to_owned(), TEMPLATE.to_owned());
        // The first commune becomes part of another after the periods.
        let on = Date::new(2024, 7, 1).unwrap();
        let merge = Change::Merge { from: vec!["xa-b".into()], into: "xa-a".into() };
        district.tree.push(TreeEvent { on, change: merge });
        let database = TestDatabase::sqlite();
        let TestDatabase::Sqlite { file, .. } = &database else { unreachable!() };
        let store = Store::open(&Target::Sqlite(file.clone())).await.unwrap();
        store.migrate().await.unwrap();
        // Two years after the merger.
        let start = AtomicI64::new(4 * 365 * 86_400);
        let workspace =
            Workspace::new(store, Arc::new(Ticking(start)), Arc::new(Counting(AtomicU64::new(1))));
        campaign::set_up(&workspace, &"h".into(), &district.definitions, &district.tree).await.unwrap();
        let sessions = AtomicU64::new(0);
        let secrets = Arc::new(move || format!("session-{}", sessions.fetch_add(1, Ordering::Relaxed)));
        let router = router(PortalState::new(workspace.clone(), secrets));
        Self { workspace, district, router, _database: database }
    }

    /// Every cell but one has reported; one has nearly everyone registered, which is a small count:
    /// three are not.
    pub async fn reported() -> Self {
        let site = Self::empty().await;
        let d = &site.district;
        let returns = vec![
            d.members("a1", 1_030, 1_060),
            d.members("a2", 1_341, 1_377),
            d.members("a3", 2_031, 2_034),
            d.members("b1", 1_128, 1_159),
            d.bulletins("xa-a", 1, 2),
            d.bulletins("xa-a", 2, 3),
        ];
        site.send(returns, "").await;
        site
    }

    pub async fn send(&self, returns: Vec<Submission>, reason: &str) {
        let mode = Mode {
            office: Sender::Unit,
            accept_by: Some("h".into()),
            reason: reason.to_owned(),
            ..Mode::default()
        };
        let outcomes = submit_all(&self.workspace, returns, &mode, &HashMap::new()).await.unwrap();
        for outcome in outcomes {
            assert!(outcome.accepted, "{outcome:?}");
        }
    }

    /// Freezes the report's next edition.
    pub async fn freeze(&self) -> u32 {
        let office = "h".into();
        let request = report::Request {
            report: "ket-qua".to_owned(),
            period: "nam-1".into(),
            tree: TreeDay::Then,
            date: Date::new(2023, 1, 10).unwrap(),
            number: None,
        };
        let draft = report::draft(&self.workspace, &office, &request).await.unwrap();
        let number = draft.record.number;
        report::approve(&self.workspace, &office, "ket-qua", number).await.unwrap();
        report::freeze(&self.workspace, &office, "ket-qua", number).await.unwrap();
        report::publish(&self.workspace, &office, "ket-qua", number).await.unwrap();
        number
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// The same, and it must be there.
    pub async fn page(&self, path: &str) -> Answer {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer
    }

    pub async fn with_cookie(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
    }

    pub async fn method(&self, method: Method, path: &str) -> Answer {
        self.ask(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await
    }

    /// A reviewer's session.
    pub async fn reviewer(&self) -> String {
        let token = self.token().await;
        self.get(&format!("/?token={token}")).await.cookie().unwrap()
    }

    pub async fn token(&self) -> String {
        let now = self.workspace.now().as_second().to_be_bytes();
        let mut random = [7; 16];
        random[..8].copy_from_slice(&now);
        nhipcau_actions::access::issue_token(&self.workspace, &random).await.unwrap()
    }
}
