//! What is frozen is what was approved, whatever is drafted while its documents are made.

use std::sync::{Arc, Mutex};

use jiff::civil::date;
use nhipcau_actions::{
    Clock, Ids, Workspace,
    report::{self, Request, approve, draft, freeze},
};
use nhipcau_domain::Timestamp;
use nhipcau_store::{EditionStatus, Store, Target};
use nhipcau_testkit::each_database;
use uuid::Uuid;

use crate::{
    editions::{REPORT, all_report, documents, html, request, with_report},
    support::{House, refusal, target},
};

type Meanwhile = Box<dyn FnOnce() + Send>;

/// Another's clock and ids; what is to happen meanwhile happens when it is asked for the time.
struct Beside {
    of: Workspace,
    meanwhile: Mutex<Option<Meanwhile>>,
}

impl Beside {
    fn of(ws: &Workspace) -> Arc<Self> {
        Arc::new(Self { of: ws.clone(), meanwhile: Mutex::default() })
    }
}

impl Clock for Beside {
    fn now(&self) -> Timestamp {
        let meanwhile = self.meanwhile.lock().expect("is not held").take();
        if let Some(happens) = meanwhile {
            happens();
        }
        self.of.now()
    }
}

impl Ids for Beside {
    fn next(&self, at: Timestamp) -> Uuid {
        self.of.id(at)
    }
}

/// As another process has the database open.
async fn open(target: &Target, beside: &Arc<Beside>) -> Workspace {
    let (clock, ids) = (Arc::clone(beside), Arc::clone(beside));
    Workspace::new(Store::open(target).await.expect("opens"), clock, ids)
}

/// The same report with the next day's date: no input is another.
fn redated() -> Request {
    Request { date: date(2023, 1, 16), ..request() }
}

/// Another process drafts anew, and approves if it is to; it is done when this returns.
fn draft_elsewhere(target: Target, beside: Arc<Beside>, approves: bool) {
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let ws = open(&target, &beside).await;
            draft(&ws, &"h".into(), &redated()).await.expect("drafts");
            if approves {
                approve(&ws, &"h".into(), REPORT, 1).await.expect("approves");
            }
            ws.store().clone().close().await;
        });
    };
    std::thread::spawn(work).join().expect("is done");
}

#[tokio::test]
async fn a_draft_that_came_while_documents_were_made_is_not_frozen_with_those_of_the_approved_one() {
    for approves in [false, true] {
        each_database(async |database| {
            let house = House::on(database, with_report()).await;
            all_report(&house).await;
            let office = "h".into();
            draft(&house.ws, &office, &request()).await.expect("drafts");
            approve(&house.ws, &office, REPORT, 1).await.expect("approves");
            // Freezing asks for the time when its documents are made and nothing is written yet.
            let (here, there) = (Beside::of(&house.ws), Beside::of(&house.ws));
            let ws = open(&target(database), &here).await;
            let to = target(database);
            let meanwhile: Meanwhile = Box::new(move || draft_elsewhere(to, there, approves));
            *here.meanwhile.lock().expect("is not held") = Some(meanwhile);
            assert_eq!(refusal(freeze(&ws, &office, REPORT, 1).await).id, "edition-changed-since");
            let mut tx = house.ws.store().read().await.expect("reads");
            let now = report::edition(&mut tx, REPORT, Some(1)).await.expect("is there");
            let status = if approves { EditionStatus::Approved } else { EditionStatus::Draft };
            assert_eq!(now.record.status, status);
            assert_eq!(now.body.document.front.date, Some(date(2023, 1, 16)));
            assert!(tx.documents(now.record.id).await.expect("reads").is_empty(), "nothing was kept");
            drop(tx);
            // Read and approved, it is frozen as it now is.
            if !approves {
                approve(&house.ws, &office, REPORT, 1).await.expect("approves");
            }
            let frozen = freeze(&house.ws, &office, REPORT, 1).await.expect("freezes");
            assert!(html(&documents(&house, &frozen).await).contains("ngày 16 tháng 01 năm 2023"));
            house.agrees().await;
        })
        .await;
    }
}
