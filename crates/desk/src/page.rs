//! What every page of the desk carries.

use nhipcau_actions::accounts::Entered;
use nhipcau_domain::{
    Timestamp,
    office::{Power, Reach, Role},
    problem::{Arg, Problem},
    text,
};
use nhipcau_messages::{Lang, say, sentence, word};

use crate::{
    assets,
    pages::{configuration, documents, maps},
};

/// Context of every page of the desk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub lang: Lang,
    /// The session's token against forged requests; empty where nobody is signed in.
    pub csrf: String,
    /// The office's name; empty where nobody is signed in.
    pub office: String,
    pub holder: String,
    /// The office's highest role anywhere.
    pub role: Option<Role>,
    /// Whether it administers the whole site.
    pub administers: bool,
    /// Whether it writes for the whole site: the register of documents is nobody's column.
    pub registers: bool,
    /// Whether it may change what is set up: it consolidates every unit.
    pub configures: bool,
    /// What the office may do with returns and reports, over any unit at all.
    pub powers: Vec<Power>,
    /// The address of the part of the desk that this is.
    pub section: &'static str,
    /// What was just done, as the catalogue says it.
    pub done: Option<String>,
}

/// What can be said to have been done: by name in the address, so nobody can put words of theirs there.
const DONE: &[&str] = &[
    "saved",
    "created",
    "acted",
    "restored",
    "described",
    "uploaded",
    "removed",
    "handled",
    "password",
    "ended",
    "sessions",
    "moved",
    "expiry",
    "discarded",
    "codes",
    "proven",
    "made",
    "pin",
    "key-added",
    "key-removed",
    "bound",
    "unbound",
    "accepted",
    "sent-back",
    "excused",
    "extended",
    "drafted",
    "approved",
    "frozen",
    "attached",
    "reminded",
    "planned",
    "digest",
    "tested",
    "decided",
    "configured",
    "published",
    "commented",
    "answered",
    "settled",
    "reopened",
    "view-saved",
    "view-renamed",
    "view-removed",
];

/// The rooms of those who work with returns: address, words in the navigation, the power that opens it. A
/// room has its line once it is there; those of one day's work stand in its order. What a room is for is
/// said by its words with `-long`.
const ROOMS: &[(&str, &str, Power)] = &[
    ("/lam-viec/bao-cao", "desk-nav-owed", Power::Report),
    ("/lam-viec/duyet", "desk-nav-review", Power::Review),
    ("/lam-viec/chua-bao-cao", "desk-nav-missing", Power::Review),
    ("/lam-viec/tin-nhan", "desk-nav-outbox", Power::Review),
    ("/lam-viec/bang", "desk-nav-table", Power::Review),
    ("/lam-viec/bang", "desk-nav-table", Power::Audit),
    ("/lam-viec/phan-tich", "desk-nav-analysis", Power::Review),
    ("/lam-viec/phan-tich", "desk-nav-analysis", Power::Audit),
    ("/lam-viec/ket-qua", "desk-nav-results", Power::Consolidate),
    ("/lam-viec/ket-qua", "desk-nav-results", Power::Approve),
    ("/lam-viec/nhat-ky", "desk-nav-audit", Power::Audit),
    ("/lam-viec/don-vi-co-quan", "desk-nav-unit-offices", Power::Review),
];

impl Page {
    pub fn for_entered(lang: Lang, csrf: String, entered: &Entered) -> Self {
        let site = entered.acting.role_on(&[]);
        Self {
            lang,
            csrf,
            office: entered.office_name.clone(),
            holder: entered.name.clone(),
            role: entered.acting.highest(),
            administers: site == Some(Role::Administrator),
            registers: site.is_some(),
            configures: entered
                .acting
                .postings
                .iter()
                .any(|p| p.reach == Reach::All && p.duty.powers().contains(&Power::Consolidate)),
            powers: Power::ALL.into_iter().filter(|p| entered.acting.holds(*p)).collect(),
            section: "",
            done: None,
        }
    }

    /// The same, as part of the desk.
    pub fn at(&self, section: &'static str) -> Self {
        Self { section, ..self.clone() }
    }

    /// Says what the address says was done.
    pub fn done(mut self, query: Option<&str>) -> Self {
        let found = query.and_then(|q| q.split('&').find_map(|p| p.strip_prefix("xong=")));
        let known = found.and_then(|f| DONE.iter().find(|d| **d == f));
        self.done = known.map(|d| self.t(&format!("desk-done-{d}")));
        self
    }

