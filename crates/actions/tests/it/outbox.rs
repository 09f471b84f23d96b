//! Messages: shown before they are sent, once each, only to those who still owe, never twice by themselves.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use nhipcau_actions::{
    Clock, Ids, Workspace,
    outbox::{self, Decision, LogAsked, Reaching, Unreached, Viewer, run},
    powers::{Consolidate, Over, Review},
    review::{self, Asked, Shown},
};
use nhipcau_domain::{
    Timestamp,
    id::UnitId,
    office::{Acting, Duty, Grant, Posting, Reach, Role},
    outbox::{Channel, Kind, MOST_TRIES, Outcome, Plan, State},
};
use nhipcau_store::outbox::{OutboxFilter, OutboxMessage};
use nhipcau_testkit::at;
use uuid::Uuid;

use crate::support::{House, each_house, members_of, refusal};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A clock that stands where it is put; ids from the house.
struct Hands {
    seconds: AtomicI64,
    ids: Workspace,
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        at(self.seconds.load(Ordering::SeqCst))
    }
}

impl Ids for Hands {
    fn next(&self, at: Timestamp) -> Uuid {
        self.ids.id(at)
    }
}

/// A node that sends, in a house whose cells have offices.
pub struct Node {
    pub ws: Workspace,
    hands: Arc<Hands>,
}

impl Node {
    /// At 10:00 of 1 January 2023; the cells' returns are due on the 5th.
    pub fn of(house: &House) -> Self {
        let hands = Arc::new(Hands { seconds: AtomicI64::new(3 * HOUR), ids: house.ws.clone() });
        let ws = Workspace::new(house.ws.store().clone(), hands.clone(), hands.clone());
        let base = "https://caungang.example".to_owned();
        let ws = ws.reaching(Reaching { base, mail: true, phone: true, ..Reaching::default() });
        Self { ws, hands }
    }

    fn pass(&self, seconds: i64) {
        self.hands.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    pub async fn office(&self, id: &str, duty: Duty, reach: Reach, contacts: &[&str]) {
        let mut tx = self.ws.store().write().await.expect("begins");
        let now = self.ws.now();
        tx.add_office(&id.into(), &format!("Cơ quan {id}"), now).await.expect("office");
        tx.set_postings(&id.into(), &[Posting { duty, reach }]).await.expect("postings");
        for contact in contacts {
            let holder = self.ws.id(now);
            tx.add_holder(holder, &id.into(), "Chị Lan", contact, now).await.expect("holder");
        }
        tx.commit().await.expect("commits");
    }

    /// Cells with a telephone, a mail address, something else; `b1` has no office, nobody holds `b2`.
    async fn furnished(house: &House) -> Self {
        let node = Self::of(house);
        let cell = |id: &str| (Duty::Reporter, Reach::Unit(id.into()));
        for (id, contacts) in [
            ("a1", &["Zalo 0912 345 678"][..]),
            ("a2", &["bithu.a2@xa.example", "0987654321"]),
            ("a3", &["nhà đầu ấp"]),
            ("b2", &[]),
        ] {
            let (duty, reach) = cell(id);
            node.office(id, duty, reach, contacts).await;
        }
        node.office("h", Duty::Consolidator, Reach::All, &["tonghop@huyen.example"]).await;
        node.office("xa-a", Duty::Reviewer, Reach::Branch("xa-a".into()), &["0911111111"]).await;
        node
    }

    pub fn chase(&self) -> Over<Consolidate> {
        Over::held_by(&self.ws, &consolidator(), "Anh Ba").expect("holds it")
    }

    async fn remind(&self, units: &[&str]) -> outbox::Reminded {
        let units: Vec<UnitId> = units.iter().map(|u| (*u).into()).collect();
        outbox::remind(&self.ws, &self.chase(), &yearly(), &units).await.expect("reminds")
    }

    async fn all(&self) -> Vec<OutboxMessage> {
        let mut tx = self.ws.store().read().await.expect("begins");
        tx.messages(&OutboxFilter::default(), 1000).await.expect("reads")
    }

    /// Takes what is due and begins it; what is to be handed over.
    async fn begin(&self, by: &str) -> Vec<OutboxMessage> {
        let mut going = Vec::new();
        for taken in run::claim(&self.ws, by, 100).await.expect("takes") {
            going.extend(run::begin(&self.ws, by, taken.id).await.expect("begins"));
        }
        going
    }

    async fn settle(&self, by: &str, id: Uuid, outcome: Outcome) -> Option<State> {
        run::settle(&self.ws, by, id, outcome, "250 OK").await.expect("settles")
    }

    async fn state(&self, id: Uuid) -> State {
        self.all().await.into_iter().find(|m| m.id == id).expect("there").state
    }

    fn viewer(&self) -> Viewer {
        Viewer::of(&self.ws, &consolidator(), "Anh Ba").expect("may read")
    }
}

fn consolidator() -> Acting {
    let postings = vec![Posting { duty: Duty::Consolidator, reach: Reach::All }];
    Acting { office: "h".into(), grants: Vec::new(), postings }
}

pub fn yearly() -> Asked {
    Asked { data_set: Some("dang-vien".into()), period: Some("nam-1".into()), branch: None }
}

#[tokio::test]
async fn who_gets_what_is_shown_first_and_pressing_twice_is_one_message() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        // Whoever has a slip and did not come in yet holds nothing that one could write to.
        let mut tx = node.ws.store().write().await.expect("begins");
        let now = node.ws.now();
        tx.add_holder(node.ws.id(now), &"b2".into(), "", "", now).await.expect("holder");
        tx.commit().await.expect("commits");
        house.send(vec![house.district.members("a1", 9, 10)]).await;
        let shown = outbox::preview(&node.ws, &node.chase(), &yearly()).await.expect("reads");
        let to: Vec<_> = shown.proposed.iter().map(|p| (p.unit.as_str(), p.address.to.as_str())).collect();
        assert_eq!(to, [("a2", "bithu.a2@xa.example"), ("a2", "+84987654321")]);
        let hand: Vec<_> = shown.by_hand.iter().map(|b| (b.unit.as_str(), b.why)).collect();
        assert_eq!(
            hand,
            [("b1", Unreached::NoOffice), ("b2", Unreached::NoHolder), ("a3", Unreached::NoAddress)]
        );
        let mail = &shown.proposed[0].text;
        for part in [
            "Chi bộ ấp An 2",
            "Biểu mẫu dang-vien",
            "Năm 2022",
            "05/01/2023",
            "https://caungang.example/lam-viec",
            "Cơ quan h",
        ] {
            assert!(mail.body.contains(part), "{part}: {}", mail.body);
        }
        assert_eq!(node.all().await, [], "nothing is sent by looking");

