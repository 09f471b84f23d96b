//! Links and attachments.

use comrak::{Node, nodes::NodeValue};
use nhipcau_domain::problem::Problem;

use super::{Link, escape, place, prepare::Prepare, short};
use crate::{docx::PICTURE_SCHEME, labels, text};

/// Before the identifier of a file of this site.
pub(super) const FILE_SCHEME: &str = "tep:";

impl<'a> Prepare<'a, '_> {
    /// Lets a link be, makes it an attachment, or leaves its words alone.
    pub(super) fn link(&mut self, node: Node<'a>, url: &str) {
        let url = self.masked.unmask(url);
        let words = text::line(node, self.masked, self.resolve);
        if let Some(id) = url.strip_prefix(FILE_SCHEME) {
            return self.attachment(node, id, &words);
        }
        if !is_allowed(&url) {
            let problem = Problem::new("writing-link-refused").with("found", short(&url));
            self.problem(problem, place(node));
            return self.unwrap(node, String::new(), String::new());
        }
        if let NodeValue::Link(link) = &mut node.data_mut().value {
            link.url.clone_from(&url);
            link.title = self.masked.unmask(&link.title);
        }
        if words.is_empty() {
            self.problem(Problem::new("writing-link-no-words").with("found", short(&url)), place(node));
            node.append(self.node(NodeValue::Text(url.clone().into())));
        }
        self.out.links.push(Link { href: url, text: words });
    }

    fn attachment(&mut self, node: Node<'a>, id: &str, words: &str) {
        let Some(file) = self.resolve.attachment(id).filter(|f| is_ours(&f.href)) else {
            self.problem(Problem::new("writing-attachment-unknown").with("found", short(id)), place(node));
            let marker = format!(" <mark class=\"picture-missing\">{}</mark>", escape(self.labels.missing));
            return self.unwrap(node, String::new(), marker);
        };
        if !self.out.attachments.iter().any(|known| known == id) {
            self.out.attachments.push(id.to_owned());
        }
        if words.is_empty() {
            node.append(self.node(NodeValue::Text(file.name.clone().into())));
        }
        let told = [file.kind.clone(), labels::size(file.bytes, self.labels)];
        let told: Vec<String> = told.into_iter().filter(|t| !t.is_empty()).collect();
        let told = escape(&told.join(", "));
        let before = format!("<a class=\"attachment\" href=\"{}\">", escape(&file.href));
        self.unwrap(node, before, format!(" <span class=\"attachment-note\">({told})</span></a>"));
    }
}

/// Whether an address is on this site.
pub(super) fn is_ours(href: &str) -> bool {
    let plain = href.chars().all(|c| !c.is_control() && !c.is_whitespace() && c != '\\');
    plain && href.starts_with('/') && !href.starts_with("//")
}

/// `http`, `https`, `mailto`, `tel`, an anchor of the page, or an address on this site.
pub(crate) fn is_allowed(url: &str) -> bool {
    if url.is_empty() || url.starts_with(PICTURE_SCHEME) || url.chars().any(char::is_control) {
        return false;
    }
    if url.starts_with("//") || url.contains('\\') {
        return false;
    }
    let end = url.find(['/', '?', '#']).unwrap_or(url.len());
    match url.get(..end).and_then(|head| head.split_once(':')) {
        None => true,
        Some((scheme, _)) => {
            ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
    }
}
