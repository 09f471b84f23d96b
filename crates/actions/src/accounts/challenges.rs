//! What a browser is asked before it answers with a passkey: kept for minutes, for one purpose, and for one
//! answer.

use nhipcau_domain::problem::Problem;
use nhipcau_passkeys::{CHALLENGE, challenge_of, encode};

use super::{
    door::{Door, after, hash},
    entry::Asking,
    throttle::{ASKED, Key, Rule},
};
use crate::error::Result;

/// How long what was asked waits for its answer, in seconds.
const PATIENCE: i64 = 300;

/// What a challenge is for. One that was asked for one purpose is none for another.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    SignIn,
    SetUp,
    Add,
    Prove,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "key-sign-in",
            Self::SetUp => "key-set-up",
            Self::Add => "key-add",
            Self::Prove => "key-prove",
        }
    }
}

/// Keeps a new challenge.
pub(super) async fn ask(door: &Door, purpose: Purpose, whose: &str) -> Result<[u8; CHALLENGE]> {
    let (challenge, now) = (door.bytes::<CHALLENGE>(), door.workspace.now());
    let kept = hash(&encode(&challenge));
    let mut tx = door.workspace.store().write().await?;
    tx.add_challenge(&kept, purpose.as_str(), whose, "", now, after(now, PATIENCE)).await?;
    tx.commit().await?;
    Ok(challenge)
}

/// Takes the challenge that an answer names: once, in time, for the same purpose and whom it was asked for.
pub(super) async fn answered(
    door: &Door,
    purpose: Purpose,
    whose: &str,
    client: &[u8],
) -> Result<Option<[u8; CHALLENGE]>> {
    let Some(challenge) = challenge_of(client) else { return Ok(None) };
    let mut tx = door.workspace.store().write().await?;
    let kept = hash(&encode(&challenge));
    let taken = tx.take_challenge(&kept, purpose.as_str(), door.workspace.now()).await?;
    tx.commit().await?;
    Ok(taken.filter(|(of, _)| of == whose).map(|_| challenge))
}

/// Slows down whoever asks and never answers.
pub(super) fn may_ask(door: &Door, asking: &Asking) -> std::result::Result<Vec<(Key, Rule)>, Problem> {
    let keys = door.with_throttle(|t| vec![t.key(ASKED, &[&asking.client])]);
    let begun = door.with_throttle(|t| t.begin(&keys, door.workspace.now()));
    begun.map(|()| keys).map_err(|seconds| Problem::new("sign-in-wait").with("seconds", seconds))
}
