//! Where a campaign's files are read from: a folder, or memory.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A campaign's files, by path relative to its folder, with `/` between folders.
pub trait Files {
    /// A file's bytes; none where there is no such file.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
    /// The paths of all files, sorted.
    fn list(&self) -> Vec<String>;
}

/// A campaign in a folder on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(
    /// The campaign's folder.
    pub PathBuf,
);

impl Files for Folder {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.0.join(path)).ok()
    }

    /// The folder's files and those of the folders in it, two levels deep: a campaign has no more.
    fn list(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(&self.0, "", 2, &mut found);
        found.sort();
        found
    }
}

fn walk(folder: &Path, prefix: &str, levels: usize, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match (entry.path().is_dir(), levels) {
            (false, _) => found.push(name),
            (true, 0) => {}
            (true, levels) => walk(&entry.path(), &format!("{name}/"), levels - 1, found),
        }
    }
}

/// A campaign in memory: embedded in a program, generated, or written in a test.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory(
    /// The files by path.
    pub BTreeMap<String, Vec<u8>>,
);

impl Memory {
    /// Puts a file in place of one of that path.
    pub fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.to_owned(), bytes.into());
    }
}

impl Files for Memory {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).cloned()
    }

    fn list(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}
