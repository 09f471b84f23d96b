//! From events to a tree: each day's events as one, and what may not be.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::{Change, Dated, Ix, Node, Tree, TreeEvent};
use crate::{
    id::{KindId, UnitId},
    problem::Problem,
};

impl Tree {
    /// The tree that events come to. Their order does not matter across days: a change may be
    /// recorded long after the day on which it holds. Within a day they count together, so that a
    /// commune can open, take its children over and use the code of one that closes.
    ///
    /// Refused: two parents, cycles, a unit opened twice or used before it opens, a code held by two
    /// units at a time, a child that outlives its parent.
    pub fn from_events(events: &[TreeEvent]) -> Result<Self, Problem> {
        let mut order: Vec<&TreeEvent> = events.iter().collect();
        order.sort_by_key(|e| e.on);
        let mut builder = Builder::default();
        let mut rest = order.as_slice();
        while let Some(first) = rest.first() {
            let (day, later) = rest.split_at(rest.partition_point(|e| e.on == first.on));
            for event in day {
                builder.apply(event)?;
            }
            builder.end_of_day(first.on)?;
            rest = later;
        }
        Ok(builder.tree)
    }
}

/// The tree as of the day being applied, with what is needed to refuse quickly.
#[derive(Default)]
struct Builder {
    tree: Tree,
    children: HashMap<Ix, BTreeSet<Ix>>,
    codes: HashMap<String, Ix>,
    /// Units whose place or being changed today.
    touched: BTreeSet<Ix>,
    moved: HashSet<Ix>,
    recoded: Vec<(Ix, String)>,
}

impl Builder {
    fn apply(&mut self, event: &TreeEvent) -> Result<(), Problem> {
        let on = event.on;
        match &event.change {
            Change::Open { unit, kind, parent, name, code } => {
                self.open(on, unit, kind, parent.as_ref(), name, code.as_ref())
            }
            Change::Close { unit } => {
                let ix = self.living(unit, on)?;
                self.close(ix, on)
            }
            Change::Move { unit, parent } => {
                let ix = self.living(unit, on)?;
                let parent = parent.as_ref().map(|p| self.known(p, on)).transpose()?;
                if !self.moved.insert(ix) && last(&self.node(ix).parents) != Some(&parent) {
                    return Err(Problem::new("tree-two-parents").with("unit", unit).with("day", on));
                }
                self.reparent(ix, parent, on);
                Ok(())
            }
            Change::Rename { unit, name } => {
                let ix = self.living(unit, on)?;
                set(&mut self.node_mut(ix).names, on, name.clone());
                Ok(())
            }
            Change::Recode { unit, code } => {
                let ix = self.living(unit, on)?;
                self.recode(ix, code.clone(), on);
                Ok(())
            }
            Change::Rekind { unit, kind } => {
                let ix = self.living(unit, on)?;
                set(&mut self.node_mut(ix).kinds, on, kind.clone());
                Ok(())
            }
            Change::Merge { from, into } => self.merge(on, from, into),
            Change::Split { from, into } => self.split(on, from, into),
        }
    }

    fn open(
        &mut self,
        on: Date,
        unit: &UnitId,
        kind: &KindId,
        parent: Option<&UnitId>,
        name: &str,
        code: Option<&String>,
    ) -> Result<(), Problem> {
        if self.tree.index.contains_key(unit) {
            return Err(Problem::new("tree-opened-twice").with("unit", unit).with("day", on));
        }
        let parent = parent.map(|p| self.known(p, on)).transpose()?;
        let ix = Ix(u32::try_from(self.tree.nodes.len()).map_err(|_| Problem::new("tree-too-large"))?);
        self.tree.nodes.push(Node {
            id: unit.clone(),
            opened: on,
            closed: None,
            parents: Vec::new(),
            names: vec![(on, name.to_owned())],
            codes: Vec::new(),
            kinds: vec![(on, kind.clone())],
            successors: Vec::new(),
        });
        self.tree.index.insert(unit.clone(), ix);
        self.reparent(ix, parent, on);
        self.moved.insert(ix);
        self.recode(ix, code.cloned(), on);
        Ok(())
    }

    fn close(&mut self, ix: Ix, on: Date) -> Result<(), Problem> {
        let node = self.node_mut(ix);
        if node.opened == on {
            return Err(Problem::new("tree-closes-as-it-opens").with("unit", &node.id).with("day", on));
        }
        node.closed = Some(on);
        let parent = last(&node.parents).copied().flatten();
        if let Some(siblings) = parent.and_then(|p| self.children.get_mut(&p)) {
            siblings.remove(&ix);
        }
        if let Some(code) = last(&self.node(ix).codes).cloned().flatten()
            && self.codes.get(&code) == Some(&ix)
        {
            self.codes.remove(&code);
        }
        self.touched.insert(ix);
        Ok(())
    }

    fn merge(&mut self, on: Date, from: &[UnitId], into: &UnitId) -> Result<(), Problem> {
        let target = self.living(into, on)?;
        for unit in from {
            let ix = self.living(unit, on)?;
            if ix == target {
                return Err(Problem::new("tree-merges-into-itself").with("unit", unit).with("day", on));
            }
            for child in self.children.get(&ix).cloned().unwrap_or_default() {
                self.reparent(child, Some(target), on);
            }
            self.close(ix, on)?;
            self.node_mut(ix).successors = vec![target];
        }
        Ok(())
    }

