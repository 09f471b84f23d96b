//! The secrets of codes are not to be read in the database or a backup of it.

use nhipcau_actions::accounts::{Door, Entered, Entry, Seal, begin_totp, confirm_totp, second_step, sign_in};
use nhipcau_domain::office::Role;
use nhipcau_testkit::each_database;

use crate::accounts::{Gate, PASSWORD, from, session};

async fn stored(gate: &Gate, entered: &Entered) -> String {
    let mut tx = gate.ws().store().read().await.unwrap();
    tx.holder(entered.holder).await.unwrap().unwrap().totp.unwrap()
}

/// Whether the code of this moment lets the holder in.
async fn gets_in(gate: &Gate, door: &Door, name: &str, secret: &[u8]) -> bool {
    let entry = sign_in(door, name, PASSWORD, &from("10.0.0.1")).await.unwrap();
    let Entry::Code { session } = entry else { panic!("{entry:?}") };
    let entry = second_step(door, &session, &gate.code(secret), &from("10.0.0.1")).await.unwrap();
    matches!(entry, Entry::In { .. })
}

fn hexadecimal(bytes: &[u8]) -> String {
    nhipcau_actions::access::hex(bytes)
}

#[tokio::test]
async fn a_secret_lies_sealed_and_opens_under_its_key_alone() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let door = gate.door.clone().sealing(Seal::new(&[5; 32]));
        let (id, entry) = gate.office("Tổ xuất bản", Role::Publisher).await;
        let entered = gate.entered(&entry).await;
        let secret = begin_totp(&door, &entered).await.unwrap();
        assert_eq!(begin_totp(&door, &entered).await.unwrap(), secret, "the same until it is confirmed");
        let codes = confirm_totp(&door, &entered, &gate.code(&secret)).await.unwrap();
        assert!(
            codes.iter().all(|c| c.chars().filter(char::is_ascii_alphanumeric).count() >= 22),
            "{codes:?}"
        );
        let lies = stored(&gate, &entered).await;
        assert!(lies.starts_with("x1:") && !lies.contains(&hexadecimal(&secret)), "{lies}");

        gate.wait(60);
        assert!(gets_in(&gate, &door, id.as_str(), &secret).await);
        gate.wait(60);
        let other = gate.door.clone().sealing(Seal::new(&[6; 32]));
        assert!(!gets_in(&gate, &other, id.as_str(), &secret).await, "under another key");
        gate.wait(600);
        assert!(!gets_in(&gate, &gate.door, id.as_str(), &secret).await, "without a key");
        // A recovery code is a way in when the key is lost.
        let entry = sign_in(&other, id.as_str(), PASSWORD, &from("10.0.0.2")).await.unwrap();
        let entry = second_step(&other, session(&entry), &codes[0], &from("10.0.0.2")).await.unwrap();
        assert!(matches!(entry, Entry::In { .. }), "{entry:?}");
    })
    .await;
}

#[tokio::test]
async fn a_secret_of_an_older_program_is_sealed_when_its_holder_signs_in() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (id, entry) = gate.office("Tổ xuất bản", Role::Publisher).await;
        let entered = gate.entered(&entry).await;
        let secret = begin_totp(&gate.door, &entered).await.unwrap();
        confirm_totp(&gate.door, &entered, &gate.code(&secret)).await.unwrap();
        assert_eq!(stored(&gate, &entered).await, hexadecimal(&secret));

        let door = gate.door.clone().sealing(Seal::new(&[5; 32]));
        gate.wait(60);
        assert!(gets_in(&gate, &door, id.as_str(), &secret).await);
        assert!(stored(&gate, &entered).await.starts_with("x1:"));
        gate.wait(60);
        assert!(gets_in(&gate, &door, id.as_str(), &secret).await, "sealed, it is the same");
    })
    .await;
}
