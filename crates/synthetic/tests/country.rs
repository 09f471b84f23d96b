//! A synthetic country loads like any campaign, and its returns are streamed.

use nhipcau_campaign::{Folder, Loaded, load};
use nhipcau_domain::{Date, definitions::Definitions, tree::Tree};
use nhipcau_intake::{Limits, RowOutcome, Source, UnitInfo, World, read_wide_csv};
use nhipcau_synthetic::Country;

#[test]
fn it_loads_through_the_same_door() {
    let country = Country::new(10_000, 7);
    let loaded = load(&country.campaign()).unwrap();
    assert_eq!(loaded.tree.len(), 1 + 34 + 3_321 + 10_000);
    assert_eq!(loaded.definitions.data_sets[0].elements.len(), 20);
    let tree = Tree::from_events(&loaded.tree).unwrap();
    let end = loaded.definitions.period(country.period()).unwrap().last;
    let root = tree.find(country.root()).unwrap();
    assert_eq!(tree.children(root, end).count(), 34);
    // No commune is left without a cell, no province without a commune.
    let communes = tree.open_on(end).filter(|u| tree.kind(*u, end).as_str() == "commune");
    assert!(communes.into_iter().all(|c| tree.children(c, end).count() >= 3));
}

struct Nation(Loaded, Tree, Date);

impl World for Nation {
    fn definitions(&self) -> &Definitions {
        &self.0.definitions
    }
    fn unit(&self, id: &str) -> Option<UnitInfo> {
        let ix = self.1.find(id)?;
        let name = self.1.name(ix, self.2).to_owned();
        Some(UnitInfo { id: id.into(), name, kind: self.1.kind(ix, self.2).clone(), code: None })
    }
    fn units_named(&self, _: &str) -> Vec<UnitInfo> {
        Vec::new()
    }
}

#[test]
fn its_returns_are_read_as_any_wide_table() {
    let country = Country::new(300, 7);
    let loaded = load(&country.campaign()).unwrap();
    let tree = Tree::from_events(&loaded.tree).unwrap();
    let end = loaded.definitions.period(country.period()).unwrap().last;
    let nation = Nation(loaded, tree, end);
    let mut table = Vec::new();
    country.write_returns(&mut table).unwrap();
    let mut read = 0;
    let source = Source { name: "ca-nuoc.csv", sha256: "" };
    let summary = read_wide_csv(&*table, &source, &nation, &Limits::default(), &mut |row: RowOutcome| {
        assert_eq!(row.problems, []);
        assert_eq!(row.submission.unwrap().entries.len(), 20);
        read += 1;
    });
    assert_eq!((summary.rows, summary.problems, read), (300, vec![], 300));
}

#[test]
fn on_disk_and_in_memory_are_the_same() {
    let country = Country::new(50, 7);
    let folder = tempfile::tempdir().unwrap();
    country.write_campaign(folder.path()).unwrap();
    assert_eq!(load(&Folder(folder.path().into())), load(&country.campaign()));
}

#[test]
fn its_returns_are_one_row_a_cell_and_always_the_same() {
    let rows = |cells, seed| {
        let mut out = Vec::new();
        Country::new(cells, seed).write_returns(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let text = rows(500, 7);
    assert_eq!(text.lines().count(), 501);
    assert!(text.lines().all(|l| l.split(',').count() == 22));
    assert_eq!(text, rows(500, 7));
    assert_ne!(text, rows(500, 8));
    let definitions = load(&Country::new(1, 1).campaign()).unwrap().definitions;
    let header = nhipcau_intake::wide_csv_header(&definitions.data_sets[0]);
    assert_eq!(text.lines().next(), header.lines().next());
    for line in text.lines().skip(1) {
        let n: Vec<i64> = line.split(',').skip(2).map(|f| f.parse().unwrap()).collect();
        let (exempt, planned_exempt) = (n[4] + n[5] + n[6], n[9] + n[10] + n[11]);
        assert!(n.iter().all(|v| *v >= 0), "{line}");
        assert!(n[7] <= n[0] && n[8] <= n[0] && exempt <= n[0], "{line}");
        assert!(n[8] - planned_exempt <= n[0] - exempt && n[8] >= planned_exempt, "{line}");
        assert!(n[15] <= n[13] + n[14] && n[17] <= n[16], "{line}");
    }
}
