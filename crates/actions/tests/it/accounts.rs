//! Offices get in, stay in as long as they should, and nobody else does: on both databases.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use hmac::{Hmac, KeyInit as _, Mac as _};
use nhipcau_actions::{
    ActionError, Clock, Workspace,
    accounts::{
        self, Asking, Door, Entered, Entry, NewOffice, Passwords, SetUp, Stage, add_holder, begin_totp,
        change_password, close_office, confirm_totp, create_office, end_holder, end_other_sessions, find,
        give_link, prove, second_step, sessions, set_grants, set_up, sign_in, sign_out,
    },
};
use nhipcau_domain::{
    Timestamp,
    id::OfficeId,
    office::{Acting, Grant, Role},
};
use nhipcau_testkit::{TestDatabase, at, each_database};
use sha1::Sha1;

use crate::support::CountedIds;

pub const PASSWORD: &str = "con cò bay lả bay la";

/// A clock that stands until it is put on.
#[derive(Clone)]
pub struct PutClock(Arc<AtomicI64>);

impl Clock for PutClock {
    fn now(&self) -> Timestamp {
        at(self.0.load(Ordering::SeqCst))
    }
}

pub struct Gate {
    pub door: Door,
    clock: PutClock,
}

impl Gate {
    pub async fn on(database: &TestDatabase) -> Self {
        let store = nhipcau_store::Store::open(&crate::support::target(database)).await.expect("opens");
        store.migrate().await.expect("migrates");
        let clock = PutClock(Arc::new(AtomicI64::new(1_000_000)));
        let ws = Workspace::new(store, Arc::new(clock.clone()), Arc::new(CountedIds::default()));
        let drawn = AtomicU64::new(1);
        let random = move |bytes: &mut [u8]| {
            for chunk in bytes.chunks_mut(8) {
                let n =
                    drawn.fetch_add(1, Ordering::SeqCst).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
                chunk.copy_from_slice(&n[..chunk.len()]);
            }
        };
        Self { door: Door::new(ws, Passwords::weak_for_tests(), Arc::new(random)), clock }
    }

    pub fn ws(&self) -> &Workspace {
        &self.door.workspace
    }

    pub fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// An office with a holder who has set themselves up; what they got in with.
    pub async fn office(&self, name: &str, role: Role) -> (OfficeId, Entry) {
        let new = NewOffice {
            name: name.to_owned(),
            grants: vec![Grant { role, column: None }],
            ..NewOffice::default()
        };
        let (id, token) = create_office(&self.door, &machine(), "", &new).await.expect("creates");
        let entry = set_up(&self.door, &token, &form(&id), &Asking::default()).await.expect("sets up");
        (id, entry.expect("a good form"))
    }

    pub async fn enter(&self, name: &str, password: &str, asking: &Asking) -> Entry {
        sign_in(&self.door, name, password, asking).await.expect("answers")
    }

    pub async fn entered(&self, entry: &Entry) -> Entered {
        find(self.ws(), session(entry)).await.expect("answers").expect("is in")
    }

