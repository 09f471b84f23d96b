//! The types of documents that the register knows: a list that administrators keep, a line each.

use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::register::{self, DocumentKind};
use nhipcau_domain::{
    office::Role,
    press::{self, Texts},
};

use super::PATH;
use crate::{
    failure::Failure,
    field::{Field, Form},
    pages::on_to,
    received::Posted,
    sheet::{Block, Sheet},
    state::DeskState,
    visitor::SignedIn,
};

/// A type as a line: code, name, English, Khmer; what is empty at the end is left out.
fn line(kind: &DocumentKind) -> String {
    let parts = [&kind.id, &kind.names.vi, &kind.names.en, &kind.names.km];
    let all: Vec<&str> = parts.iter().map(|p| p.as_str()).collect();
    let last = all.iter().rposition(|p| !p.is_empty()).map_or(0, |at| at + 1);
    all.get(..last).unwrap_or_default().join(" | ")
}

/// Reads such lines; a line with a name alone gets its code from the name.
fn lines(typed: &str) -> Vec<DocumentKind> {
    let one = |line: &str| {
        let mut parts = line.split('|').map(|p| p.trim().to_owned());
        let first = parts.next().unwrap_or_default();
        let (id, vi) = match parts.next() {
            Some(vi) => (first, vi),
            None => (press::slug(&first), first),
        };
        let (en, km) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        DocumentKind { id, names: Texts { vi, en, km } }
    };
    typed.lines().filter(|l| !l.trim().is_empty()).map(one).collect()
}

fn sheet(signed: &SignedIn, typed: &str, error: &str) -> Result<Html<String>, Failure> {
    let page = signed.page.at(PATH);
    let form = Form::new(signed.csrf(), format!("{PATH}/loai"), page.t("desk-save")).field(
        Field::area("kinds", page.t("desk-register-kinds"), 20)
            .value(typed)
            .hint(page.t("desk-register-kinds-hint"))
            .error(error),
    );
    Sheet::new(page.clone(), page.t("desk-register-kinds"))
        .with(Block::Links(vec![(page.t("desk-back"), PATH.to_owned())]))
        .with(Block::Form(form))
        .html()
}

pub(crate) async fn show(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    signed.acting().require(Role::Administrator, &[])?;
    let kinds = register::kinds(state.ws()).await?;
    sheet(&signed, &kinds.iter().map(line).collect::<Vec<_>>().join("\n"), "")
}

pub(crate) async fn save(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, typed) = (posted.signed, posted.fields.get("kinds"));
    signed.acting().require(Role::Administrator, &[])?;
    match register::save_kinds(state.ws(), signed.acting(), signed.holder(), &lines(typed)).await {
        Ok(()) => Ok(on_to(&format!("{PATH}/loai?xong=saved"))),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet(&signed, typed, &said)?).into_response())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_list_is_read_back_as_it_is_shown_and_a_name_alone_is_enough() {
        let usual = register::usual_kinds();
        let shown = usual.iter().map(line).collect::<Vec<_>>().join("\r\n");
        assert_eq!(lines(&shown), usual);
        let own = lines("\n Thông báo kết luận \n");
        assert_eq!(
            (own[0].id.as_str(), own[0].names.vi.as_str()),
            ("thong-bao-ket-luan", "Thông báo kết luận")
        );
    }
}