        let first = node.remind(&["a2", "a1", "a3"]).await;
        assert_eq!((first.new, first.already, first.left), (2, 0, 2));
        let again = node.remind(&["a2"]).await;
        assert_eq!((again.new, again.already, again.left), (0, 2, 0));
        node.pass(DAY);
        assert_eq!(node.remind(&["a2"]).await.new, 2, "another day is another reminder");
        assert!(node.all().await.iter().all(|m| !m.body.contains("10") || m.body.contains("2023")));
        let shown = outbox::preview(&node.ws, &node.chase(), &yearly()).await.expect("reads");
        assert!(shown.proposed.iter().all(|p| p.already.is_some()));
    })
    .await;
}

#[tokio::test]
async fn what_is_out_of_reach_or_not_set_up_is_refused() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        let postings = vec![Posting { duty: Duty::Consolidator, reach: Reach::Branch("xa-a".into()) }];
        let acting = Acting { office: "xa-a".into(), grants: Vec::new(), postings };
        let over: Over<Consolidate> = Over::held_by(&node.ws, &acting, "").expect("holds it");
        let shown = outbox::preview(&node.ws, &over, &yearly()).await.expect("reads");
        assert!(shown.proposed.iter().all(|p| p.unit.starts_with('a')));
        assert!(shown.by_hand.iter().all(|b| b.unit.starts_with('a')));
        let beyond = Asked { branch: Some("xa-b".into()), ..yearly() };
        assert_eq!(refusal(outbox::preview(&node.ws, &over, &beyond).await).id, "unit-out-of-reach");
        let wide = outbox::remind(&node.ws, &over, &yearly(), &["b1".into()]).await.expect("reminds");
        assert_eq!((wide.new, wide.left), (0, 1));
        let plan = Plan { on_day: true, ..Plan::default() };
        let refused = outbox::set_plan(&node.ws, &over, Some(&"xa-b".into()), plan).await;
        assert_eq!(refusal(refused).id, "unit-out-of-reach");
        assert_eq!(refusal(outbox::set_plan(&node.ws, &over, None, plan).await).id, "office-may-not");
        let unset = node.ws.reaching(Reaching::default());
        let refused = outbox::remind(&unset, &over, &yearly(), &["a1".into()]).await;
        assert_eq!(refusal(refused).id, "outbox-not-set-up");
        assert_eq!(node.all().await, []);
    })
    .await;
}

