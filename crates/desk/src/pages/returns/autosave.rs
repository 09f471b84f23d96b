//! Saving as one types, by the form's script.

use axum::{
    extract::{Path, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::{
    reporting::{self, Asked, Saved},
    returns::quotes_record,
};
use serde_json::{Value as Json, json};

use super::{At, address, key_of, looked_anew, power, typed};
use crate::{failure::Failure, received::Posted, state::DeskState};

/// What became of it, and what is wrong at which line.
pub(crate) async fn autosave(
    State(state): State<DeskState>,
    Path(at): At,
    posted: Posted,
) -> Result<Response, Failure> {
    let (key, page) = (key_of(at), &posted.signed.page);
    let over = power(&state, &posted.signed)?;
    let typed = typed::typed(&posted.fields);
    let saved = reporting::save(state.ws(), &over, &typed::saving(&posted.fields, &key, &typed)).await?;
    let body = match saved {
        Saved::Aside => {
            json!({ "aside": format!("{}/chon?ban={}", address(&key), posted.fields.get("ban")) })
        }
        Saved::Kept { version, at } => {
            let view = reporting::form(state.ws(), &over, &key, Asked::Filling).await?;
            if view.lines.iter().flat_map(|l| &l.problems).any(quotes_record) {
                looked_anew(&state, &over, &key).await?;
            }
            let problems = view.lines.iter().filter(|l| !l.problems.is_empty()).map(|l| {
                let said: Vec<String> = l.problems.iter().map(|p| page.problem(p)).collect();
                (l.element.to_string(), Json::from(said))
            });
            json!({
                "version": version.to_string(),
                "at": page.time(at),
                "problems": Json::Object(problems.collect()),
                "explains": view.asks_explanation,
            })
        }
    };
    Ok(([(CONTENT_TYPE, "application/json")], body.to_string()).into_response())
}
