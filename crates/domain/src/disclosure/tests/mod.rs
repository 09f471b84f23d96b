//! What the public must not be able to work out, by examples and by independent reasoning.

mod counting;
mod editions;
mod examples;
mod oracle;
mod speed;
mod world;
