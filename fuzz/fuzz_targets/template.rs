//! Whatever a report's template says, reading it ends with a template or with sentences that have
//! a place in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nhipcau_documents::Template;

fuzz_target!(|text: &str| {
    if let Err(problems) = Template::parse(text) {
        assert!(!problems.is_empty(), "refused without a word");
    }
});
