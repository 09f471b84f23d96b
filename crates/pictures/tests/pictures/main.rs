//! Which pictures are taken, what is left of them, and what is refused.

mod files;
mod hostile;
mod sizes;
