//! What is taken and what is refused: the standard's own examples (section 16), and a phone of the testkit.

use nhipcau_testkit::phone::{OWNER, Phone};
use proptest::prelude::*;

use crate::{
    Assertion, Attestation, CHALLENGE, Known, NewPasskey, PasskeyError, Site, Used, challenge_of, encode,
    key::Key, register, sign_in,
};

const ASKED: [u8; CHALLENGE] = [7; CHALLENGE];
const PERSON: &[u8] = b"mot nguoi";

fn site() -> Site {
    Site::of("https://caungang.example").unwrap()
}

fn phone() -> Phone {
    Phone::on("https://caungang.example")
}

fn made(phone: &Phone) -> Attestation {
    let made = phone.make(&encode(&ASKED));
    Attestation { id: phone.id.clone(), client: made.client, object: made.object }
}

fn signed(phone: &mut Phone) -> Assertion {
    let signed = phone.sign(&encode(&ASKED));
    let (id, person) = (phone.id.clone(), Some(PERSON.to_vec()));
    Assertion { id, client: signed.client, data: signed.data, signature: signed.signature, person }
}

fn known(key: &NewPasskey) -> Known<'_> {
    let NewPasskey { id, key, count, may_be_backed_up } = key;
    Known { id, key, count: *count, may_be_backed_up: *may_be_backed_up, person: PERSON }
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

#[test]
fn a_key_is_made_and_lets_its_owner_in() {
    let mut phone = phone();
    let key = register(&site(), &ASKED, &made(&phone)).unwrap();
    assert_eq!((&key.id, &key.key, key.count), (&phone.id, &phone.cose(), 0));
    let answer = signed(&mut phone);
    assert_eq!(challenge_of(&answer.client), Some(ASKED));
    assert_eq!(sign_in(&site(), &ASKED, known(&key), &answer), Ok(Used { count: 0 }));
    // A device need not say for whom.
    let answer = Assertion { person: None, ..signed(&mut phone) };
    assert!(sign_in(&site(), &ASKED, known(&key), &answer).is_ok());
}

#[test]
fn a_key_that_is_made_for_something_else_is_refused() {
    let refused = |answer: &Attestation| register(&site(), &ASKED, answer).unwrap_err();
    let with = |change: fn(&mut Phone)| {
        let mut phone = phone();
        change(&mut phone);
        refused(&made(&phone))
    };
    assert_eq!(with(|p| "https://evil.example".clone_into(&mut p.origin)), PasskeyError::Origin);
    assert_eq!(with(|p| "https://caungang.example:8443".clone_into(&mut p.origin)), PasskeyError::Origin);
    assert_eq!(with(|p| "evil.example".clone_into(&mut p.host)), PasskeyError::Site);
    assert_eq!(with(|p| p.flags = 0x01), PasskeyError::Unverified);
    assert_eq!(with(|p| p.flags = 0x04), PasskeyError::Absent);
    assert_eq!(with(|p| p.flags = OWNER | 0x10), PasskeyError::Backup);
    assert_eq!(with(|p| p.id = Vec::new()), PasskeyError::Whose);
    let phone = phone();
    let other = Attestation { id: b"khac".to_vec(), ..made(&phone) };
    assert_eq!(refused(&other), PasskeyError::Whose);
    let old = phone.make(&encode(&[8; CHALLENGE]));
    assert_eq!(refused(&Attestation { client: old.client, ..made(&phone) }), PasskeyError::Challenge);
    let framed = String::from_utf8(made(&phone).client).unwrap().replace(":false", ":true");
    assert_eq!(refused(&Attestation { client: framed.into_bytes(), ..made(&phone) }), PasskeyError::Origin);
}

#[test]
fn a_signature_that_is_not_the_keys_for_this_is_refused() {
    let mut phone = phone();
    let key = register(&site(), &ASKED, &made(&phone)).unwrap();
    let refused = |answer: &Assertion| sign_in(&site(), &ASKED, known(&key), answer).unwrap_err();
    let good = signed(&mut phone);
    let mut broken = good.clone();
    *broken.signature.last_mut().unwrap() ^= 1;
    assert_eq!(refused(&broken), PasskeyError::Signature);
    let mut stranger = Phone::on("https://caungang.example");
    stranger.id.clone_from(&phone.id);
    assert_eq!(refused(&signed(&mut stranger)), PasskeyError::Signature);
    let foreign = Assertion { person: Some(b"nguoi khac".to_vec()), ..good.clone() };
    assert_eq!(refused(&foreign), PasskeyError::Whose);
    assert_eq!(refused(&Assertion { id: b"khac".to_vec(), ..good.clone() }), PasskeyError::Whose);
    // What a key said in registering is no answer in signing in, and the other way about.
    let registering = Assertion { client: made(&phone).client, ..good.clone() };
    assert_eq!(refused(&registering), PasskeyError::Purpose);
    phone.flags = 0x01;
    assert_eq!(refused(&signed(&mut phone)), PasskeyError::Unverified);
    phone.flags = OWNER | 0x08;
    assert_eq!(refused(&signed(&mut phone)), PasskeyError::Backup);
    assert_eq!(
        sign_in(&Site::of("https://khac.example").unwrap(), &ASKED, known(&key), &good),
        Err(PasskeyError::Origin)
    );
}

