//! Whatever a Word file's bytes are, reading ends, with a sentence or with Markdown whose page is safe.
//!
//! Beginning with `PK` it is a file as it is. Else it is one or more parts, `name NUL text NUL`; a text
//! without a name is the body of the document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nhipcau_fuzz::{package, page_world::page, safe::assert_safe};
use nhipcau_writing::{DocxLimits, from_docx};

fuzz_target!(|data: &[u8]| {
    let made;
    let bytes = if data.starts_with(b"PK") {
        data
    } else {
        let mut pieces = data.split(|b| *b == 0).map(String::from_utf8_lossy);
        let (mut body, mut more) = (String::new(), Vec::new());
        while let (Some(name), Some(text)) = (pieces.next(), pieces.next()) {
            // Two parts of one name cannot be written.
            let there = name == "word/document.xml" || more.iter().any(|(n, _)| *n == name);
            match name.is_empty() {
                true => body.push_str(&text),
                false if !there && name.len() < 200 => more.push((name, text)),
                false => {}
            }
        }
        let more: Vec<(&str, &str)> = more.iter().map(|(n, t)| (&**n, &**t)).collect();
        made = package::docx(&body, &more);
        &made
    };
    if let Ok(document) = from_docx(bytes, &DocxLimits::default()) {
        let rendered = page(&document.markdown);
        assert_safe(&rendered.html);
        assert_eq!(rendered.problems, [], "{}", document.markdown);
    }
});
