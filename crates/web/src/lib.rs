//! What every page is served with: the page cache, precomputed compression, limits, proxies, TLS.
//!
//! Nothing here knows what a page says. [`front::Front`] stands before the router: a page that was
//! made before is answered from memory, with the visit counters of this very moment spliced in;
//! what changes a page empties the cache at once. [`listen`] carries it over plain TCP or TLS.

pub mod body;
pub mod cache;
pub mod client;
pub mod events;
pub mod flow;
pub mod front;
pub mod held;
pub mod limits;
pub mod listen;
pub mod manners;
pub mod measures;
pub mod prepared;
mod quick;
mod timer;
pub mod tls;
