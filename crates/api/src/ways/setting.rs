//! What is set up: units, forms, elements, periods, checks, indicators.

use std::sync::Arc;

use axum::extract::State;
use nhipcau_actions::Setting;
use nhipcau_domain::{
    Date,
    element::{TimeRule, UnitRule},
    indicator::Formula,
    problem::Severity,
    text,
    tree::Ix,
};
use nhipcau_messages::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Ways;
use crate::{
    body::{Answer, Asked, At, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Piece, Turn},
    shape::{Named, Period},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(units))
        .routes(routes!(unit))
        .routes(routes!(data_sets))
        .routes(routes!(data_set))
        .routes(routes!(periods))
        .routes(routes!(indicators))
}

pub(super) async fn setting(api: &ApiState) -> std::result::Result<Arc<Setting>, Failure> {
    let mut tx = api.ws().store().read().await?;
    Ok(api.ws().setting(&mut tx).await?)
}

/// A unit on a day.
#[derive(Serialize, ToSchema)]
struct Unit {
    /// Its id, which is never used for another one.
    id: String,
    /// Its name on that day.
    name: String,
    /// What it is.
    kind: String,
    /// Its official code on that day; codes are used again for other units.
    code: Option<String>,
    /// The unit that it reports to.
    parent: Option<String>,
    /// The day on which it opened.
    #[schema(value_type = String, format = Date)]
    opened: Date,
    /// The first day on which it is no more.
    #[schema(value_type = Option<String>, format = Date)]
    closed: Option<Date>,
    /// What it became.
    successors: Vec<String>,
}

fn shown(setting: &Setting, ix: Ix, day: Date) -> Unit {
    let tree = &setting.tree;
    let day = if tree.is_open(ix, day) { day } else { tree.opened(ix) };
    Unit {
        id: tree.id(ix).to_string(),
        name: tree.name(ix, day).to_owned(),
        kind: tree.kind(ix, day).to_string(),
        code: tree.code(ix, day).map(str::to_owned),
        parent: tree.parent(ix, day).map(|p| tree.id(p).to_string()),
        opened: tree.opened(ix),
        closed: tree.closed(ix),
        successors: tree.successors(ix).iter().map(|s| tree.id(*s).to_string()).collect(),
    }
}

/// Which units.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UnitsAsked {
    /// Under the tree of that day; today's unless it is said otherwise.
    #[param(required = false, value_type = String, format = Date)]
    on: Option<Date>,
    /// Only those below this unit, and itself.
    #[param(required = false)]
    under: Option<String>,
}

/// Units that are open on a day, by id.
#[utoipa::path(get, path = "/units", tag = "setting", security(("token" = [])), params(UnitsAsked, Turn),
    responses((status = 200, description = "Units.", body = Piece<Unit>), Refusals))]
async fn units(
    State(api): State<ApiState>,
    _: Caller,
    Asked(asked): Asked<UnitsAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<Unit>> {
    let setting = setting(&api).await?;
    let tree = &setting.tree;
    let day = asked.on.unwrap_or_else(|| text::local_day(api.ws().now()));
    let open: Vec<Ix> = match &asked.under {
        Some(unit) => tree.within(tree.find(unit).ok_or_else(Failure::not_found)?, day),
        None => tree.open_on(day).collect(),
    };
    Ok(Answer(turn.of(open, |ix| tree.id(*ix).to_string(), |ix| shown(&setting, ix, day))))
}

/// A unit's id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct UnitAt {
    /// The unit's id.
    unit: String,
}

/// Which day.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DayAsked {
    /// On that day; today unless it is said otherwise.
    #[param(required = false, value_type = String, format = Date)]
    on: Option<Date>,
}

/// One unit; as it was when it opened, where it is not open on the day.
#[utoipa::path(get, path = "/units/{unit}", tag = "setting", security(("token" = [])), params(UnitAt, DayAsked),
    responses((status = 200, description = "The unit.", body = Unit), Refusals))]
async fn unit(
    State(api): State<ApiState>,
    _: Caller,
    At(at): At<UnitAt>,
    Asked(asked): Asked<DayAsked>,
) -> Result<Unit> {
    let setting = setting(&api).await?;
    let ix = setting.tree.find(&at.unit).ok_or_else(Failure::not_found)?;
    let day = asked.on.unwrap_or_else(|| text::local_day(api.ws().now()));
    Ok(Answer(shown(&setting, ix, day)))
}

