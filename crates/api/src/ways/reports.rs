//! Reports: listed, drafted, looked at with their open questions.

mod life;

use axum::extract::State;
use nhipcau_actions::{
    basis::TreeDay,
    powers::Consolidate,
    report::{
        self, Request,
        desk::{self, Change, EditionView},
    },
};
use nhipcau_domain::{Date, Timestamp};
use nhipcau_store::{EditionStatus, EditionSummary};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Ways, figures::Figure};
use crate::{
    body::{Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    page::{Piece, Turn},
    shape::{Named, Said},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(reports))
        .routes(routes!(draft_report))
        .routes(routes!(edition))
        .merge(life::ways())
}

pub(super) fn files() -> Ways {
    life::files()
}

/// How far an edition has come.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Progress {
    /// Drafted, or opened by a correction.
    Draft,
    /// Approved, not frozen.
    Approved,
    /// Frozen: never changed again.
    Frozen,
}

/// An edition in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct EditionLine {
    /// The report's name.
    report: String,
    /// Its number, from 1.
    number: u32,
    /// How far it has come.
    status: Progress,
    /// For which period.
    period: String,
    /// Of which unit.
    unit: String,
    /// When it was made, or last changed while it was open.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// By which office.
    office: String,
}

impl EditionLine {
    pub fn of(e: &EditionSummary) -> Self {
        Self {
            report: e.report.clone(),
            number: e.number,
            status: match e.status {
                EditionStatus::Draft => Progress::Draft,
                EditionStatus::Approved => Progress::Approved,
                EditionStatus::Frozen => Progress::Frozen,
            },
            period: e.period.to_string(),
            unit: e.scope.to_string(),
            at: e.at,
            office: e.office.to_string(),
        }
    }
}

/// A report.
#[derive(Serialize, ToSchema)]
struct ReportLine {
    /// Its name.
    report: String,
    /// Its title.
    title: String,
    /// Its editions, the newest first.
    editions: Vec<EditionLine>,
    /// The numbers of those that readers have.
    public: Vec<u32>,
}

/// The reports, with their editions.
#[utoipa::path(get, path = "/reports", tag = "reports",
    security(("token" = ["consolidate"]), ("token" = ["approve"])), params(Turn),
    responses((status = 200, description = "Reports, by name.", body = Piece<ReportLine>), Refusals))]
async fn reports(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<ReportLine>> {
    let hands = caller.bearer.hands(api.ws())?;
    let found = desk::reports(api.ws(), &hands).await?;
    Ok(Answer(turn.of(
        found,
        |r| r.report.clone(),
        |r| ReportLine {
            editions: r.editions.iter().map(EditionLine::of).collect(),
            report: r.report,
            title: r.title,
            public: r.public,
        },
    )))
}

/// A report's name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ReportAt {
    /// The report's name.
    report: String,
}

/// A report to be drafted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Drafting {
    /// For which period.
    period: String,
    /// The day that stands on the document.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// Number and symbol, where one was given.
    number: Option<String>,
}

/// Drafts a report, or drafts its open edition anew.
#[utoipa::path(post, path = "/reports/{report}/drafts", tag = "reports", security(("token" = ["consolidate"])),
    params(ReportAt), request_body = Drafting,
    responses((status = 200, description = "The draft.", body = EditionLine), Refusals))]
async fn draft_report(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ReportAt>,
    Brought(asked): Brought<Drafting>,
) -> Result<EditionLine> {
    let over = caller.over::<Consolidate>(&api)?;
    let request = Request {
        report: at.report,
        period: asked.period.as_str().into(),
        tree: TreeDay::Then,
        date: asked.date,
        number: asked.number.filter(|n| !n.trim().is_empty()),
    };
    let drafted = desk::draft(api.ws(), &over, &request).await?;
    Ok(Answer(EditionLine::of(&drafted.record)))
}

/// An edition.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct EditionAt {
    /// The report's name.
    pub report: String,
    /// The edition's number, from 1.
    pub number: u32,
}

/// An edition with all that is asked before it goes on.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
struct EditionShown {
    /// Which.
    edition: EditionLine,
    /// Its report's title.
    title: String,
    /// What names exactly this draft: to be handed back when it is approved.
    seen: String,
    /// Its figures, raw.
    figures: Vec<Figure>,
    /// Whether readers have it: it was handed over to the site.
    public: bool,
    /// The article that was begun of it when it was handed over.
    article: Option<Uuid>,
    /// Comments on its passages that nobody has settled.
    open_comments: usize,
    /// Whether anything that it rests on changed since it was drafted.
    outdated: bool,
    /// Returns that are owed and not accepted.
    missing: Vec<Lacking>,
    /// What units explained of what they sent.
    explained: Vec<UnitExplained>,
    /// What is said otherwise than in the draft before, or in the edition before.
    changes: Vec<Changed>,
    /// What was done with it, the oldest first.
    acts: Vec<EditionAct>,
    /// Scans of the signed copy.
    attachments: Vec<AttachedFile>,
    /// Whether this office may draft it anew.
    may_draft: bool,
    /// Whether this office may approve it now.
    may_approve: bool,
    /// Why not, where it is an approver's.
    why_not: Option<Said>,
    /// Whether this office may freeze it now, or attach to it where it is frozen.
    may_freeze: bool,
    /// Whether this office may hand it over now.
    may_hand_over: bool,
    /// Columns in which handing it over may begin an article; empty where the token is not for the site.
    article_columns: Vec<Named>,
}

