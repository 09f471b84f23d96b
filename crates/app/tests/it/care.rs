//! Keeping the records well: verify, backup, restore, moving to `PostgreSQL`.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use nhipcau_testkit::TestDatabase;
use sqlx::Connection as _;

use crate::support::{demo, demo_copy, empty_campaign, finish, folder, program, returns, run, word};

fn change(data: &std::path::Path, sql: &'static str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let address = format!("sqlite:{}", data.join("nhipcau.db").display());
        let mut conn = sqlx::SqliteConnection::connect(&address).await.expect("connects");
        let done = sqlx::query(sql).execute(&mut conn).await.expect("runs");
        assert!(done.rows_affected() > 0, "nothing to change: {sql}");
        conn.close().await.expect("closes");
    });
}

#[test]
fn verify_says_what_was_tampered_with_and_fails() {
    for (sql, named) in [
        ("DELETE FROM total WHERE unit = 'xa-my-hoa' AND data_set = 'chi-bo'", "xa-my-hoa"),
        (
            "UPDATE return_state SET locked = 0 WHERE unit = 'xa-my-hoa.tram-y-te' AND data_set = 'chi-bo'",
            "xa-my-hoa.tram-y-te",
        ),
        ("UPDATE edition_document SET bytes = x'00' WHERE format = 'pdf'", "ket-qua/1 pdf"),
    ] {
        let data = demo_copy();
        change(data.path(), sql);
        let said = run(data.path(), &["verify"]).exits(1).out;
        assert!(said.contains(named), "{sql}: {said}");
    }
}

#[test]
fn a_backup_is_whole_while_a_writer_runs_and_restores_into_an_empty_folder() {
    let data = empty_campaign();
    let backup = data.path().join("sao-luu.db");
    // The writer has acknowledged some returns, and goes on while the copy is made.
    let mut import = program();
    import
        .args(["returns", "import", "--format", "json", "--data", word(data.path())])
        .arg(demo().join("bao-cao-nhan-duoc"));
    let mut writer = import.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("spawns");
    let mut acknowledged = BufReader::new(writer.stdout.take().expect("a pipe")).lines();
    let before: Vec<String> = acknowledged.by_ref().take(40).map(|l| l.expect("a line")).collect();
    run(data.path(), &["backup", word(&backup)]).exits(0);
    assert!(acknowledged.count() > 0);
    assert_eq!(writer.wait().expect("ends").code(), Some(1), "some of the demo's files are broken");

    let elsewhere = folder();
    let restored = elsewhere.path().join("du-lieu");
    run(&restored, &["restore", word(&backup)]).exits(0);
    run(&restored, &["verify"]).exits(0);
    let kept: Vec<String> = returns(&restored, "nam-1").into_iter().map(|(key, _)| key).collect();
    for line in before {
        let line: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        for key in line["received"].as_array().expect("received").iter().filter_map(|k| k.as_str()) {
            assert!(
                !key.ends_with("/nam-1") || kept.iter().any(|k| k == key),
                "{key} was acknowledged before the backup"
            );
        }
    }
    // Never over what is there.
    run(&restored, &["restore", word(&backup)]).exits(3);
    run(data.path(), &["backup", word(&backup)]).exits(3);
}

#[test]
fn a_broken_backup_leaves_no_data_folder_behind() {
    let elsewhere = folder();
    let (broken, data) = (elsewhere.path().join("hong.db"), elsewhere.path().join("du-lieu"));
    let whole = fs::read(demo().with_file_name("demo.db")).expect("reads");
    fs::write(&broken, &whole[..whole.len() / 2]).expect("writes");
    let said = run(&data, &["restore", word(&broken)]).exits(3).err;
    assert!(said.contains("hong.db"), "{said}");
    assert!(!data.join("nhipcau.db").exists(), "half a backup looks like a data folder");
    let left = fs::read_dir(&data).map_or(0, std::iter::Iterator::count);
    assert_eq!(left, 0, "leftovers in {}", data.display());
}

#[test]
fn moved_to_postgres_the_figures_are_the_same_to_the_letter() {
    let Some(TestDatabase::Postgres { url }) = TestDatabase::postgres() else { return };
    let data = demo_copy();
    run(data.path(), &["copy-to-postgres", "--database", &url]).exits(0);
    let on_postgres = |words: &[&str]| {
        let mut command = program();
        command.args(words).args(["--database", &url]);
        finish(command).exits(0).out
    };
    for words in [
        &["figures", "--period", "nam-1", "--format", "json"][..],
        &["explain", "members.planned", "--period", "nam-1", "--format", "json"],
        &["coverage", "--period", "nam-1", "--format", "json"],
        &["returns", "list", "--period", "nam-1", "--format", "json"],
    ] {
        assert_eq!(on_postgres(words), run(data.path(), words).exits(0).out, "{words:?}");
    }
    on_postgres(&["verify"]);
    // Not twice into the same database: it is no longer empty.
    let again = run(data.path(), &["copy-to-postgres", "--database", &url]);
    assert!(matches!(again.code, Some(3 | 4)), "{again:?}");
    // And back: a backup of a server is a file as well.
    let back = folder();
    let (file, restored) = (back.path().join("tu-postgres.db"), back.path().join("du-lieu"));
    on_postgres(&["backup", word(&file)]);
    run(&restored, &["restore", word(&file)]).exits(0);
    let words = ["figures", "--period", "nam-1", "--format", "json"];
    assert_eq!(run(&restored, &words).exits(0).out, run(data.path(), &words).exits(0).out);
}

#[test]
fn migrating_twice_takes_no_step() {
    let data = empty_campaign();
    let said = run(data.path(), &["migrate", "--lang", "en"]).exits(0).out;
    assert!(said.contains('0'), "{said}");
}

#[test]
fn the_demo_told_twice_changes_nothing() {
    let data = demo_copy();
    let before = returns(data.path(), "nam-1");
    run(data.path(), &["demo", "--once"]).exits(0);
    assert_eq!(returns(data.path(), "nam-1"), before);
    run(data.path(), &["verify"]).exits(0);
}
