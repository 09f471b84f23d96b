//! Who reads: a person's browser and its device, or a robot and of which kind.

mod list;

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};
use parking_lot::RwLock;
use sha2::{Digest, Sha256};

use crate::{Device, Reason};

/// Bytes of a user agent that are looked at.
const LOOKED_AT: usize = 512;
/// User agents whose class is remembered; beyond, all are forgotten and learned anew.
const REMEMBERED: usize = 4_096;

/// What a user agent says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class {
    /// Why it is not a person's, if it is not.
    pub robot: Option<Reason>,
    pub device: Device,
    /// A short digest that stands for the user agent in the visitor's key.
    pub digest: [u8; 16],
}

/// The list of robots and the classes that were worked out lately.
pub(crate) struct Agents {
    robots: Option<AhoCorasick>,
    meanings: Vec<(Edge, Reason)>,
    remembered: RwLock<HashMap<Box<str>, Class>>,
}

/// What must stand around a name for it to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// Anywhere.
    None,
    /// No letter before it.
    Left,
    /// Only at the very beginning.
    Start,
    /// No letter after it, and not the telephones named "Cubot".
    Bot,
}

impl Agents {
    pub fn new(more: &[String]) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut meanings = Vec::new();
        for (reason, lines) in list::ROBOTS {
            for line in lines.split_whitespace() {
                let (edge, name) = match (line.strip_prefix('|'), line.strip_prefix('^'), line) {
                    (Some(name), ..) => (Edge::Left, name),
                    (_, Some(name), _) => (Edge::Start, name),
                    (.., "bot" | "bots") => (Edge::Bot, line),
                    _ => (Edge::None, line),
                };
                names.push(name.replace('~', " "));
                meanings.push((edge, *reason));
            }
        }
        for name in more.iter().filter(|n| !n.trim().is_empty()) {
            names.push(name.trim().to_owned());
            meanings.push((Edge::None, Reason::Robot));
        }
        // Only a list of gigabytes cannot be built.
        let robots = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&names)
            .ok();
        Self { robots, meanings, remembered: RwLock::default() }
    }

    /// What a user agent is; worked out once for each of the usual ones.
    pub fn class(&self, user_agent: Option<&str>) -> Class {
        let agent = clipped(user_agent.unwrap_or_default().trim());
        let known = self.remembered.read().get(agent).copied();
        if let Some(class) = known {
            return class;
        }
        let class = self.work_out(agent);
        let mut remembered = self.remembered.write();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(agent.into(), class);
        class
    }

    fn work_out(&self, agent: &str) -> Class {
        let mut digest = [0; 16];
        let whole = Sha256::digest(agent.as_bytes());
        for (to, from) in digest.iter_mut().zip(whole) {
            *to = from;
        }
        Class { robot: self.robot(agent), device: device(agent), digest }
    }

    fn robot(&self, agent: &str) -> Option<Reason> {
        let letters = agent.bytes().filter(u8::is_ascii_alphabetic).count();
        if letters < 3 || matches!(agent, "Mozilla" | "Mozilla/4.0" | "Mozilla/5.0") {
            return Some(Reason::NoUserAgent);
        }
        let bytes = agent.as_bytes();
        let letter = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphabetic);
        let named = self.robots.as_ref()?.find_overlapping_iter(agent).filter_map(|found| {
            let (edge, reason) = self.meanings.get(found.pattern().as_usize()).copied()?;
            let fits = match edge {
                Edge::None => true,
                Edge::Left => !letter(found.start().checked_sub(1)),
                Edge::Start => found.start() == 0,
                Edge::Bot => {
                    let before =
                        bytes.get(found.start().saturating_sub(2)..found.start()).unwrap_or_default();
                    !letter(Some(found.end())) && !before.eq_ignore_ascii_case(b"cu")
                }
            };
            fits.then_some(reason)
        });
        // The most telling: a named kind goes before "another robot".
        named.min()
    }
}

/// The first bytes of a text, whole characters only.
fn clipped(text: &str) -> &str {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

fn device(agent: &str) -> Device {
    let lower = agent.to_ascii_lowercase();
    let has = |names: &[&str]| names.iter().any(|n| lower.contains(n));
    let mobile = has(&["mobile", "iphone", "ipod", "opera mini", "opera mobi", "windows phone"]);
    if has(&["smart-tv", "smarttv", "appletv", "android tv", "playstation", "xbox", "web0s", "tizen tv"]) {
        Device::Unknown
    } else if has(&["ipad", "tablet", "playbook", "kindle"])
        || (lower.contains("android") && !mobile && !has(&["fban"]))
    {
        Device::Tablet
    } else if mobile
        || has(&["midp", "nokia", "blackberry", "symbian", "kaios", "fban/", "fbiossdk", "zalo ios"])
    {
        Device::Phone
    } else if has(&["windows nt", "macintosh", "x11", "cros ", "windows 9", "linux x86_64"]) {
        Device::Desktop
    } else {
        Device::Unknown
    }
}

#[cfg(test)]
mod tests;
