//! Every act that binds, as one line of JSON: what the audit's records rest on, read back from the
//! tables in which the acts themselves stand.

use std::collections::HashMap;

use jiff::Timestamp;
use nhipcau_domain::{
    id::OfficeId,
    returns::{Act, ReturnKey},
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    Answer, Result, Tx,
    definitions::hex,
    packing::{json, parse},
    statement::statements,
    value::{Row, args},
};

statements! {
    RETURNS = "SELECT id, unit, data_set, period FROM return_state WHERE id > $1 ORDER BY id LIMIT 2000";
    ACTS = "SELECT return_id, act, office, at FROM return_act WHERE return_id >= $1 AND return_id <= $2 \
            ORDER BY return_id, ordinal";
    REVISIONS = "SELECT r.return_id, r.number, l.elements, r.\"values\", r.words, r.explanation, r.id \
                 FROM revision r JOIN layout l ON l.id = r.layout_id WHERE r.return_id >= $1 AND r.return_id <= $2";
    DEADLINES = "SELECT id, data_set, period, unit, until_day, reason, office, at FROM deadline_extension ORDER BY id";
    TREE = "SELECT seq, on_day, body, office, at FROM tree_event WHERE seq > $1 ORDER BY seq";
    DEFINITIONS = "SELECT version, body, office, at FROM definition WHERE version > $1 ORDER BY version";
    EDITIONS = "SELECT e.id, e.report, e.number, e.input_hash, CASE a.act WHEN 'frozen' THEN e.body ELSE '' END, \
                a.ordinal, a.act, a.office, a.at, e.salt FROM edition_act a JOIN edition e ON e.id = a.edition_id \
                WHERE (a.act IN ('approved', 'frozen', 'published') OR a.act LIKE 'attached %') \
                AND ($1 = '' OR (e.report = $1 AND e.number = $2)) ORDER BY e.report, e.number, a.ordinal";
    DOCUMENTS = "SELECT format, sha256 FROM edition_document WHERE edition_id = $1 ORDER BY format";
    PINS = "SELECT revision_id FROM edition_return WHERE edition_id = $1 ORDER BY revision_id";
    ATTACHED = "SELECT bytes FROM attachment WHERE edition_id = $1 AND at = $2 ORDER BY id";
    OFFICES = "SELECT id, office, act, body, by_office, by_holder, at FROM office_event ORDER BY id";
}

/// What a salted hash begins with. One without it is from a chain that was begun before there was salt.
const SALTED: &str = "2:";
/// The document of an edition that has raw counts in it.
const RAW: &str = "annex-raw";

/// An act that binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BindingAct {
    /// What was done, as the chain names it.
    pub what: &'static str,
    /// What it concerns; empty for returns, which may be done many at once.
    pub subject: String,
    /// Which office acted.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
    /// All of it, as one line of JSON.
    pub line: String,
    /// The line as it was written before hashes were salted; empty where it is the same.
    pub unsalted: String,
}

/// The lines of acts, made of what is about to be kept.
pub mod lines {
    use nhipcau_domain::returns::{Act, ReturnKey, Submission};
    use uuid::Uuid;

    use crate::{DeadlineExtension, OfficeEvent, Result, packing};

    /// What the chain calls an act on a return, and its reason; none for acts that do not bind.
    #[must_use]
    pub fn review(act: &Act) -> Option<(&'static str, &str)> {
        match act {
            Act::Accept => Some(("returns-accepted", "")),
            Act::SendBack { reason } => Some(("returns-sent-back", reason)),
            Act::Exempt { reason } => Some(("returns-excused", reason)),
            Act::Draft { .. } | Act::Submit { .. } | Act::Lock { .. } => None,
        }
    }

    /// An act on a return: form, period, unit, the revision's number and hash (0 and nothing for
    /// none), the reason.
    pub fn reviewed(key: &ReturnKey, revision: u32, sha256: &str, reason: &str) -> Result<String> {
        let (form, period, unit) = (key.data_set.as_str(), key.period.as_str(), key.unit.as_str());
        packing::json(&(form, period, unit, revision, sha256, reason))
    }

    /// The hash of a revision: of its elements, values, words and explanation as they are kept, with a
    /// line's end after each of the first three. Small counts could be guessed from it: its salt is the
    /// revision's id, which is random and which nothing shows.
    pub fn revision(id: Uuid, s: &Submission) -> Result<String> {
        let elements: Vec<&str> = s.entries.iter().map(|e| e.element.as_str()).collect();
        let (elements, words) = (packing::json(&elements)?, packing::words(&s.words)?);
        let text = kept([&elements, &packing::values(&s.entries), &words, &s.explanation]);
        Ok(super::salted(&id.to_string(), text.as_bytes()))
    }