#[test]
fn a_counter_that_does_not_go_up_is_a_copys() {
    let mut phone = phone();
    phone.count = 41;
    let mut key = register(&site(), &ASKED, &made(&phone)).unwrap();
    let answer = signed(&mut phone);
    assert_eq!(sign_in(&site(), &ASKED, known(&key), &answer), Ok(Used { count: 42 }));
    key.count = 42;
    let again = sign_in(&site(), &ASKED, known(&key), &answer);
    assert_eq!(again, Err(PasskeyError::Copied { kept: 42, found: 42 }));
    phone.count = 0;
    let stopped = sign_in(&site(), &ASKED, known(&key), &signed(&mut phone));
    assert_eq!(stopped, Err(PasskeyError::Copied { kept: 42, found: 0 }));
    // A signature that is wrong says nothing about copies.
    let mut broken = answer;
    *broken.signature.last_mut().unwrap() ^= 1;
    assert_eq!(sign_in(&site(), &ASKED, known(&key), &broken), Err(PasskeyError::Signature));
}

/// Section 16.3: packed self-attestation with ES256, its owner verified.
const SELF: (&str, &str, &str) = (
    "455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58c",
    "a363666d74667061636b65646761747453746d74a263616c672663736967584630440220067a20754ab925005dbf378097c92120031581c73228d1fb4f5b881bcd7da98302207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220272178f473b6006d68617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b55d00000000df850e09db6afbdfab51697791506cfc0020455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58ca5010203262001215820eb151c8176b225cc651559fecf07af450fd85802046656b34c18f6cf193843c5225820927b8aa427a2be1b8834d233a2d34f61f13bfd44119c325d5896e183fee484f2",
    "7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a2265476e4374334c55745936366b336a506a796e6962506b31716e666644616966715a774c33417032392d55222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869733a205539685458764b453255526b4d6e625f307859485667227d",
);

/// The same key signs in, its owner present and not verified.
const SELF_SIGNED: (&str, &str, &str) = (
    "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b50900000000",
    "7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a225248696843784e534e493352594d45314f7731476d3132786e726b634a5f6666707637546e2d4a71386773222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869733a206754623533727a36456853576f6d58477a696d433151227d",
    "304402203310b9431903c401f1be2bdc8d23a4007682dbbddcf846994947b7f465daf84002204e94dd00047b316061b3b99772b7efd95994a83ef584b3b6b825ea3550251b66",
);

/// Section 16.2: no attestation, ES256, its owner present and not verified.
const NONE: (&str, &str, &str) = (
    "f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4",
    "a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220",
    "7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a22414d4d507434557878475453746e63647134313759447742466938767049612d7077386f4f755657345441222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869733a20426b5165446a646354427258426941774a544c453551227d",
);

#[test]
fn the_standards_own_examples_are_read_as_it_reads_them() {
    let site = Site::of("https://example.org").unwrap();
    let answer = |(id, object, client): (&str, &str, &str)| Attestation {
        id: unhex(id),
        client: unhex(client),
        object: unhex(object),
    };
    let made = answer(SELF);
    let challenge = challenge_of(&made.client).unwrap();
    let key = register(&site, &challenge, &made).unwrap();
    assert!(key.may_be_backed_up && key.count == 0);
    let (data, client, signature) = SELF_SIGNED;
    let (data, client, signature) = (unhex(data), unhex(client), unhex(signature));
    let hashed = ring::digest::digest(&ring::digest::SHA256, &client);
    let message = [&data[..], hashed.as_ref()].concat();
    let read = Key::read(&key.key).unwrap();
    assert_eq!(read.verify(&message, &signature), Ok(()));
    assert_eq!(read.verify(&message[1..], &signature), Err(PasskeyError::Signature));
    // We ask for more than its signing in brings: a person who was verified.
    let challenge = challenge_of(&client).unwrap();
    let answer_in = Assertion { id: key.id.clone(), client, data, signature, person: None };
    assert_eq!(sign_in(&site, &challenge, known(&key), &answer_in), Err(PasskeyError::Unverified));
    let none = answer(NONE);
    let challenge = challenge_of(&none.client).unwrap();
    assert_eq!(register(&site, &challenge, &none), Err(PasskeyError::Unverified));
}

