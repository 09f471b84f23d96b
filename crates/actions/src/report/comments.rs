//! Comments on a passage of a draft: what the leader asks, what the drafters answer. On record, append-only;
//! they stand beside the document and are never part of it.

use nhipcau_domain::{Timestamp, id::OfficeId, problem::Problem};
use nhipcau_store::{CommentRecord, EditionStatus, Tx};
use uuid::Uuid;

use super::{
    desk::{EditionView, Hands},
    edition::{self, Edition},
    passages::{Passage, passages, still_there},
};
use crate::{error::Result, workspace::Workspace};

/// The longest comment, in characters.
pub const COMMENT_MAX: usize = 4000;

/// What is done with comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Begins one.
    Comment,
    /// Answers one.
    Answer,
    /// Says that it is settled.
    Resolve,
    /// Opens it again.
    Reopen,
}

impl Doing {
    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Answer => "answer",
            Self::Resolve => "resolve",
            Self::Reopen => "reopen",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Comment, Self::Answer, Self::Resolve, Self::Reopen].into_iter().find(|d| d.as_str() == name)
    }
}

/// One thing that was said or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What was done.
    pub doing: Doing,
    /// The words; may be empty for what resolves or reopens.
    pub words: String,
    /// Which office.
    pub office: OfficeId,
    /// Who acted in it.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

/// A comment with what followed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its id.
    pub id: Uuid,
    /// The passage where it stands now; none where the draft no longer has it.
    pub anchor: Option<String>,
    /// The passage's words when it was begun.
    pub passage: String,
    /// Whether the passage reads otherwise than then.
    pub reworded: bool,
    /// Whether it waits for an answer or a decision.
    pub open: bool,
    /// The comment and what followed, the oldest first.
    pub said: Vec<Said>,
}

/// The comments on an edition, in the order in which they were begun.
pub async fn threads(tx: &mut Tx, edition: &Edition) -> Result<Vec<Thread>> {
    Ok(of(&tx.comments(edition.record.id).await?, &passages(&edition.body.document)))
}

fn of(records: &[CommentRecord], now: &[Passage]) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    for record in records {
        let Some(doing) = Doing::parse(&record.act) else { continue };
        let said = Said {
            doing,
            words: record.body.clone(),
            office: record.office.clone(),
            holder: record.holder.clone(),
            at: record.at,
        };
        if let Some(thread) = threads.iter_mut().find(|t| t.id == record.thread) {
            thread.open = match doing {
                Doing::Resolve => false,
                Doing::Comment | Doing::Reopen => true,
                Doing::Answer => thread.open,
            };
            thread.said.push(said);
            continue;
        }
        let there = still_there(now, &record.anchor, &record.passage);
        threads.push(Thread {
            id: record.thread,
            anchor: there.map(|p| p.anchor.clone()),
            reworded: there.is_some_and(|p| p.words != record.passage),
            passage: record.passage.clone(),
            open: true,
            said: vec![said],
        });
    }
    threads
}

/// Begins a comment on a passage that the draft has now; its id.
///
/// # Errors
/// `comment-passage-gone` where the draft no longer has the passage, `comment-empty`, `comment-too-long`,
/// `comment-edition-frozen`, and what refuses an office that has no hand in the report.
pub async fn comment(
    ws: &Workspace,
    hands: &Hands,
    (report, number): (&str, u32),
    anchor: &str,
    words: &str,
) -> Result<Uuid> {
    let words = tidy(words)?;
    if words.is_empty() {
        return Err(Problem::new("comment-empty").into());
    }
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let edition = open_edition(ws, &mut tx, hands, report, number).await?;
    let now = passages(&edition.body.document);
    let passage = now.iter().find(|p| p.anchor == anchor && p.speaks());
    let passage = passage.ok_or_else(|| Problem::new("comment-passage-gone"))?;
    let id = ws.id(at);
    let record = CommentRecord {
        id,
        edition: edition.record.id,
        thread: id,
        act: Doing::Comment.as_str().to_owned(),
        anchor: passage.anchor.clone(),
        passage: passage.words.clone(),
        body: words,
        office: hands.office().clone(),
        holder: hands.holder().to_owned(),
        at,
    };
    tx.add_comment(&record).await?;
    tx.commit().await?;
    Ok(id)
}

/// Answers a comment, settles it, or opens it again.
///
/// # Errors
/// `comment-unknown`, `comment-empty` for an answer without words, `comment-stands-so` where it is settled or
/// open already, and what [`comment`] refuses.
pub async fn follow(
    ws: &Workspace,
    hands: &Hands,
    (report, number): (&str, u32),
    thread: Uuid,
    doing: Doing,
    words: &str,
) -> Result<()> {
    let words = tidy(words)?;
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let edition = open_edition(ws, &mut tx, hands, report, number).await?;
    let records = tx.comments(edition.record.id).await?;
    let unknown = || Problem::new("comment-unknown");
    let first = records.iter().find(|r| r.id == thread && r.thread == thread).ok_or_else(unknown)?;
    let open = of(&records, &[]).iter().any(|t| t.id == thread && t.open);
    match doing {
        Doing::Comment => return Err(unknown().into()),
        Doing::Answer if words.is_empty() => return Err(Problem::new("comment-empty").into()),
        Doing::Resolve if !open => return Err(Problem::new("comment-stands-so").into()),
        Doing::Reopen if open => return Err(Problem::new("comment-stands-so").into()),
        Doing::Answer | Doing::Resolve | Doing::Reopen => {}
    }
    let record = CommentRecord {
        id: ws.id(at),
        edition: edition.record.id,
        thread,
        act: doing.as_str().to_owned(),
        anchor: first.anchor.clone(),
        passage: first.passage.clone(),
        body: words,
        office: hands.office().clone(),
        holder: hands.holder().to_owned(),
        at,
    };
    tx.add_comment(&record).await?;
    Ok(tx.commit().await?)
}

/// An edition that can still be spoken about, for an office that has a hand in it.
async fn open_edition(
    ws: &Workspace,
    tx: &mut Tx,
    hands: &Hands,
    report: &str,
    number: u32,
) -> Result<Edition> {
    let setting = ws.setting(tx).await?;
    let edition = edition::edition(tx, report, Some(number)).await?;
    hands.require(&setting, &edition.record)?;
    if !is_open(&edition) {
        return Err(Problem::new("comment-edition-frozen").into());
    }
    Ok(edition)
}

/// What is frozen is not spoken about any more.
fn is_open(edition: &Edition) -> bool {
    edition.record.status != EditionStatus::Frozen
}

impl EditionView {
    /// Whether a comment may be begun on one of its passages now.
    #[must_use]
    pub fn may_comment(&self, passage: &Passage) -> bool {
        is_open(&self.edition) && passage.speaks()
    }
}

fn tidy(words: &str) -> std::result::Result<String, Problem> {
    let words = nhipcau_domain::text::nfc(words.trim()).replace('\0', " ").replace("\r\n", "\n");
    let found = words.chars().count();
    if found > COMMENT_MAX {
        return Err(Problem::new("comment-too-long").with("found", found).with("most", COMMENT_MAX));
    }
    Ok(words)
}
