//! Whether an entry can be kept: everything that is wrong with it at once.

use nhipcau_domain::{press, problem::Problem, text};
use nhipcau_store::{Tx, register::Entry};

use super::kinds::kinds_in;
use crate::{
    error::{ActionError, Result},
    press::marked_secret,
};

/// The longest number, issuer or campaign, in characters.
pub const LINE_MAX: usize = 200;

/// The longest subject, list of recipients or demand, in characters.
pub const TEXT_MAX: usize = 4000;

/// The most files of a document.
const FILES_MAX: usize = 50;

/// An entry as it is kept: its texts tidied, nothing wrong with it.
pub(super) async fn checked(tx: &mut Tx, entry: &Entry) -> Result<Entry> {
    let entry = tidy(entry);
    let mut problems = plain_problems(&entry);
    if !kinds_in(tx).await?.iter().any(|k| k.id == entry.kind) {
        problems.push(Problem::new("register-kind-unknown").with("kind", entry.kind.as_str()));
    }
    let known = tx.media(&entry.files).await?;
    let is_file = |id| known.iter().any(|m| m.id == id && m.kind == "attachment");
    if !entry.files.iter().all(|id| is_file(*id)) {
        problems.push(Problem::new("media-unknown"));
    }
    if let Some(marking) =
        known.iter().find_map(|m| marked_secret(m.name.rsplit_once('.').map_or("", |n| n.0)))
    {
        problems.push(Problem::new("content-marked-secret").with("marking", marking));
    }
    if problems.is_empty() { Ok(entry) } else { Err(ActionError::RefusedFor(problems)) }
}

fn tidy(entry: &Entry) -> Entry {
    let lines = |source: &str| {
        let kept: Vec<String> = source.lines().map(text::tidy).filter(|l| !l.is_empty()).collect();
        kept.join("\n")
    };
    let mut files = Vec::new();
    for file in &entry.files {
        if !files.contains(file) {
            files.push(*file);
        }
    }
    Entry {
        number: text::tidy(&entry.number),
        kind: entry.kind.trim().to_owned(),
        issuer: text::tidy(&entry.issuer),
        subject: text::tidy(&entry.subject),
        campaign: text::tidy(&entry.campaign),
        sent_to: lines(&entry.sent_to),
        asks: lines(&entry.asks),
        files,
        // The day of signing is the first day in force unless another is named.
        effective: entry.effective.filter(|day| *day != entry.signed),
        ..*entry
    }
}

fn plain_problems(e: &Entry) -> Vec<Problem> {
    let mut problems = Vec::new();
    if press::slug(&e.number).is_empty() {
        problems.push(Problem::new("register-needs-number"));
    }
    if e.issuer.is_empty() {
        problems.push(Problem::new("register-needs-issuer"));
    }
    if e.subject.is_empty() {
        problems.push(Problem::new("register-needs-subject"));
    }
    let lengths = [
        ("number", &e.number, LINE_MAX),
        ("issuer", &e.issuer, LINE_MAX),
        ("campaign", &e.campaign, LINE_MAX),
        ("subject", &e.subject, TEXT_MAX),
        ("sent-to", &e.sent_to, TEXT_MAX),
        ("asks", &e.asks, TEXT_MAX),
    ];
    for (what, said, most) in lengths {
        let found = said.chars().count();
        if found > most {
            let problem = Problem::new("register-too-long").with("what", what);
            problems.push(problem.with("found", found).with("expected", most));
        }
    }
    if e.files.len() > FILES_MAX {
        problems.push(Problem::new("register-too-many-files").with("expected", FILES_MAX));
    }
    // A slip of the finger in a year is what this is for; days are kept as text of four digits.
    let days = [Some(e.signed), e.effective, e.expires, e.due];
    if let Some(day) = days.into_iter().flatten().find(|d| !(1900..=2200).contains(&d.year())) {
        problems.push(Problem::new("register-day").with("found", text::date(day)));
    }
    if e.expires.is_some_and(|over| over <= e.effective.unwrap_or(e.signed)) {
        problems.push(Problem::new("register-expires-before"));
    }
    if let Some(marking) = marking(e) {
        problems.push(Problem::new("content-marked-secret").with("marking", marking));
    }
    problems
}

/// A degree of secrecy that stands as a line, or in brackets: "18-KH/HU (Mật)".
fn marking(e: &Entry) -> Option<&'static str> {
    let texts = [&e.number, &e.issuer, &e.subject, &e.sent_to, &e.asks];
    let mut pieces = texts.into_iter().flat_map(|t| t.split(['(', ')', '[', ']', '\n', ';']));
    pieces.find_map(marked_secret)
}

/// What an entry is found by: its words without marks, a space before each.
pub(super) fn words(e: &Entry, kind: &str) -> String {
    let mut out = String::new();
    for part in [&e.number, &e.subject, &e.issuer, &e.sent_to, &e.asks] {
        push_words(&mut out, part);
    }
    push_words(&mut out, kind);
    out
}

fn push_words(out: &mut String, source: &str) {
    for word in asked(source) {
        out.push(' ');
        out.push_str(&word);
    }
}

/// The words of what somebody typed, without marks.
pub(super) fn asked(source: &str) -> Vec<String> {
    let folded = text::fold(source);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marking_in_brackets_is_one_and_a_word_in_a_sentence_is_none() {
        let entry = |number: &str, subject: &str| Entry {
            number: number.to_owned(),
            subject: subject.to_owned(),
            ..Entry::default()
        };
        assert_eq!(marking(&entry("18-KH/HU (Mật)", "x")), Some("MẬT"));
        assert_eq!(marking(&entry("18-KH/HU", "Tối mật")), Some("TỐI MẬT"));
        assert_eq!(marking(&entry("18-KH/HU", "Phát triển nghề nuôi ong lấy mật")), None);
    }

    #[test]
    fn words_are_those_that_people_type() {
        let entry =
            Entry {
                number: "18-KH/HU".into(), subject: "Thực hiện Đề án".into(), ..Entry::default()
            };
        assert_eq!(words(&entry, "Kế hoạch"), " 18 kh hu thuc hien de an ke hoach");
        assert_eq!(asked("18-kh  đề"), ["18", "kh", "de"]);
    }
}
