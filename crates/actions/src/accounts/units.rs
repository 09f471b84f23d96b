//! Offices of units: made for all that report at once, and kept by the office above.

use std::collections::{BTreeMap, HashMap, HashSet};

use nhipcau_domain::{
    Date, Timestamp,
    id::{OfficeId, UnitId},
    office::{Acting, Duty, Grant, Posting, Reach, Role},
    problem::Problem,
    text,
    tree::{Ix, Tree},
};
use nhipcau_store::{Holder, OfficeRecord, Tx};
use uuid::Uuid;

use super::{
    door::before,
    offices::{event, told_postings},
    pin,
};
use crate::{
    error::Result,
    powers::{Over, Review},
    workspace::{Setting, Workspace},
};

/// What making offices came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Made {
    /// Offices that are new.
    pub made: usize,
    /// Offices that took their unit's present name.
    pub renamed: usize,
    /// Offices that there were; nothing else of them was touched.
    pub there: usize,
}

/// Whoever may hand offices of units to people: an administrator, or the reviewer above.
#[derive(Debug, Clone)]
pub struct Keeper {
    pub(super) office: OfficeId,
    pub(super) holder: String,
    /// None is an administrator: everywhere.
    over: Option<Over<Review>>,
    today: Date,
}

impl Keeper {
    /// What the office may hand out.
    ///
    /// # Errors
    /// `office-may-not`, with the office, if it neither administers nor reviews.
    pub fn held_by(ws: &Workspace, acting: &Acting, holder: &str) -> std::result::Result<Self, Problem> {
        let over = match acting.require(Role::Administrator, &[]) {
            Ok(()) => None,
            Err(_) => Some(Over::held_by(ws, acting, holder)?),
        };
        let (office, holder) = (acting.office.clone(), holder.to_owned());
        Ok(Self { office, holder, over, today: text::local_day(ws.now()) })
    }

    /// The day whose tree counts: today, or the last day of the campaign's scope, once that has closed.
    fn day(&self, setting: &Setting) -> Date {
        day(setting, self.today)
    }

    /// Whether the unit is below it; never its own.
    fn is_above(&self, setting: &Setting, unit: Ix) -> bool {
        match &self.over {
            None => true,
            Some(over) => {
                setting.tree.id(unit).as_str() != self.office.as_str()
                    && over.is_above(setting, unit, self.day(setting))
            }
        }
    }

    /// Whether it may look at the units below this one.
    fn sees(&self, setting: &Setting, unit: Ix) -> bool {
        self.over.as_ref().is_none_or(|over| over.reaches(setting, unit, self.day(setting)))
    }

    /// The one unit below which everything lies that it reaches, if there is one.
    fn only_top(&self, setting: &Setting) -> Option<Ix> {
        let over = self.over.as_ref().filter(|over| !over.is_over_all())?;
        let mut tops = over.tops();
        let top = tops.next()?;
        tops.all(|other| other == top).then(|| setting.tree.find(top))?
    }

    /// Refuses an office that may do more than the unit below does: whoever hands it out could act in it.
    pub(super) fn require(&self, setting: &Setting, office: &Acting) -> std::result::Result<(), Problem> {
        let below = |unit: &UnitId| setting.tree.find(unit).is_some_and(|ix| self.is_above(setting, ix));
        if !below(&office.office.as_str().into()) {
            return Err(Problem::new("unit-out-of-reach").with("unit", office.office.as_str()));
        }
        let within = |posting: &Posting| {
            matches!(posting.duty, Duty::Reporter | Duty::Reviewer)
                && match &posting.reach {
                    Reach::Unit(unit) | Reach::Branch(unit) => below(unit),
                    Reach::All => false,
                }
        };
        if self.over.is_none() || (office.grants.is_empty() && office.postings.iter().all(within)) {
            return Ok(());
        }
        Err(Problem::new("slip-needs-administrator").with("office", office.office.as_str()))
    }
}

