//! What every page of the desk carries.

use nhipcau_actions::accounts::Entered;
use nhipcau_domain::{
    Timestamp,
    office::Role,
    problem::{Arg, Problem},
    text,
};
use nhipcau_messages::{Lang, say, sentence, word};

use crate::assets;

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
    /// The address of the part of the desk that this is.
    pub section: &'static str,
    /// What was just done, as the catalogue says it.
    pub done: Option<String>,
}

/// What can be said to have been done: by name in the address, so nobody can put words of theirs there.
const DONE: [&str; 16] = [
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
        match problem.place.line {
            Some(line) => {
                self.say("desk-at-line", &[("line", line.to_string().into()), ("said", said.into())])
            }
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

    pub fn signed_in(&self) -> bool {
        !self.office.is_empty()
    }

    /// The navigation: address, words, whether the page is there.
    pub fn navigation(&self) -> Vec<(&'static str, String, bool)> {
        let Some(_) = self.role else { return Vec::new() };
        let everyone = [
            ("/lam-viec", "desk-nav-overview"),
            ("/lam-viec/bai-viet", "desk-nav-articles"),
            ("/lam-viec/tep", "desk-nav-media"),
            ("/lam-viec/lich", "desk-nav-calendar"),
            ("/lam-viec/luot-truy-cap", "desk-nav-visits"),
        ];
        let administrators = [
            ("/lam-viec/chuyen-muc", "desk-nav-columns"),
            ("/lam-viec/thiet-dat", "desk-nav-settings"),
            ("/lam-viec/gop-y", "desk-nav-feedback"),
            ("/lam-viec/chuyen-huong", "desk-nav-redirects"),
            ("/lam-viec/co-quan", "desk-nav-offices"),
        ];
        let shown = everyone.into_iter().chain(administrators.into_iter().filter(|_| self.administers));
        shown.map(|(href, id)| (href, self.t(id), href == self.section)).collect()
    }
}
