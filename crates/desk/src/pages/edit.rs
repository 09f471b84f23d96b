//! Writing an article: the form, saving, autosave, the lock, the live preview.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::press::{self, DeskArticle, Locked};
use nhipcau_domain::{
    office::Role,
    press::{ArticleAct, ArticleKind, ArticleStatus},
    problem::Problem,
};
use nhipcau_store::site::{ArticleRecord, Content};
use serde_json::json;
use uuid::Uuid;

use super::{articles::column_options, life, on_to, typed};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted},
    state::DeskState,
    visitor::SignedIn,
};

/// The page of an article at the desk.
#[derive(Template)]
#[template(path = "edit.html")]
struct Edit {
    page: Page,
    /// What the script says, as JSON.
    words: String,
    id: Uuid,
    title: String,
    /// Status, language, column, in a line.
    standing: String,
    /// What must not be overlooked, each in a line.
    notices: Vec<String>,
    /// The public page, where there is one.
    public: String,
    may_write: bool,
    base: u32,
    error: String,
    main: Vec<Field>,
    body: Field,
    cover: Vec<Field>,
    /// The cover picture, to choose its focal point on.
    cover_picture: String,
    more: Vec<Field>,
    /// Keys of figures with their words now.
    figures: Vec<(String, String)>,
    /// The text, as it will look.
    preview: String,
    /// What keeps it from going out, or is worth knowing.
    problems: Vec<String>,
    buttons: Vec<Form>,
    acts: Vec<String>,
    /// Other languages: words, address.
    family: Vec<(String, String)>,
    revisions: usize,
}

/// What of a form was typed, where it is not the newest revision.
struct Typing<'a> {
    content: &'a Content,
    base: u32,
    note: &'a str,
    problems: &'a [Problem],
}

