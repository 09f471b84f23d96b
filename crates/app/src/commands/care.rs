//! `migrate`, `backup`, `restore`, `copy-to-postgres`, `doctor`: keeping the records well.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context;
use nhipcau_actions::{Workspace, outbox};
use nhipcau_domain::{outbox::Channel, problem::Problem, text};
use nhipcau_messages::{Lang, say, word};
use nhipcau_store::{DbKind, Store, StoreError, Target, backup_sqlite, copy_all};

use super::sending::Sending;
use crate::{
    exit,
    place::{self, Place},
    progress,
    system::SystemClock,
};

/// A message that is due for longer than this is stuck: nobody sends it.
const STUCK: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

#[derive(Debug, clap::Args)]
pub struct MigrateArgs {}

/// Brings the schema up to date; says how many steps that took.
pub async fn migrate(place: &Place, _args: MigrateArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    if place.database.is_none() {
        place::create_private(&place.data)?;
    }
    let store = Store::open(&place.target()).await?;
    let steps = store.migrate().await?;
    outln!("{}", say(lang, "migrate-done", &[("steps", steps.into())]));
    Ok(ExitCode::SUCCESS)
}

#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    #[arg(value_name = "TỆP")]
    pub to: PathBuf,
}

/// A consistent copy while others read and write: a `SQLite` file, from either database.
pub async fn backup(place: &Place, args: BackupArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    refuse_existing(&args.to)?;
    let ws = place.open().await?;
    if ws.store().kind() == DbKind::Sqlite {
        backup_sqlite(ws.store(), &args.to).await?;
    } else {
        let target = Store::open(&Target::Sqlite(args.to.clone())).await?;
        target.migrate().await?;
        copy_with_progress(ws.store(), &target).await?;
        target.close().await;
    }
    outln!("{}", say(lang, "backup-done", &[("file", args.to.display().to_string().into())]));
    Ok(ExitCode::SUCCESS)
}

#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    #[arg(value_name = "TỆP")]
    pub from: PathBuf,
}

/// A backup into an empty data folder or database.
pub async fn restore(place: &Place, args: RestoreArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    if !args.from.is_file() {
        return Err(Problem::new("file-missing").with("file", args.from.display().to_string()).into());
    }
    if place.database.is_none() {
        refuse_existing(&place.file())?;
        place::create_private(&place.data)?;
        // Copied beside, checked, then put in place: a half copy never looks like a data folder.
        let beside = place.data.join("nhipcau.db.restoring");
        let copied = copy_beside(&args.from, &beside).await;
        for leftover in ["-wal", "-shm"] {
            std::fs::remove_file(place.data.join(format!("nhipcau.db.restoring{leftover}"))).ok();
        }
        if let Err(error) = copied {
            std::fs::remove_file(&beside).ok();
            return Err(match error.downcast_ref::<StoreError>() {
                // It is the backup that cannot be read, not what this machine keeps.
                Some(StoreError::Corrupt { .. } | StoreError::Database(_) | StoreError::Unreachable(_)) => {
                    broken(&args.from)
                }
                _ => error,
            });
        }
        std::fs::rename(&beside, place.file()).context("rename")?;
    } else {
        let source = Store::open(&Target::Sqlite(args.from.clone())).await?;
        source.check_schema().await?;
        let target = Store::open(&place.target()).await?;
        target.migrate().await?;
        copy_with_progress(&source, &target).await?;
    }
    let ws = place.open().await?;
    let code = super::verify::check(&ws, false, lang).await?;
    let unknown = outbox::run::after_restore(&ws).await?;
    if unknown > 0 {
        outln!("{}", say(lang, "outbox-restored", &[("count", unknown.into())]));
    }
    outln!("{}", word(lang, "restore-done"));
    Ok(code)
}

/// Copies a backup, brings its schema up to date, and refuses one that is broken.
async fn copy_beside(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::copy(from, to).context("copy")?;
    let store = Store::open(&Target::Sqlite(to.to_owned())).await?;
    store.migrate().await?;
    let mut tx = store.read().await?;
    let problems = tx.integrity_problems().await?;
    drop(tx);
    store.close().await;
    if problems.is_empty() { Ok(()) } else { Err(broken(from)) }
}

fn broken(backup: &Path) -> anyhow::Error {
    Problem::new("backup-broken").with("file", backup.display().to_string()).into()
}

#[derive(Debug, clap::Args)]
pub struct CopyArgs {}