    fn split(&mut self, on: Date, from: &UnitId, into: &[UnitId]) -> Result<(), Problem> {
        let ix = self.living(from, on)?;
        let successors = into.iter().map(|u| self.living(u, on)).collect::<Result<Vec<_>, _>>()?;
        if successors.len() < 2 || successors.contains(&ix) {
            return Err(Problem::new("tree-split-needs-two").with("unit", from).with("day", on));
        }
        self.close(ix, on)?;
        self.node_mut(ix).successors = successors;
        Ok(())
    }

    fn reparent(&mut self, ix: Ix, parent: Option<Ix>, on: Date) {
        if let Some(siblings) =
            last(&self.node(ix).parents).copied().flatten().and_then(|p| self.children.get_mut(&p))
        {
            siblings.remove(&ix);
        }
        set(&mut self.node_mut(ix).parents, on, parent);
        if let Some(parent) = parent {
            self.children.entry(parent).or_default().insert(ix);
            let ever = self.tree.ever_children.entry(parent).or_default();
            if ever.last() != Some(&ix) && !(on > self.tree.nodes[ix.0 as usize].opened && ever.contains(&ix))
            {
                ever.push(ix);
            }
        }
        self.touched.insert(ix);
    }

    fn recode(&mut self, ix: Ix, code: Option<String>, on: Date) {
        if let Some(old) = last(&self.node(ix).codes).cloned().flatten()
            && self.codes.get(&old) == Some(&ix)
        {
            self.codes.remove(&old);
        }
        set(&mut self.node_mut(ix).codes, on, code.clone());
        if let Some(code) = code {
            self.recoded.push((ix, code));
        }
    }

    /// What must hold when the day's events are all in.
    fn end_of_day(&mut self, on: Date) -> Result<(), Problem> {
        for (ix, code) in std::mem::take(&mut self.recoded) {
            let holds = last(&self.node(ix).codes).cloned().flatten().as_ref() == Some(&code);
            if !holds || self.node(ix).closed.is_some() {
                continue;
            }
            if let Some(other) = self.codes.insert(code.clone(), ix).filter(|o| *o != ix) {
                return Err(Problem::new("tree-code-held-twice")
                    .with("code", code)
                    .with("unit", &self.node(ix).id)
                    .with("other", &self.node(other).id)
                    .with("day", on));
            }
        }
        for ix in std::mem::take(&mut self.touched) {
            self.check_place(ix, on)?;
        }
        self.moved.clear();
        Ok(())
    }

    fn check_place(&self, ix: Ix, on: Date) -> Result<(), Problem> {
        let node = self.node(ix);
        if node.closed.is_some() {
            return match self.children.get(&ix).and_then(BTreeSet::first) {
                None => Ok(()),
                Some(child) => Err(Problem::new("tree-child-outlives-parent")
                    .with("unit", &self.node(*child).id)
                    .with("parent", &node.id)
                    .with("day", on)),
            };
        }
        let Some(parent) = last(&node.parents).copied().flatten() else { return Ok(()) };
        if self.node(parent).closed.is_some() {
            return Err(Problem::new("tree-child-outlives-parent")
                .with("unit", &node.id)
                .with("parent", &self.node(parent).id)
                .with("day", on));
        }
        let mut above = Some(parent);
        let mut steps = 0;
        while let Some(at) = above {
            steps += 1;
            // A cycle further up does not come by here again: it is known by a way that never ends.
            if at == ix || steps > self.tree.nodes.len() {
                return Err(Problem::new("tree-cycle")
                    .with("unit", &node.id)
                    .with("parent", &self.node(parent).id)
                    .with("day", on));
            }
            above = last(&self.node(at).parents).copied().flatten();
        }
        Ok(())
    }

    fn known(&self, unit: &UnitId, on: Date) -> Result<Ix, Problem> {
        let found = self.tree.index.get(unit).copied();
        found.ok_or_else(|| Problem::new("tree-unit-unknown").with("unit", unit).with("day", on))
    }

    fn living(&self, unit: &UnitId, on: Date) -> Result<Ix, Problem> {
        let ix = self.known(unit, on)?;
        match self.node(ix).closed {
            None => Ok(ix),
            Some(closed) => Err(Problem::new("tree-unit-closed")
                .with("unit", unit)
                .with("closed", closed)
                .with("day", on)),
        }
    }

    fn node(&self, ix: Ix) -> &Node {
        &self.tree.nodes[ix.0 as usize]
    }

    fn node_mut(&mut self, ix: Ix) -> &mut Node {
        &mut self.tree.nodes[ix.0 as usize]
    }
}

fn last<T>(dated: &Dated<T>) -> Option<&T> {
    dated.last().map(|(_, value)| value)
}

/// Days come in order, so a value goes last; a second one of the same day takes the first's place.
fn set<T>(dated: &mut Dated<T>, on: Date, value: T) {
    match dated.last_mut() {
        Some((day, held)) if *day == on => *held = value,
        _ => dated.push((on, value)),
    }
}
