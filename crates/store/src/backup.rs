//! Backup of a `SQLite` file while it is in use: a consistent copy, checked before it has its name.

use std::path::Path;

use sqlx::{ConnectOptions as _, Connection as _, Row as _};

use crate::{DbKind, Result, Store, StoreError, db::sqlite_options};

/// Writes a consistent copy of the records to a new file; others go on reading and writing. The
/// file has its name only when the copy is whole, sound, and on disk. An existing file is refused.
pub async fn backup_sqlite(store: &Store, to: &Path) -> Result<()> {
    let Some(file) = store.sqlite_file() else { return Err(StoreError::OnlySqlite) };
    if to.exists() {
        return Err(StoreError::NotEmpty { what: to.display().to_string() });
    }
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    let partial = to.with_file_name(name);
    if partial.exists() {
        // Left by a backup that was killed: nobody was told that it is one.
        std::fs::remove_file(&partial)?;
    }
    // Raw counts are in it: whoever may read the folder need not be one who may read them.
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
    }
    let done = vacuum_and_check(&file, &partial).await;
    if done.is_err() {
        let _ = std::fs::remove_file(&partial);
        return done;
    }
    std::fs::rename(&partial, to)?;
    sync_folder(to)
}

async fn vacuum_and_check(file: &Path, partial: &Path) -> Result<()> {
    let path = partial.to_str().ok_or_else(|| StoreError::Invalid { what: partial.display().to_string() })?;
    // A connection of its own: the readers' are set never to write, not even to another file.
    let mut conn = sqlite_options(file).connect().await?;
    sqlx::query("VACUUM INTO $1").bind(path).execute(&mut conn).await?;
    conn.close().await?;
    std::fs::File::open(partial)?.sync_all()?;
    let mut copy = sqlite_options(partial).read_only(true).connect().await?;
    for row in sqlx::query("PRAGMA integrity_check").fetch_all(&mut copy).await? {
        let line: String = row.try_get(0)?;
        if line != "ok" {
            return Err(StoreError::corrupt(format!("backup: {line}")));
        }
    }
    copy.close().await?;
    Ok(())
}

/// A new name is on disk only when its folder is.
fn sync_folder(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

impl Store {
    /// Whether a backup by [`backup_sqlite`] is possible; a `PostgreSQL` database is copied with
    /// [`crate::copy_all`] instead.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.kind() == DbKind::Sqlite
    }
}
