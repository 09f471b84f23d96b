//! Reminders by the calendar: off unless a consolidator sets them for a branch. What an office had set
//! holds as long as it holds the power over that branch.

use std::collections::{BTreeMap, BTreeSet};

use nhipcau_domain::{
    Date, Timestamp,
    id::{DataSetId, OfficeId, UnitId},
    office::Acting,
    outbox::{Plan, is_allowed},
    period::Period,
    problem::Problem,
    text,
};
use nhipcau_store::{
    DeadlineExtension, Tx,
    outbox::{OutboxChoice, OutboxMessage},
};

use super::{
    put_in_pieces,
    remind::{Which, planned, proposed},
    run::restored_today,
};
use crate::{
    error::{Result, again_if_busy},
    powers::{Consolidate, Kind, Over},
    workspace::{Setting, Workspace},
};

/// The stored name of the choice.
const PLAN: &str = "plan";

/// Reminders of a branch by the calendar.
#[derive(Debug, Clone)]
pub struct PlanOf {
    /// Of which branch; none is every unit.
    pub branch: Option<UnitId>,
    /// The branch's name today; empty for every unit.
    pub name: String,
    /// On which days.
    pub plan: Plan,
    /// Which office set it; messages go out in its name.
    pub office: OfficeId,
    /// Who in it.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

/// The plans of branches in reach that remind at all, by name.
pub async fn plans(ws: &Workspace, over: &Over<Consolidate>) -> Result<Vec<PlanOf>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let mut found = in_force(&mut tx, &setting, over.today()).await?;
    found.retain(|p| match &p.branch {
        None => over.is_over_all(),
        Some(branch) => over.require(&setting, branch, over.today()).is_ok(),
    });
    found.sort_by_cached_key(|p| text::sort_key(&p.name));
    Ok(found)
}

/// Sets the days on which those of a branch are reminded; without any day, turns it off. The branch must
/// be wholly in reach, as a deadline's is that is extended; none is every unit.
pub async fn set_plan(
    ws: &Workspace,
    over: &Over<Consolidate>,
    branch: Option<&UnitId>,
    plan: Plan,
) -> Result<()> {
    let mut said = [plan.before, plan.after].into_iter().flatten();
    if said.any(|days| !(1..=Plan::MOST).contains(&days)) {
        return Err(Problem::new("outbox-plan-days").with("most", i64::from(Plan::MOST)).into());
    }
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    match branch {
        None if over.is_over_all() => {}
        None => return Err(Problem::new("office-may-not").with("office", over.office().as_str()).into()),
        Some(unit) => {
            over.require_branch(&setting, unit, over.today())?;
        }
    }
    let choice = OutboxChoice {
        id: ws.id(at),
        what: PLAN.to_owned(),
        subject: branch.map(ToString::to_string).unwrap_or_default(),
        body: serde_json::to_string(&plan)?,
        office: over.office().clone(),
        holder: over.holder().to_owned(),
        at,
    };
    tx.add_choice(&choice).await?;
    tx.commit().await?;
    Ok(())
}

/// The newest choice of each subject.
pub(super) fn newest(choices: Vec<OutboxChoice>) -> Vec<OutboxChoice> {
    let by_subject: BTreeMap<String, OutboxChoice> =
        choices.into_iter().map(|c| (c.subject.clone(), c)).collect();
    by_subject.into_values().collect()
}

async fn in_force(tx: &mut Tx, setting: &Setting, today: Date) -> Result<Vec<PlanOf>> {
    let mut found = Vec::new();
    for choice in newest(tx.choices(PLAN).await?) {
        let plan: Plan = serde_json::from_str(&choice.body)?;
        if plan.is_off() {
            continue;
        }
        let branch = Some(choice.subject).filter(|s| !s.is_empty()).map(UnitId::from);
        let name = branch.as_ref().and_then(|b| setting.tree.find(b));
        let name = name.map(|ix| setting.tree.name(ix, today).to_owned()).unwrap_or_default();
        let (office, holder, at) = (choice.office, choice.holder, choice.at);
        found.push(PlanOf { branch, name, plan, office, holder, at });
    }
    Ok(found)
}

/// The power that an office holds now, as if it acted itself; none if it is closed or lost it.
pub(super) async fn power_of<K: Kind>(
    ws: &Workspace,
    tx: &mut Tx,
    office: &OfficeId,
) -> Result<Option<Over<K>>> {
    let open = tx.office(office).await?.is_some_and(|o| o.closed.is_none());
    if !open {
        return Ok(None);
    }
    let acting = Acting { office: office.clone(), grants: Vec::new(), postings: tx.postings(office).await? };
    Ok(Over::held_by(ws, &acting, "").ok())
}

/// Puts in what the plans say for today; how many messages are new. Doing it twice, or on two nodes,
/// puts nothing in twice: the day is in each message's key.
pub async fn run_plans(ws: &Workspace) -> Result<usize> {
    if !ws.outbound().anyone() || !is_allowed(ws.now()) {
        return Ok(0);
    }
    let mut messages = again_if_busy!(for_today(ws))?;
    put_in_pieces(ws, &mut messages).await
}

/// What the plans say for today, as far as it is not there yet.
async fn for_today(ws: &Workspace) -> Result<Vec<OutboxMessage>> {
    let at = ws.now();
    let today = text::local_day(at);
    let mut messages = Vec::new();
    // What is to be sent is found in a snapshot: writers do not wait for it.
    let mut tx = ws.store().read().await?;
    let Ok(setting) = ws.setting(&mut tx).await else { return Ok(messages) };
    let plans = in_force(&mut tx, &setting, today).await?;
    if plans.is_empty() || restored_today(&mut tx, at).await? {
        return Ok(messages);
    }
    let extensions = tx.all_deadline_extensions().await?;
    for of in plans {
        let Some(over) = power_of::<Consolidate>(ws, &mut tx, &of.office).await? else { continue };
        let days: Vec<Date> = of.plan.deadlines(today).map(|(_, due)| due).collect();
        for (form, period) in due_on(&setting, &extensions, &days) {
            let branch = of.branch.as_ref();
            let out_of_reach = branch.is_some_and(|b| over.require(&setting, b, period.last).is_err());
            if out_of_reach || (branch.is_none() && !over.is_over_all()) {
                continue;
            }
            let which = Which { form, period: &period.id, branch, days: Some(&days) };
            let found = proposed(ws, &mut tx, &setting, &over, &which, at).await?;
            messages.extend(planned(ws, &over, found, (form, &period.id), at));
        }
    }
    Ok(messages)
}

/// The forms and periods of which any unit's last day is one of `days`.
fn due_on<'a>(
    setting: &'a Setting,
    extensions: &[DeadlineExtension],
    days: &[Date],
) -> Vec<(&'a DataSetId, &'a Period)> {
    let definitions = &setting.definitions;
    let mut found = Vec::new();
    for form in &definitions.data_sets {
        let lengths: BTreeSet<u16> = form.deadlines.iter().map(|d| d.days).collect();
        let later: BTreeSet<&str> = extensions
            .iter()
            .filter(|e| e.data_set == form.id && days.contains(&e.until_day))
            .map(|e| e.period.as_str())
            .collect();
        let Some(calendar) = definitions.calendar(&form.calendar) else { continue };
        for period in &calendar.periods {
            let own = lengths.iter().any(|length| {
                let due = period.last.checked_add(jiff::Span::new().days(i64::from(*length)));
                due.is_ok_and(|due| days.contains(&due))
            });
            if own || later.contains(period.id.as_str()) {
                found.push((&form.id, period));
            }
        }
    }
    found
}
