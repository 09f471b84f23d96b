//! A reader written apart from the code under test: rational elimination, then bounds.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{
    super::*,
    world::{World, column, unit, worlds},
};

/// An exact fraction, denominator positive.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Fraction(i128, i128);

impl Fraction {
    fn new(n: i128, d: i128) -> Self {
        let (mut common, mut rest) = (n.abs(), d.abs());
        while rest != 0 {
            (common, rest) = (rest, common % rest);
        }
        let common = common.max(1) * d.signum();
        Self(n / common, d / common)
    }
    fn minus(self, other: Self) -> Self {
        Self::new(self.0 * other.1 - other.0 * self.1, self.1 * other.1)
    }
    fn times(self, other: Self) -> Self {
        Self::new(self.0 * other.0, self.1 * other.1)
    }
}

/// A number of the publication: edition, unit, figure, and numerator, denominator or those left out.
type Name = (usize, usize, usize, char);

#[derive(Default)]
struct Reader {
    unknown: BTreeMap<Name, usize>,
    names: Vec<Name>,
    truth: Vec<i128>,
    /// Coefficients by unknown, and the constant that they add up to.
    equations: Vec<(BTreeMap<usize, i128>, i128)>,
}

impl Reader {
    /// Whatever is shown, of all editions, and whatever holds.
    fn of(world: &World, published: &[Protected]) -> Self {
        let mut reader = Self::default();
        for (e, protected) in published.iter().enumerate() {
            for u in 0..world.parents.len() {
                for c in 0..world.schema.shares.len() {
                    if protected.cell(&unit(u), &column(c)).unwrap().is_withheld() {
                        reader.add_unknown(world, (e, u, c));
                    }
                }
            }
        }
        for e in 0..published.len() {
            for u in 0..world.parents.len() {
                reader.add_unit(world, e, u);
            }
            if e > 0 {
                reader.add_unchanged(world, e);
            }
        }
        reader
    }

    fn add_unknown(&mut self, world: &World, (e, u, c): (usize, usize, usize)) {
        let parts = if world.schema.shares[c] { "ndr" } else { "n" };
        for part in parts.chars() {
            self.unknown.insert((e, u, c, part), self.names.len());
            self.names.push((e, u, c, part));
            self.truth.push(value(world, (e, u, c, part)));
        }
        if world.schema.shares[c] {
            self.add(world, &[((e, u, c, 'd'), 1), ((e, u, c, 'n'), -1), ((e, u, c, 'r'), -1)]);
        }
    }

    fn add_unit(&mut self, world: &World, e: usize, u: usize) {
        let children = world.children(u);
        for (c, share) in world.schema.shares.iter().enumerate() {
            for part in if *share { "nd" } else { "n" }.chars() {
                if !children.is_empty() {
                    let mut terms = vec![((e, u, c, part), 1)];
                    terms.extend(children.iter().map(|child| ((e, *child, c, part), -1)));
                    self.add(world, &terms);
                }
            }
        }
        for relation in &world.schema.relations {
            let terms: Vec<(Name, i128)> = relation
                .iter()
                .map(|((c, d), times)| ((e, u, *c, if *d { 'd' } else { 'n' }), i128::from(*times)))
                .collect();
            self.add(world, &terms);
        }
    }

    /// The reader knows which returns were corrected, and that the others were not.
    fn add_unchanged(&mut self, world: &World, e: usize) {
        for u in 0..world.parents.len() {
            if world.values[e][u] == world.values[e - 1][u] {
                for (c, share) in world.schema.shares.iter().enumerate() {
                    for part in if *share { "nd" } else { "n" }.chars() {
                        self.add(world, &[((e, u, c, part), 1), ((e - 1, u, c, part), -1)]);
                    }
                }
            }
        }
    }

