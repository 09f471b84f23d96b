//! A Word file (.docx) as Markdown with its pictures.

mod body;
mod field;
mod numbering;
mod package;
mod paragraph;
mod relations;
mod styles;
mod xml;

use std::collections::HashMap;

use nhipcau_domain::problem::{Problem, Severity};

use self::{body::Body, numbering::Numbering, package::Package, relations::Relations, styles::Styles};
use crate::{
    markdown,
    model::{Block, Draft, words},
};

/// Before a picture's number in [`Document::markdown`], until the pictures have identifiers.
pub const PICTURE_SCHEME: &str = "docx-picture:";

/// Bounds on time and memory. Sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocxLimits {
    /// The file as it was sent.
    pub max_file_bytes: u64,
    /// Its parts together, unpacked.
    pub max_unpacked_bytes: u64,
    /// Unpacked size for each packed byte; beyond it the file is a bomb. Small files are exempt.
    pub max_ratio: u64,
    /// Files inside it.
    pub max_parts: usize,
    /// Pictures that are taken over; the rest is left out, and told.
    pub max_pictures: usize,
    /// The Markdown it comes to; the rest is left out, and told.
    pub max_markdown_bytes: usize,
}

impl Default for DocxLimits {
    fn default() -> Self {
        Self {
            max_file_bytes: 32 << 20,
            max_unpacked_bytes: 128 << 20,
            max_ratio: 200,
            max_parts: 2_000,
            max_pictures: 100,
            max_markdown_bytes: crate::MAX_MARKDOWN_BYTES,
        }
    }
}

/// A picture of a Word file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocxPicture {
    /// Its name inside the file: "image1.png". Only quoted: what it is, its bytes say.
    pub name: String,
    /// Its bytes, as they were: give them to `nhipcau_pictures::take`.
    pub bytes: Vec<u8>,
    /// Words for who cannot see it; empty if the file gives none.
    pub alt: String,
}

/// A Word file, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title: of the style Title, or its first heading. It is not in the text again.
    pub title: Option<String>,
    /// Its text. Pictures stand as `![alt](docx-picture:0)`, counted from 0.
    pub markdown: String,
    /// Its pictures, each once.
    pub pictures: Vec<DocxPicture>,
    /// What was left out, and what is worth looking at.
    pub problems: Vec<Problem>,
}

impl Document {
    /// The text with its pictures' identifiers in place, in the order of [`Document::pictures`]; a picture
    /// without one is left out. `![alt](docx-picture:0)` becomes `![alt](tep:ID)`.
    #[must_use]
    pub fn markdown_with(&self, ids: &[Option<String>]) -> String {
        let mut out = String::with_capacity(self.markdown.len());
        for line in self.markdown.split_inclusive('\n') {
            let picture = line.trim_end().strip_suffix(')').filter(|l| l.starts_with("!["));
            let picture = picture.and_then(|l| l.rsplit_once("](docx-picture:"));
            let Some((alt, number)) = picture else {
                out.push_str(line);
                continue;
            };
            if let Some(Some(id)) = number.parse::<usize>().ok().and_then(|n| ids.get(n)) {
                out.extend([alt, "](tep:", id, ")\n"]);
            }
        }
        out
    }
}

/// Boxed, so that a result stays small on the way up.
type Refused = Box<Problem>;

/// Reads a .docx: its text, lists, tables, notes and text boxes in order, insertions kept and deletions
/// left out. Blocking, and bounded by `limits`.
///
/// # Errors
/// `docx-…`: it is no .docx, it is damaged, encrypted, or larger than the limits.
pub fn from_docx(bytes: &[u8], limits: &DocxLimits) -> Result<Document, Problem> {
    read(bytes, limits).map_err(|problem| *problem)
}

