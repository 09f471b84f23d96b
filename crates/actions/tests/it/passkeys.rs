//! Passkeys let their holder in, once for each question, on both databases; and end when they should.

use nhipcau_actions::accounts::{
    self, Asking, Entry, KeyAnswer, KeySetUp, NewOffice, Stage, add_holder, add_key, ask_another_key,
    ask_key, ask_key_again, ask_new_key, create_office, end_holder, find, give_link, prove_by_key,
    remove_key, set_up_by_key, sign_in_by_key, ways,
};
use nhipcau_domain::{
    id::OfficeId,
    office::{Grant, Role},
};
use nhipcau_testkit::{TestDatabase, each_database, phone::Phone};
use serde_json::Value;

use crate::accounts::{Gate, PASSWORD, from, machine, refused, session};

const SITE: &str = "https://caungang.example";

async fn gate(database: &TestDatabase) -> Gate {
    let mut gate = Gate::on(database).await;
    gate.door = gate.door.clone().with_passkeys_at(SITE);
    gate
}

fn text(bytes: &[u8]) -> String {
    nhipcau_passkeys::encode(bytes)
}

fn challenge(asked: &Value) -> &str {
    asked["challenge"].as_str().expect("a challenge")
}

/// What the phone answers where a key is made.
fn made(phone: &Phone, asked: &Value) -> KeyAnswer {
    let made = phone.make(challenge(asked));
    let (client, object) = (text(&made.client), text(&made.object));
    KeyAnswer { id: text(&phone.id), client, object, ..KeyAnswer::default() }
}

/// What the phone answers where somebody signs in.
fn signed(phone: &mut Phone, asked: &Value) -> KeyAnswer {
    let signed = phone.sign(challenge(asked));
    KeyAnswer {
        id: text(&phone.id),
        client: text(&signed.client),
        data: text(&signed.data),
        signature: text(&signed.signature),
        ..KeyAnswer::default()
    }
}

fn person() -> KeySetUp {
    KeySetUp { name: "Trần Thị Mẫu".to_owned(), contact: "0900 000 000".to_owned() }
}

/// An office of a role whose holder set themselves up by a passkey.
async fn office(gate: &Gate, name: &str, role: Role, phone: &Phone) -> (OfficeId, Entry) {
    let grants = vec![Grant { role, column: None }];
    let new = NewOffice { name: name.to_owned(), grants, ..NewOffice::default() };
    let (id, token) = create_office(&gate.door, &machine(), "", &new).await.expect("creates");
    let asked = ask_new_key(&gate.door, &token, &person(), &Asking::default()).await.expect("asks");
    let answer = made(phone, &asked);
    let entry = set_up_by_key(&gate.door, &token, &person(), &answer, &Asking::default()).await;
    (id, entry.expect("answers").expect("a good form"))
}

async fn enter(gate: &Gate, phone: &mut Phone) -> Entry {
    let asked = ask_key(&gate.door, &from("dau-do")).await.expect("asks");
    sign_in_by_key(&gate.door, &signed(phone, &asked), &from("dau-do")).await.expect("answers")
}

async fn acts(gate: &Gate, id: &OfficeId) -> Vec<String> {
    let view = accounts::office(gate.ws(), &machine(), id).await.expect("is there");
    view.events.into_iter().map(|e| e.act).collect()
}

