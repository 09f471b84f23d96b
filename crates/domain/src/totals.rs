//! How returns add up: what one unit adds for a period, and sums of that up the tree.
//!
//! A [`Sums`] is one packed row: every element of a form, for one unit and period. Sums add and
//! subtract exactly, so a changed return changes each unit above it by the difference, in the same
//! transaction.

use crate::{
    dataset::DataSet,
    definitions::Definitions,
    element::{TimeRule, UnitRule},
    figure::Coverage,
    problem::Problem,
    returns::{Status, Submission, Value},
};

/// The sum of one element, and on how many answers it rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ElementSum {
    /// Σ of the numbers. For an element that does not add across units: the unit's last number, and
    /// 0 in every total above it.
    pub sum: i64,
    /// Answers that are numbers.
    pub numbers: i64,
    /// Answers "not reported".
    pub not_reported: i64,
    /// Answers "exempt".
    pub exempt: i64,
    /// Answers "not applicable".
    pub not_applicable: i64,
}

/// What returns of one form come to: one packed row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// Returns that came in (submitted, sent back, or accepted).
    pub reported: i64,
    /// Returns that are accepted.
    pub accepted: i64,
    /// Returns that are excused.
    pub exempt: i64,
    /// A sum for each element, in the form's order.
    pub elements: Vec<ElementSum>,
}

impl Sums {
    /// Nothing yet, for a form of that many elements.
    #[must_use]
    pub fn zero(elements: usize) -> Self {
        Self { elements: vec![ElementSum::default(); elements], ..Self::default() }
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.reported == 0
            && self.accepted == 0
            && self.exempt == 0
            && self.elements.iter().all(|e| *e == ElementSum::default())
    }

    /// Adds another row of the same form. A sum beyond 64 bits is refused.
    pub fn add(&mut self, other: &Self) -> Result<(), Problem> {
        self.combine(other, i64::checked_add)
    }

    /// Takes another row of the same form off.
    pub fn subtract(&mut self, other: &Self) -> Result<(), Problem> {
        self.combine(other, i64::checked_sub)
    }

    fn combine(&mut self, other: &Self, op: fn(i64, i64) -> Option<i64>) -> Result<(), Problem> {
        if self.elements.len() < other.elements.len() {
            self.elements.resize(other.elements.len(), ElementSum::default());
        }
        let apply = |a: &mut i64, b: i64| {
            *a = op(*a, b).ok_or_else(|| Problem::new("total-too-large"))?;
            Ok::<_, Problem>(())
        };
        apply(&mut self.reported, other.reported)?;
        apply(&mut self.accepted, other.accepted)?;
        apply(&mut self.exempt, other.exempt)?;
        for (a, b) in self.elements.iter_mut().zip(&other.elements) {
            apply(&mut a.sum, b.sum)?;
            apply(&mut a.numbers, b.numbers)?;
            apply(&mut a.not_reported, b.not_reported)?;
            apply(&mut a.exempt, b.exempt)?;
            apply(&mut a.not_applicable, b.not_applicable)?;
        }
        Ok(())
    }

    /// The row as it counts in the units above: without the values that do not add across units.
    #[must_use]
    pub fn rolled_up(mut self, definitions: &Definitions, data_set: &DataSet) -> Self {
        for (slot, element) in self.elements.iter_mut().zip(definitions.elements_of(data_set)) {
            if element.adds == UnitRule::Lists {
                slot.sum = 0;
            }
        }
        self
    }

    /// Coverage of these returns against how many are owed.
    #[must_use]
    pub fn coverage(&self, expected: u32) -> Coverage {
        let count = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
        let (reported, accepted, exempt) = (count(self.reported), count(self.accepted), count(self.exempt));
        Coverage {
            expected,
            reported,
            accepted,
            exempt,
            missing: expected.saturating_sub(accepted).saturating_sub(exempt),
        }
    }

