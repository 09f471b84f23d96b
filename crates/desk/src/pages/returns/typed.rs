//! The form's fields, by name: `so.ELEMENT` what was typed, `kieu.ELEMENT` which kind of answer,
//! `ly-do.ELEMENT` why exempt, `loi.FIELD` words.

use nhipcau_actions::reporting::{Answer, Choice, Save, Typed};
use nhipcau_domain::returns::ReturnKey;

use crate::{field::Field, received::Fields};

/// The kinds of answer, as fields name them.
const KINDS: [(Choice, &str); 4] = [
    (Choice::Number, "so"),
    (Choice::NotReported, "khong-bao-cao"),
    (Choice::Exempt, "mien"),
    (Choice::NotApplicable, "khong-ap-dung"),
];

pub(super) fn kind(choice: Choice) -> &'static str {
    KINDS.iter().find(|(c, _)| *c == choice).map_or("so", |(_, name)| name)
}

/// What was typed into the form.
pub(super) fn typed(fields: &Fields) -> Typed {
    let mut typed = Typed {
        explanation: fields.get("giai-trinh").to_owned(),
        reason: fields.get("ly-do-sua").to_owned(),
        ..Typed::default()
    };
    for (name, value) in &fields.0 {
        if let Some(field) = name.strip_prefix("loi.") {
            typed.words.push((field.to_owned(), value.clone()));
        } else if let Some((part, element)) = name.split_once('.') {
            let at = typed.answers.iter().position(|(e, _)| e.as_str() == element);
            let at = at.unwrap_or_else(|| {
                typed.answers.push((element.into(), Answer::default()));
                typed.answers.len() - 1
            });
            let Some((_, answer)) = typed.answers.get_mut(at) else { continue };
            match part {
                "so" => answer.text.clone_from(value),
                "kieu" => {
                    let known = KINDS.iter().find(|(_, name)| name == value);
                    answer.choice = known.map_or(Choice::Number, |(choice, _)| *choice);
                }
                "ly-do" => answer.reason.clone_from(value),
                _ => {}
            }
        }
    }
    typed
}

/// The same, to be sent once more with a form of another page.
pub(super) fn hidden(typed: &Typed) -> Vec<Field> {
    let mut fields = Vec::new();
    for (element, answer) in &typed.answers {
        fields.push(Field::hidden(&format!("so.{element}"), answer.text.as_str()));
        fields.push(Field::hidden(&format!("kieu.{element}"), kind(answer.choice)));
        fields.push(Field::hidden(&format!("ly-do.{element}"), answer.reason.as_str()));
    }
    for (field, words) in &typed.words {
        fields.push(Field::hidden(&format!("loi.{field}"), words.as_str()));
    }
    fields.push(Field::hidden("giai-trinh", typed.explanation.as_str()));
    fields.push(Field::hidden("ly-do-sua", typed.reason.as_str()));
    fields
}

/// What a page saves: `phien` is the draft's version, `lan` the last revision that it saw, `ban` its name.
pub(super) fn saving<'a>(fields: &'a Fields, key: &'a ReturnKey, typed: &'a Typed) -> Save<'a> {
    Save {
        key,
        copy: fields.get("ban"),
        version: fields.get("phien").parse().unwrap_or(0),
        revision: fields.get("lan").parse().unwrap_or(0),
        typed,
    }
}
