//! The whole configuration as files: taken away, and brought back to be tried.

use axum::{extract::State, response::Response};
use nhipcau_actions::configuration;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Ways, doing::tried, effects::DryRun, power};
use crate::{
    body::{self, Answer, At, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(configuration_files))
        .routes(routes!(configuration_file))
        .routes(routes!(configuration_template))
        .routes(routes!(configuration_archive))
}

pub(super) fn files() -> Ways {
    Ways::new().routes(routes!(try_configuration_files))
}

/// The configuration's files.
#[derive(Serialize, ToSchema)]
struct ConfigurationFiles {
    /// By path.
    files: Vec<ConfigurationFile>,
}

/// A file of the configuration.
#[derive(Serialize, ToSchema)]
struct ConfigurationFile {
    /// Its path, such as `indicators.toml` or `reports/ket-qua.md`.
    path: String,
    /// How many bytes it has.
    bytes: usize,
}

/// The files that the configuration is written in, as `nhipcau init` reads them.
#[utoipa::path(get, path = "/configuration/files", tag = "configuration",
    security(("token" = ["configure"])),
    responses((status = 200, description = "The files.", body = ConfigurationFiles), Refusals))]
async fn configuration_files(State(api): State<ApiState>, caller: Caller) -> Result<ConfigurationFiles> {
    let power = power(&api, &caller)?;
    let files = configuration::files(api.ws(), &power).await?.0;
    let files = files.iter().map(|(path, text)| ConfigurationFile { path: path.clone(), bytes: text.len() });
    Ok(Answer(ConfigurationFiles { files: files.collect() }))
}

/// A file's name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct FileAt {
    /// The file's name; of a report's template without its folder.
    file: String,
}

async fn text_of(api: &ApiState, caller: &Caller, path: &str) -> std::result::Result<Response, Failure> {
    let power = power(api, caller)?;
    let text = configuration::files(api.ws(), &power).await?.0.remove(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    Ok(body::file("text/plain; charset=utf-8", name, text.ok_or_else(Failure::not_found)?))
}

/// One of the files, as text.
#[utoipa::path(get, path = "/configuration/files/{file}", tag = "configuration",
    security(("token" = ["configure"])), params(FileAt),
    responses((status = 200, description = "Its text.", content_type = "text/plain", body = String),
        Refusals))]
async fn configuration_file(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<FileAt>,
) -> std::result::Result<Response, Failure> {
    text_of(&api, &caller, &at.file).await
}

/// A report's template, as text.
#[utoipa::path(get, path = "/configuration/files/reports/{file}", tag = "configuration",
    security(("token" = ["configure"])), params(FileAt),
    responses((status = 200, description = "Its text.", content_type = "text/plain", body = String),
        Refusals))]
async fn configuration_template(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<FileAt>,
) -> std::result::Result<Response, Failure> {
    text_of(&api, &caller, &format!("reports/{}", at.file)).await
}

/// All of the files, packed. The same configuration makes the same bytes.
#[utoipa::path(get, path = "/configuration/archive", tag = "configuration",
    security(("token" = ["configure"])),
    responses((status = 200, description = "The files.", content_type = "application/zip", body = [u8]),
        Refusals))]
async fn configuration_archive(
    State(api): State<ApiState>,
    caller: Caller,
) -> std::result::Result<Response, Failure> {
    let power = power(&api, &caller)?;
    let packed = configuration::pack(&configuration::files(api.ws(), &power).await?)?;
    Ok(body::file("application/zip", "cau-hinh.zip", packed))
}

/// Files of a configuration that are brought.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it says what the form has; what comes is read piece by piece")]
struct ConfigurationUpload {
    /// A .zip file of them, or one of them by its name.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// Tries files that were changed elsewhere: all that differs from now is one change, at most 1 MB of it. A
/// file that is not brought stays as it is. To carry it out, hand the answer's `change` and `pins` on.
#[utoipa::path(post, path = "/configuration/dry-runs/files", tag = "configuration",
    security(("token" = ["configure"])),
    request_body(content = ConfigurationUpload, content_type = "multipart/form-data"),
    responses((status = 200, description = "What it would do.", body = DryRun), Refusals))]
async fn try_configuration_files(
    State(api): State<ApiState>,
    caller: Caller,
    file: body::File,
) -> Result<DryRun> {
    let power = power(&api, &caller)?;
    let files = vec![(file.name, file.bytes)];
    let edit = configuration::brought(api.ws(), &power, &api.heavy, files).await?;
    tried(&api, &caller, &edit).await
}
