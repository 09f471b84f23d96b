//! An article's life: handed in, approved, scheduled, out, over; and what happens at its time.

use nhipcau_domain::{
    Timestamp,
    office::{Acting, Role},
    press::{self, ArticleAct, ArticleStatus},
    problem::{Problem, Severity},
};
use nhipcau_store::{
    Tx,
    site::{ArticleActRecord, ArticleRecord, BoundFigure, Content},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    bind::{self, figure_uses},
    held::{Held, event},
    marking::marked_secret,
    resolve::{Resolved, shown_media},
    teaser::views,
};
use crate::{
    error::{ActionError, Result, again_if_busy},
    search::{self, ItemKind, Said},
    workspace::Workspace,
};

/// What is to be done with an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doing {
    /// What.
    pub act: ArticleAct,
    /// Why; a return and a withdrawal need it.
    pub reason: String,
    /// Of a schedule: for when.
    pub due: Option<Timestamp>,
}

impl Doing {
    /// An act without a reason.
    #[must_use]
    pub fn new(act: ArticleAct) -> Self {
        Self { act, reason: String::new(), due: None }
    }

    /// An act with its reason.
    #[must_use]
    pub fn because(act: ArticleAct, reason: &str) -> Self {
        Self { reason: reason.trim().to_owned(), ..Self::new(act) }
    }

    /// A schedule.
    #[must_use]
    pub fn schedule(due: Timestamp) -> Self {
        Self { due: Some(due), ..Self::new(ArticleAct::Schedule) }
    }
}

/// Does something with an article; its status after it. What goes out has its figures bound as the public
/// may see them at that moment; publishing an article that is out puts its newest revision out, and binds
/// its figures anew.
pub async fn act(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    doing: &Doing,
) -> Result<ArticleStatus> {
    let doing = &Doing { due: doing.due.filter(|_| doing.act == ArticleAct::Schedule), ..doing.clone() };
    again_if_busy!(act_once(ws, acting, holder, article, doing, false))
}

async fn act_once(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    doing: &Doing,
    by_itself: bool,
) -> Result<ArticleStatus> {
    let mut tx = ws.store().read().await?;
    let seen = Held::open(ws, &mut tx, article).await?;
    allowed(&seen, acting, doing, by_itself, ws.now())?;
    let goes_on = matches!(doing.act, ArticleAct::Submit | ArticleAct::Schedule | ArticleAct::Publish);
    let (figures, said) = if goes_on { ready(ws, tx, &seen.article).await? } else { Default::default() };
    // Read and bound outside the write, which asks whether the article is still the same.
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let mut held = Held::open(ws, &mut tx, article).await?;
    if held.article.last_act != seen.article.last_act {
        return Err(nhipcau_store::StoreError::Conflict { what: "article".to_owned() }.into());
    }
    let was_out = held.article.status == ArticleStatus::Published;
    let status = press::next(held.article.status, doing.act)?;
    let a = &mut held.article;
    a.status = status;
    a.last_act += 1;
    a.changed_at = at;
    a.scheduled_at = doing.due;
    match doing.act {
        ArticleAct::Publish => {
            a.updated_at = a.published_at.map(|_| at);
            a.published_at = a.published_at.or(Some(at));
            a.published_revision = Some(a.last_revision);
            a.published_act = Some(a.last_act);
            a.ended_at = None;
            // A time that is over ended what was out before.
            a.expires_at = a.expires_at.filter(|over| *over > at);
            tx.bind_article_figures(article, a.last_act, &figures).await?;
        }
        ArticleAct::Expire | ArticleAct::Withdraw => a.ended_at = Some(at),
        _ => {}
    }
    let record = ArticleActRecord {
        article,
        ordinal: a.last_act,
        act: doing.act,
        reason: doing.reason.clone(),
        revision: a.last_revision,
        due: doing.due,
        office: acting.office.clone(),
        holder: holder.to_owned(),
        at,
    };
    tx.append_article_act(&record).await?;
    tx.change_article(&held.article).await?;
    if doing.act == ArticleAct::Publish {
        search::put(&mut tx, &search::article_item(&held.article, said)).await?;
    } else if was_out && status != ArticleStatus::Published {
        for kind in [ItemKind::Article, ItemKind::Page] {
            search::remove(&mut tx, kind, &article.to_string()).await?;
        }
    }
    if status == ArticleStatus::Published {
        // What led elsewhere from here is over: here is something.
        tx.drop_redirect(&held.href()).await?;
    }
    if was_out || status == ArticleStatus::Published {
        ws.commit_public(tx).await?;
    } else {
        tx.commit().await?;
    }
    Ok(status)
}

/// Whether an office may do this with this article, now.
fn allowed(
    held: &Held,
    acting: &Acting,
    doing: &Doing,
    by_itself: bool,
    now: Timestamp,
) -> std::result::Result<(), Problem> {
    let refused = |status: ArticleStatus| {
        Problem::new("article-act-refused").with("act", doing.act.as_str()).with("status", status.as_str())
    };
    // A revision comes with its content.
    if doing.act == ArticleAct::Revise {
        return Err(refused(held.article.status));
    }
    if !by_itself {
        acting.require(doing.act.role(), &held.path)?;
        if doing.act == ArticleAct::Submit {
            held.may_write(acting)?;
        }
    }
    press::next(held.article.status, doing.act)?;
    if doing.act.needs_reason() && doing.reason.trim().is_empty() {
        return Err(Problem::new("article-needs-reason").with("act", doing.act.as_str()));
    }
    if doing.act == ArticleAct::Schedule && doing.due.is_none_or(|due| due <= now) {
        return Err(Problem::new("schedule-in-the-past"));
    }
    Ok(())
}

