//! An article's revisions: what changed in each, and taking one up again.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{Html, Response},
};
use nhipcau_actions::press;
use nhipcau_domain::press::ArticleAct;
use nhipcau_writing::{Block as Piece, BlockKind, PartKind, diff};
use uuid::Uuid;

use super::on_to;
use crate::{
    failure::Failure,
    field::Form,
    page::Page,
    received::Posted,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// What a revision changed.
#[derive(Template)]
#[template(path = "revision.html")]
struct Revision {
    page: Page,
    title: String,
    lead: String,
    back: String,
    /// Name of the field; its pieces.
    changes: Vec<(String, Vec<Piece>)>,
    restore: Option<Form>,
}

impl Revision {
    /// Whether a piece is worth showing whole: what stayed is shown shortened.
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

pub(crate) async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/bai-viet");
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let rows = found.revisions.iter().map(|r| {
        let public =
            (found.article.published_revision == Some(r.number)).then(|| page.t("desk-revision-public"));
        vec![
            Cell::link(
                page.say1("desk-revision-number", "number", r.number),
                format!("/lam-viec/bai-viet/{id}/lich-su/{}", r.number),
            )
            .more(public.unwrap_or_default()),
            Cell::text(page.time(r.at)),
            Cell::text(format!("{}, {}", r.holder, r.office)),
            Cell::text(&*r.note),
        ]
    });
    let head = ["desk-revision", "desk-at", "desk-by", "desk-note"];
    let table = Table {
        caption: String::new(),
        head: head.iter().map(|h| page.t(h)).collect(),
        rows: rows.collect(),
    };
    Sheet::new(page.clone(), page.say1("desk-history-of", "title", found.article.title.as_str()))
        .with(Block::Links(vec![(page.t("desk-back"), format!("/lam-viec/bai-viet/{id}"))]))
        .with(Block::Table(table))
        .html()
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path((id, number)): Path<(Uuid, u32)>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/bai-viet");
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let this = press::desk_revision(state.ws(), signed.acting(), id, number).await?;
    let before = match number {
        0 | 1 => None,
        n => Some(press::desk_revision(state.ws(), signed.acting(), id, n - 1).await?),
    };
    let old = before.map(|b| b.content).unwrap_or_default();
    let new = this.content;
    let work = tokio::task::spawn_blocking(move || {
        let cover = |c: &nhipcau_store::site::Content| {
            c.cover.as_ref().map(|k| [&*k.alt, &*k.caption, &*k.credit].join("\n\n")).unwrap_or_default()
        };
        let pairs = [
            ("desk-title", old.title.clone(), new.title.clone()),
            ("desk-lead", old.lead.clone(), new.lead.clone()),
            ("desk-body", old.body.clone(), new.body.clone()),
            ("desk-byline", old.byline.clone(), new.byline.clone()),
            ("desk-source", old.source.clone(), new.source.clone()),
            ("desk-cover", cover(&old), cover(&new)),
            ("desk-tags", old.tags.join(", "), new.tags.join(", ")),
        ];
        pairs.into_iter().filter(|(_, a, b)| a != b).map(|(id, a, b)| (id, diff(&a, &b))).collect::<Vec<_>>()
    });
    let changes = work.await.map_err(|_| Failure::Internal)?;
    let newest = number == found.article.last_revision;
    let may = found.may.contains(&ArticleAct::Revise) && !newest;
    let restore = may.then(|| {
        Form::new(signed.csrf(), format!("/lam-viec/bai-viet/{id}/lich-su/{number}"), page.t("desk-restore"))
    });
    let lead = page.say(
        "desk-revision-lead",
        &[
            ("by", this.holder.as_str().into()),
            ("office", this.office.as_str().into()),
            ("at", page.time(this.at).into()),
        ],
    );
    let view = Revision {
        title: format!("{} · {}", page.say1("desk-revision-number", "number", number), found.article.title),
        lead: if this.note.is_empty() { lead } else { format!("{lead} {}", this.note) },
        back: format!("/lam-viec/bai-viet/{id}/lich-su"),
        changes: changes.into_iter().map(|(id, pieces)| (page.t(id), pieces)).collect(),
        restore,
        page,
    };
    Ok(Html(view.render()?))
}

pub(crate) async fn restore(
    State(state): State<DeskState>,
    Path((id, number)): Path<(Uuid, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    press::restore_revision(state.ws(), signed.acting(), signed.holder(), id, number).await?;
    Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=restored")))
}