    /// The code of the application now.
    pub fn code(&self, secret: &[u8]) -> String {
        let step = self.clock.now().as_second().div_euclid(30);
        let mut mac = Hmac::<Sha1>::new_from_slice(secret).unwrap();
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest[19] & 0xf);
        let four = u32::from_be_bytes(digest[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", four % 1_000_000)
    }
}

pub fn machine() -> Acting {
    Acting::at_the_machine("may-chu".into())
}

pub fn form(id: &OfficeId) -> SetUp {
    SetUp {
        name: "Nguyễn Thị Mẫu".to_owned(),
        contact: "0294 000 000".to_owned(),
        sign_in: id.to_string(),
        password: PASSWORD.to_owned(),
    }
}

pub fn session(entry: &Entry) -> &str {
    match entry {
        Entry::In { session, .. } | Entry::Code { session } => session,
        other => panic!("{other:?}"),
    }
}

pub fn from(client: &str) -> Asking {
    Asking { client: client.to_owned(), ..Asking::default() }
}

pub fn refused(error: ActionError) -> String {
    match error {
        ActionError::Refused(problem) => problem.id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_link_sets_a_holder_up_once_and_every_wrong_field_is_told() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let new = NewOffice { name: "Tổ biên tập".to_owned(), ..NewOffice::default() };
        let (id, token) = create_office(&gate.door, &machine(), "", &new).await.unwrap();
        assert_eq!(id.as_str(), "to-bien-tap");
        let bad =
            SetUp { sign_in: "Tổ".to_owned(), password: "tobientap123".to_owned(), ..SetUp::default() };
        let problems = set_up(&gate.door, &token, &bad, &Asking::default()).await.unwrap().unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["name", "sign_in", "password"]);
        let entry = set_up(&gate.door, &token, &form(&id), &Asking::default()).await.unwrap().unwrap();
        assert_eq!(gate.entered(&entry).await.stage, Stage::Full);
        let again = set_up(&gate.door, &token, &form(&id), &Asking::default()).await.unwrap_err();
        assert_eq!(refused(again), "setup-link-spent");
        // Too old a link is spent too.
        let token = add_holder(&gate.door, &machine(), "", &id, "Trần Văn Mẫu", "").await.unwrap();
        gate.wait(accounts::LINK_HOURS * 3600 + 1);
        assert!(accounts::open_link(gate.ws(), &token).await.unwrap().is_none());
        // A name that another holder has is told, and the link is still good.
        let token = add_holder(&gate.door, &machine(), "", &id, "Lê Văn Mẫu", "").await.unwrap();
        let clash = set_up(&gate.door, &token, &form(&id), &Asking::default()).await.unwrap().unwrap_err();
        assert_eq!(clash[0].1.id, "sign-in-name-taken");
        assert!(accounts::open_link(gate.ws(), &token).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_old_or_signed_out() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (id, _) = gate.office("Tổ biên tập", Role::Editor).await;
        let entry = gate.enter(&id.to_uppercase(), PASSWORD, &from("a")).await;
        // Used every hour and a half, it lasts half a day and no longer.
        for _ in 0..7 {
            gate.wait(5_400);
            assert!(find(gate.ws(), session(&entry)).await.unwrap().is_some());
        }
        gate.wait(5_400);
        assert!(find(gate.ws(), session(&entry)).await.unwrap().is_none());
        let entry = gate.enter(&id, PASSWORD, &from("a")).await;
        gate.wait(accounts::IDLE_HOURS * 3600 + 1);
        assert!(find(gate.ws(), session(&entry)).await.unwrap().is_none());
        let entry = gate.enter(&id, PASSWORD, &from("a")).await;
        sign_out(gate.ws(), session(&entry)).await.unwrap();
        assert!(find(gate.ws(), session(&entry)).await.unwrap().is_none());
        assert!(find(gate.ws(), "không phải phiên nào").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_and_ended_and_a_proof_renews_the_secret() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (id, first) = gate.office("Tổ biên tập", Role::Editor).await;
        let second = gate.enter(&id, PASSWORD, &from("b")).await;
        let entered = gate.entered(&second).await;
        assert_eq!(sessions(gate.ws(), entered.holder).await.unwrap().len(), 2);
        gate.wait(16 * 60);
        assert!(!gate.entered(&second).await.proven);
        let wrong = prove(&gate.door, session(&second), "sai", &from("b")).await.unwrap();
        assert_eq!(wrong, Entry::Refused);
        let renewed = prove(&gate.door, session(&second), PASSWORD, &from("b")).await.unwrap();
        assert!(gate.entered(&renewed).await.proven);
        assert!(find(gate.ws(), session(&second)).await.unwrap().is_none(), "the old secret opens nothing");
        end_other_sessions(gate.ws(), &gate.entered(&renewed).await, &from("a")).await.unwrap();
        assert!(find(gate.ws(), session(&first)).await.unwrap().is_none());
        assert!(find(gate.ws(), session(&renewed)).await.unwrap().is_some());
        let entered = gate.entered(&renewed).await;
        change_password(&gate.door, &entered, "một câu khác hẳn", &from("a")).await.unwrap();
        assert_eq!(gate.enter(&id, PASSWORD, &from("c")).await, Entry::Refused);
        assert!(matches!(gate.enter(&id, "một câu khác hẳn", &from("d")).await, Entry::In { .. }));
    })
    .await;
}

#[tokio::test]
async fn whoever_may_publish_enrols_codes_and_no_code_is_taken_twice() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (id, entry) = gate.office("Ban xuất bản", Role::Publisher).await;
        let entered = gate.entered(&entry).await;
        assert_eq!(entered.stage, Stage::Enrol);
        let secret = begin_totp(&gate.door, &entered).await.unwrap();
        assert_eq!(begin_totp(&gate.door, &entered).await.unwrap(), secret, "the same until it is confirmed");
        assert_eq!(refused(confirm_totp(&gate.door, &entered, "000000").await.unwrap_err()), "code-wrong");
        let code = gate.code(&secret);
        let recovery = confirm_totp(&gate.door, &entered, &code).await.unwrap();
        assert_eq!((recovery.len(), gate.entered(&entry).await.stage), (10, Stage::Full));
        // The code that confirmed is spent.
        let waiting = gate.enter(&id, PASSWORD, &from("a")).await;
        assert_eq!(gate.entered(&waiting).await.stage, Stage::Code);
        assert_eq!(
            second_step(&gate.door, session(&waiting), &code, &from("a")).await.unwrap(),
            Entry::Refused
        );
        gate.wait(30);
        let code = gate.code(&secret);
        let full = second_step(&gate.door, session(&waiting), &code, &from("a")).await.unwrap();
        assert_eq!(gate.entered(&full).await.stage, Stage::Full);
        assert!(find(gate.ws(), session(&waiting)).await.unwrap().is_none(), "the step's secret is spent");
        // A recovery code works once, however it is typed.
        for expected in [true, false] {
            let waiting = gate.enter(&id, PASSWORD, &from("a")).await;
            let typed = recovery[3].to_lowercase().replace('-', " ");
            let entry = second_step(&gate.door, session(&waiting), &typed, &from("a")).await.unwrap();
            assert_eq!(matches!(entry, Entry::In { .. }), expected);
        }
        // A code that is waited for too long is not taken.
        let waiting = gate.enter(&id, PASSWORD, &from("z")).await;
        gate.wait(601);
        let late = second_step(&gate.door, session(&waiting), &gate.code(&secret), &from("z")).await.unwrap();
        assert_eq!(late, Entry::Refused);
    })
    .await;
}