#[expect(clippy::too_many_lines, reason = "the form's fields, one after the other")]
async fn html(
    state: &DeskState,
    signed: &SignedIn,
    found: &DeskArticle,
    typing: &Typing<'_>,
    lock: Option<&Locked>,
) -> Result<Html<String>, Failure> {
    let (ws, page) = (state.ws(), signed.page.at("/lam-viec/bai-viet"));
    let (a, c) = (&found.article, typing.content);
    let error = |name: &str| {
        let found = typing.problems.iter().filter(|p| typed::field_of(p) == name);
        found.map(|p| page.problem(p)).collect::<Vec<_>>().join(" ")
    };
    let id = a.id;
    let mut notices = Vec::new();
    if let Some(Locked::Theirs(l)) = lock {
        notices.push(page.say(
            "desk-lock",
            &[
                ("by", l.holder.as_str().into()),
                ("office", l.office.as_str().into()),
                ("since", page.time(l.since).into()),
            ],
        ));
    }
    let saved = found.autosaves.iter().find(|s| s.office == signed.acting().office);
    if let Some(saved) = saved.filter(|s| s.content == *c && s.content != found.revision.content) {
        notices.push(page.say1("desk-autosaved", "at", page.time(saved.at)));
    }
    if typing.base != a.last_revision {
        notices.push(page.say(
            "desk-changed-meanwhile",
            &[("by", found.revision.holder.as_str().into()), ("number", a.last_revision.into())],
        ));
    }
    if a.status == ArticleStatus::Published && a.published_revision != Some(a.last_revision) {
        notices.push(page.t("desk-newer-not-out"));
    }
    if let Some(last) = found.acts.last().filter(|l| l.act == ArticleAct::Return) {
        notices.push(page.say(
            "desk-was-returned",
            &[("by", last.holder.as_str().into()), ("reason", last.reason.as_str().into())],
        ));
    }
    let original = found.family.iter().find(|f| f.id == a.family && f.id != id);
    if let Some(original) = original
        && c.translates.is_none_or(|t| t < original.last_revision)
    {
        notices.push(page.say1("desk-original-newer", "number", original.last_revision));
    }
    let resolved = press::resolve(ws, a, c).await?.saying(&page.t("portal-withheld"));
    let rendered = nhipcau_writing::render(&c.body, &resolved, a.lang.as_str());
    let cover = c.cover.as_ref();
    let cover_picture = cover
        .and_then(|k| resolved.media.get(&k.media))
        .and_then(|m| m.renditions.iter().find(|r| r.width >= 300).or(m.renditions.last()));
    let cover_picture =
        cover_picture.map(|r| format!("/lam-viec/tep/{}/{}", r.media, r.name)).unwrap_or_default();
    let mut cover_options = vec![(String::new(), page.t("desk-cover-none"))];
    for m in press::media_library(ws, signed.acting(), true, 1).await? {
        cover_options.push((m.media.id.to_string(), format!("{} ({})", m.media.name, page.time(m.media.at))));
    }
    if let Some(k) = cover.filter(|k| cover_options.iter().all(|(v, _)| *v != k.media.to_string())) {
        cover_options.push((k.media.to_string(), k.media.to_string()));
    }
    let percent = |n: Option<u32>| (n.unwrap_or(500) / 10).to_string();
    let (periods, keys) = choices(state, &page, a, c).await?;
    let main = vec![
        Field::area("title", page.t("desk-title"), 2).value(&*c.title).error(error("title")).required(),
        Field::area("lead", page.t("desk-lead"), 3)
            .value(&*c.lead)
            .hint(page.t("desk-lead-hint"))
            .error(error("lead")),
    ];
    let body = Field::area("body", page.t("desk-body"), 22)
        .value(&*c.body)
        .hint(page.t("desk-body-hint"))
        .error(error("body"));
    let cover_fields = vec![
        Field::select("cover", page.t("desk-cover"), cover_options)
            .value(cover.map(|k| k.media.to_string()).unwrap_or_default())
            .error(error("cover")),
        Field::text("cover_alt", page.t("desk-alt"))
            .value(cover.map_or("", |k| &k.alt))
            .hint(page.t("desk-alt-hint"))
            .error(error("cover_alt")),
        Field::text("cover_caption", page.t("desk-caption")).value(cover.map_or("", |k| &k.caption)),
        Field::text("cover_credit", page.t("desk-credit")).value(cover.map_or("", |k| &k.credit)),
        Field::new("number", "focus_x", page.t("desk-focus-x")).value(percent(cover.map(|k| k.focus_x))),
        Field::new("number", "focus_y", page.t("desk-focus-y")).value(percent(cover.map(|k| k.focus_y))),
    ];
    let related: Vec<String> = c.related.iter().map(ToString::to_string).collect();
    let mut more = vec![
        Field::text("byline", page.t("desk-byline")).value(&*c.byline).error(error("byline")),
        Field::text("source", page.t("desk-source")).value(&*c.source),
        Field::text("tags", page.t("desk-tags"))
            .value(c.tags.join(", "))
            .hint(page.t("desk-tags-hint"))
            .error(error("tags")),
        Field::area("related", page.t("desk-related"), 2)
            .value(related.join("\n"))
            .hint(page.t("desk-related-hint")),
        Field::select("period", page.t("desk-period"), periods)
            .value(c.period.as_ref().map(ToString::to_string).unwrap_or_default())
            .hint(page.t("desk-period-hint"))
            .error(error("period")),
    ];
    if let Some(original) = original {
        let numbers = (1..=original.last_revision)
            .rev()
            .map(|n| (n.to_string(), page.say1("desk-revision-number", "number", n)));
        let numbers = std::iter::once((String::new(), page.t("desk-translates-unknown"))).chain(numbers);
        more.push(
            Field::select("translates", page.t("desk-translates"), numbers.collect())
                .value(c.translates.map(|n| n.to_string()).unwrap_or_default()),
        );
    }
    more.push(Field::text("note", page.t("desk-note")).value(typing.note).hint(page.t("desk-note-hint")));
    let site = press::site(ws).await?;
    let columns = column_options(&site, None);
    let column = a
        .column
        .as_ref()
        .and_then(|c| site.column(c))
        .map_or_else(|| page.t("desk-kind-page"), |c| c.names.vi.clone());
    let standing = [
        page.t(&format!("desk-status-{}", a.status.as_str())),
        page.t(&format!("desk-lang-{}", a.lang.as_str())),
        column,
    ];
    let role = signed.acting().role_on(&found.trail.iter().map(|c| c.id.clone()).collect::<Vec<_>>());
    let may_write = found.may.contains(&ArticleAct::Revise);
    let general = typing.problems.iter().filter(|p| typed::field_of(p).is_empty()).map(|p| page.problem(p));
    let edit = Edit {
        words: script_words(&page),
        id,
        title: a.title.clone(),
        standing: standing.join(" · "),
        notices,
        public: if a.published_at.is_some() && a.status == ArticleStatus::Published {
            found.href.clone()
        } else {
            String::new()
        },
        may_write,
        base: typing.base,
        error: general.collect::<Vec<_>>().join(" "),
        main,
        body,
        cover: cover_fields,
        cover_picture,
        more,
        figures: keys,
        preview: rendered.html,
        problems: rendered.problems.iter().map(|p| page.problem(p)).collect(),
        buttons: life::forms(
            &page,
            signed.csrf(),
            found,
            role >= Some(Role::Publisher),
            may_write,
            columns,
            matches!(lock, Some(Locked::Theirs(_))),
        ),
        acts: found.acts.iter().rev().take(12).map(|act| life::told(&page, act)).collect(),
        family: family(&page, found),
        revisions: found.revisions.len(),
        page,
    };
    Ok(Html(edit.render()?))
}