#[test]
fn keys_of_each_kind_are_read_and_others_are_not() {
    let rsa = [
        b"\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00".to_vec(),
        vec![0x80; 256],
        b"\x21\x43\x01\x00\x01".to_vec(),
    ];
    assert!(matches!(Key::read(&rsa.concat()), Ok(Key::Rsa { n, e }) if n.len() == 256 && e == [1, 0, 1]));
    let okp = [&b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"[..], &[9; 32]].concat();
    assert_eq!(Key::read(&okp), Ok(Key::Ed25519 { x: &[9; 32] }));
    for (bad, why) in [
        // ES384, a point that is cut off, a symmetric key.
        (&b"\xa3\x01\x02\x03\x38\x22\x20\x02"[..], PasskeyError::Algorithm),
        (
            b"\xa5\x01\x02\x03\x26\x20\x01\x21\x41\x01\x22\x41\x01",
            PasskeyError::Unreadable("a point of another size"),
        ),
        (b"\xa2\x01\x04\x03\x05", PasskeyError::Algorithm),
    ] {
        assert_eq!(Key::read(bad), Err(why));
    }
}

#[test]
fn a_key_of_ed25519_signs_in_as_well() {
    use ring::signature::{Ed25519KeyPair, KeyPair as _};
    let pair = Ed25519KeyPair::from_seed_unchecked(&[5; 32]).unwrap();
    let cose = [&b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"[..], pair.public_key().as_ref()].concat();
    let signature = pair.sign(b"loi");
    assert_eq!(Key::read(&cose).unwrap().verify(b"loi", signature.as_ref()), Ok(()));
    assert_eq!(Key::read(&cose).unwrap().verify(b"khac", signature.as_ref()), Err(PasskeyError::Signature));
}

proptest! {
    #[test]
    fn any_bytes_are_refused_and_nothing_else(
        object in proptest::collection::vec(any::<u8>(), 0..300),
        cut in 0_usize..200,
    ) {
        let phone = phone();
        let good = made(&phone);
        let any = Attestation { object, ..good.clone() };
        prop_assert!(register(&site(), &ASKED, &any).is_err());
        let short = good.object.len().saturating_sub(cut + 1);
        let cut = Attestation { object: good.object[..short].to_vec(), ..good };
        prop_assert!(register(&site(), &ASKED, &cut).is_err());
    }
}

/// What the virtual authenticator of Chromium 156 answered to `keys.js` at `http://localhost:8310`: a key made, and
/// two signatures by it.
const MADE: [&str; 3] = [
    "abTw78sx7UPvAgsiC0cuNidKgTgwzEcWG9ibtr0_W8I",
    "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3YyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODMxMCIsImNyb3NzT3JpZ2luIjpmYWxzZSwib3RoZXJfa2V5c19jYW5fYmVfYWRkZWRfaGVyZSI6ImRvIG5vdCBjb21wYXJlIGNsaWVudERhdGFKU09OIGFnYWluc3QgYSB0ZW1wbGF0ZS4gU2VlIGh0dHBzOi8vZ29vLmdsL3lhYlBleCJ9",
    "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIGm08O_LMe1D7wILIgtHLjYnSoE4MMxHFhvYm7a9P1vCpQECAyYgASFYICZEsQilBBDlfJV2ldZw3XASXTlYZW363lTNNrIheyOeIlggOGyXFDSYtapeCyiO6ez6CAqjA5hPMvqKrvu1g2dmhtE",
];
const GOT: &str = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3YyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODMxMCIsImNyb3NzT3JpZ2luIjpmYWxzZX0";
const SIGNED: [[&str; 2]; 2] = [
    [
        "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
        "MEUCIAM74mcsTX6jBt23oTquaH-Qsk0h4pn1N2PRFx6lhgUlAiEA_IkeVgKgDx07f7OjkIMRkoxZppHNUB0XTrLKwZbZPYk",
    ],
    [
        "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAw",
        "MEUCIQDHD3Ip7lqwiYkxLIvwkQqwsSmQCiFM5941NbcjnrJ8oAIgCl9Fk4tnoWcN0Bw1tATo00D4I5HDhsilO5cOtAGj0rc",
    ],
];

#[test]
fn what_chromium_answers_is_taken_and_a_signature_of_before_is_not() {
    let site = Site::of("http://localhost:8310").unwrap();
    let bytes = |text: &str| crate::decode(text).unwrap();
    let [id, client, object] = MADE.map(bytes);
    let mut key = register(&site, &ASKED, &Attestation { id, client, object }).unwrap();
    assert_eq!(key.count, 1);
    let answers = SIGNED.map(|signed| {
        let [data, signature] = signed.map(bytes);
        let (id, person) = (key.id.clone(), Some(PERSON.to_vec()));
        Assertion { id, client: bytes(GOT), data, signature, person }
    });
    for (answer, count) in answers.iter().zip([2, 3]) {
        assert_eq!(sign_in(&site, &ASKED, known(&key), answer), Ok(Used { count }));
        key.count = count;
    }
    let before = sign_in(&site, &ASKED, known(&key), &answers[0]);
    assert_eq!(before, Err(PasskeyError::Copied { kept: 3, found: 2 }));
    let elsewhere = Site::of("http://localhost:8311").unwrap();
    key.count = 1;
    assert_eq!(sign_in(&elsewhere, &ASKED, known(&key), &answers[0]), Err(PasskeyError::Origin));
}
