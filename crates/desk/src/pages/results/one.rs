//! One edition: what it says, what it leaves open, and what may be done with it.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    access,
    powers::{Approve, Over},
    report::{
        self,
        desk::{self, BlockKind, Change, EditionView, PartKind, Piece},
    },
};
use nhipcau_domain::{Date, figure::Figure, id::ColumnId, problem::Problem};
use nhipcau_store::EditionStatus;

use super::{HERE, address, day, hands, public, status};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    pages::on_to,
    received::{Posted, Sent},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// The most lines of a list of open questions.
const LINES: usize = 200;

/// Letters of a comment in a list.
const SHORT: usize = 140;

/// Prose that reads otherwise, word by word.
#[derive(Template)]
#[template(path = "results/words.html")]
struct Words<'a> {
    pieces: &'a [Piece],
}

impl Words<'_> {
    fn class(piece: &Piece) -> &'static str {
        match piece.kind {
            BlockKind::Same => "same",
            BlockKind::Added => "added",
            BlockKind::Removed => "removed",
            BlockKind::Changed => "changed",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn element(kind: &PartKind) -> &'static str {
        match kind {
            PartKind::Same => "span",
            PartKind::Added => "ins",
            PartKind::Removed => "del",
        }
    }
}

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path((report, number)): Path<(String, u32)>,
) -> Result<Html<String>, Failure> {
    draw(&state, &signed, &report, number, &[]).await
}

