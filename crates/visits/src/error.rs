//! What can go wrong, named so that a person can be told.

use std::{io, path::PathBuf};

use jiff::civil::Date;

/// Why the visit log could not be used. `id` is the message's name in the catalogue.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VisitsError {
    /// The folder or a file in it could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process is counting into this folder.
    #[error("{0}: another process is counting into this folder")]
    InUse(PathBuf),
    /// A file of counters is not as it was written; nothing was changed.
    #[error("{0}: the file is damaged; restore it from a backup")]
    Damaged(PathBuf),
    /// A file was written by a newer version of the program.
    #[error("{0}: written by a newer version")]
    Newer(PathBuf),
    /// The log to import covers a time that another import covers.
    #[error("the log covers {from} to {to}, which another import covers in part")]
    Overlaps {
        /// The first local day of the other import.
        from: Date,
        /// Its last local day.
        to: Date,
    },
    /// A carried-over total must lie before the first day that is counted here.
    #[error("{day} is not before {since}, the first day that is counted here")]
    TotalTooLate {
        /// The day that was asked for.
        day: Date,
        /// The first day that this log counted itself.
        since: Date,
    },
}

impl VisitsError {
    /// The message's name in `locales/*/visits.ftl`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::Io { .. } => "visits-file-failed",
            Self::InUse(_) => "visits-in-use",
            Self::Damaged(_) => "visits-damaged",
            Self::Newer(_) => "visits-newer",
            Self::Overlaps { .. } => "visits-import-overlaps",
            Self::TotalTooLate { .. } => "visits-total-too-late",
        }
    }

    /// The message's values, by name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Io { path, source } => {
                vec![("file", path.display().to_string()), ("detail", source.to_string())]
            }
            Self::InUse(path) | Self::Damaged(path) | Self::Newer(path) => {
                vec![("file", path.display().to_string())]
            }
            Self::Overlaps { from, to } => vec![("from", from.to_string()), ("to", to.to_string())],
            Self::TotalTooLate { day, since } => vec![("day", day.to_string()), ("since", since.to_string())],
        }
    }
}

/// Names the file in an error.
pub(crate) fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> VisitsError {
    let path = path.into();
    |source| VisitsError::Io { path, source }
}
