//! The site's content, from the first draft to the reader. What each file protects stands in its first line.

mod addresses;
mod checked;
mod figures;
mod finding;
mod life;
mod public;
mod random;
mod things;
mod writing;

use nhipcau_actions::{
    ActionError, Workspace,
    press::{Doing, Found, NewArticle, act, add_column, create_article},
};
use nhipcau_domain::{
    id::ColumnId,
    office::{Acting, Grant, Role},
    press::{ArticleAct, Texts},
};
use nhipcau_store::site::{ArticleRecord, ColumnRecord, Content};

/// An office with a role on a column, or on the whole site.
pub fn office(name: &str, role: Role, column: Option<&str>) -> Acting {
    let grants = vec![Grant { role, column: column.map(ColumnId::from) }];
    Acting { office: name.into(), grants, postings: Vec::new() }
}

pub fn writer() -> Acting {
    office("phong-vien", Role::Writer, Some("tin-tuc"))
}

pub fn editor() -> Acting {
    office("bien-tap", Role::Editor, Some("tin-tuc"))
}

pub fn publisher() -> Acting {
    office("truong-ban", Role::Publisher, Some("tin-tuc"))
}

pub fn administrator() -> Acting {
    office("quan-tri", Role::Administrator, None)
}

pub fn column(id: &str, parent: Option<&str>) -> ColumnRecord {
    ColumnRecord {
        id: id.into(),
        parent: parent.map(ColumnId::from),
        slug: id.to_owned(),
        names: Texts::vi(id),
        description: Texts::default(),
        position: 0,
        hidden: false,
    }
}

/// Columns: `tin-tuc` with `hoat-dong` under it, and `van-hoa`.
pub async fn columns(ws: &Workspace) {
    for (id, parent) in [("tin-tuc", None), ("hoat-dong", Some("tin-tuc")), ("van-hoa", None)] {
        add_column(ws, &administrator(), "Quản", &column(id, parent)).await.expect("adds a column");
    }
}

pub fn content(title: &str) -> Content {
    Content { title: title.to_owned(), body: format!("Nội dung của {title}."), ..Content::default() }
}

pub fn new(title: &str) -> NewArticle {
    NewArticle { column: Some("tin-tuc".into()), content: content(title), ..NewArticle::default() }
}

/// A draft by the writer.
pub async fn draft(ws: &Workspace, title: &str) -> ArticleRecord {
    create_article(ws, &writer(), "An", &new(title)).await.expect("begins an article")
}

/// One act by an office that may.
pub async fn does(ws: &Workspace, article: &ArticleRecord, what: ArticleAct) {
    act(ws, &administrator(), "Bình", article.id, &Doing::because(what, "vì thế")).await.expect("does it");
}

/// Hands in, approves and publishes.
pub async fn put_out(ws: &Workspace, article: &ArticleRecord) {
    for what in [ArticleAct::Submit, ArticleAct::Approve, ArticleAct::Publish] {
        does(ws, article, what).await;
    }
}

/// An article that is out.
pub async fn published(ws: &Workspace, title: &str) -> ArticleRecord {
    let article = draft(ws, title).await;
    put_out(ws, &article).await;
    article
}

/// What stands at an article's address.
pub async fn at_address(ws: &Workspace, path: &str) -> Found {
    let (column, slug) = path.trim_start_matches('/').split_once('/').expect("a column and a slug");
    nhipcau_actions::press::article(ws, column, slug).await.expect("reads")
}

/// The title that readers see there.
pub async fn title_at(ws: &Workspace, path: &str) -> Option<String> {
    match at_address(ws, path).await {
        Found::Article(page) => Some(page.teaser.title),
        _ => None,
    }
}

/// The sentences of a refusal, by id.
pub fn refusals<T: std::fmt::Debug>(result: Result<T, ActionError>) -> Vec<String> {
    match result {
        Err(ActionError::Refused(problem)) => vec![problem.id],
        Err(ActionError::RefusedFor(problems)) => problems.into_iter().map(|p| p.id).collect(),
        other => panic!("not refused: {other:?}"),
    }
}
