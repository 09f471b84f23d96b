//! What people send, and what becomes of it.

mod book;
mod broken;
mod cells;
mod hostile;
mod never_panics;
mod resaved;
mod round_trip;
mod sentences;
mod wide;
mod world;
