//! Indicators (chỉ số): numerator ÷ denominator in exact integers, with named exclusions.

use serde::{Deserialize, Serialize};

use crate::id::{ElementId, IndicatorId, KindId, MeasureId};

/// Which units an indicator counts, within the scope that it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Only units of these kinds (as of the period's last day); empty for all.
    pub kinds: Vec<KindId>,
    /// Only units that report straight to the scope's unit (`true`), or only the others (`false`).
    pub direct: Option<bool>,
    /// Only units somewhere below a unit of one of these kinds; empty for all.
    pub under: Vec<KindId>,
}

impl Filter {
    /// Whether the filter asks where a unit stands, so that roll-ups by kind cannot answer it.
    #[must_use]
    pub fn needs_place(&self) -> bool {
        self.direct.is_some() || !self.under.is_empty()
    }
}

/// One disjoint part of what is taken off: those in exactly these groups and no other.
///
/// Counts alone give no union, so the form asks *only from meetings*, *only from work* and *both*:
/// each is a part, each person is in one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExcludedPart {
    /// The groups that people of this part are in.
    pub groups: Vec<String>,
    /// The element that counts them in the numerator.
    pub numerator: ElementId,
    /// The element that counts them in the denominator.
    pub denominator: ElementId,
}

/// Named groups that are taken off both sides, as a union.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exclusions {
    /// The words that stand in the report, such as "đã trừ các đồng chí miễn sinh hoạt, miễn công tác".
    pub name: String,
    /// The groups, by name in configuration and in Vietnamese.
    pub groups: Vec<(String, String)>,
    /// Whether one person can be in two groups; if so, every combination needs a part of its own.
    pub overlap: bool,
    /// The disjoint parts that make up the union.
    pub parts: Vec<ExcludedPart>,
}

/// How a figure is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Formula {
    /// Σ of elements.
    Count {
        /// The elements, all of one unit of measure.
        of: Vec<ElementId>,
    },
    /// Σn ÷ Σd, never a mean of percentages.
    Ratio {
        /// Elements of the numerator.
        numerator: Vec<ElementId>,
        /// Elements of the denominator, of the same unit of measure.
        denominator: Vec<ElementId>,
        /// What is taken off both.
        #[serde(default)]
        exclusions: Option<Exclusions>,
    },
    /// Values that do not add: listed, one each.
    Rate {
        /// The element.
        of: ElementId,
    },
    /// A sum of other figures, by a rule.
    Derived {
        /// The figures that are added.
        sum: Vec<IndicatorId>,
    },
    /// Quoted from elsewhere: numerator and denominator unknown, never back-calculated.
    Claim {
        /// The number as published.
        value: i64,
        /// Where it was published.
        source: String,
    },
}

/// How the figure is worded. Strict at the boundary, always cut, never rounded up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WordingRule {
    /// "trên N": said only if strictly above. In whole per cent for a ratio, else in the unit of measure.
    pub over: Option<i64>,
    /// "gần N": said if below `over`, by at most this distance (tenths of a per cent for a ratio,
    /// else in the unit of measure).
    pub nearly_within: Option<i64>,
    /// Decimals of an exact percentage, 0 to 3; 1 if not given.
    pub decimals: Option<u8>,
}

/// An indicator (chỉ số).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its key, such as `members.registered`.
    pub id: IndicatorId,
    /// Its name in Vietnamese.
    pub name: String,
    /// What it says and of whom, in words.
    #[serde(default)]
    pub definition: String,
    /// Its unit of measure: of the count, or of what a ratio is a share of.
    pub measure: MeasureId,
    /// How it is made.
    pub formula: Formula,
    /// Which units count.
    #[serde(default)]
    pub filter: Filter,
    /// How it is worded.
    #[serde(default)]
    pub wording: WordingRule,
    /// The words of the published quote that it answers to, if any; shown, never computed with.
    #[serde(default)]
    pub quote: Option<String>,
}
