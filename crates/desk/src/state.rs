//! What the desk needs.

use nhipcau_actions::{Workspace, accounts::Door, heavy::Heavy};
use nhipcau_visits::Visits;

use crate::pages::service::Service;

/// What the desk needs. Cheap to clone.
#[derive(Clone)]
pub struct DeskState {
    pub(crate) door: Door,
    /// The site's address for links that leave it, such as a set-up link: `https://…`, without a slash.
    pub(crate) base: String,
    /// The visit counters, where visits are counted.
    pub(crate) visits: Option<Visits>,
    /// Where the public pages' stylesheet and script are, for what is seen as readers will see it.
    pub(crate) look: Option<(String, String)>,
    /// The places for what takes a processor and much memory.
    pub(crate) heavy: Heavy,
    /// Another's sign-in service, where people may come in by one.
    pub(crate) service: Option<Service>,
}

impl DeskState {
    /// A desk behind a door; `base` is the site's address, without a slash at the end.
    #[must_use]
    pub fn new(door: Door, base: &str) -> Self {
        Self {
            door,
            base: base.trim_end_matches('/').to_owned(),
            visits: None,
            look: None,
            heavy: Heavy::default(),
            service: None,
        }
    }

    /// The same with the visit counters, for the editors' dashboard.
    #[must_use]
    pub fn with_visits(mut self, visits: Visits) -> Self {
        self.visits = Some(visits);
        self
    }

    /// The same with the public pages' stylesheet and script, by their addresses: a link that shows an article
    /// before it is out shows it as readers will see it.
    #[must_use]
    pub fn with_look(mut self, style: String, script: String) -> Self {
        self.look = Some((style, script));
        self
    }

    /// The same with another's sign-in service, under the name that people know it by.
    #[must_use]
    pub fn with_service(mut self, provider: nhipcau_sso::Provider, label: &str) -> Self {
        self.service = Some(Service::new(provider, label));
        self
    }

    pub(crate) fn ws(&self) -> &Workspace {
        &self.door.workspace
    }
}