/// Moves a data folder's records to an empty `PostgreSQL` database, and verifies them there.
pub async fn copy_to_postgres(place: &Place, _args: CopyArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    let Some(url) = place.database.clone() else {
        return Err(Problem::new("copy-needs-database").into());
    };
    let folder = Place { data: place.data.clone(), database: None };
    let from = folder.open().await?;
    let to = Store::open(&Target::Postgres(url)).await?;
    to.migrate().await?;
    copy_with_progress(from.store(), &to).await?;
    let ws = place::workspace(to, Arc::new(SystemClock));
    let code = super::verify::check(&ws, false, lang).await?;
    outln!("{}", word(lang, "copy-done"));
    Ok(code)
}

async fn copy_with_progress(from: &Store, to: &Store) -> anyhow::Result<()> {
    let mut tx = from.read().await?;
    let rows: i64 = tx.table_counts().await?.iter().map(|(_, n)| n).sum();
    drop(tx);
    let bar = progress::bar(u64::try_from(rows).unwrap_or(0), "");
    copy_all(from, to, &mut |table, rows| {
        bar.set_message(table.to_owned());
        bar.inc(rows);
    })
    .await?;
    bar.finish_and_clear();
    Ok(())
}

#[derive(Debug, clap::Args)]
pub struct DoctorArgs {
    #[command(flatten)]
    pub sending: Sending,
}

/// What is there, whether it is sound, and what to do where it is not.
pub async fn doctor(place: &Place, args: DoctorArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let mut tx = ws.store().read().await?;
    let mut sound = true;
    for problem in tx.integrity_problems().await?.into_iter().chain(tx.foreign_key_problems().await?) {
        sound = false;
        outln!("✗ {problem}");
    }
    for (table, rows) in tx.table_counts().await? {
        outln!("  {table:<20} {}", nhipcau_domain::text::number(rows));
    }
    let setting = ws.setting(&mut tx).await?;
    outln!(
        "{}",
        say(
            lang,
            "doctor-campaign",
            &[
                ("name", setting.definitions.campaign.name.as_str().into()),
                ("version", setting.version.into()),
                ("units", setting.tree.len().into()),
            ]
        )
    );
    #[cfg(unix)]
    if place.database.is_none() {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&place.data)?.permissions().mode() & 0o077;
        if mode != 0 {
            sound = false;
            outln!(
                "✗ {}",
                say(lang, "doctor-open-folder", &[("folder", place.data.display().to_string().into())])
            );
        }
    }
    sound &= messages(&ws, &args.sending, lang).await?;
    outln!("{}", word(lang, if sound { "doctor-sound" } else { "doctor-unsound" }));
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(exit::PART) })
}

/// Whether messages can be sent as it is set up here, and whether any of them are stuck.
async fn messages(ws: &Workspace, sending: &Sending, lang: Lang) -> anyhow::Result<bool> {
    let mut sound = true;
    match sending.outgoing() {
        Ok(outgoing) => {
            let on = |channel| word(lang, if outgoing.reaches(channel) { "outbox-on" } else { "outbox-off" });
            let ways = [("mail", on(Channel::Mail).into()), ("phone", on(Channel::Phone).into())];
            outln!("{}", say(lang, "doctor-outbox-ways", &ways));
        }
        Err(problem) => {
            sound = false;
            outln!("✗ {}", nhipcau_messages::problem(lang, &problem));
        }
    }
    let standing = outbox::standing(ws).await?;
    let counts = [
        ("waiting", standing.waiting.into()),
        ("going", standing.going.into()),
        ("sent", standing.sent.into()),
        ("given-up", standing.given_up.into()),
        ("unknown", standing.unknown.into()),
    ];
    outln!("{}", say(lang, "doctor-outbox", &counts));
    // At night reminders wait: they are due in the morning.
    let stuck = standing.due_since.filter(|due| ws.now().duration_since(*due) > STUCK);
    if let Some(due) = stuck {
        sound = false;
        outln!("✗ {}", say(lang, "doctor-outbox-stuck", &[("since", text::date_time(due).into())]));
    }
    if standing.unknown > 0 {
        sound = false;
        outln!("✗ {}", say(lang, "doctor-outbox-unknown", &[("count", standing.unknown.into())]));
    }
    Ok(sound)
}

fn refuse_existing(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        return Err(Problem::new("file-exists").with("file", path.display().to_string()).into());
    }
    Ok(())
}
