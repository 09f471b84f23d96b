//! A report as it will be read, and what is said about its passages: comments, answers, what was settled.

use axum::extract::State;
use nhipcau_actions::report::{
    self,
    comments::{self, Doing, Thread},
    desk::{self, BlockKind, EditionView, PartKind},
    passages::passages,
};
use nhipcau_domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Ways, reports::EditionAt};
use crate::{
    body::{Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Piece, Turn},
    shape::{DONE, Done},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(passages_of))
        .routes(routes!(edition_comments, comment_on_passage))
        .routes(routes!(follow_comment))
}

/// An edition as it is read, passage by passage.
#[derive(Serialize, ToSchema)]
struct EditionRead {
    /// Its report's title.
    title: String,
    /// The language that it is in.
    language: String,
    /// Its passages, in order.
    passages: Vec<PassageRead>,
    /// Prose that reads otherwise than in the draft before, or in the edition before.
    changed: Vec<ChangedProse>,
}

/// A passage of an edition.
#[derive(Serialize, ToSchema)]
struct PassageRead {
    /// Its name, by which a comment names it. It stays while only numbers change.
    passage: String,
    /// Its words; of a table and of a chart what stands above it.
    words: String,
    /// The passage as a piece of a page.
    html: String,
    /// Comments on it that nobody has settled.
    open_comments: usize,
    /// Whether it may be commented on now.
    may_comment: bool,
}

/// A paragraph that reads otherwise than before.
#[derive(Serialize, ToSchema)]
struct ChangedProse {
    /// `added`, `removed` or `changed`.
    kind: &'static str,
    /// Its words, in order, those of before among them.
    parts: Vec<ChangedWords>,
}

/// Some words of a paragraph.
#[derive(Serialize, ToSchema)]
struct ChangedWords {
    /// `same`, `added` or `removed`.
    kind: &'static str,
    /// The words.
    words: String,
}

fn changed(piece: &desk::Piece) -> ChangedProse {
    let part = |(kind, words): &(PartKind, String)| {
        let kind = match kind {
            PartKind::Same => "same",
            PartKind::Added => "added",
            PartKind::Removed => "removed",
        };
        ChangedWords { kind, words: words.clone() }
    };
    ChangedProse {
        kind: match piece.kind {
            BlockKind::Same => "same",
            BlockKind::Added => "added",
            BlockKind::Removed => "removed",
            BlockKind::Changed => "changed",
        },
        parts: piece.parts.iter().map(part).collect(),
    }
}

fn read(view: &EditionView) -> EditionRead {
    let body = &view.edition.body;
    let waits = |anchor: &str| {
        let on_it = view.threads.iter().filter(|t| t.open && t.anchor.as_deref() == Some(anchor));
        on_it.count()
    };
    let all = passages(&body.document).into_iter().zip(report::page_pieces(body).blocks);
    let shown = all.map(|(passage, html)| PassageRead {
        open_comments: waits(&passage.anchor),
        may_comment: view.may_comment(&passage),
        passage: passage.anchor,
        words: passage.words,
        html,
    });
    EditionRead {
        title: view.title.clone(),
        language: body.document.front.language().to_owned(),
        passages: shown.collect(),
        changed: view.questions.words.iter().map(changed).collect(),
    }
}

/// An edition as it is read, as the public may see its figures, with what its prose changed of the draft
/// before.
#[utoipa::path(get, path = "/reports/{report}/editions/{number}/passages", tag = "reports",
    security(("token" = ["consolidate"]), ("token" = ["approve"])), params(EditionAt),
    responses((status = 200, description = "Its passages.", body = EditionRead), Refusals))]
async fn passages_of(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<EditionAt>,
) -> Result<EditionRead> {
    let hands = caller.bearer.hands(api.ws())?;
    let view = desk::view(api.ws(), &hands, &at.report, at.number).await?;
    if view.seen_nothing() {
        return Err(Failure::not_found());
    }
    Ok(Answer(read(&view)))
}

/// Which comments.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CommentsAsked {
    /// `true`: only those that nobody has settled; `false`: only those that are.
    #[param(required = false)]
    open: Option<bool>,
}

/// A comment with what followed it.
#[derive(Serialize, ToSchema)]
struct CommentThread {
    /// Its id.
    id: Uuid,
    /// The passage where it stands now; none where the draft no longer has it.
    passage: Option<String>,
    /// The passage's words when it was begun.
    words_then: String,
    /// Whether the passage reads otherwise than then.
    reworded: bool,
    /// Whether nobody has settled it.
    open: bool,
    /// The comment and what followed, the oldest first.
    said: Vec<CommentLine>,
}