    /// A later deadline: its id, form, period, branch, day, reason.
    pub fn deadline(e: &DeadlineExtension) -> Result<String> {
        let (form, period, unit) = (e.data_set.as_str(), e.period.as_str(), e.unit.as_str());
        packing::json(&(e.id, form, period, unit, e.until_day.to_string(), &e.reason))
    }

    /// An act on an office's account, and what the chain calls it: its id, the office, the act, what
    /// of, by which office, by whom. None for what a holder does for themselves.
    pub fn office(e: &OfficeEvent) -> Result<Option<(&'static str, String)>> {
        let Some(what) = super::office_what(&e.act) else { return Ok(None) };
        let (office, by) = (e.office.as_str(), e.by_office.as_str());
        Ok(Some((what, packing::json(&(e.id, office, &e.act, &e.body, by, &e.by_holder))?)))
    }

    /// What of a revision is hashed: elements, values, words, explanation.
    pub(super) fn kept(parts: [&str; 4]) -> String {
        parts.join("\n")
    }
}

/// A hash that cannot be guessed by whoever does not know the salt.
fn salted(salt: &str, text: &[u8]) -> String {
    let hash = Sha256::new().chain_update(salt.as_bytes()).chain_update(b"\n").chain_update(text);
    format!("{SALTED}{}", hex(&hash.finalize()))
}

type Each<'e> = &'e mut (dyn FnMut(BindingAct) + Send);

impl Tx {
    /// Hears every act that binds and is on record, whichever table it stands in.
    pub fn for_each_binding_act<'a>(&'a mut self, each: Each<'a>) -> Answer<'a, ()> {
        Box::pin(async move {
            self.reviews(each).await?;
            for row in self.rows(DEADLINES, &args![]).await? {
                let line = json(&(
                    row.id(0)?,
                    row.text(1)?,
                    row.text(2)?,
                    row.text(3)?,
                    row.text(4)?,
                    row.text(5)?,
                ))?;
                each(act("deadline-extended", row.text(3)?, row.text(6)?, row.time(7)?, line));
            }
            self.tree_acts(0).await?.into_iter().for_each(&mut *each);
            self.definition_acts(0).await?.into_iter().for_each(&mut *each);
            self.edition_acts_that_bind(None).await?.into_iter().for_each(&mut *each);
            for row in self.rows(OFFICES, &args![]).await? {
                let Some(what) = office_what(row.text(2)?) else { continue };
                let line = json(&(
                    row.id(0)?,
                    row.text(1)?,
                    row.text(2)?,
                    row.text(3)?,
                    row.text(4)?,
                    row.text(5)?,
                ))?;
                each(act(what, row.text(1)?, row.text(4)?, row.time(6)?, line));
            }
            Ok(())
        })
    }

    /// Changes of the tree after a place of its record.
    pub async fn tree_acts(&mut self, after: i64) -> Result<Vec<BindingAct>> {
        let read = |row: &Row| {
            let line = json(&(row.int(0)?, row.text(1)?, row.text(2)?))?;
            Ok(act("tree-changed", "", row.text(3)?, row.time(4)?, line))
        };
        self.rows(TREE, &args![after]).await?.iter().map(read).collect()
    }

    /// Versions of the definitions after one: number, and hash of the text.
    pub async fn definition_acts(&mut self, after: i64) -> Result<Vec<BindingAct>> {
        let read = |row: &Row| {
            let hash = hex(&Sha256::digest(row.text(1)?.as_bytes()));
            let line = json(&(row.int(0)?, hash))?;
            Ok(act("definitions-changed", "", row.text(2)?, row.time(3)?, line))
        };
        self.rows(DEFINITIONS, &args![after]).await?.iter().map(read).collect()
    }

    /// What was done that binds to every edition, or to one of a report: report, number, place among the
    /// edition's acts, the act, and hashes of what a frozen edition keeps or of what was attached.
    pub async fn edition_acts_that_bind(&mut self, of: Option<(&str, u32)>) -> Result<Vec<BindingAct>> {
        let (report, number) = of.unwrap_or(("", 0));
        let mut found = Vec::new();
        for row in self.rows(EDITIONS, &args![report, number]).await? {
            let (id, at, name) = (row.id(0)?, row.time(8)?, row.text(6)?);
            let mut unsalted = Vec::new();
            let (what, hashes) = match name {
                "approved" => ("report-approved", Vec::new()),
                "frozen" => {
                    let (hashes, old) = self.frozen(id, row.text(3)?, row.text(4)?, row.text(9)?).await?;
                    unsalted = old;
                    ("report-frozen", hashes)
                }
                "published" => ("report-published", Vec::new()),
                _ => {
                    let files = self.rows(ATTACHED, &args![id, at]).await?;
                    let hash = |f: &Row| Ok(hex(&Sha256::digest(f.bytes(0)?)));
                    ("report-attached", files.iter().map(hash).collect::<Result<_>>()?)
                }
            };
            let (report, number, ordinal) = (row.text(1)?, row.count(2)?, row.count(5)?);
            let line = json(&(report, number, ordinal, name, hashes))?;
            let mut done = act(what, &format!("{report}/{number}"), row.text(7)?, at, line);
            if !unsalted.is_empty() {
                done.unsalted = json(&(report, number, ordinal, name, unsalted))?;
            }
            found.push(done);
        }
        Ok(found)
    }