/// A return that an edition lacks.
#[derive(Serialize, ToSchema)]
pub(super) struct Lacking {
    /// The unit.
    unit: String,
    /// Its name.
    name: String,
    /// The form, in words.
    form: String,
    /// The period, in words.
    period: String,
    /// Where the return stands, in words.
    status: String,
}

impl Lacking {
    pub fn of(m: &nhipcau_actions::report::evidence::MissingLine) -> Self {
        Self {
            unit: m.unit.clone(),
            name: m.unit_name.clone(),
            form: m.form.clone(),
            period: m.period.clone(),
            status: m.status.clone(),
        }
    }
}

/// What a unit explained.
#[derive(Serialize, ToSchema)]
struct UnitExplained {
    /// The unit's name.
    unit: String,
    /// The form's name.
    form: String,
    /// What it said.
    explanation: String,
}

/// A figure that is said otherwise than before.
#[derive(Serialize, ToSchema)]
struct Changed {
    /// Its name.
    name: String,
    /// Before; none if it is new.
    before: Option<Figure>,
    /// Now; none if it is gone.
    now: Option<Figure>,
}

/// What was done with an edition.
#[derive(Serialize, ToSchema)]
struct EditionAct {
    /// What.
    act: String,
    /// By which office.
    office: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// A scan of the signed copy.
#[derive(Serialize, ToSchema)]
struct AttachedFile {
    /// Its file's name.
    name: String,
    /// Its media type.
    media_type: String,
    /// SHA-256 of its bytes.
    sha256: String,
    /// Its size in bytes.
    size: u64,
}

/// An edition, with its open questions.
#[utoipa::path(get, path = "/reports/{report}/editions/{number}", tag = "reports",
    security(("token" = ["consolidate"]), ("token" = ["approve"])), params(EditionAt),
    responses((status = 200, description = "The edition.", body = EditionShown), Refusals))]
async fn edition(State(api): State<ApiState>, caller: Caller, At(at): At<EditionAt>) -> Result<EditionShown> {
    let hands = caller.bearer.hands(api.ws())?;
    let view = desk::view(api.ws(), &hands, &at.report, at.number).await?;
    let columns = match caller.bearer.site() {
        Ok(acting) if view.may_hand_over => report::columns(api.ws(), acting).await?,
        _ => Vec::new(),
    };
    caller.looked(&api).await?;
    let columns = columns.into_iter().map(|(id, name)| Named::new(id.as_str(), name)).collect();
    Ok(Answer(EditionShown { article_columns: columns, ..shown(&caller, &view) }))
}

fn shown(caller: &Caller, view: &EditionView) -> EditionShown {
    let q = &view.questions;
    let change = |c: &Change| Changed {
        name: c.name.clone(),
        before: c.before.as_ref().map(Figure::of),
        now: c.now.as_ref().map(Figure::of),
    };
    let explained = q.explained.iter().map(|x| UnitExplained {
        unit: x.unit.clone(),
        form: x.form.clone(),
        explanation: x.explanation.clone(),
    });
    let attached = view.attachments.iter().map(|a| AttachedFile {
        name: a.name.clone(),
        media_type: a.media_type.clone(),
        sha256: a.sha256.clone(),
        size: a.size,
    });
    let acts =
        view.acts.iter().map(|a| EditionAct { act: a.act.clone(), office: a.office.to_string(), at: a.at });
    EditionShown {
        edition: EditionLine::of(&view.edition.record),
        title: view.title.clone(),
        seen: view.seen.clone(),
        figures: view.edition.body.figures.iter().map(Figure::of).collect(),
        public: view.handover.is_some(),
        article: view.handover.as_ref().and_then(|h| h.article),
        open_comments: q.comments,
        outdated: q.outdated,
        missing: q.missing.iter().map(Lacking::of).collect(),
        explained: explained.collect(),
        changes: q.changes.iter().map(change).collect(),
        acts: acts.collect(),
        attachments: attached.collect(),
        may_draft: view.may_draft,
        may_approve: view.may_approve,
        why_not: view.not_approve.as_ref().map(|p| Said::of(caller.lang, p)),
        may_freeze: view.may_freeze,
        may_hand_over: view.may_hand_over,
        article_columns: Vec::new(),
    }
}
