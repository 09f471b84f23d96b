//! Numbers, dates and text as a Vietnamese reader writes them.

mod dates;
mod numbers;
mod order;
mod tokens;
mod words;

pub use dates::{date, date_en, date_in_words, date_time, date_time_en, local_day};
pub use numbers::{money, money_en, number, number_en};
pub use order::sort_key;
pub use tokens::{Token, tokens};
pub use words::{fold, nfc, tidy};
