//! What the checks say of something typed, before anything is kept or sent.

use nhipcau_domain::{
    id::ElementId,
    problem::{Problem, Severity},
    returns::ReturnKey,
};

use super::{
    Asked, Typed,
    draft::{Bound, bound, standing},
    form::reading,
};
use crate::{
    error::Result,
    powers::{Over, Report},
    workspace::Workspace,
};

/// What is to be mended or explained.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// At lines, in the form's order.
    pub lines: Vec<(ElementId, Vec<Problem>)>,
    /// Lines that a sentence at another one is about too.
    pub marked: Vec<ElementId>,
    /// What concerns no single line.
    pub general: Vec<Problem>,
}

impl Checked {
    /// Whether anything keeps it from being sent.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        let all = self.lines.iter().flat_map(|(_, problems)| problems).chain(&self.general);
        all.into_iter().any(|p| p.severity == Severity::Refuse)
    }
}

/// Reads what was typed as sending would, and runs the checks; nothing is kept.
///
/// # Errors
/// As [`super::save`].
pub async fn check(
    ws: &Workspace,
    over: &Over<Report>,
    key: &ReturnKey,
    typed: &Typed,
    asked: Asked,
) -> Result<Checked> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let Bound { form, .. } = bound(&setting, over, key)?;
    let corrects = standing(&mut tx, key).await?.0.is_some_and(|h| h.state.accepted.is_some());
    let typed = typed.tidy(form);
    let mut reading = reading(&mut tx, &setting, key, form, &typed, asked, corrects).await?;
    let lines = form.elements.iter().filter_map(|id| Some((id.clone(), reading.at_lines.remove(id)?)));
    Ok(Checked { lines: lines.collect(), marked: reading.marked, general: reading.general })
}
