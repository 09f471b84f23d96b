//! The desk over a real store: who gets in, what each office may do, and that nothing typed is lost.

mod house;
mod looks;
mod roles;
mod walls;
mod writing;
