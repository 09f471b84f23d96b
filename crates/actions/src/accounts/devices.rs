//! Browsers that have signed in before, by a secret in their cookie: what is guessed elsewhere does not slow
//! them down. A phone of two offices keeps one secret: a second holder does not take the first one's PIN away.

use nhipcau_domain::Timestamp;
use nhipcau_store::Tx;
use uuid::Uuid;

use super::{
    door::{Door, before, hash},
    entry::Asking,
};
use crate::error::Result;

/// How long a browser that has signed in is known, in seconds.
pub(super) const KEPT: i64 = 180 * 86_400;

/// What a browser's secret is known under: that of its first holder, and that of any other.
fn names(asking: &Asking, holder: Uuid) -> [String; 2] {
    let secret = asking.device.as_deref().unwrap_or_default();
    [hash(secret), hash(&format!("{secret} {holder}"))]
}

/// Whether a browser has signed in as this holder.
pub(super) async fn knows(tx: &mut Tx, asking: &Asking, holder: Uuid, now: Timestamp) -> Result<bool> {
    let [first, other] = names(asking, holder);
    let since = before(now, KEPT);
    Ok(tx.knows_desk_device(&first, holder, since).await?
        || tx.knows_desk_device(&other, holder, since).await?)
}

/// Makes a browser known to a holder; the secret that it is to keep, where it has none that we gave it.
pub(super) async fn remember(
    door: &Door,
    tx: &mut Tx,
    asking: &Asking,
    holder: Uuid,
    now: Timestamp,
) -> Result<Option<String>> {
    if knows(tx, asking, holder, now).await? {
        return Ok(None);
    }
    let [first, other] = names(asking, holder);
    if tx.is_desk_device(&first, before(now, KEPT)).await? {
        tx.add_desk_device(&other, holder, now).await?;
        return Ok(None);
    }
    let secret = door.secret();
    tx.add_desk_device(&hash(&secret), holder, now).await?;
    Ok(Some(secret))
}

/// Forgets all of a holder's browsers but the one that asks, and those with a PIN.
pub(super) async fn forget_others(tx: &mut Tx, asking: &Asking, holder: Uuid) -> Result<()> {
    let [first, other] = names(asking, holder);
    Ok(tx.forget_other_devices(holder, [&first, &other]).await?)
}
