//! Another's sign-in service lets in whoever is bound to it, and nobody else: on both databases.

use nhipcau_actions::accounts::{
    self, Asking, Entry, Errand, Identity, Journey, NewOffice, Stage, bind, come_back, create_office,
    end_holder, errand_of_link, give_link, prove_by_service, second_step, set_out, set_up_by_service,
    sign_in_by_service, unbind, ways,
};
use nhipcau_domain::office::{Grant, Role};
use nhipcau_testkit::each_database;

use crate::accounts::{Gate, from, machine, refused, session};

fn whom(subject: &str) -> Identity {
    Identity { issuer: "https://sso.example".to_owned(), subject: subject.to_owned(), two_factors: false }
}

async fn enter(gate: &Gate, identity: &Identity) -> Entry {
    sign_in_by_service(&gate.door, identity, &from("a")).await.expect("answers")
}

#[tokio::test]
async fn nobody_is_let_in_who_did_not_bind_themselves() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (id, entry) = gate.office("Tổ biên tập", Role::Writer).await;
        assert_eq!(enter(&gate, &whom("lan")).await, Entry::NotBound);
        let entered = gate.entered(&entry).await;
        bind(&gate.door, &entered, &whom("lan")).await.unwrap();
        bind(&gate.door, &entered, &whom("lan")).await.unwrap();
        let entry = enter(&gate, &whom("lan")).await;
        assert_eq!(gate.entered(&entry).await.holder, entered.holder);
        assert_eq!(enter(&gate, &whom("khac")).await, Entry::NotBound);
        let elsewhere = Identity { issuer: "https://khac.example".to_owned(), ..whom("lan") };
        assert_eq!(enter(&gate, &elsewhere).await, Entry::NotBound, "the same name at another service");
        let (_, other) = gate.office("Tổ khác", Role::Writer).await;
        let twice = bind(&gate.door, &gate.entered(&other).await, &whom("lan")).await;
        assert_eq!(refused(twice.unwrap_err()), "sso-bound-elsewhere");
        let bound = ways(gate.ws(), &entered).await.unwrap().identities;
        unbind(gate.ws(), &entered, bound[0].id).await.unwrap();
        assert_eq!(enter(&gate, &whom("lan")).await, Entry::NotBound);
        let view = accounts::office(gate.ws(), &machine(), &id).await.unwrap();
        let acts: Vec<&str> = view.events.iter().map(|e| e.act.as_str()).collect();
        assert_eq!(acts[3..], ["set-up", "service-bound", "service-unbound"]);
    })
    .await;
}

#[tokio::test]
async fn who_left_is_refused_and_may_hold_another_office_later() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        gate.office("Văn phòng", Role::Administrator).await;
        let (_, entry) = gate.office("Tổ biên tập", Role::Writer).await;
        let entered = gate.entered(&entry).await;
        bind(&gate.door, &entered, &whom("lan")).await.unwrap();
        end_holder(gate.ws(), &machine(), "", entered.holder).await.unwrap();
        assert_eq!(enter(&gate, &whom("lan")).await, Entry::NotBound);
        let (_, other) = gate.office("Tổ khác", Role::Writer).await;
        let other = gate.entered(&other).await;
        bind(&gate.door, &other, &whom("lan")).await.unwrap();
        assert!(matches!(enter(&gate, &whom("lan")).await, Entry::In { .. }));
        // A new link ends it, like everything else that one comes in by.
        give_link(&gate.door, &machine(), "", other.holder).await.unwrap();
        assert_eq!(enter(&gate, &whom("lan")).await, Entry::NotBound);
    })
    .await;
}

#[tokio::test]
async fn a_link_sets_somebody_up_as_the_service_knows_them_and_the_last_way_stays() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let new = NewOffice { name: "Tổ biên tập".to_owned(), ..NewOffice::default() };
        let (_, token) = create_office(&gate.door, &machine(), "", &new).await.unwrap();
        let wrong = errand_of_link(gate.ws(), &token, " ", "").await.unwrap().unwrap_err();
        assert_eq!(wrong[0].0, "name");
        let errand = errand_of_link(gate.ws(), &token, "Trần  Thị Mẫu", "0900").await.unwrap().unwrap();
        let Errand::SetUp { link, name, contact } = errand else { panic!("another errand") };
        assert!(link != token && name == "Trần Thị Mẫu", "{link}");
        let set_up = async |who: &str| {
            set_up_by_service(&gate.door, &link, &name, &contact, &whom(who), &Asking::default()).await
        };
        let (_, other) = gate.office("Tổ khác", Role::Writer).await;
        bind(&gate.door, &gate.entered(&other).await, &whom("da-gan")).await.unwrap();
        assert_eq!(refused(set_up("da-gan").await.unwrap_err()), "sso-bound-elsewhere");
        // The link was not spent by that.
        let entry = set_up("lan").await.unwrap();
        let entered = gate.entered(&entry).await;
        assert_eq!(entered.name, "Trần Thị Mẫu");
        assert_eq!(refused(set_up("khac").await.unwrap_err()), "setup-link-spent");
        let bound = ways(gate.ws(), &entered).await.unwrap().identities;
        assert_eq!(refused(unbind(gate.ws(), &entered, bound[0].id).await.unwrap_err()), "entry-last-way");
    })
    .await;
}

