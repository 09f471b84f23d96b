//! A report as it will be read, and what is said about its passages: comments, answers, what was settled.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::report::{
    self,
    comments::{self, Doing, Thread},
    desk,
    passages::passages,
};
use nhipcau_domain::problem::Problem;
use nhipcau_store::EditionStatus;
use uuid::Uuid;

use super::{HERE, address, hands};
use crate::{
    assets, failure::Failure, page::Page, pages::on_to, received::Posted, state::DeskState, visitor::SignedIn,
};

/// The page.
#[derive(Template)]
#[template(path = "results/reading.html")]
struct Reading {
    page: Page,
    title: String,
    style: String,
    back: String,
    language: String,
    head: String,
    passages: Vec<Shown>,
    foot: String,
    /// Comments that wait: where they stand, and how they begin.
    open: Vec<(String, String)>,
    /// Comments whose passages are no longer there.
    gone: Option<Talk>,
}

/// A passage with what is said about it.
struct Shown {
    anchor: String,
    html: String,
    talk: Talk,
}

impl Shown {
    /// Whether there is anything to say or to read.
    fn speaks(&self) -> bool {
        self.talk.may || !self.talk.threads.is_empty()
    }
}

/// What is said about a passage.
#[derive(Default, Template)]
#[template(path = "results/talk.html")]
struct Talk {
    page: Page,
    action: String,
    /// The passage's name; empty where it is gone.
    anchor: String,
    summary: String,
    unfolded: bool,
    /// Whether anything may be added.
    may: bool,
    threads: Vec<Told>,
    typed: String,
    error: String,
}

/// A comment with what followed.
struct Told {
    id: Uuid,
    open: bool,
    /// The passage's words then, where they are others now.
    passage: String,
    said: Vec<Line>,
    typed: String,
    error: String,
}

struct Line {
    by: String,
    words: String,
}

/// What was typed and refused, and beside what it stands.
struct Typed {
    beside: String,
    words: String,
    said: String,
}

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path((report, number)): Path<(String, u32)>,
) -> Result<Html<String>, Failure> {
    draw(&state, &signed, &report, number, None).await
}

