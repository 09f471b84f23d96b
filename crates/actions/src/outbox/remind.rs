//! Reminding those of a branch who have not reported, for one form and period: shown first, then sent.

use std::collections::{BTreeSet, HashMap};

use nhipcau_domain::{
    Date, Timestamp,
    id::{DataSetId, OfficeId, PeriodId, UnitId},
    outbox::{Address, Kind, allowed_from, is_allowed},
    problem::Problem,
    text,
};
use nhipcau_store::{OfficeContact, Tx, outbox::OutboxMessage};

use super::{
    Draft, Text, day_of, put_in_pieces,
    recipients::{Unreached, recipients},
    words::{self, About},
};
use crate::{
    basis,
    error::{Result, again_if_busy},
    powers::{Consolidate, Over},
    review::{self, Asked, Standing},
    workspace::{Setting, Workspace},
};

/// How many units are shown at most, to be reminded by hand at once. The calendar reminds all.
pub const REMIND_MOST: usize = 1000;

/// A message that would be sent.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// To the office of which unit.
    pub unit: UnitId,
    /// The unit's name on the period's last day.
    pub name: String,
    /// Who holds the office.
    pub holder: String,
    /// Where it goes.
    pub address: Address,
    /// What it says.
    pub text: Text,
    /// The last day for the return.
    pub due: Option<Date>,
    /// The one of today that there is already: it is not sent again.
    pub already: Option<OutboxMessage>,
}

/// A unit to which the program can write nothing.
#[derive(Debug, Clone)]
pub struct ByHand {
    /// Which.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its office and who holds it: whom to call.
    pub contact: Option<OfficeContact>,
    /// Why.
    pub why: Unreached,
}

/// What reminding comes to.
#[derive(Debug, Clone)]
pub struct Reminder {
    /// The form's title.
    pub form: String,
    /// The period's name.
    pub period: String,
    /// What would be sent.
    pub proposed: Vec<Proposed>,
    /// Who must be called by hand.
    pub by_hand: Vec<ByHand>,
    /// Not sent before that time.
    pub from: Timestamp,
    /// Whether that is later than now, as nobody is written to at night.
    pub waits: bool,
    /// How many more have not reported, and were not reminded today, than are shown at once.
    pub more: usize,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminded {
    /// Messages put in.
    pub new: usize,
    /// Messages of today that there were already.
    pub already: usize,
    /// Units that were asked for and have reported meanwhile, or cannot be written to.
    pub left: usize,
}

/// Who would be reminded, by which way, with what text; and who cannot be reached. Nothing is sent.
pub async fn preview(ws: &Workspace, over: &Over<Consolidate>, asked: &Asked) -> Result<Reminder> {
    let (form, period) = named(asked)?;
    let which = Which { form, period, branch: asked.branch.as_ref(), days: None };
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    Ok(proposed(ws, &mut tx, &setting, over, &which, ws.now()).await?.bounded())
}

/// Reminds these units, as far as they have not reported; each holder once a day for a form and period.
pub async fn remind(
    ws: &Workspace,
    over: &Over<Consolidate>,
    asked: &Asked,
    units: &[UnitId],
) -> Result<Reminded> {
    named(asked)?;
    if units.is_empty() {
        return Err(Problem::new("outbox-none-chosen").into());
    }
    if !ws.outbound().anyone() {
        return Err(Problem::new("outbox-not-set-up").into());
    }
    let (mut messages, left) = again_if_busy!(chosen(ws, over, asked, units))?;
    let all = messages.len();
    let new = put_in_pieces(ws, &mut messages).await?;
    Ok(Reminded { new, already: all - new, left })
}

/// The messages to these units, and how many of the units get none.
async fn chosen(
    ws: &Workspace,
    over: &Over<Consolidate>,
    asked: &Asked,
    units: &[UnitId],
) -> Result<(Vec<OutboxMessage>, usize)> {
    let (form, period) = named(asked)?;
    let which = Which { form, period, branch: asked.branch.as_ref(), days: None };
    let at = ws.now();
    // Found in a snapshot: writers do not wait for it. Who reports meanwhile gets none when it goes out.
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let found = proposed(ws, &mut tx, &setting, over, &which, at).await?.proposed;
    let wanted: BTreeSet<&UnitId> = units.iter().collect();
    let reached: BTreeSet<UnitId> = found.iter().map(|p| p.unit.clone()).collect();
    let left = wanted.iter().filter(|unit| !reached.contains(**unit)).count();
    let messages = found
        .into_iter()
        .filter(|p| wanted.contains(&p.unit))
        .map(|p| draft(p, form, period, at).message(ws, over.office(), over.holder(), at))
        .collect();
    Ok((messages, left))
}

impl Reminder {
    /// As much of it as is shown at once: where it is more, those first who were not reminded today.
    fn bounded(mut self) -> Self {
        let mut units: Vec<&UnitId> = self.proposed.iter().map(|p| &p.unit).collect();
        units.dedup();
        if units.len() + self.by_hand.len() <= REMIND_MOST {
            return self;
        }
        let waiting: BTreeSet<&UnitId> =
            self.proposed.iter().filter(|p| p.already.is_none()).map(|p| &p.unit).collect();
        let (first, then): (Vec<&UnitId>, Vec<&UnitId>) =
            units.into_iter().partition(|unit| waiting.contains(unit));
        let over = |n: usize| n.saturating_sub(REMIND_MOST);
        let more = over(first.len()) + over(self.by_hand.len());
        let kept: BTreeSet<UnitId> = first.into_iter().chain(then).take(REMIND_MOST).cloned().collect();
        self.proposed.retain(|p| kept.contains(&p.unit));
        self.by_hand.truncate(REMIND_MOST);
        self.more = more;
        self
    }
}

fn named(asked: &Asked) -> Result<(&DataSetId, &PeriodId)> {
    match (&asked.data_set, &asked.period) {
        (Some(form), Some(period)) => Ok((form, period)),
        _ => Err(Problem::new("outbox-which").into()),
    }
}

fn draft(p: Proposed, form: &DataSetId, period: &PeriodId, at: Timestamp) -> Draft {
    Draft {
        kind: Kind::Reminder,
        address: p.address,
        office: OfficeId::new(&p.unit),
        unit: p.unit,
        data_set: form.clone(),
        period: period.clone(),
        text: p.text,
        occasion: day_of(at),
    }
}

/// Which returns are reminded of.
pub(super) struct Which<'a> {
    pub form: &'a DataSetId,
    pub period: &'a PeriodId,
    pub branch: Option<&'a UnitId>,
    /// Only those whose last day is one of these; none is all.
    pub days: Option<&'a [Date]>,
}

