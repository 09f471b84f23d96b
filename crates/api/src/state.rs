//! What the API needs.

use std::{net::IpAddr, sync::Arc, time::Instant};

use nhipcau_actions::{Workspace, accounts::Door, heavy::Heavy};
use nhipcau_visits::Visits;
use nhipcau_web::limits::{Allowance, Limit};
use std::time::Duration;
use uuid::Uuid;

/// How much may be asked.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// By one client, with whatever tokens.
    pub client: Allowance,
    /// By one token.
    pub token: Allowance,
    /// By one client with tokens that are none.
    pub stranger: Allowance,
    /// Files of one token.
    pub files: Allowance,
}

impl Default for Limits {
    fn default() -> Self {
        let allowance = |burst, milliseconds| Allowance { burst, every: Duration::from_millis(milliseconds) };
        Self {
            client: allowance(400, 25),
            token: allowance(200, 50),
            stranger: allowance(20, 3_000),
            files: allowance(40, 3_000),
        }
    }
}

/// What the API needs. Cheap to clone.
#[derive(Clone)]
pub struct ApiState {
    pub(crate) door: Door,
    pub(crate) visits: Option<Visits>,
    pub(crate) heavy: Heavy,
    limits: Arc<Taken>,
}

struct Taken {
    client: Limit,
    token: Limit,
    stranger: Limit,
    files: Limit,
}

impl ApiState {
    /// An API behind a door.
    #[must_use]
    pub fn new(door: Door) -> Self {
        let state = Self { door, visits: None, heavy: Heavy::default(), limits: taken(&Limits::default()) };
        state.limited(&Limits::default())
    }

    /// The same with the visit counters.
    #[must_use]
    pub fn with_visits(mut self, visits: Visits) -> Self {
        self.visits = Some(visits);
        self
    }

    /// The same with limits of one's own.
    #[must_use]
    pub fn limited(mut self, limits: &Limits) -> Self {
        self.limits = taken(limits);
        self
    }

    pub(crate) fn ws(&self) -> &Workspace {
        &self.door.workspace
    }

    pub(crate) fn take_client(&self, client: IpAddr) -> Result<(), Duration> {
        self.limits.client.take(client, Instant::now())
    }

    pub(crate) fn take_stranger(&self, client: IpAddr) -> Result<(), Duration> {
        self.limits.stranger.take(client, Instant::now())
    }

    pub(crate) fn take_token(&self, token: Uuid) -> Result<(), Duration> {
        self.limits.token.take_by(token, Instant::now())
    }

    pub(crate) fn take_file(&self, token: Uuid) -> Result<(), Duration> {
        self.limits.files.take_by(token, Instant::now())
    }
}

fn taken(limits: &Limits) -> Arc<Taken> {
    Arc::new(Taken {
        client: Limit::new(limits.client),
        token: Limit::new(limits.token),
        stranger: Limit::new(limits.stranger),
        files: Limit::new(limits.files),
    })
}
