//! The same by workbook: the unit's template, and what it brings back, told cell by cell.

use axum::{
    extract::{Path, State},
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    access,
    reporting::{self, Asked, Uploaded},
    returns::{Outcome, Verdict},
};
use nhipcau_domain::{problem::Problem, returns::ReturnKey};

use super::{At, PATH, address, key_of, looked, power};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::Sent,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The workbook of what the unit owes for the period.
pub(crate) async fn template(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(at): At,
) -> Result<Response, Failure> {
    let over = power(&state, &signed)?;
    let key = key_of(at);
    let file = reporting::template(state.ws(), &over, &key).await?;
    looked(&state, &over, &key).await?;
    // Names are ids of ours; what is not plain in them is left out of the header.
    let name: String =
        file.name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')).collect();
    let headers =
        [(CONTENT_TYPE, XLSX.to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))];
    Ok((headers, file.bytes).into_response())
}

fn form(page: &Page, csrf: &str, key: &ReturnKey) -> Form {
    Form::new(csrf, format!("{}/tai-len", address(key)), page.t("returns-upload-button"))
        .with_files()
        .field(
            Field::new("file", "file", page.t("returns-file"))
                .hint(page.t("returns-file-hint"))
                .accept(".xlsx,.csv")
                .required(),
        )
        .field(Field::area("ly-do-sua", page.t("returns-reason"), 2).hint(page.t("returns-upload-reason")))
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(at): At,
) -> Result<Html<String>, Failure> {
    let (key, page) = (key_of(at), signed.page.at(PATH));
    let over = power(&state, &signed)?;
    let view = reporting::form(state.ws(), &over, &key, Asked::Filling).await?;
    Sheet::new(page.clone(), page.t("returns-upload"))
        .lead(format!("{} · {} · {}", view.unit, view.form, view.period.name))
        .with(Block::Text(page.t("returns-upload-long")))
        .with(Block::Links(vec![
            (page.t("returns-template"), format!("{}/mau.xlsx", address(&key))),
            (page.t("returns-back-to-form"), address(&key)),
        ]))
        .with(Block::Form(form(&page, signed.csrf(), &key)))
        .html()
}

/// What was found, where, and how much it weighs.
fn problems(page: &Page, found: &[Problem]) -> Vec<Vec<Cell>> {
    let place = |p: &Problem| {
        let sheet = p.place.sheet.as_deref().map(|s| page.say1("place-sheet", "sheet", s));
        let cell = p.place.cell.as_deref().map(|c| page.say1("place-cell", "cell", c));
        [sheet, cell].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let weight = |p: &Problem| match p.severity {
        nhipcau_domain::problem::Severity::Notice => page.t("returns-weight-notice"),
        nhipcau_domain::problem::Severity::Explain => page.t("returns-weight-explain"),
        nhipcau_domain::problem::Severity::Refuse => page.t("returns-weight-refuse"),
    };
    found
        .iter()
        .map(|p| vec![Cell::text(place(p)), Cell::text(page.problem(p)), Cell::text(weight(p))])
        .collect()
}

fn told(page: &Page, done: &Uploaded, names: &dyn Fn(&ReturnKey) -> String) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(done.file.clone())];
    let verdict = |o: &Outcome| match &o.verdict {
        Verdict::Received { .. } => page.t("returns-verdict-received"),
        Verdict::Corrected { .. } => page.t("returns-verdict-corrected"),
        Verdict::Unchanged => page.t("returns-verdict-unchanged"),
        Verdict::Refused => page.t("returns-verdict-refused"),
    };
    if !done.returns.is_empty() {
        let rows = done
            .returns
            .iter()
            .map(|o| vec![Cell::link(names(&o.key), address(&o.key)), Cell::text(verdict(o))]);
        blocks.push(Block::Table(Table {
            head: vec![page.t("returns-return"), page.t("returns-verdict")],
            rows: rows.collect(),
            ..Table::default()
        }));
    }
    let found: Vec<Problem> =
        done.problems.iter().chain(done.returns.iter().flat_map(|o| &o.problems)).cloned().collect();
    if !found.is_empty() {
        let head = ["returns-place", "returns-found", "returns-weight"];
        blocks.push(Block::Table(Table {
            caption: page.say1("returns-to-mend", "count", found.len()),
            head: head.map(|id| page.t(id)).to_vec(),
            rows: problems(page, &found),
        }));
    }
    blocks
}

pub(crate) async fn upload(
    State(state): State<DeskState>,
    Path(at): At,
    sent: Sent,
) -> Result<Response, Failure> {
    let (key, signed) = (key_of(at), sent.signed);
    let over = power(&state, &signed)?;
    // Whoever has no business with this return has none with its page.
    reporting::form(state.ws(), &over, &key, Asked::Filling).await?;
    if sent.files.is_empty() {
        return Err(Problem::new("desk-no-file").into());
    }
    let page = signed.page.at(PATH);
    let mut done = Vec::new();
    for file in sent.files {
        let reason = sent.fields.get("ly-do-sua");
        done.push(reporting::upload(state.ws(), &over, &file.name, file.bytes, reason).await?);
    }
    // A check's sentence may quote what other units sent before.
    let quoted: Vec<String> = done.iter().flat_map(|d| d.quoted(over.office())).map(address).collect();
    access::log_office_views(state.ws(), &quoted, over.office()).await?;
    let setting = {
        let mut tx = state.ws().store().read().await?;
        state.ws().setting(&mut tx).await?
    };
    let names = |key: &ReturnKey| {
        let definitions = &setting.definitions;
        let form = definitions.data_set(&key.data_set).map_or(key.data_set.as_str(), |f| f.name.as_str());
        let period = definitions.period(&key.period);
        let unit = setting.tree.find(&key.unit).zip(period).map(|(ix, p)| setting.tree.name(ix, p.last));
        let period = period.map_or(key.period.as_str(), |p| p.name.as_str());
        format!("{} · {form} · {period}", unit.unwrap_or(key.unit.as_str()))
    };
    let refused = done.iter().any(|d| {
        d.problems.iter().any(|p| p.severity == nhipcau_domain::problem::Severity::Refuse)
            || d.returns.iter().any(|o| o.verdict == Verdict::Refused)
    });
    let (title, lead) = if refused {
        ("returns-upload-refused", "returns-upload-refused-long")
    } else {
        ("returns-upload-done", "returns-upload-done-long")
    };
    let mut sheet = Sheet::new(page.clone(), page.t(title)).lead(page.t(lead));
    sheet.blocks.extend(done.iter().flat_map(|d| told(&page, d, &names)));
    if refused {
        sheet.push(Block::Form(form(&page, signed.csrf(), &key)));
    }
    sheet.push(Block::Links(vec![
        (page.t("returns-owed-next"), PATH.to_owned()),
        (page.t("returns-back-to-form"), address(&key)),
    ]));
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, sheet.html()?).into_response())
}
