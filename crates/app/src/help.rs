//! The command line's help, in the reader's language: every text from the catalogue, by the
//! command's and the argument's name.

use clap::{Arg, Command, CommandFactory};
use nhipcau_messages::{Lang, word};

use crate::args::Cli;

/// The whole command line, with its help in that language.
pub fn command(lang: Lang) -> Command {
    localise(Cli::command(), "help", lang).after_long_help(word(lang, "help-exit-codes"))
}

fn localise(command: Command, id: &str, lang: Lang) -> Command {
    let mut command = command.about(word(lang, id));
    let more = format!("{id}-long");
    let text = word(lang, &more);
    if text != more {
        command = command.after_long_help(text);
    }
    command = command.mut_args(|arg| describe(arg, lang));
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names.iter().filter(|n| *n != "help") {
        command = command.mut_subcommand(name, |sub| localise(sub, &format!("{id}-{name}"), lang));
    }
    command
}

fn describe(arg: Arg, lang: Lang) -> Arg {
    let id = format!("arg-{}", arg.get_id().as_str().replace('_', "-"));
    let text = word(lang, &id);
    if text == id { arg } else { arg.help(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undescribed(command: &Command, path: &str, found: &mut Vec<String>) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        if about.starts_with("help") {
            found.push(format!("{path}: {about}"));
        }
        for arg in command.get_arguments().filter(|a| !["help", "version"].contains(&a.get_id().as_str())) {
            if arg.get_help().is_none() {
                found.push(format!("{path} {}", arg.get_id()));
            }
        }
        for sub in command.get_subcommands() {
            undescribed(sub, &format!("{path} {}", sub.get_name()), found);
        }
    }

    #[test]
    fn every_command_and_argument_is_described_in_both_languages() {
        for lang in [Lang::Vi, Lang::En] {
            let mut found = Vec::new();
            undescribed(&command(lang), "nhipcau", &mut found);
            assert!(found.is_empty(), "{lang:?}: {found:#?}");
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        command(Lang::Vi).debug_assert();
    }
}
