//! What differs from the edition before, and why.

use nhipcau_documents::bind::{DifferenceRow, Shown, WITHHELD};
use nhipcau_domain::{figure::Figure, returns::Act};
use nhipcau_store::{AcceptedRow, Tx};

use super::ReportBinder;
use crate::{error::Result, publication::public_reason, report::edition::Edition};

impl ReportBinder<'_> {
    /// Says what differs from the edition before, and why: the corrections' reasons.
    pub async fn compare_with(
        &mut self,
        before: Option<&Edition>,
        tx: &mut Tx,
        pinned: &[AcceptedRow],
    ) -> Result<()> {
        let Some(before) = before else { return Ok(()) };
        let held = tx.pinned(before.record.id).await?;
        let mut reasons: Vec<String> = Vec::new();
        for row in pinned {
            let Some(now) = &row.revision else { continue };
            let then = held.iter().find(|r| r.submission.key == row.key).map_or(0, |r| r.number);
            for act in tx.acts_of(row.return_id).await? {
                if let Act::Submit { revision, reason } = act.act
                    && revision > then
                    && revision <= now.number
                    && !reason.is_empty()
                {
                    let withheld = || self.speech.word("report-withheld");
                    let said = public_reason(&reason).map_or_else(withheld, str::to_owned);
                    if !reasons.contains(&said) {
                        reasons.push(said);
                    }
                }
            }
        }
        let reason = reasons.join("; ");
        let mut rows: Vec<DifferenceRow> = Vec::new();
        for old in &before.body.figures {
            let Some(new) = self.rows.get(old.key.as_str()).map(|r| &r.answer.figure) else { continue };
            if (old.numerator, old.denominator) != (new.numerator, new.denominator) {
                let held_back = self.publication.protected().figure(new).is_withheld() || self.hides(old);
                let said = |f: &Figure| {
                    if held_back { Shown::withheld(WITHHELD) } else { Shown::open(self.with_fraction(f)) }
                };
                rows.push(DifferenceRow {
                    key: old.key.to_string(),
                    name: new.name.clone(),
                    before: said(old),
                    after: said(new),
                    reason: reason.clone(),
                });
            }
        }
        self.differences = Some(rows);
        Ok(())
    }

    /// What stands at the top of an edition that gives no count of people, because its period is a part of
    /// another.
    pub fn part_of_a_whole(&self) -> Option<String> {
        let counted = |f: &Figure| f.people && f.numerator.is_some();
        let withheld =
            self.publication.withholds_people() && self.rows.values().any(|row| counted(&row.answer.figure));
        withheld.then(|| self.speech.word("report-part-of-whole"))
    }

    /// What stands at the top of an edition that corrects another.
    pub fn banner(&self, before: Option<&Edition>) -> Option<String> {
        let before = before?;
        let day = before.body.document.front.date.map(|day| self.speech.date_in_words(day));
        let changed = self.differences.as_ref().map_or(0, Vec::len);
        let args = [
            ("number", (before.record.number + 1).into()),
            ("before", before.record.number.into()),
            ("day", day.unwrap_or_default().into()),
            ("changed", changed.into()),
        ];
        Some(self.speech.say("report-edition-corrects", &args))
    }
}
