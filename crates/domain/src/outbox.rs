//! Messages that the system sends: how one goes from waiting to sent, and never twice; to whom it can
//! go; at what hours; on which days a deadline is reminded of.

mod contact;
mod hours;
mod plan;

use serde::{Deserialize, Serialize};

pub use self::{
    contact::{Address, address},
    hours::{allowed_from, is_allowed},
    plan::{Plan, Stage},
};
use crate::problem::Problem;

/// Why a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A return has not come.
    Reminder,
    /// A return was sent back.
    SentBack,
    /// What waits for a reviewer.
    Digest,
    /// Whether sending works.
    Test,
}

/// By which way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// E-mail.
    Mail,
    /// A gateway to SMS or Zalo, by telephone number.
    Phone,
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// To be sent at its time.
    Waiting,
    /// A process has taken it, for a while; nothing has gone out yet.
    Claimed,
    /// It is going out. From here on nobody but a person says that it goes out again.
    Sending,
    /// The other side has taken it.
    Sent,
    /// It was refused, or tried often enough.
    GivenUp,
    /// It may or may not have gone out: a person decides.
    Unknown,
    /// It was not needed any more, or called off.
    Dropped,
}

macro_rules! names {
    ($type:ident: $($variant:ident = $name:literal),+ $(,)?) => {
        impl $type {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that is stored.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Reads the stored name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == name)
            }
        }
    };
}

names!(Kind: Reminder = "reminder", SentBack = "sent-back", Digest = "digest", Test = "test");
names!(Channel: Mail = "mail", Phone = "phone");
names!(State:
    Waiting = "waiting",
    Claimed = "claimed",
    Sending = "sending",
    Sent = "sent",
    GivenUp = "given-up",
    Unknown = "unknown",
    Dropped = "dropped",
);

impl Kind {
    /// Whether it waits for the hours in which people may be written to. A test is asked for by the one
    /// who gets it.
    #[must_use]
    pub fn keeps_hours(self) -> bool {
        self != Self::Test
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The other side took it.
    Sent,
    /// It certainly did not go out, and may later.
    Later,
    /// The other side does not want it.
    Refused,
    /// It may have gone out: the line broke after the message was handed over, or while it was.
    Unclear,
}

/// What happens to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// A process takes it, for a while.
    Claim,
    /// That process is about to hand it over.
    Begin,
    /// The attempt ended.
    Done(Outcome),
    /// The while is over, and the process did not say what came of it.
    LeaseEnded,
    /// It is not needed any more.
    NotNeeded,
    /// A person says that it has arrived.
    DecidedSent,
    /// A person says that it shall go out again.
    DecidedAgain,
    /// A person calls it off.
    CalledOff,
    /// The records were put back to an earlier time: what went out since is not in them.
    Restored,
}

/// Minutes until the next attempt, by how many there were; after the last of them it is given up.
const WAITS: [i64; 5] = [1, 5, 30, 120, 360];

/// The most attempts that the system makes by itself.
pub const MOST_TRIES: u32 = 6;

/// The minutes to wait after so many attempts; none if there were enough.
#[must_use]
pub fn wait_minutes(tries: u32) -> Option<i64> {
    WAITS.get(usize::try_from(tries.checked_sub(1)?).ok()?).copied()
}

