//! `checks.toml`: what must hold in a return.

use nhipcau_domain::{
    checks::{self, Rule},
    definitions::Definitions,
    id::ElementId,
    problem::{Arg, Problem, Severity},
};
use serde::Deserialize;
use toml::Spanned;

use crate::{
    files::Files,
    notes::{Notes, Spot, What},
    registers::REGISTERS,
    toml_file::{Document, Ref, into_id, into_ids},
};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawCheck {
    id: Ref,
    data_set: Ref,
    #[serde(default)]
    kinds: Vec<Ref>,
    holds: Spanned<String>,
    severity: Severity,
    message: Spanned<String>,
    message_en: Option<Spanned<String>>,
}

/// Where a rule's three texts stand: `holds`, `message`, `message-en`.
pub(crate) type Texts = [Spot; 3];

pub(crate) fn read(files: &dyn Files, notes: &mut Notes) -> (Vec<Rule>, Vec<Texts>) {
    let Some((file, text)) = notes.text(files, "checks.toml") else { return Default::default() };
    let mut document = Document::parse(file, &text, notes);
    let raw: Vec<RawCheck> = document.items("check", notes);
    let source = document.finish("check", notes);
    let mut found = Vec::new();
    for check in raw {
        source.declare(What::Check, &check.id, notes);
        source.refer(What::DataSet, [&check.data_set], notes);
        source.refer(What::Kind, &check.kinds, notes);
        let english = check.message_en.as_ref();
        let texts = [Some(&check.holds), Some(&check.message), english]
            .map(|t| source.spot(t.map_or(0, |t| t.span().start)));
        let rule = Rule {
            id: check.id.into_inner(),
            data_set: into_id(check.data_set),
            kinds: into_ids(check.kinds),
            holds: check.holds.into_inner(),
            severity: check.severity,
            message: check.message.into_inner(),
            message_en: check.message_en.map(toml::Spanned::into_inner).unwrap_or_default(),
        };
        found.push((rule, texts));
    }
    found.into_iter().unzip()
}

/// Compiles every rule, as it will be when a return comes in. Problems are placed in the file.
pub(crate) fn compile(definitions: &Definitions, texts: &[Texts], notes: &mut Notes) {
    let elements: Vec<ElementId> = definitions.elements.iter().map(|e| e.id.clone()).collect();
    let measure_of = |id: &str| definitions.element(id).map(|e| e.measure.clone());
    for (rule, texts) in definitions.rules.iter().zip(texts) {
        let compiled = checks::compile(rule, &elements)
            .and_then(|check| checks::measures_agree(&check, &measure_of).map(|()| check));
        let check = match compiled {
            Ok(check) => check,
            Err(problem) => {
                let at = place(&problem, texts);
                notes.push(problem, at);
                continue;
            }
        };
        for name in check.registers().filter(|n| !REGISTERS.contains(n)) {
            let problem = Problem::new("campaign-register-unknown").with("rule", rule.id.as_str());
            notes.push(problem.with("found", name).with("expected", REGISTERS.join(", ")), texts[0]);
        }
        let on_form = |id: &ElementId| definitions.element(id).is_some_and(|e| e.data_set == rule.data_set);
        if let Some(other) =
            check.elements().iter().find(|id| !on_form(id)).filter(|_| !check.needs_children())
        {
            let problem = Problem::new("campaign-check-other-form")
                .with("rule", rule.id.as_str())
                .with("element", other)
                .with("form", &rule.data_set);
            notes.push(problem, texts[0]);
        }
    }
}

/// From a place in a rule's text to the place in the file.
fn place(problem: &Problem, texts: &Texts) -> Spot {
    let [holds, message, english] = *texts;
    let start = match problem.arg("field") {
        Some(Arg::Text(field)) if field == "message" => message,
        Some(Arg::Text(field)) if field == "message_en" => english,
        _ => holds,
    };
    let line = problem.place.line.unwrap_or(1);
    let column = problem.place.column.unwrap_or(1);
    // On its first line the text begins after a quotation mark.
    let column = if line == 1 { start.column + column } else { column };
    Spot { line: start.line + line - 1, column, ..start }
}
