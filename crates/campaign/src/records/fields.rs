//! The fields of each part's records, in the order of their form.

use super::{
    Cell::{Day, List, Number, Text},
    Column, Field, Is, Part,
};

const fn needs(name: &'static str, is: Is) -> Field {
    Field { name, is, needed: true }
}

const fn may(name: &'static str, is: Is) -> Field {
    Field { name, is, needed: false }
}

const fn column(name: &'static str, is: super::Cell) -> Column {
    Column { name, is }
}

const ID: Field = needs("id", Is::Name);
const NAME: Field = needs("name", Is::Text);
const NAME_EN: Field = needs("name-en", Is::Text);

const CAMPAIGN: &[Field] = &[
    needs("id", Is::Text),
    NAME,
    needs("scope", Is::Unit),
    needs("office", Is::One(Part::Office)),
    may("notice", Is::Words),
    needs("small-cell-threshold", Is::Number),
    may("initiative-kind", Is::One(Part::Kind)),
];
const KIND: &[Field] = &[ID, NAME, NAME_EN];
const MEASURE: &[Field] = &[ID, NAME, NAME_EN, may("people", Is::Flag)];
const OFFICE: &[Field] = &[ID, NAME, needs("unit", Is::Unit)];
const REASON: &[Field] = &[needs("code", Is::Name), NAME];
const PERIODS: &[Column] =
    &[column("id", Text), column("first", Day), column("last", Day), column("name", Text)];
const CALENDAR: &[Field] =
    &[ID, NAME, may("tiles", Is::Many(Part::Calendar)), may("period", Is::Rows(PERIODS))];
const DEFINITIONS: &[Column] = &[column("from", Day), column("definition", Text)];
const ELEMENT: &[Field] = &[
    ID,
    NAME,
    may("section", Is::Text),
    needs("measure", Is::One(Part::Measure)),
    needs("time", Is::Choice(&["flow", "stock"])),
    may("adds", Is::Choice(&["", "lists"])),
    needs("data-set", Is::One(Part::Form)),
    may("definitions", Is::Rows(DEFINITIONS)),
];
const DEADLINES: &[Column] = &[column("days", Number), column("kind", Text)];
const QUESTIONS: &[Column] = &[column("id", Text), column("name", Text)];
const FORM: &[Field] = &[
    ID,
    NAME,
    needs("calendar", Is::One(Part::Calendar)),
    needs("elements", Is::Ordered(Part::Element)),
    may("roster.kinds", Is::Many(Part::Kind)),
    may("roster.units", Is::Units),
    may("roster.except", Is::Units),
    may("roster.from", Is::Day),
    may("roster.until", Is::Day),
    may("deadlines", Is::Rows(DEADLINES)),
    may("words", Is::Rows(QUESTIONS)),
    may("instructions", Is::Lines),
];
const GROUPS: &[Column] = &[column("id", Text), column("name", Text)];
const PARTS: &[Column] = &[column("groups", List), column("numerator", Text), column("denominator", Text)];
const INDICATOR: &[Field] = &[
    ID,
    NAME,
    may("definition", Is::Words),
    needs("measure", Is::One(Part::Measure)),
    may("count", Is::Many(Part::Element)),
    may("ratio.numerator", Is::Many(Part::Element)),
    may("ratio.denominator", Is::Many(Part::Element)),
    may("ratio.exclusions.name", Is::Text),
    may("ratio.exclusions.groups", Is::Rows(GROUPS)),
    may("ratio.exclusions.overlap", Is::Flag),
    may("ratio.exclusions.parts", Is::Rows(PARTS)),
    may("rate", Is::One(Part::Element)),
    may("sum", Is::Many(Part::Indicator)),
    may("claim.value", Is::Number),
    may("claim.source", Is::Text),
    may("filter.kinds", Is::Many(Part::Kind)),
    may("filter.direct", Is::Choice(&["", "true", "false"])),
    may("filter.under", Is::Many(Part::Kind)),
    may("wording.over", Is::Number),
    may("wording.nearly-within", Is::Number),
    may("wording.decimals", Is::Number),
    may("quote", Is::Text),
];
const CHECK: &[Field] = &[
    ID,
    needs("data-set", Is::One(Part::Form)),
    may("kinds", Is::Many(Part::Kind)),
    needs("holds", Is::Words),
    needs("severity", Is::Choice(&["refuse", "explain", "notice"])),
    needs("message", Is::Words),
    may("message-en", Is::Words),
];
const TARGET: &[Field] = &[
    needs("indicator", Is::One(Part::Indicator)),
    needs("period", Is::Period),
    needs("value", Is::Number),
    needs("source", Is::Text),
];
const RELATIONS: &[Column] = &[column("relation", Text), column("directive", Text)];
const DIRECTIVE: &[Field] = &[
    ID,
    needs("number", Is::Text),
    needs("kind", Is::Text),
    needs("issuer", Is::Text),
    may("unit", Is::Unit),
    needs("issued", Is::Day),
    needs("subject", Is::Words),
    may("relations", Is::Rows(RELATIONS)),
];
const INITIATIVE: &[Field] = &[
    needs("unit", Is::Name),
    NAME,
    needs("field", Is::Text),
    needs("type", Is::Choice(&["collective", "individual"])),
    needs("owner", Is::Unit),
    needs("started", Is::Day),
    may("ended", Is::Day),
];
const REPORT: &[Field] = &[ID, needs("text", Is::Words)];

impl Part {
    /// The fields of its records, in the order of their form.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Campaign => CAMPAIGN,
            Self::Kind => KIND,
            Self::Measure => MEASURE,
            Self::Office => OFFICE,
            Self::Reason => REASON,
            Self::Calendar => CALENDAR,
            Self::Element => ELEMENT,
            Self::Form => FORM,
            Self::Indicator => INDICATOR,
            Self::Check => CHECK,
            Self::Target => TARGET,
            Self::Directive => DIRECTIVE,
            Self::Initiative => INITIATIVE,
            Self::Report => REPORT,
        }
    }

    /// A field of its records.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|f| f.name == name)
    }
}
