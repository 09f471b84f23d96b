//! What happens to the tree while a history is told.

use nhipcau_actions::{Workspace, campaign::set_up};
use nhipcau_domain::{
    Date,
    id::UnitId,
    tree::{Change, TreeEvent},
};

use super::{pick, steps::What, told::History};
use crate::oracle::Day;

impl History {
    /// Does it; whether the tree let it be done.
    pub async fn tree(&mut self, ws: &Workspace, on: Date, what: &What) -> bool {
        let Some(changes) = self.changes(on, what) else { return false };
        let mut all = self.events.clone();
        all.extend(changes.into_iter().map(|change| TreeEvent { on, change }));
        let done = set_up(ws, &"h".into(), self.definitions(), &all).await;
        if done.is_ok() {
            self.events = all;
            self.seen.insert(match what {
                What::Open { .. } => "open",
                What::Close(_) => "close",
                What::Move { .. } => "move",
                What::Rename(_) => "rename",
                What::Merge { .. } => "merge",
                What::Split(_) => "split",
                What::Dissolve(_) => "dissolve",
            });
        }
        done.is_ok()
    }

    fn changes(&mut self, on: Date, what: &What) -> Option<Vec<Change>> {
        let day = Day::of(&self.events, on);
        let below = |i: u8| pick(day.open.keys().filter(|u| *u != "t"), i);
        let anyone = |i: u8| pick(day.open.keys(), i);
        let mut fresh = || {
            self.opened += 1;
            format!("u{}", self.opened)
        };
        let opening = |unit: &str, kind: &str, parent: Option<&str>| Change::Open {
            unit: unit.into(),
            kind: kind.into(),
            parent: parent.map(Into::into),
            name: unit.into(),
            code: None,
        };
        Some(match what {
            What::Open { parent, commune } => {
                vec![opening(&fresh(), if *commune { "xa" } else { "chi-bo" }, Some(&anyone(*parent)?))]
            }
            What::Close(unit) => vec![Change::Close { unit: below(*unit)?.into() }],
            What::Move { unit, to } => {
                vec![Change::Move { unit: below(*unit)?.into(), parent: Some(anyone(*to)?.into()) }]
            }
            What::Rename(unit) => {
                vec![Change::Rename { unit: anyone(*unit)?.into(), name: "Tên mới".into() }]
            }
            What::Merge { from, into } => {
                vec![Change::Merge { from: vec![below(*from)?.into()], into: anyone(*into)?.into() }]
            }
            What::Split(unit) => {
                let unit = below(*unit)?;
                let (a, b) = (fresh(), fresh());
                let (kind, parent) = (&day.open[&unit], day.parent[&unit].as_deref());
                let mut changes = vec![opening(&a, kind, parent), opening(&b, kind, parent)];
                for (i, child) in day.children(&unit).into_iter().enumerate() {
                    let to = if i % 2 == 0 { &a } else { &b };
                    changes.push(Change::Move { unit: child.into(), parent: Some(to.as_str().into()) });
                }
                changes.push(Change::Split { from: unit.into(), into: vec![a.into(), b.into()] });
                changes
            }
            What::Dissolve(unit) => {
                let unit = below(*unit)?;
                let parent: Option<UnitId> = day.parent[&unit].as_deref().map(Into::into);
                let moves = day
                    .children(&unit)
                    .into_iter()
                    .map(|c| Change::Move { unit: c.into(), parent: parent.clone() });
                moves.chain([Change::Close { unit: unit.into() }]).collect()
            }
        })
    }
}