#[tokio::test]
async fn who_reported_meanwhile_or_left_the_office_gets_none() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        assert_eq!(node.remind(&["a1", "a2"]).await.new, 3);
        house.send(vec![house.district.members("a1", 9, 10)]).await;
        let mut tx = node.ws.store().write().await.expect("begins");
        let leaves = tx.holders(&"a2".into()).await.expect("reads");
        let leaves = leaves.iter().find(|h| h.contact.starts_with('0')).expect("there");
        tx.end_holder(leaves.id, node.ws.now()).await.expect("ends");
        tx.commit().await.expect("commits");
        let going = node.begin("p").await;
        let to: Vec<_> = going.iter().map(|m| m.recipient.as_str()).collect();
        assert_eq!(to, ["bithu.a2@xa.example"]);
        let dropped = node.all().await.into_iter().filter(|m| m.state == State::Dropped).count();
        assert_eq!(dropped, 2);
    })
    .await;
}

#[tokio::test]
async fn an_attempt_that_failed_is_made_again_later_and_then_given_up() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        node.remind(&["a1"]).await;
        let mut waited = Vec::new();
        for n in 1..=MOST_TRIES {
            let going = node.begin("p").await;
            let [message] = going.as_slice() else { panic!("attempt {n}: {going:?}") };
            let state = node.settle("p", message.id, Outcome::Later).await;
            if n == MOST_TRIES {
                assert_eq!(state, Some(State::GivenUp));
                break;
            }
            assert_eq!(state, Some(State::Waiting));
            let due = node.all().await[0].due;
            waited.push(due.duration_since(node.ws.now()).as_mins());
            assert!(node.begin("p").await.is_empty(), "too early");
            node.pass(due.duration_since(node.ws.now()).as_secs());
        }
        assert_eq!(waited[..3], [1, 5, 30]);
        assert!(waited[4] >= 360, "{waited:?}: six hours, and not at night");
        let log = outbox::log(&node.ws, &node.viewer(), &LogAsked::default()).await.expect("reads");
        assert_eq!(log.entries[0].steps.iter().filter(|s| s.what == "later").count(), 6);
        assert_eq!(log.entries[0].steps.last().map(|s| s.detail.as_str()), Some("250 OK"));
        // A person asks for it once more.
        let shown = log.entries[0].message.changes;
        let (id, viewer) = (log.entries[0].message.id, node.viewer());
        let state = outbox::decide(&node.ws, &viewer, id, shown, Decision::Again).await;
        assert_eq!(state.expect("decides"), State::Waiting);
    })
    .await;
}

#[tokio::test]
async fn what_is_done_with_is_kept_for_a_while_and_what_nobody_knows_the_end_of_until_somebody_says() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        node.remind(&["a1", "a2"]).await;
        let going = node.begin("p").await;
        let (sent, unknown) = (going[0].id, going[1].id);
        node.settle("p", sent, Outcome::Sent).await;
        node.pass(outbox::KEPT.as_secs() - 10);
        node.begin("p").await;
        assert_eq!(node.state(unknown).await, State::Unknown);
        let before = node.all().await.len();
        assert_eq!(outbox::forget(&node.ws).await.expect("forgets"), 0);
        assert_eq!(node.all().await.len(), before);
        node.pass(20);
        assert_eq!(outbox::forget(&node.ws).await.expect("forgets"), 1, "what was sent");
        let left: Vec<Uuid> = node.all().await.iter().map(|m| m.id).collect();
        assert!(!left.contains(&sent) && left.contains(&unknown));
        let mut tx = node.ws.store().read().await.expect("begins");
        assert!(tx.message_steps(&[sent]).await.expect("reads").is_empty(), "its steps go with it");
        assert!(!tx.message_steps(&[unknown]).await.expect("reads").is_empty());
        drop(tx);
        assert_eq!(outbox::forget(&node.ws).await.expect("forgets"), 0);
    })
    .await;
}