fn day(setting: &Setting, today: Date) -> Date {
    let scope = setting.tree.find(&setting.definitions.campaign.scope);
    let closed = scope.and_then(|ix| setting.tree.closed(ix)).filter(|c| *c <= today);
    closed.and_then(|c| c.yesterday().ok()).unwrap_or(today)
}

/// Makes an office for each unit that reports and each unit above one, below a unit or everywhere: it
/// reports for itself, and reviews those below. An initiative has none: its owner reports for it. Offices
/// that there are stay as they are, but take their unit's present name where they had an earlier one.
pub async fn make_unit_offices(
    ws: &Workspace,
    acting: &Acting,
    by: &str,
    under: Option<&UnitId>,
) -> Result<Made> {
    acting.require(Role::Administrator, &[])?;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    let day = day(&setting, text::local_day(now));
    let under = match under {
        Some(unit) => {
            Some(setting.tree.find(unit).ok_or_else(|| Problem::new("unit-unknown").with("unit", unit))?)
        }
        None => None,
    };
    let there: HashMap<OfficeId, String> = tx.offices().await?.into_iter().map(|o| (o.id, o.name)).collect();
    let mut made = Made::default();
    for unit in staffed(&setting, day) {
        if under.is_some_and(|top| top != unit && !setting.tree.above(unit, day).any(|a| a == top)) {
            continue;
        }
        let id: OfficeId = setting.tree.id(unit).as_str().into();
        let name = setting.tree.name(unit, day);
        match there.get(&id) {
            None => {
                let postings = postings(&setting, unit, day);
                tx.add_office(&id, name, now).await?;
                tx.set_postings(&id, &postings).await?;
                event(ws, &mut tx, &id, "created", name, &acting.office, by).await?;
                event(ws, &mut tx, &id, "posted", &told_postings(&postings), &acting.office, by).await?;
                made.made += 1;
            }
            // A name that somebody chose stays.
            Some(old) if old != name && setting.tree.names(unit).iter().any(|(_, n)| n == old) => {
                tx.rename_office(&id, name).await?;
                event(ws, &mut tx, &id, "renamed", name, &acting.office, by).await?;
                made.renamed += 1;
            }
            Some(_) => made.there += 1,
        }
    }
    tx.commit().await?;
    Ok(made)
}

/// The units that have an office, those above before those below.
fn staffed(setting: &Setting, day: Date) -> Vec<Ix> {
    let tree = &setting.tree;
    let initiatives = initiatives(setting);
    let mut found: HashSet<Ix> = HashSet::new();
    for unit in tree.open_on(day).filter(|u| !initiatives.contains(u)) {
        let kind = tree.kind(unit, day);
        if setting.definitions.forms_for(tree.id(unit), kind).next().is_some() {
            found.insert(unit);
            found.extend(tree.above(unit, day));
        }
    }
    let mut found: Vec<Ix> = found.into_iter().filter(|u| tree.is_open(*u, day)).collect();
    found.sort_by_key(|u| (tree.above(*u, day).count(), *u));
    found
}

fn initiatives(setting: &Setting) -> HashSet<Ix> {
    setting.definitions.initiatives.iter().filter_map(|i| setting.tree.find(&i.unit)).collect()
}

fn postings(setting: &Setting, unit: Ix, day: Date) -> Vec<Posting> {
    let initiatives = initiatives(setting);
    let below: Vec<Ix> = setting.tree.children(unit, day).collect();
    let id = setting.tree.id(unit);
    let post = |duty, reach| Posting { duty, reach };
    if below.iter().any(|u| !initiatives.contains(u)) {
        // In the order in which the store keeps them.
        return vec![
            post(Duty::Reporter, Reach::Unit(id.clone())),
            post(Duty::Reviewer, Reach::Branch(id.clone())),
        ];
    }
    let reach = if below.is_empty() { Reach::Unit(id.clone()) } else { Reach::Branch(id.clone()) };
    vec![post(Duty::Reporter, reach)]
}

/// Who holds a unit's office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitHolder {
    /// Their id.
    pub id: Uuid,
    /// Their name; empty before they have got in.
    pub name: String,
    /// A way to reach them.
    pub contact: String,
    /// Since when.
    pub since: Timestamp,
    /// Whether they can sign in: with a password, a PIN that is not void, a passkey, another's service.
    pub set_up: bool,
    /// Until when a slip or a link waits for them.
    pub slip: Option<Timestamp>,
}