/// What the script says.
fn script_words(page: &Page) -> String {
    let words = [
        ("bold", "desk-tool-bold"),
        ("italic", "desk-tool-italic"),
        ("heading", "desk-tool-heading"),
        ("list", "desk-tool-list"),
        ("quote", "desk-tool-quote"),
        ("link", "desk-tool-link"),
        ("figure", "desk-tool-figure"),
        ("tools", "desk-tools"),
        ("failed", "desk-autosave-failed"),
        ("newer", "desk-newer-exists"),
        ("uploading", "desk-uploading"),
        ("refused", "desk-upload-refused"),
        ("alt", "desk-alt-ask"),
    ];
    let words: serde_json::Map<String, serde_json::Value> =
        words.into_iter().map(|(name, id)| (name.to_owned(), page.t(id).into())).collect();
    serde_json::Value::Object(words).to_string()
}

fn family(page: &Page, found: &DeskArticle) -> Vec<(String, String)> {
    let a = &found.article;
    let mut links: Vec<(String, String)> = found
        .family
        .iter()
        .filter(|f| f.id != a.id)
        .map(|f| {
            let lang = page.t(&format!("desk-lang-{}", f.lang.as_str()));
            (
                format!("{lang}: {} ({})", f.title, page.t(&format!("desk-status-{}", f.status.as_str()))),
                format!("/lam-viec/bai-viet/{}", f.id),
            )
        })
        .collect();
    if found.family.len() < nhipcau_domain::press::ContentLang::ALL.len() {
        links.push((
            page.t("desk-new-translation"),
            format!(
                "/lam-viec/bai-viet/moi?ban-dich-cua={}&loai={}",
                a.family,
                if a.kind == ArticleKind::Page { "page" } else { "article" }
            ),
        ));
    }
    links
}