#[tokio::test]
async fn after_a_crash_while_it_went_out_it_is_unknown_and_only_a_person_sends_it_again() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        node.remind(&["a1"]).await;
        let going = node.begin("dead").await;
        let id = going[0].id;
        assert!(node.begin("next").await.is_empty(), "it is going out");
        node.pass(run::LEASE_MINUTES * 60 - 1);
        assert!(node.begin("next").await.is_empty());
        assert_eq!(node.state(id).await, State::Sending);
        node.pass(2);
        assert!(node.begin("next").await.is_empty(), "it goes out a second time");
        assert_eq!(node.state(id).await, State::Unknown);
        node.pass(30 * DAY);
        assert!(node.begin("next").await.is_empty(), "time does not decide it");
        assert_eq!(node.state(id).await, State::Unknown);

        let log = outbox::log(&node.ws, &node.viewer(), &LogAsked::default()).await.expect("reads");
        let shown = log.entries[0].message.changes;
        let stale = outbox::decide(&node.ws, &node.viewer(), id, shown - 1, Decision::Again).await;
        assert_eq!(refusal(stale).id, "outbox-changed-since");
        outbox::decide(&node.ws, &node.viewer(), id, shown, Decision::Again).await.expect("decides");
        assert_eq!(node.settle("dead", id, Outcome::Sent).await, None, "it has no say any more");
        let going = node.begin("next").await;
        assert_eq!(going.len(), 1);
        assert_eq!(node.settle("next", id, Outcome::Sent).await, Some(State::Sent));
        let one = outbox::one(&node.ws, &node.viewer(), id).await.expect("reads");
        let steps: Vec<_> = one.steps.iter().map(|s| s.what.as_str()).collect();
        assert_eq!(steps, ["claimed", "sending", "unknown", "decided-again", "claimed", "sending", "sent"]);
        assert_eq!(one.steps[3].holder, "Anh Ba");
    })
    .await;
}

#[tokio::test]
async fn a_process_that_was_slow_may_still_say_what_came_of_it() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        node.remind(&["a1"]).await;
        let id = node.begin("slow").await[0].id;
        node.pass(DAY);
        assert!(node.begin("next").await.is_empty());
        assert_eq!(node.state(id).await, State::Unknown);
        assert_eq!(node.settle("next", id, Outcome::Later).await, None, "it is not theirs");
        assert_eq!(node.settle("slow", id, Outcome::Sent).await, Some(State::Sent));
    })
    .await;
}

#[tokio::test]
async fn what_was_only_taken_waits_again_and_two_who_begin_are_one() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        node.remind(&["a1"]).await;
        let taken = run::claim(&node.ws, "dead", 10).await.expect("takes");
        assert_eq!(taken.len(), 1);
        node.pass(run::LEASE_MINUTES * 60 + 1);
        // The one that came back too late finds it taken.
        let taken = run::claim(&node.ws, "next", 10).await.expect("takes");
        assert_eq!(taken.len(), 1);
        let id = taken[0].id;
        assert_eq!(run::begin(&node.ws, "dead", id).await.expect("asks"), None);
        let (one, other) = tokio::join!(run::begin(&node.ws, "next", id), run::begin(&node.ws, "next", id));
        let began = [one.expect("asks"), other.expect("asks")].into_iter().flatten().count();
        assert_eq!(began, 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_written_to_at_night() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        // 20:30.
        node.pass(10 * HOUR + HOUR / 2);
        node.remind(&["a1"]).await;
        assert!(node.begin("p").await.is_empty());
        let due = node.all().await[0].due;
        assert_eq!(due, at(DAY), "7:00 of the next morning");
        // The same reminder next morning is the same message.
        node.pass(11 * HOUR);
        assert_eq!(node.remind(&["a1"]).await.already, 1);
        assert_eq!(node.begin("p").await.len(), 1);
        // One that was due by day and found nobody to send it until night waits for the morning.
        node.remind(&["a2"]).await;
        node.pass(14 * HOUR);
        assert!(node.begin("p").await.is_empty());
        let waiting: Vec<_> = node.all().await.into_iter().filter(|m| m.state == State::Waiting).collect();
        assert_eq!(waiting.len(), 2);
        assert!(waiting.iter().all(|m| m.due == at(2 * DAY)), "{waiting:?}");
    })
    .await;
}

