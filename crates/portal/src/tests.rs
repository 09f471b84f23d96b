//! Pages over a real store: what a reader meets, link by link.

mod audience;
mod editions;
mod hostile;
mod site;
mod walk;
