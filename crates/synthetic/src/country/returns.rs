//! The country's returns, a row at a time.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use super::config::PERIOD;
use crate::dice::Dice;

const HEADER: &str = "unit,period,members.total,members.women,members.young,members.minority,\
    members.exempt.meetings,members.exempt.work,members.exempt.both,members.registered,members.planned,\
    members.planned.exempt.meetings,members.planned.exempt.work,members.planned.exempt.both,cells.completed,\
    initiatives.collective,initiatives.individual,initiatives.new,meetings.held,meetings.topic,talks.held,news.items\n";

pub(crate) fn write(cells: u64, seed: u64, out: &mut dyn Write) -> io::Result<()> {
    let mut dice = Dice::new(seed);
    out.write_all(HEADER.as_bytes())?;
    let mut line = String::new();
    for cell in 1..=cells {
        line.clear();
        // Writing to a string does not fail.
        let _ = write!(line, "cb-{cell:06},{PERIOD}");
        for value in values(&mut dice) {
            let _ = write!(line, ",{value}");
        }
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// One cell's values, in the form's order. Every check holds.
fn values(dice: &mut Dice) -> [i64; 20] {
    let total = dice.between(5, 20) + dice.between(0, 25);
    let rare = |dice: &mut Dice| dice.between(0, 3).saturating_sub(2);
    let exempt = [rare(dice).max(0), rare(dice).max(0), rare(dice).max(0)];
    let planned_exempt = exempt.map(|e| dice.between(0, e));
    let free = total - exempt.iter().sum::<i64>();
    let lacking = (dice.between(0, 6) - 4).max(0);
    let completed = i64::from(dice.below(50) > 0);
    let (collective, individual) = (dice.between(0, 2), dice.between(0, 1));
    let held = dice.between(10, 14);
    [
        total,
        dice.between(0, total / 2),
        dice.between(0, total / 3),
        dice.between(0, total / 4),
        exempt[0],
        exempt[1],
        exempt[2],
        total - (dice.between(0, 5) - 4).max(0),
        (free - lacking).max(0) + planned_exempt.iter().sum::<i64>(),
        planned_exempt[0],
        planned_exempt[1],
        planned_exempt[2],
        completed,
        collective,
        individual,
        dice.between(0, collective + individual),
        held,
        dice.between(2, 5),
        dice.between(1, 4),
        dice.between(0, 9),
    ]
}
