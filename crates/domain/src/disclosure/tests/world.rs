//! Random publications: a tree of units, figures that hang together, one or two editions.

use proptest::prelude::*;

use super::super::*;
use crate::id::{IndicatorId, UnitId};

/// A figure's number within a unit: column, and whether it is the denominator.
pub(super) type Number = (usize, bool);

/// How figures of a unit hang together. Each list adds up to 0.
#[derive(Debug, Clone)]
pub(super) struct Schema {
    pub shares: Vec<bool>,
    pub relations: Vec<Vec<(Number, i64)>>,
    /// The columns of a leaf, from six free numbers.
    make: fn([i64; 6]) -> Vec<Cell>,
}

const N: bool = false;
const D: bool = true;

/// n of d, with 0 and all often among them.
fn part(of: i64, pick: i64) -> i64 {
    match pick % 5 {
        0 => 0,
        1 => of,
        2 => (of - pick % 7).max(0),
        _ => pick.rem_euclid(of + 1),
    }
}

pub(super) fn schemas() -> Vec<Schema> {
    vec![
        Schema { shares: vec![true], relations: vec![], make: |x| vec![Cell::share(part(x[0], x[1]), x[0])] },
        Schema { shares: vec![false], relations: vec![], make: |x| vec![Cell::count(part(x[0], x[1]))] },
        Schema {
            shares: vec![true, true],
            relations: vec![vec![((0, D), 1), ((1, D), -1)]],
            make: |x| vec![Cell::share(part(x[0], x[1]), x[0]), Cell::share(part(x[0], x[2]), x[0])],
        },
        Schema {
            shares: vec![false, false, false],
            relations: vec![vec![((2, N), 1), ((0, N), -1), ((1, N), -1)]],
            make: |x| {
                let (a, b) = (part(x[0], x[1]), part(x[2], x[3]));
                vec![Cell::count(a), Cell::count(b), Cell::count(a + b)]
            },
        },
        Schema {
            shares: vec![true, false],
            relations: vec![vec![((0, D), 1), ((1, N), -1)]],
            make: |x| vec![Cell::share(part(x[0], x[1]), x[0]), Cell::count(x[0])],
        },
        Schema {
            shares: vec![true, false],
            relations: vec![vec![((0, D), 1), ((0, N), -1), ((1, N), -1)]],
            make: |x| {
                let n = part(x[0], x[1]);
                vec![Cell::share(n, x[0]), Cell::count(x[0] - n)]
            },
        },
        Schema {
            shares: vec![true, true, true],
            relations: vec![
                vec![((2, N), 1), ((0, N), -1), ((1, N), -1)],
                vec![((2, D), 1), ((0, D), -1), ((1, D), -1)],
            ],
            make: |x| {
                let (a, b) = (part(x[0], x[1]), part(x[2], x[3]));
                vec![Cell::share(a, x[0]), Cell::share(b, x[2]), Cell::share(a + b, x[0] + x[2])]
            },
        },
        Schema {
            shares: vec![false, false, false, false, false],
            relations: vec![
                vec![((2, N), 1), ((0, N), -1), ((1, N), -1)],
                vec![((2, N), 1), ((3, N), -1), ((4, N), -1)],
            ],
            make: |x| {
                let (a, b) = (part(x[0], x[1]), part(x[2], x[3]));
                let c = part(a + b, x[4]);
                vec![a, b, a + b, c, a + b - c].into_iter().map(Cell::count).collect()
            },
        },
    ]
}

/// One publication in one or more editions.
#[derive(Clone)]
pub(super) struct World {
    pub schema: Schema,
    /// Each unit's parent; the first is the root, parents stand before their children.
    pub parents: Vec<Option<usize>>,
    /// For each edition, unit and figure.
    pub values: Vec<Vec<Vec<Cell>>>,
}

