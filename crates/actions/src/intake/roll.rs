//! The roll of units, as intake asks for it.

use std::{collections::HashMap, sync::Arc};

use nhipcau_domain::{Date, definitions::Definitions, text, tree::Ix};
use nhipcau_intake::{UnitInfo, World};

use crate::workspace::Setting;

/// Units by id, by folded name and by code.
pub struct Roll {
    setting: Arc<Setting>,
    day: Date,
    named: HashMap<String, Vec<Ix>>,
}

impl Roll {
    /// The roll as of a day: where a name or a code was several units' over time, those that were
    /// open on that day are meant.
    #[must_use]
    pub fn new(setting: Arc<Setting>, day: Date) -> Self {
        let mut named: HashMap<String, Vec<Ix>> = HashMap::new();
        for ix in setting.tree.all() {
            let codes = setting.tree.codes(ix).iter().filter_map(|(_, code)| code.as_deref());
            let called = setting.tree.names(ix).iter().map(|(_, name)| name.as_str());
            let mut keys: Vec<String> = called.chain(codes).map(text::fold).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                named.entry(key).or_default().push(ix);
            }
        }
        Self { setting, day, named }
    }

    fn info(&self, ix: Ix) -> UnitInfo {
        let tree = &self.setting.tree;
        let day = if tree.is_open(ix, self.day) { self.day } else { tree.opened(ix) };
        UnitInfo {
            id: tree.id(ix).clone(),
            name: tree.name(ix, day).to_owned(),
            kind: tree.kind(ix, day).clone(),
            code: tree.code(ix, day).map(str::to_owned),
        }
    }
}

impl World for Roll {
    fn definitions(&self) -> &Definitions {
        &self.setting.definitions
    }

    fn unit(&self, id: &str) -> Option<UnitInfo> {
        self.setting.tree.find(id).map(|ix| self.info(ix))
    }

    fn units_named(&self, folded: &str) -> Vec<UnitInfo> {
        let all = self.named.get(folded).map_or(&[][..], Vec::as_slice);
        let open: Vec<Ix> =
            all.iter().copied().filter(|ix| self.setting.tree.is_open(*ix, self.day)).collect();
        let meant = if open.is_empty() { all } else { open.as_slice() };
        meant.iter().map(|ix| self.info(*ix)).collect()
    }
}
