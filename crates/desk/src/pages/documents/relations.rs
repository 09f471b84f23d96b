//! How a document stands to others: told from both ends, set and taken back from its own.

use axum::{
    extract::{Path, State},
    response::Response,
};
use nhipcau_actions::register::{self, DeskDocument};
use nhipcau_domain::{
    press::slug,
    problem::Problem,
    register::{EntryAct, Relation},
    text,
};
use uuid::Uuid;

use super::{Tried, address, again, said};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    pages::on_to,
    received::{Fields, Posted},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// How it stands to others, from both ends; what this one says of them can be taken back here.
pub(super) fn relations(
    page: &Page,
    csrf: &str,
    found: &DeskDocument,
    tried: Option<&Tried<'_>>,
    sheet: &mut Sheet,
) {
    let may = found.may.contains(&EntryAct::Relate);
    let to = format!("{}/quan-he", address(found.record.id));
    let rows = found.relations.iter().map(|r| {
        let back = if r.back { "back-" } else { "" };
        let remove = (may && !r.back).then(|| {
            Form::new(csrf, to.clone(), page.t("desk-remove"))
                .field(Field::hidden("bo", "1"))
                .field(Field::hidden("relation", r.relation.as_str()))
                .field(Field::hidden("to", r.line.id.to_string()))
                .inline()
        });
        vec![
            Cell::text(page.t(&format!("register-relation-{back}{}", r.relation.as_str()))),
            Cell::link(&*r.line.number, address(r.line.id)).more(r.line.subject.clone()),
            Cell { form: remove, ..Cell::default() },
        ]
    });
    let rows: Vec<_> = rows.collect();
    sheet.push(Block::Heading(page.t("register-relations")));
    if rows.is_empty() {
        sheet.push(Block::Text(page.t("desk-register-no-relations")));
    } else {
        sheet.push(Block::Table(Table { rows, ..Table::default() }));
    }
    if !may {
        return;
    }
    let typed = |name: &str| tried.map_or("", |t| t.fields.get(name));
    let options =
        Relation::ALL.map(|r| (r.as_str().to_owned(), page.t(&format!("register-relation-{}", r.as_str()))));
    let mut form = Form::new(csrf, to, page.t("desk-register-relate"))
        .heading(page.t("desk-register-relate-heading"))
        .field(
            Field::select("relation", page.t("desk-register-relation"), options.into())
                .value(typed("relation")),
        )
        .field(
            Field::text("number-of", page.t("desk-register-other"))
                .hint(page.t("desk-register-other-hint"))
                .value(typed("number-of"))
                .required(),
        );
    if let Some(several) = tried.map(|t| &t.which).filter(|w| !w.is_empty()) {
        form = form.field(Field::select("to", page.t("desk-register-which"), several.clone()));
    }
    sheet.push(Block::Form(form.error(said(page, tried))));
}

/// The document that a number names: the one that was chosen among several, or the only one of it.
async fn other(
    state: &DeskState,
    signed: &SignedIn,
    own: Uuid,
    fields: &Fields,
) -> Result<Result<Uuid, (Problem, Vec<(String, String)>)>, Failure> {
    if let Ok(id) = fields.get("to").parse() {
        return Ok(Ok(id));
    }
    let typed = fields.get("number-of").trim();
    let wanted = register::Query { text: typed.to_owned(), ..register::Query::default() };
    let mut lines = if typed.is_empty() {
        Vec::new()
    } else {
        register::desk_list(state.ws(), signed.acting(), &wanted, None, 1).await?.lines
    };
    lines.retain(|l| l.id != own);
    if lines.iter().any(|l| slug(&l.number) == slug(typed)) {
        lines.retain(|l| slug(&l.number) == slug(typed));
    }
    Ok(match lines.as_slice() {
        [] => Err((Problem::new("desk-register-none-such").with("found", typed), Vec::new())),
        [one] => Ok(one.id),
        several => {
            let words = |l: &register::Line| {
                (l.id.to_string(), format!("{}, {}: {}", l.number, text::date(l.signed), l.subject))
            };
            Err((
                Problem::new("desk-register-several").with("found", typed),
                several.iter().map(words).collect(),
            ))
        }
    })
}

pub(crate) async fn relate(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let (ws, acting, holder) = (state.ws(), signed.acting(), signed.holder());
    let relation = Relation::parse(fields.get("relation")).ok_or(Failure::NotFound)?;
    let mut which = Vec::new();
    let problems = match other(&state, &signed, id, &fields).await? {
        Err((problem, several)) => {
            which = several;
            vec![problem]
        }
        Ok(to) => {
            let done = if fields.get("bo") == "1" {
                register::unrelate(ws, acting, holder, id, relation, to).await
            } else {
                register::relate(ws, acting, holder, id, relation, to).await
            };
            match done {
                Ok(()) => return Ok(on_to(&format!("{}?xong=saved", address(id)))),
                Err(error) => Failure::all_of_form(error)?,
            }
        }
    };
    again(&state, &signed, id, &Tried { form: "quan-he", fields: &fields, problems, which }).await
}
