//! What waits for a reviewer, one return beside others, and what is decided.

mod deciding;

use axum::extract::State;
use nhipcau_actions::{
    powers::Review,
    review::{self, Heading, Remark},
};
use nhipcau_domain::{Date, Timestamp, returns::Value};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Ways, attachments::ReturnAttachment, returns::Standing};
use crate::{
    body::{Answer, Asked, At, Result},
    caller::Caller,
    describe::Refusals,
    page::{Turn, following},
    shape::{Content, Event, Given, Key, Named, Period, Said, Status},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(queue)).routes(routes!(return_beside)).merge(deciding::ways())
}

/// Which returns; what is not named is everything in reach.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Of this form.
    #[param(required = false)]
    data_set: Option<String>,
    /// For this period. None: for each form the last period that has ended, and every one of which a
    /// return waits.
    #[param(required = false)]
    period: Option<String>,
    /// Of this unit and everyone below it.
    #[param(required = false)]
    branch: Option<String>,
}

impl Which {
    pub fn asked(self) -> review::Asked {
        review::Asked {
            data_set: self.data_set.map(Into::into),
            period: self.period.map(Into::into),
            branch: self.branch.map(Into::into),
        }
    }
}

/// Why something is in the queue.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Why {
    /// Waits, and a check has something to say.
    Flagged,
    /// Waits, and was sent before.
    Corrected,
    /// Waits, for the first time.
    New,
    /// Did not come in time.
    Overdue,
}

impl Why {
    fn heading(self) -> Heading {
        match self {
            Self::Flagged => Heading::Flagged,
            Self::Corrected => Heading::Corrected,
            Self::New => Heading::New,
            Self::Overdue => Heading::Overdue,
        }
    }

    fn of(heading: Heading) -> Self {
        match heading {
            Heading::Flagged => Self::Flagged,
            Heading::Corrected => Self::Corrected,
            Heading::New => Self::New,
            Heading::Overdue => Self::Overdue,
        }
    }
}

/// Under which heading.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Under {
    /// Only those under this heading.
    #[param(required = false, inline)]
    heading: Option<Why>,
}

/// How many returns stand where.
#[derive(Serialize, ToSchema)]
pub(super) struct Standings {
    /// All that are owed.
    expected: usize,
    /// Sent, not reviewed.
    waiting: usize,
    /// Not there, too late.
    overdue: usize,
    /// Not there, in time yet.
    later: usize,
    /// Accepted.
    accepted: usize,
    /// Excused.
    exempt: usize,
}

impl Standings {
    pub fn of(s: &review::Standings) -> Self {
        let review::Standings { expected, waiting, overdue, later, accepted, exempt } = *s;
        Self { expected, waiting, overdue, later, accepted, exempt }
    }
}

/// A piece of the queue.
#[derive(Serialize, ToSchema)]
struct Queue {
    /// What is to be looked at, the most urgent first.
    items: Vec<Item>,
    /// What to ask for next, as `after`; none at the end.
    next: Option<String>,
    /// Where all that is owed stands.
    standings: Standings,
}

/// One thing to look at.
#[derive(Serialize, ToSchema)]
struct Item {
    /// Why it is here.
    heading: Why,
    /// Which return.
    key: Key,
    /// The unit's name then.
    unit: String,
    /// The unit that it reports to.
    branch: Option<Named>,
    /// The last day for it.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Its status.
    status: Status,
    /// The revision that waits, to be named when it is decided; 0 where none does.
    revision: u32,
    /// When that was sent.
    #[schema(value_type = Option<String>, format = DateTime)]
    sent: Option<Timestamp>,
    /// What the checks say about it.
    findings: Vec<Said>,
}

/// What waits for review: fifty at a time.
#[utoipa::path(get, path = "/queue", tag = "review", security(("token" = ["review"])), params(Which, Under, Turn),
    responses((status = 200, description = "What waits.", body = Queue), Refusals))]
async fn queue(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(which): Asked<Which>,
    Asked(under): Asked<Under>,
    Asked(turn): Asked<Turn>,
) -> Result<Queue> {
    let over = caller.over::<Review>(&api)?;
    let (number, heading) = (turn.number()?, under.heading.map(Why::heading));
    let page = usize::try_from(number).unwrap_or(usize::MAX);
    let found = review::queue(api.ws(), &over, &which.asked(), heading, page).await?;
    caller.looked(&api).await?;
    let items = if page > found.pages { Vec::new() } else { found.items };
    Ok(Answer(Queue {
        next: following(number, page < found.pages),
        standings: Standings::of(&found.standings),
        items: items
            .into_iter()
            .map(|i| Item {
                heading: Why::of(i.heading),
                key: Key::of(&i.key),
                branch: i.branch.map(|(id, name)| Named::new(&*id, name)),
                due: i.due,
                status: i.status.into(),
                revision: i.revision,
                sent: i.sent.map(|(at, _, _)| at),
                findings: Said::all(caller.lang, &i.findings),
                unit: i.unit,
            })
            .collect(),
    }))
}

