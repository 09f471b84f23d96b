//! Mail: what reached the server is what is said to have, and what may be tried again did not reach it.

use jiff::Timestamp;
use nhipcau_outgoing::{Answer, Channel, Letter, Mail, MailOptions, Outcome, Outgoing, Security};
use uuid::Uuid;

use crate::servers::{Manner, Server, nobody};

fn sender(address: std::net::SocketAddr, security: Security) -> Outgoing {
    let mail = Mail::new(MailOptions {
        host: address.ip().to_string(),
        port: address.port(),
        security,
        credentials: Some(("ai".to_owned(), "mat-khau".to_owned())),
        from: "Ban Tuyên giáo <bao-cao@caungang.example>".to_owned(),
        trusted: None,
    });
    Outgoing::new(Some(mail.expect("options")), None)
}

fn letter() -> Letter {
    Letter {
        id: Uuid::from_u128(7),
        channel: Channel::Mail,
        to: "bithu@xa.example".to_owned(),
        subject: "Đề nghị gửi báo cáo: Biểu 1\r\nBcc: x@y.example".to_owned(),
        text: "Kính gửi Chi bộ ấp 3,\n\n.\nMột dòng.\n".to_owned(),
        at: Timestamp::from_second(1_700_000_000).expect("a time"),
    }
}

fn sent_to(manner: Manner) -> (Answer, usize) {
    let server = Server::mail(manner);
    let answer = sender(server.address, Security::None).send(&letter());
    (answer, server.came().len())
}

#[test]
fn a_message_arrives_whole_with_its_words_and_no_header_of_its_own() {
    let server = Server::mail(Manner::Takes);
    let answer = sender(server.address, Security::None).send(&letter());
    assert_eq!(answer.outcome, Outcome::Sent);
    assert!(answer.said.contains("queued as 4711"), "{}", answer.said);
    let came = server.came();
    let [letter] = came.as_slice() else { panic!("{came:?}") };
    assert_eq!(letter.head, "RCPT TO:<bithu@xa.example>");
    let (head, body) = letter.body.split_once("\r\n\r\n").expect("a head");
    assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc:")), "{head}");
    assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
    assert!(head.contains("Message-ID: <00000000-0000-0000-0000-000000000007@caungang.example>"), "{head}");
    assert!(head.contains("Tue, 14 Nov 2023 22:13:20"), "{head}");
    assert!(!body.trim().is_empty());
}

#[test]
fn what_is_refused_before_the_message_may_be_tried_again_unless_it_is_the_recipient() {
    for (manner, outcome) in [
        (Manner::Says("EHLO", "421 busy"), Outcome::Later),
        (Manner::Says("AUTH", "535 wrong password"), Outcome::Later),
        (Manner::Says("MAIL", "451 later"), Outcome::Later),
        (Manner::Says("MAIL", "553 not this sender"), Outcome::Later),
        (Manner::Says("RCPT", "450 greylisted"), Outcome::Later),
        (Manner::Says("RCPT", "550 no such user"), Outcome::Refused),
        (Manner::Says("DATA", "451 later"), Outcome::Later),
        (Manner::Closes("RCPT"), Outcome::Later),
        (Manner::Closes("DATA"), Outcome::Later),
    ] {
        let (answer, came) = sent_to(manner.clone());
        assert_eq!((answer.outcome, came), (outcome, 0), "{manner:?}: {}", answer.said);
    }
}

#[test]
fn after_the_message_only_the_servers_word_counts() {
    let (answer, came) = sent_to(Manner::Says(".", "451 disk full"));
    assert_eq!((answer.outcome, came), (Outcome::Later, 1), "the server says that it did not keep it");
    let (answer, _) = sent_to(Manner::Says(".", "554 spam"));
    assert_eq!(answer.outcome, Outcome::Refused);
    let (answer, came) = sent_to(Manner::ClosesAfterData);
    assert_eq!((answer.outcome, came), (Outcome::Unclear, 1), "{}", answer.said);
}

#[test]
fn without_a_server_or_without_tls_nothing_goes_out() {
    let answer = sender(nobody(), Security::None).send(&letter());
    assert_eq!(answer.outcome, Outcome::Later);
    // A server without STARTTLS: the password stays here.
    let server = Server::mail(Manner::Takes);
    let answer = sender(server.address, Security::StartTls).send(&letter());
    assert_eq!((answer.outcome, server.came().len()), (Outcome::Later, 0));
    assert!(answer.said.contains("STARTTLS"), "{}", answer.said);
}
