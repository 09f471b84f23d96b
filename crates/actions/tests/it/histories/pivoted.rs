//! The tables of the analysis: their lines are the figures of their units, and come to the whole's; an office
//! that reaches less sees nothing of what it does not reach.

use nhipcau_actions::{
    Setting, Workspace,
    analysis::{Asked, AskedCell, Axis, Cell, Key, Level, TreeAsked, explain, pivot},
    basis::{Evidence, TreeDay},
    powers::{Over, See},
};
use nhipcau_domain::{
    figure::Status,
    office::{Acting, Duty, Posting, Reach},
    tree::Ix,
};

use super::{NOW, told::History};

fn sees(ws: &Workspace, reach: Reach) -> Over<See> {
    let postings = vec![Posting { duty: Duty::Auditor, reach }];
    let acting = Acting { office: "kiem-tra".into(), grants: Vec::new(), postings };
    Over::held_by(ws, &acting, "Lan").expect("sees")
}

impl History {
    /// One table a step, each time another way.
    pub async fn check_pivot(&self, ws: &Workspace, setting: &Setting, n: usize) {
        let period = ["nam-1", "nam-2", "thang-03"][n % 3];
        let (tree, day) = if n.is_multiple_of(2) {
            (TreeAsked::Then, TreeDay::Then)
        } else {
            (TreeAsked::On(NOW), TreeDay::On(NOW))
        };
        let level = [Level::Below, Level::Each, Level::Kind("xa".into())][n % 3].clone();
        let asked = Asked {
            rows: Axis::Unit,
            columns: Axis::Item,
            period: Some(period.into()),
            level: level.clone(),
            tree,
            ..Asked::default()
        };
        let found = pivot(ws, &sees(ws, Reach::All), &asked, true).await.expect("a table");
        assert_eq!(found.left_out, 0);
        let mut tx = ws.store().read().await.expect("reads");
        let of = setting.definitions.period(period).expect("a period");
        let evidence = Evidence::load(&mut tx, setting, of).await.expect("evidence");
        drop(tx);
        let open = |unit: &str| {
            let ix = setting.tree.find(unit).expect("a unit");
            setting.tree.is_open(ix, day.day(of))
        };
        for (column, head) in found.columns.iter().enumerate() {
            let Key::Item(item) = &head.key else { panic!("{head:?}") };
            let indicator = item.indicator(&setting.definitions).expect("an indicator");
            let cell = |row: usize| found.cells[row][column].as_ref();
            let mut sum = 0;
            let mut told_apart = true;
            for (row, line) in found.rows.iter().enumerate() {
                let Some(Cell { figure, .. }) = cell(row) else { continue };
                match &line.key {
                    // One that has closed is asked for as it was then; its line is what is left of it now.
                    Key::Unit(unit) if level == Level::Below && open(unit) => {
                        let alone = evidence.basis(setting, unit, day).expect("a line has a basis");
                        let mut alone = alone.evaluate(&indicator).expect("evaluates").figure;
                        alone.scope = figure.scope.clone();
                        assert_eq!(*figure, alone, "{} of {unit} for {period}, {tree:?}", indicator.id);
                    }
                    Key::Whole => {
                        let whole = evidence.basis(setting, "t", day).expect("the whole");
                        assert_eq!(*figure, whole.evaluate(&indicator).expect("evaluates").figure);
                        let adds = whole.adds(&indicator);
                        if adds && told_apart {
                            let (now, of) = (figure.numerator.unwrap_or(0), &indicator.id);
                            assert_eq!(sum, now, "lines of {of} for {period}, {level:?}, {tree:?}");
                        }
                        continue;
                    }
                    _ => {}
                }
                told_apart &= figure.status != Status::Unanswerable;
                sum += figure.numerator.unwrap_or(0);
            }
        }
        self.check_reach(ws, setting, &asked, period).await;
    }

    /// What a commune's office is told of, it reaches.
    async fn check_reach(&self, ws: &Workspace, setting: &Setting, asked: &Asked, period: &str) {
        let over = sees(ws, Reach::Branch("xa-a".into()));
        let last = setting.definitions.period(period).expect("a period").last;
        let reached = |unit: &str| {
            let ix = setting.tree.find(unit).expect("a unit");
            assert!(over.reaches(setting, ix, last), "{unit} is out of reach, and told of");
        };
        // It may ask for the whole province: what it gets is its own part.
        let asked = Asked { branch: Some("t".into()), level: Level::Each, ..asked.clone() };
        let found = pivot(ws, &over, &asked, true).await.expect("a table");
        // A line is of a unit that it reaches, or of where one that it reaches counts, or may count, on the
        // table's day: what a closed unit became, with nothing but what came from there.
        let of = setting.definitions.period(period).expect("a period");
        let day = match asked.tree {
            TreeAsked::On(day) => day,
            _ => of.last,
        };
        for line in &found.rows {
            let Key::Unit(unit) = &line.key else { continue };
            let ix = setting.tree.find(unit).expect("a unit");
            let mut from = setting.tree.all().filter(|u| over.reaches(setting, *u, last));
            let counts_there = |u: Ix| {
                let place = setting.tree.place(u, day);
                place.path.contains(&ix) || place.undecided.contains(&ix)
            };
            assert!(from.any(|u| u == ix || counts_there(u)), "{unit} is out of reach, and told of");
        }
        let Some(Key::Item(item)) = found.columns.first().map(|c| c.key.clone()) else { return };
        let cell = AskedCell { of: asked, unit: String::new(), period: period.into(), item };
        let told = explain(ws, &over, &cell).await.expect("an explanation").explanation;
        let units = told.contributions.iter().map(|c| &c.unit).chain(told.missing.iter().map(|m| &m.unit));
        units.chain(&told.incomplete).for_each(|u| reached(&u.unit));
    }
}
