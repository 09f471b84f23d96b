//! The tree to HTML, with our own headings, tables and paragraphs of pictures.

use std::fmt::{self, Write};

use comrak::{
    Node, Options,
    html::{ChildRendering, Context, format_document_with_formatter, format_node_default},
    nodes::{NodeValue, TableAlignment},
    options::Plugins,
};

use super::{Heading, escape};
use crate::labels::Labels;

/// What the walk needs to know.
struct State {
    headings: std::vec::IntoIter<(u8, String)>,
    /// Of the headings that are open: their closing tag.
    open: Vec<u8>,
    table: &'static str,
}

/// Writes the HTML. `headings` are those of the tree, in its order.
pub(super) fn html(
    root: Node<'_>,
    options: &Options<'_>,
    labels: &'static Labels,
    headings: &[Heading],
) -> String {
    let headings: Vec<(u8, String)> = headings.iter().map(|h| (h.level, h.id.clone())).collect();
    let state = State { headings: headings.into_iter(), open: Vec::new(), table: labels.table };
    let mut out = String::new();
    let plugins = Plugins::default();
    // Writing to a string does not fail.
    let _ = format_document_with_formatter(root, options, &mut out, &plugins, node, state);
    out
}

fn node(context: &mut Context<State>, node: Node<'_>, entering: bool) -> Result<ChildRendering, fmt::Error> {
    match &node.data().value {
        NodeValue::Heading(_) if entering => {
            let (level, id) = context.user.headings.next().unwrap_or((2, String::new()));
            context.user.open.push(level);
            context.cr()?;
            write!(context, "<h{level} id=\"{id}\">")?;
        }
        NodeValue::Heading(_) => {
            let level = context.user.open.pop().unwrap_or(2);
            writeln!(context, "</h{level}>")?;
        }
        NodeValue::Table(_) if entering => {
            context.cr()?;
            let label = escape(context.user.table);
            write!(
                context,
                "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">"
            )?;
            return format_node_default(context, node, true);
        }
        NodeValue::Table(_) => {
            format_node_default(context, node, false)?;
            context.write_str("</div>\n")?;
        }
        NodeValue::TableCell => cell(context, node, entering)?,
        NodeValue::Paragraph if is_figures(node) => {}
        _ => return format_node_default(context, node, entering),
    }
    Ok(ChildRendering::HTML)
}

/// A cell with our own classes: `align` is no longer HTML, and styles in the page are forbidden.
fn cell(context: &mut Context<State>, node: Node<'_>, entering: bool) -> fmt::Result {
    let head = node.parent().is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(true)));
    let tag = if head { "th" } else { "td" };
    if !entering {
        return write!(context, "</{tag}>");
    }
    let scope = if head { " scope=\"col\"" } else { "" };
    let class = match alignment(node) {
        Some(TableAlignment::Right) => " class=\"to-end\"",
        Some(TableAlignment::Center) => " class=\"to-center\"",
        _ => "",
    };
    context.cr()?;
    write!(context, "<{tag}{scope}{class}>")
}

fn alignment(cell: Node<'_>) -> Option<TableAlignment> {
    let column = cell.preceding_siblings().skip(1).count();
    let table = cell.parent()?.parent()?;
    let NodeValue::Table(table) = &table.data().value else { return None };
    table.alignments.get(column).copied()
}

/// Figures are blocks: no paragraph around them.
fn is_figures(node: Node<'_>) -> bool {
    let mut any = false;
    let only = node.children().all(|c| match &c.data().value {
        NodeValue::Raw(html) => {
            any |= html.starts_with("<figure");
            html.starts_with("<figure")
        }
        NodeValue::SoftBreak | NodeValue::LineBreak => true,
        _ => false,
    });
    any && only
}
