//! Finding: what fits a query, in which order, one page of it.

use std::{collections::HashMap, sync::Arc};

use nhipcau_domain::{Date, id::ColumnId, press::ContentLang, problem::Problem};
use nhipcau_store::{SearchRecord, Tx};
use uuid::Uuid;

use super::{
    abbreviations::common_abbreviations,
    bits::Bits,
    index::{ABOUT, BODY, EXACT, HEAD, ItemKind, TITLE, TITLE_EXACT, pair},
    query::{Asked, Clause, Word},
    snippet::{Part, marked, snippet},
    suggest,
};
use crate::{
    error::Result,
    press::{ColumnView, Site, site_in},
    workspace::Workspace,
};

/// How many results a page has.
pub const PAGE_SIZE: u32 = 10;

/// What a reader asks for; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What was typed. Nothing typed asks for the newest.
    pub text: String,
    /// Only what is of this kind.
    pub kind: Option<ItemKind>,
    /// Only what is in this column, or under it.
    pub column: Option<ColumnId>,
    /// Only from this day on.
    pub from: Option<Date>,
    /// Only until this day, which is part of it.
    pub until: Option<Date>,
    /// Which page of the results, from 1; beyond the last it is the last.
    pub page: u32,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// How much, exactly.
    pub total: u32,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many pages there are; at least 1.
    pub pages: u32,
    /// The results of this page.
    pub hits: Vec<Hit>,
    /// Where nothing was found: what may have been meant.
    pub suggestion: Option<Suggestion>,
}

/// What may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The words, as the site itself writes them.
    pub text: String,
    /// How much would be found with them.
    pub total: u32,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: ItemKind,
    /// Its id among those of its kind.
    pub id: String,
    /// Its address.
    pub href: String,
    /// Its title, with what fits marked.
    pub title: Vec<Part>,
    /// A piece of it where most of the words are, with what fits marked.
    pub snippet: Vec<Part>,
    /// Its column.
    pub column: Option<ColumnView>,
    /// Its day.
    pub day: Option<Date>,
    /// Its language.
    pub lang: ContentLang,
}

/// Searches the site. Nothing that can be typed is refused; only days that are the wrong way round are.
pub async fn search(ws: &Workspace, query: &Query) -> Result<Found> {
    if let (Some(from), Some(until)) = (query.from, query.until)
        && from > until
    {
        return Err(Problem::new("search-days")
            .with("from", from.to_string())
            .with("until", until.to_string())
            .into());
    }
    let mut tx = ws.store().read().await?;
    tx.prepare_to_search().await?;
    let site = site_in(ws, &mut tx).await?;
    let common;
    let abbreviations = if site.settings.abbreviations.is_empty() {
        common = common_abbreviations();
        &common
    } else {
        &site.settings.abbreviations
    };
    let asked = Asked::parse(&query.text, abbreviations);
    let nothing_typed = asked.clauses.is_empty();
    if nothing_typed && !query.text.trim().is_empty() {
        return Ok(Found { page: 1, pages: 1, ..Found::default() });
    }
    let matched = matched(&mut tx, &site, query, &asked).await?;
    let total = matched.total();
    let pages = total.div_ceil(PAGE_SIZE).max(1);
    let page = query.page.clamp(1, pages);
    let numbers = matched.numbers((page - 1) * PAGE_SIZE, PAGE_SIZE);
    let hits = hits(&mut tx, &site, &asked, &numbers).await?;
    let suggestion = match total {
        0 if !nothing_typed => suggest::suggest(&mut tx, &site, query, &asked).await?,
        _ => None,
    };
    Ok(Found { total, page, pages, hits, suggestion })
}

/// What fits, the best first: sets that have nothing in common.
pub(super) struct Matched(Vec<Bits>);

impl Matched {
    pub fn total(&self) -> u32 {
        self.0.iter().map(Bits::count).sum()
    }

    pub fn numbers(&self, skip: u32, take: u32) -> Vec<u32> {
        self.0.iter().flat_map(Bits::newest).skip(skip as usize).take(take as usize).collect()
    }
}

/// What fits a query.
pub(super) async fn matched(tx: &mut Tx, site: &Arc<Site>, query: &Query, asked: &Asked) -> Result<Matched> {
    let filters = filters(site, query, asked);
    let mut words = needed(asked);
    words.extend(filters.iter().flatten().cloned());
    words.sort_unstable();
    words.dedup();
    let list: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut index = Index::default();
    for posting in tx.search_postings(&list).await? {
        let bits = index.0.entry(posting.word.clone()).or_default();
        if let Some(bits) = bits.get_mut(posting.field as usize) {
            bits.add(&posting);
        }
    }
    Ok(index.ranked(asked, &filters))
}

