//! Fills returns in, so that the totals come out exactly.

use nhipcau_campaign::{Loaded, register_count};
use nhipcau_domain::{problem::Problem, returns::Submission};

use crate::{
    dice::Dice,
    slots::{Slots, unknown},
    spec::{Below, Fill, Spec},
    spread::spread,
};

pub(crate) fn submissions(loaded: &Loaded, spec: &Spec, seed: u64) -> Result<Vec<Submission>, Problem> {
    let mut slots = Slots::new(loaded, spec)?;
    for (n, fill) in (0_u64..).zip(&spec.fill) {
        // Each fill has dice of its own, so that one more in the file changes no other.
        let mut dice = Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(n));
        let chosen = slots.chosen(spec, fill)?;
        let values = values(&slots, fill, &chosen, &mut dice)?;
        let definitions = slots.definitions;
        let id = definitions.element(&fill.element).map_or("", |e| e.id.as_str());
        for (at, value) in chosen.into_iter().zip(values) {
            if let Some(slot) = slots.all.get_mut(at) {
                slot.values.insert(id, value);
            }
        }
    }
    let mut dice = Dice::new(seed ^ 0x0077_6f72_6473);
    for words in &spec.words {
        let form = slots.definitions.data_set(&words.data_set).ok_or_else(|| unknown(&words.data_set))?;
        if form.words.iter().all(|w| w.id != words.field) {
            return Err(unknown(&words.field));
        }
        for slot in slots.all.iter_mut().filter(|s| s.data_set.id == form.id) {
            let answers = dice.below(100) < words.percent;
            if let Some(text) = dice.pick(&words.texts).filter(|_| answers) {
                slot.words.push((words.field.clone(), text.clone()));
            }
        }
    }
    Ok(slots.into_submissions())
}

fn values(slots: &Slots<'_>, fill: &Fill, chosen: &[usize], dice: &mut Dice) -> Result<Vec<i64>, Problem> {
    let broken =
        |id: &str| Problem::new("synthetic-cannot-fill").with("element", &*fill.element).with("of", id);
    let in_file = |problem: Problem| problem.in_file("synthetic.toml");
    let each = |value: &dyn Fn(usize) -> Option<i64>, of: &str| {
        let all: Option<Vec<i64>> = chosen.iter().map(|at| value(*at)).collect();
        all.ok_or_else(|| in_file(broken(of)))
    };
    if let Some(total) = fill.total {
        let bounds: Option<Vec<(i64, i64)>> = chosen.iter().map(|at| bounds(slots, fill, *at)).collect();
        let bounds = bounds.ok_or_else(|| in_file(broken(&fill.at_most.join(", "))))?;
        return spread(total, &bounds, fill.clumps, dice).ok_or_else(|| {
            let least = bounds.iter().fold(0_i64, |sum, b| sum.saturating_add(b.0));
            let most = bounds.iter().fold(0_i64, |sum, b| sum.saturating_add(b.1));
            in_file(
                Problem::new("synthetic-total-impossible")
                    .with("element", &*fill.element)
                    .with("total", total)
                    .with("least", least)
                    .with("most", most)
                    .with("returns", bounds.len()),
            )
        });
    }
    if let Some(value) = fill.value {
        return Ok(vec![value; chosen.len()]);
    }
    if let Some(name) = &fill.register {
        let count = |at: usize| {
            let slot = slots.all.get(at)?;
            register_count(slots.definitions, name, slots.tree.id(slot.unit), slot.period)
        };
        return each(&count, name);
    }
    if let Some(terms) = &fill.sum {
        return each(&|at| slots.reckon(at, terms), &terms.join(", "));
    }
    if let Some(below) = &fill.below {
        return each(&|at| sum_below(slots, below, at), &below.of);
    }
    Err(in_file(broken("total, value, register, sum, below")))
}

/// The least and the most of one return.
fn bounds(slots: &Slots<'_>, fill: &Fill, at: usize) -> Option<(i64, i64)> {
    let low =
        if fill.at_least.is_empty() { fill.min } else { fill.min.max(slots.reckon(at, &fill.at_least)?) };
    let most = fill.max.unwrap_or(fill.total.unwrap_or(i64::MAX));
    let high = if fill.at_most.is_empty() { most } else { most.min(slots.reckon(at, &fill.at_most)?) };
    Some((low.min(high), high))
}

/// What the units straight below filled in, in the same period.
fn sum_below(slots: &Slots<'_>, below: &Below, at: usize) -> Option<i64> {
    let own = slots.all.get(at)?;
    let children = slots.all.iter().filter(|s| {
        s.parent == Some(own.unit)
            && s.period.id == own.period.id
            && (below.kinds.is_empty() || below.kinds.iter().any(|k| k == s.kind.as_str()))
    });
    children.filter_map(|s| s.values.get(below.of.as_str())).try_fold(0_i64, |sum, n| sum.checked_add(*n))
}
