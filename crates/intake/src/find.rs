//! Looks for a few bytes in very many.

/// Whether `wanted` is somewhere in `bytes`.
pub(crate) fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    places(bytes, wanted).next().is_some()
}

/// How often `wanted` is in `bytes`.
pub(crate) fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    places(bytes, wanted).count()
}

/// By the first byte, which most places do not have; a window at every place would take a second
/// for what may be sent.
fn places<'a>(bytes: &'a [u8], wanted: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let first = wanted.first().copied();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = bytes.get(at..)?;
            at += rest.iter().position(|b| Some(*b) == first)? + 1;
            if bytes.get(at - 1..).is_some_and(|r| r.starts_with(wanted)) {
                return Some(at - 1);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_found_where_every_window_says_so(
            bytes in prop::collection::vec(0..3_u8, 0..40),
            wanted in prop::collection::vec(0..3_u8, 1..4),
        ) {
            let windows = bytes.windows(wanted.len()).filter(|w| *w == wanted).count();
            prop_assert_eq!(count(&bytes, &wanted), windows);
            prop_assert_eq!(find(&bytes, &wanted), windows > 0);
        }
    }
}
