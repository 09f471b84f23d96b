//! How figures are worded: strict at the boundary, cut and never rounded up.
