//! The desk over a real store: who gets in, what each office may do, and that nothing typed is lost.

mod duties;
mod checks;
mod audit;
mod house;
mod looks;
mod matrix;
mod redirects;
mod review;
mod refused;
mod returns;
mod results;
mod roles;
mod rooms;
mod slips;
mod uploads;
mod walls;
mod writing;
