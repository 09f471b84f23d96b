//! The index of the search: what can be found, and in which of it each word stands. Which words those
//! are, and how results are ranked, is decided in `actions`.

use crate::{
    DbKind, Result, StoreError, Tx,
    statement::statements,
    value::{Arg, Row, args},
};

/// The columns of an item, in the order that [`item`] takes them.
macro_rules! columns {
    () => {
        "number, kind, id, href, title, summary, words, text, column_id, day, lang, sha256"
    };
}

statements! {
    LOCK = "SELECT value FROM meta WHERE key = 'search' /*lock*/";
    BUILT = "UPDATE meta SET value = $1 WHERE key = 'search'";
    HIGHEST = "SELECT max(number) FROM search_item";
    COUNT = "SELECT count(*) FROM search_item";
    ONE = concat!("SELECT ", columns!(), " FROM search_item WHERE kind = $1 AND id = $2");
    BETWEEN = concat!("SELECT ", columns!(), " FROM search_item WHERE number >= $1 AND number < $2 ORDER BY number");
    SOME = concat!("SELECT ", columns!(), " FROM search_item WHERE number IN (/*list*/)");
    PUT = "INSERT INTO search_item (number, kind, id, href, title, summary, words, text, column_id, day, lang, sha256) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (number) DO UPDATE SET \
           kind = excluded.kind, id = excluded.id, href = excluded.href, title = excluded.title, \
           summary = excluded.summary, words = excluded.words, text = excluded.text, \
           column_id = excluded.column_id, day = excluded.day, lang = excluded.lang, sha256 = excluded.sha256";
    DROP = "DELETE FROM search_item WHERE number = $1";
    CLEAR_ITEMS = "DELETE FROM search_item";
    CLEAR_POSTINGS = "DELETE FROM search_posting";
    OF_WORDS = "SELECT word, bucket, field, size, docs FROM search_posting WHERE word IN (/*list*/)";
    OF_BUCKET = "SELECT word, bucket, field, size, docs FROM search_posting WHERE bucket = $1 AND word IN (/*list*/)";
    AFTER = "SELECT word, bucket, field, size, docs FROM search_posting \
             WHERE (word, bucket, field) > ($1, $2, $3) ORDER BY word, bucket, field LIMIT $4";
    POST = "INSERT INTO search_posting (word, bucket, field, size, docs) VALUES /*rows:5*/ \
            ON CONFLICT (word, bucket, field) DO UPDATE SET size = excluded.size, docs = excluded.docs";
    DROP_EMPTY = "DELETE FROM search_posting WHERE bucket = $1 AND size = 0 AND word IN (/*list*/)";
    KNOWN = "SELECT word, CAST(sum(size) AS bigint) FROM search_posting WHERE field <= $1 AND word IN (/*list*/) \
             GROUP BY word";
}

/// Something that can be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchRecord {
    /// Its number: what was added later has a higher one.
    pub number: u32,
    /// What it is, such as `article`.
    pub kind: String,
    /// Its id among those of its kind.
    pub id: String,
    /// Its address; empty where it is asked for when it is shown.
    pub href: String,
    /// Its title.
    pub title: String,
    /// What it says in short.
    pub summary: String,
    /// What it is found by besides: tags, names.
    pub words: String,
    /// Its text.
    pub text: String,
    /// Its column; empty for none.
    pub column: String,
    /// Its day, `2022-05-18`; empty for none.
    pub day: String,
    /// Its language.
    pub lang: String,
    /// The hash of all of this but the number, in hexadecimal.
    pub sha256: String,
}

/// Where a word stands, of one bucket of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The word.
    pub word: String,
    /// Which bucket.
    pub bucket: u32,
    /// In which part of the items.
    pub field: u32,
    /// In how many items.
    pub size: u32,
    /// In which; how it is written is not the store's affair.
    pub docs: Vec<u8>,
}

impl Tx {
    /// The version of the index that is built, 0 for none. In a write, whoever changes the index waits
    /// here for another who does.
    pub async fn search_version(&mut self) -> Result<i64> {
        let row = self.row(LOCK, &args![]).await?;
        row.ok_or_else(|| StoreError::corrupt("meta: search"))?.int(0)
    }

    /// Says which version of the index is built.
    pub async fn set_search_version(&mut self, version: i64) -> Result<()> {
        self.run(BUILT, &args![version]).await?;
        Ok(())
    }

    /// The highest number of an item; none where there is none.
    pub async fn highest_search_item(&mut self) -> Result<Option<u32>> {
        let Some(row) = self.row(HIGHEST, &args![]).await? else { return Ok(None) };
        row.maybe_count(0)
    }

    /// For a transaction that searches.
    pub async fn prepare_to_search(&mut self) -> Result<()> {
        // PostgreSQL alone: asked for a few dozen words it believes that reading the whole table is
        // quicker than its key (190 ms instead of 5, of 100,000 items).
        if self.kind() == DbKind::Postgres {
            self.rows_of("SET LOCAL enable_seqscan = off".to_owned(), &args![]).await?;
        }
        Ok(())
    }

    /// How many items there are.
    pub async fn count_search_items(&mut self) -> Result<u32> {
        self.row(COUNT, &args![]).await?.map_or(Ok(0), |row| row.count(0))
    }

