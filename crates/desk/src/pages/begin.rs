//! Beginning an article, a page, or a translation.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::press::{self, NewArticle};
use nhipcau_domain::press::{ArticleKind, ContentLang};
use nhipcau_store::site::Content;
use uuid::Uuid;

use super::{
    articles::{column_options, lang_options},
    on_to,
};
use crate::{
    failure::Failure,
    field::{Field, Form},
    received::{Fields, Posted},
    sheet::{Block, Sheet},
    state::DeskState,
    visitor::SignedIn,
};

/// The page again, after a Word file could not be taken.
pub(crate) async fn from_word_again(
    state: &DeskState,
    signed: &SignedIn,
    typed: &Fields,
    error: &str,
) -> Result<Html<String>, Failure> {
    let column = ("column".to_owned(), typed.get("chuyen-muc").to_owned());
    sheet(state, signed, &Fields(vec![column]), "", error).await
}

async fn sheet(
    state: &DeskState,
    signed: &SignedIn,
    typed: &Fields,
    error: &str,
    word_error: &str,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/bai-viet");
    let site = press::site(state.ws()).await?;
    let is_page = typed.get("loai") == ArticleKind::Page.as_str();
    let original: Option<Uuid> = typed.get("ban-dich-cua").parse().ok();
    let mut fields = vec![
        Field::hidden("loai", typed.get("loai")),
        Field::hidden("ban-dich-cua", typed.get("ban-dich-cua")),
    ];
    fields.push(Field::text("title", page.t("desk-title")).value(typed.get("title")).required());
    if !is_page {
        fields.push(
            Field::select("column", page.t("desk-column"), column_options(&site, None))
                .value(typed.get("column"))
                .required(),
        );
    }
    fields.push(Field::select("lang", page.t("desk-language"), lang_options(&page)).value(typed.get("lang")));
    let form = Form {
        fields,
        ..Form::new(signed.csrf(), "/lam-viec/bai-viet/moi", page.t("desk-begin")).error(error)
    };
    let title = match (is_page, original) {
        (_, Some(_)) => "desk-new-translation",
        (true, None) => "desk-new-page",
        (false, None) => "desk-new-article",
    };
    let mut sheet = Sheet::new(page.clone(), page.t(title)).with(Block::Form(form));
    if original.is_none() && !is_page {
        let word = Form::new(signed.csrf(), "/lam-viec/bai-viet/tu-word", page.t("desk-from-word-button"))
            .heading(page.t("desk-from-word"))
            .with_files()
            .field(
                Field::select("column", page.t("desk-column"), column_options(&site, None))
                    .value(typed.get("column")),
            )
            .field(
                Field::new("file", "file", page.t("desk-word-file"))
                    .hint(page.t("desk-word-hint"))
                    .accept(".docx")
                    .required(),
            );
        // Two forms on a page: the labels of the second need names of their own.
        let word = Form {
            fields: word
                .fields
                .into_iter()
                .map(|f| if f.name == "column" { Field { name: "chuyen-muc".into(), ..f } } else { f })
                .collect(),
            ..word
        };
        sheet.push(Block::Form(word.error(word_error)));
    }
    sheet.html()
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let mut typed = Fields(asked);
    if let Ok(original) = typed.get("ban-dich-cua").parse::<Uuid>() {
        let found = press::desk_article(state.ws(), signed.acting(), original).await?;
        let column = found.article.column.map(|c| c.to_string()).unwrap_or_default();
        typed.0.push(("column".to_owned(), column));
        typed.0.push(("loai".to_owned(), found.article.kind.as_str().to_owned()));
        typed.0.push(("title".to_owned(), found.article.title));
    }
    sheet(&state, &signed, &typed, "", "").await
}

pub(crate) async fn create(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, typed) = (posted.signed, posted.fields);
    let kind = ArticleKind::parse(typed.get("loai")).unwrap_or_default();
    let original: Option<Uuid> = typed.get("ban-dich-cua").parse().ok();
    let mut content = Content { title: typed.get("title").to_owned(), ..Content::default() };
    if let Some(original) = original {
        // A translation begins from what there is: paragraph by paragraph it is easier than from nothing.
        let found = press::desk_article(state.ws(), signed.acting(), original).await?;
        let title = content.title.clone();
        content = Content { title, translates: Some(found.article.last_revision), ..found.revision.content };
    }
    let new = NewArticle {
        kind,
        column: typed.some("column").filter(|_| kind == ArticleKind::Article).map(Into::into),
        lang: ContentLang::parse(typed.get("lang")).unwrap_or_default(),
        translation_of: original,
        content,
    };
    match press::create_article(state.ws(), signed.acting(), signed.holder(), &new).await {
        Ok(article) => Ok(on_to(&format!("/lam-viec/bai-viet/{}?xong=created", article.id))),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet(&state, &signed, &typed, &said, "").await?)
                .into_response())
        }
    }
}
