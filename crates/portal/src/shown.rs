//! What a page may hold of a number: the number, or that it is protected.

pub use nhipcau_domain::disclosure::Shown;
