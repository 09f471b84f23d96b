//! What stands around and on the pages of the site itself: its frame, reading aids, what machines read.

pub mod aids;
pub mod feed;
pub mod frame;
pub mod head;
pub mod making;
pub mod views;
