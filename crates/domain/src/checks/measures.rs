//! Different units of measure never add, and never compare.

use super::{
    Check,
    ast::{Condition, Operation, Quantity},
    source::Field,
};
use crate::{
    id::{ElementId, MeasureId},
    problem::Problem,
};

/// Whether every sum, difference and comparison of a check, and of the numbers in its messages,
/// stays within one unit of measure.
///
/// A constant and a register's count agree with anything, and multiplying by one keeps the unit of
/// measure. The product of two elements has none that is configured, and is refused.
pub fn measures_agree(check: &Check, measure_of: &dyn Fn(&str) -> Option<MeasureId>) -> Result<(), Problem> {
    let place = |field| {
        move |clash: Box<Clash<'_>>| {
            let (line, column) = check.place(field, clash.at);
            let Clash { problem, at } = *clash;
            problem
                .with("rule", check.rule().id.as_str())
                .with("field", field.name())
                .with("element", at)
                .with("at", column)
                .at_line(line, column)
        }
    };
    condition(check.holds(), measure_of).map_err(place(Field::Holds))?;
    for (field, template) in check.templates() {
        for value in template.values() {
            quantity(value, measure_of).map_err(place(field))?;
        }
    }
    Ok(())
}

/// What does not agree, and the element where that shows.
struct Clash<'a> {
    problem: Problem,
    at: &'a ElementId,
}

/// A unit of measure, and the element that it comes from; none where any would do.
type Measured<'a> = Option<(MeasureId, &'a ElementId)>;

type Checked<'a, T> = Result<T, Box<Clash<'a>>>;

fn condition<'a>(of: &'a Condition, measure_of: &dyn Fn(&str) -> Option<MeasureId>) -> Checked<'a, ()> {
    match of {
        Condition::Compare { left, right, .. } => {
            agree(quantity(left, measure_of)?, quantity(right, measure_of)?).map(drop)
        }
        Condition::Not(inner) => condition(inner, measure_of),
        Condition::Logic { left, right, .. } => {
            condition(left, measure_of)?;
            condition(right, measure_of)
        }
    }
}

fn quantity<'a>(
    of: &'a Quantity,
    measure_of: &dyn Fn(&str) -> Option<MeasureId>,
) -> Checked<'a, Measured<'a>> {
    match of {
        Quantity::Constant(_) | Quantity::Register(_) => Ok(None),
        Quantity::Element(element) | Quantity::Previous(element) | Quantity::Children(element) => {
            let measure = measure_of(element).ok_or_else(|| {
                Box::new(Clash { problem: Problem::new("check-measure-unknown"), at: element })
            })?;
            Ok(Some((measure, element)))
        }
        Quantity::Arithmetic { op, left, right } => {
            let (left, right) = (quantity(left, measure_of)?, quantity(right, measure_of)?);
            match (op, &left, &right) {
                (Operation::Multiply, Some((_, other)), Some((_, element))) => Err(Box::new(Clash {
                    problem: Problem::new("check-measures-multiplied").with("other", *other),
                    at: element,
                })),
                (Operation::Multiply, ..) => Ok(left.or(right)),
                _ => agree(left, right),
            }
        }
    }
}

fn agree<'a>(left: Measured<'a>, right: Measured<'a>) -> Checked<'a, Measured<'a>> {
    match (left, right) {
        (Some((expected, other)), Some((found, element))) if expected != found => Err(Box::new(Clash {
            problem: Problem::new("check-measures-differ")
                .with("found", &found)
                .with("expected", &expected)
                .with("other", other),
            at: element,
        })),
        (left, right) => Ok(left.or(right)),
    }
}