/// A unit, with its office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitOffice {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Whether it has an office that is open.
    pub open: bool,
    /// Whether this office may be handed out by whoever asks.
    pub handed: bool,
    /// Whoever holds it.
    pub holders: Vec<UnitHolder>,
    /// How many units with an office are below it.
    pub below: usize,
    /// How many of those have nobody who can sign in.
    pub waiting: usize,
}

/// The units directly below one, with their offices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPage {
    /// From the topmost that may be seen down to the one whose units these are; empty at the very top.
    pub trail: Vec<(UnitId, String)>,
    /// The units.
    pub units: Vec<UnitOffice>,
    /// How many offices of the whole branch may be handed out and have nobody who can sign in.
    pub waiting: usize,
}

/// The units directly below one, or at the top of what may be seen.
pub async fn unit_offices(ws: &Workspace, keeper: &Keeper, under: Option<&UnitId>) -> Result<UnitPage> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let book = Book::read(&mut tx, ws.now()).await?;
    let (tree, day) = (&setting.tree, keeper.day(&setting));
    let staffed: HashSet<Ix> = staffed(&setting, day).into_iter().collect();
    let here = match under {
        Some(unit) => {
            let found = tree.find(unit).filter(|ix| keeper.sees(&setting, *ix));
            Some(found.ok_or_else(|| Problem::new("unit-out-of-reach").with("unit", unit))?)
        }
        None => keeper.only_top(&setting),
    };
    let units: Vec<Ix> = match here {
        Some(unit) => tree.children(unit, day).collect(),
        None => tops(&setting, keeper, day),
    };
    let mut trail: Vec<(UnitId, String)> = here
        .into_iter()
        .flat_map(|ix| std::iter::once(ix).chain(tree.above(ix, day)))
        .filter(|ix| keeper.sees(&setting, *ix))
        .map(|ix| (tree.id(ix).clone(), tree.name(ix, day).to_owned()))
        .collect();
    trail.reverse();
    let mut units: Vec<UnitOffice> = units
        .into_iter()
        .filter(|ix| staffed.contains(ix))
        .map(|ix| {
            let below: Vec<Ix> =
                tree.within(ix, day).into_iter().filter(|u| *u != ix && staffed.contains(u)).collect();
            let waits = |u: &&Ix| !book.is_held(tree.id(**u));
            UnitOffice {
                unit: tree.id(ix).clone(),
                name: tree.name(ix, day).to_owned(),
                open: book.open(tree.id(ix)).is_some(),
                handed: book
                    .acting(tree.id(ix))
                    .is_some_and(|acting| keeper.require(&setting, &acting).is_ok()),
                holders: book.holders(tree.id(ix)),
                waiting: below.iter().filter(waits).count(),
                below: below.len(),
            }
        })
        .collect();
    units.sort_by_cached_key(|u| (u.below == 0, text::sort_key(&u.name)));
    let waits = |unit: &UnitId| {
        let acting = book.acting(unit).filter(|_| !book.is_held(unit));
        acting.is_some_and(|acting| keeper.require(&setting, &acting).is_ok())
    };
    let waiting =
        here.map_or(0, |ix| branch(&setting, keeper, tree.id(ix)).iter().filter(|unit| waits(unit)).count());
    Ok(UnitPage { trail, units, waiting })
}

/// Where a list begins: the campaign's scope with what is above it left out, or what the office reviews.
fn tops(setting: &Setting, keeper: &Keeper, day: Date) -> Vec<Ix> {
    let tree = &setting.tree;
    let named: Vec<Ix> = match &keeper.over {
        Some(over) if !over.is_over_all() => over.tops().filter_map(|u| tree.find(u)).collect(),
        _ => Vec::new(),
    };
    if named.is_empty() {
        let scope = tree.find(&setting.definitions.campaign.scope);
        return scope.map_or_else(|| tree.roots(day).collect(), |scope| vec![scope]);
    }
    named
}