    fn add(&mut self, world: &World, terms: &[(Name, i128)]) {
        let (mut row, mut constant) = (BTreeMap::new(), 0);
        for (name, times) in terms {
            match self.unknown.get(name) {
                Some(at) => *row.entry(*at).or_insert(0) += times,
                None => constant -= times * value(world, *name),
            }
        }
        row.retain(|_, times| *times != 0);
        self.equations.push((row, constant));
    }

    /// Reduced row echelon form, as whole-numbered equations.
    fn reduced(&self) -> Vec<(BTreeMap<usize, i128>, i128)> {
        let width = self.names.len();
        let mut rows: Vec<Vec<Fraction>> = self
            .equations
            .iter()
            .map(|(row, constant)| {
                let mut dense = vec![Fraction(0, 1); width + 1];
                for (at, times) in row {
                    dense[*at] = Fraction(*times, 1);
                }
                dense[width] = Fraction(*constant, 1);
                dense
            })
            .collect();
        let mut done = 0;
        for c in 0..width {
            let Some(found) = (done..rows.len()).find(|r| rows[*r][c].0 != 0) else { continue };
            rows.swap(done, found);
            let own = rows[done][c];
            rows[done].iter_mut().for_each(|x| *x = x.times(Fraction::new(own.1, own.0)));
            let pivot = rows[done].clone();
            for (r, row) in rows.iter_mut().enumerate() {
                if r != done && row[c].0 != 0 {
                    let by = row[c];
                    row.iter_mut().zip(&pivot).for_each(|(x, p)| *x = x.minus(p.times(by)));
                }
            }
            done += 1;
        }
        rows[..done].iter().map(|row| whole(row, width)).collect()
    }

    /// What the reader can fix: by elimination and by bounds (all ≥ 0), until nothing more follows.
    fn determined(&self) -> Vec<Name> {
        let mut equations = self.reduced();
        equations.extend(self.equations.iter().cloned());
        let mut low = vec![0_i128; self.names.len()];
        let mut high: Vec<Option<i128>> = vec![None; self.names.len()];
        loop {
            let before = (low.clone(), high.clone());
            for (row, constant) in &equations {
                for (at, times) in row {
                    // times·x = constant − the others.
                    let others = || row.iter().filter(|(o, _)| *o != at);
                    let least: Option<i128> = others()
                        .map(|(o, t)| if *t > 0 { Some(t * low[*o]) } else { high[*o].map(|h| t * h) })
                        .sum();
                    let most: Option<i128> = others()
                        .map(|(o, t)| if *t > 0 { high[*o].map(|h| t * h) } else { Some(t * low[*o]) })
                        .sum();
                    let (top, bottom) = (least.map(|l| constant - l), most.map(|m| constant - m));
                    let (top, bottom) = if *times > 0 { (top, bottom) } else { (bottom, top) };
                    if let Some(top) = top {
                        let top = floor(top, *times);
                        high[*at] = Some(high[*at].map_or(top, |h| h.min(top)));
                    }
                    if let Some(bottom) = bottom {
                        low[*at] = low[*at].max(-floor(-bottom, *times));
                    }
                }
            }
            if before == (low.clone(), high.clone()) {
                break;
            }
        }
        for (at, truth) in self.truth.iter().enumerate() {
            assert!(low[at] <= *truth && high[at].is_none_or(|h| *truth <= h), "the reader is mistaken");
        }
        (0..self.names.len()).filter(|at| high[*at] == Some(low[*at])).map(|at| self.names[at]).collect()
    }
}

fn floor(a: i128, b: i128) -> i128 {
    let (a, b) = if b < 0 { (-a, -b) } else { (a, b) };
    a.div_euclid(b)
}

fn whole(row: &[Fraction], width: usize) -> (BTreeMap<usize, i128>, i128) {
    let scale = row.iter().fold(1_i128, |s, x| s / Fraction::new(s, x.1).0.max(1) * s.max(1)).max(1);
    let scale = row.iter().fold(scale, |s, x| if s % x.1 == 0 { s } else { s * x.1 });
    let at = |x: &Fraction| x.0 * (scale / x.1);
    let terms = row[..width].iter().enumerate().map(|(c, x)| (c, at(x))).filter(|t| t.1 != 0);
    (terms.collect(), at(&row[width]))
}

