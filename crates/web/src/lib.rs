//! What every page is served with: the page cache, precomputed compression, headers, limits, TLS.
