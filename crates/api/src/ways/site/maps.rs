//! The administrative map: the dated outlines that are held, a file that is tried, and one that is taken.

use axum::extract::State;
use nhipcau_actions::maps::{self, Fit};
use nhipcau_domain::Date;
use nhipcau_messages::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Ways;
use crate::{
    body::{self, Answer, Asked, At, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Piece, Turn},
    shape::Said,
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(site_maps)).routes(routes!(map_on_day))
}

pub(super) fn files() -> Ways {
    Ways::new().routes(routes!(load_map)).routes(routes!(try_map))
}

/// A map that is held.
#[derive(Serialize, ToSchema)]
struct MapHeld {
    /// The first day on which units had these outlines.
    #[schema(value_type = String, format = Date)]
    from: Date,
}

/// The maps that are held, by their first day. Each counts until the next one begins.
#[utoipa::path(get, path = "/maps", tag = "site", security(("token" = ["site"])), params(Turn),
    responses((status = 200, description = "Maps.", body = Piece<MapHeld>), Refusals))]
async fn site_maps(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<MapHeld>> {
    let found = maps::held(api.ws(), caller.bearer.site()?).await?;
    Ok(Answer(turn.of(found, ToString::to_string, |from| MapHeld { from })))
}

/// A day.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct MapAt {
    /// The day.
    #[param(value_type = String, format = Date)]
    day: Date,
}

/// A map, and how it fits the units of its first day.
#[derive(Serialize, ToSchema)]
struct MapFit {
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// What the file says of itself.
    note: String,
    /// Its areas, in the order of the file.
    areas: Vec<MapArea>,
    /// How many of them belong to a unit.
    matched: usize,
    /// What does not fit: features that could not be used, areas without a unit, units without an area.
    problems: Vec<Said>,
}

/// An area of a map.
#[derive(Serialize, ToSchema)]
struct MapArea {
    /// Its official code.
    code: String,
    /// Its name in the file.
    name: String,
    /// The unit that had this code on the map's first day.
    unit: Option<String>,
}

impl MapFit {
    fn of(lang: Lang, fit: Fit) -> Self {
        let problems = Said::all(lang, &fit.problems);
        let map = fit.map;
        let areas = map.areas.into_iter().map(|a| MapArea {
            unit: map.units.get(&a.code).map(ToString::to_string),
            code: a.code,
            name: a.name,
        });
        let areas = areas.collect();
        Self { from: map.from, note: map.note, areas, matched: fit.matched, problems }
    }
}

/// The map that counts on a day, with what does not fit.
#[utoipa::path(get, path = "/maps/{day}", tag = "site", security(("token" = ["site"])), params(MapAt),
    responses((status = 200, description = "The map.", body = MapFit), Refusals))]
async fn map_on_day(State(api): State<ApiState>, caller: Caller, At(at): At<MapAt>) -> Result<MapFit> {
    let found = maps::fit_on(api.ws(), caller.bearer.site()?, at.day).await?;
    let found = found.ok_or_else(Failure::not_found)?;
    Ok(Answer(MapFit::of(caller.lang, found)))
}

/// A file of outlines.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it says what the form has; what comes is read piece by piece")]
struct MapFile {
    /// A `GeoJSON` file of at most 20 MB: a feature a unit, with its official code as `code`; WGS 84.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// How a file would fit.
#[derive(Serialize, ToSchema)]
struct MapTried {
    /// The map that it would be.
    map: MapFit,
    /// Whether it would take the place of one from the same day on.
    replaces: bool,
}

/// Says how a file would fit if it counted from that day on. Nothing is kept: to have it count, send it to
/// `/maps/{day}`.
#[utoipa::path(post, path = "/maps/{day}/dry-runs", tag = "site", security(("token" = ["site"])),
    params(MapAt), request_body(content = MapFile, content_type = "multipart/form-data"),
    responses((status = 200, description = "How it would fit.", body = MapTried), Refusals))]
async fn try_map(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<MapAt>,
    file: body::File,
) -> Result<MapTried> {
    let acting = caller.bearer.site()?;
    let _turn = api.heavy.enter()?;
    let fit = maps::fit(api.ws(), acting, at.day, file.bytes).await?;
    let replaces = fit.replaces;
    Ok(Answer(MapTried { map: MapFit::of(caller.lang, fit), replaces }))
}

/// That a map is held.
#[derive(Serialize, ToSchema)]
struct MapTaken {
    /// How many areas belong to a unit.
    matched: usize,
    /// Features that could not be used, and areas without a unit.
    problems: Vec<Said>,
}

/// Takes a file: readers see it for that day and later ones. One for the same day takes the place of the one
/// before; both stay on record.
#[utoipa::path(post, path = "/maps/{day}", tag = "site", security(("token" = ["site"])),
    params(MapAt), request_body(content = MapFile, content_type = "multipart/form-data"),
    responses((status = 200, description = "It counts.", body = MapTaken), Refusals))]
async fn load_map(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<MapAt>,
    file: body::File,
) -> Result<MapTaken> {
    let acting = caller.bearer.site()?;
    let _turn = api.heavy.enter()?;
    let loaded = maps::load(api.ws(), acting, at.day, &file.bytes).await?;
    Ok(Answer(MapTaken { matched: loaded.matched, problems: Said::all(caller.lang, &loaded.problems) }))
}
