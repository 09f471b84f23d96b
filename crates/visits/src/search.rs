//! A search of the site, as it is told to the counter.

use std::net::IpAddr;

/// A search that a reader made.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// The words.
    pub query: &'a str,
    /// How many results it had; those with results are not kept.
    pub results: u64,
    /// The reader's address: used for a keyed hash, never stored.
    pub address: IpAddr,
    /// `User-Agent`.
    pub user_agent: Option<&'a str>,
    /// `DNT: 1` or `Sec-GPC: 1`: then the search is not kept.
    pub asked_not: bool,
}
