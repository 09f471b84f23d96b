//! The desk over a real store: who gets in, what each office may do, and that nothing typed is lost.

mod analysis;
mod audit;
mod checks;
mod configuration;
mod duties;
mod house;
mod keys;
mod looks;
mod matrix;
mod on_record;
mod redirects;
mod refused;
mod reminders;
mod results;
mod returns;
mod review;
mod roles;
mod rooms;
mod services;
mod slips;
mod tokens;
mod uploads;
mod walls;
mod writing;