/// Short enough to read in a failure: each unit, its parent, and its figures by edition.
impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "relations {:?}", self.schema.relations)?;
        for (u, parent) in self.parents.iter().enumerate() {
            write!(f, "{} in {:?}:", unit(u), parent.map(unit))?;
            for edition in &self.values {
                for cell in &edition[u] {
                    write!(f, " {}", cell.numerator)?;
                    cell.denominator.map_or(Ok(()), |d| write!(f, "/{d}"))?;
                }
                write!(f, " |")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

impl World {
    pub fn new(schema: &Schema, parents: Vec<Option<usize>>, leaves: &[Vec<[i64; 6]>]) -> Self {
        let mut world = Self { schema: schema.clone(), parents, values: Vec::new() };
        for edition in leaves {
            let mut values: Vec<Vec<Cell>> = edition.iter().map(|x| (schema.make)(*x)).collect();
            for unit in (0..world.parents.len()).rev() {
                let children = world.children(unit);
                if !children.is_empty() {
                    values[unit] = (0..schema.shares.len())
                        .map(|c| Cell {
                            numerator: children.iter().map(|u| values[*u][c].numerator).sum(),
                            denominator: schema.shares[c]
                                .then(|| children.iter().filter_map(|u| values[*u][c].denominator).sum()),
                        })
                        .collect();
                }
            }
            world.values.push(values);
        }
        world
    }

    pub fn children(&self, of: usize) -> Vec<usize> {
        (0..self.parents.len()).filter(|u| self.parents[*u] == Some(of)).collect()
    }

    pub fn table(&self, edition: usize) -> Table {
        let mut table = Table::new();
        for c in 0..self.schema.shares.len() {
            table.column(&column(c), true);
        }
        for (u, parent) in self.parents.iter().enumerate() {
            table.row(&unit(u), parent.map(unit).as_ref());
            for (c, cell) in self.values[edition][u].iter().enumerate() {
                table.cell(&unit(u), &column(c), *cell);
            }
        }
        for relation in &self.schema.relations {
            let terms = relation.iter().map(|((c, d), times)| {
                let part = if *d { Part::Denominator } else { Part::Numerator };
                Term { column: column(*c), part, times: *times }
            });
            table.relation(Relation { terms: terms.collect() });
        }
        table
    }

    /// The editions as they go out one after the other.
    pub fn publish(&self, threshold: i64) -> Vec<Protected> {
        let mut out: Vec<Edition> = Vec::new();
        let mut all = Vec::new();
        for edition in 0..self.values.len() {
            let table = self.table(edition);
            let protected = protect(&table, threshold, &out, Audience::Public);
            out.push(Edition { table, withheld: protected.pattern().clone() });
            all.push(protected);
        }
        all
    }
}

pub(super) fn unit(at: usize) -> UnitId {
    UnitId::from(format!("u{at:03}"))
}

pub(super) fn column(at: usize) -> IndicatorId {
    IndicatorId::from(format!("c{at}"))
}

/// A tree of at most `most` units, and for each edition the numbers of its leaves; in later
/// editions one or two returns are corrected.
pub(super) fn worlds(most: usize, largest: i64, editions: usize) -> impl Strategy<Value = World> {
    let numbers = move || prop::array::uniform6(prop_oneof![0..=largest, 0..=(largest / 4)]);
    (prop::sample::select(schemas()), 1..=most).prop_flat_map(move |(schema, count)| {
        let parents = (0..count).map(|u| (0..u.clamp(1, 4)).prop_map(move |p| (u > 0).then_some(p)));
        let leaves = prop::collection::vec(numbers(), count);
        let corrections =
            prop::collection::vec(prop::collection::vec((0..count, numbers()), 1..=2), editions - 1);
        (Just(schema), parents.collect::<Vec<_>>(), leaves, corrections).prop_map(
            |(schema, parents, leaves, corrections)| {
                let mut all = vec![leaves];
                for corrected in corrections {
                    let mut next = all[all.len() - 1].clone();
                    for (unit, numbers) in corrected {
                        next[unit] = numbers;
                    }
                    all.push(next);
                }
                World::new(&schema, parents, &all)
            },
        )
    })
}
