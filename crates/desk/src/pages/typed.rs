//! What is typed into an article's form, and the content that it is.

use nhipcau_domain::problem::Problem;
use nhipcau_store::site::{Content, Cover};

use crate::received::Fields;

/// The content that a form brings; what the form does not show stays as it was.
pub(crate) fn content(fields: &Fields, before: &Content) -> Content {
    let thousandth =
        |name: &str| fields.get(name).trim().parse::<u32>().map_or(500, |percent| percent.min(100) * 10);
    let cover = fields.get("cover").trim().parse().ok().map(|media| Cover {
        media,
        focus_x: thousandth("focus_x"),
        focus_y: thousandth("focus_y"),
        alt: fields.get("cover_alt").to_owned(),
        caption: fields.get("cover_caption").to_owned(),
        credit: fields.get("cover_credit").to_owned(),
    });
    let list = |name: &str| {
        fields
            .get(name)
            .split([',', '\n'])
            .map(|t| t.trim().to_owned())
            .filter(|t| !t.is_empty())
            .collect::<Vec<_>>()
    };
    Content {
        title: fields.get("title").to_owned(),
        lead: fields.get("lead").to_owned(),
        body: fields.get("body").to_owned(),
        byline: fields.get("byline").to_owned(),
        source: fields.get("source").to_owned(),
        cover,
        // Whoever pastes a related article's address from the desk means its id.
        related: list("related")
            .iter()
            .filter_map(|r| r.rsplit('/').next()?.split('?').next()?.parse().ok())
            .collect(),
        tags: list("tags"),
        translates: match fields.get("translates") {
            "" => before.translates,
            number => number.parse().ok().or(before.translates),
        },
        period: fields.some("period").map(Into::into),
    }
}

/// The field that a problem is about; none is the whole.
pub(crate) fn field_of(problem: &Problem) -> &'static str {
    match problem.id.as_str() {
        "article-needs-title" => "title",
        "article-needs-body" | "content-marked-secret" => "body",
        "article-needs-alt" => "cover_alt",
        "article-cover-unknown" => "cover",
        "article-no-period" => "period",
        "article-too-long" => match problem.arg("what") {
            Some(nhipcau_domain::problem::Arg::Text(what)) if what == "title" => "title",
            Some(nhipcau_domain::problem::Arg::Text(what)) if what == "lead" => "lead",
            Some(nhipcau_domain::problem::Arg::Text(what)) if what == "body" => "body",
            Some(nhipcau_domain::problem::Arg::Text(what)) if what == "tags" => "tags",
            _ => "byline",
        },
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_content_and_what_cannot_be_read_is_left_out() {
        let typed = |pairs: &[(&str, &str)]| {
            Fields(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
        };
        let id = "018f0000-0000-7000-8000-000000000001";
        let related = format!("/lam-viec/bai-viet/{id}?xong=saved, không phải");
        let found = content(
            &typed(&[
                ("title", "Tin"),
                ("cover", id),
                ("focus_x", "30"),
                ("focus_y", "1000"),
                ("tags", "một, hai,,"),
                ("related", &related),
            ]),
            &Content { translates: Some(3), ..Content::default() },
        );
        let cover = found.cover.unwrap();
        assert_eq!((cover.focus_x, cover.focus_y), (300, 1000));
        assert_eq!(found.tags, ["một", "hai"]);
        assert_eq!(found.related.len(), 1);
        assert_eq!(found.translates, Some(3));
        assert!(content(&typed(&[("cover", "x")]), &Content::default()).cover.is_none());
    }
}
