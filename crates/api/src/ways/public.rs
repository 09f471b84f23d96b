//! For anyone, without a token: editions that are out, with their figures as they were protected when they
//! were frozen. Machines need not scrape.

use axum::{
    extract::State,
    http::header::{CACHE_CONTROL, HeaderName},
};
use nhipcau_actions::report::{
    self,
    evidence::{self, Count},
};
use nhipcau_domain::{Date, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Ways,
    reports::{EditionAt, EditionLine, Lacking},
};
use crate::{
    body::{Answer, Asked, At},
    describe::PublicRefusals,
    failure::Failure,
    page::{Piece, Turn},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(public_editions)).routes(routes!(public_edition))
}

/// Kept by whoever stands before it, and asked after each time: it changes only when something goes out.
const KEPT: [(HeaderName, &str); 1] = [(CACHE_CONTROL, "no-cache")];

type Result<T> = std::result::Result<([(HeaderName, &'static str); 1], Answer<T>), Failure>;

/// Editions that are out, by report and number.
#[utoipa::path(get, path = "/public/editions", tag = "public", params(Turn),
    responses((status = 200, description = "Editions.", body = Piece<EditionLine>), PublicRefusals))]
async fn public_editions(
    State(api): State<ApiState>,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<EditionLine>> {
    let found = report::out(api.ws()).await?;
    let piece = turn.of(found, |e| format!("{}/{:06}", e.report, e.number), |e| EditionLine::of(&e));
    Ok((KEPT, Answer(piece)))
}

/// An edition that is out.
#[derive(Serialize, ToSchema)]
struct PublicEdition {
    /// Which.
    edition: EditionLine,
    /// Its title.
    title: String,
    /// When it was frozen.
    #[schema(value_type = String, format = DateTime)]
    frozen: Timestamp,
    /// The number of the last edition that corrects it.
    corrected_by: Option<u32>,
    /// What is said of the data, such as that they are made up.
    notice: String,
    /// The figures, as the report says them.
    figures: Vec<PublicFigure>,
    /// What each unit adds, as far as it may be shown.
    contributions: Vec<PublicContribution>,
    /// Returns that were owed and not accepted.
    missing: Vec<Lacking>,
    /// Its documents.
    documents: Vec<PublicDocument>,
}

/// A count as anyone may see it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum PublicCount {
    /// A whole number.
    Number {
        /// The number.
        number: i64,
    },
    /// A small count of people, or one from which a small one could be had.
    Withheld {},
    /// There is none.
    None {},
}

impl From<Count> for PublicCount {
    fn from(count: Count) -> Self {
        match count {
            Count::Number(number) => Self::Number { number },
            Count::Withheld => Self::Withheld {},
            Count::None => Self::None {},
        }
    }
}

/// A figure of an edition.
#[derive(Serialize, ToSchema)]
struct PublicFigure {
    /// Its indicator's id.
    key: String,
    /// Its name.
    name: String,
    /// As the report says it.
    wording: String,
    /// After exclusions; of a count, the count.
    numerator: PublicCount,
    /// After exclusions; none for a count.
    denominator: PublicCount,
    /// Its unit of measure, in words.
    measure: String,
    /// What was taken off, in words; empty for nothing.
    exclusions: String,
    /// The last day of the period.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    /// The day that the tree is read on.
    #[schema(value_type = String, format = Date)]
    tree: Date,
    /// What kind of statement it is, in words.
    status: String,
    /// Returns owed.
    expected: u32,
    /// Returns accepted: it rests on these.
    accepted: u32,
    /// Returns excused.
    exempt: u32,
    /// Returns that are missing.
    missing: u32,
}

fn figure(f: &evidence::FigureLine) -> PublicFigure {
    PublicFigure {
        key: f.key.clone(),
        name: f.name.clone(),
        wording: f.wording.clone(),
        numerator: f.numerator.into(),
        denominator: f.denominator.into(),
        measure: f.measure.clone(),
        exclusions: f.exclusions.clone(),
        as_of: f.as_of,
        tree: f.tree,
        status: f.status.clone(),
        expected: f.expected,
        accepted: f.accepted,
        exempt: f.exempt,
        missing: f.missing,
    }
}

/// What a unit adds to a figure.
#[derive(Serialize, ToSchema)]
struct PublicContribution {
    /// The figure's key.
    figure: String,
    /// The unit's id.
    unit: String,
    /// Its name.
    name: String,
    /// The units above it, from the top, in words.
    path: String,
    /// After exclusions.
    numerator: PublicCount,
    /// After exclusions; none for a count.
    denominator: PublicCount,
}

/// A document of an edition.
#[derive(Serialize, ToSchema)]
struct PublicDocument {
    /// Its format.
    format: String,
    /// Its media type.
    media_type: String,
    /// SHA-256 of its bytes.
    sha256: String,
    /// Its size in bytes.
    size: u64,
    /// Its address on the site.
    href: String,
}

/// One edition that is out: its figures, what each unit adds, who was missing, as the public may see them.
#[utoipa::path(get, path = "/public/editions/{report}/{number}", tag = "public", params(EditionAt),
    responses((status = 200, description = "The edition.", body = PublicEdition), PublicRefusals))]
async fn public_edition(State(api): State<ApiState>, At(at): At<EditionAt>) -> Result<PublicEdition> {
    let found = report::out_edition(api.ws(), &at.report, at.number).await?;
    let annex = &found.annex;
    // Of a unit's several returns the number stands on the first line.
    let said = annex.contributions.iter().filter(|c| c.numerator != Count::None);
    let contributions = said.map(|c| PublicContribution {
        figure: c.figure.clone(),
        unit: c.unit.clone(),
        name: c.unit_name.clone(),
        path: c.path.clone(),
        numerator: c.numerator.into(),
        denominator: c.denominator.into(),
    });
    let documents = found.documents.iter().map(|d| PublicDocument {
        href: format!("/bao-cao/{}/{}/tep/{}", at.report, at.number, d.format),
        format: d.format.clone(),
        media_type: d.media_type.clone(),
        sha256: d.sha256.clone(),
        size: d.size,
    });
    let edition = PublicEdition {
        edition: EditionLine::of(&found.summary),
        title: found.title.clone(),
        frozen: found.frozen,
        corrected_by: found.corrected_by,
        notice: annex.notice.clone(),
        figures: annex.figures.iter().map(figure).collect(),
        contributions: contributions.collect(),
        missing: annex.missing.iter().map(Lacking::of).collect(),
        documents: documents.collect(),
    };
    Ok((KEPT, Answer(edition)))
}
