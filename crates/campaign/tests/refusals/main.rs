//! Each mistake in a campaign's files has a sentence of its own, at its place.

mod figures;
mod files;
mod small;
mod units;
