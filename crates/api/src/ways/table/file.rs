//! A table as a file, as the desk gives it: comma-separated values, or a workbook.

use axum::{extract::State, response::Response};
use nhipcau_actions::{
    powers::See,
    review::{self, grid},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{TableAsked, Ways, Which, wide};
use crate::{
    body::{self, Asked, At},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    state::ApiState,
    ways::sending::XLSX,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(table_as_file))
}

/// As which file a table is given.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum FileEnding {
    /// Comma-separated values (RFC 4180), in UTF-8 with its mark.
    Csv,
    /// A workbook.
    Xlsx,
}

/// As which file.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TableFileAt {
    /// As comma-separated values, or as a workbook.
    #[param(inline)]
    ending: FileEnding,
}

/// A table as a file.
pub(crate) async fn table_file(
    api: &ApiState,
    at: &TableFileAt,
    name: &str,
    table: grid::Grid,
) -> Result<Response, Failure> {
    match at.ending {
        FileEnding::Csv => {
            let bytes = grid::csv(&table).into_bytes();
            Ok(body::file("text/csv; charset=utf-8", &format!("{name}.csv"), bytes))
        }
        FileEnding::Xlsx => {
            let turn = api.heavy.enter()?;
            let bytes = turn.run(move || grid::xlsx(&table)).await?.map_err(|error| {
                tracing::error!(%error, "a table could not be written as a workbook");
                Failure::internal()
            })?;
            Ok(body::file(XLSX, &format!("{name}.xlsx"), bytes))
        }
    }
}

/// The table as a file, every row of it, in the language that is asked for.
#[utoipa::path(get, path = "/table/files/{ending}", tag = "figures", security(("token" = ["read"])),
    params(TableFileAt, Which, TableAsked),
    responses(
        (status = 200, description = "The table.", content(
            (String = "text/csv"),
            ([u8] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Refusals))]
async fn table_as_file(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<TableFileAt>,
    Asked(which): Asked<Which>,
    Asked(asked): Asked<TableAsked>,
) -> Result<Response, Failure> {
    let over = caller.over::<See>(&api)?;
    let (lang, author) = (caller.lang, &*caller.bearer.office_name);
    let (file, name) = review::wide_file(api.ws(), &over, &wide(which, &asked), lang, author).await?;
    caller.looked(&api).await?;
    table_file(&api, &at, &name, file).await
}
