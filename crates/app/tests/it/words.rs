//! Exit codes, languages, help: what a person at the prompt can rely on.

use std::fs;

use crate::support::{demo, empty_campaign, finish, folder, program, run, word};

#[test]
fn exit_codes_are_what_the_help_says() {
    let help = run(demo(), &["--help"]).exits(0).out;
    assert!(help.contains("Mã kết thúc"), "{help}");
    run(demo(), &["verify"]).exits(0);
    run(demo(), &["no-such-command"]).exits(2);
    run(demo(), &["figures"]).exits(2);
    run(demo(), &["explain", "no.such.figure", "--period", "nam-1"]).exits(3);
    run(demo(), &["figures", "--period", "nam-9"]).exits(3);
    run(demo(), &["returns", "import", "no-such-file.xlsx"]).exits(3);
    run(&demo().join("nowhere"), &["figures", "--period", "nam-1"]).exits(3);
    let broken = folder();
    fs::write(broken.path().join("nhipcau.db"), "this is no database").expect("writes");
    run(broken.path(), &["figures", "--period", "nam-1"]).exits(4);
}

#[test]
fn failures_are_said_in_vietnamese_unless_english_is_asked_for() {
    let words = ["explain", "members.rigistered", "--period", "nam-1"];
    let vi = run(demo(), &words).exits(3).err;
    assert!(vi.contains("Không có chỉ số nào") && vi.contains("members.registered"), "{vi}");
    let en = run(demo(), &[&words[..], &["--lang", "en"]].concat()).exits(3).err;
    assert!(en.contains("There is no") && en.contains("members.registered"), "{en}");
    let mut by_locale = program();
    by_locale.env("LANG", "en_GB.UTF-8").args(words).arg("--data").arg(demo());
    assert_eq!(finish(by_locale).exits(3).err, en);
}

#[test]
fn every_command_has_help_in_both_languages() {
    let commands: Vec<String> = run(demo(), &["--lang", "en", "--help"])
        .exits(0)
        .out
        .lines()
        .skip_while(|l| !l.starts_with("Commands:"))
        .skip(1)
        .take_while(|l| !l.trim().is_empty())
        .filter_map(|l| l.split_whitespace().next().map(str::to_owned))
        .filter(|c| c != "help")
        .collect();
    assert!(commands.len() >= 17, "{commands:?}");
    for command in &commands {
        let vi = run(demo(), &[command, "--help"]).exits(0).out;
        let en = run(demo(), &["--lang", "en", command, "--help"]).exits(0).out;
        assert_ne!(vi, en, "{command}");
        for text in [&vi, &en] {
            assert!(!text.contains("Unknown localization key"), "{text}");
        }
    }
}

#[test]
fn shells_complete_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let script = run(demo(), &["completions", shell]).exits(0).out;
        for command in ["copy-to-postgres", "explain", "returns"] {
            assert!(script.contains(command), "{shell} does not complete {command}");
        }
    }
}

#[test]
fn a_data_folder_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let data = empty_campaign();
    let mode = fs::metadata(data.path()).expect("there").permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
    let said = run(data.path(), &["doctor"]).exits(0).out;
    assert!(said.contains("huyện Cầu Ngang"), "{said}");
    fs::set_permissions(data.path(), fs::Permissions::from_mode(0o755)).expect("opens it");
    run(data.path(), &["doctor"]).exits(1);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut shell = std::process::Command::new("sh");
    let line = r#""$1" figures --period nam-1 --data "$2" --format csv | head -n 1; exit 0"#;
    shell.args(["-c", line, "sh", env!("CARGO_BIN_EXE_nhipcau"), word(demo())]);
    let run = finish(shell).exits(0);
    assert_eq!(run.err, "");
}
