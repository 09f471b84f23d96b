//! Where the records are: a data folder with one database file, or `PostgreSQL`.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use clap::Args;
use nhipcau_actions::{Clock, Workspace};
use nhipcau_store::{Store, Target};

use crate::system::{SystemClock, SystemIds};

/// Where the records are.
#[derive(Debug, Clone, Args)]
pub struct Place {
    #[arg(long, global = true, value_name = "DIR", env = "NHIPCAU_DATA", default_value = "nhipcau-data")]
    pub data: PathBuf,
    #[arg(long, global = true, value_name = "URL", env = "NHIPCAU_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
}

impl Place {
    /// The database that holds the records.
    pub fn target(&self) -> Target {
        match &self.database {
            Some(url) => Target::Postgres(url.clone()),
            None => Target::Sqlite(self.file()),
        }
    }

    /// The database file of the data folder.
    pub fn file(&self) -> PathBuf {
        self.data.join("nhipcau.db")
    }

    /// Where documents are written.
    pub fn out(&self) -> PathBuf {
        self.data.join("out")
    }

    /// The visit log and its key.
    pub fn visits(&self) -> PathBuf {
        self.data.join("visits")
    }

    /// Opens what is there, migrated; a missing folder is said, not made.
    pub async fn open(&self) -> anyhow::Result<Workspace> {
        if self.database.is_none() && !self.file().exists() {
            let missing = nhipcau_domain::problem::Problem::new("data-folder-missing");
            return Err(missing.with("folder", self.data.display().to_string()).into());
        }
        let store = Store::open(&self.target()).await?;
        store.check_schema().await?;
        Ok(workspace(store, Arc::new(SystemClock)))
    }

    /// Opens what is there or makes it anew, and brings its schema up to date.
    pub async fn open_or_create(&self, clock: Arc<dyn Clock>) -> anyhow::Result<Workspace> {
        if self.database.is_none() {
            create_private(&self.data)?;
        }
        let store = Store::open(&self.target()).await?;
        store.migrate().await?;
        Ok(workspace(store, clock))
    }
}

/// A workspace with the machine's ids.
pub fn workspace(store: Store, clock: Arc<dyn Clock>) -> Workspace {
    Workspace::new(store, clock, Arc::new(SystemIds))
}

/// Makes a folder that only its owner can read: it will hold raw counts.
pub fn create_private(dir: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(dir).with_context(|| dir.display().to_string())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))
            .with_context(|| dir.display().to_string())?;
    }
    Ok(())
}
