//! Whatever stands in a campaign's files, loading ends with a campaign or with sentences.
//!
//! The input is `path NUL text NUL` over and over, put in place of the reference campaign's files.
#![no_main]

use std::{path::PathBuf, sync::LazyLock};

use libfuzzer_sys::fuzz_target;
use nhipcau_campaign::{Files, Folder, Memory, load};

static REFERENCE: LazyLock<Memory> = LazyLock::new(|| {
    let folder = Folder(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../campaigns/cau-ngang")));
    let mut memory = Memory::default();
    for path in folder.list() {
        if let Some(bytes) = folder.read(&path) {
            memory.put(&path, bytes);
        }
    }
    memory
});

fuzz_target!(|data: &[u8]| {
    let mut files = REFERENCE.clone();
    let mut pieces = data.split(|b| *b == 0);
    while let (Some(path), Some(text)) = (pieces.next(), pieces.next()) {
        files.put(&String::from_utf8_lossy(path), text);
    }
    if let Err(problems) = load(&files) {
        assert!(!problems.is_empty(), "refused without a word");
    }
});
