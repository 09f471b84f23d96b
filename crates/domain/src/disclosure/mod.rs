//! Small-cell protection: what the public may see of a count of people.

/// For whom something is shown. Without a token, the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Anyone: small counts of people are withheld.
    Public,
    /// A reviewer: raw counts, and that they looked is logged.
    Reviewer,
}