/// Whether the newest revision may go on; its figures as they would be bound, and what it is found by.
async fn ready(ws: &Workspace, mut tx: Tx, article: &ArticleRecord) -> Result<(Vec<BoundFigure>, Said)> {
    let unknown = || Problem::new("revision-unknown").with("number", article.last_revision);
    let revision = tx.article_revision(article.id, article.last_revision).await?.ok_or_else(unknown)?;
    let content = revision.content;
    let mut problems = plain_problems(&content);
    let media = views(&mut tx, &shown_media(&content)).await?;
    // Once it was out, its figures stay those of the same period.
    let bound = match article.published_act {
        Some(act) => tx.article_figures(article.id, act).await?.pop().map(|f| f.period),
        None => None,
    };
    drop(tx);
    if content.cover.as_ref().is_some_and(|c| media.get(&c.media).is_none_or(|m| m.media.kind != "picture")) {
        problems.push(Problem::new("article-cover-unknown"));
    }
    let uses = figure_uses(&content.body);
    let figures = bind::words(ws, &uses, content.period.clone().or(bound).as_ref(), article.lang).await?;
    // What the text refers to and nobody knows is told by the renderer, with its place.
    let resolved = Resolved { figures, media, ..Resolved::default() };
    let rendered = nhipcau_writing::render(&content.body, &resolved, article.lang.as_str());
    problems.extend(rendered.problems.into_iter().filter(|p| p.severity == Severity::Refuse));
    if !problems.is_empty() {
        return Err(ActionError::RefusedFor(problems));
    }
    let said = Said::of(&content, &resolved);
    Ok((resolved.figures, said))
}

/// What can be said of a content alone.
fn plain_problems(content: &Content) -> Vec<Problem> {
    let mut problems = Vec::new();
    if content.title.is_empty() {
        problems.push(Problem::new("article-needs-title"));
    }
    if content.body.trim().is_empty() {
        problems.push(Problem::new("article-needs-body"));
    }
    if content.cover.as_ref().is_some_and(|c| c.alt.is_empty()) {
        problems.push(Problem::new("article-needs-alt"));
    }
    let texts = [&content.title, &content.lead, &content.body];
    if let Some(marking) = texts.iter().find_map(|t| marked_secret(t)) {
        problems.push(Problem::new("content-marked-secret").with("marking", marking));
    }
    problems
}

/// Says when an article's time is over, or that it has none.
pub async fn set_expiry(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    expires: Option<Timestamp>,
) -> Result<()> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let mut held = Held::open(ws, &mut tx, article).await?;
    acting.require(Role::Publisher, &held.path)?;
    if expires.is_some_and(|over| over <= at) {
        return Err(Problem::new("expiry-in-the-past").into());
    }
    held.article.expires_at = expires;
    held.article.changed_at = at;
    tx.change_article(&held.article).await?;
    let body = json!({ "article": article, "expires": expires.map(|t| t.to_string()) });
    event(ws, &mut tx, acting, holder, "expiry-set", &body, at).await?;
    Ok(tx.commit().await?)
}

/// What happened by itself.
#[derive(Debug, Default)]
pub struct Due {
    /// What went out.
    pub published: Vec<Uuid>,
    /// What is over.
    pub expired: Vec<Uuid>,
    /// What should have gone out or ended, and why it did not.
    pub failed: Vec<(Uuid, ActionError)>,
}

/// Puts out what is scheduled for `now` or before, and ends what has had its time. Each on the record of
/// the office that scheduled it or put it out, with nobody's name.
pub async fn run_due(ws: &Workspace, now: Timestamp) -> Result<Due> {
    let mut tx = ws.store().read().await?;
    let waiting = tx.articles_due(now).await?;
    let mut done = Due::default();
    let mut todo = Vec::new();
    for article in waiting {
        let publish = article.status == ArticleStatus::Scheduled;
        let wanted = if publish { ArticleAct::Schedule } else { ArticleAct::Publish };
        let acts = tx.article_acts(article.id).await?;
        let office = acts.into_iter().rev().find(|a| a.act == wanted).map(|a| a.office);
        todo.push((article.id, publish, office.unwrap_or(article.office)));
    }
    drop(tx);
    for (id, publish, office) in todo {
        let acting = Acting { office, grants: Vec::new(), postings: Vec::new() };
        let doing = Doing::new(if publish { ArticleAct::Publish } else { ArticleAct::Expire });
        let outcome = again_if_busy!(act_once(ws, &acting, "", id, &doing, true));
        match outcome {
            Ok(_) if publish => done.published.push(id),
            Ok(_) => done.expired.push(id),
            Err(error) => done.failed.push((id, error)),
        }
    }
    Ok(done)
}

/// When something will next happen by itself; [`run_due`] then. What failed is due again and again.
pub async fn next_due(ws: &Workspace) -> Result<Option<Timestamp>> {
    Ok(ws.store().read().await?.next_article_due().await?)
}
