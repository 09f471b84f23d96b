//! Whatever is pasted, it becomes Markdown whose page is safe and has nothing wrong with it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nhipcau_fuzz::{page_world::page, safe::assert_safe};
use nhipcau_writing::{MAX_MARKDOWN_BYTES, from_word_html};

fuzz_target!(|html: &str| {
    let converted = from_word_html(html);
    if converted.markdown.len() <= MAX_MARKDOWN_BYTES {
        let rendered = page(&converted.markdown);
        assert_safe(&rendered.html);
        assert_eq!(rendered.problems, [], "{}", converted.markdown);
    }
});
