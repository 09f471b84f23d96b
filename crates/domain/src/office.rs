//! Who acts, and what an office may do: on the site by roles, granted on columns; with returns and
//! reports by duties, over a part of the tree.
//!
//! An office acts, never a person: its holder changes, the office's history stays.

mod duty;

use serde::{Deserialize, Serialize};

pub use self::duty::{Duty, Posting, Power, Reach};
use crate::{
    id::{ColumnId, OfficeId},
    problem::Problem,
};

/// What an office may do on the site; each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Writes and submits.
    Writer,
    /// Changes what others wrote, returns it, approves it.
    Editor,
    /// Publishes, schedules and withdraws.
    Publisher,
    /// Sets up columns, pages, offices and notices.
    Administrator,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [Self::Writer, Self::Editor, Self::Publisher, Self::Administrator];

    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Writer => "writer",
            Self::Editor => "editor",
            Self::Publisher => "publisher",
            Self::Administrator => "administrator",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == name)
    }
}

/// A role, on a column with all columns under it, or on the whole site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// On which column; none is the whole site.
    pub column: Option<ColumnId>,
}

/// An office that acts, with what it was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// Which office.
    pub office: OfficeId,
    /// What it was granted on the site.
    pub grants: Vec<Grant>,
    /// What it does with returns and reports.
    pub postings: Vec<Posting>,
}

impl Acting {
    /// The program itself, acting for an office at the command line: whoever holds the data folder
    /// holds everything in it.
    #[must_use]
    pub fn at_the_machine(office: OfficeId) -> Self {
        let postings = Duty::ALL.into_iter().map(|duty| Posting { duty, reach: Reach::All }).collect();
        Self { office, grants: vec![Grant { role: Role::Administrator, column: None }], postings }
    }

    /// The highest role on a column. `path` is the column with the columns above it, in any order;
    /// an empty path asks for the whole site.
    #[must_use]
    pub fn role_on(&self, path: &[ColumnId]) -> Option<Role> {
        let holds = |grant: &&Grant| grant.column.as_ref().is_none_or(|column| path.contains(column));
        self.grants.iter().filter(holds).map(|grant| grant.role).max()
    }

    /// Whether it holds a power over any unit at all.
    #[must_use]
    pub fn holds(&self, power: Power) -> bool {
        self.postings.iter().any(|p| p.duty.powers().contains(&power))
    }

    /// The highest role anywhere.
    #[must_use]
    pub fn highest(&self) -> Option<Role> {
        self.grants.iter().map(|grant| grant.role).max()
    }

    /// Refuses an office that lacks a role on a column.
    ///
    /// # Errors
    /// `office-may-not`, with the office.
    pub fn require(&self, role: Role, path: &[ColumnId]) -> Result<(), Problem> {
        if self.role_on(path).is_some_and(|held| held >= role) {
            return Ok(());
        }
        Err(Problem::new("office-may-not").with("office", self.office.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor_of(column: &str) -> Acting {
        Acting {
            office: "to-bien-tap".into(),
            grants: vec![
                Grant { role: Role::Writer, column: None },
                Grant { role: Role::Editor, column: Some(column.into()) },
            ],
            postings: Vec::new(),
        }
    }

    #[test]
    fn a_role_on_a_column_reaches_the_columns_under_it_and_no_others() {
        let acting = editor_of("tin-tuc");
        let under: [ColumnId; 2] = ["hoat-dong".into(), "tin-tuc".into()];
        let beside: [ColumnId; 1] = ["van-hoa".into()];
        assert_eq!(acting.require(Role::Editor, &under), Ok(()));
        assert_eq!(acting.role_on(&beside), Some(Role::Writer));
        assert!(acting.require(Role::Editor, &beside).is_err());
        assert!(acting.require(Role::Editor, &[]).is_err());
        assert!(acting.require(Role::Publisher, &under).is_err());
    }

    #[test]
    fn a_role_includes_those_before_it() {
        let acting = Acting::at_the_machine("quan-tri".into());
        for role in Role::ALL {
            assert_eq!(acting.require(role, &[]), Ok(()));
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
    }
}
