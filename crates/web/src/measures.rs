//! What an operator watches: counters in Prometheus' text form, on a port of their own.

use std::{
    fmt::Write as _,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

/// Upper bounds of the answer times that are told apart, in seconds.
const TIMES: [f64; 9] = [0.000_1, 0.000_5, 0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0];

/// Counters of a serving process.
#[derive(Debug)]
pub struct Measures {
    registry: Registry,
    /// By the first digit of the status.
    answers: [Counter; 5],
    times: Histogram,
    /// Answers that were in the cache.
    pub hits: Counter,
    /// Pages that had to be made.
    pub misses: Counter,
    /// Requests that were refused because one client asked too much.
    pub limited: Counter,
    /// Connections that are open.
    pub connections: Gauge,
    /// Pages and bytes in the cache, told when asked.
    cached_pages: Gauge,
    cached_bytes: Gauge,
    last_change: AtomicU64,
}

impl Default for Measures {
    fn default() -> Self {
        Self::new()
    }
}

impl Measures {
    /// Counters at zero.
    #[must_use]
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("nhipcau");
        let by_class = Family::<[(&'static str, &'static str); 1], Counter>::default();
        let answers =
            ["1xx", "2xx", "3xx", "4xx", "5xx"].map(|c| by_class.get_or_create_owned(&[("class", c)]));
        let times = Histogram::new(TIMES);
        let (hits, misses, limited) = (Counter::default(), Counter::default(), Counter::default());
        let (connections, cached_pages, cached_bytes) =
            (Gauge::default(), Gauge::default(), Gauge::default());
        registry.register("http_answers", "Answers by class of status", by_class.clone());
        registry.register_with_unit("http_answer_time", "Time to an answer", Unit::Seconds, times.clone());
        registry.register("page_cache_hits", "Answers that were in the page cache", hits.clone());
        registry.register("page_cache_misses", "Pages that had to be made", misses.clone());
        registry.register(
            "http_limited",
            "Requests refused because a client asked too much",
            limited.clone(),
        );
        registry.register("http_connections", "Open connections", connections.clone());
        registry.register("page_cache_pages", "Pages in the cache", cached_pages.clone());
        registry.register_with_unit(
            "page_cache_size",
            "Bytes in the page cache",
            Unit::Bytes,
            cached_bytes.clone(),
        );
        Self {
            registry,
            answers,
            times,
            hits,
            misses,
            limited,
            connections,
            cached_pages,
            cached_bytes,
            last_change: AtomicU64::new(0),
        }
    }

    /// Counts an answer.
    pub fn answered(&self, status: u16, took: Duration) {
        let [informed, given, elsewhere, asked_wrongly, failed] = &self.answers;
        let class = match status {
            100..200 => informed,
            200..300 => given,
            300..400 => elsewhere,
            400..500 => asked_wrongly,
            _ => failed,
        };
        class.inc();
        self.times.observe(took.as_secs_f64());
    }

    /// Counts a change that emptied the cache.
    pub fn changed(&self) {
        self.last_change.fetch_add(1, Ordering::Relaxed);
    }

    /// Everything, as Prometheus reads it; `more` is what others count, already in that form.
    #[must_use]
    pub fn text(&self, cached: (usize, usize), more: &[(&str, &str, u64)]) -> String {
        self.cached_pages.set(i64::try_from(cached.0).unwrap_or(i64::MAX));
        self.cached_bytes.set(i64::try_from(cached.1).unwrap_or(i64::MAX));
        let mut out = String::new();
        // Writing into memory cannot fail; an answer cut short would still be read.
        let _ = encode(&mut out, &self.registry);
        let end = out.strip_suffix("# EOF\n").map(str::len);
        out.truncate(end.unwrap_or(out.len()));
        let changes = self.last_change.load(Ordering::Relaxed);
        for (name, help, value) in more.iter().chain(std::iter::once(&(
            "page_cache_changes",
            "Changes that emptied the page cache",
            changes,
        ))) {
            let _ = write!(
                out,
                "# HELP nhipcau_{name} {help}.\n# TYPE nhipcau_{name} gauge\nnhipcau_{name} {value}\n"
            );
        }
        out.push_str("# EOF\n");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_class_and_time() {
        let measures = Measures::new();
        measures.answered(200, Duration::from_micros(80));
        measures.answered(304, Duration::from_millis(3));
        measures.hits.inc();
        let text = measures.text((2, 4096), &[("visits_online", "Visitors of the last minutes", 45)]);
        for line in [
            "nhipcau_http_answers_total{class=\"2xx\"} 1",
            "nhipcau_http_answer_time_seconds_count 2",
            "nhipcau_page_cache_hits_total 1",
            "nhipcau_page_cache_size_bytes 4096",
            "nhipcau_visits_online 45",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} is missing in\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
    }
}