/// A form.
#[derive(Serialize, ToSchema)]
struct DataSet {
    /// Its id.
    id: String,
    /// Its title.
    name: String,
    /// The calendar of its periods.
    calendar: String,
    /// Kinds of units that owe it.
    kinds: Vec<String>,
    /// What to mind.
    instructions: Vec<String>,
    /// What it asks for in numbers, in order.
    elements: Vec<Element>,
    /// What it asks for in words.
    words: Vec<Named>,
    /// What its checks ask for.
    checks: Vec<Check>,
    /// Reasons for which an answer may be exempt: code and words.
    exempt_reasons: Vec<Named>,
}

/// One thing counted.
#[derive(Serialize, ToSchema)]
struct Element {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// The heading that it stands under; may be empty.
    section: String,
    /// Its unit of measure.
    measure: Named,
    /// Whether it counts people, so that small counts are protected.
    people: bool,
    /// `flow` adds over time, `stock` is the last value.
    time: &'static str,
    /// Whether it adds over units.
    adds: bool,
    /// What counts: from which day on, in which words.
    definitions: Vec<Definition>,
}

/// What counts, from a day on.
#[derive(Serialize, ToSchema)]
struct Definition {
    /// From that day on.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// In words.
    text: String,
}

/// A rule that returns are held to.
#[derive(Serialize, ToSchema)]
struct Check {
    /// Its id.
    id: String,
    /// Kinds of units that it concerns; empty is all.
    kinds: Vec<String>,
    /// What has to hold, in the rules' language.
    holds: String,
    /// `refuse`, `explain` or `notice`.
    severity: &'static str,
    /// What it says where it does not hold.
    message: String,
}

fn form(setting: &Setting, lang: Lang, form: &nhipcau_domain::dataset::DataSet) -> DataSet {
    let definitions = &setting.definitions;
    let elements = definitions.elements_of(form).map(|e| {
        let measure = definitions.measure(&e.measure);
        let name = measure.map(|m| if lang == Lang::En { m.name_en.clone() } else { m.name.clone() });
        Element {
            id: e.id.to_string(),
            name: e.name.clone(),
            section: e.section.clone(),
            measure: Named::new(e.measure.as_str(), name.unwrap_or_default()),
            people: measure.is_none_or(|m| m.people),
            time: match e.time {
                TimeRule::Flow => "flow",
                TimeRule::Stock => "stock",
            },
            adds: e.adds == UnitRule::Adds,
            definitions: e
                .definitions
                .iter()
                .map(|d| Definition { from: d.from, text: d.text.clone() })
                .collect(),
        }
    });
    let rules = definitions.rules.iter().filter(|r| r.data_set == form.id).map(|r| Check {
        id: r.id.clone(),
        kinds: r.kinds.iter().map(ToString::to_string).collect(),
        holds: r.holds.clone(),
        severity: match r.severity {
            Severity::Notice => "notice",
            Severity::Explain => "explain",
            Severity::Refuse => "refuse",
        },
        message: match lang {
            Lang::En if !r.message_en.is_empty() => r.message_en.clone(),
            _ => r.message.clone(),
        },
    });
    DataSet {
        id: form.id.to_string(),
        name: form.name.clone(),
        calendar: form.calendar.to_string(),
        kinds: form.roster.kinds.iter().map(ToString::to_string).collect(),
        instructions: form.instructions.clone(),
        elements: elements.collect(),
        words: form.words.iter().map(|f| Named::new(&f.id, f.name.clone())).collect(),
        checks: rules.collect(),
        exempt_reasons: definitions.exempt_reasons.iter().map(|(c, w)| Named::new(c, w.clone())).collect(),
    }
}

/// The forms.
#[utoipa::path(get, path = "/data-sets", tag = "setting", security(("token" = [])), params(Turn),
    responses((status = 200, description = "Forms.", body = Piece<Named>), Refusals))]
