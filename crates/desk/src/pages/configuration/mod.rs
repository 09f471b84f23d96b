//! What is set up, for whoever consolidates everything: units, elements, forms, calendars, checks,
//! indicators; each change is tried first, has a reason, and can be undone by another.

mod dry;
mod effects;
mod files;
mod history;
mod records;
mod typed;
mod unit_acts;
mod unit_events;
mod units;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    response::Html,
};
use nhipcau_actions::{
    Setting,
    configuration::{self, Configure, Trouble, records::Part},
};
use nhipcau_domain::{Date, text};
use nhipcau_messages::Lang;
use nhipcau_web::held::{get, post};

use crate::{
    failure::Failure,
    page::Page,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

pub(crate) const HERE: &str = "/lam-viec/cau-hinh";
/// The largest set of files, in bytes.
const UPLOAD: usize = 16 << 20;

/// Its addresses.
pub(crate) fn routes() -> Router<DeskState> {
    let uploads = Router::new()
        .route("/lam-viec/cau-hinh/tai-len", post(files::upload))
        .layer(DefaultBodyLimit::max(UPLOAD));
    Router::new()
        .route("/lam-viec/cau-hinh", get(overview))
        .route("/lam-viec/cau-hinh/don-vi", get(units::list))
        .route("/lam-viec/cau-hinh/don-vi/{unit}", get(units::show).merge(post(unit_acts::act)))
        .route("/lam-viec/cau-hinh/mo-don-vi", get(unit_acts::new).merge(post(unit_acts::open)))
        .route("/lam-viec/cau-hinh/phan/{part}", get(records::list))
        .route("/lam-viec/cau-hinh/phan/{part}/{record}", get(records::show).merge(post(records::change)))
        .route("/lam-viec/cau-hinh/them/{part}", get(records::new).merge(post(records::add)))
        .route("/lam-viec/cau-hinh/sua", post(records::again))
        .route("/lam-viec/cau-hinh/thu", post(dry::dry))
        .route("/lam-viec/cau-hinh/thuc-hien", post(dry::carry_out))
        .route("/lam-viec/cau-hinh/lich-su", get(history::list))
        .route("/lam-viec/cau-hinh/lich-su/{number}", get(history::show))
        .route("/lam-viec/cau-hinh/tai-ve", get(files::download))
        .route("/lam-viec/cau-hinh/tep", get(files::list))
        .route("/lam-viec/cau-hinh/tep/{*path}", get(files::show).merge(post(files::change)))
        .merge(uploads)
}

/// The power of whoever is signed in.
fn power(state: &DeskState, signed: &SignedIn) -> Result<Configure, Failure> {
    Ok(Configure::held_by(state.ws(), signed.acting(), signed.holder())?)
}

async fn setting(state: &DeskState) -> Result<Arc<Setting>, Failure> {
    let mut tx = state.ws().store().read().await?;
    Ok(state.ws().setting(&mut tx).await?)
}

/// A local day as the page's language writes it.
fn day(page: &Page, day: Date) -> String {
    match page.lang {
        Lang::En => text::date_en(day),
        _ => text::date(day),
    }
}

/// A segment of an address.
fn segment(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b':');
    name.bytes().fold(String::new(), |out, b| {
        if plain(b) { format!("{out}{}", char::from(b)) } else { format!("{out}%{b:02X}") }
    })
}

/// A unit's name on a day, with its id where it has none.
fn unit_name(setting: &Setting, unit: &str, on: Date) -> String {
    setting.tree.find(unit).map_or_else(|| unit.to_owned(), |ix| setting.tree.name(ix, on).to_owned())
}

fn part_name(page: &Page, part: Part) -> String {
    page.t(&format!("configuration-part-{}", part.as_str()))
}

fn field_name(page: &Page, field: &str) -> String {
    page.t(&format!("configuration-field-{}", field.replace('.', "-")))
}

/// What is wrong, a line each, with its line and column where it has one.
fn said(page: &Page, troubles: &[Trouble]) -> String {
    let lines: Vec<String> =
        troubles.iter().map(|t| nhipcau_messages::problem(page.lang, &t.problem)).collect();
    lines.join("\n")
}

async fn overview(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let power = power(&state, &signed)?;
    let setting = setting(&state).await?;
    let book = configuration::book(state.ws(), &power).await?;
    let today = power.today();
    let open = setting.tree.open_on(today).count();
    let mut rows = vec![vec![
        Cell::link(page.t("configuration-units"), format!("{HERE}/don-vi")),
        Cell::text(page.say1("configuration-units-count", "count", open)),
    ]];
    for part in Part::ALL {
        let count = book.records(part).len();
        let about =
            if part.is_list() { page.say1("configuration-count", "count", count) } else { String::new() };
        rows.push(vec![
            Cell::link(part_name(&page, part), format!("{HERE}/phan/{}", part.as_str())),
            Cell::text(about),
        ]);
    }
    let changes = configuration::changes(state.ws(), &power).await?;
    let mut sheet = Sheet::new(page.clone(), page.t("configuration-title"))
        .lead(page.t("configuration-lead"))
        .with(Block::Links(vec![
            (page.t("configuration-history"), format!("{HERE}/lich-su")),
            (page.t("configuration-files"), format!("{HERE}/tep")),
        ]))
        .with(Block::Table(Table { rows, ..Table::default() }));
    if !changes.is_empty() {
        sheet.push(Block::Heading(page.t("configuration-last-changes")));
        sheet.push(Block::Table(history::table(&page, changes.iter().take(5))));
    }
    sheet.html()
}
