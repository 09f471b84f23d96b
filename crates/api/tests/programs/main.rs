//! The API as programs use it, over stores of its own. What each file protects stands in its first line.

mod description;
mod house;
mod matrix;
mod month;
mod public;
mod schema;
mod tokens;
