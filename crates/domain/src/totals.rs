//! How returns add up.
