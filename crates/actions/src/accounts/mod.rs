//! Offices that act on the site: who holds them, how holders get in, and what they were granted.
//!
//! A holder signs in with a name and a password ([`sign_in`]), and where it is enrolled with a code
//! ([`second_step`]). What comes of it is a session ([`find`]): a secret in a cookie, its hash in the
//! store. Whoever may publish must enrol a code first. Everything that is done with an account is on
//! record, by office.

mod door;
mod enrol;
mod entry;
mod offices;
mod password;
mod throttle;
mod totp;

pub use self::{
    door::{Door, Random},
    enrol::{SetUp, begin_totp, change_password, confirm_totp, open_link, set_up},
    entry::{
        ABSOLUTE_HOURS, Asking, Entered, Entry, IDLE_HOURS, Stage, end_other_sessions, end_session, find,
        prove, second_step, sessions, sign_in, sign_out,
    },
    offices::{
        LINK_HOURS, NewOffice, OfficeView, add_holder, close_office, create_office, end_holder, give_link,
        office, office_id, offices, rename_office, set_grants,
    },
    password::{PASSWORD_MIN, Passwords},
    totp::{base32, uri},
};