    pub fn t(&self, id: &str) -> String {
        word(self.lang, id)
    }

    pub fn say(&self, id: &str, args: &[(&str, Arg)]) -> String {
        say(self.lang, id, args)
    }

    pub fn say1(&self, id: &str, name: &str, value: impl Into<Arg>) -> String {
        say(self.lang, id, &[(name, value.into())])
    }

    pub fn problem(&self, problem: &Problem) -> String {
        let said = sentence(self.lang, problem);
        let said = match problem.place.line {
            Some(line) => {
                self.say("desk-at-line", &[("line", line.to_string().into()), ("said", said.into())])
            }
            None => said,
        };
        match &problem.place.file {
            Some(file) => format!("{file}: {said}"),
            None => said,
        }
    }

    pub fn time(&self, at: Timestamp) -> String {
        match self.lang {
            Lang::En => text::date_time_en(at),
            _ => text::date_time(at),
        }
    }

    pub fn role_name(&self, role: Role) -> String {
        self.t(&format!("desk-role-{}", role.as_str()))
    }

    #[expect(clippy::unused_self, reason = "templates ask their page")]
    pub fn style(&self) -> String {
        assets::STYLE.href()
    }

    #[expect(clippy::unused_self, reason = "templates ask their page")]
    pub fn script(&self) -> String {
        assets::EDITOR.href()
    }

    #[expect(clippy::unused_self, reason = "templates ask their page")]
    pub fn keys_script(&self) -> String {
        assets::KEYS.href()
    }

    pub fn signed_in(&self) -> bool {
        !self.office.is_empty()
    }

    /// The rooms of those who work with returns that are open to this office: address, words.
    pub fn rooms(&self) -> Vec<(&'static str, &'static str)> {
        let open = |power: &Power| self.powers.contains(power);
        let mut rooms: Vec<_> =
            ROOMS.iter().filter(|(_, _, power)| open(power)).map(|(href, id, _)| (*href, *id)).collect();
        // A room that two powers open stands there once.
        rooms.dedup();
        if self.configures {
            rooms.push((configuration::HERE, "desk-nav-configuration"));
        }
        rooms
    }

    /// What the desk is called: whoever only reports edits nothing.
    pub fn desk_name(&self) -> String {
        let edits = self.role.is_some() || !self.signed_in();
        self.t(if edits { "desk-name" } else { "desk-name-office" })
    }

    /// The navigation: address, words, whether the page is there.
    pub fn navigation(&self) -> Vec<(&'static str, String, bool)> {
        let rooms = self.rooms();
        let everyone = [
            ("/lam-viec", "desk-nav-overview"),
            ("/lam-viec/bai-viet", "desk-nav-articles"),
            ("/lam-viec/tep", "desk-nav-media"),
            (documents::PATH, "desk-nav-register"),
            ("/lam-viec/lich", "desk-nav-calendar"),
            ("/lam-viec/luot-truy-cap", "desk-nav-visits"),
        ];
        let administrators = [
            ("/lam-viec/chuyen-muc", "desk-nav-columns"),
            (maps::PATH, "desk-nav-map"),
            ("/lam-viec/thiet-dat", "desk-nav-settings"),
            ("/lam-viec/gop-y", "desk-nav-feedback"),
            ("/lam-viec/chuyen-huong", "desk-nav-redirects"),
            ("/lam-viec/co-quan", "desk-nav-offices"),
        ];
        // An administrator hands offices of units out as well.
        let units = ("/lam-viec/don-vi-co-quan", "desk-nav-unit-offices");
        let messages = ("/lam-viec/tin-nhan", "desk-nav-outbox");
        let administers = [units, messages].into_iter().filter(|u| self.administers && !rooms.contains(u));
        let everyone = everyone.into_iter().filter(|(href, _)| self.registers || *href != documents::PATH);
        let shown = everyone.filter(|_| self.role.is_some());
        let shown = shown.chain(rooms.iter().copied());
        let shown = shown.chain(administrators.into_iter().filter(|_| self.administers)).chain(administers);
        shown.map(|(href, id)| (href, self.t(id), href == self.section)).collect()
    }
}
