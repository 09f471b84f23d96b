//! `campaign.toml`: whose campaign it is, kinds of units, units of measure, offices, exempt reasons.

use std::collections::BTreeMap;

use nhipcau_domain::{
    definitions::{Campaign, Kind, Office},
    element::Measure,
    id::KindId,
    problem::Problem,
};
use serde::Deserialize;

use crate::{
    files::Files,
    notes::{Notes, What},
    toml_file::{Document, Ref, into_id},
};

/// What the file says.
pub(crate) struct General {
    pub(crate) campaign: Campaign,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) measures: Vec<Measure>,
    pub(crate) offices: Vec<Office>,
    pub(crate) exempt_reasons: BTreeMap<String, String>,
    /// What an initiative is among the units.
    pub(crate) initiative_kind: Option<KindId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawCampaign {
    id: Ref,
    name: String,
    scope: Ref,
    office: Ref,
    #[serde(default)]
    notice: String,
    #[serde(default = "five")]
    small_cell_threshold: toml::Spanned<i64>,
    initiative_kind: Option<Ref>,
}

fn five() -> toml::Spanned<i64> {
    toml::Spanned::new(0..0, 5)
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawKind {
    id: Ref,
    name: String,
    name_en: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawMeasure {
    id: Ref,
    name: String,
    name_en: String,
    #[serde(default)]
    people: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOffice {
    id: Ref,
    name: String,
    unit: Ref,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReason {
    code: Ref,
    name: String,
}

pub(crate) fn read(files: &dyn Files, notes: &mut Notes) -> Option<General> {
    let (file, text) = notes.required(files, "campaign.toml")?;
    let mut document = Document::parse(file, &text, notes);
    let campaign: Option<RawCampaign> = document.one("campaign", notes);
    let kinds: Vec<RawKind> = document.items("kind", notes);
    let measures: Vec<RawMeasure> = document.items("measure", notes);
    let offices: Vec<RawOffice> = document.items("office", notes);
    let reasons: Vec<RawReason> = document.items("exempt-reason", notes);
    let source = document.finish("campaign, kind, measure, office, exempt-reason", notes);

    for kind in &kinds {
        source.declare(What::Kind, &kind.id, notes);
    }
    for measure in &measures {
        source.declare(What::Measure, &measure.id, notes);
    }
    for office in &offices {
        source.declare(What::Office, &office.id, notes);
        source.refer(What::Unit, [&office.unit], notes);
    }
    for reason in &reasons {
        source.declare(What::Reason, &reason.code, notes);
    }
    let campaign = campaign?;
    source.refer(What::Unit, [&campaign.scope], notes);
    source.refer(What::Office, [&campaign.office], notes);
    source.refer(What::Kind, &campaign.initiative_kind, notes);
    if *campaign.small_cell_threshold.get_ref() < 1 {
        let found = *campaign.small_cell_threshold.get_ref();
        let problem = Problem::new("campaign-threshold-too-small").with("found", found);
        source.push(problem, &campaign.small_cell_threshold, notes);
    }
    Some(General {
        campaign: Campaign {
            id: campaign.id.into_inner(),
            name: campaign.name,
            scope: into_id(campaign.scope),
            office: into_id(campaign.office),
            notice: campaign.notice,
            small_cell_threshold: campaign.small_cell_threshold.into_inner(),
        },
        kinds: kinds
            .into_iter()
            .map(|k| Kind { id: into_id(k.id), name: k.name, name_en: k.name_en })
            .collect(),
        measures: measures
            .into_iter()
            .map(|m| Measure { id: into_id(m.id), name: m.name, name_en: m.name_en, people: m.people })
            .collect(),
        offices: offices
            .into_iter()
            .map(|o| Office { id: into_id(o.id), name: o.name, unit: into_id(o.unit) })
            .collect(),
        exempt_reasons: reasons.into_iter().map(|r| (r.code.into_inner(), r.name)).collect(),
        initiative_kind: campaign.initiative_kind.map(into_id),
    })
}
