//! `site/`: what the site is called, its columns, pictures, articles and pages. Read from
//! `site/site.toml`, `site/articles/*.md` and `site/pages/*.md`; described in `docs/site-content.md`.

use std::ops::Range;

use nhipcau_domain::{
    press::{ContentLang, Texts},
    problem::Problem,
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::files::Files;

/// The folder of the site's content.
pub const FOLDER: &str = "site";

/// What a folder holds for the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteContent {
    /// What the site is called, and who answers for it.
    pub site: SiteHead,
    /// Its columns, parents before children.
    pub columns: Vec<ColumnSpec>,
    /// Its pictures.
    pub pictures: Vec<PictureSpec>,
    /// Abbreviations that the search knows: short, long.
    pub abbreviations: Vec<AbbreviationSpec>,
    /// Its articles, in order of publication.
    pub articles: Vec<ArticleSpec>,
    /// Its static pages.
    pub pages: Vec<ArticleSpec>,
}

/// What the site is called, and who answers for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct SiteHead {
    /// Its name.
    pub name: Texts,
    /// What stands under it.
    pub motto: Texts,
    /// The body that runs it.
    pub managing_body: Texts,
    /// The body above that one.
    pub parent_body: Texts,
    /// Where it sits.
    pub address: Texts,
    /// Its e-mail address.
    pub email: String,
    /// Its telephone.
    pub phone: String,
    /// Who answers for the content.
    pub responsible: Texts,
    /// Its licence.
    pub licence: Texts,
    /// The office that sets it up and publishes its first articles.
    pub office: String,
    /// Slugs of the articles that stand first.
    pub front: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ColumnSpec {
    /// Its name here, and its address.
    pub id: String,
    /// The column that it is under.
    #[serde(default)]
    pub parent: Option<String>,
    /// What it is called.
    pub name: Texts,
    /// What is in it.
    #[serde(default)]
    pub description: Texts,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PictureSpec {
    /// What articles call it.
    pub id: String,
    /// Its file, in `pictures/`.
    pub file: String,
    /// What it shows.
    pub alt: String,
    /// What is said beneath it.
    #[serde(default)]
    pub caption: String,
    /// Who made it.
    #[serde(default)]
    pub credit: String,
}

/// An abbreviation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AbbreviationSpec {
    /// As it is written.
    pub short: String,
    /// What it stands for.
    pub long: String,
}

/// An article or a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ArticleSpec {
    /// Its part of the address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its lead.
    #[serde(default)]
    pub lead: String,
    /// Its column; pages have none.
    #[serde(default)]
    pub column: Option<String>,
    /// When it went out, by the local clock: `2022-05-19T07:30`.
    pub published: String,
    /// Who wrote it.
    #[serde(default)]
    pub byline: String,
    /// Its language.
    #[serde(default)]
    pub lang: ContentLang,
    /// The slug of the article that it translates.
    #[serde(default)]
    pub translates: Option<String>,
    /// Its cover: a picture's id.
    #[serde(default)]
    pub cover: Option<String>,
    /// The period that its figures are of.
    #[serde(default)]
    pub period: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Slugs of articles that belong to it.
    #[serde(default)]
    pub related: Vec<String>,
    /// Its text, in Markdown.
    #[serde(skip)]
    pub body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SiteFile {
    site: SiteHead,
    #[serde(default)]
    column: Vec<ColumnSpec>,
    #[serde(default)]
    picture: Vec<PictureSpec>,
    #[serde(default)]
    abbreviation: Vec<AbbreviationSpec>,
}

/// Reads a site's content; none where there is no `site/site.toml`.
///
/// # Errors
/// Everything that is wrong with it, with file and line.
pub fn load_site(files: &dyn Files) -> Result<Option<SiteContent>, Vec<Problem>> {
    let path = format!("{FOLDER}/site.toml");
    let Some(bytes) = files.read(&path) else { return Ok(None) };
    let mut problems = Vec::new();
    let head = text(&path, bytes).and_then(|t| parse::<SiteFile>(&path, &t, 0));
    let mut read = |folder: &str| {
        let start = format!("{FOLDER}/{folder}/");
        let mut found = Vec::new();
        for path in files.list().iter().filter(|p| p.starts_with(&start) && is_markdown(p)) {
            match files.read(path).map(|bytes| article(path, bytes)) {
                Some(Ok(article)) => found.push(article),
                Some(Err(problem)) => problems.push(problem),
                None => {}
            }
        }
        found.sort_by(|a: &ArticleSpec, b| (&a.published, &a.slug).cmp(&(&b.published, &b.slug)));
        found
    };
    let (articles, pages) = (read("articles"), read("pages"));
    match head {
        Ok(head) if problems.is_empty() => {
            let content = SiteContent {
                site: head.site,
                columns: head.column,
                pictures: head.picture,
                abbreviations: head.abbreviation,
                articles,
                pages,
            };
            check(&content).map(|()| Some(content))
        }
        Ok(_) => Err(problems),
        Err(problem) => {
            problems.insert(0, problem);
            Err(problems)
        }
    }
}

