//! A number that was read is one that can be written, and reads back as itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nhipcau_domain::text::number;
use nhipcau_intake::fuzzing::{LARGEST, number_stored, number_typed};

fuzz_target!(|text: &str| {
    for read in [number_typed(text), number_stored(text)].into_iter().flatten() {
        assert!((0..=LARGEST).contains(&read), "{read}");
        assert_eq!(number_typed(&number(read)), Some(read));
        assert_eq!(number_stored(&read.to_string()), Some(read));
    }
    // A text of digits alone has one reading only, whichever way it came.
    if !text.is_empty() && text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit()) {
        assert_eq!(number_typed(text), number_stored(text));
    }
});
