//! Lists: who is missing, the register of initiatives, the register of directives.

use nhipcau_documents::bind::{DirectiveRow, InitiativeRow, MissingUnit};
use nhipcau_domain::{definitions::Directive, figure::Owed, returns::Status};

use super::ReportBinder;
use crate::report::annex;

impl ReportBinder<'_> {
    /// Who has not an accepted return.
    pub(super) fn missing_units(&self) -> Vec<MissingUnit> {
        let (tree, then) = (self.basis.tree, self.basis.period.last);
        let owed = self.basis.owed().iter().filter(|o| !o.accepted && o.status != Status::Exempt);
        let row = |o: &Owed| MissingUnit {
            unit: tree.id(o.unit).to_string(),
            name: tree.name(o.unit, then).to_owned(),
            under: tree.parent(o.unit, then).map(|p| tree.name(p, then).to_owned()).unwrap_or_default(),
            form: self.setting.definitions.data_set(&o.data_set).map(|d| d.name.clone()).unwrap_or_default(),
            status: annex::status_word(self.speech, o.status),
        };
        owed.map(row).collect()
    }

    /// The initiatives that were kept on the period's last day.
    pub(super) fn initiative_rows(&self) -> Vec<InitiativeRow> {
        let (tree, period) = (self.basis.tree, self.basis.period);
        let kept = self.setting.definitions.initiatives.iter();
        let kept = kept.filter(|i| i.started <= period.last && i.ended.is_none_or(|e| e > period.last));
        kept.map(|i| InitiativeRow {
            name: i.name.clone(),
            field: i.field.clone(),
            owner: tree.find(&i.owner).map(|ix| tree.name(ix, period.last).to_owned()).unwrap_or_default(),
            collective: i.collective,
            new: i.started >= period.first,
        })
        .collect()
    }

    /// The directives of the scope's own that were issued within the period.
    pub(super) fn directive_rows(&self) -> Vec<DirectiveRow> {
        let period = self.basis.period;
        let issued = self.setting.definitions.directives.iter();
        let mut issued: Vec<_> = issued
            .filter(|d| d.unit.is_some() && period.first <= d.issued && d.issued <= period.last)
            .collect();
        issued.sort_by(|a, b| (a.issued, &a.number).cmp(&(b.issued, &b.number)));
        let row = |d: &Directive| DirectiveRow {
            number: d.number.clone(),
            kind: d.kind.clone(),
            issuer: d.issuer.clone(),
            issued: d.issued,
            subject: d.subject.clone(),
        };
        issued.into_iter().map(row).collect()
    }
}