#[tokio::test]
async fn a_passkey_is_two_factors_also_for_who_needs_codes() {
    each_database(async |database| {
        let gate = gate(database).await;
        let mut phone = Phone::on(SITE);
        let (id, entry) = office(&gate, "Văn phòng", Role::Administrator, &phone).await;
        let entered = gate.entered(&entry).await;
        assert_eq!((entered.stage, entered.has_codes), (Stage::Full, false));
        assert_eq!(entered.name, "Trần Thị Mẫu");
        let entry = enter(&gate, &mut phone).await;
        assert_eq!(gate.entered(&entry).await.stage, Stage::Full);
        assert_eq!(acts(&gate, &id).await, ["created", "granted", "link-given", "key-added"]);
        let view = accounts::office(gate.ws(), &machine(), &id).await.unwrap();
        assert_eq!(view.pinned, [entered.holder], "set up, as the administrator sees it");
        // It lasts no longer than a password's session.
        gate.wait(2 * 3600);
        assert!(find(gate.ws(), session(&entry)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn each_question_is_answered_once_in_time_and_for_its_purpose() {
    each_database(async |database| {
        let gate = gate(database).await;
        let mut phone = Phone::on(SITE);
        let (_, entry) = office(&gate, "Văn phòng", Role::Administrator, &phone).await;
        let asked = ask_key(&gate.door, &from("a")).await.unwrap();
        let answer = signed(&mut phone, &asked);
        let enter_with =
            async |answer: &KeyAnswer| sign_in_by_key(&gate.door, answer, &from("a")).await.unwrap();
        assert!(matches!(enter_with(&answer).await, Entry::In { .. }));
        assert_eq!(enter_with(&answer).await, Entry::KeyRefused, "twice");
        let late = ask_key(&gate.door, &from("a")).await.unwrap();
        gate.wait(301);
        assert_eq!(enter_with(&signed(&mut phone, &late)).await, Entry::KeyRefused, "too late");
        let entered = gate.entered(&entry).await;
        let proof = ask_key_again(&gate.door, &entered).await.unwrap();
        assert_eq!(enter_with(&signed(&mut phone, &proof)).await, Entry::KeyRefused, "asked for a proof");
        let made_up = serde_json::json!({ "challenge": text(&[9; 32]) });
        assert_eq!(enter_with(&signed(&mut phone, &made_up)).await, Entry::KeyRefused, "never asked");
        // A signature that is wrong spends the question as well.
        let asked = ask_key(&gate.door, &from("a")).await.unwrap();
        let good = signed(&mut phone, &asked);
        // Whoever was wrong so often waits a little by now.
        gate.wait(60);
        let broken = KeyAnswer { signature: text(b"khong phai"), ..good.clone() };
        assert_eq!(enter_with(&broken).await, Entry::KeyRefused);
        gate.wait(60);
        assert_eq!(enter_with(&good).await, Entry::KeyRefused, "after a wrong answer");
    })
    .await;
}

#[tokio::test]
async fn guesses_wait_and_do_not_lock_the_owner_out() {
    each_database(async |database| {
        let gate = gate(database).await;
        let mut phone = Phone::on(SITE);
        let (_, entry) = office(&gate, "Văn phòng", Role::Administrator, &phone).await;
        let Entry::In { device: Some(device), .. } = entry else { panic!("no browser is known") };
        let (mut waits, mut stranger) = (0, Phone::on(SITE));
        stranger.id.clone_from(&phone.id);
        let made_up = serde_json::json!({ "challenge": text(&[9; 32]) });
        for _ in 0..30 {
            let answer = signed(&mut stranger, &made_up);
            let said = sign_in_by_key(&gate.door, &answer, &from("ke-doan")).await.unwrap();
            waits += usize::from(matches!(said, Entry::Wait(_)));
        }
        assert!(waits >= 24, "{waits}");
        let known = Asking { device: Some(device), ..from("ke-doan") };
        let asked = ask_key(&gate.door, &known).await.unwrap();
        let answer = signed(&mut phone, &asked);
        assert!(matches!(sign_in_by_key(&gate.door, &answer, &known).await.unwrap(), Entry::In { .. }));
        // Whoever only asks waits, too.
        let mut refused = 0;
        for _ in 0..100 {
            refused += usize::from(ask_key(&gate.door, &from("chi-hoi")).await.is_err());
        }
        assert!(refused >= 39, "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_copied_key_is_void_and_that_is_on_record() {
    each_database(async |database| {
        let gate = gate(database).await;
        let mut phone = Phone::on(SITE);
        phone.count = 10;
        let (id, _) = office(&gate, "Văn phòng", Role::Administrator, &phone).await;
        assert!(matches!(enter(&gate, &mut phone).await, Entry::In { .. }));
        phone.count = 3;
        assert_eq!(enter(&gate, &mut phone).await, Entry::KeyRefused);
        phone.count = 50;
        assert_eq!(enter(&gate, &mut phone).await, Entry::KeyRefused, "it stays void");
        assert_eq!(acts(&gate, &id).await.last().map(String::as_str), Some("key-void"));
    })
    .await;
}

#[tokio::test]
async fn keys_are_added_named_listed_and_removed_but_the_last_way_in_stays() {
    each_database(async |database| {
        let gate = gate(database).await;
        let (first, mut second) = (Phone::on(SITE), Phone::on(SITE));
        let (id, entry) = office(&gate, "Văn phòng", Role::Administrator, &first).await;
        let entered = gate.entered(&entry).await;
        let browser = Asking { browser: "Firefox, Linux".to_owned(), ..Asking::default() };
        let add = async |phone: &Phone, name: &str| {
            let asked = ask_another_key(&gate.door, &entered).await.unwrap();
            assert_eq!(asked["excludeCredentials"][0]["id"], text(&first.id), "{asked}");
            add_key(&gate.door, &entered, name, &made(phone, &asked), &browser).await
        };
        add(&second, "  Máy   ở nhà ").await.unwrap();
        assert_eq!(refused(add(&second, "").await.unwrap_err()), "passkey-refused", "there already");
        let names = async || {
            let ways = ways(gate.ws(), &entered).await.unwrap();
            ways.passkeys.into_iter().map(|k| k.name).collect::<Vec<_>>()
        };
        assert_eq!(names().await, ["", "Máy ở nhà"]);
        assert!(matches!(enter(&gate, &mut second).await, Entry::In { .. }));
        let keys = ways(gate.ws(), &entered).await.unwrap().passkeys;
        remove_key(gate.ws(), &entered, keys[1].id).await.unwrap();
        assert_eq!(enter(&gate, &mut second).await, Entry::KeyRefused);
        assert_eq!(refused(remove_key(gate.ws(), &entered, keys[1].id).await.unwrap_err()), "passkey-gone");
        let last = remove_key(gate.ws(), &entered, keys[0].id).await;
        assert_eq!(refused(last.unwrap_err()), "entry-last-way");
        assert_eq!(names().await, [""], "nothing was taken away");
        assert_eq!(acts(&gate, &id).await[3..], ["key-added", "key-added", "key-removed"]);
    })
    .await;
}

#[tokio::test]
async fn a_proof_by_passkey_is_the_holders_own_and_renews_the_secret() {
    each_database(async |database| {
        let gate = gate(database).await;
        let (mut phone, mut others) = (Phone::on(SITE), Phone::on(SITE));
        let (_, entry) = office(&gate, "Văn phòng", Role::Administrator, &phone).await;
        office(&gate, "Tổ khác", Role::Writer, &others).await;
        gate.wait(16 * 60);
        let entered = gate.entered(&entry).await;
        assert!(!entered.proven);
        let asked = ask_key_again(&gate.door, &entered).await.unwrap();
        assert_eq!(asked["allowCredentials"].as_array().map(Vec::len), Some(1), "{asked}");
        let by = async |phone: &mut Phone| {
            let asked = ask_key_again(&gate.door, &entered).await.unwrap();
            prove_by_key(&gate.door, session(&entry), &signed(phone, &asked), &from("a")).await.unwrap()
        };
        assert_eq!(by(&mut others).await, Entry::KeyRefused, "another holder's");
        let renewed = by(&mut phone).await;
        assert!(gate.entered(&renewed).await.proven);
        assert!(
            find(gate.ws(), session(&entry)).await.unwrap().is_none(),
            "the old secret is good for nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn a_new_link_and_leaving_end_every_passkey() {
    each_database(async |database| {
        let gate = gate(database).await;
        let mut phone = Phone::on(SITE);
        let (id, entry) = office(&gate, "Văn phòng", Role::Administrator, &phone).await;
        let holder = gate.entered(&entry).await.holder;
        add_holder(&gate.door, &machine(), "", &id, "Người sau", "").await.unwrap();
        let token = give_link(&gate.door, &machine(), "", holder).await.unwrap();
        assert_eq!(enter(&gate, &mut phone).await, Entry::KeyRefused);
        let mut again = Phone::on(SITE);
        let asked = ask_new_key(&gate.door, &token, &person(), &Asking::default()).await.unwrap();
        let answer = made(&again, &asked);
        let entry = set_up_by_key(&gate.door, &token, &person(), &answer, &Asking::default()).await;
        assert!(matches!(entry.unwrap().unwrap(), Entry::In { .. }));
        end_holder(gate.ws(), &machine(), "", holder).await.unwrap();
        assert_eq!(enter(&gate, &mut again).await, Entry::KeyRefused);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_right_spends_no_link() {
    each_database(async |database| {
        let gate = gate(database).await;
        let new = NewOffice { name: "Tổ biên tập".to_owned(), ..NewOffice::default() };
        let (_, token) = create_office(&gate.door, &machine(), "", &new).await.unwrap();
        let nobody = KeySetUp::default();
        let asked = ask_new_key(&gate.door, &token, &nobody, &Asking::default()).await;
        assert_eq!(refused(asked.unwrap_err()), "holder-name", "before the device makes anything");
        let mut elsewhere = Phone::on(SITE);
        "https://evil.example".clone_into(&mut elsewhere.origin);
        let asked = ask_new_key(&gate.door, &token, &person(), &Asking::default()).await.unwrap();
        let answer = made(&elsewhere, &asked);
        let said = set_up_by_key(&gate.door, &token, &person(), &answer, &Asking::default()).await.unwrap();
        assert_eq!(said.unwrap_err()[0].0, "key");
        let phone = Phone::on(SITE);
        let asked = ask_new_key(&gate.door, &token, &person(), &Asking::default()).await.unwrap();
        let answer = made(&phone, &asked);
        let entry = set_up_by_key(&gate.door, &token, &person(), &answer, &Asking::default()).await.unwrap();
        assert!(entry.is_ok());
        let spent = ask_new_key(&gate.door, &token, &person(), &Asking::default()).await;
        assert_eq!(refused(spent.unwrap_err()), "setup-link-spent");
    })
    .await;
}

#[tokio::test]
async fn at_an_address_of_numbers_there_are_none() {
    let gate = Gate::on(&TestDatabase::sqlite()).await;
    let door = gate.door.clone().with_passkeys_at("https://127.0.0.1:8080");
    assert!(!door.has_passkeys_at("127.0.0.1:8080"));
    assert_eq!(refused(ask_key(&door, &from("a")).await.unwrap_err()), "passkey-not-here");
    let door = gate.door.clone().with_passkeys_at(SITE);
    assert!(door.has_passkeys_at("caungang.example") && !door.has_passkeys_at("127.0.0.1:8080"));
}

#[tokio::test]
async fn a_second_holder_on_a_phone_does_not_take_the_first_ones_browser_away() {
    each_database(async |database| {
        let gate = gate(database).await;
        let (first, entry) = gate.office("Tổ một", Role::Writer).await;
        let (second, _) = gate.office("Tổ hai", Role::Writer).await;
        let Entry::In { device: Some(device), .. } = entry else { panic!("no browser is known") };
        let shared = Asking { device: Some(device), ..from("mot-may") };
        for id in [&second, &first, &second] {
            let entry = gate.enter(id, PASSWORD, &shared).await;
            assert!(matches!(entry, Entry::In { device: None, .. }), "{entry:?}");
        }
    })
    .await;
}
