//! Offices that act on the site: who holds them, how holders get in, and what they were granted.
//!
//! A holder signs in with a name and a password ([`sign_in`]), and where it is enrolled with a code
//! ([`second_step`]). What comes of it is a session ([`find`]): a secret in a cookie, its hash in the
//! store. Whoever may publish, consolidate, approve or audit must enrol a code first; whoever only
//! reports or reviews may have a PIN on one phone instead of a password ([`set_up_by_pin`]), got in by a
//! printed slip ([`print_slips`]). Everyone may have passkeys ([`sign_in_by_key`]), and where the site has
//! another's sign-in service, come in by that ([`sign_in_by_service`]). A program acts by a token
//! ([`make_token`]). Everything that is done with an account is on record, by office.

mod challenges;
mod devices;
mod door;
mod enrol;
mod entry;
mod offices;
mod passkeys;
mod password;
mod pin;
mod proof;
mod seal;
mod service;
mod sessions;
mod slips;
mod throttle;
mod tokens;
mod totp;
mod units;
mod ways;

pub(crate) use self::proof::verify_grants;
pub use self::{
    door::{Door, Random},
    enrol::{SetUp, begin_totp, change_password, confirm_totp, open_link, set_up},
    entry::{Asking, Entered, Entry, Stage, prove, second_step, sign_in},
    offices::{
        LINK_HOURS, NewOffice, OfficeView, add_holder, close_office, create_office, end_holder, give_link,
        office, office_id, offices, rename_office, set_grants, set_postings, told_posting,
    },
    passkeys::{
        KeyAnswer, KeySetUp, add_key, ask_another_key, ask_key, ask_key_again, ask_new_key, prove_by_key,
        remove_key, set_up_by_key, sign_in_by_key,
    },
    password::{PASSWORD_MIN, Passwords},
    pin::{PIN_TRIES, PinOwner, PinSetUp, may_use_pin, pin_owner, set_pin, set_up_by_pin, sign_in_by_pin},
    seal::Seal,
    service::{
        Errand, Identity, Journey, bind, come_back, errand_of_link, may_travel, prove_by_service, set_out,
        set_up_by_service, sign_in_by_service, unbind,
    },
    sessions::{
        ABSOLUTE_HOURS, IDLE_HOURS, PIN_ABSOLUTE_HOURS, PIN_IDLE_HOURS, end_other_sessions, end_session,
        find, sessions, sign_out,
    },
    slips::{Handed, Printed, SLIP_DAYS, Slip, Whom, count_slips, end_unit_holder, link_token, print_slips},
    tokens::{
        Bearer, GRAVE_DAYS_MAX, NewToken, Scope, TOKEN_DAYS, TOKEN_DAYS_MAX, acting_of, end_token,
        find_token, is_good, make_token, tokens,
    },
    totp::{base32, uri},
    units::{Keeper, Made, UnitHolder, UnitOffice, UnitPage, make_unit_offices, unit_offices},
    ways::{Ways, ways},
};
