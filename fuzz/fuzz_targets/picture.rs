//! Whatever a picture's bytes are, it is refused with a sentence, or written anew within its bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nhipcau_pictures::{Limits, take};

fuzz_target!(|data: &[u8]| {
    // Small enough to try many.
    let limits = Limits { max_pixels: 250_000, max_alloc: 16 << 20, ..Limits::default() };
    let Ok(taken) = take(data, &limits) else { return };
    assert!(u64::from(taken.width()) * u64::from(taken.height()) <= limits.max_pixels);
    for output in taken.outputs().expect("what was read can be written") {
        assert!(output.width <= taken.width().max(taken.height()) && !output.bytes.is_empty());
    }
});