fn value(world: &World, (e, u, c, part): Name) -> i128 {
    let cell = world.values[e][u][c];
    i128::from(match part {
        'n' => cell.numerator,
        'd' => cell.denominator.unwrap(),
        _ => cell.denominator.unwrap() - cell.numerator,
    })
}

/// Whether a shown cell prints it: an earlier edition's where nothing changed, or, of a
/// denominator, another figure's that is a share of the same.
fn printed(world: &World, published: &[Protected], (e, u, c, part): Name) -> bool {
    let shows = |e: usize, c: usize| !published[e].cell(&unit(u), &column(c)).unwrap().is_withheld();
    let same = |of: (usize, bool)| -> Vec<(usize, bool)> {
        let equal = world.schema.relations.iter().filter(|r| r.len() == 2 && r.iter().any(|t| t.0 == of));
        equal.flatten().map(|t| t.0).chain([of]).collect()
    };
    // A denominator may be printed anywhere; a numerator only before it came to be withheld.
    let editions = if part == 'd' { 0..published.len() } else { 0..e };
    editions.into_iter().any(|other| {
        same((c, part == 'd')).iter().any(|(column, d)| {
            let name = (other, u, *column, if *d { 'd' } else { 'n' });
            value(world, name) == value(world, (e, u, c, part)) && shows(other, *column)
        })
    })
}

fn assert_nothing_is_given_away(world: &World, threshold: i64) {
    let published = world.publish(threshold);
    for (e, protected) in published.iter().enumerate() {
        assert!(protected.exposed().is_empty(), "edition {e} exposes {:?}", protected.exposed());
        for (u, c, cell) in protected.cells() {
            if let Shown::Shown(cell) = cell.shown() {
                assert!(!small(&cell, threshold), "edition {e} shows {u} {c}: {cell:?}");
            }
        }
    }
    for upto in 1..=published.len() {
        let published = &published[..upto];
        for name in Reader::of(world, published).determined() {
            let (e, u, c, part) = name;
            let of = if part == 'r' { vec!['n', 'd'] } else { vec![part] };
            let known = of.iter().all(|p| printed(world, published, (e, u, c, *p)));
            assert!(known, "edition {e} gives away {part} of {} {}", unit(u), column(c));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn one_edition_gives_nothing_away(world in worlds(16, 40, 1), threshold in 1..7_i64) {
        assert_nothing_is_given_away(&world, threshold);
    }

    #[test]
    fn small_worlds_with_many_zeros_give_nothing_away(world in worlds(8, 6, 1), threshold in 1..4_i64) {
        assert_nothing_is_given_away(&world, threshold);
    }

    #[test]
    fn corrected_editions_give_nothing_away(world in worlds(12, 40, 3), threshold in 1..7_i64) {
        assert_nothing_is_given_away(&world, threshold);
    }

    #[test]
    fn corrected_small_worlds_give_nothing_away(world in worlds(8, 8, 2), threshold in 1..4_i64) {
        assert_nothing_is_given_away(&world, threshold);
    }

    #[test]
    fn what_needs_no_protection_is_shown(world in worlds(16, 400, 1)) {
        let needs = world.values[0].iter().flatten().any(|cell| small(cell, 5));
        let withheld = world.publish(5)[0].pattern().len();
        prop_assert_eq!(needs, withheld > 0);
    }

    #[test]
    fn the_same_input_gives_the_same_pattern(world in worlds(16, 40, 2)) {
        let (once, again) = (world.publish(5), world.publish(5));
        prop_assert_eq!(once[1].pattern(), again[1].pattern());
        prop_assert!(once[0].pattern().is_subset(once[1].pattern()));
    }
}