/// Each of these must hold, by any of its words.
fn filters(site: &Site, query: &Query, asked: &Asked) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    match query.kind {
        Some(kind) => all.push(vec![format!("kind:{}", kind.as_str())]),
        // Nothing typed asks for what is new.
        None if asked.clauses.is_empty() => {
            let new = [ItemKind::Article, ItemKind::Report, ItemKind::Document];
            all.push(new.map(|kind| format!("kind:{}", kind.as_str())).to_vec());
        }
        None => {}
    }
    if let Some(column) = &query.column {
        all.push(site.under(column).iter().map(|c| format!("column:{c}")).collect());
    }
    if query.from.is_some() || query.until.is_some() {
        all.push(spans(query.from, query.until));
    }
    all
}

/// A range of days as few whole years, whole months and days.
fn spans(from: Option<Date>, until: Option<Date>) -> Vec<String> {
    let (earliest, latest) = (Date::constant(1900, 1, 1), Date::constant(2150, 12, 31));
    let mut day = from.unwrap_or(earliest).max(earliest);
    let until = until.unwrap_or(latest).min(latest);
    let mut spans = Vec::new();
    while day <= until {
        let (year, month) = (day.last_of_year(), day.last_of_month());
        let last = if day.day_of_year() == 1 && year <= until {
            spans.push(format!("year:{:04}", day.year()));
            year
        } else if day.day() == 1 && month <= until {
            spans.push(format!("month:{:04}-{:02}", day.year(), day.month()));
            month
        } else {
            spans.push(format!("day:{day}"));
            day
        };
        let Ok(next) = last.tomorrow() else { break };
        day = next;
    }
    spans
}

/// The words that a query needs of the index.
fn needed(asked: &Asked) -> Vec<String> {
    let mut words = Vec::new();
    for clause in &asked.clauses {
        for alt in &clause.either {
            for word in alt {
                words.extend([word.folded.clone(), word.exact.clone()]);
            }
            for (a, b) in alt.iter().zip(alt.iter().skip(1)) {
                words.extend([pair(&a.folded, &b.folded), pair(&a.exact, &b.exact)]);
            }
        }
    }
    for (a, b) in joints(asked) {
        words.extend([pair(&a.folded, &b.folded), pair(&a.exact, &b.exact)]);
    }
    words
}

/// Where one clause ends and the next begins: every way in which they may stand beside each other.
fn joints(asked: &Asked) -> impl Iterator<Item = (&Word, &Word)> {
    let neighbours = asked.clauses.iter().zip(asked.clauses.iter().skip(1));
    neighbours.flat_map(|(a, b)| joint(a, b))
}

fn joint<'a>(a: &'a Clause, b: &'a Clause) -> impl Iterator<Item = (&'a Word, &'a Word)> {
    let ends = a.either.iter().filter_map(|alt| alt.last());
    ends.flat_map(|end| b.either.iter().filter_map(move |alt| Some((end, alt.first()?))))
}

/// Which form of a word is looked for.
type Form = fn(&Word) -> &String;

/// Where the words of a query stand, by field.
#[derive(Default)]
struct Index(HashMap<String, [Bits; 6]>);

impl Index {
    fn of(&self, word: &str, field: u32) -> Option<&Bits> {
        self.0.get(word)?.get(field as usize)
    }

    /// A word in any of some fields.
    fn word(&self, word: &str, fields: &[u32]) -> Bits {
        fields.iter().filter_map(|f| self.of(word, *f)).fold(Bits::default(), Bits::or)
    }

    /// A word, or words beside each other in one of some fields.
    fn alt(&self, alt: &[Word], form: Form, fields: &[u32]) -> Bits {
        let pairs: Vec<String> =
            alt.iter().zip(alt.iter().skip(1)).map(|(a, b)| pair(form(a), form(b))).collect();
        match (alt, pairs.split_first()) {
            ([word], _) => self.word(form(word), fields),
            (_, Some((first, rest))) => fields
                .iter()
                .map(|f| rest.iter().fold(self.word(first, &[*f]), |all, p| all.and(&self.word(p, &[*f]))))
                .fold(Bits::default(), |any, one| any.or(&one)),
            _ => Bits::default(),
        }
    }

    /// Every clause.
    fn words(&self, asked: &Asked, form: Form, fields: &[u32]) -> Bits {
        let clause = |c: &Clause| {
            c.either.iter().fold(Bits::default(), |any, alt| any.or(&self.alt(alt, form, fields)))
        };
        let mut clauses = asked.clauses.iter();
        let first = clauses.next().map(clause).unwrap_or_default();
        clauses.fold(first, |all, c| all.and(&clause(c)))
    }

    /// Those of `words` in which the clauses stand beside each other.
    fn phrase(&self, asked: &Asked, words: &Bits, form: Form, fields: &[u32]) -> Bits {
        let neighbours = asked.clauses.iter().zip(asked.clauses.iter().skip(1));
        neighbours.fold(words.clone(), |all, (a, b)| {
            let any = joint(a, b)
                .map(|(a, b)| self.word(&pair(form(a), form(b)), fields))
                .fold(Bits::default(), |any, one| any.or(&one));
            all.and(&any)
        })
    }

