//! What needs my attention.

use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::press::{self, Attention};
use nhipcau_domain::text;
use nhipcau_store::site::{ArticleRecord, BoundFigure};

use crate::{
    failure::Failure,
    page::Page,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// How far ahead the end of an article is told, in days.
const SOON: i64 = 7;

pub(crate) fn article_link(article: &ArticleRecord) -> Cell {
    Cell::link(&*article.title, format!("/lam-viec/bai-viet/{}", article.id))
}

fn list(page: &Page, sheet: &mut Sheet, id: &str, rows: Vec<Vec<Cell>>) {
    if !rows.is_empty() {
        sheet.push(Block::Heading(page.say1(id, "count", rows.len())));
        sheet.push(Block::Table(Table { rows, ..Table::default() }));
    }
}

fn line(page: &Page, article: &ArticleRecord, more: &str) -> Vec<Cell> {
    vec![
        article_link(article).more(more),
        Cell::text(&*article.office),
        Cell::text(page.time(article.changed_at)),
    ]
}

pub(crate) async fn show(State(state): State<DeskState>, signed: SignedIn) -> Result<Response, Failure> {
    let page = signed.page.at("/lam-viec");
    if page.role.is_none() {
        return super::rooms::show(&page);
    }
    let found: Attention = press::attention(state.ws(), signed.acting()).await?;
    let now = state.ws().now();
    let soon = now.checked_add(jiff::SignedDuration::from_hours(24 * SOON)).unwrap_or(now);
    let mut ahead = press::calendar(state.ws(), signed.acting(), text::local_day(now)).await?;
    // A calendar is of a month.
    if text::local_day(soon).month() != text::local_day(now).month() {
        ahead.extend(press::calendar(state.ws(), signed.acting(), text::local_day(soon)).await?);
    }
    ahead.retain(|e| e.at > now && e.at < soon);
    let scheduled = ahead.iter().filter(|e| e.what == press::Happening::Scheduled);
    let ending = ahead.iter().filter(|e| e.what == press::Happening::Expires);
    let mut sheet = Sheet::new(page.clone(), page.t("desk-overview"));
    let plain = |articles: &[ArticleRecord]| articles.iter().map(|a| line(&page, a, "")).collect::<Vec<_>>();
    let returned = found
        .returned
        .iter()
        .map(|(a, reason)| line(&page, a, &page.say1("desk-because", "reason", reason.as_str())));
    list(&page, &mut sheet, "desk-returned", returned.collect());
    list(&page, &mut sheet, "desk-to-approve", plain(&found.to_approve));
    list(&page, &mut sheet, "desk-to-publish", plain(&found.to_publish));
    list(&page, &mut sheet, "desk-overdue", plain(&found.overdue));
    let figures = found.figures.iter().map(|c| {
        let said = c.figures.iter().map(|f| {
            // What the article does not say: the next publication's number, or else that of the records.
            let same = |b: &&BoundFigure| b.wording == f.bound.wording;
            let other = f.again.as_ref().filter(|b| !same(b)).or(f.now.as_ref());
            let now = other.map_or_else(|| page.t("desk-figure-gone"), |b| b.wording.clone());
            page.say(
                "desk-figure-change",
                &[
                    ("key", f.bound.key.as_str().into()),
                    ("before", f.bound.wording.as_str().into()),
                    ("now", now.into()),
                ],
            )
        });
        let href = format!("/lam-viec/bai-viet/{}", c.article.id);
        vec![Cell::link(&*c.article.title, href).more(said.collect::<Vec<_>>().join(" · "))]
    });
    list(&page, &mut sheet, "desk-figures-changed", figures.collect());
    let older = found.translations.iter().map(|n| {
        let lang = page.t(&format!("desk-lang-{}", n.lang.as_str()));
        line(&page, n.translation.as_ref().unwrap_or(&n.original), &lang)
    });
    list(&page, &mut sheet, "desk-translations-older", older.collect());
    let ending = ending.map(|e| line(&page, &e.article, &page.say1("desk-ends", "at", page.time(e.at))));
    list(&page, &mut sheet, "desk-ending", ending.collect());
    let scheduled =
        scheduled.map(|e| line(&page, &e.article, &page.say1("desk-goes-out", "at", page.time(e.at))));
    list(&page, &mut sheet, "desk-scheduled-next", scheduled.collect());
    list(&page, &mut sheet, "desk-newer", plain(&found.newer));
    if found.feedback > 0 {
        sheet.push(Block::Heading(page.say1("desk-feedback-waiting", "count", found.feedback)));
        sheet.push(Block::Links(vec![(page.t("desk-nav-feedback"), "/lam-viec/gop-y".to_owned())]));
    }
    list(&page, &mut sheet, "desk-drafts", plain(&found.drafts));
    if sheet.blocks.is_empty() {
        sheet.push(Block::Text(page.t("desk-nothing-waits")));
    }
    if let Some(visits) = &state.visits {
        sheet.push(super::visits::brief(&page, visits));
        sheet.push(Block::Links(vec![(page.t("desk-nav-visits"), super::visits::PATH.to_owned())]));
    }
    sheet
        .blocks
        .insert(0, Block::Links(vec![(page.t("desk-new-article"), "/lam-viec/bai-viet/moi".to_owned())]));
    Ok(sheet.html()?.into_response())
}