/// The units of a branch that have an office, the topmost first; the topmost itself only where it may be
/// handed out.
pub(super) fn branch(setting: &Setting, keeper: &Keeper, top: &UnitId) -> Vec<UnitId> {
    let day = keeper.day(setting);
    let found = setting.tree.find(top).filter(|ix| keeper.sees(setting, *ix));
    let Some(top) = found else { return Vec::new() };
    let below = |u: &Ix| {
        (*u == top && keeper.is_above(setting, top)) || setting.tree.above(*u, day).any(|a| a == top)
    };
    staffed(setting, day).into_iter().filter(below).map(|u| setting.tree.id(u).clone()).collect()
}

/// The name of the unit above, for a slip.
pub(super) fn above(setting: &Setting, keeper: &Keeper, tree: &Tree, unit: &UnitId) -> String {
    let day = keeper.day(setting);
    let above = tree.find(unit).and_then(|ix| tree.parent(ix, day));
    above.map(|ix| tree.name(ix, day).to_owned()).unwrap_or_default()
}

/// Every office with whoever holds it, read at once.
pub(super) struct Book {
    offices: HashMap<OfficeId, OfficeRecord>,
    grants: HashMap<OfficeId, Vec<Grant>>,
    postings: HashMap<OfficeId, Vec<Posting>>,
    holders: BTreeMap<OfficeId, Vec<Holder>>,
    /// Those who come in without a password.
    pinned: HashSet<Uuid>,
    links: HashMap<Uuid, Timestamp>,
}

impl Book {
    pub async fn read(tx: &mut Tx, now: Timestamp) -> Result<Self> {
        let offices = tx.offices().await?.into_iter().map(|o| (o.id.clone(), o)).collect();
        let mut book = Self {
            offices,
            grants: HashMap::new(),
            postings: HashMap::new(),
            holders: BTreeMap::new(),
            pinned: tx.pin_holders(before(now, pin::KEPT)).await?.into_iter().collect(),
            links: tx.waiting_links(now).await?.into_iter().collect(),
        };
        book.pinned.extend(tx.passkey_holders().await?);
        book.pinned.extend(tx.identity_holders().await?);
        for (office, grant) in tx.all_grants().await? {
            book.grants.entry(office).or_default().push(grant);
        }
        for (office, posting) in tx.all_postings().await? {
            book.postings.entry(office).or_default().push(posting);
        }
        for holder in tx.current_holders().await? {
            book.holders.entry(holder.office.clone()).or_default().push(holder);
        }
        Ok(book)
    }

    /// A unit's office, if it has one that is open.
    pub fn open(&self, unit: &str) -> Option<&OfficeRecord> {
        self.offices.get(unit).filter(|o| o.closed.is_none())
    }

    /// What a unit's office may do, if it has one that is open.
    pub fn acting(&self, unit: &str) -> Option<Acting> {
        let office = self.open(unit)?.id.clone();
        let grants = self.grants.get(unit).cloned().unwrap_or_default();
        let postings = self.postings.get(unit).cloned().unwrap_or_default();
        Some(Acting { office, grants, postings })
    }

    /// Whoever holds it.
    pub fn current(&self, unit: &str) -> &[Holder] {
        self.holders.get(unit).map_or(&[], Vec::as_slice)
    }

    pub fn is_set_up(&self, holder: &Holder) -> bool {
        holder.password.is_some() || self.pinned.contains(&holder.id)
    }

    /// Whether anybody can sign in to it.
    pub fn is_held(&self, unit: &str) -> bool {
        self.current(unit).iter().any(|h| self.is_set_up(h))
    }

    fn holders(&self, unit: &str) -> Vec<UnitHolder> {
        let told = |h: &Holder| UnitHolder {
            id: h.id,
            name: h.name.clone(),
            contact: h.contact.clone(),
            since: h.since,
            set_up: self.is_set_up(h),
            slip: self.links.get(&h.id).copied(),
        };
        self.current(unit).iter().map(told).collect()
    }
}
