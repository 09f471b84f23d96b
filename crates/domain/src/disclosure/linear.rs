//! Exact elimination over sparse rows of whole numbers.

/// Coefficients by column, in order, none of them 0; their sum with the unknowns is 0.
pub(super) type Row = Vec<(u32, i64)>;

/// Rows that were used up, each with the column that it settles: no later row has that column.
pub(super) type Pivots = Vec<(u32, Row)>;

/// A prime: 2⁶¹ − 1.
const PRIME: u64 = (1 << 61) - 1;

/// Settles as many columns among the `first` ones as the rows allow. Gives the rows that are left,
/// which have none of these. None if a number becomes too large.
pub(super) fn eliminate(mut rows: Vec<Row>, first: u32, pivots: &mut Pivots) -> Option<Vec<Row>> {
    let count = first as usize;
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, row) in rows.iter().enumerate() {
        for (column, _) in row.iter().filter(|c| c.0 < first) {
            holders[*column as usize].push(at);
        }
    }
    // Columns of few rows first, and short rows first, keep the rows sparse.
    let mut order: Vec<u32> = (0..first).collect();
    order.sort_by_key(|c| holders[*c as usize].len());
    for column in order {
        let mut with = std::mem::take(&mut holders[column as usize]);
        with.sort_unstable();
        with.dedup();
        with.retain(|r| coefficient(&rows[*r], column) != 0);
        let Some(&best) = with.iter().min_by_key(|r| rows[**r].len()) else { continue };
        let pivot = std::mem::take(&mut rows[best]);
        for at in with.into_iter().filter(|r| *r != best) {
            rows[at] = combine(&rows[at], &pivot, column)?;
            for (c, _) in pivot.iter().filter(|c| c.0 < first && c.0 != column) {
                holders[*c as usize].push(at);
            }
        }
        pivots.push((column, pivot));
    }
    rows.retain(|r| !r.is_empty());
    Some(rows)
}

fn coefficient(row: &Row, column: u32) -> i64 {
    row.binary_search_by_key(&column, |c| c.0).map_or(0, |at| row[at].1)
}

/// The row without the column, by the pivot that has it.
fn combine(row: &Row, pivot: &Row, column: u32) -> Option<Row> {
    let (a, b) = (coefficient(pivot, column), coefficient(row, column));
    let common = i64::try_from(gcd(a.unsigned_abs(), b.unsigned_abs())).ok()?;
    let (a, b) = (a / common, b / common);
    let mut out = Row::with_capacity(row.len() + pivot.len());
    let (mut mine, mut theirs) = (row.iter().peekable(), pivot.iter().peekable());
    loop {
        let next = [mine.peek(), theirs.peek()].into_iter().flatten().map(|c| c.0).min();
        let Some(at) = next else { break };
        let kept = mine.next_if(|c| c.0 == at).map_or(0, |c| c.1);
        let taken = theirs.next_if(|c| c.0 == at).map_or(0, |c| c.1);
        let value = a.checked_mul(kept)?.checked_sub(b.checked_mul(taken)?)?;
        if value != 0 {
            out.push((at, value));
        }
    }
    let common = out.iter().fold(0, |g, c| gcd(g, c.1.unsigned_abs()));
    if let Some(common) = i64::try_from(common).ok().filter(|g| *g > 1) {
        for term in &mut out {
            term.1 /= common;
        }
    }
    Some(out)
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// One way in which the unknowns can move together, modulo a prime: a generic one, so that what
/// does not move in it never moves.
///
/// That a number moves is certain. That one does not could be chance (1 in 2⁶¹), and then only
/// one cell too many is withheld. `still` are columns that stand still.
pub(super) fn movement(pivots: &Pivots, columns: u32, still: &dyn Fn(u32) -> bool) -> Option<Vec<u64>> {
    let mut moves: Vec<u64> = (0..columns).map(|c| if still(c) { 0 } else { scattered(c.into()) }).collect();
    for (column, row) in pivots.iter().rev() {
        let mut sum = 0;
        let mut own = 0;
        for (c, times) in row {
            if c == column {
                own = modulo(*times);
            } else {
                sum = add(sum, multiply(modulo(*times), moves[*c as usize]));
            }
        }
        if own == 0 {
            return None;
        }
        moves[*column as usize] = multiply(PRIME - sum, inverse(own));
    }
    Some(moves)
}

/// Well-mixed numbers that are always the same (splitmix64).
fn scattered(seed: u64) -> u64 {
    let mut z = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) % PRIME
}

fn modulo(value: i64) -> u64 {
    let rest = value.unsigned_abs() % PRIME;
    if value < 0 && rest != 0 { PRIME - rest } else { rest }
}

fn add(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b) % u128::from(PRIME);
    u64::try_from(product).unwrap_or(0)
}

fn inverse(value: u64) -> u64 {
    if value == 1 || value == PRIME - 1 {
        return value;
    }
    let (mut base, mut power, mut out) = (value, PRIME - 2, 1);
    while power > 0 {
        if power & 1 == 1 {
            out = multiply(out, base);
        }
        base = multiply(base, base);
        power >>= 1;
    }
    out
}