/// A return under review, beside what it can be compared with.
#[derive(Serialize, ToSchema)]
struct Beside {
    /// Which.
    key: Key,
    /// The unit's name then.
    unit: String,
    /// The unit that it reports to.
    branch: Option<Named>,
    /// The period.
    period: Period,
    /// The periods before it, the nearest first.
    before: Vec<Period>,
    /// The last day for it.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Where it stands.
    state: Standing,
    /// The revision that is shown; 0 where nothing was sent.
    revision: u32,
    /// What that says.
    content: Option<Content>,
    /// Every element, beside the periods before and the siblings.
    rows: Vec<Row>,
    /// What the checks say.
    findings: Vec<Said>,
    /// The files that go with it, once it was sent.
    files: Vec<ReturnAttachment>,
    /// Everything that happened to it, the latest first.
    history: Vec<Event>,
}

/// An element beside what it can be compared with.
#[derive(Serialize, ToSchema)]
struct Row {
    /// The element.
    element: String,
    /// What is shown.
    value: Option<Given>,
    /// What counts until now, where that differs.
    counts: Option<Given>,
    /// What was accepted for the periods before, the nearest first.
    before: Vec<Option<Given>>,
    /// The siblings' numbers.
    siblings: Option<Spread>,
    /// What stands out.
    remarks: Vec<Outlier>,
}

/// The numbers of several units.
#[derive(Serialize, ToSchema)]
struct Spread {
    /// Of how many units.
    units: usize,
    /// The least.
    least: i64,
    /// The median; between two middle ones the lower.
    median: i64,
    /// The most.
    most: i64,
}

/// How a number stands out.
#[derive(Serialize, ToSchema)]
struct Outlier {
    /// `above-siblings`, `below-siblings`, `above-previous` or `below-previous`.
    how: &'static str,
    /// How many times, cut; none where one of the two is 0.
    times: Option<i64>,
}

fn outlier(remark: &Remark) -> Outlier {
    let (how, times) = match *remark {
        Remark::AboveSiblings(times) => ("above-siblings", Some(times)),
        Remark::BelowSiblings(times) => ("below-siblings", times),
        Remark::AbovePrevious(times) => ("above-previous", Some(times)),
        Remark::BelowPrevious(times) => ("below-previous", times),
    };
    Outlier { how, times }
}

/// A return beside its last periods and its siblings.
#[utoipa::path(get, path = "/returns/{data_set}/{period}/{unit}/review", tag = "review",
    security(("token" = ["review"])), params(Key),
    responses((status = 200, description = "The return.", body = Beside), Refusals))]
async fn return_beside(State(api): State<ApiState>, caller: Caller, At(at): At<Key>) -> Result<Beside> {
    let over = caller.over::<Review>(&api)?;
    let found = review::beside(api.ws(), &over, &at.key()).await?;
    caller.looked(&api).await?;
    let given = |v: &Option<Value>| v.as_ref().map(Given::of);
    let rows = found.rows.iter().map(|r| Row {
        element: r.element.id.to_string(),
        value: given(&r.value),
        counts: given(&r.counts),
        before: r.before.iter().map(given).collect(),
        siblings: r.siblings.map(|s| Spread {
            units: s.units,
            least: s.least,
            median: s.median,
            most: s.most,
        }),
        remarks: r.remarks.iter().map(outlier).collect(),
    });
    Ok(Answer(Beside {
        key: at,
        unit: found.unit.clone(),
        branch: found.branch.as_ref().map(|(id, name)| Named::new(&**id, name.clone())),
        period: Period::of(&found.period),
        before: found.before.iter().map(Period::of).collect(),
        due: found.due,
        state: Standing::of(&found.state),
        revision: found.shown.as_ref().map_or(0, |r| r.number),
        content: found.shown.as_ref().map(|r| Content::of(&r.submission)),
        rows: rows.collect(),
        findings: Said::all(caller.lang, &found.findings),
        files: found.files.iter().map(ReturnAttachment::of).collect(),
        history: found.history.iter().map(Event::of).collect(),
    }))
}
