//! What an audience may see of a count of people. Page contexts take their numbers from here only.

use std::{collections::BTreeSet, sync::Arc};

use nhipcau_actions::{
    Setting,
    publication::{Publication, is_a_part, own},
};
use nhipcau_domain::{
    disclosure::{Audience, Cell},
    figure::Figure,
    id::{ElementId, IndicatorId, UnitId},
    period::Period,
    returns::Submission,
};

use crate::{shown::Shown, views::Part};

/// A period's publication, held before an audience's eyes.
#[derive(Clone)]
pub struct Veil {
    setting: Arc<Setting>,
    publication: Arc<Publication>,
    audience: Audience,
    /// Whether counts of people of this period are published at all.
    people: bool,
}

impl Veil {
    pub(crate) fn new(
        setting: Arc<Setting>,
        publication: Arc<Publication>,
        period: &Period,
        audience: Audience,
    ) -> Self {
        let whole = !is_a_part(&setting.definitions, period);
        Self { people: whole || audience == Audience::Reviewer, setting, publication, audience }
    }

    /// Whether raw counts are shown.
    #[must_use]
    pub fn is_raw(&self) -> bool {
        self.audience == Audience::Reviewer
    }

    /// A figure's words, made of the figure as this audience may see it.
    #[must_use]
    pub fn words(&self, figure: &Figure, say: impl FnOnce(&Figure) -> String) -> Shown<String> {
        let protected = self.publication.protected().figure(figure);
        if protected.is_withheld() || !self.may(figure.people) {
            return Shown::Withheld;
        }
        Shown::Shown(say(protected.figure()))
    }

    /// A figure's numerator and denominator; none where it has none.
    #[must_use]
    pub fn part(&self, figure: &Figure) -> Option<Shown<Part>> {
        figure.numerator?;
        let protected = self.publication.protected().figure(figure);
        let seen = protected.figure();
        Some(match seen.numerator {
            Some(n) if self.may(figure.people) => Shown::Shown(Part { n, d: seen.denominator }),
            _ => Shown::Withheld,
        })
    }

    /// What was taken off, which only reviewers see: small counts of people that stand in no
    /// protected table.
    #[must_use]
    pub fn excluded(&self, n: i64, d: i64) -> Option<Shown<Part>> {
        self.is_raw().then_some(Shown::Shown(Part { n, d: Some(d) }))
    }

    /// What a unit, or the units of a row together, add to a figure. A count of people must be the
    /// very number that the publication vouches for.
    #[must_use]
    pub fn contribution(
        &self,
        row: &UnitId,
        figure: &IndicatorId,
        people: bool,
        n: i64,
        d: Option<i64>,
    ) -> Shown<Part> {
        let raw = Cell { numerator: n, denominator: d };
        let vouched = |row: &UnitId| {
            let cell = self.publication.protected().cell(row, figure);
            cell.and_then(|c| c.shown().value()) == Some(raw)
        };
        if self.is_raw() || !people || (self.people && (vouched(&own(row)) || vouched(row))) {
            Shown::Shown(Part { n, d })
        } else {
            Shown::Withheld
        }
    }

    /// The elements of a return whose numbers may be shown.
    #[must_use]
    pub fn elements(&self, submission: &Submission) -> BTreeSet<String> {
        let mut shown = self.publication.shown_elements(&self.setting, submission);
        if !self.people {
            shown.retain(|e| !self.counts_people(e));
        }
        shown
    }

    /// A text that belongs to an element's number.
    #[must_use]
    pub fn of_element(&self, element: &ElementId, shown: &BTreeSet<String>, text: String) -> Shown<String> {
        if self.is_raw() || shown.contains(element.as_str()) { Shown::Shown(text) } else { Shown::Withheld }
    }

    /// A number that no longer counts: of people, the public never sees it, because no publication
    /// was made with it in mind.
    #[must_use]
    pub fn superseded(&self, element: &ElementId, text: String) -> Shown<String> {
        if self.is_raw() || !self.counts_people(element) { Shown::Shown(text) } else { Shown::Withheld }
    }

    /// Words that a unit sent, a correction's reason among them: nobody has looked through them for what may not
    /// be public. In a report that was approved somebody has, and its differences give the reasons.
    #[must_use]
    pub fn sent_words(&self, words: &str) -> Shown<String> {
        if self.is_raw() { Shown::Shown(words.to_owned()) } else { Shown::Withheld }
    }

    fn may(&self, people: bool) -> bool {
        self.people || !people
    }

    fn counts_people(&self, element: &str) -> bool {
        let definitions = &self.setting.definitions;
        let measure = definitions.element(element).and_then(|e| definitions.measure(&e.measure));
        measure.is_none_or(|m| m.people)
    }
}
