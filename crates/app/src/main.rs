//! `nhipcau`: carries a figure from the hamlet to the published page.
//!
//! One file a command, under `commands/`. Here: the language is found, the arguments are read, the
//! command runs, and what went wrong is said in a plain sentence with an exit code that scripts can
//! rely on (see [`exit`]).

/// Prints a line. A reader that has gone away (`| head`) is no failure of ours.
macro_rules! outln {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

mod args;
mod commands;
mod exit;
mod help;
mod key;
mod output;
mod place;
mod progress;
mod system;

use std::process::ExitCode;

use clap::FromArgMatches;
use nhipcau_messages::Lang;

use crate::args::Cli;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let lang = language(&words, |name| std::env::var(name).ok());
    let matches = match help::command(lang).try_get_matches_from(&words) {
        Ok(matches) => matches,
        Err(error) => return exit::usage(&error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return exit::usage(&error),
    };
    start_log();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return exit::failed(lang, &error.into()),
    };
    match runtime.block_on(commands::run(cli, lang)) {
        Ok(code) => code,
        Err(error) => exit::failed(lang, &error),
    }
}

/// `--lang` first, then `NHIPCAU_LANG`, then an English locale; Vietnamese otherwise.
fn language(words: &[std::ffi::OsString], env: impl Fn(&str) -> Option<String>) -> Lang {
    let words: Vec<&str> = words.iter().filter_map(|w| w.to_str()).collect();
    let after = words.iter().position(|w| *w == "--lang").and_then(|i| words.get(i + 1).copied());
    let joined = words.iter().find_map(|w| w.strip_prefix("--lang="));
    let asked = after.or(joined).and_then(|code| code.parse().ok());
    let locale =
        || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|n| env(n).filter(|v| !v.is_empty()));
    asked
        .or_else(|| env("NHIPCAU_LANG")?.parse().ok())
        .or_else(|| Lang::from_locale(&locale()?))
        .unwrap_or_default()
}

/// Logs go to standard error, warnings and above; `RUST_LOG` asks for more.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang_of(words: &[&str], env: &[(&str, &str)]) -> Lang {
        let words: Vec<_> = words.iter().map(Into::into).collect();
        language(&words, |name| env.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn vietnamese_unless_english_is_asked_for() {
        assert_eq!(lang_of(&["nhipcau"], &[]), Lang::Vi);
        assert_eq!(lang_of(&["nhipcau"], &[("LANG", "C.UTF-8")]), Lang::Vi);
        assert_eq!(lang_of(&["nhipcau"], &[("LANG", "en_GB.UTF-8")]), Lang::En);
        assert_eq!(lang_of(&["nhipcau", "--lang", "vi"], &[("LANG", "en_GB.UTF-8")]), Lang::Vi);
        assert_eq!(lang_of(&["nhipcau", "--lang=en"], &[]), Lang::En);
    }
}
