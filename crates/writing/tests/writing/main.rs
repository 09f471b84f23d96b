//! What an editor can count on.

mod render;
mod safety;
mod world;
