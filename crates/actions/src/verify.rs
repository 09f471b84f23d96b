//! Proof that what is kept agrees with what is on record: everything is made anew from the
//! append-only records and compared.

use std::collections::BTreeMap;

use nhipcau_domain::{dataset::DataSet, period::Period, returns::ReturnState, totals::Sums, tree::Tree};
use nhipcau_store::Tx;

use crate::{
    error::Result,
    totals,
    workspace::{Setting, Workspace},
};

/// One thing that does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What was compared: `total`, `contribution`, `state`, `tree`, `edition`, `article`, `document`,
    /// `relation`, `audit`, `office`, `search`, `foreign-key`, `database`.
    pub what: &'static str,
    /// Which one.
    pub which: String,
    /// What is kept.
    pub kept: String,
    /// What the records come to.
    pub recomputed: String,
}

/// What was compared, and what did not agree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Returns whose acts were replayed.
    pub returns: u64,
    /// Packed rows compared.
    pub totals: u64,
    /// Editions whose documents were hashed.
    pub editions: u64,
    /// Articles and pages whose acts were replayed.
    pub articles: u64,
    /// Documents of the register whose events were replayed.
    pub documents: u64,
    /// Records of the audit chain that were followed.
    pub records: u64,
    /// What differs; empty when all agrees.
    pub differences: Vec<Difference>,
}

/// Recomputes everything by brute force from the records, in one snapshot. `progress` hears what is
/// being compared.
pub async fn verify(ws: &Workspace, progress: &mut dyn FnMut(&str)) -> Result<Report> {
    let mut tx = ws.store().read().await?;
    let mut report = Report::default();
    progress("database");
    for which in tx.integrity_problems().await? {
        report.add("database", which, String::new(), String::new());
    }
    for which in tx.foreign_key_problems().await? {
        report.add("foreign-key", which, String::new(), String::new());
    }
    let setting = ws.setting(&mut tx).await?;
    progress("tree");
    // Built without the cache: what the record comes to, now.
    let tree = Tree::from_events(&tx.tree_events().await?)?;
    if tree.len() != setting.tree.len() {
        report.add("tree", "units".into(), setting.tree.len().to_string(), tree.len().to_string());
    }
    progress("returns");
    replay(&mut tx, &mut report).await?;
    progress("totals");
    for form in &setting.definitions.data_sets {
        for period in setting.definitions.calendars.iter().flat_map(|c| &c.periods) {
            if !setting.definitions.parts_of(form, period).is_empty() {
                compare(&mut tx, &setting, form, period, &mut report).await?;
            }
        }
    }
    progress("editions");
    crate::report::verify_editions(&mut tx, &setting, &mut report).await?;
    progress("site");
    crate::press::verify_site(&mut tx, &mut report).await?;
    progress("register");
    crate::register::verify_register(&mut tx, &mut report).await?;
    progress("audit");
    crate::audit::verify_audit(&mut tx, &mut report).await?;
    progress("search");
    crate::search::verify_search(&mut tx, &mut report).await?;
    Ok(report)
}

impl Report {
    /// Notes a difference.
    pub fn add(&mut self, what: &'static str, which: String, kept: String, recomputed: String) {
        self.differences.push(Difference { what, which, kept, recomputed });
    }
}

/// A return's state must be what its acts come to, act by act.
async fn replay(tx: &mut Tx, report: &mut Report) -> Result<()> {
    let mut found = Vec::new();
    let mut count = 0;
    tx.for_each_return(&mut |stored, acts| {
        count += 1;
        let mut state = ReturnState::default();
        for (i, act) in acts.iter().enumerate() {
            if u32::try_from(i + 1) != Ok(act.ordinal) {
                found.push((stored.id.to_string(), format!("act {}", act.ordinal), format!("act {}", i + 1)));
            }
            match state.apply(&act.act) {
                Ok(next) => state = next,
                Err(problem) => {
                    found.push((stored.id.to_string(), format!("{:?}", act.act), problem.to_string()));
                }
            }
        }
        if state != stored.state {
            found.push((
                format!("{} {}", stored.id, stored.key.unit),
                format!("{:?}", stored.state),
                format!("{state:?}"),
            ));
        }
        Ok(())
    })
    .await?;
    report.returns += count;
    for (which, kept, recomputed) in found {
        report.add("state", which, kept, recomputed);
    }
    Ok(())
}

async fn compare(
    tx: &mut Tx,
    setting: &Setting,
    form: &DataSet,
    period: &Period,
    report: &mut Report,
) -> Result<()> {
    let (contributions, totals) = totals::recompute(tx, setting, form, period).await?;
    let place = format!("{} {}", form.id, period.id);
    let kept = tx.contributions(&period.id, &form.id, None).await?;
    let kept = kept
        .into_iter()
        .filter(|r| !r.sums.is_zero())
        .map(|r| ((r.unit.to_string(), r.kind.to_string()), r.sums));
    let made = contributions.into_iter().map(|r| ((r.unit.to_string(), r.kind.to_string()), r.sums));
    diff("contribution", &place, kept.collect(), made.collect(), report);
    let kept = tx.all_totals(&period.id, &form.id).await?;
    let name = |t: &nhipcau_store::TotalRow| (format!("{}/{}", t.level, t.unit), t.kind.to_string());
    let kept = kept.into_iter().map(|t| (name(&t), t.sums)).collect();
    let made = totals.into_iter().map(|t| (name(&t), t.sums)).collect();
    diff("total", &place, kept, made, report);
    Ok(())
}

type Rows = BTreeMap<(String, String), Sums>;

fn diff(what: &'static str, place: &str, mut kept: Rows, made: Rows, report: &mut Report) {
    for (name, sums) in made {
        report.totals += 1;
        match kept.remove(&name) {
            Some(k) if k == sums => {}
            other => report.add(
                what,
                format!("{place} {} {}", name.0, name.1),
                format!("{other:?}"),
                format!("{sums:?}"),
            ),
        }
    }
    for (name, sums) in kept {
        report.totals += 1;
        report.add(what, format!("{place} {} {}", name.0, name.1), format!("{sums:?}"), "nothing".into());
    }
}
