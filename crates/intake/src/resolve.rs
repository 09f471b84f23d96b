//! Finds what a text names: a form, a period, a unit. Never by likeness, never the first of several.

use nhipcau_domain::{dataset::DataSet, definitions::Definitions, period::Period, problem::Problem};

use crate::{
    UnitInfo, World,
    text::{clean, fold, short},
    xlsx::Refused,
};

/// The form of that id or title.
pub(crate) fn data_set<'w>(definitions: &'w Definitions, text: &str) -> Result<&'w DataSet, Refused> {
    let text = clean(text);
    if let Some(found) = definitions.data_set(&text) {
        return Ok(found);
    }
    let folded = fold(&text);
    let mut named = definitions.data_sets.iter().filter(|d| fold(&d.name) == folded);
    match (named.next(), named.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(Box::new(
            Problem::new("intake-form-unknown")
                .with("found", short(&text, 80))
                .with("expected", forms(definitions)),
        )),
    }
}

/// Every form's title, for a sentence.
pub(crate) fn forms(definitions: &Definitions) -> String {
    let names: Vec<String> = definitions.data_sets.iter().map(|d| format!("“{}”", d.name)).collect();
    names.join(", ")
}

/// The period of that id or name, in the form's calendar.
pub(crate) fn period<'w>(
    definitions: &'w Definitions,
    data_set: &DataSet,
    text: &str,
) -> Result<&'w Period, Refused> {
    let text = clean(text);
    let periods = definitions.calendar(&data_set.calendar).map(|c| &*c.periods).unwrap_or_default();
    if let Some(found) = periods.iter().find(|p| p.id.as_str() == text) {
        return Ok(found);
    }
    let folded = fold(&text);
    let mut named = periods.iter().filter(|p| fold(&p.name) == folded);
    if let (Some(one), None) = (named.next(), named.next()) {
        return Ok(one);
    }
    let expected: Vec<String> = periods.iter().map(|p| format!("{} ({})", p.name, p.id)).collect();
    Err(Box::new(
        Problem::new("intake-period-unknown")
            .with("found", short(&text, 80))
            .with("form", &*data_set.name)
            .with("expected", expected.join(", ")),
    ))
}

/// The unit of that id, official code or name.
pub(crate) fn unit(world: &dyn World, text: &str) -> Result<UnitInfo, Refused> {
    if let Some(found) = world.unit(text) {
        return Ok(found);
    }
    let text = clean(text);
    if let Some(found) = world.unit(&text) {
        return Ok(found);
    }
    let mut named = world.units_named(&fold(&text));
    match named.len() {
        1 => named.pop().ok_or_else(|| unit_unknown(&text)),
        0 => Err(unit_unknown(&text)),
        _ => {
            let candidates: Vec<String> = named.iter().map(|u| format!("{} ({})", u.name, u.id)).collect();
            Err(Box::new(
                Problem::new("intake-unit-ambiguous")
                    .with("found", short(&text, 80))
                    .with("candidates", candidates.join("; ")),
            ))
        }
    }
}

fn unit_unknown(text: &str) -> Refused {
    Box::new(Problem::new("intake-unit-unknown").with("found", short(text, 80)))
}