/// What was said or done.
#[derive(Serialize, ToSchema)]
struct CommentLine {
    /// `comment`, `answer`, `resolve` or `reopen`.
    act: &'static str,
    /// The words; may be empty for what resolves or reopens.
    words: String,
    /// By which office.
    office: String,
    /// Who held it.
    holder: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

fn thread(t: Thread) -> CommentThread {
    let line = |s: comments::Said| CommentLine {
        act: s.doing.as_str(),
        words: s.words,
        office: s.office.to_string(),
        holder: s.holder,
        at: s.at,
    };
    CommentThread {
        id: t.id,
        passage: t.anchor,
        words_then: t.passage,
        reworded: t.reworded,
        open: t.open,
        said: t.said.into_iter().map(line).collect(),
    }
}

/// Comments on an edition's passages, in the order in which they were begun.
#[utoipa::path(get, path = "/reports/{report}/editions/{number}/comments", tag = "reports",
    security(("token" = ["consolidate"]), ("token" = ["approve"])), params(EditionAt, CommentsAsked, Turn),
    responses((status = 200, description = "Comments.", body = Piece<CommentThread>), Refusals))]
async fn edition_comments(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<EditionAt>,
    Asked(asked): Asked<CommentsAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<CommentThread>> {
    let hands = caller.bearer.hands(api.ws())?;
    let mut found = desk::view(api.ws(), &hands, &at.report, at.number).await?.threads;
    found.retain(|t| asked.open.is_none_or(|open| t.open == open));
    // Ids are in the order of time.
    Ok(Answer(turn.of(found, |t| t.id.to_string(), thread)))
}

/// A comment to be begun.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Commenting {
    /// On which passage: by its name, as the draft has it now.
    passage: String,
    /// What is asked or said.
    #[schema(min_length = 1, max_length = 4000)]
    words: String,
}

/// That a comment is begun.
#[derive(Serialize, ToSchema)]
struct CommentBegun {
    /// Its id.
    id: Uuid,
}

/// Comments on a passage of an edition that is not frozen. It stays on record, beside the document.
#[utoipa::path(post, path = "/reports/{report}/editions/{number}/comments", tag = "reports",
    security(("token" = ["consolidate"]), ("token" = ["approve"])), params(EditionAt),
    request_body = Commenting,
    responses((status = 200, description = "The comment.", body = CommentBegun), Refusals))]
async fn comment_on_passage(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<EditionAt>,
    Brought(asked): Brought<Commenting>,
) -> Result<CommentBegun> {
    let hands = caller.bearer.hands(api.ws())?;
    let of = (at.report.as_str(), at.number);
    let id = comments::comment(api.ws(), &hands, of, &asked.passage, &asked.words).await?;
    Ok(Answer(CommentBegun { id }))
}

/// A comment on an edition.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct CommentAt {
    /// The report's name.
    report: String,
    /// The edition's number, from 1.
    number: u32,
    /// The comment's id.
    comment: Uuid,
}

/// What is done with a comment.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum CommentAct {
    /// It is answered, in words; it is not settled by that.
    Answer,
    /// It is settled.
    Resolve,
    /// It is opened again.
    Reopen,
}

/// What follows a comment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Following {
    /// What is done.
    act: CommentAct,
    /// What is said with it; an answer needs it.
    #[serde(default)]
    #[schema(max_length = 4000)]
    words: String,
}

/// Answers a comment, settles it, or opens it again.
#[utoipa::path(post, path = "/reports/{report}/editions/{number}/comments/{comment}", tag = "reports",
    security(("token" = ["consolidate"]), ("token" = ["approve"])), params(CommentAt),
    request_body = Following,
    responses((status = 200, description = "It is on record.", body = Done), Refusals))]
async fn follow_comment(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<CommentAt>,
    Brought(asked): Brought<Following>,
) -> Result<Done> {
    let hands = caller.bearer.hands(api.ws())?;
    let doing = match asked.act {
        CommentAct::Answer => Doing::Answer,
        CommentAct::Resolve => Doing::Resolve,
        CommentAct::Reopen => Doing::Reopen,
    };
    let of = (at.report.as_str(), at.number);
    comments::follow(api.ws(), &hands, of, at.comment, doing, &asked.words).await?;
    Ok(Answer(DONE))
}
