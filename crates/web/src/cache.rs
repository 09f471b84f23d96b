//! Pages that were made before, in bounded memory. Emptied by what changes a page, never by waiting.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CONTENT_ENCODING, ETAG, VARY},
};

use crate::prepared::{Coding, Prepared};

/// What one page may take of the memory, at most: an eighth.
const SHARE: usize = 8;

/// An answer that can be given again.
#[derive(Debug)]
pub struct Kept {
    /// Its status.
    pub status: StatusCode,
    /// Its body.
    pub body: Prepared,
    /// Whether it is told to who counts visits.
    pub counted: bool,
    heads: [Head; 3],
    used: AtomicU64,
}

/// What goes before a body in one coding.
#[derive(Debug)]
pub struct Head {
    /// The tag: whatever the counters say, the same page has the same. In gzip and brotli it has a suffix,
    /// as the bytes differ.
    pub tag: String,
    /// All headers but the body's length.
    pub headers: HeaderMap,
}

impl Head {
    fn new(coding: Coding, status: StatusCode, mut headers: HeaderMap, tag: &str) -> Self {
        let vary = headers.get_all(VARY).iter().map(HeaderValue::as_bytes).chain([&b"Accept-Encoding"[..]]);
        if let Ok(vary) = HeaderValue::from_bytes(&vary.collect::<Vec<_>>().join(&b", "[..])) {
            headers.insert(VARY, vary);
        }
        let tag = match coding.name() {
            None => format!("\"{tag}\""),
            Some(name) => {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
                format!("\"{tag}-{name}\"")
            }
        };
        if status == StatusCode::OK
            && let Ok(tag) = HeaderValue::from_str(&tag)
        {
            headers.insert(ETAG, tag);
        }
        Self { tag, headers }
    }
}

impl Kept {
    /// An answer with these headers besides those of its body's coding and length.
    #[must_use]
    pub fn new(status: StatusCode, headers: &HeaderMap, body: Prepared, tag: &str, counted: bool) -> Self {
        let head = |coding| Head::new(coding, status, headers.clone(), tag);
        let heads = [head(Coding::Identity), head(Coding::Gzip), head(Coding::Brotli)];
        Self { status, body, counted, heads, used: AtomicU64::new(0) }
    }

    /// What goes before the body in a coding.
    #[must_use]
    pub fn head(&self, coding: Coding) -> &Head {
        let [identity, gzip, brotli] = &self.heads;
        match coding {
            Coding::Identity => identity,
            Coding::Gzip => gzip,
            Coding::Brotli => brotli,
        }
    }
}

/// Which state of the site a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition(u64);

#[derive(Debug, Default)]
struct Shelf {
    pages: HashMap<Box<str>, Arc<Kept>>,
    bytes: usize,
}

/// Pages by address. Cheap to share.
#[derive(Debug)]
pub struct PageCache {
    kept: RwLock<Shelf>,
    most: usize,
    edition: AtomicU64,
    tick: AtomicU64,
    /// One maker a page: whoever comes while it is made waits for it.
    making: Mutex<HashMap<Box<str>, Arc<tokio::sync::Mutex<()>>>>,
}

impl PageCache {
    /// A cache of at most so many bytes.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self {
            kept: RwLock::default(),
            most,
            edition: AtomicU64::new(0),
            tick: AtomicU64::new(0),
            making: Mutex::default(),
        }
    }

    /// The page at an address, if it was made since the last change.
    pub fn get(&self, address: &str) -> Option<Arc<Kept>> {
        let all = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let kept = Arc::clone(all.pages.get(address)?);
        drop(all);
        kept.used.store(self.tick.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        Some(kept)
    }

    /// The state that a page shows which is made from now on.
    pub fn edition(&self) -> Edition {
        Edition(self.edition.load(Ordering::Acquire))
    }

    /// Something changed: no page that was made, or is being made, is given again.
    pub fn empty(&self) {
        let mut all = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        self.edition.fetch_add(1, Ordering::AcqRel);
        *all = Shelf::default();
    }

    /// Keeps a page that shows a state, unless something has changed since.
    pub fn keep(&self, address: &str, since: Edition, kept: Kept) -> Arc<Kept> {
        let kept = Arc::new(kept);
        let size = weight(address, &kept);
        if size > self.most / SHARE {
            return kept;
        }
        let mut all = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if self.edition() != since {
            return kept;
        }
        kept.used.store(self.tick.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        if let Some(old) = all.pages.insert(address.into(), Arc::clone(&kept)) {
            all.bytes = all.bytes.saturating_sub(weight(address, &old));
        }
        all.bytes += size;
        if all.bytes > self.most {
            make_room(&mut all, self.most);
        }
        kept
    }

    /// A turn at making the page of an address.
    pub fn turn(&self, address: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if making.len() > 1024 {
            making.retain(|_, turn| Arc::strong_count(turn) > 1);
        }
        Arc::clone(making.entry(address.into()).or_default())
    }

    /// Pages that are kept, and their bytes.
    pub fn held(&self) -> (usize, usize) {
        let all = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        (all.pages.len(), all.bytes)
    }
}

/// Forgets what was not asked for longest, until a quarter is free: a sweep pays for many pages.
fn make_room(shelf: &mut Shelf, most: usize) {
    let mut by_use: Vec<_> =
        shelf.pages.iter().map(|(a, k)| (k.used.load(Ordering::Relaxed), a.clone())).collect();
    by_use.sort_unstable();
    for (_, address) in by_use {
        if shelf.bytes <= most / 4 * 3 {
            break;
        }
        if let Some(old) = shelf.pages.remove(&address) {
            shelf.bytes = shelf.bytes.saturating_sub(weight(&address, &old));
        }
    }
}

/// Bytes of memory, roughly: with the address and the headers.
fn weight(address: &str, kept: &Kept) -> usize {
    kept.body.size() + 2 * address.len() + 3 * 1024
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn page(bytes: usize) -> Kept {
        let body = Prepared::new(&Bytes::from(vec![b'x'; bytes]), &[], false);
        Kept::new(StatusCode::OK, &HeaderMap::new(), body, "tag", true)
    }

    #[test]
    fn a_page_that_was_being_made_while_something_changed_is_not_kept() {
        let cache = PageCache::new(1 << 20);
        let since = cache.edition();
        cache.empty();
        cache.keep("/a", since, page(10));
        assert!(cache.get("/a").is_none());
        cache.keep("/a", cache.edition(), page(10));
        assert!(cache.get("/a").is_some());
        cache.empty();
        assert!(cache.get("/a").is_none());
    }

    #[test]
    fn memory_is_bounded_and_what_is_asked_for_stays() {
        let cache = PageCache::new(1 << 20);
        for n in 0..500 {
            cache.keep("/often", cache.edition(), page(5_000));
            cache.keep(&format!("/{n}"), cache.edition(), page(10_000));
            assert!(cache.get("/often").is_some());
            assert!(cache.held().1 <= 1 << 20);
        }
        assert!(cache.get("/0").is_none());
        assert!(cache.get("/499").is_some());
    }

    #[test]
    fn one_huge_page_does_not_push_the_others_out() {
        let cache = PageCache::new(1 << 20);
        cache.keep("/small", cache.edition(), page(100));
        cache.keep("/huge", cache.edition(), page(1 << 19));
        assert!(cache.get("/huge").is_none());
        assert!(cache.get("/small").is_some());
    }
}
