//! Sending to servers that speak, refuse, hang and break off: what is said of an attempt is what happened.

mod gateway;
mod mail;
mod servers;
