//! The tree of units on a day.

use std::collections::BTreeSet;

use askama::Template;
use axum::{extract::State, response::Html};
use nhipcau_domain::{Date, period::Period, tree::Ix};

use crate::{
    failure::Failure,
    page::{Page, Section},
    reader::Reader,
    reading::{Reading, html},
    routes,
    state::PortalState,
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

/// More units than this are not drawn down to the last: their pages list who is below.
const MOST_DRAWN: usize = 3_000;
/// How deep the tree is seen before a reader opens anything.
const SEEN_AT_ONCE: usize = 2;
/// How deep a larger tree is drawn.
const DEEPEST_OF_LARGE: usize = 2;

/// Shows the tree on a day; today's if none is named.
pub async fn show(State(state): State<PortalState>, reader: Reader) -> Result<Html<String>, Failure> {
    let mut reading = Reading::begin(state, reader).await?;
    let periods = reading.reported().await?;
    let day = reading.reader.day()?.unwrap_or(reading.today);
    let page = reading.page(Section::Tree);
    let tree = &reading.setting.tree;
    let count = tree.open_on(day).count();
    let deepest = if count > MOST_DRAWN { DEEPEST_OF_LARGE } else { usize::MAX };
    let mut steps = Vec::with_capacity(count);
    for root in tree.roots(day) {
        walk(&reading, &page, root, day, deepest, &mut steps);
    }
    let period = page.period.clone().map(|period| (routes::PERIOD.to_owned(), period));
    let fields = page.kept_fields().into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let kept = period.into_iter().chain(fields).collect();
    html(&TreePage {
        days: days(&reading, &page, &periods, day),
        action: routes::TREE.to_owned(),
        kept,
        day,
        count,
        steps,
        page,
    })
}

/// How many of the latest days on which units closed are offered.
const UPHEAVALS: usize = 3;

/// Days that matter: the first and last of the periods with numbers, the latest on which units
/// closed, and today.
fn days(reading: &Reading, page: &Page, periods: &[Period], chosen: Date) -> Vec<Choice> {
    let tree = &reading.setting.tree;
    let closed: BTreeSet<Date> =
        tree.all().filter_map(|ix| tree.closed(ix)).filter(|day| *day <= reading.today).collect();
    let mut days: BTreeSet<Date> = closed.into_iter().rev().take(UPHEAVALS).collect();
    days.extend(periods.iter().flat_map(|p| [p.first, p.last]));
    days.insert(chosen);
    days.retain(|day| *day != reading.today);
    let choice = |label, day: Date| Choice { label, href: page.tree_on(&day), current: day == chosen };
    let named = days.into_iter().map(|day| choice(page.date(&day), day));
    named.chain([choice(page.t("portal-today"), reading.today)]).collect()
}

/// Depth first, without recursion: a tree may be deeper than a stack.
fn walk(reading: &Reading, page: &Page, root: Ix, day: Date, deepest: usize, steps: &mut Vec<Step>) {
    let tree = &reading.setting.tree;
    let mut open: Vec<Option<Ix>> = vec![Some(root)];
    let mut depth = 0;
    while let Some(next) = open.pop() {
        let Some(ix) = next else {
            steps.push(Step::Close);
            depth -= 1;
            continue;
        };
        let children: Vec<Ix> = tree.children(ix, day).collect();
        let node = reading.node(page, ix, day);
        if children.is_empty() || depth >= deepest {
            steps.push(Step::Leaf(node));
            continue;
        }
        let unfolded = depth < SEEN_AT_ONCE;
        steps.push(Step::Open { node, children: children.len(), unfolded });
        depth += 1;
        open.push(None);
        open.extend(children.into_iter().rev().map(Some));
    }
}