    /// Those in which every word that has marks stands with them somewhere.
    fn exact(&self, asked: &Asked, all: &Bits) -> Bits {
        asked.clauses.iter().fold(all.clone(), |all, clause| {
            let alt = |alt: &Vec<Word>| {
                let marked = alt.iter().filter(|w| w.is_marked());
                marked.fold(all.clone(), |all, w| all.and(&self.word(&w.exact, &[EXACT])))
            };
            clause.either.iter().map(alt).fold(Bits::default(), |any, one| any.or(&one))
        })
    }

    fn ranked(&self, asked: &Asked, filters: &[Vec<String>]) -> Matched {
        let folded: Form = |w| &w.folded;
        let exact: Form = |w| &w.exact;
        let filters = filters
            .iter()
            .map(|words| words.iter().fold(Bits::default(), |any, word| any.or(&self.word(word, &[ABOUT]))));
        let limit = filters.reduce(|all, one| all.and(&one));
        if asked.clauses.is_empty() {
            return Matched(limit.into_iter().collect());
        }
        let (title, head, anywhere) = ([TITLE], [TITLE, HEAD], [TITLE, HEAD, BODY]);
        let mut rest = self.words(asked, folded, &anywhere);
        if let Some(limit) = &limit {
            rest = rest.and(limit);
        }
        let in_title = self.words(asked, folded, &title);
        let in_head = self.words(asked, folded, &head);
        let phrase_in_title = self.phrase(asked, &in_title, folded, &title);
        let phrase = self.phrase(asked, &rest, folded, &anywhere);
        let mut tiers = Vec::with_capacity(10);
        if asked.marked {
            let exact_in_title = self.words(asked, exact, &[TITLE_EXACT]);
            tiers.push(self.phrase(asked, &exact_in_title, exact, &[TITLE_EXACT]));
            tiers.push(phrase_in_title);
            tiers.push(exact_in_title);
        } else {
            tiers.push(phrase_in_title);
        }
        tiers.push(in_title);
        tiers.push(self.phrase(asked, &in_head, folded, &head));
        tiers.push(in_head);
        if asked.marked {
            tiers.push(self.exact(asked, &phrase));
            tiers.push(phrase);
            tiers.push(self.exact(asked, &rest));
        } else {
            tiers.push(phrase);
        }
        tiers.push(rest.clone());
        // Each result once, where it is best.
        for tier in &mut tiers {
            *tier = std::mem::take(tier).and(&rest);
            rest.minus(tier);
        }
        Matched(tiers)
    }
}

/// Results as they are shown, in the order of their numbers in the list.
async fn hits(tx: &mut Tx, site: &Site, asked: &Asked, numbers: &[u32]) -> Result<Vec<Hit>> {
    let mut records: HashMap<u32, SearchRecord> =
        tx.search_items(numbers).await?.into_iter().map(|r| (r.number, r)).collect();
    let ids: Vec<Uuid> = records.values().filter_map(article).collect();
    // Asked of the articles themselves: their addresses change with their columns, and what is not out
    // is not shown, whatever the index says.
    let lines = tx.lines(&ids).await?;
    let needles = asked.needles();
    let found = numbers.iter().filter_map(|n| records.remove(n)).filter_map(|r| {
        let kind = ItemKind::parse(&r.kind)?;
        let column = site.column(&r.column).cloned();
        let (href, column) = match kind {
            ItemKind::Article | ItemKind::Page => {
                let line = lines.iter().find(|l| Some(l.id) == article(&r))?;
                (site.href_of(line), line.column.as_ref().and_then(|c| site.column(c)).cloned())
            }
            ItemKind::Column => (column.as_ref()?.href(), None),
            ItemKind::Report | ItemKind::Document => (r.href.clone(), column),
        };
        Some(Hit {
            kind,
            href,
            column,
            title: marked(&r.title, &needles),
            snippet: snippet(&r.summary, &r.text, &needles),
            day: r.day.parse().ok(),
            lang: ContentLang::parse(&r.lang).unwrap_or_default(),
            id: r.id,
        })
    });
    Ok(found.collect())
}

fn article(record: &SearchRecord) -> Option<Uuid> {
    matches!(record.kind.as_str(), "article" | "page").then(|| record.id.parse().ok())?
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_range_of_days_is_few_spans() {
        let spans = spans(Some(date(2021, 11, 29)), Some(date(2023, 2, 2)));
        assert_eq!(
            spans,
            [
                "day:2021-11-29",
                "day:2021-11-30",
                "month:2021-12",
                "year:2022",
                "month:2023-01",
                "day:2023-02-01",
                "day:2023-02-02"
            ]
        );
    }
}