/// What would be sent to those in reach who have not reported: all of them, by name.
pub(super) async fn proposed(
    ws: &Workspace,
    tx: &mut Tx,
    setting: &Setting,
    over: &Over<Consolidate>,
    which: &Which<'_>,
    at: Timestamp,
) -> Result<Reminder> {
    let Which { form, period, branch, days } = *which;
    let asked = Asked { data_set: Some(form.clone()), period: Some(period.clone()), branch: branch.cloned() };
    let of = basis::period(setting, period)?;
    // The day on which it goes out, which may be tomorrow.
    let today = text::local_day(allowed_from(at));
    let mut missing = Vec::new();
    for part in review::owing_parts(tx, setting, over, &asked).await? {
        missing.extend(part.owing.into_iter().filter(|one| {
            matches!(one.standing(today), Standing::Overdue | Standing::Later)
                && days.is_none_or(|days| one.due.is_some_and(|due| days.contains(&due)))
        }));
    }
    missing.sort_by_cached_key(|one| text::sort_key(setting.tree.name(one.unit, of.last)));
    // An office of a unit has the unit's id.
    let offices: Vec<OfficeId> = missing.iter().map(|one| OfficeId::new(&one.key.unit)).collect();
    let contacts = tx.office_contacts(&offices).await?;
    let from = office_name(tx, over.office()).await?;
    let address = format!("{}/lam-viec", ws.outbound().base);
    let form_name = review::form_of(setting, form)?.name.clone();
    let (mut proposed, mut by_hand) = (Vec::new(), Vec::new());
    for one in missing {
        let (unit, name) = (one.key.unit, setting.tree.name(one.unit, of.last).to_owned());
        let contact = contacts.get(unit.as_str());
        let to = match recipients(ws.outbound(), contact) {
            Ok(to) => to,
            Err(why) => {
                by_hand.push(ByHand { unit, name, contact: contact.cloned(), why });
                continue;
            }
        };
        let about = About { unit: &name, form: &form_name, period: &of.name, address: &address, from: &from };
        for (holder, address) in to {
            let text = words::reminder(address.channel, &about, one.due, today);
            let (unit, name, due) = (unit.clone(), name.clone(), one.due);
            proposed.push(Proposed { unit, name, holder, address, text, due, already: None });
        }
    }
    let keys: Vec<String> = proposed.iter().map(|p| draft(p.clone(), form, period, at).key()).collect();
    let there = tx.messages_of_keys(&keys).await?.into_iter().map(|m| (m.key.clone(), m));
    let there: HashMap<String, OutboxMessage> = there.collect();
    for (p, key) in proposed.iter_mut().zip(&keys) {
        p.already = there.get(key).cloned();
    }
    let period = of.name.clone();
    Ok(Reminder {
        form: form_name,
        period,
        proposed,
        by_hand,
        from: allowed_from(at),
        waits: !is_allowed(at),
        more: 0,
    })
}

/// What an office is called.
pub(super) async fn office_name(tx: &mut Tx, office: &OfficeId) -> Result<String> {
    Ok(tx.office(office).await?.map_or_else(|| office.to_string(), |o| o.name))
}

/// The messages that a plan comes to, for one form and period.
pub(super) fn planned(
    ws: &Workspace,
    over: &Over<Consolidate>,
    found: Reminder,
    (form, period): (&DataSetId, &PeriodId),
    at: Timestamp,
) -> Vec<OutboxMessage> {
    let new = found.proposed.into_iter().filter(|p| p.already.is_none());
    // No holder: the system sends it, as the office had set.
    new.map(|p| draft(p, form, period, at).message(ws, over.office(), "", at)).collect()
}