/// What a message comes to. `tries` counts the attempts since a person last asked for it, the one that
/// ends with this event among them.
///
/// # Errors
/// `outbox-cannot` if that cannot happen to a message that stands there.
pub fn next(state: State, tries: u32, event: Event) -> Result<State, Problem> {
    use Event::{Begin, CalledOff, Claim, DecidedAgain, DecidedSent, Done, LeaseEnded, NotNeeded, Restored};
    Ok(match (state, event) {
        (State::Waiting, Claim) => State::Claimed,
        (State::Claimed, Begin) => State::Sending,
        // Nothing had gone out; or a person asks.
        (State::Claimed, LeaseEnded) | (State::Unknown | State::GivenUp, DecidedAgain) => State::Waiting,
        (State::Waiting | State::Claimed, NotNeeded) | (State::Waiting, CalledOff) => State::Dropped,
        (State::Sending, LeaseEnded) | (State::Waiting | State::Claimed | State::Sending, Restored) => {
            State::Unknown
        }
        (State::Unknown, DecidedSent) => State::Sent,
        // Whoever sent it may say so late: before a person has decided, it is better than not to know.
        (State::Sending | State::Unknown, Done(outcome)) => match outcome {
            Outcome::Sent => State::Sent,
            Outcome::Unclear => State::Unknown,
            Outcome::Later if wait_minutes(tries).is_some() => State::Waiting,
            Outcome::Later | Outcome::Refused => State::GivenUp,
        },
        _ => return Err(Problem::new("outbox-cannot").with("state", state.as_str())),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_event() -> impl Strategy<Value = Event> {
        prop_oneof![
            Just(Event::Claim),
            Just(Event::Begin),
            Just(Event::Done(Outcome::Sent)),
            Just(Event::Done(Outcome::Later)),
            Just(Event::Done(Outcome::Refused)),
            Just(Event::Done(Outcome::Unclear)),
            Just(Event::LeaseEnded),
            Just(Event::NotNeeded),
            Just(Event::DecidedSent),
            Just(Event::DecidedAgain),
            Just(Event::CalledOff),
            Just(Event::Restored),
        ]
    }

    proptest! {
        /// Between two times that it goes out stands either the word that it certainly did not arrive,
        /// or a person.
        #[test]
        fn it_never_goes_out_twice_by_itself(events in proptest::collection::vec(any_event(), 0..60)) {
            let (mut state, mut tries) = (State::Waiting, 0);
            // Whether it may have arrived since a person last asked for it.
            let mut may_have_arrived = false;
            for event in events {
                let Ok(then) = next(state, tries, event) else { continue };
                match event {
                    Event::Begin => {
                        prop_assert!(!may_have_arrived, "it goes out twice");
                        may_have_arrived = true;
                        tries += 1;
                        prop_assert!(tries <= MOST_TRIES, "{} attempts", tries);
                    }
                    Event::Done(Outcome::Later | Outcome::Refused) => may_have_arrived = false,
                    Event::DecidedAgain => {
                        may_have_arrived = false;
                        tries = 0;
                    }
                    _ => {}
                }
                if then == State::Waiting || then == State::Claimed {
                    prop_assert!(!may_have_arrived, "{event:?} from {state:?}");
                }
                state = then;
            }
        }

        #[test]
        fn what_has_ended_ends_and_only_a_person_begins_again(
            state in prop_oneof![Just(State::Sent), Just(State::GivenUp), Just(State::Dropped), Just(State::Unknown)],
            tries in 0_u32..10,
            event in any_event(),
        ) {
            if let Ok(State::Waiting | State::Claimed | State::Sending) = next(state, tries, event) {
                let late = state == State::Unknown && event == Event::Done(Outcome::Later);
                prop_assert!(event == Event::DecidedAgain || late, "{event:?} from {state:?}");
            }
        }
    }

    #[test]
    fn waits_grow_and_then_it_is_given_up() {
        let waits: Vec<_> = (1..=MOST_TRIES).map(wait_minutes).collect();
        assert_eq!(waits, [Some(1), Some(5), Some(30), Some(120), Some(360), None]);
        assert_eq!(wait_minutes(0), None);
        let last = next(State::Sending, MOST_TRIES, Event::Done(Outcome::Later));
        assert_eq!(last, Ok(State::GivenUp));
    }

    #[test]
    fn each_has_its_stored_name() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(*state));
        }
        assert_eq!(Kind::parse("sent-back"), Some(Kind::SentBack));
        assert_eq!(Channel::parse("sms"), None);
    }
}
