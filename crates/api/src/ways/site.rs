//! Columns, readers' messages, notices, visits; the site's settings, its redirects, its maps.

mod maps;
mod redirects;
mod settings;

use axum::extract::State;
use nhipcau_actions::press;
use nhipcau_domain::{Timestamp, office::Role, problem::Problem};
use nhipcau_store::site::ColumnRecord;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Ways, documents::InLanguages};
use crate::{
    body::{Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Piece, Turn},
    shape::{DONE, Done},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(columns, add_column))
        .routes(routes!(change_column))
        .routes(routes!(feedback))
        .routes(routes!(handle_feedback))
        .routes(routes!(notices, add_notice))
        .routes(routes!(end_notice))
        .routes(routes!(visits))
        .merge(redirects::ways())
        .merge(settings::ways())
        .merge(maps::ways())
}

/// What takes files.
pub(super) fn files() -> Ways {
    redirects::files().merge(maps::files())
}

/// A column of the site.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SiteColumn {
    /// Its name for the program; its address may change, this does not.
    id: String,
    /// The column that it is under.
    parent: Option<String>,
    /// Its address is `/` with this.
    slug: String,
    /// Its name.
    names: InLanguages,
    /// What is in it.
    #[serde(default)]
    description: InLanguages,
    /// Its place among its siblings.
    #[serde(default)]
    position: i64,
    /// Whether menus leave it out.
    #[serde(default)]
    hidden: bool,
}

impl SiteColumn {
    fn of(c: &ColumnRecord) -> Self {
        Self {
            id: c.id.to_string(),
            parent: c.parent.as_ref().map(ToString::to_string),
            slug: c.slug.clone(),
            names: InLanguages::of(&c.names),
            description: InLanguages::of(&c.description),
            position: c.position,
            hidden: c.hidden,
        }
    }

    fn record(self) -> ColumnRecord {
        ColumnRecord {
            id: self.id.into(),
            parent: self.parent.map(Into::into),
            slug: self.slug,
            names: self.names.texts(),
            description: self.description.texts(),
            position: self.position,
            hidden: self.hidden,
        }
    }
}

/// The site's columns, by id.
#[utoipa::path(get, path = "/columns", tag = "site", security(("token" = ["site"])), params(Turn),
    responses((status = 200, description = "Columns.", body = Piece<SiteColumn>), Refusals))]
async fn columns(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<SiteColumn>> {
    caller.bearer.site()?;
    let found = press::columns(api.ws()).await?;
    Ok(Answer(turn.of(found, |c| c.id.to_string(), |c| SiteColumn::of(&c))))
}

/// Adds a column.
#[utoipa::path(post, path = "/columns", tag = "site", security(("token" = ["site"])),
    request_body = SiteColumn,
    responses((status = 200, description = "It is there.", body = Done), Refusals))]
async fn add_column(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<SiteColumn>,
) -> Result<Done> {
    let acting = caller.bearer.site()?;
    press::add_column(api.ws(), acting, caller.holder(), &asked.record()).await?;
    Ok(Answer(DONE))
}

/// A column's name for the program.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ColumnAt {
    /// The column's id.
    column: String,
}

/// Changes a column; articles' old addresses lead on.
#[utoipa::path(put, path = "/columns/{column}", tag = "site", security(("token" = ["site"])), params(ColumnAt),
    request_body = SiteColumn,
    responses((status = 200, description = "It is changed.", body = Done), Refusals))]
async fn change_column(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ColumnAt>,
    Brought(asked): Brought<SiteColumn>,
) -> Result<Done> {
    let acting = caller.bearer.site()?;
    let record = SiteColumn { id: at.column, ..asked }.record();
    press::change_column(api.ws(), acting, caller.holder(), &record).await?;
    Ok(Answer(DONE))
}

/// What a reader wrote.
#[derive(Serialize, ToSchema)]
struct ReaderMessage {
    /// Its id.
    id: Uuid,
    /// The page that it is about; may be empty.
    path: String,
    /// What was written.
    message: String,
    /// What the reader chose to leave for an answer; may be empty.
    contact: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The office that dealt with it.
    handled_by: Option<String>,
}

/// How many.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct HowMany {
    /// How many at most: 100 unless it is said otherwise, at most 500.
    #[param(required = false, minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

/// What readers wrote, the newest first.
#[utoipa::path(get, path = "/feedback", tag = "site", security(("token" = ["site"])), params(HowMany),
    responses((status = 200, description = "Messages.", body = Vec<ReaderMessage>), Refusals))]
