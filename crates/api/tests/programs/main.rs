//! The API as programs use it, over stores of its own. What each file protects stands in its first line.

mod analysis;
mod attachments;
mod comments;
mod configuration;
mod description;
mod events;
mod hanging_up;
mod house;
mod looks;
mod matrix;
mod month;
mod public;
mod reminders;
mod schema;
mod site;
mod tokens;
mod trail;
