//! The desk over a real store: who gets in, what each office may do, and that nothing typed is lost.

mod analysis;
mod audit;
mod checks;
mod duties;
mod house;
mod looks;
mod matrix;
mod redirects;
mod refused;
mod results;
mod returns;
mod review;
mod roles;
mod rooms;
mod slips;
mod uploads;
mod walls;
mod writing;
