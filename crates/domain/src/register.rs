//! The register of documents (văn bản): how far a document has come on the site, how documents stand
//! to each other, and whether one is in force on a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{office::Role, problem::Problem};

/// How far a document's entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryStatus {
    /// Being entered.
    #[default]
    Draft,
    /// Anyone may read it.
    Published,
    /// Taken off the site; the address says so.
    Withdrawn,
}

impl EntryStatus {
    /// Every status, in the order of life.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Withdrawn];

    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == name)
    }
}

/// What is done with a document's entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryAct {
    /// It is entered.
    Create,
    /// What is said of it changes.
    Revise,
    /// It is set in relation to another.
    Relate,
    /// Such a relation is taken back.
    Unrelate,
    /// It goes out.
    Publish,
    /// It is taken off the site, with a reason.
    Withdraw,
}

impl EntryAct {
    /// Every act.
    pub const ALL: [Self; 6] =
        [Self::Create, Self::Revise, Self::Relate, Self::Unrelate, Self::Publish, Self::Withdraw];

    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Revise => "revise",
            Self::Relate => "relate",
            Self::Unrelate => "unrelate",
            Self::Publish => "publish",
            Self::Withdraw => "withdraw",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.as_str() == name)
    }

    /// The least role that may do it: what readers see at once is the publisher's.
    #[must_use]
    pub fn role(self, status: EntryStatus) -> Role {
        match (self, status) {
            (Self::Publish | Self::Withdraw, _) | (_, EntryStatus::Published) => Role::Publisher,
            _ => Role::Writer,
        }
    }
}

/// What an entry's status becomes. An entry that is out is changed in place, on record.
///
/// # Errors
/// `register-act-refused`, with the act and the status, as keys of the catalogue.
pub fn next(status: EntryStatus, act: EntryAct) -> Result<EntryStatus, Problem> {
    use EntryAct as A;
    use EntryStatus as S;
    match (act, status) {
        (A::Revise | A::Relate | A::Unrelate, _) => Ok(status),
        (A::Publish, S::Draft | S::Withdrawn) => Ok(S::Published),
        (A::Withdraw, S::Published) => Ok(S::Withdrawn),
        _ => Err(Problem::new("register-act-refused")
            .with("act", act.as_str())
            .with("status", status.as_str())),
    }
}

/// How a document stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// It names the other as its basis (căn cứ).
    BasedOn,
    /// It implements the other (triển khai, thực hiện).
    Implements,
    /// It guides how the other is done (hướng dẫn).
    Guides,
    /// It amends or supplements the other (sửa đổi, bổ sung).
    Amends,
    /// It takes the place of a part of the other (thay thế một phần).
    ReplacesPart,
    /// It takes the place of the other (thay thế).
    Replaces,
}

impl Relation {
    /// Every relation, in the order in which pages show them.
    pub const ALL: [Self; 6] =
        [Self::BasedOn, Self::Implements, Self::Guides, Self::Amends, Self::ReplacesPart, Self::Replaces];

    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BasedOn => "based-on",
            Self::Implements => "implements",
            Self::Guides => "guides",
            Self::Amends => "amends",
            Self::ReplacesPart => "replaces-part",
            Self::Replaces => "replaces",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == name)
    }

    /// Whether the two may not stand in one circle: replacing a whole and replacing a part are one.
    #[must_use]
    pub fn same_line(self, other: Self) -> bool {
        let replaces = |r| matches!(r, Self::Replaces | Self::ReplacesPart);
        self == other || (replaces(self) && replaces(other))
    }
}

/// Whether a relation `from` → `to` would close a circle with those that there are (all of one line).
#[must_use]
pub fn closes_circle<T: PartialEq + Copy>(edges: &[(T, T)], from: T, to: T) -> bool {
    let mut reached = vec![to];
    let mut at = 0;
    while let Some(here) = reached.get(at).copied() {
        if here == from {
            return true;
        }
        for (_, next) in edges.iter().filter(|(start, _)| *start == here) {
            if !reached.contains(next) {
                reached.push(*next);
            }
        }
        at += 1;
    }
    false
}

/// From when until when a document says of itself that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The first day in force.
    pub from: Date,
    /// The first day no longer in force (ngày hết hiệu lực), if it names one.
    pub until: Option<Date>,
}

