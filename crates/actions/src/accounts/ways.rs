//! By what a holder can come in, all of it together.

use nhipcau_domain::problem::Problem;
use nhipcau_store::{DeskIdentity, DeskPasskey, Tx};
use uuid::Uuid;

use super::entry::Entered;
use crate::{error::Result, workspace::Workspace};

/// By what a holder can come in.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    /// A name and a password.
    pub password: bool,
    /// A PIN, on some phone.
    pub pin: bool,
    /// Passkeys, the oldest first.
    pub passkeys: Vec<DeskPasskey>,
    /// Another's sign-in service.
    pub identities: Vec<DeskIdentity>,
}

/// By what whoever is in can come in.
pub async fn ways(ws: &Workspace, entered: &Entered) -> Result<Ways> {
    of(&mut ws.store().read().await?, entered.holder).await
}

async fn of(tx: &mut Tx, holder: Uuid) -> Result<Ways> {
    Ok(Ways {
        password: tx.holder(holder).await?.is_some_and(|h| h.password.is_some()),
        pin: !tx.desk_pins(holder).await?.is_empty(),
        passkeys: tx.passkeys(holder).await?,
        identities: tx.identities(holder).await?,
    })
}

/// Refuses a change after which a holder could not come in again.
pub(super) async fn keep_a_way(tx: &mut Tx, holder: Uuid) -> Result<()> {
    let ways = of(tx, holder).await?;
    let has = ways.password || ways.pin || !ways.passkeys.is_empty() || !ways.identities.is_empty();
    if has { Ok(()) } else { Err(Problem::new("entry-last-way").into()) }
}
