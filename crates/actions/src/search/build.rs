//! Making the index anew from what is out.

use std::collections::HashMap;

use nhipcau_store::Tx;

use super::{
    bits::BUCKET,
    gather::{self, Source},
    index::{Item, VERSION, posting, terms},
};
use crate::{error::Result, workspace::Workspace};

/// Fills the index from nothing, in one transaction: readers find what they found before until it is
/// done.
pub struct Builder {
    tx: Tx,
    number: u32,
    words: HashMap<(String, u32), Vec<u16>>,
}

impl Builder {
    /// Takes everything out, and waits for whoever is changing the index.
    pub async fn begin(ws: &Workspace) -> Result<Self> {
        let mut tx = ws.store().write().await?;
        tx.search_version().await?;
        tx.clear_search().await?;
        Ok(Self { tx, number: 0, words: HashMap::new() })
    }

    /// Adds an item; of two that fit a query alike the one that was added later stands first.
    pub async fn add(&mut self, item: &Item) -> Result<()> {
        let record = item.record(self.number);
        let low = u16::try_from(self.number % BUCKET).unwrap_or_default();
        for term in terms(&record) {
            self.words.entry(term).or_default().push(low);
        }
        self.tx.put_search_item(&record).await?;
        self.number += 1;
        if self.number.is_multiple_of(BUCKET) {
            self.flush().await?;
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<()> {
        let bucket = self.number.saturating_sub(1) / BUCKET;
        let mut words: Vec<_> = std::mem::take(&mut self.words).into_iter().collect();
        // In the order of the table: its pages fill up one after the other.
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut rows = Vec::with_capacity(4096);
        for (key, lows) in words {
            rows.push(posting(&key, bucket, &lows));
            if rows.len() == 4096 {
                self.tx.put_postings(&rows).await?;
                rows.clear();
            }
        }
        Ok(self.tx.put_postings(&rows).await?)
    }

    /// Keeps it; how many items there are.
    pub async fn finish(mut self) -> Result<u32> {
        self.flush().await?;
        self.tx.set_search_version(VERSION).await?;
        self.tx.commit().await?;
        Ok(self.number)
    }
}

/// Makes the index anew from everything that is out; how many items there are. `progress` hears how many
/// are done, of how many.
pub async fn rebuild(ws: &Workspace, progress: &mut (dyn FnMut(u32, u32) + Send)) -> Result<u32> {
    let mut builder = Builder::begin(ws).await?;
    // A snapshot that was taken while nobody else may change the index: what is out later than this
    // finds the index free, and adds itself.
    let mut tx = ws.store().read().await?;
    let sources = gather::everything(&mut tx).await?;
    let all = u32::try_from(sources.len()).unwrap_or(u32::MAX);
    for (done, source) in (1_u32..).zip(sources) {
        let item = match source {
            Source::Item(item) => Some(*item),
            Source::Article(id) => gather::article_out(&mut tx, id).await?,
        };
        if let Some(item) = item {
            builder.add(&item).await?;
        }
        progress(done, all);
    }
    drop(tx);
    let count = builder.finish().await?;
    // Cached pages of results are stale.
    ws.commit_public(ws.store().write().await?).await?;
    Ok(count)
}

/// Makes the index anew if this program's version of it is not there; whether it was.
pub async fn ensure(ws: &Workspace) -> Result<bool> {
    let built = ws.store().read().await?.search_version().await?;
    if built == VERSION {
        return Ok(false);
    }
    rebuild(ws, &mut |_, _| {}).await?;
    Ok(true)
}
