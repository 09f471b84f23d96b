//! Which numbers at their bound must stay there.
//!
//! The unknowns here are distances from a bound: none of them can become negative, and each row
//! says that a sum of them does not change. One that is 0 in every solution is known to the reader.

use std::collections::BTreeSet;

use super::linear::Row;

/// The columns that are 0 in every solution ≥ 0 of `rows`. Where a number becomes too large to
/// be sure, a column is taken to be one of them.
pub(super) fn forced(rows: &[Row]) -> BTreeSet<u32> {
    let mut rows = rows.to_vec();
    let mut forced = BTreeSet::new();
    drop_one_sided(&mut rows, &mut forced);
    let mut free = BTreeSet::new();
    loop {
        let open = rows.iter().flatten().map(|c| c.0).find(|c| !free.contains(c));
        let Some(column) = open else { return forced };
        if let Some(positive) = solution(&rows, column) {
            free.extend(positive);
        } else {
            forced.insert(column);
            remove(&mut rows, column);
            drop_one_sided(&mut rows, &mut forced);
        }
    }
}

/// A sum of numbers ≥ 0 that is 0 has only zeros.
fn drop_one_sided(rows: &mut Vec<Row>, forced: &mut BTreeSet<u32>) {
    while let Some(at) = rows.iter().position(|r| r.iter().all(|c| c.1 > 0) || r.iter().all(|c| c.1 < 0)) {
        for (column, _) in rows.swap_remove(at) {
            forced.insert(column);
            remove(rows, column);
        }
        rows.retain(|r| !r.is_empty());
    }
}

fn remove(rows: &mut Vec<Row>, column: u32) {
    for row in rows.iter_mut() {
        row.retain(|c| c.0 != column);
    }
    rows.retain(|r| !r.is_empty());
}

/// Columns that are positive in some solution in which `wanted` is at least 1; none if there is none.
fn solution(rows: &[Row], wanted: u32) -> Option<BTreeSet<u32>> {
    let columns: Vec<u32> = rows.iter().flatten().map(|c| c.0).collect::<BTreeSet<_>>().into_iter().collect();
    let mut tableau = Tableau::new(rows, &columns, wanted);
    tableau.minimise()?;
    let basic = tableau.positive().filter_map(|j| columns.get(j).copied());
    Some(basic.chain([wanted]).collect())
}

/// The first phase of the simplex method with Bland's rule, over whole numbers: each row is an
/// equation, scaled so that it stays whole; the last entry is its right side, never negative.
struct Tableau {
    rows: Vec<Vec<i128>>,
    /// What is left of the artificial unknowns: to be brought to 0.
    goal: Vec<i128>,
    /// The basic unknown of each row; from `width` on they are artificial.
    basis: Vec<usize>,
    width: usize,
}

impl Tableau {
    /// With `wanted` = 1 + itself: the rest of each row is its right side.
    fn new(rows: &[Row], columns: &[u32], wanted: u32) -> Self {
        let width = columns.len();
        let mut tableau = Self { rows: Vec::new(), goal: vec![0; width + 1], basis: Vec::new(), width };
        for (at, row) in rows.iter().enumerate() {
            let mut dense = vec![0_i128; width + 1];
            for (column, times) in row {
                if let Ok(j) = columns.binary_search(column) {
                    dense[j] = i128::from(*times);
                }
                if *column == wanted {
                    dense[width] = -i128::from(*times);
                }
            }
            if dense[width] < 0 {
                for x in &mut dense {
                    *x = -*x;
                }
            }
            tableau.goal.iter_mut().zip(&dense).for_each(|(g, x)| *g += x);
            tableau.rows.push(dense);
            tableau.basis.push(width + at);
        }
        tableau
    }

    /// None if the artificial unknowns cannot all be 0, or a number becomes too large.
    fn minimise(&mut self) -> Option<()> {
        while let Some(enters) = (0..self.width).find(|j| self.goal[*j] > 0) {
            let mut leaves: Option<usize> = None;
            for (r, row) in self.rows.iter().enumerate().filter(|(_, row)| row[enters] > 0) {
                let Some(best) = leaves else {
                    leaves = Some(r);
                    continue;
                };
                let mine = row[self.width].checked_mul(self.rows[best][enters])?;
                let its = self.rows[best][self.width].checked_mul(row[enters])?;
                if mine < its || (mine == its && self.basis[r] < self.basis[best]) {
                    leaves = Some(r);
                }
            }
            let leaves = leaves?;
            let pivot = self.rows[leaves].clone();
            for (r, row) in self.rows.iter_mut().enumerate() {
                if r != leaves {
                    clear(row, &pivot, enters)?;
                }
            }
            clear(&mut self.goal, &pivot, enters)?;
            self.basis[leaves] = enters;
        }
        (self.goal[self.width] == 0).then_some(())
    }

    fn positive(&self) -> impl Iterator<Item = usize> {
        let rows = self.rows.iter().zip(&self.basis);
        rows.filter(|(row, b)| **b < self.width && row[self.width] > 0).map(|(_, b)| *b)
    }
}

/// Takes the column out of a row, by the pivot, whose entry there is positive.
fn clear(row: &mut [i128], pivot: &[i128], column: usize) -> Option<()> {
    let (a, b) = (pivot[column], row[column]);
    if b == 0 {
        return Some(());
    }
    let mut common = 0;
    for (x, p) in row.iter_mut().zip(pivot) {
        *x = a.checked_mul(*x)?.checked_sub(b.checked_mul(*p)?)?;
        common = gcd(common, x.unsigned_abs());
    }
    if let Some(common) = i128::try_from(common).ok().filter(|g| *g > 1) {
        for x in row {
            *x /= common;
        }
    }
    Some(())
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forced_by(rows: &[&[(u32, i64)]]) -> Vec<u32> {
        forced(&rows.iter().map(|r| r.to_vec()).collect::<Vec<_>>()).into_iter().collect()
    }

    #[test]
    fn zeros_that_add_up_to_zero_stay() {
        assert_eq!(forced_by(&[&[(0, 1), (1, 1)]]), [0, 1]);
        assert_eq!(forced_by(&[&[(0, -2), (1, -1)], &[(1, 1), (2, -1)]]), [0, 1, 2]);
    }

    #[test]
    fn what_one_gives_another_takes() {
        assert_eq!(forced_by(&[&[(0, 1), (1, -1)]]), Vec::<u32>::new());
        assert_eq!(forced_by(&[&[(0, 1), (1, -1), (2, -1)], &[(3, 1), (2, -1)]]), Vec::<u32>::new());
    }

    #[test]
    fn rows_force_together_what_none_forces_alone() {
        // a = b + c and a + c = b: so c = 0, and a = b is free.
        assert_eq!(forced_by(&[&[(0, 1), (1, -1), (2, -1)], &[(0, 1), (1, -1), (2, 1)]]), [2]);
        // a = 2b and b = 2a.
        assert_eq!(forced_by(&[&[(0, 1), (1, -2)], &[(0, -2), (1, 1)]]), [0, 1]);
    }
}
