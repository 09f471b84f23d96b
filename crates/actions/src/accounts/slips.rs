//! Slips of paper that let people in who have no e-mail: a code and its QR, good once and for some days.

use nhipcau_domain::{Timestamp, id::UnitId, problem::Problem};
use nhipcau_store::{Holder, Tx};
use uuid::Uuid;

use super::{
    door::{Door, after, hash},
    offices::event,
    totp::base32,
    units::{Book, Keeper, above, branch},
};
use crate::{
    error::Result,
    workspace::{Setting, Workspace},
};

/// For how many days a slip is good.
pub const SLIP_DAYS: i64 = 7;

/// Letters and digits of a slip's code: 80 bits, short enough to be typed.
const LETTERS: usize = 16;

/// Whom slips are printed for.
#[derive(Debug, Clone, Copy)]
pub enum Whom<'a> {
    /// These units, whether somebody holds their offices or not.
    Units(&'a [UnitId]),
    /// Everyone below a unit whose office nobody can sign in to.
    Waiting(&'a UnitId),
    /// Everyone below a unit.
    Branch(&'a UnitId),
}

/// A slip. Its code is stored nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The unit.
    pub unit: UnitId,
    /// The office's name.
    pub office: String,
    /// Whom it is for, where that is known.
    pub holder: String,
    /// The name of the unit above, which gives another slip if this one is lost.
    pub above: String,
    /// The code, in fours: `ABCD-EFGH-…`.
    pub code: String,
    /// Until when it is good.
    pub until: Timestamp,
}

/// Slips, with the offices that were left out and why.
#[derive(Debug, Clone, Default)]
pub struct Printed {
    /// The slips, by place in the tree.
    pub slips: Vec<Slip>,
    /// What was left out.
    pub left_out: Vec<Handed>,
}

/// A unit whose office was not handed out.
#[derive(Debug, Clone)]
pub struct Handed {
    /// The unit.
    pub unit: UnitId,
    /// Why.
    pub problem: Problem,
}

/// For how many offices slips would be printed.
pub async fn count_slips(ws: &Workspace, keeper: &Keeper, whom: Whom<'_>) -> Result<usize> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let book = Book::read(&mut tx, ws.now()).await?;
    Ok(asked_for(&setting, &book, keeper, whom).len())
}

fn asked_for(setting: &Setting, book: &Book, keeper: &Keeper, whom: Whom<'_>) -> Vec<UnitId> {
    match whom {
        Whom::Units(units) => units.to_vec(),
        Whom::Branch(top) => branch(setting, keeper, top),
        Whom::Waiting(top) => {
            let mut units = branch(setting, keeper, top);
            units.retain(|u| !book.is_held(u));
            units
        }
    }
}

/// Prints slips: one for each holder of each office, and one for an office that nobody holds. What a
/// holder signed in with is taken away, and so is any slip that they had.
pub async fn print_slips(door: &Door, keeper: &Keeper, whom: Whom<'_>) -> Result<Printed> {
    let ws = &door.workspace;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    let book = Book::read(&mut tx, now).await?;
    let units = asked_for(&setting, &book, keeper, whom);
    let mut printed = Printed::default();
    for unit in units {
        let Some(acting) = book.acting(&unit) else {
            let out = Problem::new("unit-without-office").with("unit", &unit);
            printed.left_out.push(Handed { unit, problem: out });
            continue;
        };
        if let Err(problem) = keeper.require(&setting, &acting) {
            printed.left_out.push(Handed { unit, problem });
            continue;
        }
        let mut holders: Vec<(Uuid, String)> =
            book.current(&unit).iter().map(|h| (h.id, h.name.clone())).collect();
        if holders.is_empty() {
            let holder = ws.id(now);
            tx.add_holder(holder, &acting.office, "", "", now).await?;
            holders.push((holder, String::new()));
        }
        for (id, holder) in holders {
            let (code, until) = (give(door, &mut tx, id).await?, after(now, SLIP_DAYS * 86_400));
            event(ws, &mut tx, &acting.office, "slip-printed", &holder, &keeper.office, &keeper.holder)
                .await?;
            let office = book.open(&unit).map(|o| o.name.clone()).unwrap_or_default();
            let above = above(&setting, keeper, &setting.tree, &unit);
            printed.slips.push(Slip { unit: unit.clone(), office, holder, above, code, until });
        }
    }
    tx.commit().await?;
    Ok(printed)
}

/// Takes away what a holder signs in with, and lays a new code down.
async fn give(door: &Door, tx: &mut Tx, holder: Uuid) -> Result<String> {
    let now = door.workspace.now();
    let code = base32(&door.bytes::<10>());
    tx.forget_secrets(holder).await?;
    tx.end_desk_sessions(holder, now).await?;
    tx.add_setup_link(&hash(&code), holder, now, after(now, SLIP_DAYS * 86_400)).await?;
    let fours: Vec<&str> = (0..LETTERS / 4).filter_map(|n| code.get(n * 4..n * 4 + 4)).collect();
    Ok(fours.join("-"))
}

/// Ends a holder of a unit's office: what they signed in with is void, what they did stays.
pub async fn end_unit_holder(ws: &Workspace, keeper: &Keeper, unit: &UnitId, holder: Uuid) -> Result<()> {
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    let book = Book::read(&mut tx, now).await?;
    let acting = book.acting(unit).ok_or_else(|| Problem::new("unit-without-office").with("unit", unit))?;
    keeper.require(&setting, &acting)?;
    let found = book.current(unit).iter().find(|h| h.id == holder);
    let Some(Holder { name, .. }) = found else { return Err(Problem::new("holder-unknown").into()) };
    tx.end_holder(holder, now).await?;
    tx.end_desk_sessions(holder, now).await?;
    if !tx.has_administrator().await? && !acting.grants.is_empty() {
        return Err(Problem::new("office-last-administrator").into());
    }
    event(ws, &mut tx, &acting.office, "holder-left", name, &keeper.office, &keeper.holder).await?;
    Ok(tx.commit().await?)
}

/// A one-time link's token as it is stored under: a slip's code however it was typed, anything else as
/// it is.
#[must_use]
pub fn link_token(typed: &str) -> String {
    let bare: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            // Digits that the code's alphabet leaves out are letters that look like them.
            '0' => 'O',
            '1' => 'I',
            '8' => 'B',
            other => other,
        })
        .collect();
    let is_code =
        bare.len() == LETTERS && bare.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b));
    if is_code { bare } else { typed.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::link_token;

    #[test]
    fn a_code_is_its_own_however_it_is_typed() {
        for typed in ["ABCD-EFGH-IJKO-2345", "abcdefghijko2345", " abcd efgh-1jk0 2345 "] {
            assert_eq!(link_token(typed), "ABCDEFGHIJKO2345", "{typed}");
        }
        let link = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
        assert_eq!(link_token(link), link);
        assert_eq!(link_token("ABCD-EFGH-IJKO-23459"), "ABCD-EFGH-IJKO-23459");
        assert_eq!(link_token("ABCD-EFGH-IJKO-234Đ"), "ABCD-EFGH-IJKO-234Đ");
    }
}