impl Term {
    /// A document that names no first day holds from the day on which it was signed.
    #[must_use]
    pub fn new(signed: Date, effective: Option<Date>, expires: Option<Date>) -> Self {
        Self { from: effective.unwrap_or(signed), until: expires }
    }
}

/// Whether a document is in force on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// Its first day has not come.
    NotYet,
    /// It holds as it was signed.
    InForce,
    /// It holds as others have amended it.
    Amended,
    /// It holds but for the part that another replaced.
    PartlyReplaced,
    /// Another has taken its place.
    Replaced,
    /// Its time is over.
    Expired,
}

impl Validity {
    /// Every validity.
    pub const ALL: [Self; 6] =
        [Self::NotYet, Self::InForce, Self::Amended, Self::PartlyReplaced, Self::Replaced, Self::Expired];

    /// The name that stands in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotYet => "not-yet",
            Self::InForce => "in-force",
            Self::Amended => "amended",
            Self::PartlyReplaced => "partly-replaced",
            Self::Replaced => "replaced",
            Self::Expired => "expired",
        }
    }

    /// Reads the name in an address.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.as_str() == name)
    }

    /// Whether anything of the document holds.
    #[must_use]
    pub fn holds(self) -> bool {
        matches!(self, Self::InForce | Self::Amended | Self::PartlyReplaced)
    }
}

