//! Checks: rules as data, over a return's elements, another period's, or children's.

use serde::{Deserialize, Serialize};

use crate::{
    id::{DataSetId, KindId},
    problem::Severity,
};

/// A check as it is configured. What it says must hold; where it does not, its message is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name in configuration.
    pub id: String,
    /// The form that it checks.
    pub data_set: DataSetId,
    /// Only for units of these kinds; empty for all.
    #[serde(default)]
    pub kinds: Vec<KindId>,
    /// What must hold, such as `members.registered <= members.total`.
    pub holds: String,
    /// What happens where it does not.
    pub severity: Severity,
    /// The sentence shown, in Vietnamese; `{members.total}` stands for that value.
    pub message: String,
    /// The same in English.
    #[serde(default)]
    pub message_en: String,
}
