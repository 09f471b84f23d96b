//! Pages over a real store: what a reader meets, link by link.

mod audience;
mod editions;
mod hostile;
mod machine;
mod newsroom;
mod press;
mod register;
mod search;
mod site;
mod walk;
