//! Search: what is out and can be found, and finding it as people type.
//!
//! The index is our own, in two plain tables: in which items each word stands, and each pair of
//! neighbours (of Vietnamese, whose words are mostly two syllables, the pairs are the words), packed as
//! bits of 32,768 items. So both databases find the same in the same order, how many there are is exact,
//! and nothing that a reader types is a query language's syntax.
//!
//! **For the public**: [`search`]. **For the program**: [`ensure`] at the start of a service, [`rebuild`].
//!
//! What is found: articles and static pages that are out, columns that are shown, frozen reports. An
//! index entry changes in the transaction that changes what it is of, through `put` and `remove`.
//! Another source of items calls those two, and adds a line to `gather::others`.
//!
//! Results stand in this order: the words as a phrase in the title with exactly these marks; the phrase
//! without regard to marks; the words in the title, exactly and not; the phrase, then the words in title,
//! lead and tags; the phrase anywhere; the words anywhere with exactly these marks; the words anywhere.
//! Among equals what came out later stands first. A phrase of three words and more is taken to be where
//! each of its neighbours stand beside each other in the same part.

mod abbreviations;
mod bits;
mod build;
mod find;
mod gather;
mod index;
mod proof;
mod query;
mod snippet;
mod suggest;

pub use self::{
    abbreviations::common_abbreviations,
    build::{Builder, ensure, rebuild},
    find::{Found, Hit, PAGE_SIZE, Query, Suggestion, search},
    index::{Item, ItemKind},
    query::QUERY_MAX,
    snippet::Part,
};
pub(crate) use self::{
    gather::{Said, article_item, article_out, calm, columns_changed, report_published},
    index::{put, remove},
    proof::verify_search,
};
