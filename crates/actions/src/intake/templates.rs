//! The workbooks that go out: one a unit, a sheet a form and period, last period's values beside.

use std::collections::HashMap;

use nhipcau_domain::{
    dataset::DataSet,
    id::{ElementId, PeriodId, UnitId},
    period::Period,
    problem::Problem,
};
use nhipcau_intake::{TemplateSheet, UnitInfo, write_workbook};
use nhipcau_store::Tx;

use crate::{
    basis,
    error::{ActionError, Result},
    workspace::{Setting, Workspace},
};

/// A workbook for a unit.
#[derive(Debug, Clone)]
pub struct TemplateFile {
    /// The unit's id.
    pub unit: UnitId,
    /// A name for the file.
    pub name: String,
    /// The workbook.
    pub bytes: Vec<u8>,
}

/// Workbooks for what units owe in a period; every unit that owes something, if none is named.
pub async fn templates(ws: &Workspace, period: &PeriodId, units: &[UnitId]) -> Result<Vec<TemplateFile>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let period = basis::period(&setting, period)?;
    let tree = &setting.tree;
    let wanted: Vec<_> = if units.is_empty() {
        tree.open_on(period.last).collect()
    } else {
        let find = |u: &UnitId| tree.find(u).ok_or_else(|| Problem::new("unit-unknown").with("unit", u));
        units.iter().map(find).collect::<std::result::Result<_, _>>()?
    };
    let mut files = Vec::new();
    for ix in wanted {
        let info = UnitInfo {
            id: tree.id(ix).clone(),
            name: tree.name(ix, period.last).to_owned(),
            kind: tree.kind(ix, period.last).clone(),
            code: tree.code(ix, period.last).map(str::to_owned),
        };
        let owed: Vec<(&DataSet, &Period)> = setting
            .definitions
            .forms_for(&info.id, &info.kind)
            .flat_map(|form| {
                setting.definitions.parts_of(form, period).into_iter().map(move |part| (form, part))
            })
            .filter(|(form, part)| form.roster.in_force(part) && tree.is_open(ix, part.last))
            .collect();
        if owed.is_empty() {
            continue;
        }
        files.push(workbook(&mut tx, &setting, &info, &owed, period).await?);
    }
    if files.is_empty() {
        return Err(Problem::new("nothing-owed").with("period", period.name.as_str()).into());
    }
    Ok(files)
}

async fn workbook(
    tx: &mut Tx,
    setting: &Setting,
    info: &UnitInfo,
    owed: &[(&DataSet, &Period)],
    period: &Period,
) -> Result<TemplateFile> {
    let mut before: Vec<HashMap<ElementId, i64>> = Vec::new();
    for (form, part) in owed {
        before.push(previous(tx, setting, info, form, part).await?);
    }
    let lookups: Vec<_> = before.iter().map(|values| move |e: &ElementId| values.get(e).copied()).collect();
    let sheets: Vec<TemplateSheet<'_>> = owed
        .iter()
        .zip(&lookups)
        .map(|((data_set, period), previous)| TemplateSheet {
            unit: info,
            data_set,
            period,
            previous,
            values: None,
        })
        .collect();
    let bytes = write_workbook(&setting.definitions, &sheets, &setting.definitions.campaign.notice);
    let bytes = bytes
        .map_err(|e| ActionError::Refused(Problem::new("template-failed").with("detail", e.to_string())))?;
    Ok(TemplateFile { unit: info.id.clone(), name: format!("{}-{}.xlsx", info.id, period.id), bytes })
}

async fn previous(
    tx: &mut Tx,
    setting: &Setting,
    info: &UnitInfo,
    form: &DataSet,
    part: &Period,
) -> Result<HashMap<ElementId, i64>> {
    let Some(before) = setting.definitions.period_before(part) else { return Ok(HashMap::new()) };
    let rows =
        tx.accepted(&form.id, std::slice::from_ref(&before.id), Some(std::slice::from_ref(&info.id))).await?;
    let entries = rows.into_iter().filter_map(|r| r.revision).flat_map(|r| r.submission.entries);
    Ok(entries.filter_map(|e| Some((e.element, e.value.number()?))).collect())
}
