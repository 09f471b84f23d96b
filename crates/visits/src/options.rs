//! The bounds and the policy of counting.

/// What is done with a hit whose reader asked not to be tracked (`DNT: 1` or `Sec-GPC: 1`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asked {
    /// Its view is counted, and nothing else: no key is made from its address, it starts no visit,
    /// it is not online, its referrer and device are not looked at.
    #[default]
    ViewOnly,
    /// It is left out altogether, as [`crate::Reason::AskedNot`].
    LeaveOut,
}

/// The bounds of the counters and the policy of counting; the defaults suit a local authority's site.
#[derive(Debug, Clone)]
pub struct Options {
    /// What `DNT` and `Sec-GPC` ask for.
    pub asked: Asked,
    /// Open visits that are held in memory, about 40 bytes each. Beyond, a view is counted exactly, and
    /// as *untracked*: the true number of visits lies between `visits` and `visits + untracked_views`.
    pub open_visits: usize,
    /// Changes from one page to another within a minute by one visitor, beyond which it is a machine
    /// ([`crate::Reason::TooFast`]) until it has been quiet for 30 minutes. Reloading one page is not a
    /// change. Loopback and private addresses are exempt: many people may stand behind them.
    pub changes_a_minute: u16,
    /// Paths with a count of their own per day; the rest are counted together.
    pub paths_a_day: usize,
    /// Referring hosts with a count of their own per day; the rest are counted together.
    pub referrers_a_day: usize,
    /// Searches without a result that are kept per day.
    pub searches_a_day: usize,
    /// Bytes of log after which the counters are written down and the log starts anew.
    pub checkpoint_bytes: u64,
    /// Further names of robots, matched anywhere in a user agent whatever the case.
    pub more_robots: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            asked: Asked::default(),
            open_visits: 200_000,
            changes_a_minute: 120,
            paths_a_day: 20_000,
            referrers_a_day: 1_000,
            searches_a_day: 1_000,
            checkpoint_bytes: 32 << 20,
            more_robots: Vec::new(),
        }
    }
}
