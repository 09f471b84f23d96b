//! What the checks say of something typed, before anything is kept or sent.

use nhipcau_domain::{
    id::ElementId,
    problem::{Problem, Severity},
    returns::{ReturnKey, Status},
};

use super::{
    Asked, Typed,
    draft::{Bound, bound, standing, typed_of},
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
    /// Whether it says what was sent already, and that was not sent back: sending it changes nothing.
    pub same: bool,
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
    let (held, last) = standing(&mut tx, key).await?;
    let corrects = held.as_ref().is_some_and(|h| h.state.accepted.is_some());
    let returned = held.is_some_and(|h| h.state.status == Status::Returned);
    let typed = typed.tidy(form);
    let bare = Typed { reason: String::new(), ..typed.clone() };
    let same = !returned && last.is_some_and(|r| typed_of(&r.submission, form) == bare);
    let mut reading = reading(&mut tx, &setting, key, form, &typed, asked, corrects).await?;
    let lines = form.elements.iter().filter_map(|id| Some((id.clone(), reading.at_lines.remove(id)?)));
    Ok(Checked { lines: lines.collect(), marked: reading.marked, general: reading.general, same })
}