fn read(bytes: &[u8], limits: &DocxLimits) -> Result<Document, Refused> {
    let mut package = Package::open(bytes, limits)?;
    let root = Relations::read(&mut package, "")?;
    let main = root.of_type("/officeDocument").unwrap_or_else(|| "word/document.xml".to_owned());
    let Some(xml) = package.text(&main)? else { return Err(Box::new(Problem::new("docx-not-a-docx"))) };
    let relations = Relations::read(&mut package, &main)?;
    let part = |end: &str, name: &str| relations.of_type(end).unwrap_or_else(|| format!("word/{name}.xml"));
    let styles = Styles::read(&package.text(&part("/styles", "styles"))?.unwrap_or_default())?;
    let numbering = Numbering::read(&package.text(&part("/numbering", "numbering"))?.unwrap_or_default())?;
    let mut body = Body::new(&styles, numbering);
    body.read(&xml, &main, &relations)?;
    for (end, name) in [("/footnotes", "footnotes"), ("/endnotes", "endnotes")] {
        let name = part(end, name);
        if let Some(xml) = package.text(&name)? {
            let relations = Relations::read(&mut package, &name)?;
            body.read(&xml, &name, &relations)?;
        }
    }
    package.refuse_doctype_in_the_rest()?;
    let comments = package.has("word/comments.xml");
    let (mut draft, seen) = body.finish();
    let mut problems = Vec::new();
    let pictures = pictures(&mut draft, &seen.pictures, &mut package, limits, &mut problems)?;
    let title = title(&mut draft);
    let (markdown, cut) = markdown::write(&draft, limits.max_markdown_bytes);
    let mut notice = |yes: bool, problem: Problem| {
        if yes {
            problems.push(problem.severity(Severity::Notice));
        }
    };
    notice(seen.merged > 0, Problem::new("docx-cells-merged").with("count", seen.merged));
    notice(seen.changes, Problem::new("docx-changes-tracked"));
    notice(seen.contents, Problem::new("docx-contents-left-out"));
    notice(seen.objects > 0, Problem::new("docx-objects-left-out").with("count", seen.objects));
    notice(comments, Problem::new("docx-comments-left-out"));
    notice(package.has_macros(), Problem::new("docx-macros-left-out"));
    notice(cut, Problem::new("docx-cut"));
    Ok(Document { title, markdown, pictures, problems })
}

/// Takes the title out of the text: of the style Title, or the heading that the text begins with, or its
/// only heading of level 1.
fn title(draft: &mut Draft) -> Option<String> {
    let level = |b: &Block| if let Block::Heading(level, _) = b { Some(*level) } else { None };
    let of_style = draft.blocks.iter().position(|b| level(b) == Some(0));
    let begins = draft.blocks.first().and_then(level).map(|_| 0);
    let mut ones = draft.blocks.iter().enumerate().filter(|(_, b)| level(b) == Some(1)).map(|(i, _)| i);
    let only = ones.next().filter(|_| ones.next().is_none());
    let at = of_style.or(begins).or(only)?;
    let Block::Heading(found, line) = draft.blocks.remove(at) else { return None };
    let mut title = words(&line);
    // A title of the style Title may run over several paragraphs.
    while found == 0 && draft.blocks.get(at).and_then(level) == Some(0) {
        let Block::Heading(_, line) = draft.blocks.remove(at) else { break };
        title.push(' ');
        title.push_str(&words(&line));
    }
    Some(nhipcau_domain::text::tidy(&title)).filter(|t| !t.is_empty())
}

/// Unpacks what the text shows, each once, and numbers it so in the text.
fn pictures(
    draft: &mut Draft,
    seen: &[(String, String)],
    package: &mut Package<'_>,
    limits: &DocxLimits,
    problems: &mut Vec<Problem>,
) -> Result<Vec<DocxPicture>, Refused> {
    let mut out: Vec<DocxPicture> = Vec::new();
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    let mut numbers = Vec::with_capacity(seen.len());
    let mut left_out = 0_usize;
    for (part, alt) in seen {
        let number = match known.get(part.as_str()) {
            Some(number) => *number,
            None if out.len() >= limits.max_pictures => None,
            None => package.bytes(part)?.map(|bytes| {
                let name = part.rsplit('/').next().unwrap_or_default().to_owned();
                out.push(DocxPicture { name, bytes, alt: alt.clone() });
                out.len() - 1
            }),
        };
        known.insert(part, number);
        left_out += usize::from(number.is_none());
        numbers.push(number);
    }
    draft.blocks.retain_mut(|block| match block {
        Block::Picture(number, _) => match numbers.get(*number).copied().flatten() {
            Some(found) => {
                *number = found;
                true
            }
            None => false,
        },
        _ => true,
    });
    if left_out > 0 {
        let problem = Problem::new("docx-pictures-left-out").with("count", left_out);
        problems.push(problem.severity(Severity::Notice));
    }
    Ok(out)
}