#[tokio::test]
async fn an_attacker_waits_and_the_colleagues_browser_does_not() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (id, _) = gate.office("Tổ biên tập", Role::Writer).await;
        let Entry::In { device: Some(device), .. } = gate.enter(&id, PASSWORD, &from("van-phong")).await
        else {
            panic!("not in");
        };
        let mut waits = 0;
        for _ in 0..50 {
            waits +=
                usize::from(matches!(gate.enter(&id, "đoán mò", &from("van-phong")).await, Entry::Wait(_)));
        }
        assert!(waits >= 44, "{waits}");
        // Even from the same address, and with the right password, a stranger waits.
        assert!(matches!(gate.enter(&id, PASSWORD, &from("van-phong")).await, Entry::Wait(_)));
        let known = Asking { device: Some(device), ..from("van-phong") };
        assert!(matches!(gate.enter(&id, PASSWORD, &known).await, Entry::In { device: None, .. }));
        // A made-up browser is as good as none.
        let made_up = Asking { device: Some("bịa".to_owned()), ..from("van-phong") };
        assert!(matches!(gate.enter(&id, PASSWORD, &made_up).await, Entry::Wait(_)));
        assert!(matches!(gate.enter(&id, PASSWORD, &from("noi-khac")).await, Entry::In { .. }));
    })
    .await;
}

#[tokio::test]
async fn an_unknown_name_and_one_that_no_table_can_hold_are_refused_alike() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (id, _) = gate.office("Tổ biên tập", Role::Writer).await;
        assert_eq!(gate.enter("khong-co-ai", PASSWORD, &from("a")).await, Entry::Refused);
        assert_eq!(gate.enter("a\0b", PASSWORD, &from("b")).await, Entry::Refused);
        assert_eq!(gate.enter(&id, "sai mật khẩu", &from("c")).await, Entry::Refused);
    })
    .await;
}

