//! Changing what is set up, from the desk: units, elements, forms, calendars, checks, indicators.
//!
//! Every change is an [`Edit`]. It is resolved by the loader that reads a campaign's files, so that a
//! form, a file and the command line are judged alike; a dry run ([`preview`]) says what it would do;
//! [`carry_out`] does it, where nothing changed since the dry run. The history ([`changes`]) is made of
//! the append-only records and the audit chain.

mod act;
mod checking;
mod difference;
mod edit;
mod figure_changes;
mod history;
mod kept;
mod pack;
mod preview;

use nhipcau_domain::{
    Date,
    id::OfficeId,
    office::{Acting, Posting, Power, Reach},
    problem::Problem,
};

pub use self::{
    act::{Outcome, carry_out},
    checking::{CheckChange, Example},
    difference::{FieldChange, How, RecordChange, differences},
    edit::{Edit, Trouble},
    figure_changes::{FigureChange, OwedChange, TotalChange, TotalsChange},
    history::{Change, ChangeDetails, changes, details},
    pack::{brought, pack, unpack},
    preview::{FormChange, Pins, Preview, preview},
};
use crate::{
    error::Result,
    powers::{Consolidate, Over},
    workspace::Workspace,
};
use nhipcau_campaign::{Memory, records::Book, write};

/// The records of each part, and their fields.
pub use nhipcau_campaign::records;

/// To change what is set up. Held by whoever consolidates every unit, and by no one else: who answers
/// for the figures answers for what they mean.
#[derive(Debug, Clone)]
pub struct Configure(Over<Consolidate>);

impl Configure {
    /// The power of an office, held by whoever acts in it now.
    ///
    /// # Errors
    /// `office-may-not`, with the office, if it does not consolidate every unit.
    pub fn held_by(ws: &Workspace, acting: &Acting, holder: &str) -> std::result::Result<Self, Problem> {
        let over = Over::<Consolidate>::held_by(ws, acting, holder)?;
        if !over.is_over_all() {
            return Err(Problem::new("office-may-not").with("office", acting.office.as_str()));
        }
        Ok(Self(over))
    }

    /// Whether an office holds it.
    #[must_use]
    pub fn is_held_by(acting: &Acting) -> bool {
        let over_all = |p: &Posting| p.reach == Reach::All && p.duty.powers().contains(&Power::Consolidate);
        acting.postings.iter().any(over_all)
    }

    /// The office that holds it.
    #[must_use]
    pub fn office(&self) -> &OfficeId {
        self.0.office()
    }

    /// Who acts in the office.
    #[must_use]
    pub fn holder(&self) -> &str {
        self.0.holder()
    }

    /// The local day on which it is held.
    #[must_use]
    pub fn today(&self) -> Date {
        self.0.today()
    }
}

/// What a dry run would be made of now.
pub async fn pins(ws: &Workspace, _power: &Configure) -> Result<Pins> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    Ok(Pins::of(setting.version, &tx.tree_events().await?))
}

/// All records of the setting in force.
pub async fn book(ws: &Workspace, _power: &Configure) -> Result<Book> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    Ok(Book::of(&setting.definitions, &tx.tree_events().await?))
}

/// The setting in force as a campaign's files: loaded again they give the same.
pub async fn files(ws: &Workspace, _power: &Configure) -> Result<Memory> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let events = tx.tree_events().await?;
    Ok(write(&Book::of(&setting.definitions, &events), &events).files)
}
