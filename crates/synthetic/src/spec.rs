//! `synthetic.toml`: what must come out, and how.

use nhipcau_domain::problem::Problem;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Spec {
    /// Every period of a form that lies within this one is filled in.
    pub(crate) period: String,
    /// Earlier periods to fill in as well, so that there is something to compare with.
    #[serde(default)]
    pub(crate) before: Vec<String>,
    /// Stands in every workbook: that the data are synthetic.
    pub(crate) notice: String,
    /// Units that never report.
    #[serde(default)]
    pub(crate) never: Vec<String>,
    #[serde(default)]
    pub(crate) fill: Vec<Fill>,
    #[serde(default)]
    pub(crate) words: Vec<Words>,
    #[serde(default)]
    pub(crate) broken: Vec<Broken>,
}

/// Fills one element in, over the returns that the filters leave. In the file's order: a later one
/// reads what an earlier one filled in.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Fill {
    pub(crate) element: String,
    /// Within which period; the file's own where it is not given.
    pub(crate) period: Option<String>,
    /// Only units of these kinds; empty for all.
    #[serde(default)]
    pub(crate) kinds: Vec<String>,
    /// Only units whose parent is of these kinds; empty for all.
    #[serde(default)]
    pub(crate) parent_kinds: Vec<String>,
    /// Only these units; empty for all.
    #[serde(default)]
    pub(crate) units: Vec<String>,
    /// Not these.
    #[serde(default)]
    pub(crate) except: Vec<String>,
    /// A total to spread.
    pub(crate) total: Option<i64>,
    /// The least of one return.
    #[serde(default)]
    pub(crate) min: i64,
    /// The most of one return.
    pub(crate) max: Option<i64>,
    /// The most of one return is also the sum of these elements, `-` before those taken off.
    #[serde(default)]
    pub(crate) at_most: Vec<String>,
    /// The least of one return is also the sum of these.
    #[serde(default)]
    pub(crate) at_least: Vec<String>,
    /// How unequal, from 0.
    #[serde(default = "one")]
    pub(crate) clumps: u32,
    /// The same value everywhere.
    pub(crate) value: Option<i64>,
    /// What the register of this name holds for the unit.
    pub(crate) register: Option<String>,
    /// The sum of these elements of the same return.
    pub(crate) sum: Option<Vec<String>>,
    /// The sum over the units below.
    pub(crate) below: Option<Below>,
}

fn one() -> u32 {
    1
}

/// What the units straight below filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Below {
    pub(crate) of: String,
    #[serde(default)]
    pub(crate) kinds: Vec<String>,
}

/// Answers in words, to some of the units.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) data_set: String,
    pub(crate) field: String,
    /// How many of a hundred units answer.
    pub(crate) percent: u64,
    pub(crate) texts: Vec<String>,
}

/// A file that is broken on purpose, beside the unit's good one.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Broken {
    pub(crate) how: How,
    pub(crate) unit: String,
    /// Its name; made up where it is not given.
    pub(crate) file: Option<String>,
    pub(crate) element: Option<String>,
    /// The text typed where a number belongs.
    pub(crate) text: Option<String>,
    /// How much is added to the value.
    #[serde(default)]
    pub(crate) by: i64,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum How {
    /// A form that this campaign does not have.
    WrongForm,
    /// Words in a number's cell.
    TextInNumber,
    /// A value that a check refuses.
    RefusedByCheck,
    /// The good file once more under another name.
    Copy,
    /// The good file comes second; the first one had another value.
    Corrected,
}

impl Spec {
    /// The periods that are filled in, earlier ones first.
    pub(crate) fn periods(&self) -> impl Iterator<Item = &str> {
        self.before.iter().chain([&self.period]).map(String::as_str)
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let text = String::from_utf8_lossy(bytes);
        toml::from_str(&text).map_err(|e| {
            let before = e.span().and_then(|s| text.get(..s.start)).unwrap_or("");
            let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            Problem::new("synthetic-file-broken")
                .with("detail", e.message())
                .in_file("synthetic.toml")
                .at_line(line, u32::try_from(column).unwrap_or(u32::MAX))
        })
    }
}

/// The sentence of a `synthetic.toml` that says that the data are synthetic.
pub fn notice(spec: &[u8]) -> Result<String, Problem> {
    Spec::read(spec).map(|s| s.notice)
}

/// The period that a `synthetic.toml` makes returns for.
pub fn period(spec: &[u8]) -> Result<nhipcau_domain::id::PeriodId, Problem> {
    Spec::read(spec).map(|s| s.period.as_str().into())
}