#[tokio::test]
async fn a_holder_who_leaves_a_closed_office_and_a_reset_end_every_session() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        gate.office("Văn phòng", Role::Administrator).await;
        let (id, entry) = gate.office("Tổ biên tập", Role::Editor).await;
        let holder = gate.entered(&entry).await.holder;
        let token = give_link(&gate.door, &machine(), "", holder).await.unwrap();
        assert!(find(gate.ws(), session(&entry)).await.unwrap().is_none());
        assert_eq!(gate.enter(&id, PASSWORD, &from("a")).await, Entry::Refused);
        let entry = set_up(&gate.door, &token, &form(&id), &Asking::default()).await.unwrap().unwrap();
        close_office(gate.ws(), &machine(), "", &id, true).await.unwrap();
        assert!(find(gate.ws(), session(&entry)).await.unwrap().is_none());
        assert_eq!(gate.enter(&id, PASSWORD, &from("b")).await, Entry::Refused);
        close_office(gate.ws(), &machine(), "", &id, false).await.unwrap();
        let entry = gate.enter(&id, PASSWORD, &from("c")).await;
        end_holder(gate.ws(), &machine(), "", holder).await.unwrap();
        assert!(find(gate.ws(), session(&entry)).await.unwrap().is_none());
        let view = accounts::office(gate.ws(), &machine(), &id).await.unwrap();
        assert_eq!(
            (view.holders[0].name.as_str(), view.holders[0].until.is_some()),
            ("Nguyễn Thị Mẫu", true)
        );
        let acts: Vec<&str> = view.events.iter().map(|e| e.act.as_str()).collect();
        assert_eq!(
            acts,
            [
                "created",
                "granted",
                "link-given",
                "set-up",
                "link-given",
                "set-up",
                "closed",
                "opened",
                "holder-left"
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_under_way_does_not_overtake_a_reset() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        for codes in [false, true] {
            let name = if codes { "Ban xuất bản" } else { "Tổ biên tập" };
            let (id, entry) = gate.office(name, Role::Editor).await;
            let entered = gate.entered(&entry).await;
            if codes {
                let secret = begin_totp(&gate.door, &entered).await.unwrap();
                confirm_totp(&gate.door, &entered, &gate.code(&secret)).await.unwrap();
            }
            // What giving a new link writes, in the middle of it.
            let mut reset = gate.ws().store().write().await.unwrap();
            reset.holder(entered.holder).await.unwrap();
            let (door, name) = (gate.door.clone(), id.to_string());
            let entering =
                tokio::spawn(async move { sign_in(&door, &name, PASSWORD, &from("a")).await.unwrap() });
            // Meanwhile it finds the password right, and waits.
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            reset.forget_secrets(entered.holder).await.unwrap();
            reset.end_desk_sessions(entered.holder, gate.ws().now()).await.unwrap();
            reset.commit().await.unwrap();
            assert_eq!(entering.await.unwrap(), Entry::Refused);
            assert!(sessions(gate.ws(), entered.holder).await.unwrap().is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays_and_only_administrators_set_offices_up() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (id, entry) = gate.office("Văn phòng", Role::Administrator).await;
        let entered = gate.entered(&entry).await;
        let less = [Grant { role: Role::Editor, column: None }];
        for refusal in [
            set_grants(gate.ws(), &machine(), "", &id, &less).await,
            close_office(gate.ws(), &machine(), "", &id, true).await,
            end_holder(gate.ws(), &machine(), "", entered.holder).await,
        ] {
            assert_eq!(refused(refusal.unwrap_err()), "office-last-administrator");
        }
        assert_eq!(
            gate.entered(&entry).await.acting.highest(),
            Some(Role::Administrator),
            "nothing was stored"
        );
        let editor = Acting { office: "to-bien-tap".into(), grants: less.to_vec(), postings: Vec::new() };
        let new = NewOffice { name: "Tổ khác".to_owned(), ..NewOffice::default() };
        assert_eq!(
            refused(create_office(&gate.door, &editor, "", &new).await.unwrap_err()),
            "office-may-not"
        );
        assert_eq!(refused(accounts::offices(gate.ws(), &editor).await.unwrap_err()), "office-may-not");
        let same = NewOffice { name: "Văn phòng".to_owned(), ..NewOffice::default() };
        assert_eq!(
            refused(create_office(&gate.door, &machine(), "", &same).await.unwrap_err()),
            "office-exists"
        );
    })
    .await;
}
