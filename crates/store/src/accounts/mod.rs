//! Offices that act on the site, who holds them, and how holders get in.

pub(crate) mod challenges;
pub(crate) mod holders;
pub(crate) mod identities;
pub(crate) mod offices;
pub(crate) mod passkeys;
pub(crate) mod pins;
pub(crate) mod sessions;
pub(crate) mod tokens;
