//! What lists share: filters that are read, not sent, and pages to turn.

use askama::Template;

use crate::{failure::Failure, field::Field, page::Page, sheet::Block};

/// The filters: a form that is read, not sent.
#[derive(Template)]
#[template(path = "parts/filter.html")]
struct Filter {
    fields: Vec<Field>,
    button: String,
}

/// Filters above a list.
pub(crate) fn filters(page: &Page, fields: Vec<Field>) -> Result<Block, Failure> {
    Ok(Block::Svg(Filter { fields, button: page.t("desk-filter") }.render()?))
}

/// The page that an address asks for, from 1.
pub(crate) fn asked_page(asked: &str) -> u32 {
    asked.parse().unwrap_or(1).max(1)
}

/// Ways to the page before and the page after, with the filters as they are.
pub(crate) fn turns(page: &Page, path: &str, query: Option<&str>, number: u32, more: bool) -> Block {
    let kept = query.unwrap_or_default().split('&');
    let kept: Vec<&str> =
        kept.filter(|p| !p.is_empty() && !p.starts_with("trang=") && !p.starts_with("xong=")).collect();
    let to = |n: u32| format!("{path}?{}", [&kept[..], &[&*format!("trang={n}")]].concat().join("&"));
    let mut links = Vec::new();
    if number > 1 {
        links.push((page.t("desk-page-before"), to(number - 1)));
    }
    if more {
        links.push((page.t("desk-page-next"), to(number.saturating_add(1))));
    }
    Block::Links(links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_a_page_keeps_the_filters() {
        let page = Page::default();
        let Block::Links(links) = turns(&page, "/a", Some("q=x%20y&trang=2&xong=saved"), 2, true) else {
            panic!("no links");
        };
        let to: Vec<&str> = links.iter().map(|(_, to)| to.as_str()).collect();
        assert_eq!(to, ["/a?q=x%20y&trang=1", "/a?q=x%20y&trang=3"]);
        assert_eq!((asked_page("0"), asked_page("x"), asked_page("7")), (1, 1, 7));
    }
}
