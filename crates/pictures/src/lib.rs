//! Pictures that people send: looked at, decoded within bounds, and written anew in several sizes.
