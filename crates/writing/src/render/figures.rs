//! Bound figures inside a line.

use comrak::{Node, nodes::NodeValue};
use nhipcau_domain::problem::Problem;

use super::{FigureUse, escape, figure, links::is_ours, prepare::Prepare};
use crate::{
    mask::{Braces, FILLER},
    resolve::{Bound, Form, Resolve},
};

impl<'a> Prepare<'a, '_> {
    /// Puts figures where their marks are.
    pub(super) fn figures(&mut self, node: Node<'a>, literal: &str) {
        if !literal.contains(|c| c == FILLER || self.masked.braces(c).is_some()) {
            return;
        }
        // A link inside a link is no HTML.
        let linked = node.ancestors().any(|n| matches!(n.data().value, NodeValue::Link(_)));
        let mut words = String::new();
        for c in literal.chars().filter(|c| *c != FILLER) {
            let Some(braces) = self.masked.braces(c) else {
                words.push(c);
                continue;
            };
            if !words.is_empty() {
                node.insert_before(self.node(NodeValue::Text(std::mem::take(&mut words).into())));
            }
            let html = self.figure_html(braces, linked);
            node.insert_before(self.raw(html));
        }
        if words.is_empty() {
            node.detach();
        } else {
            node.data_mut().value = NodeValue::Text(words.into());
        }
    }

    fn figure_html(&mut self, braces: &Braces, linked: bool) -> String {
        let at = (braces.line, braces.column);
        let (key, form) = match figure(braces) {
            Ok(read) => read,
            Err(problem) => {
                self.out.problems.push(problem);
                return self.unknown(&braces.inner);
            }
        };
        let bound = self.resolve.figure(&key, form);
        let wording = bound.as_ref().map(|b| b.wording.clone());
        let (line, column) = at;
        self.out.figures.push(FigureUse { key: key.clone(), form, line, column, wording });
        if let Some(bound) = bound {
            return shown(&bound, linked);
        }
        self.problem(unknown_problem(self.resolve, &key, form), at);
        self.unknown(&key)
    }

    fn unknown(&self, key: &str) -> String {
        let (words, key) = (escape(self.labels.unknown_figure), escape(key.trim()));
        format!("<mark class=\"figure-unknown\">{words}: {key}</mark>")
    }
}

/// A figure that there is, but not in that form, is said so.
fn unknown_problem(resolve: &dyn Resolve, key: &str, form: Form) -> Problem {
    if form != Form::Wording && resolve.figure(key, Form::Wording).is_some() {
        return Problem::new("writing-figure-no-form").with("key", key).with("form", form.as_str());
    }
    Problem::new("writing-figure-unknown").with("key", key)
}

fn shown(bound: &Bound, linked: bool) -> String {
    let class = if bound.protected.is_some() { "figure figure-protected" } else { "figure" };
    let title = bound.protected.as_ref().map(|n| format!(" title=\"{}\"", escape(n))).unwrap_or_default();
    let wording = escape(&bound.wording);
    if linked || !is_ours(&bound.href) {
        return format!("<span class=\"{class}\"{title}>{wording}</span>");
    }
    format!("<a class=\"{class}\" href=\"{}\"{title}>{wording}</a>", escape(&bound.href))
}
