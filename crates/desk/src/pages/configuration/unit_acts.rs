//! What can happen to units, each as a form with the day from which it holds. The tree itself refuses what
//! cannot be, in its own sentences.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    Setting,
    configuration::{self, Edit, Trouble, records::Book},
};
use nhipcau_domain::{
    Date,
    id::UnitId,
    problem::Problem,
    text,
    tree::{Change, Ix, TreeEvent},
};

use super::{HERE, dry, power, said, setting, typed::Drawing, units};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted},
    sheet::{Block, Sheet},
    state::DeskState,
    visitor::SignedIn,
};

/// What can happen to a unit that is open, by its word in addresses.
pub(super) const ACTS: [&str; 7] = ["doi-ten", "chuyen", "ma-so", "loai", "nhap", "tach", "dong"];

/// What was typed into a form, and what is wrong with it.
pub(super) type Typed<'a> = (&'a Fields, &'a [Trouble]);

/// Draws the form of an act, as it was typed or as the unit is now.
pub(super) fn form(
    signed: &SignedIn,
    setting: &Setting,
    book: &Book,
    (ix, today): (Ix, Date),
    act: &str,
    (typed, wrong): Typed<'_>,
) -> Form {
    let page = &signed.page;
    let tree = &setting.tree;
    let drawing = Drawing { page, setting, book, today };
    let now = |name: &str, now: &str| {
        if typed.0.is_empty() { now.to_owned() } else { typed.get(name).to_owned() }
    };
    let label = |name: &str| page.t(&format!("configuration-unit-{name}"));
    let parent = tree.parent(ix, today).map_or(String::new(), |p| tree.id(p).to_string());
    let fields = match act {
        "doi-ten" => {
            vec![Field::text("name", label("name")).value(now("name", tree.name(ix, today))).required()]
        }
        "chuyen" => vec![drawing.unit("parent", label("parent"), &now("parent", &parent), true)],
        "ma-so" => vec![
            Field::text("code", label("code"))
                .value(now("code", tree.code(ix, today).unwrap_or("")))
                .hint(page.t("configuration-unit-code-hint")),
        ],
        "loai" => vec![kinds(setting, label("kind")).value(now("kind", tree.kind(ix, today)))],
        "nhap" => vec![
            Field::area("from", label("from"), 4)
                .value(now("from", ""))
                .hint(page.t("configuration-units-hint"))
                .required(),
        ],
        "tach" => vec![
            Field::area("into", label("into"), 4)
                .value(now("into", ""))
                .hint(page.t("configuration-unit-into-hint"))
                .required(),
            Field::area("children", label("children"), 4)
                .value(now("children", ""))
                .hint(page.t("configuration-unit-children-hint")),
        ],
        _ => Vec::new(),
    };
    let mut form = Form::new(signed.csrf(), units::address(tree.id(ix)), page.t("configuration-try"))
        .heading(page.t(&format!("configuration-act-{act}")))
        .error(said(page, wrong))
        .field(Field::hidden("viec", act))
        .field(from_day(page, &now("on", &today.to_string())));
    form.fields.extend(fields);
    form
}

fn from_day(page: &Page, value: &str) -> Field {
    Field::new("date", "on", page.t("configuration-on"))
        .value(value)
        .hint(page.t("configuration-on-hint"))
        .required()
}

fn kinds(setting: &Setting, label: String) -> Field {
    let kinds = setting.definitions.kinds.iter().map(|k| (k.id.to_string(), k.name.clone()));
    Field::select("kind", label, kinds.collect())
}

/// The lines of a field.
fn lines(words: &str) -> impl Iterator<Item = &str> {
    words.lines().map(str::trim).filter(|l| !l.is_empty())
}

fn word(fields: &Fields, name: &str) -> String {
    text::nfc(fields.get(name).trim())
}

fn on(fields: &Fields) -> Result<Date, Vec<Trouble>> {
    let typed = fields.get("on").trim();
    typed
        .parse()
        .map_err(|_| vec![Trouble::from(Problem::new("configuration-day-unreadable").with("found", typed))])
}

/// What an act's form asks for, as events.
fn events(setting: &Setting, unit: &str, act: &str, fields: &Fields) -> Result<Vec<TreeEvent>, Vec<Trouble>> {
    let on = on(fields)?;
    let (unit, some) = (UnitId::new(unit), |name: &str| Some(word(fields, name)).filter(|w| !w.is_empty()));
    let changes = match act {
        "doi-ten" => vec![Change::Rename { unit, name: word(fields, "name") }],
        "chuyen" => vec![Change::Move { unit, parent: some("parent").map(UnitId::from) }],
        "ma-so" => vec![Change::Recode { unit, code: some("code") }],
        "loai" => vec![Change::Rekind { unit, kind: word(fields, "kind").into() }],
        "nhap" => {
            let from: Vec<UnitId> = lines(fields.get("from")).map(UnitId::new).collect();
            if from.is_empty() {
                return Err(vec![Problem::new("configuration-nothing-asked").into()]);
            }
            vec![Change::Merge { from, into: unit }]
        }
        "tach" => return split(setting, &unit, on, fields),
        "dong" => vec![Change::Close { unit }],
        _ => Vec::new(),
    };
    Ok(changes.into_iter().map(|change| TreeEvent { on, change }).collect())
}

