//! `indicators.toml`: what is said of the returns, and how.

use nhipcau_domain::{
    indicator::{ExcludedPart, Exclusions, Filter, Formula, Indicator, WordingRule},
    problem::Problem,
};
use serde::Deserialize;

use crate::{
    files::Files,
    notes::{Notes, What},
    toml_file::{Document, Ref, Source, into_id, into_ids},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIndicator {
    id: Ref,
    name: String,
    #[serde(default)]
    definition: String,
    measure: Ref,
    count: Option<Vec<Ref>>,
    ratio: Option<RawRatio>,
    rate: Option<Ref>,
    sum: Option<Vec<Ref>>,
    claim: Option<RawClaim>,
    #[serde(default)]
    filter: RawFilter,
    #[serde(default)]
    wording: RawWording,
    quote: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRatio {
    numerator: Vec<Ref>,
    denominator: Vec<Ref>,
    exclusions: Option<RawExclusions>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExclusions {
    name: String,
    groups: Vec<RawGroup>,
    overlap: bool,
    parts: Vec<RawPart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    id: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPart {
    groups: Vec<String>,
    numerator: Ref,
    denominator: Ref,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClaim {
    value: i64,
    source: String,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct RawFilter {
    kinds: Vec<Ref>,
    direct: Option<bool>,
    under: Vec<Ref>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
struct RawWording {
    over: Option<i64>,
    nearly_within: Option<i64>,
    decimals: Option<u8>,
}

pub(crate) fn read(files: &dyn Files, notes: &mut Notes) -> Vec<Indicator> {
    let Some((file, text)) = notes.required(files, "indicators.toml") else { return Vec::new() };
    let mut document = Document::parse(file, &text, notes);
    let raw: Vec<RawIndicator> = document.items("indicator", notes);
    let source = document.finish("indicator", notes);
    for indicator in &raw {
        source.declare(What::Indicator, &indicator.id, notes);
    }
    raw.into_iter().filter_map(|indicator| build(indicator, &source, notes)).collect()
}

fn build(raw: RawIndicator, source: &Source<'_>, notes: &mut Notes) -> Option<Indicator> {
    source.refer(What::Measure, [&raw.measure], notes);
    source.refer(What::Kind, raw.filter.kinds.iter().chain(&raw.filter.under), notes);
    if raw.wording.decimals.is_some_and(|d| d > 3) {
        let problem = Problem::new("campaign-wording-decimals").with("indicator", raw.id.get_ref().as_str());
        source.push(problem, &raw.id, notes);
    }
    let mut ways = Vec::new();
    if let Some(of) = raw.count {
        source.refer(What::Element, &of, notes);
        ways.push(Formula::Count { of: into_ids(of) });
    }
    if let Some(ratio) = raw.ratio {
        source.refer(What::Element, ratio.numerator.iter().chain(&ratio.denominator), notes);
        let parts = ratio.exclusions.iter().flat_map(|x| &x.parts);
        source.refer(What::Element, parts.flat_map(|p| [&p.numerator, &p.denominator]), notes);
        ways.push(Formula::Ratio {
            numerator: into_ids(ratio.numerator),
            denominator: into_ids(ratio.denominator),
            exclusions: ratio.exclusions.map(exclusions),
        });
    }
    if let Some(of) = raw.rate {
        source.refer(What::Element, [&of], notes);
        ways.push(Formula::Rate { of: into_id(of) });
    }
    if let Some(sum) = raw.sum {
        source.refer(What::Indicator, &sum, notes);
        ways.push(Formula::Derived { sum: into_ids(sum) });
    }
    if let Some(claim) = raw.claim {
        if claim.source.trim().is_empty() {
            let problem = Problem::new("campaign-claim-needs-source");
            source.push(problem.with("indicator", raw.id.get_ref().as_str()), &raw.id, notes);
        }
        ways.push(Formula::Claim { value: claim.value, source: claim.source });
    }
    let Ok([formula]) = <[Formula; 1]>::try_from(ways) else {
        let problem = Problem::new("campaign-indicator-needs-one-way");
        source.push(problem.with("indicator", raw.id.get_ref().as_str()), &raw.id, notes);
        return None;
    };
    Some(Indicator {
        id: into_id(raw.id),
        name: raw.name,
        definition: raw.definition,
        measure: into_id(raw.measure),
        formula,
        filter: Filter {
            kinds: into_ids(raw.filter.kinds),
            direct: raw.filter.direct,
            under: into_ids(raw.filter.under),
        },
        wording: WordingRule {
            over: raw.wording.over,
            nearly_within: raw.wording.nearly_within,
            decimals: raw.wording.decimals,
        },
        quote: raw.quote,
    })
}

fn exclusions(raw: RawExclusions) -> Exclusions {
    Exclusions {
        name: raw.name,
        groups: raw.groups.into_iter().map(|g| (g.id, g.name)).collect(),
        overlap: raw.overlap,
        parts: raw
            .parts
            .into_iter()
            .map(|p| ExcludedPart {
                groups: p.groups,
                numerator: into_id(p.numerator),
                denominator: into_id(p.denominator),
            })
            .collect(),
    }
}
