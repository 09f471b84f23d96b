//! Copying all records from one database to another, of either kind.
//!
//! One snapshot is read, one transaction is written: the copy is whole or it is not there.

use crate::{
    Result, Store, StoreError, Tx,
    schema::{Kind, TABLES, Table},
    value::{Arg, Row},
};

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyReport {
    /// Every table with its number of rows.
    pub tables: Vec<(String, u64)>,
}

/// Copies everything. Both sides must have this program's tables, and the target no records. As it
/// goes, `progress` hears the table and how many of its rows are done.
pub async fn copy_all(
    from: &Store,
    to: &Store,
    progress: &mut (dyn FnMut(&str, u64) + Send),
) -> Result<CopyReport> {
    from.check_schema().await?;
    to.check_schema().await?;
    let mut source = from.read().await?;
    let mut target = to.write().await?;
    for (table, count) in target.table_counts().await? {
        if count > 0 && table != "meta" {
            return Err(StoreError::NotEmpty { what: table });
        }
    }
    // The counters that the migrations laid down: the source brings its own.
    target.rows_of("DELETE FROM meta".to_owned(), &[]).await?;
    let mut tables = Vec::with_capacity(TABLES.len());
    for table in &TABLES {
        let count = copy_table(table, &mut source, &mut target, progress).await?;
        tables.push((table.name.to_owned(), count));
    }
    let written = target.table_counts().await?;
    for ((name, read), (_, found)) in tables.iter().zip(&written) {
        if i64::try_from(*read).ok() != Some(*found) {
            return Err(StoreError::corrupt(format!("copy of {name}: {read} read, {found} written")));
        }
    }
    target.commit().await?;
    Ok(CopyReport { tables })
}

async fn copy_table(
    table: &Table,
    source: &mut Tx,
    target: &mut Tx,
    progress: &mut (dyn FnMut(&str, u64) + Send),
) -> Result<u64> {
    let columns: Vec<String> = table.columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
    let key = columns[..table.key].join(", ");
    let (name, columns) = (table.name, columns.join(", "));
    // Rendered documents are large: few at a time.
    let limit = if table.columns.iter().any(|c| c.name == "bytes") { 8 } else { 2000 };
    let marks: Vec<String> = (1..=table.key).map(|n| format!("${n}")).collect();
    let first = format!("SELECT {columns} FROM {name} ORDER BY {key} LIMIT {limit}");
    let next = format!(
        "SELECT {columns} FROM {name} WHERE ({key}) > ({}) ORDER BY {key} LIMIT {limit}",
        marks.join(", ")
    );
    let insert = format!("INSERT INTO {name} ({columns}) VALUES ");
    let mut count = 0_u64;
    let mut page = source.rows_of(first, &[]).await?;
    while let Some(last) = page.last() {
        let after: Vec<Arg<'_>> = values(table, last)?.into_iter().take(table.key).collect();
        let mut rows = Vec::with_capacity(page.len() * table.columns.len());
        for row in &page {
            rows.extend(values(table, row)?);
        }
        target.insert_rows_of(&insert, table.columns.len(), &rows).await?;
        count += page.len() as u64;
        progress(name, count);
        page = source.rows_of(next.clone(), &after).await?;
    }
    Ok(count)
}

fn values<'r>(table: &Table, row: &'r Row) -> Result<Vec<Arg<'r>>> {
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(i, column)| {
            Ok(match (column.kind, column.nullable) {
                (Kind::Int, false) => row.int(i)?.into(),
                (Kind::Int, true) => row.maybe_int(i)?.into(),
                (Kind::Text, false) => row.text(i)?.into(),
                (Kind::Text, true) => row.maybe_text(i)?.into(),
                (Kind::Bytes, _) => row.bytes(i)?.into(),
                (Kind::Id, _) => row.id(i)?.into(),
            })
        })
        .collect()
}