/// A unit becomes several: each line a new one (`name | words | code`) or one that there is; units below it
/// go to one of them (`unit | to`).
fn split(
    setting: &Setting,
    unit: &UnitId,
    on: Date,
    fields: &Fields,
) -> Result<Vec<TreeEvent>, Vec<Trouble>> {
    let tree = &setting.tree;
    let ix = tree
        .find(unit)
        .ok_or_else(|| vec![Trouble::from(Problem::new("unit-unknown").with("unit", unit))])?;
    let (mut changes, mut into) = (Vec::new(), Vec::new());
    for line in lines(fields.get("into")) {
        let mut cells = line.splitn(3, '|').map(|c| text::nfc(c.trim()));
        let id = UnitId::from(cells.next().unwrap_or_default());
        let (name, code) = (cells.next().unwrap_or_default(), cells.next().filter(|c| !c.is_empty()));
        if tree.find(&id).is_none() {
            changes.push(Change::Open {
                unit: id.clone(),
                kind: tree.kind(ix, on).clone(),
                parent: tree.parent(ix, on).map(|p| tree.id(p).clone()),
                name,
                code,
            });
        }
        into.push(id);
    }
    for line in lines(fields.get("children")) {
        let (child, to) = line.split_once('|').unwrap_or((line, ""));
        let to = Some(to.trim()).filter(|t| !t.is_empty()).map(UnitId::new);
        changes.push(Change::Move { unit: child.trim().into(), parent: to });
    }
    changes.push(Change::Split { from: unit.clone(), into });
    Ok(changes.into_iter().map(|change| TreeEvent { on, change }).collect())
}

pub(super) async fn act(
    State(state): State<DeskState>,
    Path(unit): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    power(&state, &signed)?;
    let setting = setting(&state).await?;
    let act = fields.get("viec").to_owned();
    let wrong = match events(&setting, &unit, &act, &fields) {
        Ok(events) => {
            match dry::show(&state, &signed, &Edit::Tree { events }, &dry::Besides::default()).await? {
                Ok(page) => return Ok(page),
                Err(wrong) => wrong,
            }
        }
        Err(wrong) => wrong,
    };
    let html = units::draw(&state, &signed, &unit, &act, (&fields, &wrong)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

pub(super) async fn new(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    draw(&state, &signed, (&Fields::default(), &[])).await
}

/// A new unit; others may become part of it on the same day.
pub(super) async fn open(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    power(&state, &signed)?;
    let wrong = match opened(&fields) {
        Ok(events) => {
            match dry::show(&state, &signed, &Edit::Tree { events }, &dry::Besides::default()).await? {
                Ok(page) => return Ok(page),
                Err(wrong) => wrong,
            }
        }
        Err(wrong) => wrong,
    };
    let html = draw(&state, &signed, (&fields, &wrong)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

fn opened(fields: &Fields) -> Result<Vec<TreeEvent>, Vec<Trouble>> {
    let on = on(fields)?;
    let some = |name: &str| Some(word(fields, name)).filter(|w| !w.is_empty());
    let unit = UnitId::from(word(fields, "unit"));
    let mut changes = vec![Change::Open {
        unit: unit.clone(),
        kind: word(fields, "kind").into(),
        parent: some("parent").map(UnitId::from),
        name: word(fields, "name"),
        code: some("code"),
    }];
    let from: Vec<UnitId> = lines(fields.get("from")).map(UnitId::new).collect();
    if !from.is_empty() {
        changes.push(Change::Merge { from, into: unit });
    }
    Ok(changes.into_iter().map(|change| TreeEvent { on, change }).collect())
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    (typed, wrong): Typed<'_>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let power = power(state, signed)?;
    let (setting, book) = (setting(state).await?, configuration::book(state.ws(), &power).await?);
    let drawing = Drawing { page: &page, setting: &setting, book: &book, today: power.today() };
    let label = |name: &str| page.t(&format!("configuration-unit-{name}"));
    let on = typed.some("on").map_or_else(|| power.today().to_string(), str::to_owned);
    let form = Form::new(signed.csrf(), format!("{HERE}/mo-don-vi"), page.t("configuration-try"))
        .error(said(&page, wrong))
        .field(from_day(&page, &on))
        .field(
            Field::text("unit", label("unit"))
                .hint(page.t("configuration-name-hint"))
                .value(typed.get("unit"))
                .required(),
        )
        .field(Field::text("name", label("name")).value(typed.get("name")).required())
        .field(kinds(&setting, label("kind")).value(typed.get("kind")))
        .field(drawing.unit("parent", label("parent"), typed.get("parent"), true))
        .field(Field::text("code", label("code")).value(typed.get("code")))
        .field(
            Field::area("from", label("from-new"), 3)
                .hint(page.t("configuration-units-hint"))
                .value(typed.get("from")),
        );
    Sheet::new(page.clone(), page.t("configuration-open"))
        .lead(page.t("configuration-open-lead"))
        .with(Block::Form(form))
        .html()
}
