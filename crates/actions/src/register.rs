//! The register of documents (văn bản): what was issued, whether it is in force, and how documents stand to
//! each other.
//!
//! **For the public** (nobody acts; nothing is given out that is not out): [`list`], [`show`], [`latest`],
//! [`addresses`], [`of_directives`], [`kinds`]. Validity is that of the local day; pages that are kept are
//! made anew at midnight.
//!
//! **For editors**: [`create`], [`revise`], [`relate`], [`unrelate`], [`publish`], [`withdraw`], [`desk_list`],
//! [`desk_show`]; files come in through [`press::add_attachment`](crate::press::add_attachment) and stand in
//! [`Entry::files`](nhipcau_store::register::Entry::files). **For administrators**: [`save_kinds`].
//!
//! **For the program**: [`load_directives`], after a campaign was set up.
//!
//! The register is the whole site's: a role on a column gives none here. What is done is on record; an entry
//! that is out is changed in place, by a publisher.

mod check;
mod found;
mod kinds;
mod load;
mod proof;
mod read;
mod write;

pub use self::{
    check::{LINE_MAX, TEXT_MAX},
    found::{Line, RelationView, href},
    kinds::{DocumentKind, kinds, save_kinds, usual_kinds},
    load::{Loaded, load_directives},
    read::{
        DeskDocument, DocumentPage, Found, List, PAGE_SIZE, Query, addresses, desk_list, desk_show, latest,
        list, of_directives, show,
    },
    write::{create, publish, relate, revise, unrelate, withdraw},
};
pub(crate) use self::{found::search_items, proof::verify_register};
