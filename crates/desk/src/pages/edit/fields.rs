//! The fields of an article's form, with what was typed and what is wrong with which.

use nhipcau_domain::problem::Problem;
use nhipcau_store::site::{ArticleRecord, Content};

use super::Typing;
use crate::{field::Field, page::Page, pages::typed};

fn error(page: &Page, problems: &[Problem], name: &str) -> String {
    let found = problems.iter().filter(|p| typed::field_of(p) == name);
    found.map(|p| page.problem(p)).collect::<Vec<_>>().join(" ")
}

/// What is wrong with the whole.
pub(super) fn general(page: &Page, problems: &[Problem]) -> String {
    error(page, problems, "")
}

/// Title and lead.
pub(super) fn main(page: &Page, typing: &Typing<'_>) -> Vec<Field> {
    let (c, wrong) = (typing.content, |name| error(page, typing.problems, name));
    vec![
        Field::area("title", page.t("desk-title"), 2).value(&*c.title).error(wrong("title")).required(),
        Field::area("lead", page.t("desk-lead"), 3)
            .value(&*c.lead)
            .hint(page.t("desk-lead-hint"))
            .error(wrong("lead")),
    ]
}

/// The text.
pub(super) fn body(page: &Page, typing: &Typing<'_>) -> Field {
    Field::area("body", page.t("desk-body"), 22)
        .value(&*typing.content.body)
        .hint(page.t("desk-body-hint"))
        .error(error(page, typing.problems, "body"))
}

/// What is said of the cover; which picture it is stands before.
pub(super) fn cover(page: &Page, typing: &Typing<'_>) -> Vec<Field> {
    let cover = typing.content.cover.as_ref();
    let percent = |n: Option<u32>| (n.unwrap_or(500) / 10).to_string();
    vec![
        Field::text("cover_alt", page.t("desk-alt"))
            .value(cover.map_or("", |k| &k.alt))
            .hint(page.t("desk-alt-hint"))
            .error(error(page, typing.problems, "cover_alt")),
        Field::text("cover_caption", page.t("desk-caption")).value(cover.map_or("", |k| &k.caption)),
        Field::text("cover_credit", page.t("desk-credit")).value(cover.map_or("", |k| &k.credit)),
        Field::new("number", "focus_x", page.t("desk-focus-x")).value(percent(cover.map(|k| k.focus_x))),
        Field::new("number", "focus_y", page.t("desk-focus-y")).value(percent(cover.map(|k| k.focus_y))),
    ]
}

/// What is wrong with the choice of a cover.
pub(super) fn cover_error(page: &Page, typing: &Typing<'_>) -> String {
    error(page, typing.problems, "cover")
}

/// Everything else; `original` is what a translation is of.
pub(super) fn more(
    page: &Page,
    typing: &Typing<'_>,
    periods: Vec<(String, String)>,
    original: Option<&ArticleRecord>,
) -> Vec<Field> {
    let (c, wrong): (&Content, _) = (typing.content, |name| error(page, typing.problems, name));
    let related: Vec<String> = c.related.iter().map(ToString::to_string).collect();
    let mut more = vec![
        Field::text("byline", page.t("desk-byline")).value(&*c.byline).error(wrong("byline")),
        Field::text("source", page.t("desk-source")).value(&*c.source),
        Field::text("tags", page.t("desk-tags"))
            .value(c.tags.join(", "))
            .hint(page.t("desk-tags-hint"))
            .error(wrong("tags")),
        Field::area("related", page.t("desk-related"), 2)
            .value(related.join("\n"))
            .hint(page.t("desk-related-hint")),
        Field::select("period", page.t("desk-period"), periods)
            .value(c.period.as_ref().map(ToString::to_string).unwrap_or_default())
            .hint(page.t("desk-period-hint"))
            .error(wrong("period")),
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
    more
}
