//! Hands a message over: mail by SMTP, telephone numbers by a gateway's webhook. It keeps lettre and ureq
//! out of the other crates.
//!
//! Where it goes is set by whoever runs the program, on its command line, and by nobody else: no page, no
//! record and no answer names a server. One connection, one message, within bounded time; nothing is kept
//! open, no redirect is followed, no proxy of the environment is used.
//!
//! What it says of an attempt decides whether it may be tried again ([`Outcome`]): only what certainly did
//! not go out is [`Outcome::Later`]. Where the line broke while the message itself was on it, or after,
//! that is [`Outcome::Unclear`], and a person decides.

mod gateway;
mod mail;

use jiff::Timestamp;
pub use nhipcau_domain::outbox::{Channel, Outcome};
use nhipcau_domain::problem::Problem;
use uuid::Uuid;

pub use self::{
    gateway::{Gateway, GatewayOptions, signature},
    mail::{Mail, MailOptions, Security},
};

/// How long an attempt is waited for, in seconds. Each of its steps is bounded; whoever waits longer than
/// this takes its outcome as unclear.
pub const LONGEST_SECONDS: u64 = 150;

/// The most characters of what the other side said that are kept.
const SAID: usize = 300;

/// A message as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its id, by which the other side can see a repetition.
    pub id: Uuid,
    /// By which way.
    pub channel: Channel,
    /// To whom there.
    pub to: String,
    /// Its first line, for mail.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// When it goes out.
    pub at: Timestamp,
}

/// How an attempt ended, and what the other side said, shortened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// How.
    pub outcome: Outcome,
    /// What was said.
    pub said: String,
}

impl Answer {
    /// What the other side said is theirs: one line of it is kept, without what could be read as
    /// anything else.
    #[must_use]
    pub fn new(outcome: Outcome, said: &str) -> Self {
        let plain = |c: char| if c.is_control() { ' ' } else { c };
        let said: String = said.chars().map(plain).take(SAID * 4).collect();
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { outcome, said: said.chars().take(SAID).collect() }
    }
}

/// The ways that are set up.
#[derive(Debug, Default)]
pub struct Outgoing {
    mail: Option<Mail>,
    gateway: Option<Gateway>,
}

impl Outgoing {
    /// With these ways.
    #[must_use]
    pub fn new(mail: Option<Mail>, gateway: Option<Gateway>) -> Self {
        Self { mail, gateway }
    }

    /// Whether anything can be sent by a way.
    #[must_use]
    pub fn reaches(&self, channel: Channel) -> bool {
        match channel {
            Channel::Mail => self.mail.is_some(),
            Channel::Phone => self.gateway.is_some(),
        }
    }

    /// Sends one message, and waits for what comes of it. Blocks.
    #[must_use]
    pub fn send(&self, letter: &Letter) -> Answer {
        let none = || Answer::new(Outcome::Later, "this way of sending is not set up");
        match letter.channel {
            Channel::Mail => self.mail.as_ref().map_or_else(none, |mail| mail.send(letter)),
            Channel::Phone => self.gateway.as_ref().map_or_else(none, |gateway| gateway.send(letter)),
        }
    }
}

/// Whether a name is this machine: what goes there needs no encryption.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// An option that cannot be.
fn wrong(id: &'static str, found: &str) -> Problem {
    Problem::new(id).with("found", found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_other_side_says_stays_one_short_line() {
        let said = format!("250 OK\r\n\u{1b}[31m{}", "a ".repeat(5000));
        let answer = Answer::new(Outcome::Sent, &said);
        assert!(answer.said.starts_with("250 OK [31ma a") && answer.said.chars().count() <= SAID);
        assert!(!answer.said.chars().any(char::is_control));
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        for host in ["localhost", "127.0.0.1", "127.8.0.1", "::1", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["localhost.example", "10.0.0.1", "127.0.0.1.example", "0.0.0.0", ""] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn what_is_not_set_up_waits() {
        let letter = Letter {
            id: Uuid::nil(),
            channel: Channel::Mail,
            to: "a@b.vn".to_owned(),
            subject: String::new(),
            text: String::new(),
            at: Timestamp::UNIX_EPOCH,
        };
        assert_eq!(Outgoing::default().send(&letter).outcome, Outcome::Later);
        assert!(!Outgoing::default().reaches(Channel::Mail));
    }
}