    /// Of a frozen edition: the hash of its inputs, of its body, of the revisions that it rests on, of
    /// each document. What has raw counts in it is salted; then the same without.
    async fn frozen(
        &mut self,
        id: Uuid,
        inputs: &str,
        body: &str,
        salt: &str,
    ) -> Result<(Vec<String>, Vec<String>)> {
        let mut pins = Sha256::new();
        for row in self.rows(PINS, &args![id]).await? {
            pins.update(format!("{}\n", row.id(0)?).as_bytes());
        }
        let pins = hex(&pins.finalize());
        let of = |body: String| {
            vec![format!("inputs {inputs}"), format!("body {body}"), format!("revisions {pins}")]
        };
        let mut hashes = of(salted(salt, body.as_bytes()));
        let mut unsalted = of(hex(&Sha256::digest(body.as_bytes())));
        for row in self.rows(DOCUMENTS, &args![id]).await? {
            let (format, hash) = (row.text(0)?, row.text(1)?);
            let hidden = if format == RAW { salted(salt, hash.as_bytes()) } else { hash.to_owned() };
            hashes.push(format!("{format} {hidden}"));
            unsalted.push(format!("{format} {hash}"));
        }
        Ok((hashes, unsalted))
    }

    async fn reviews(&mut self, each: Each<'_>) -> Result<()> {
        let mut page = self.rows(RETURNS, &args![Uuid::nil()]).await?;
        while let (Some(first), Some(last)) = (page.first(), page.last()) {
            let (first, last) = (first.id(0)?, last.id(0)?);
            let mut keys: HashMap<Uuid, ReturnKey> = HashMap::with_capacity(page.len());
            for row in &page {
                let key = ReturnKey {
                    unit: row.text(1)?.into(),
                    data_set: row.text(2)?.into(),
                    period: row.text(3)?.into(),
                };
                keys.insert(row.id(0)?, key);
            }
            let mut hashes: HashMap<(Uuid, u32), [String; 2]> = HashMap::with_capacity(page.len());
            for r in self.rows(REVISIONS, &args![first, last]).await? {
                let text = lines::kept([r.text(2)?, r.text(3)?, r.text(4)?, r.text(5)?]);
                let hash = salted(&r.id(6)?.to_string(), text.as_bytes());
                let both = [hash, hex(&Sha256::digest(text.as_bytes()))];
                hashes.insert((r.id(0)?, r.count(1)?), both);
            }
            // The number of the return's last revision, as its acts go by.
            let mut at_revision = (Uuid::nil(), 0);
            for row in self.rows(ACTS, &args![first, last]).await? {
                let id = row.id(0)?;
                if at_revision.0 != id {
                    at_revision = (id, 0);
                }
                let done: Act = parse("return_act", row.text(1)?)?;
                if let Act::Draft { revision } | Act::Submit { revision, .. } = &done {
                    at_revision.1 = *revision;
                }
                let (Some((what, reason)), Some(key)) = (lines::review(&done), keys.get(&id)) else {
                    continue;
                };
                let both = hashes.get(&at_revision);
                let [hash, old] = both.map_or(["", ""], |both| both.each_ref().map(String::as_str));
                let line = |hash| lines::reviewed(key, at_revision.1, hash, reason);
                let mut told = act(what, "", row.text(2)?, row.time(3)?, line(hash)?);
                if !old.is_empty() {
                    told.unsalted = line(old)?;
                }
                each(told);
            }
            page = self.rows(RETURNS, &args![last]).await?;
        }
        Ok(())
    }
}

/// What the chain calls an act on an office's account; none for what an account's holder does for
/// themselves.
pub(crate) fn office_what(act: &str) -> Option<&'static str> {
    Some(match act {
        "created" => "office-created",
        "granted" => "office-granted",
        "posted" => "office-posted",
        "renamed" => "office-renamed",
        "closed" => "office-closed",
        "opened" => "office-opened",
        "holder-added" => "office-holder-added",
        "holder-left" => "office-holder-left",
        "link-given" => "office-link-given",
        "slip-printed" => "office-slip-printed",
        "token-made" => "office-token-made",
        "token-ended" => "office-token-ended",
        _ => return None,
    })
}

fn act(what: &'static str, subject: &str, office: &str, at: Timestamp, line: String) -> BindingAct {
    let (subject, unsalted) = (subject.to_owned(), String::new());
    BindingAct { what, subject, office: office.into(), at, line, unsalted }
}
