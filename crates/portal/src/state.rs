//! What the pages need: the workspace, secrets for sessions, and publications that were protected before.

use std::sync::{Arc, Mutex, PoisonError};

use nhipcau_actions::{
    Setting, Workspace,
    basis::Evidence,
    maps, press,
    publication::{Publication, Published},
};
use nhipcau_domain::{disclosure::Audience, figure::Leaf};

use nhipcau_messages::Lang;

use crate::{
    failure::Failure,
    pages::search::SearchEvent,
    site::{frame::Frame, making},
};

/// How many publications are kept: as many as a busy day asks for.
const KEPT: usize = 8;

/// Makes unguessable text for a reviewer's session. Handed in, like the clock.
pub type Secrets = Arc<dyn Fn() -> String + Send + Sync>;

/// Hears of each search that a reader makes.
pub type Heard = Arc<dyn Fn(&SearchEvent<'_>) + Send + Sync>;

/// What the pages need. Cheap to clone.
#[derive(Clone)]
pub struct PortalState {
    /// Where use cases happen.
    pub workspace: Workspace,
    pub(crate) secrets: Secrets,
    /// Where the site is found from outside, without a slash at the end: `https://caungang.example`.
    pub(crate) base: Arc<str>,
    held: Arc<Mutex<Vec<Held>>>,
    frames: Arc<Mutex<Vec<Framed>>>,
    /// Whoever makes a publication: the others wait, and find it made.
    making: Arc<tokio::sync::Mutex<()>>,
    heard: Option<Heard>,
}

/// A frame, with what it was made of.
struct Framed {
    change: i64,
    lang: Lang,
    notices: Vec<uuid::Uuid>,
    frame: Arc<Frame>,
}

/// A publication, with everything that it was made of.
struct Held {
    change: i64,
    audience: Audience,
    evidence: (String, Vec<Leaf>),
    editions: usize,
    publication: Arc<Publication>,
}

impl PortalState {
    /// Pages of a workspace whose store is migrated.
    #[must_use]
    pub fn new(workspace: Workspace, secrets: Secrets) -> Self {
        Self {
            workspace,
            secrets,
            base: Arc::from("http://localhost"),
            held: Arc::default(),
            frames: Arc::default(),
            making: Arc::default(),
            heard: None,
        }
    }

    /// The same with somebody who hears of each search.
    #[must_use]
    pub fn on_search(mut self, heard: Heard) -> Self {
        self.heard = Some(heard);
        self
    }

    /// Tells of a search.
    pub(crate) fn searched(&self, event: &SearchEvent<'_>) {
        if let Some(heard) = &self.heard {
            heard(event);
        }
    }

    /// The same for a site that is found at this address from outside: scheme and host, such as
    /// `https://caungang.example`. Canonical links, feeds and site maps are made with it.
    #[must_use]
    pub fn with_base(mut self, base: &str) -> Self {
        self.base = Arc::from(base.trim_end_matches('/'));
        self
    }

    /// The frame of every page in a language; an empty one if it cannot be read, so that an error
    /// page can still be shown.
    pub(crate) async fn frame(&self, lang: Lang) -> Arc<Frame> {
        let Ok(site) = press::site(&self.workspace).await else { return Arc::default() };
        let now = self.workspace.now();
        let same = |f: &&Framed| {
            f.change == site.change
                && f.lang == lang
                && f.notices.iter().eq(site.notices_at(now).map(|n| &n.id))
        };
        let find = |held: &[Framed]| held.iter().find(same).map(|f| Arc::clone(&f.frame));
        if let Some(frame) = find(&self.frames.lock().unwrap_or_else(PoisonError::into_inner)) {
            return frame;
        }
        let campaign = match self.workspace.store().read().await {
            Ok(mut tx) => self.workspace.setting(&mut tx).await.is_ok(),
            Err(_) => false,
        };
        let map = maps::days(&self.workspace).await.is_ok_and(|days| !days.is_empty());
        let frame = Arc::new(Frame { map, ..making::frame(&site, lang, now, campaign) });
        let framed = Framed {
            change: site.change,
            lang,
            notices: site.notices_at(now).map(|n| n.id).collect(),
            frame: Arc::clone(&frame),
        };
        let mut held = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|f| f.change == site.change && f.lang != lang);
        held.push(framed);
        frame
    }

    /// Where the site is found from outside: as its settings say, or as it is served.
    pub(crate) fn base(&self, site: &press::Site) -> String {
        if site.settings.url.is_empty() { self.base.to_string() } else { site.settings.url.clone() }
    }

    /// What a period's evidence is as an audience may see it. Protecting takes the processor, so it
    /// is done off the event loop, and once for the same evidence.
    pub(crate) async fn publication(
        &self,
        setting: &Arc<Setting>,
        evidence: &Evidence,
        earlier: Vec<Published>,
        audience: Audience,
    ) -> Result<Arc<Publication>, Failure> {
        let editions = earlier.len();
        let same = |h: &Held| {
            let kept = (h.change, h.audience, h.editions) == (setting.change, audience, editions);
            kept && h.evidence.0 == evidence.period.as_str() && h.evidence.1 == evidence.leaves
        };
        if let Some(found) = self.find(same) {
            return Ok(found);
        }
        let _making = self.making.lock().await;
        if let Some(found) = self.find(same) {
            return Ok(found);
        }
        let (work, setting_of_work) = (evidence.clone(), Arc::clone(setting));
        let made = tokio::task::spawn_blocking(move || {
            let scope = &setting_of_work.definitions.campaign.scope;
            let basis = work.basis(&setting_of_work, scope, nhipcau_actions::basis::TreeDay::Then)?;
            Publication::of(&basis, &earlier, audience)
        });
        let publication = Arc::new(made.await.map_err(|_| Failure::Internal)??);
        let fresh = Held {
            change: setting.change,
            audience,
            evidence: (evidence.period.to_string(), evidence.leaves.clone()),
            editions,
            publication: Arc::clone(&publication),
        };
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|h| !(h.audience == audience && h.evidence.0 == fresh.evidence.0));
        held.insert(0, fresh);
        held.truncate(KEPT);
        Ok(publication)
    }

    fn find(&self, same: impl Fn(&Held) -> bool) -> Option<Arc<Publication>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().find(|h| same(h)).map(|h| Arc::clone(&h.publication))
    }
}
