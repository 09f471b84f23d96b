//! The frame of every page: whose site it is, its columns, its notices, who answers for it.

use nhipcau_domain::Timestamp;

/// The frame, in one language. Made once for each change of the site.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The authority's name; empty before the site is set up.
    pub authority: String,
    /// What stands under it.
    pub motto: String,
    /// The columns that are shown, parents before children, in their order.
    pub columns: Vec<NavColumn>,
    /// Who answers for the site.
    pub identity: Identity,
    /// Announcements of outages that are not over.
    pub notices: Vec<NoticeView>,
    /// Whether a campaign's results can be shown.
    pub campaign: bool,
    /// Whether there is a map to show.
    pub map: bool,
    /// When a notice ends, or begins: what was made before must not be shown after.
    pub until: Option<Timestamp>,
}

/// A column in the navigation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NavColumn {
    /// Its identity.
    pub id: String,
    /// Its name in the frame's language.
    pub name: String,
    /// Its part of the address.
    pub slug: String,
    /// What it is about.
    pub description: String,
    /// How many are above it.
    pub depth: usize,
}

/// What the law asks a portal to say of itself (Decree 42/2022/NĐ-CP).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The body that manages it (cơ quan quản lý).
    pub managing: String,
    /// The body above that one (cơ quan chủ quản).
    pub parent: String,
    /// Where it sits.
    pub address: String,
    /// Its e-mail address.
    pub email: String,
    /// Its telephone.
    pub phone: String,
    /// Who answers for the content.
    pub responsible: String,
    /// Its licence, if it has one.
    pub licence: String,
}

/// An announced outage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeView {
    /// What is said.
    pub text: String,
    /// From when, by the local clock.
    pub from: String,
    /// Until when, by the local clock.
    pub until: String,
}

/// A step of the way through the columns: a template cannot call itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// A column; if it opens, those below it follow until the matching close.
    Column {
        /// The column.
        column: &'a NavColumn,
        /// Whether there are columns below it.
        opens: bool,
    },
    /// The last below the last that opened.
    Close,
}

impl Frame {
    /// A column by identity.
    #[must_use]
    pub fn column(&self, id: &str) -> Option<&NavColumn> {
        self.columns.iter().find(|c| c.id == id)
    }

    /// The columns as a walk through a tree.
    #[must_use]
    pub fn steps(&self) -> Vec<Step<'_>> {
        let mut steps = Vec::with_capacity(self.columns.len() * 2);
        let depths = self.columns.iter().map(|c| c.depth).skip(1).chain([0]);
        for (column, next) in self.columns.iter().zip(depths) {
            steps.push(Step::Column { column, opens: next > column.depth });
            steps.extend((next..column.depth).map(|_| Step::Close));
        }
        steps
    }

    /// From the highest column down to this one.
    #[must_use]
    pub fn trail(&self, id: &str) -> Vec<&NavColumn> {
        let Some(at) = self.columns.iter().position(|c| c.id == id) else { return Vec::new() };
        let mut trail: Vec<&NavColumn> = Vec::new();
        for column in self.columns.iter().take(at + 1).rev() {
            if trail.last().is_none_or(|below| column.depth < below.depth) {
                trail.push(column);
            }
        }
        trail.reverse();
        trail
    }

    /// The columns right below one, or the highest of all.
    #[must_use]
    pub fn below(&self, id: Option<&str>) -> Vec<&NavColumn> {
        let Some(id) = id else { return self.columns.iter().filter(|c| c.depth == 0).collect() };
        let Some(at) = self.columns.iter().position(|c| c.id == id) else { return Vec::new() };
        let depth = self.columns.get(at).map_or(0, |c| c.depth);
        let inside = self.columns.iter().skip(at + 1).take_while(|c| c.depth > depth);
        inside.filter(|c| c.depth == depth + 1).collect()
    }
}

impl Identity {
    /// Its lines that say something: the name of each in the catalogue, and what it says.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("site-managing", &self.managing),
            ("site-parent", &self.parent),
            ("site-responsible", &self.responsible),
            ("site-address", &self.address),
            ("site-phone", &self.phone),
            ("site-email", &self.email),
            ("site-licence", &self.licence),
        ];
        all.into_iter().map(|(name, said)| (name, said.as_str())).filter(|(_, s)| !s.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        let columns = [("a", 0), ("a1", 1), ("a11", 2), ("a2", 1), ("b", 0)];
        let columns = columns.map(|(id, depth)| NavColumn { id: id.into(), depth, ..NavColumn::default() });
        Frame { columns: columns.to_vec(), ..Frame::default() }
    }

    fn ids(columns: Vec<&NavColumn>) -> Vec<&str> {
        columns.into_iter().map(|c| c.id.as_str()).collect()
    }

    #[test]
    fn every_column_that_opens_closes() {
        let frame = frame();
        let told: String = frame
            .steps()
            .iter()
            .map(|step| match step {
                Step::Column { column, opens: true } => format!("{}(", column.id),
                Step::Column { column, opens: false } => format!("{} ", column.id),
                Step::Close => ")".to_owned(),
            })
            .collect();
        assert_eq!(told, "a(a1(a11 )a2 )b ");
    }

    #[test]
    fn a_column_knows_who_is_above_and_below() {
        let frame = frame();
        assert_eq!(ids(frame.trail("a11")), ["a", "a1", "a11"]);
        assert_eq!(ids(frame.trail("a2")), ["a", "a2"]);
        assert_eq!(ids(frame.below(Some("a"))), ["a1", "a2"]);
        assert_eq!(ids(frame.below(None)), ["a", "b"]);
        assert!(frame.trail("x").is_empty() && frame.below(Some("b")).is_empty());
    }
}
