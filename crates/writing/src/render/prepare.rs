//! Goes once through the tree: headings are levelled and named, figures, pictures, attachments and
//! links are put in or left out.

use std::collections::HashSet;

use comrak::{
    Arena, Node,
    nodes::{Ast, AstNode, LineColumn, NodeValue},
};
use nhipcau_domain::{
    press,
    problem::{Problem, Severity},
};

use super::{Heading, Rendered, place, raw, short};
use crate::{labels::Labels, mask::Masked, resolve::Resolve, text};

/// The walk, and what it finds.
pub(super) struct Prepare<'a, 'o> {
    pub arena: &'a Arena<'a>,
    pub masked: &'o Masked,
    pub resolve: &'o dyn Resolve,
    pub labels: &'static Labels,
    pub out: &'o mut Rendered,
}

impl<'a> Prepare<'a, '_> {
    pub(super) fn document(&mut self, root: Node<'a>) {
        self.headings(root);
        // Collected first: the walk takes nodes out and puts others in.
        let nodes: Vec<Node<'a>> = root.descendants().collect();
        for node in nodes {
            let value = node.data().value.clone();
            match value {
                NodeValue::Text(literal) => self.figures(node, &literal),
                NodeValue::Code(mut code) => {
                    code.literal = self.masked.unmask(&code.literal);
                    node.data_mut().value = NodeValue::Code(code);
                }
                NodeValue::CodeBlock(mut block) => {
                    block.literal = self.masked.unmask(&block.literal);
                    node.data_mut().value = NodeValue::CodeBlock(block);
                }
                NodeValue::Link(link) => self.link(node, &link.url),
                NodeValue::Image(link) => self.picture(node, &link.url, &link.title),
                NodeValue::HtmlInline(html) => {
                    let html = self.html(node, &html);
                    node.data_mut().value = NodeValue::HtmlInline(html);
                }
                NodeValue::HtmlBlock(mut block) => {
                    block.literal = self.html(node, &block.literal);
                    node.data_mut().value = NodeValue::HtmlBlock(block);
                }
                _ => {}
            }
        }
    }

    /// A comment is dropped; any other HTML is shown as typed, and told once.
    fn html(&mut self, node: Node<'a>, html: &str) -> String {
        let trimmed = html.trim();
        if trimmed.starts_with("<!--") && trimmed.ends_with("-->") {
            return String::new();
        }
        let html = self.masked.unmask(html);
        if !self.out.problems.iter().any(|p| p.id == "writing-html-shown") {
            let problem = Problem::new("writing-html-shown").with("found", short(html.trim()));
            self.problem(problem.severity(Severity::Notice), place(node));
        }
        html
    }

    /// The highest level in use becomes 2, and none is skipped: what assistive technology expects.
    fn headings(&mut self, root: Node<'a>) {
        let mut open: Vec<u8> = Vec::new();
        let mut ids = HashSet::new();
        for node in root.descendants() {
            let mut data = node.data_mut();
            let NodeValue::Heading(heading) = &mut data.value else { continue };
            while open.last().is_some_and(|above| *above >= heading.level) {
                open.pop();
            }
            open.push(heading.level);
            heading.level = u8::try_from(open.len() + 1).unwrap_or(6).min(6);
            let level = heading.level;
            drop(data);
            let text = text::line(node, self.masked, self.resolve);
            let id = unique(&text, &mut ids);
            self.out.headings.push(Heading { level, id, text });
        }
    }

    pub(super) fn problem(&mut self, problem: Problem, (line, column): (u32, u32)) {
        self.out.problems.push(problem.at_line(line, column));
    }

    /// A new node of our own HTML.
    pub(super) fn raw(&self, html: String) -> Node<'a> {
        self.node(raw(html))
    }

    pub(super) fn node(&self, value: NodeValue) -> Node<'a> {
        let ast = Ast::new(value, LineColumn { line: 1, column: 1 });
        self.arena.alloc(AstNode::from(ast))
    }

    /// Takes a node away and leaves what was in it, between two pieces of our own HTML.
    pub(super) fn unwrap(&self, node: Node<'a>, before: String, after: String) {
        node.insert_before(self.raw(before));
        let children: Vec<Node<'a>> = node.children().collect();
        for child in children {
            node.insert_before(child);
        }
        node.insert_before(self.raw(after));
        node.detach();
    }
}

/// An anchor of the heading's words. The prefix keeps it apart from the page's own anchors.
fn unique(text: &str, taken: &mut HashSet<String>) -> String {
    let slug = press::slug(text);
    let base = if slug.is_empty() { "muc".to_owned() } else { format!("muc-{slug}") };
    let mut id = base.clone();
    let mut number = 1_u32;
    while !taken.insert(id.clone()) {
        number += 1;
        id = format!("{base}-{number}");
    }
    id
}
