//! What stands around an article's form: what must not be overlooked, its other languages, figures to use.

use nhipcau_actions::press::{self, DeskArticle, Locked};
use nhipcau_domain::press::{ArticleAct, ArticleKind, ArticleStatus};
use nhipcau_store::site::{ArticleRecord, Content};

use super::Typing;
use crate::{failure::Failure, page::Page, state::DeskState, visitor::SignedIn};

/// The article that this one translates.
pub(super) fn original(found: &DeskArticle) -> Option<&ArticleRecord> {
    let a = &found.article;
    found.family.iter().find(|f| f.id == a.family && f.id != a.id)
}

/// Who else is writing.
pub(super) fn locked(page: &Page, lock: &Locked) -> Option<String> {
    let Locked::Theirs(l) = lock else { return None };
    let args = [
        ("by", l.holder.as_str().into()),
        ("office", l.office.as_str().into()),
        ("since", page.time(l.since).into()),
    ];
    Some(page.say("desk-lock", &args))
}

/// What must not be overlooked, each in a line.
pub(super) fn notices(
    page: &Page,
    signed: &SignedIn,
    found: &DeskArticle,
    typing: &Typing<'_>,
    lock: Option<&Locked>,
) -> Vec<String> {
    let (a, c) = (&found.article, typing.content);
    let mut notices: Vec<String> = lock.and_then(|l| locked(page, l)).into_iter().collect();
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
    if let Some(original) = original(found)
        && c.translates.is_none_or(|t| t < original.last_revision)
    {
        notices.push(page.say1("desk-original-newer", "number", original.last_revision));
    }
    notices
}

/// Its other languages: words, address; and a way to begin another.
pub(super) fn family(page: &Page, found: &DeskArticle) -> Vec<(String, String)> {
    let a = &found.article;
    let link = |f: &ArticleRecord| {
        let lang = page.t(&format!("desk-lang-{}", f.lang.as_str()));
        let status = page.t(&format!("desk-status-{}", f.status.as_str()));
        (format!("{lang}: {} ({status})", f.title), format!("/lam-viec/bai-viet/{}", f.id))
    };
    let mut links: Vec<(String, String)> = found.family.iter().filter(|f| f.id != a.id).map(link).collect();
    if found.family.len() < nhipcau_domain::press::ContentLang::ALL.len() {
        let kind = if a.kind == ArticleKind::Page { "page" } else { "article" };
        links.push((
            page.t("desk-new-translation"),
            format!("/lam-viec/bai-viet/moi?ban-dich-cua={}&loai={kind}", a.family),
        ));
    }
    links
}

/// The periods that figures can be of, and the figures with their words as the public may see them in the
/// chosen one.
pub(super) async fn choices(
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

/// What the script says, as JSON.
pub(super) fn script_words(page: &Page) -> String {
    let words = [
        ("bold", "desk-tool-bold"),
        ("italic", "desk-tool-italic"),
        ("heading", "desk-tool-heading"),
        ("list", "desk-tool-list"),
        ("quote", "desk-tool-quote"),
        ("link", "desk-tool-link"),
        ("figure", "desk-tool-figure"),
        ("upload", "desk-tool-upload"),
        ("tools", "desk-tools"),
        ("failed", "desk-autosave-failed"),
        ("newer", "desk-newer-exists"),
        ("uploading", "desk-uploading"),
        ("refused", "desk-upload-refused"),
        ("alt", "desk-alt-ask"),
        ("onDevice", "desk-on-device"),
        ("takeBack", "desk-on-device-take"),
        ("forget", "desk-on-device-forget"),
        ("wordTitle", "desk-word-title"),
    ];
    let words: serde_json::Map<String, serde_json::Value> =
        words.into_iter().map(|(name, id)| (name.to_owned(), page.t(id).into())).collect();
    serde_json::Value::Object(words).to_string()
}