/// Whether a document is in force on a day. `touched` is what other documents do to it, each from that
/// document's first day on. What ended first is what is said: a document whose time was over before another
/// took its place has expired. It does not come back when that other one ends.
#[must_use]
pub fn validity(day: Date, term: Term, touched: &[(Relation, Date)]) -> Validity {
    let first =
        |relation| touched.iter().filter(|(r, from)| *r == relation && *from <= day).map(|(_, d)| *d).min();
    let over = term.until.filter(|until| *until <= day);
    match (first(Relation::Replaces), over) {
        (Some(replaced), Some(over)) if over < replaced => return Validity::Expired,
        (Some(_), _) => return Validity::Replaced,
        (None, Some(_)) => return Validity::Expired,
        (None, None) => {}
    }
    if day < term.from {
        Validity::NotYet
    } else if first(Relation::ReplacesPart).is_some() {
        Validity::PartlyReplaced
    } else if first(Relation::Amends).is_some() {
        Validity::Amended
    } else {
        Validity::InForce
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan as _, civil::date};
    use proptest::{collection::vec, option, prelude::*};

    use super::*;

    #[test]
    fn an_entry_is_entered_goes_out_and_is_taken_back() {
        let out = next(EntryStatus::Draft, EntryAct::Publish).unwrap();
        assert_eq!(next(out, EntryAct::Revise), Ok(EntryStatus::Published));
        assert_eq!(next(out, EntryAct::Withdraw), Ok(EntryStatus::Withdrawn));
        assert_eq!(next(EntryStatus::Withdrawn, EntryAct::Publish), Ok(EntryStatus::Published));
        assert!(next(EntryStatus::Draft, EntryAct::Withdraw).is_err());
        assert!(next(out, EntryAct::Publish).is_err());
        assert!(EntryStatus::ALL.iter().all(|s| next(*s, EntryAct::Create).is_err()));
        assert_eq!(EntryAct::Revise.role(EntryStatus::Draft), Role::Writer);
        assert_eq!(EntryAct::Revise.role(out), Role::Publisher);
    }

    #[test]
    fn names_that_are_stored_are_read_back() {
        assert!(Relation::ALL.iter().all(|r| Relation::parse(r.as_str()) == Some(*r)));
        assert!(Validity::ALL.iter().all(|v| Validity::parse(v.as_str()) == Some(*v)));
        assert!(EntryAct::ALL.iter().all(|a| EntryAct::parse(a.as_str()) == Some(*a)));
        assert!(EntryStatus::ALL.iter().all(|s| EntryStatus::parse(s.as_str()) == Some(*s)));
    }

    #[test]
    fn what_a_document_goes_through_in_its_time() {
        let term = Term::new(date(2021, 7, 12), Some(date(2021, 8, 1)), Some(date(2023, 1, 1)));
        let touched = [
            (Relation::Amends, date(2022, 1, 1)),
            (Relation::ReplacesPart, date(2022, 6, 1)),
            (Relation::Implements, date(2021, 8, 1)),
        ];
        let on = |y, m, d| validity(date(y, m, d), term, &touched);
        assert_eq!(on(2021, 7, 31), Validity::NotYet);
        assert_eq!(on(2021, 8, 1), Validity::InForce);
        assert_eq!(on(2022, 1, 1), Validity::Amended);
        assert_eq!(on(2022, 6, 1), Validity::PartlyReplaced);
        assert_eq!(on(2022, 12, 31), Validity::PartlyReplaced);
        assert_eq!(on(2023, 1, 1), Validity::Expired);
    }

    #[test]
    fn what_ended_first_is_said() {
        let term = Term::new(date(2021, 1, 1), None, Some(date(2022, 1, 1)));
        let today = date(2024, 1, 1);
        let by = |y| validity(today, term, &[(Relation::Replaces, date(y, 6, 1))]);
        assert_eq!(by(2021), Validity::Replaced);
        assert_eq!(by(2022), Validity::Expired);
        assert_eq!(by(2025), Validity::Expired, "what replaces it is not in force yet");
    }

    fn days() -> impl Strategy<Value = Date> {
        (0_i32..4000).prop_map(|n| date(2020, 1, 1).saturating_add(n.days()))
    }

    fn relations() -> impl Strategy<Value = Relation> {
        (0..Relation::ALL.len()).prop_map(|n| Relation::ALL[n])
    }

    proptest! {
        /// Over time a document only goes on: not yet, in force in some way, ended; and never back.
        #[test]
        fn validity_has_an_answer_for_every_day_and_never_goes_back(
            signed in days(),
            effective in option::of(days()),
            expires in option::of(days()),
            touched in vec((relations(), days()), 0..5),
            mut asked in vec(days(), 2..20),
        ) {
            let term = Term::new(signed, effective, expires);
            asked.extend([Date::MIN, Date::MAX]);
            asked.sort();
            let rank = |v: Validity| match v {
                Validity::NotYet => 0,
                Validity::InForce => 1,
                Validity::Amended => 2,
                Validity::PartlyReplaced => 3,
                Validity::Replaced | Validity::Expired => 4,
            };
            let told: Vec<_> = asked.iter().map(|day| validity(*day, term, &touched)).collect();
            prop_assert!(told.iter().map(|v| rank(*v)).is_sorted(), "{told:?}");
            let ended: Vec<_> = told.iter().filter(|v| rank(**v) == 4).collect();
            prop_assert!(ended.windows(2).all(|w| w[0] == w[1]), "an end does not change its name: {ended:?}");
            // A document that nobody touches and that names no end never ends.
            if expires.is_none() && touched.iter().all(|(r, _)| *r != Relation::Replaces) {
                prop_assert!(ended.is_empty());
            }
        }

        /// Whatever is asked for, what is let in has an order: no document comes before itself.
        #[test]
        fn relations_never_close_a_circle(asked in vec((0_u8..8, 0_u8..8), 0..60)) {
            let mut edges: Vec<(u8, u8)> = Vec::new();
            let mut refused = Vec::new();
            for (from, to) in asked {
                if closes_circle(&edges, from, to) { refused.push((from, to)) } else { edges.push((from, to)) }
            }
            // Take away whoever nothing leads to, until nobody is left.
            let mut left: Vec<u8> = (0..8).collect();
            let mut rest = edges.clone();
            while let Some(at) = left.iter().position(|n| rest.iter().all(|(_, to)| to != n)) {
                let gone = left.remove(at);
                rest.retain(|(from, _)| *from != gone);
            }
            prop_assert!(left.is_empty(), "a circle among {left:?}");
            // Nothing was refused for nothing: each refused one leads back by a way that there is.
            for (from, to) in refused {
                let mut seen = vec![to];
                let mut grew = true;
                while grew {
                    let more: Vec<u8> = edges.iter().filter(|(a, b)| seen.contains(a) && !seen.contains(b)).map(|e| e.1).collect();
                    grew = !more.is_empty();
                    seen.extend(more);
                }
                prop_assert!(seen.contains(&from));
            }
        }
    }
}
