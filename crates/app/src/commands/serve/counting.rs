//! Between the pages that are served and the visits that are counted.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use nhipcau_visits::{Answer, Hit, Options, Recorded, Search, Visits};
use nhipcau_web::{
    client::Client,
    manners::{self, View},
    prepared::Counts,
};

use crate::{place::Place, system};

/// Opens the visit log of a data folder.
pub fn open(place: &Place) -> anyhow::Result<Visits> {
    let clock = Arc::new(jiff::Timestamp::now);
    Ok(Visits::open(&place.visits(), clock, Arc::new(system::random::<32>), Options::default())
        .map_err(|e| said(&e))?)
}

/// A plain sentence of what went wrong with the visit log.
pub fn said(error: &nhipcau_visits::VisitsError) -> nhipcau_domain::problem::Problem {
    let mut problem = nhipcau_domain::problem::Problem::new(error.id());
    for (name, value) in error.args() {
        problem = problem.with(name, value);
    }
    problem
}

/// Keeps the words of searches that found nothing.
pub fn searches(visits: Visits) -> nhipcau_portal::Heard {
    Arc::new(move |event| {
        let text = |name: &str| event.headers.get(name).and_then(|v| v.to_str().ok());
        let Some(client) = event.extensions.get::<Client>() else { return };
        visits.record_search(Search {
            query: event.query,
            results: event.results.into(),
            address: client.address,
            user_agent: text("user-agent"),
            asked_not: text("dnt") == Some("1") || text("sec-gpc") == Some("1"),
        });
    })
}

/// Counts the views that pages have.
pub struct Counting {
    visits: Visits,
    host: String,
    /// Whether the last view could not be written: said in the log when it changes, not for each view.
    losing: AtomicBool,
}

impl Counting {
    /// Counts into a log, for the site at an address.
    pub fn new(visits: Visits, base: &str) -> Self {
        let host = base.split("://").nth(1).unwrap_or(base).to_owned();
        Self { visits, host, losing: AtomicBool::new(false) }
    }
}

impl manners::Visits for Counting {
    fn viewed(&self, view: &View<'_>) {
        let mut hit = Hit {
            host: &self.host,
            answer: Answer::of_status(view.status.as_u16()),
            known: !view.status.is_client_error(),
            ..Hit::of(view.path, view.client, None)
        };
        // One walk over the few headers that there are, instead of a search for each that there may be.
        for (name, value) in view.headers {
            let Ok(value) = value.to_str() else { continue };
            let first = |known: &mut Option<_>| *known = known.or(Some(value));
            match name.as_str() {
                "user-agent" => first(&mut hit.user_agent),
                "referer" => first(&mut hit.referrer),
                "accept-language" => first(&mut hit.language),
                "sec-purpose" | "purpose" | "x-moz" => first(&mut hit.purpose),
                "dnt" => hit.dnt |= value == "1",
                "sec-gpc" => hit.gpc |= value == "1",
                _ => {}
            }
        }
        // The gap is on record in the log itself, and shown on the editors' page.
        let lost = self.visits.record(hit) == Recorded::NotWritten;
        if self.losing.swap(lost, Ordering::Relaxed) != lost {
            tracing::warn!(
                lost,
                "whether views are lost has changed: the visit log cannot be written, or can again"
            );
        }
    }

    fn counts(&self) -> Counts {
        let totals = self.visits.totals();
        Counts { online: totals.online, today: totals.today, week: totals.week, all: totals.all_visits }
    }
}
