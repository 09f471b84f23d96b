//! The tree of units on a day.

use askama::Template;
use nhipcau_domain::Date;

use crate::{
    page::Page,
    views::{Choice, NodeView},
};

/// The tree's page.
#[derive(Debug, Clone, Template)]
#[template(path = "tree.html")]
pub struct TreePage {
    /// What every page carries.
    pub page: Page,
    /// The day that it is read on.
    pub day: Date,
    /// How many units are open on that day.
    pub count: usize,
    /// Days that matter.
    pub days: Vec<Choice>,
    /// Where the form for another day goes.
    pub action: String,
    /// Parameters that the form keeps.
    pub kept: Vec<(String, String)>,
    /// The tree, parents before children.
    pub steps: Vec<Step>,
}

/// A step of the way through the tree: a template cannot call itself.
#[derive(Debug, Clone)]
pub enum Step {
    /// A unit without any below it.
    Leaf(NodeView),
    /// A unit; those below it follow.
    Open {
        /// The unit.
        node: NodeView,
        /// How many report to it.
        children: usize,
        /// Whether they are seen at once.
        unfolded: bool,
    },
    /// The last one below the last unit that opened.
    Close,
}
