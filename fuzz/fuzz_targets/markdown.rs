//! Whatever an editor types, the page is safe: nothing in it runs or is fetched from elsewhere; and the words
//! alone are the words of the page.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nhipcau_fuzz::{page_world::World, safe::assert_safe};
use nhipcau_writing::{excerpt, plain, render};

fuzz_target!(|text: &str| {
    let rendered = render(text, &World, "vi");
    assert_safe(&rendered.html);
    assert_eq!(plain(text, &World), rendered.text);
    assert!(excerpt(text, &World, 20).chars().count() <= 20);
});