async fn feedback(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<HowMany>,
) -> Result<Vec<ReaderMessage>> {
    let (acting, limit) = (caller.bearer.site()?, asked.limit.unwrap_or(100).clamp(1, 500));
    let found = press::feedback(api.ws(), acting, limit).await?;
    let message = found.into_iter().map(|m| ReaderMessage {
        id: m.id,
        path: m.path,
        message: m.message,
        contact: m.contact,
        at: m.at,
        handled_by: m.handled.map(|(office, _)| office.to_string()),
    });
    Ok(Answer(message.collect()))
}

/// A message's or a notice's id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ThingAt {
    /// The id.
    id: Uuid,
}

/// Says that a message was dealt with.
#[utoipa::path(post, path = "/feedback/{id}/handled", tag = "site", security(("token" = ["site"])),
    params(ThingAt), responses((status = 200, description = "It is said.", body = Done), Refusals))]
async fn handle_feedback(State(api): State<ApiState>, caller: Caller, At(at): At<ThingAt>) -> Result<Done> {
    press::handle_feedback(api.ws(), caller.bearer.site()?, at.id).await?;
    Ok(Answer(DONE))
}

/// A notice that stands above every page.
#[derive(Serialize, ToSchema)]
struct Notice {
    /// Its id.
    id: Uuid,
    /// What it says.
    text: InLanguages,
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// By which office.
    office: String,
}

/// Notices that are not over.
#[utoipa::path(get, path = "/notices", tag = "site", security(("token" = ["site"])),
    responses((status = 200, description = "Notices.", body = Vec<Notice>), Refusals))]
async fn notices(State(api): State<ApiState>, caller: Caller) -> Result<Vec<Notice>> {
    caller.bearer.site()?;
    let site = press::site(api.ws()).await?;
    let shown = site.notices_at(api.ws().now()).map(|n| Notice {
        id: n.id,
        text: InLanguages::of(&n.text),
        from: n.from,
        until: n.until,
        office: n.office.to_string(),
    });
    Ok(Answer(shown.collect()))
}

/// A notice to be set up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewNotice {
    /// What it says.
    text: InLanguages,
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
}

/// That a notice is there.
#[derive(Serialize, ToSchema)]
struct NoticeKept {
    /// Its id.
    id: Uuid,
}

/// Sets a notice up.
#[utoipa::path(post, path = "/notices", tag = "site", security(("token" = ["site"])), request_body = NewNotice,
    responses((status = 200, description = "It is there.", body = NoticeKept), Refusals))]
async fn add_notice(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<NewNotice>,
) -> Result<NoticeKept> {
    let (acting, text) = (caller.bearer.site()?, asked.text.texts());
    let id = press::add_notice(api.ws(), acting, caller.holder(), &text, asked.from, asked.until).await?;
    Ok(Answer(NoticeKept { id }))
}

/// Ends a notice.
#[utoipa::path(delete, path = "/notices/{id}", tag = "site", security(("token" = ["site"])), params(ThingAt),
    responses((status = 200, description = "It has ended.", body = Done), Refusals))]
async fn end_notice(State(api): State<ApiState>, caller: Caller, At(at): At<ThingAt>) -> Result<Done> {
    press::end_notice(api.ws(), caller.bearer.site()?, caller.holder(), at.id).await?;
    Ok(Answer(DONE))
}

/// Visits and views.
#[derive(Serialize, ToSchema)]
struct VisitTotals {
    /// The moment for which these hold.
    #[schema(value_type = String, format = DateTime)]
    as_of: Timestamp,
    /// Visitors of the last five minutes.
    online: u64,
    /// Visits of today.
    today: u64,
    /// Visits since Monday.
    week: u64,
    /// Visits since the first of the month.
    month: u64,
    /// All visits.
    all: u64,
    /// Views of today.
    today_views: u64,
    /// All views.
    all_views: u64,
}

/// How often the site was visited.
#[utoipa::path(get, path = "/visits", tag = "site", security(("token" = ["site"])),
    responses((status = 200, description = "Visits.", body = VisitTotals), Refusals))]
async fn visits(State(api): State<ApiState>, caller: Caller) -> Result<VisitTotals> {
    let acting = caller.bearer.site()?;
    if acting.highest() < Some(Role::Writer) {
        return Err(Problem::new("office-may-not").with("office", acting.office.as_str()).into());
    }
    let t = api.visits.as_ref().ok_or_else(Failure::not_found)?.totals();
    Ok(Answer(VisitTotals {
        as_of: t.as_of(),
        online: t.online,
        today: t.today,
        week: t.week,
        month: t.month,
        all: t.all_visits,
        today_views: t.today_views,
        all_views: t.all_views,
    }))
}