#[tokio::test]
async fn the_calendar_reminds_on_its_days_once_however_many_nodes_there_are() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        let plan = Plan { before: Some(3), on_day: true, after: Some(2) };
        let over = node.chase();
        let wrong = Plan { before: Some(31), ..plan };
        assert_eq!(refusal(outbox::set_plan(&node.ws, &over, None, wrong).await).id, "outbox-plan-days");
        outbox::set_plan(&node.ws, &over, Some(&"xa-a".into()), plan).await.expect("sets");
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), 0, "the 1st is none of its days");
        node.pass(DAY);
        let (one, other) = tokio::join!(outbox::run_plans(&node.ws), outbox::run_plans(&node.ws));
        // Three of the cells, and the commune's own monthly form.
        assert_eq!(one.expect("runs") + other.expect("runs"), 4, "3 days before the 5th");
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), 0);
        assert_eq!(node.remind(&["a1"]).await.already, 1, "by hand it is the same message");
        house.send(vec![house.district.members("a1", 9, 10)]).await;
        node.pass(3 * DAY);
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), 3, "a1 has reported");
        // A branch that was given more time is not reminded of the old day.
        review::extend(
            &node.ws,
            &over,
            (&"dang-vien".into(), &"nam-1".into()),
            &"xa-a".into(),
            jiff::civil::date(2023, 2, 1),
            "Mưa bão",
        )
        .await
        .expect("extends");
        node.pass(2 * DAY);
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), 1, "only the commune's own form");
        // 29 January is three days before the new one; but the office has lost its power.
        node.pass(22 * DAY);
        let mut tx = node.ws.store().write().await.expect("begins");
        tx.set_postings(&"h".into(), &[]).await.expect("takes away");
        tx.commit().await.expect("commits");
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), 0);
        let mut tx = node.ws.store().write().await.expect("begins");
        tx.set_postings(&"h".into(), &consolidator().postings).await.expect("gives back");
        tx.commit().await.expect("commits");
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), 2);
        outbox::set_plan(&node.ws, &over, Some(&"xa-a".into()), Plan::default()).await.expect("sets");
        assert_eq!(outbox::plans(&node.ws, &over).await.expect("reads").len(), 0, "without days it is off");
    })
    .await;
}