async fn data_sets(State(api): State<ApiState>, _: Caller, Asked(turn): Asked<Turn>) -> Result<Piece<Named>> {
    let setting = setting(&api).await?;
    let forms: Vec<_> = setting.definitions.data_sets.iter().collect();
    Ok(Answer(turn.of(forms, |f| f.id.to_string(), |f| Named::new(f.id.as_str(), f.name.clone()))))
}

/// A form's id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct DataSetAt {
    /// The form's id.
    data_set: String,
}

/// One form: its elements with their definitions, its checks.
#[utoipa::path(get, path = "/data-sets/{data_set}", tag = "setting", security(("token" = [])), params(DataSetAt),
    responses((status = 200, description = "The form.", body = DataSet), Refusals))]
async fn data_set(State(api): State<ApiState>, caller: Caller, At(at): At<DataSetAt>) -> Result<DataSet> {
    let setting = setting(&api).await?;
    let found = setting.definitions.data_set(&at.data_set).ok_or_else(Failure::not_found)?;
    Ok(Answer(form(&setting, caller.lang, found)))
}

/// Which periods.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PeriodsAsked {
    /// Only those of this calendar.
    #[param(required = false)]
    calendar: Option<String>,
}

/// Reporting periods, by id.
#[utoipa::path(get, path = "/periods", tag = "setting", security(("token" = [])), params(PeriodsAsked, Turn),
    responses((status = 200, description = "Periods.", body = Piece<Period>), Refusals))]
async fn periods(
    State(api): State<ApiState>,
    _: Caller,
    Asked(asked): Asked<PeriodsAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<Period>> {
    let setting = setting(&api).await?;
    let of = |id: &str| asked.calendar.as_ref().is_none_or(|c| c == id);
    let calendars = setting.definitions.calendars.iter().filter(|c| of(&c.id));
    let all: Vec<_> = calendars.flat_map(|c| &c.periods).collect();
    Ok(Answer(turn.of(all, |p| p.id.to_string(), Period::of)))
}

/// An indicator.
#[derive(Serialize, ToSchema)]
struct Indicator {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// What it says and of whom, in words.
    definition: String,
    /// Its unit of measure.
    measure: String,
    /// `count`, `ratio`, `rate`, `derived` or `claim`.
    formula: &'static str,
    /// The elements, or for a derived one the indicators, that it is made of: above the line.
    numerator: Vec<String>,
    /// Below the line; empty for what is no share.
    denominator: Vec<String>,
    /// What is taken off both, in the report's words; none where nothing is.
    exclusion: Option<String>,
    /// The published words that it answers to.
    quote: Option<String>,
}

fn indicator(i: &nhipcau_domain::indicator::Indicator) -> Indicator {
    let ids = |of: &[nhipcau_domain::id::ElementId]| of.iter().map(ToString::to_string).collect();
    let (formula, numerator, denominator, exclusion): (_, Vec<String>, Vec<String>, _) = match &i.formula {
        Formula::Count { of } => ("count", ids(of), Vec::new(), None),
        Formula::Ratio { numerator, denominator, exclusions } => {
            ("ratio", ids(numerator), ids(denominator), exclusions.as_ref().map(|x| x.name.clone()))
        }
        Formula::Rate { of } => ("rate", vec![of.to_string()], Vec::new(), None),
        Formula::Derived { sum } => {
            ("derived", sum.iter().map(ToString::to_string).collect(), Vec::new(), None)
        }
        Formula::Claim { .. } => ("claim", Vec::new(), Vec::new(), None),
    };
    Indicator {
        id: i.id.to_string(),
        name: i.name.clone(),
        definition: i.definition.clone(),
        measure: i.measure.to_string(),
        formula,
        numerator,
        denominator,
        exclusion,
        quote: i.quote.clone(),
    }
}

/// The indicators.
#[utoipa::path(get, path = "/indicators", tag = "setting", security(("token" = [])), params(Turn),
    responses((status = 200, description = "Indicators.", body = Piece<Indicator>), Refusals))]
async fn indicators(
    State(api): State<ApiState>,
    _: Caller,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<Indicator>> {
    let setting = setting(&api).await?;
    let all: Vec<_> = setting.definitions.indicators.iter().collect();
    Ok(Answer(turn.of(all, |i| i.id.to_string(), indicator)))
}
