//! The log: every hit is in it before it is answered.
//!
//! A segment `log-<first sequence number>` is a head of 16 bytes (`NCVISIT1`, the first number) and
//! records. It is written by `pwrite` at a known place, so that what a full disk took in part is written
//! over by the next hit. A segment is removed once a checkpoint includes it.

use std::{
    fs::{File, OpenOptions},
    io,
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{VisitsError, error::at, record::Record};

const MAGIC: &[u8; 8] = b"NCVISIT1";
const HEAD: usize = 16;

/// Where a segment's bytes go: a file, or in a test a disk that is full.
pub(crate) trait Medium: Send + Sync {
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()>;
    fn sync(&self) -> io::Result<()>;
}

impl Medium for File {
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.write_all_at(bytes, offset)
    }
    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}

/// Makes a segment's medium.
pub(crate) type Create = dyn Fn(&Path) -> io::Result<Arc<dyn Medium>> + Send + Sync;

pub(crate) fn create_file(path: &Path) -> io::Result<Arc<dyn Medium>> {
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(Arc::new(file))
}

/// The segment that is written now.
pub(crate) struct Log {
    folder: PathBuf,
    create: Arc<Create>,
    medium: Arc<dyn Medium>,
    offset: u64,
    /// The number in the segment's name.
    first: u64,
    /// The next record's number.
    next: u64,
    buffer: Vec<u8>,
    /// Bytes since the last checkpoint, in this segment and older ones.
    pub bytes: u64,
}

impl Log {
    pub fn begin(folder: &Path, next: u64, create: Arc<Create>) -> io::Result<Self> {
        let medium = segment(folder, next, &*create)?;
        let buffer = Vec::with_capacity(1_024);
        Ok(Self {
            folder: folder.to_owned(),
            create,
            medium,
            offset: HEAD as u64,
            first: next,
            next,
            buffer,
            bytes: 0,
        })
    }

    /// Writes records, all or none.
    pub fn append(&mut self, records: &[Record<'_>]) -> io::Result<()> {
        self.buffer.clear();
        let mut next = self.next;
        for record in records {
            record.encode(next, &mut self.buffer);
            next += 1;
        }
        self.medium.write_at(&self.buffer, self.offset)?;
        self.offset += self.buffer.len() as u64;
        self.bytes += self.buffer.len() as u64;
        self.next = next;
        Ok(())
    }

    pub fn first(&self) -> u64 {
        self.first
    }

    pub fn next(&self) -> u64 {
        self.next
    }

    pub fn medium(&self) -> Arc<dyn Medium> {
        Arc::clone(&self.medium)
    }

    /// Goes on in a new segment.
    pub fn roll(&mut self) -> io::Result<()> {
        // Also if it fails (full disk): the next try is a bound later, not at every hit.
        self.bytes = 0;
        if self.offset > HEAD as u64 {
            self.medium = segment(&self.folder, self.next, &*self.create)?;
            (self.offset, self.first) = (HEAD as u64, self.next);
        }
        Ok(())
    }
}

fn segment(folder: &Path, first: u64, create: &Create) -> io::Result<Arc<dyn Medium>> {
    let medium = create(&folder.join(format!("log-{first:020}")))?;
    let mut head = MAGIC.to_vec();
    head.extend(first.to_le_bytes());
    medium.write_at(&head, 0)?;
    Ok(medium)
}

/// The segments in a folder with their first numbers, oldest first.
pub(crate) fn segments(folder: &Path) -> Result<Vec<(u64, PathBuf)>, VisitsError> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        let first =
            path.file_name().and_then(|n| n.to_str()).and_then(|n| n.strip_prefix("log-")?.parse().ok());
        if let Some(first) = first {
            found.push((first, path));
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a segment's whole records in order; says at which byte they end, and how many bytes there are.
pub(crate) fn replay(path: &Path, mut each: impl FnMut(u64, &Record<'_>)) -> io::Result<(u64, u64)> {
    let bytes = std::fs::read(path)?;
    let whole = bytes.len() as u64;
    if bytes.get(..8) != Some(MAGIC.as_slice()) || bytes.len() < HEAD {
        return Ok((0, whole));
    }
    let mut offset = HEAD;
    while let Some((seq, record, length)) = bytes.get(offset..).and_then(Record::decode) {
        each(seq, &record);
        offset += length;
    }
    Ok((offset as u64, whole))
}

/// Cuts what a crash left of a last record.
pub(crate) fn cut(path: &Path, length: u64) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    file.set_len(length)?;
    file.sync_all()
}
