//! What an editor can count on.

mod diff;
mod docx;
mod package;
mod render;
mod safe;
mod safety;
mod word;
mod world;