/// The periods that figures can be of, and the figures with their words as the public may see them in the
/// chosen one.
async fn choices(
    state: &DeskState,
    page: &Page,
    article: &ArticleRecord,
    content: &Content,
) -> Result<(Vec<(String, String)>, Vec<(String, String)>), Failure> {
    let ws = state.ws();
    let mut periods = vec![(String::new(), page.t("desk-period-none"))];
    let mut tx = ws.store().read().await?;
    // Without a campaign there are no figures; an article needs none.
    let Ok(setting) = ws.setting(&mut tx).await else { return Ok((periods, Vec::new())) };
    drop(tx);
    let definitions = &setting.definitions;
    let all = definitions.calendars.iter().flat_map(|c| &c.periods);
    periods.extend(all.map(|p| (p.id.to_string(), p.name.clone())));
    let every: Vec<String> = definitions.indicators.iter().map(|i| format!("{{{{ {} }}}}", i.id)).collect();
    let body = every.join("\n\n");
    let every = Content { body, period: content.period.clone(), ..Content::default() };
    let words = press::resolve(ws, article, &every).await?.figures;
    let words = definitions.indicators.iter().map(|i| {
        let said =
            words.iter().find(|f| f.key == i.id).map(|f| format!(": {}", f.wording)).unwrap_or_default();
        (i.id.to_string(), format!("{}{said}", i.name))
    });
    Ok((periods, words.collect()))
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Html<String>, Failure> {
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let lock = if found.may.contains(&ArticleAct::Revise) {
        Some(press::lock(state.ws(), signed.acting(), signed.holder(), id, false).await?)
    } else {
        None
    };
    // What was typed and not saved comes first: nothing is lost when a session ends.
    let saved = found.autosaves.iter().find(|s| s.office == signed.acting().office);
    let typing = match saved {
        Some(saved) => Typing { content: &saved.content, base: saved.base, note: "", problems: &[] },
        None => Typing {
            content: &found.revision.content,
            base: found.article.last_revision,
            note: "",
            problems: &[],
        },
    };
    html(&state, &signed, &found, &typing, lock.as_ref()).await
}

fn base(fields: &Fields, found: &DeskArticle) -> u32 {
    fields.get("base").parse().unwrap_or(found.article.last_revision)
}

pub(crate) async fn save(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let content = typed::content(&fields, &found.revision.content);
    let (base, note) = (base(&fields, &found), fields.get("note"));
    // Kept before anything is decided: whatever is refused, the text is there.
    let kept = press::autosave(state.ws(), signed.acting(), signed.holder(), id, base, &content).await;
    let saved = match kept {
        Ok(_) => press::revise(state.ws(), signed.acting(), signed.holder(), id, base, &content, note).await,
        Err(error) => Err(error),
    };
    let problems = match saved {
        Ok(_) => return Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=saved"))),
        Err(error) => vec![Failure::of_form(error)?],
    };
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    // After someone else's revision, sending again means: this text, on top of theirs, which is shown above.
    let base = if problems.iter().any(|p| p.id == "article-changed-meanwhile") {
        found.article.last_revision
    } else {
        base
    };
    let typing = Typing { content: &content, base, note, problems: &problems };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&state, &signed, &found, &typing, None).await?)
        .into_response())
}

fn json(value: &serde_json::Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// For the script: keeps what is typed.
pub(crate) async fn autosave(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let content = typed::content(&fields, &found.revision.content);
    let base = base(&fields, &found);
    let at = press::autosave(state.ws(), signed.acting(), signed.holder(), id, base, &content).await?;
    let said = signed.page.say1("desk-autosaved-at", "at", signed.page.time(at));
    let lock = press::lock(state.ws(), signed.acting(), signed.holder(), id, false).await?;
    let theirs = match lock {
        Locked::Theirs(l) => signed.page.say(
            "desk-lock",
            &[
                ("by", l.holder.as_str().into()),
                ("office", l.office.as_str().into()),
                ("since", signed.page.time(l.since).into()),
            ],
        ),
        Locked::Mine(_) => String::new(),
    };
    let newer = found.article.last_revision != base;
    Ok(json(&json!({ "saved": said, "lock": theirs, "newer": newer })))
}

/// For the script: the text as it will look.
pub(crate) async fn preview(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let content = typed::content(&fields, &found.revision.content);
    let resolved =
        press::resolve(state.ws(), &found.article, &content).await?.saying(&signed.page.t("portal-withheld"));
    let lang = found.article.lang;
    let rendered =
        tokio::task::spawn_blocking(move || nhipcau_writing::render(&content.body, &resolved, lang.as_str()));
    let rendered = rendered.await.map_err(|_| Failure::Internal)?;
    let problems: Vec<String> = rendered.problems.iter().map(|p| signed.page.problem(p)).collect();
    let words = signed.page.say1("desk-words", "count", rendered.words);
    Ok(json(&json!({ "html": rendered.html, "problems": problems, "words": words })))
}

/// Forgets what was typed since the last revision.
pub(crate) async fn discard(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    press::desk_article(state.ws(), posted.signed.acting(), id).await?;
    press::discard_autosave(state.ws(), posted.signed.acting(), id).await?;
    Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=discarded")))
}

/// Takes the lock from whoever has it.
pub(crate) async fn take_over(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    press::lock(state.ws(), signed.acting(), signed.holder(), id, true).await?;
    Ok(on_to(&format!("/lam-viec/bai-viet/{id}")))
}
