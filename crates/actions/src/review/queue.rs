//! What waits for a reviewer: flagged by a check, corrected, new; and what should be there and is not.

use std::collections::HashMap;

use nhipcau_domain::{
    Date, Timestamp,
    id::{OfficeId, UnitId},
    problem::Problem,
    returns::{ReturnKey, Status},
    text,
};
use nhipcau_store::{RevisionRecord, Tx};

use super::owing::{self, Asked, Choices, Owing, Part, Standing, Standings};
use crate::{
    error::Result,
    powers::{Over, Review},
    returns::run_checks,
    workspace::{Setting, Workspace},
};

/// How many items a page of the queue has.
pub const QUEUE_PAGE: usize = 50;

/// Why something is in the queue; in the order in which it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heading {
    /// Waits, and a check has something to say.
    Flagged,
    /// Waits, and was sent before: a correction, or again after it was sent back.
    Corrected,
    /// Waits, for the first time.
    New,
    /// Did not come in time.
    Overdue,
}

impl Heading {
    /// Every heading, in order.
    pub const ALL: [Self; 4] = [Self::Flagged, Self::Corrected, Self::New, Self::Overdue];

    /// Its name in addresses and in the catalogue.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flagged => "flagged",
            Self::Corrected => "corrected",
            Self::New => "new",
            Self::Overdue => "overdue",
        }
    }

    /// Reads its name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|h| h.as_str() == name)
    }
}

/// One thing to look at.
#[derive(Debug, Clone)]
pub struct Item {
    /// Why it is here.
    pub heading: Heading,
    /// Which return.
    pub key: ReturnKey,
    /// The unit's name on the period's last day.
    pub unit: String,
    /// The unit that it reports to.
    pub branch: Option<(UnitId, String)>,
    /// The form's title.
    pub form: String,
    /// The period's name.
    pub period: String,
    /// The last day for it.
    pub due: Option<Date>,
    /// Its status on record.
    pub status: Status,
    /// The revision that waits; 0 where none does.
    pub revision: u32,
    /// When that was sent, by which office, on whose behalf.
    pub sent: Option<(Timestamp, OfficeId, Option<OfficeId>)>,
    /// What the checks say about it.
    pub findings: Vec<Problem>,
}

/// A page of the queue.
#[derive(Debug, Clone)]
pub struct Queue {
    /// The page's items, those to be looked at first before the others.
    pub items: Vec<Item>,
    /// How many there are under each heading, in the order of [`Heading::ALL`].
    pub counts: [usize; 4],
    /// Where all that is owed stands.
    pub standings: Standings,
    /// This page, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
    /// What may be asked for.
    pub choices: Choices,
}

/// What waits for an office, under one heading or all: one page of it.
pub async fn queue(
    ws: &Workspace,
    over: &Over<Review>,
    asked: &Asked,
    heading: Option<Heading>,
    page: usize,
) -> Result<Queue> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let mut standings = Standings::default();
    let mut all = Vec::new();
    for part in owing::parts(&mut tx, &setting, over, asked).await? {
        for owing in &part.owing {
            standings.count(owing.standing(over.today()));
        }
        all.append(&mut waiting(&mut tx, &setting, &part).await?);
        all.extend(overdue(&setting, &part, over.today()));
    }
    let counts = Heading::ALL.map(|h| all.iter().filter(|i| i.heading == h).count());
    all.retain(|i| heading.is_none_or(|h| i.heading == h));
    // What has waited longest first; then by name.
    all.sort_by_cached_key(|i| {
        let since = i.sent.as_ref().map(|(at, _, _)| *at);
        (i.heading, i.due.filter(|_| i.heading == Heading::Overdue), since, text::sort_key(&i.unit))
    });
    let pages = all.len().div_ceil(QUEUE_PAGE).max(1);
    let page = page.clamp(1, pages);
    let items = all.into_iter().skip((page - 1) * QUEUE_PAGE).take(QUEUE_PAGE).collect();
    let choices = owing::choices(&setting, over, asked);
    Ok(Queue { items, counts, standings, page, pages, choices })
}

/// What waits of a form and period: two reads, and those that its checks need.
async fn waiting(tx: &mut Tx, setting: &Setting, part: &Part<'_>) -> Result<Vec<Item>> {
    let waits = |o: &&Owing| o.status() == Status::Submitted;
    let units: Vec<UnitId> = part.owing.iter().filter(waits).map(|o| o.key.unit.clone()).collect();
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let sent: Vec<RevisionRecord> = tx
        .waiting(&part.form.id, &part.period.id, Some(&units))
        .await?
        .into_iter()
        .map(|(_, revision)| revision)
        .collect();
    let submissions: Vec<_> = sent.iter().map(|r| &r.submission).collect();
    let findings = run_checks(tx, setting, &submissions).await?;
    let by_unit: HashMap<&UnitId, &Owing> = part.owing.iter().map(|o| (&o.key.unit, o)).collect();
    let mut items = Vec::with_capacity(sent.len());
    for (revision, findings) in sent.into_iter().zip(findings) {
        let Some(owing) = by_unit.get(&revision.submission.key.unit) else { continue };
        let again = revision.number > 1 || owing.stored.as_ref().is_some_and(|s| s.state.accepted.is_some());
        let heading = match (findings.is_empty(), again) {
            (false, _) => Heading::Flagged,
            (true, true) => Heading::Corrected,
            (true, false) => Heading::New,
        };
        let mut item = item(setting, part, owing, heading);
        item.revision = revision.number;
        item.sent = Some((revision.at, revision.office, revision.on_behalf_of));
        item.findings = findings;
        items.push(item);
    }
    Ok(items)
}

fn overdue(setting: &Setting, part: &Part<'_>, today: Date) -> Vec<Item> {
    let late = part.owing.iter().filter(|o| o.standing(today) == Standing::Overdue);
    late.map(|o| item(setting, part, o, Heading::Overdue)).collect()
}

fn item(setting: &Setting, part: &Part<'_>, owing: &Owing, heading: Heading) -> Item {
    let day = part.period.last;
    Item {
        heading,
        key: owing.key.clone(),
        unit: setting.tree.name(owing.unit, day).to_owned(),
        branch: owing::parent(setting, owing.unit, day),
        form: part.form.name.clone(),
        period: part.period.name.clone(),
        due: owing.due,
        status: owing.status(),
        revision: 0,
        sent: None,
        findings: Vec::new(),
    }
}