pub(super) async fn approve(
    State(state): State<DeskState>,
    Path((report, number)): Path<(String, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let over = Over::<Approve>::held_by(state.ws(), signed.acting(), signed.holder())?;
    let despite = posted.fields.get("con-gop-y") == "1";
    let shown = posted.fields.get("da-xem");
    let done = desk::approve_despite(state.ws(), &over, &report, number, shown, despite).await;
    answer(&state, &signed, (&report, number), "approved", done).await
}

pub(super) async fn freeze(
    State(state): State<DeskState>,
    Path((report, number)): Path<(String, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let over = Over::<Approve>::held_by(state.ws(), signed.acting(), signed.holder())?;
    let done = desk::freeze(state.ws(), &over, &report, number).await.map(drop);
    answer(&state, &signed, (&report, number), "frozen", done).await
}

/// Hands a frozen edition over to the site; with a column, an article is begun of it there.
pub(super) async fn hand_over(
    State(state): State<DeskState>,
    Path((report, number)): Path<(String, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let hands = hands(&state, &signed)?;
    let column = posted.fields.some("chuyen-muc").map(Into::into);
    let of = (report.as_str(), number);
    let done = report::hand_over_by(state.ws(), &hands, signed.acting(), of, column.as_ref()).await;
    answer(&state, &signed, of, "published", done.map(drop)).await
}

/// A document of a frozen edition, to be printed and signed before readers have it.
pub(super) async fn document(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path((report, number, format)): Path<(String, u32, String)>,
) -> Result<Response, Failure> {
    let hands = hands(&state, &signed)?;
    let view = desk::view(state.ws(), &hands, &report, number).await?;
    let known = report::FORMATS.iter().find(|(name, ..)| *name == format);
    let (_, _, ending, raw) = known.ok_or(Failure::NotFound)?;
    let mut tx = state.ws().store().read().await?;
    let kept = tx.document(view.edition.record.id, &format).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    if *raw {
        access::log_office_view(state.ws(), &signed.visitor.path, &signed.acting().office).await?;
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let name: String = report.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let name = format!("attachment; filename=\"{name}-{number}{ending}\"");
    Ok(([(CONTENT_TYPE, kept.media_type), (CONTENT_DISPOSITION, name)], kept.bytes).into_response())
}

pub(super) async fn attach(
    State(state): State<DeskState>,
    Path((report, number)): Path<(String, u32)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let signed = sent.signed;
    let over = Over::<Approve>::held_by(state.ws(), signed.acting(), signed.holder())?;
    let done = match sent.files.into_iter().next() {
        Some(file) => desk::attach(state.ws(), &over, &report, number, &file.name, file.bytes).await,
        None => Err(Problem::new("desk-no-file").into()),
    };
    answer(&state, &signed, (&report, number), "attached", done).await
}

/// Goes on to what was done, or shows the edition again with why not.
async fn answer(
    state: &DeskState,
    signed: &SignedIn,
    (report, number): (&str, u32),
    done: &str,
    outcome: Result<(), nhipcau_actions::ActionError>,
) -> Result<Response, Failure> {
    let Err(error) = outcome else {
        return Ok(on_to(&format!("{}?xong={done}", address(report, number))));
    };
    let told = Failure::all_of_form(error)?;
    let page = draw(state, signed, report, number, &told).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    report: &str,
    number: u32,
    told: &[Problem],
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let hands = hands(state, signed)?;
    let view = desk::view(state.ws(), &hands, report, number).await?;
    // Figures are shown raw: that they were looked at is on record before they are.
    access::log_office_view(state.ws(), &address(report, number), &signed.acting().office).await?;
    let e = &view.edition.record;
    let lead = page.say(
        "results-one-lead",
        &[
            ("number", number.into()),
            ("status", status(&page, e).into()),
            ("at", page.time(e.at).into()),
            ("office", e.office.as_str().into()),
        ],
    );
    let mut sheet = Sheet::new(page.clone(), view.title.clone()).lead(lead);
    for problem in told {
        sheet.push(Block::Text(page.problem(problem)));
    }
    let mut links = vec![(page.t("results-all"), HERE.to_owned())];
    if !view.seen_nothing() {
        links.push((page.t("results-read"), format!("{}/xem", address(report, number))));
    }
    if view.handover.is_some() {
        links.push((page.t("results-public"), public(report, number)));
    }
    sheet.push(Block::Links(links));
    let today = hands.draft.as_ref().map(Over::today);
    next(&mut sheet, signed, &page, &view, today);
    if e.status == EditionStatus::Frozen {
        let columns = report::columns(state.ws(), signed.acting()).await?;
        frozen(&mut sheet, signed, &page, &view, columns);
    }
    comments(&mut sheet, &page, &view);
    if view.seen_nothing() {
        // Nothing was looked at yet, so nothing can be said of what is missing or of what changed.
        sheet.push(Block::Text(page.t("results-not-drafted")));
    } else {
        questions(&mut sheet, &page, &view)?;
    }
    history(&mut sheet, &page, &view);
    sheet.html()
}

/// What may be done now, or why it may not.
fn next(sheet: &mut Sheet, signed: &SignedIn, page: &Page, view: &EditionView, today: Option<Date>) {
    let e = &view.edition.record;
    let to = |what: &str| format!("{}/{what}", address(&e.report, e.number));
    if view.questions.outdated {
        sheet.push(Block::Text(page.t("results-outdated")));
    }
    if view.may_draft {
        let front = &view.edition.body.document.front;
        let mut form = Form::new(signed.csrf(), HERE, page.t("results-draft-again"))
            .field(Field::hidden("bao-cao", &*e.report))
            .field(Field::hidden("ky", e.period.as_str()));
        let date = front.date.or(today).map(|d| d.to_string()).unwrap_or_default();
        form = form.field(Field::new("date", "ngay", page.t("results-date")).value(date).required());
        form = form.field(Field::text("so", page.t("results-number")).value(&*front.number));
        sheet.push(Block::Form(form.heading(page.t("results-draft-again-heading"))));
    }
    if let Some(problem) = &view.not_approve {
        sheet.push(Block::Text(page.problem(problem)));
    }
    if view.may_approve {
        let mut form = Form::new(signed.csrf(), to("duyet"), page.t("results-approve-button"))
            .heading(page.t("results-approve-heading"))
            .field(Field::hidden("da-xem", &*view.seen));
        if view.questions.comments > 0 {
            let despite = page.say1("results-approve-despite", "count", view.questions.comments);
            form = form.field(Field::new("check", "con-gop-y", despite));
        }
        sheet.push(Block::Form(form));
    }
    if view.may_freeze && e.status == EditionStatus::Approved {
        let form = Form::new(signed.csrf(), to("chot"), page.t("results-freeze-button"))
            .heading(page.t("results-freeze-heading"));
        sheet.push(Block::Form(form));
    }
}

/// What a frozen edition waits for: to be printed and signed, and handed over to readers.
fn frozen(
    sheet: &mut Sheet,
    signed: &SignedIn,
    page: &Page,
    view: &EditionView,
    columns: Vec<(ColumnId, String)>,
) {
    let e = &view.edition.record;
    let to = |what: &str| format!("{}/{what}", address(&e.report, e.number));
    let files = report::FORMATS.iter().filter(|(format, ..)| *format != "html");
    let file = |(format, ..): &(&str, &str, &str, bool)| {
        (page.t(&format!("results-file-{format}")), to(&format!("tep/{format}")))
    };
    sheet.push(Block::Links(files.map(file).collect()));
    if let Some(handover) = &view.handover {
        let args = [("office", handover.office.as_str().into()), ("at", page.time(handover.at).into())];
        sheet.push(Block::Text(page.say("results-handed-over", &args)));
        if let Some(article) = handover.article {
            let to = format!("/lam-viec/bai-viet/{article}");
            sheet.push(Block::Links(vec![(page.t("results-article"), to)]));
        }
    }
    if view.may_hand_over {
        let mut form = Form::new(signed.csrf(), to("cong-bo"), page.t("results-hand-over-button"))
            .heading(page.t("results-hand-over-heading"));
        if !columns.is_empty() {
            let none = std::iter::once((String::new(), page.t("results-no-article")));
            let columns = none.chain(columns.into_iter().map(|(id, name)| (id.to_string(), name)));
            form = form.field(
                Field::select("chuyen-muc", page.t("results-article-in"), columns.collect())
                    .hint(page.t("results-article-hint")),
            );
        }
        sheet.push(Block::Form(form));
    }
    if view.may_freeze {
        let form = Form::new(signed.csrf(), to("ban-ky"), page.t("results-attach-button"))
            .heading(page.t("results-attach-heading"))
            .with_files()
            .field(
                Field::new("file", "file", page.t("results-attach-file"))
                    .accept(".pdf,.png,.jpg,.jpeg")
                    .required(),
            );
        sheet.push(Block::Form(form));
    }
}

/// Missing units, explained warnings, what is said otherwise.
fn questions(sheet: &mut Sheet, page: &Page, view: &EditionView) -> Result<(), Failure> {
    let q = &view.questions;
    let table = |caption: String, head: &[&str], rows: Vec<Vec<Cell>>| {
        let head = head.iter().map(|id| page.t(id)).collect();
        Block::Table(Table { caption, head, rows: rows.into_iter().take(LINES).collect() })
    };
    sheet.push(Block::Heading(page.say1("results-missing", "count", q.missing.len())));
    if q.missing.is_empty() {
        sheet.push(Block::Text(page.t("results-missing-none")));
    } else {
        let rows = q.missing.iter().map(|m| {
            vec![
                Cell::text(&*m.unit_name).more(&*m.path),
                Cell::text(&*m.form).more(&*m.period),
                Cell::text(&*m.status),
            ]
        });
        let caption = shortened(page, q.missing.len());
        let head = ["column-unit", "results-form", "column-status"];
        sheet.push(table(caption, &head, rows.collect()));
    }
    sheet.push(Block::Heading(page.say1("results-explained", "count", q.explained.len())));
    if q.explained.is_empty() {
        sheet.push(Block::Text(page.t("results-explained-none")));
    } else {
        let rows = q
            .explained
            .iter()
            .map(|x| vec![Cell::text(&*x.unit), Cell::text(&*x.form), Cell::text(&*x.explanation)]);
        let caption = shortened(page, q.explained.len());
        let head = ["column-unit", "results-form", "results-explanation"];
        sheet.push(table(caption, &head, rows.collect()));
    }
    sheet.push(Block::Heading(page.say1("results-changes", "count", q.changes.len())));
    if q.changes.is_empty() {
        sheet.push(Block::Text(page.t("results-changes-none")));
    } else {
        let rows = q.changes.iter().map(|c| change(page, c)).collect();
        let head = ["results-figure", "results-before", "results-now"];
        sheet.push(table(shortened(page, q.changes.len()), &head, rows));
    }
    if !q.words.is_empty() {
        sheet.push(Block::Heading(page.say1("results-words", "count", q.words.len())));
        let pieces = q.words.get(..LINES).unwrap_or(&q.words);
        sheet.push(Block::Svg(Words { pieces }.render()?));
    }
    Ok(())
}

/// Comments that wait, each with where it stands.
fn comments(sheet: &mut Sheet, page: &Page, view: &EditionView) {
    let e = &view.edition.record;
    let open: Vec<_> = view.threads.iter().filter(|t| t.open).collect();
    if view.threads.is_empty() && e.status == EditionStatus::Frozen {
        return;
    }
    sheet.push(Block::Heading(page.say1("results-comments", "count", open.len())));
    if open.is_empty() {
        sheet.push(Block::Text(page.t("results-comments-none")));
        return;
    }
    let rows = open.iter().filter_map(|t| {
        let (first, last) = (t.said.first()?, t.said.last()?);
        let place = t.anchor.as_ref().map_or_else(|| "con-lai".to_owned(), |a| format!("doan-{a}"));
        let to = format!("{}/xem#{place}", address(&e.report, e.number));
        Some(vec![
            Cell::link(short(&first.words), to).more(short(&t.passage)),
            Cell::text(format!("{}, {}", first.holder, first.office)).more(page.time(first.at)),
            Cell::text(page.t(&format!("results-said-{}", last.doing.as_str()))).more(page.time(last.at)),
        ])
    });
    let head = ["results-comment", "audit-who", "results-comment-last"].map(|id| page.t(id)).to_vec();
    sheet.push(Block::Table(Table { caption: String::new(), head, rows: rows.collect() }));
}

/// Words cut to what a line of a list holds.
fn short(words: &str) -> String {
    if words.chars().count() <= SHORT {
        return words.to_owned();
    }
    let kept: String = words.chars().take(SHORT).collect();
    format!("{}…", kept.trim_end())
}

fn shortened(page: &Page, count: usize) -> String {
    if count <= LINES { String::new() } else { page.say1("results-first", "count", LINES) }
}

fn change(page: &Page, c: &Change) -> Vec<Cell> {
    let said = |figure: &Option<Figure>| match figure {
        None => Cell::text(page.t("results-no-figure")),
        Some(f) => {
            let counted = match (f.numerator, f.denominator) {
                (Some(n), Some(d)) => format!("{n}/{d}"),
                (Some(n), None) => n.to_string(),
                _ => String::new(),
            };
            let coverage = page.say(
                "results-coverage",
                &[("accepted", f.coverage.accepted.into()), ("expected", f.coverage.expected.into())],
            );
            Cell::text(&*f.wording).more([counted, coverage].join("; ").trim_start_matches("; ").to_owned())
        }
    };
    vec![Cell::text(&*c.name), said(&c.before), said(&c.now)]
}

fn history(sheet: &mut Sheet, page: &Page, view: &EditionView) {
    sheet.push(Block::Heading(page.t("results-history")));
    let rows = view.acts.iter().map(|a| {
        let (what, more) = match a.act.split_once(' ') {
            Some(("attached", name)) => ("attached", name.to_owned()),
            Some(("opened", rest)) => {
                ("opened", rest.split_once(": ").map_or("", |(_, reason)| reason).to_owned())
            }
            _ => (a.act.as_str(), String::new()),
        };
        vec![
            Cell::text(page.t(&format!("results-act-{what}"))).more(more),
            Cell::text(a.office.as_str()),
            Cell::text(page.time(a.at)),
        ]
    });
    let head = ["audit-what", "audit-who", "audit-when"].map(|id| page.t(id)).to_vec();
    sheet.push(Block::Table(Table { caption: String::new(), head, rows: rows.collect() }));
    let date = view.edition.body.document.front.date;
    if let Some(date) = date {
        sheet.push(Block::Text(page.say1("results-dated", "day", day(page, date))));
    }
}
