//! Looking after the records: references that lead nowhere, damage, counts.

use crate::{DbKind, Result, Tx, schema::TABLES, value::args};

impl Tx {
    /// References that lead nowhere, one line each; empty when all hold. Asked of the rows
    /// themselves, whatever the constraints say.
    pub async fn foreign_key_problems(&mut self) -> Result<Vec<String>> {
        let mut problems = Vec::new();
        for table in &TABLES {
            for (column, other, key) in table.references {
                let name = table.name;
                let sql = format!(
                    "SELECT count(*) FROM {name} a LEFT JOIN {other} b ON b.{key} = a.{column} \
                     WHERE a.{column} IS NOT NULL AND b.{key} IS NULL"
                );
                let lost = self.rows_of(sql, &args![]).await?.first().map_or(Ok(0), |r| r.int(0))?;
                if lost > 0 {
                    problems.push(format!("{name}.{column}: {lost} without {other}.{key}"));
                }
            }
        }
        Ok(problems)
    }

    /// Damage that the database itself can see, one line each; empty when sound. Reads everything.
    pub async fn integrity_problems(&mut self) -> Result<Vec<String>> {
        // Each database has its own way of looking at itself.
        let sql = match self.kind() {
            DbKind::Sqlite => "PRAGMA integrity_check",
            DbKind::Postgres => {
                "SELECT 'index not valid: ' || indexrelid::regclass::text FROM pg_index \
                 WHERE NOT indisvalid AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace) \
                 UNION ALL \
                 SELECT 'constraint not validated: ' || conname::text FROM pg_constraint \
                 WHERE NOT convalidated AND connamespace = current_schema()::regnamespace"
            }
        };
        let rows = self.rows_of(sql.to_owned(), &args![]).await?;
        let lines: Result<Vec<String>> = rows.iter().map(|r| Ok(r.text(0)?.to_owned())).collect();
        Ok(lines?.into_iter().filter(|line| line != "ok").collect())
    }

    /// Every table with its number of rows.
    pub async fn table_counts(&mut self) -> Result<Vec<(String, i64)>> {
        let mut counts = Vec::with_capacity(TABLES.len());
        for table in &TABLES {
            let sql = format!("SELECT count(*) FROM {}", table.name);
            let rows = self.rows_of(sql, &args![]).await?;
            counts.push((table.name.to_owned(), rows.first().map_or(Ok(0), |r| r.int(0))?));
        }
        Ok(counts)
    }
}