#[tokio::test]
async fn a_unit_is_told_that_its_return_came_back_without_the_reason() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        house.send(vec![house.district.members("a1", 9, 10)]).await;
        let postings = vec![Posting { duty: Duty::Reviewer, reach: Reach::Branch("xa-a".into()) }];
        let acting = Acting { office: "xa-a".into(), grants: Vec::new(), postings };
        let over: Over<Review> = Over::held_by(&node.ws, &acting, "Chị Tư").expect("holds it");
        let shown = Shown { key: members_of("a1"), revision: 1 };
        review::send_back_shown(&node.ws, &over, &shown, "10 phải là 27", &[]).await.expect("sends back");
        let all = node.all().await;
        let [told] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(
            (told.kind, told.recipient.as_str(), told.by_holder.as_str()),
            (Kind::SentBack, "+84912345678", "Chị Tư")
        );
        assert!(!told.body.contains("27") && told.body.contains("đã trả lại"), "{}", told.body);
        // Whoever mended it meanwhile needs no telling.
        let mode = nhipcau_actions::returns::Mode { reason: "đếm lại".to_owned(), ..Default::default() };
        house.submit(vec![house.district.members("a1", 8, 10)], mode).await;
        assert!(node.begin("p").await.is_empty());
        assert_eq!(node.state(told.id).await, State::Dropped);
        // Offices were put in without their record here.
        let differ = house.differences().await;
        assert!(differ.iter().all(|d| d.what == "office"), "{differ:?}");
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_who_wants_it_is_told_once_a_day_what_waits() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        let postings = vec![Posting { duty: Duty::Reviewer, reach: Reach::Branch("xa-a".into()) }];
        let acting = Acting { office: "xa-a".into(), grants: Vec::new(), postings };
        let over: Over<Review> = Over::held_by(&node.ws, &acting, "Chị Tư").expect("holds it");
        assert!(outbox::run_digests(&node.ws).await.expect("runs"));
        assert_eq!(node.all().await, [], "nobody wants it");
        outbox::set_digest(&node.ws, &over, true).await.expect("sets");
        assert!(outbox::digest_wanted(&node.ws, &over).await.expect("reads"));
        outbox::run_digests(&node.ws).await.expect("runs");
        house.send(vec![house.district.members("a1", 9, 10)]).await;
        outbox::run_digests(&node.ws).await.expect("runs");
        outbox::run_digests(&node.ws).await.expect("runs");
        let all = node.all().await;
        let [told] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(
            (told.kind, told.recipient.as_str(), told.channel),
            (Kind::Digest, "+84911111111", Channel::Phone)
        );
        assert!(told.body.contains("1 báo cáo chờ duyệt"), "{}", told.body);
        // What was not sent on its day is not sent on another.
        node.pass(DAY);
        assert!(node.begin("p").await.is_empty());
        outbox::set_digest(&node.ws, &over, false).await.expect("sets");
        outbox::run_digests(&node.ws).await.expect("runs");
        assert_eq!(node.all().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn each_reads_about_their_own_and_decides_about_what_they_may_remind() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        node.remind(&["a1", "a2"]).await;
        let reviewer = |unit: &str| Acting {
            office: unit.into(),
            grants: Vec::new(),
            postings: vec![Posting { duty: Duty::Reviewer, reach: Reach::Branch(unit.into()) }],
        };
        let of = |acting: &Acting| Viewer::of(&node.ws, acting, "");
        let near = of(&reviewer("xa-a")).expect("reads");
        let log = outbox::log(&node.ws, &near, &LogAsked::default()).await.expect("reads");
        assert_eq!(log.entries.len(), 3);
        let m = &log.entries[0].message;
        assert!(!log.entries[0].may_decide);
        let refused = outbox::decide(&node.ws, &near, m.id, m.changes, Decision::Off).await;
        assert_eq!(refusal(refused).id, "office-may-not");
        let far = of(&reviewer("xa-b")).expect("reads");
        assert_eq!(outbox::log(&node.ws, &far, &LogAsked::default()).await.expect("reads").entries.len(), 0);
        assert_eq!(refusal(outbox::one(&node.ws, &far, m.id).await).id, "outbox-message-unknown");
        let cell = Acting {
            office: "a1".into(),
            grants: Vec::new(),
            postings: vec![Posting { duty: Duty::Reporter, reach: Reach::Unit("a1".into()) }],
        };
        assert_eq!(of(&cell).err().map(|p| p.id).as_deref(), Some("office-may-not"));
        let off = outbox::decide(&node.ws, &node.viewer(), m.id, m.changes, Decision::Off).await;
        assert_eq!(off.expect("decides"), State::Dropped);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_sends_themselves_a_test_at_any_hour() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        node.office("quan-tri", Duty::Auditor, Reach::All, &["quantri@huyen.example"]).await;
        let admin = Acting {
            office: "quan-tri".into(),
            grants: vec![Grant { role: Role::Administrator, column: None }],
            postings: Vec::new(),
        };
        let mut tx = node.ws.store().read().await.expect("begins");
        let holder = tx.holders(&"quan-tri".into()).await.expect("reads")[0].id;
        drop(tx);
        node.pass(15 * HOUR);
        let by = (holder, "Chị Lan");
        let to = outbox::send_test(&node.ws, &admin, by).await.expect("sends");
        assert_eq!(to, "quantri@huyen.example");
        assert_eq!(refusal(outbox::send_test(&node.ws, &admin, by).await).id, "outbox-test-just-now");
        assert_eq!(node.begin("p").await.len(), 1);
        assert_eq!(refusal(outbox::send_test(&node.ws, &consolidator(), by).await).id, "office-may-not");
    })
    .await;
}

#[tokio::test]
async fn a_backup_that_is_put_back_sends_nothing_by_itself() {
    each_house(async |house| {
        let node = Node::furnished(house).await;
        node.remind(&["a1", "a2"]).await;
        run::claim(&node.ws, "p", 1).await.expect("takes");
        let over = node.chase();
        let plan = Plan { before: Some(4), ..Plan::default() };
        outbox::set_plan(&node.ws, &over, None, plan).await.expect("sets");
        assert_eq!(run::after_restore(&node.ws).await.expect("marks"), 3);
        assert!(node.all().await.iter().all(|m| m.state == State::Unknown));
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), 0);
        node.pass(DAY);
        let plan = Plan { before: Some(3), ..Plan::default() };
        outbox::set_plan(&node.ws, &over, None, plan).await.expect("sets");
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), 4, "the next day goes on");
    })
    .await;
}
