//! A gateway: signed, told which message it is, never followed elsewhere.

use jiff::Timestamp;
use nhipcau_outgoing::{Channel, Gateway, GatewayOptions, Letter, Outcome, Outgoing, signature};
use uuid::Uuid;

use crate::servers::{Manner, Server, nobody};

const KEY: &[u8] = b"0123456789abcdef";

fn sender(address: std::net::SocketAddr) -> Outgoing {
    let url = format!("http://{address}/gui?ma=1");
    let gateway = Gateway::new(GatewayOptions { url, key: KEY.to_vec(), trusted: None });
    Outgoing::new(None, Some(gateway.expect("options")))
}

fn letter() -> Letter {
    Letter {
        id: Uuid::from_u128(7),
        channel: Channel::Phone,
        to: "+84912345678".to_owned(),
        subject: "không gửi".to_owned(),
        text: "Đề nghị gửi báo cáo “Biểu 1”.".to_owned(),
        at: Timestamp::from_second(1_700_000_000).expect("a time"),
    }
}

#[test]
fn a_message_arrives_signed_and_with_its_id() {
    let server = Server::gateway(Manner::Takes);
    let answer = sender(server.address).send(&letter());
    assert_eq!((answer.outcome, answer.said.as_str()), (Outcome::Sent, "200 ok"));
    let came = server.came();
    let [request] = came.as_slice() else { panic!("{came:?}") };
    let head = request.head.to_lowercase();
    assert!(head.starts_with("post /gui?ma=1 http/1.1"), "{head}");
    assert!(head.contains("idempotency-key: 00000000-0000-0000-0000-000000000007"), "{head}");
    assert!(head.contains("x-nhipcau-timestamp: 1700000000"), "{head}");
    let signed = signature(KEY, letter().at, &request.body);
    assert!(head.contains(&format!("x-nhipcau-signature: {signed}")), "{head}");
    let body: serde_json::Value = serde_json::from_str(&request.body).expect("JSON");
    let expected = serde_json::json!({
        "id": "00000000-0000-0000-0000-000000000007", "to": "+84912345678", "channel": "phone",
        "text": "Đề nghị gửi báo cáo “Biểu 1”.",
    });
    assert_eq!(body, expected);
}

#[test]
fn a_status_decides_and_a_redirect_is_not_followed() {
    let elsewhere = Server::gateway(Manner::Takes);
    let to: &'static str = format!("location: http://{}/\r\n", elsewhere.address).leak();
    for (manner, outcome) in [
        (Manner::Says("202 Accepted", ""), Outcome::Sent),
        (Manner::Says("429 Too Many", ""), Outcome::Later),
        (Manner::Says("503 Busy", ""), Outcome::Later),
        (Manner::Says("502 Bad Gateway", ""), Outcome::Unclear),
        (Manner::Says("400 No", ""), Outcome::Refused),
        (Manner::Says("307 There", to), Outcome::Refused),
        (Manner::Says("302 There", to), Outcome::Refused),
        (Manner::ClosesAfterData, Outcome::Unclear),
    ] {
        let server = Server::gateway(manner.clone());
        let answer = sender(server.address).send(&letter());
        assert_eq!((answer.outcome, server.came().len()), (outcome, 1), "{manner:?}: {}", answer.said);
    }
    assert_eq!(elsewhere.came().len(), 0, "a redirect was followed");
}

#[test]
fn what_did_not_get_there_may_be_tried_again() {
    assert_eq!(sender(nobody()).send(&letter()).outcome, Outcome::Later);
    let url = "https://khong-co.invalid/".to_owned();
    let gateway = Gateway::new(GatewayOptions { url, key: KEY.to_vec(), trusted: None }).expect("options");
    assert_eq!(Outgoing::new(None, Some(gateway)).send(&letter()).outcome, Outcome::Later);
}

#[test]
fn a_certificate_that_nobody_vouches_for_gets_no_message() {
    let server = Server::gateway(Manner::Takes);
    // A server that speaks no TLS at all.
    let url = format!("https://{}/", server.address);
    let gateway = Gateway::new(GatewayOptions { url, key: KEY.to_vec(), trusted: None }).expect("options");
    let answer = Outgoing::new(None, Some(gateway)).send(&letter());
    assert_ne!(answer.outcome, Outcome::Sent);
    assert_eq!(server.came().len(), 0);
}
