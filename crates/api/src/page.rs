//! Lists, piece by piece: in a stable order, each piece bounded.

use nhipcau_domain::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::failure::Failure;

/// How many items a piece has unless it is said otherwise.
const USUAL: usize = 100;
/// How many at most.
const MOST: usize = 500;

/// A piece of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Piece<T> {
    /// The items.
    pub items: Vec<T>,
    /// What to ask for next, as `after`; none at the end.
    pub next: Option<String>,
}

/// Which piece is asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Turn {
    /// The `next` of the piece before.
    #[serde(default)]
    #[param(required = false)]
    pub after: Option<String>,
    /// How many items at most: 100 unless it is said otherwise, at most 500.
    #[serde(default)]
    #[param(required = false, minimum = 1, maximum = 500)]
    pub limit: Option<u32>,
}

impl Turn {
    fn limit(&self) -> usize {
        let asked = self.limit.map_or(USUAL, |n| usize::try_from(n).unwrap_or(MOST));
        asked.clamp(1, MOST)
    }

    /// A piece of what is ordered by a name that each item has for itself alone. What was taken out since
    /// the piece before shifts nothing.
    pub fn of<T, U>(&self, items: Vec<T>, name: impl Fn(&T) -> String, show: impl Fn(T) -> U) -> Piece<U> {
        let mut items: Vec<(String, T)> = items.into_iter().map(|item| (name(&item), item)).collect();
        items.sort_by(|a, b| a.0.cmp(&b.0));
        let after = self.after.as_deref().unwrap_or_default();
        let limit = self.limit();
        let mut rest = items.into_iter().filter(|(name, _)| self.after.is_none() || name.as_str() > after);
        let mut piece: Vec<(String, T)> = rest.by_ref().take(limit).collect();
        let next = rest.next().and_then(|_| piece.last().map(|(name, _)| name.clone()));
        Piece { items: piece.drain(..).map(|(_, item)| show(item)).collect(), next }
    }

    /// Which page is asked for, of what is kept by page; the first unless it is said otherwise.
    ///
    /// # Errors
    /// `api-parameter-wrong` where `after` is not what a page gave.
    pub fn number(&self) -> Result<u32, Failure> {
        let Some(after) = &self.after else { return Ok(1) };
        after.parse().ok().filter(|n| (1..=1_000_000).contains(n)).ok_or_else(|| wrong(after))
    }

    /// A piece of what is numbered, the newest first, as it is handed in.
    ///
    /// # Errors
    /// `api-parameter-wrong` where `after` is not what a piece gave.
    pub fn newest<T, U>(
        &self,
        items: Vec<T>,
        number: impl Fn(&T) -> usize,
        show: impl Fn(T) -> U,
    ) -> Result<Piece<U>, Failure> {
        let after = self.after.as_ref().map(|after| after.parse::<usize>().map_err(|_| wrong(after)));
        let after = after.transpose()?.unwrap_or(usize::MAX);
        let mut rest = items.into_iter().filter(|item| number(item) < after);
        let piece: Vec<T> = rest.by_ref().take(self.limit()).collect();
        let next = rest.next().and_then(|_| piece.last().map(|item| number(item).to_string()));
        Ok(Piece { items: piece.into_iter().map(show).collect(), next })
    }

    /// After which item, of what is kept by its id; none is from the beginning.
    ///
    /// # Errors
    /// `api-parameter-wrong` where `after` is not what a piece gave.
    pub fn id(&self) -> Result<Option<Uuid>, Failure> {
        self.after.as_ref().map(|after| after.parse().map_err(|_| wrong(after))).transpose()
    }
}

fn wrong(after: &str) -> Failure {
    let detail = format!("after: {}", after.chars().take(60).collect::<String>());
    Failure::bad(Problem::new("api-parameter-wrong").with("detail", detail))
}

/// What follows a page; none after the last.
pub(crate) fn following(page: u32, more: bool) -> Option<String> {
    more.then(|| (page + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_comes_once_whatever_the_size_of_the_pieces() {
        let all: Vec<String> = (0..23).map(|n| format!("{n:02}")).collect();
        for limit in [1, 2, 7, 23, 500] {
            let (mut turn, mut found) = (Turn { after: None, limit: Some(limit) }, Vec::new());
            loop {
                let piece = turn.of(all.clone(), Clone::clone, |item| item);
                assert!(piece.items.len() <= limit as usize);
                found.extend(piece.items);
                match piece.next {
                    Some(next) => turn.after = Some(next),
                    None => break,
                }
            }
            assert_eq!(found, all, "{limit}");
        }
    }
}