fn is_markdown(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|e| e.eq_ignore_ascii_case("md"))
}

fn text(path: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|_| Problem::new("site-file-not-utf8").with("file", path))
}

/// Head between two lines of `+++`, then the text.
fn article(path: &str, bytes: Vec<u8>) -> Result<ArticleSpec, Problem> {
    let whole = text(path, bytes)?;
    let whole = whole.replace("\r\n", "\n");
    let parts = whole.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
    let (head, body) = parts.ok_or_else(|| Problem::new("site-article-no-head").with("file", path))?;
    let mut article: ArticleSpec = parse(path, head, 1)?;
    body.trim().clone_into(&mut article.body);
    Ok(article)
}

fn parse<T: DeserializeOwned>(path: &str, text: &str, lines_before: usize) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error| {
        let Range { start, .. } = error.span().unwrap_or(0..0);
        let line = text.get(..start).map_or(0, |t| t.matches('\n').count()) + 1 + lines_before;
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        Problem::new("site-file-unreadable")
            .with("file", path)
            .with("detail", error.message())
            .in_file(path)
            .at_line(line, 1)
    })
}

/// Names that refer to nothing.
fn check(content: &SiteContent) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    let unknown = |what: &'static str, name: &str, by: &str| {
        Problem::new("site-name-unknown").with("what", what).with("name", name).with("by", by)
    };
    let is_article = |slug: &String| content.articles.iter().chain(&content.pages).any(|a| a.slug == *slug);
    for (at, column) in content.columns.iter().enumerate() {
        let before = content.columns.get(..at).unwrap_or_default();
        if let Some(parent) = column.parent.as_ref().filter(|p| !before.iter().any(|c| c.id == **p)) {
            problems.push(unknown("column", parent, &column.id));
        }
    }
    for article in content.articles.iter().chain(&content.pages) {
        if let Some(column) = article.column.as_ref().filter(|c| !content.columns.iter().any(|k| k.id == **c))
        {
            problems.push(unknown("column", column, &article.slug));
        }
        if let Some(cover) = article.cover.as_ref().filter(|c| !content.pictures.iter().any(|p| p.id == **c))
        {
            problems.push(unknown("picture", cover, &article.slug));
        }
        for slug in article.related.iter().chain(&article.translates).filter(|s| !is_article(s)) {
            problems.push(unknown("article", slug, &article.slug));
        }
    }
    for slug in content.site.front.iter().filter(|s| !is_article(s)) {
        problems.push(unknown("article", slug, "front"));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Memory;

    fn files(articles: &[(&str, &str)]) -> Memory {
        let mut memory = Memory::default();
        let head =
            "[site]\nname = { vi = \"Xã Mẫu\" }\n[[column]]\nid = \"tin-tuc\"\nname = { vi = \"Tin tức\" }\n";
        memory.put("site/site.toml", head.as_bytes());
        for (name, text) in articles {
            memory.put(&format!("site/articles/{name}"), text.as_bytes());
        }
        memory
    }

    const ARTICLE: &str = "+++\nslug = \"a\"\ntitle = \"Bài\"\ncolumn = \"tin-tuc\"\npublished = \"2022-05-19T07:30\"\n+++\n\nThân bài.\n";

    #[test]
    fn a_folder_without_a_site_has_none() {
        assert_eq!(load_site(&Memory::default()), Ok(None));
    }

    #[test]
    fn an_article_has_a_head_and_a_text() {
        let content = load_site(&files(&[("a.md", ARTICLE)])).unwrap().unwrap();
        assert_eq!(content.site.name.vi, "Xã Mẫu");
        assert_eq!(
            (content.articles[0].slug.as_str(), content.articles[0].body.as_str()),
            ("a", "Thân bài.")
        );
    }

    #[test]
    fn every_mistake_is_told_with_its_file() {
        let wrong = ARTICLE.replace("column", "colum");
        let problems = load_site(&files(&[("a.md", &wrong), ("b.md", "Không có phần đầu")])).unwrap_err();
        let told: Vec<_> = problems.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(told, ["site-file-unreadable", "site-article-no-head"]);
        let stray = ARTICLE.replace("tin-tuc", "van-hoa");
        assert_eq!(load_site(&files(&[("a.md", &stray)])).unwrap_err()[0].id, "site-name-unknown");
    }
}