    /// Packs the row: zigzag varints, a version byte first. Empty tails are left out.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(8 + self.elements.len() * 6);
        out.push(1);
        for n in [self.reported, self.accepted, self.exempt] {
            put(&mut out, n);
        }
        put(&mut out, i64::try_from(self.elements.len()).unwrap_or(0));
        for e in &self.elements {
            for n in [e.sum, e.numbers, e.not_reported, e.exempt, e.not_applicable] {
                put(&mut out, n);
            }
        }
        out
    }

    /// Unpacks a row; none if the bytes are not one.
    #[must_use]
    pub fn decode(mut bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first()?;
        if *version != 1 {
            return None;
        }
        bytes = rest;
        let mut next = || take(&mut bytes);
        let (reported, accepted, exempt) = (next()?, next()?, next()?);
        let len = usize::try_from(next()?).ok().filter(|n| *n <= 100_000)?;
        let mut elements = Vec::with_capacity(len);
        for _ in 0..len {
            elements.push(ElementSum {
                sum: next()?,
                numbers: next()?,
                not_reported: next()?,
                exempt: next()?,
                not_applicable: next()?,
            });
        }
        bytes.is_empty().then_some(Self { reported, accepted, exempt, elements })
    }
}

#[expect(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "zigzag: bits, not numbers")]
fn put(out: &mut Vec<u8>, n: i64) {
    let mut bits = ((n << 1) ^ (n >> 63)) as u64;
    while bits >= 0x80 {
        out.push(bits as u8 | 0x80);
        bits >>= 7;
    }
    out.push(bits as u8);
}

#[expect(clippy::cast_possible_wrap, reason = "zigzag: bits, not numbers")]
fn take(bytes: &mut &[u8]) -> Option<i64> {
    let mut bits = 0_u64;
    for shift in (0..70).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        bits |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some((bits >> 1) as i64 ^ -((bits & 1) as i64));
        }
    }
    None
}

/// One return of a unit within a period, as it counts: its status and its accepted revision.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// Where the return stands.
    pub status: Status,
    /// The accepted revision, if one counts.
    pub accepted: Option<&'a Submission>,
}

/// What one unit's returns add for a period: flows add over time, a stock is the last accepted
/// value within the period, and only while the unit is open on the period's last day.
///
/// `returns` are the unit's returns of this form within the period, in order of time.
pub fn contribution(
    definitions: &Definitions,
    data_set: &DataSet,
    returns: &[Counted<'_>],
    open_on_last_day: bool,
) -> Result<Sums, Problem> {
    let mut sums = Sums::zero(data_set.elements.len());
    for r in returns {
        sums.reported += i64::from(
            matches!(r.status, Status::Submitted | Status::Returned | Status::Accepted)
                || r.accepted.is_some(),
        );
        sums.accepted += i64::from(r.accepted.is_some());
        sums.exempt += i64::from(r.status == Status::Exempt);
    }
    for (slot, element) in sums.elements.iter_mut().zip(definitions.elements_of(data_set)) {
        let mut answers = returns.iter().filter_map(|r| r.accepted?.value(&element.id));
        match element.time {
            TimeRule::Flow => answers.try_for_each(|value| count_in(slot, value, element.adds))?,
            TimeRule::Stock if open_on_last_day => {
                // The last number stands; without one, the last answer says why there is none.
                let last = answers.clone().rfind(|v| v.number().is_some()).or_else(|| answers.next_back());
                if let Some(value) = last {
                    count_in(slot, value, element.adds)?;
                }
            }
            TimeRule::Stock => {}
        }
    }
    Ok(sums)
}

fn count_in(slot: &mut ElementSum, value: &Value, adds: UnitRule) -> Result<(), Problem> {
    match value {
        Value::Number(n) => {
            slot.numbers += 1;
            slot.sum = match adds {
                UnitRule::Adds => slot.sum.checked_add(*n).ok_or_else(|| Problem::new("total-too-large"))?,
                UnitRule::Lists => *n,
            };
        }
        Value::NotReported => slot.not_reported += 1,
        Value::Exempt(_) => slot.exempt += 1,
        Value::NotApplicable => slot.not_applicable += 1,
    }
    Ok(())
}