/// Begins a comment, answers one, settles one or opens it again.
pub(super) async fn comment(
    State(state): State<DeskState>,
    Path((report, number)): Path<(String, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let hands = hands(&state, &signed)?;
    let words = fields.get("noi-dung");
    let doing = Doing::parse(fields.get("viec")).ok_or(Failure::NotFound)?;
    let of = (report.as_str(), number);
    let (beside, outcome) = if doing == Doing::Comment {
        let anchor = fields.get("doan");
        let done = comments::comment(state.ws(), &hands, of, anchor, words).await;
        (format!("doan-{anchor}"), done.map(|id| format!("gop-y-{id}")))
    } else {
        let thread: Uuid = fields.get("chuoi").parse().map_err(|_| Problem::new("comment-unknown"))?;
        let done = comments::follow(state.ws(), &hands, of, thread, doing, words).await;
        (format!("gop-y-{thread}"), done.map(|()| format!("gop-y-{thread}")))
    };
    match outcome {
        Ok(at) => {
            let done = match doing {
                Doing::Comment => "commented",
                Doing::Answer => "answered",
                Doing::Resolve => "settled",
                Doing::Reopen => "reopened",
            };
            Ok(on_to(&format!("{}/xem?xong={done}#{at}", address(&report, number))))
        }
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            let typed = Typed { beside, words: words.to_owned(), said };
            let page = draw(&state, &signed, &report, number, Some(&typed)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    report: &str,
    number: u32,
    typed: Option<&Typed>,
) -> Result<Html<String>, Failure> {
    let hands = hands(state, signed)?;
    let view = desk::view(state.ws(), &hands, report, number).await?;
    if view.seen_nothing() {
        return Err(Failure::NotFound);
    }
    let page = signed.page.at(HERE);
    let body = &view.edition.body;
    let may = view.edition.record.status != EditionStatus::Frozen;
    let mut beside: BTreeMap<&str, Vec<&Thread>> = BTreeMap::new();
    for thread in &view.threads {
        beside.entry(thread.anchor.as_deref().unwrap_or_default()).or_default().push(thread);
    }
    let pieces = report::page_pieces(body);
    let action = format!("{}/gop-y", address(report, number));
    let shown = passages(&body.document).into_iter().zip(pieces.blocks).map(|(passage, html)| {
        let may = view.may_comment(&passage);
        let threads = beside.get(passage.anchor.as_str());
        let talk = Talk { action: action.clone(), ..talk(&page, &passage.anchor, threads, may, typed) };
        // A wide table is scrolled by keys too.
        let html = html.replace("<div class=\"table-wrap\">", "<div class=\"table-wrap\" tabindex=\"0\">");
        Shown { talk, anchor: passage.anchor, html }
    });
    let open = view.threads.iter().filter(|t| t.open).filter_map(|t| {
        let words = t.said.first()?.words.chars().take(80).collect();
        Some((format!("#gop-y-{}", t.id), words))
    });
    let mut reading = Reading {
        title: view.title.clone(),
        style: assets::RESULTS_STYLE.href(),
        back: address(report, number),
        language: body.document.front.language().to_owned(),
        head: pieces.head,
        passages: shown.collect(),
        foot: pieces.foot,
        open: open.collect(),
        gone: beside
            .get("")
            .map(|threads| Talk { action: action.clone(), ..talk(&page, "", Some(threads), may, typed) }),
        page: page.clone(),
    };
    // The passage of what was refused may be gone: what was typed is not.
    if let Some(typed) = typed
        && !reading.passages.iter().map(|p| &p.talk).chain(&reading.gone).any(Talk::errs)
    {
        let none = || Talk { page, action, ..Talk::default() };
        let gone = reading.gone.get_or_insert_with(none);
        gone.summary.clone_from(&typed.said);
        gone.unfolded = true;
        gone.threads.push(Told {
            id: Uuid::nil(),
            open: true,
            passage: String::new(),
            said: vec![Line { by: typed.said.clone(), words: typed.words.clone() }],
            typed: typed.words.clone(),
            error: typed.said.clone(),
        });
    }
    Ok(Html(reading.render()?))
}

impl Talk {
    fn errs(&self) -> bool {
        !self.error.is_empty() || self.threads.iter().any(|t| !t.error.is_empty())
    }
}

fn talk(page: &Page, anchor: &str, threads: Option<&Vec<&Thread>>, may: bool, typed: Option<&Typed>) -> Talk {
    let threads = threads.map(Vec::as_slice).unwrap_or_default();
    let at = |beside: &str| typed.filter(|t| t.beside == beside);
    let told: Vec<Told> = threads
        .iter()
        .map(|t| {
            let refused = at(&format!("gop-y-{}", t.id));
            Told {
                id: t.id,
                open: t.open,
                passage: if t.reworded || t.anchor.is_none() { t.passage.clone() } else { String::new() },
                said: t.said.iter().map(|s| line(page, s)).collect(),
                typed: refused.map(|t| t.words.clone()).unwrap_or_default(),
                error: refused.map(|t| t.said.clone()).unwrap_or_default(),
            }
        })
        .collect();
    let open = threads.iter().filter(|t| t.open).count();
    let refused = at(&format!("doan-{anchor}")).filter(|_| !anchor.is_empty());
    let summary = match (told.len(), open) {
        (0, _) => page.t("results-comment-here"),
        (all, open) => page.say("results-talk", &[("all", all.into()), ("open", open.into())]),
    };
    Talk {
        page: page.clone(),
        action: String::new(),
        anchor: anchor.to_owned(),
        summary,
        unfolded: open > 0 || refused.is_some() || told.iter().any(|t| !t.error.is_empty()),
        may,
        threads: told,
        typed: refused.map(|t| t.words.clone()).unwrap_or_default(),
        error: refused.map(|t| t.said.clone()).unwrap_or_default(),
    }
}

fn line(page: &Page, said: &comments::Said) -> Line {
    let args = [
        ("office", said.office.as_str().into()),
        ("holder", said.holder.as_str().into()),
        ("at", page.time(said.at).into()),
    ];
    Line { by: page.say(&format!("results-by-{}", said.doing.as_str()), &args), words: said.words.clone() }
}
