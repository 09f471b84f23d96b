//! Offices that act on the site, who holds them, and how holders get in.

pub(crate) mod holders;
pub(crate) mod offices;
pub(crate) mod pins;
pub(crate) mod sessions;
pub(crate) mod tokens;
