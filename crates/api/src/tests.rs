//! The API over stores of its own.

mod description;
mod house;
mod matrix;
mod month;
mod public;
mod schema;
mod tokens;