    /// An item.
    pub async fn search_item(&mut self, kind: &str, id: &str) -> Result<Option<SearchRecord>> {
        self.row(ONE, &args![kind, id]).await?.as_ref().map(item).transpose()
    }

    /// Items by number, in no order.
    pub async fn search_items(&mut self, numbers: &[u32]) -> Result<Vec<SearchRecord>> {
        let list: Vec<Arg<'_>> = numbers.iter().map(|n| Arg::from(*n)).collect();
        self.rows_in(SOME, &[], &list).await?.iter().map(item).collect()
    }

    /// The items of a range of numbers, in order; until is not part of it.
    pub async fn search_items_between(&mut self, from: u32, until: u32) -> Result<Vec<SearchRecord>> {
        self.rows(BETWEEN, &args![from, until]).await?.iter().map(item).collect()
    }

    /// Keeps an item, in place of what had its number.
    pub async fn put_search_item(&mut self, r: &SearchRecord) -> Result<()> {
        let name = args![r.number, r.kind.as_str(), r.id.as_str(), r.href.as_str()];
        let said = args![r.title.as_str(), r.summary.as_str(), r.words.as_str(), r.text.as_str()];
        let place = args![r.column.as_str(), r.day.as_str(), r.lang.as_str(), r.sha256.as_str()];
        self.run(PUT, &[&name[..], &said[..], &place[..]].concat()).await?;
        Ok(())
    }

    /// Takes an item out.
    pub async fn drop_search_item(&mut self, number: u32) -> Result<()> {
        self.run(DROP, &args![number]).await?;
        Ok(())
    }

    /// Takes everything out.
    pub async fn clear_search(&mut self) -> Result<()> {
        self.run(CLEAR_POSTINGS, &args![]).await?;
        self.run(CLEAR_ITEMS, &args![]).await?;
        Ok(())
    }

    /// Where words stand, in no order.
    pub async fn search_postings(&mut self, words: &[&str]) -> Result<Vec<Posting>> {
        let list: Vec<Arg<'_>> = words.iter().map(|w| Arg::from(*w)).collect();
        self.rows_in(OF_WORDS, &[], &list).await?.iter().map(posting).collect()
    }

    /// Where words stand, of one bucket, in no order.
    pub async fn postings_in(&mut self, bucket: u32, words: &[&str]) -> Result<Vec<Posting>> {
        let list: Vec<Arg<'_>> = words.iter().map(|w| Arg::from(*w)).collect();
        self.rows_in(OF_BUCKET, &args![bucket], &list).await?.iter().map(posting).collect()
    }

    /// Everything that the index holds, in order, after one; for going over all of it.
    pub async fn postings_after(
        &mut self,
        (word, bucket, field): (&str, u32, u32),
        limit: u32,
    ) -> Result<Vec<Posting>> {
        self.rows(AFTER, &args![word, bucket, field, limit]).await?.iter().map(posting).collect()
    }

    /// Keeps where words stand, each in place of what was kept before.
    pub async fn put_postings(&mut self, postings: &[Posting]) -> Result<()> {
        for some in postings.chunks(4096) {
            let row = |p: &'_ Posting| {
                [
                    Arg::Text(p.word.clone().into()),
                    Arg::from(p.bucket),
                    Arg::from(p.field),
                    Arg::from(p.size),
                    Arg::Bytes(p.docs.clone().into()),
                ]
            };
            let values: Vec<Arg<'_>> = some.iter().flat_map(row).collect();
            self.run_rows(POST, 5, &values).await?;
        }
        Ok(())
    }

    /// Takes out where words of a bucket stand nowhere.
    pub async fn drop_empty_postings(&mut self, bucket: u32, words: &[&str]) -> Result<()> {
        let list: Vec<Arg<'_>> = words.iter().map(|w| Arg::from(*w)).collect();
        self.rows_in(DROP_EMPTY, &args![bucket], &list).await?;
        Ok(())
    }

    /// Those of the words that stand anywhere in fields up to `field`, with how often: an item counts
    /// once for each of its fields.
    pub async fn known_words(&mut self, words: &[&str], field: u32) -> Result<Vec<(String, i64)>> {
        let list: Vec<Arg<'_>> = words.iter().map(|w| Arg::from(*w)).collect();
        let read = |row: &Row| Ok((row.text(0)?.to_owned(), row.int(1)?));
        self.rows_in(KNOWN, &args![field], &list).await?.iter().map(read).collect()
    }
}

fn item(row: &Row) -> Result<SearchRecord> {
    let text = |i: usize| Ok::<_, StoreError>(row.text(i)?.to_owned());
    Ok(SearchRecord {
        number: row.count(0)?,
        kind: text(1)?,
        id: text(2)?,
        href: text(3)?,
        title: text(4)?,
        summary: text(5)?,
        words: text(6)?,
        text: text(7)?,
        column: text(8)?,
        day: text(9)?,
        lang: text(10)?,
        sha256: text(11)?,
    })
}

fn posting(row: &Row) -> Result<Posting> {
    Ok(Posting {
        word: row.text(0)?.to_owned(),
        bucket: row.count(1)?,
        field: row.count(2)?,
        size: row.count(3)?,
        docs: row.bytes(4)?.to_vec(),
    })
}