#[tokio::test]
async fn codes_are_asked_for_unless_the_service_is_believed_to_have_taken_two_factors() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (_, entry) = gate.office("Văn phòng", Role::Administrator).await;
        let entered = gate.entered(&entry).await;
        bind(&gate.door, &entered, &whom("lan")).await.unwrap();
        let entry = enter(&gate, &whom("lan")).await;
        assert_eq!(gate.entered(&entry).await.stage, Stage::Enrol, "as after a password alone");
        let believed = Identity { two_factors: true, ..whom("lan") };
        let entry = enter(&gate, &believed).await;
        assert_eq!(gate.entered(&entry).await.stage, Stage::Full);
        let secret = accounts::begin_totp(&gate.door, &entered).await.unwrap();
        accounts::confirm_totp(&gate.door, &entered, &gate.code(&secret)).await.unwrap();
        gate.wait(60);
        let half = enter(&gate, &whom("lan")).await;
        let Entry::Code { session } = &half else { panic!("{half:?}") };
        let entry = second_step(&gate.door, session, &gate.code(&secret), &from("a")).await.unwrap();
        assert_eq!(gate.entered(&entry).await.stage, Stage::Full);
        assert!(matches!(enter(&gate, &believed).await, Entry::In { .. }));
    })
    .await;
}

#[tokio::test]
async fn a_journey_comes_back_once_in_time_and_to_its_browser() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let journey = Journey {
            errand: Errand::SignIn { next: "/lam-viec".to_owned() },
            nonce: "n".to_owned(),
            verifier: "v".to_owned(),
        };
        let out = async |state: &str| set_out(&gate.door, state, "trinh-duyet", &journey).await.unwrap();
        let back = async |state: &str, browser: &str| come_back(&gate.door, state, browser).await.unwrap();
        out("s-1").await;
        assert_eq!(back("s-2", "trinh-duyet").await, None, "another state");
        assert_eq!(back("s-1", "trinh-duyet").await, Some(journey.clone()));
        assert_eq!(back("s-1", "trinh-duyet").await, None, "twice");
        out("s-3").await;
        assert_eq!(back("s-3", "cua-nguoi-khac").await, None, "another browser");
        assert_eq!(back("s-3", "trinh-duyet").await, None, "spent by that");
        out("s-4").await;
        gate.wait(600);
        assert_eq!(back("s-4", "trinh-duyet").await, None, "too late");
    })
    .await;
}

#[tokio::test]
async fn a_proof_by_the_service_is_the_holders_own() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (_, entry) = gate.office("Tổ biên tập", Role::Writer).await;
        let (_, other) = gate.office("Tổ khác", Role::Writer).await;
        let entered = gate.entered(&entry).await;
        bind(&gate.door, &entered, &whom("lan")).await.unwrap();
        bind(&gate.door, &gate.entered(&other).await, &whom("hoa")).await.unwrap();
        gate.wait(16 * 60);
        let by = async |who: &str| {
            prove_by_service(&gate.door, session(&entry), entered.session, &whom(who), &from("a"))
                .await
                .unwrap()
        };
        assert_eq!(by("hoa").await, Entry::NotBound);
        let renewed = by("lan").await;
        assert!(gate.entered(&renewed).await.proven);
        assert_eq!(by("lan").await, Entry::Refused, "the session went on under another secret");
    })
    .await;
}

#[tokio::test]
async fn an_office_that_is_closed_lets_nobody_in() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        gate.office("Văn phòng", Role::Administrator).await;
        let new = NewOffice {
            name: "Tổ biên tập".to_owned(),
            grants: vec![Grant { role: Role::Writer, column: None }],
            ..NewOffice::default()
        };
        let (id, token) = create_office(&gate.door, &machine(), "", &new).await.unwrap();
        let errand = errand_of_link(gate.ws(), &token, "Lan", "").await.unwrap().unwrap();
        let Errand::SetUp { link, .. } = errand else { panic!("another errand") };
        set_up_by_service(&gate.door, &link, "Lan", "", &whom("lan"), &Asking::default()).await.unwrap();
        accounts::close_office(gate.ws(), &machine(), "", &id, true).await.unwrap();
        assert_eq!(enter(&gate, &whom("lan")).await, Entry::NotBound);
    })
    .await;
}
