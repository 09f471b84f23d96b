//! Proof that the index says what is out, and nothing else.

use std::collections::{BTreeMap, HashMap};

use nhipcau_store::{Posting, Tx};
use sha2::{Digest as _, Sha256};

use super::{
    bits::BUCKET,
    gather::{self, Source},
    index::{VERSION, hash, posting, terms},
};
use crate::{error::Result, verify::Report};

/// Compares the items with what is out, and the words with the items.
pub(crate) async fn verify_search(tx: &mut Tx, report: &mut Report) -> Result<()> {
    // An index that was never built, or by another version, is built at the next start.
    let built = tx.search_version().await?;
    if built != VERSION && tx.count_search_items().await? == 0 {
        return Ok(());
    }
    let highest = tx.highest_search_item().await?;
    let mut held: HashMap<(String, String), String> = HashMap::new();
    let mut sums: BTreeMap<u32, u64> = BTreeMap::new();
    for bucket in 0..=highest.unwrap_or(0) / BUCKET {
        let mut words: BTreeMap<(String, u32), Vec<u16>> = BTreeMap::new();
        for record in tx.search_items_between(bucket * BUCKET, (bucket + 1) * BUCKET).await? {
            let low = u16::try_from(record.number % BUCKET).unwrap_or_default();
            for term in terms(&record) {
                words.entry(term).or_default().push(low);
            }
            if hash(&record) != record.sha256 {
                report.add("search", record.id.clone(), record.sha256.clone(), hash(&record));
            }
            held.insert((record.kind, record.id), record.sha256);
        }
        let sum = words.iter().map(|(key, lows)| digest(&posting(key, bucket, lows)));
        sums.insert(bucket, sum.fold(0, u64::wrapping_add));
    }
    words(tx, sums, report).await?;
    for source in gather::everything(tx).await? {
        let item = match source {
            Source::Item(item) => Some(*item),
            Source::Article(id) => gather::article_out(tx, id).await?,
        };
        let Some(made) = item.map(|item| item.record(0)) else { continue };
        match held.remove(&(made.kind.clone(), made.id.clone())) {
            Some(kept) if kept == made.sha256 => {}
            kept => {
                report.add("search", format!("{} {}", made.kind, made.id), format!("{kept:?}"), made.sha256);
            }
        }
    }
    for ((kind, id), kept) in held {
        report.add("search", format!("{kind} {id}"), kept, "nothing".to_owned());
    }
    Ok(())
}

/// Every row of the index, once, summed up by bucket.
async fn words(tx: &mut Tx, mut made: BTreeMap<u32, u64>, report: &mut Report) -> Result<()> {
    let mut kept: BTreeMap<u32, u64> = BTreeMap::new();
    let mut last = (String::new(), 0, 0);
    loop {
        let rows = tx.postings_after((&last.0, last.1, last.2), 4000).await?;
        let Some(end) = rows.last() else { break };
        last = (end.word.clone(), end.bucket, end.field);
        for row in &rows {
            let sum = kept.entry(row.bucket).or_default();
            *sum = sum.wrapping_add(digest(row));
        }
    }
    for (bucket, kept) in kept {
        let made = made.remove(&bucket).unwrap_or(0);
        if kept != made {
            report.add("search", format!("words {bucket}"), kept.to_string(), made.to_string());
        }
    }
    for (bucket, made) in made.into_iter().filter(|(_, sum)| *sum != 0) {
        report.add("search", format!("words {bucket}"), "nothing".to_owned(), made.to_string());
    }
    Ok(())
}

fn digest(row: &Posting) -> u64 {
    let mut hash = Sha256::new();
    hash.update(&row.word);
    for number in [row.bucket, row.field, row.size] {
        hash.update(number.to_le_bytes());
    }
    hash.update(&row.docs);
    hash.finalize().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}
