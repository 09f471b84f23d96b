//! What a rule says, as a tree: conditions that compare quantities.
//!
//! Two types, so that a tree that adds conditions or negates a number cannot be built. Printed, a
//! tree is text that parses to the same tree. Written as JSON, a node is an object with one key,
//! its kind:
//!
//! ```json
//! {"compare": {"op": "<=", "left": {"element": "members.registered"}, "right": {"element": "members.total"}}}
//! {"logic": {"op": "and", "left": …, "right": …}}        op: "and", "or", "implies"
//! {"not": …}
//! {"constant": "98"}                                      decimal text: numbers may exceed 2^53
//! {"previous": "members.total"}  {"children": "members.total"}  {"register": "initiatives.collective"}
//! {"arithmetic": {"op": "*", "left": …, "right": …}}      op: "+", "-", "*"
//! ```

use std::fmt;

use serde::{Serialize, Serializer};

use crate::id::ElementId;

/// What holds, does not hold, or is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    /// Two quantities compared.
    Compare {
        /// How.
        op: Relation,
        /// The first.
        left: Quantity,
        /// The second.
        right: Quantity,
    },
    /// Holds where the other does not.
    Not(Box<Condition>),
    /// Two conditions joined.
    Logic {
        /// How.
        op: Connective,
        /// The first; of an implication, what it starts from.
        left: Box<Condition>,
        /// The second.
        right: Box<Condition>,
    },
}

/// A whole number, or unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Quantity {
    /// Written in the rule.
    Constant(#[serde(serialize_with = "as_text")] i64),
    /// Of this return.
    Element(ElementId),
    /// Of the same unit's return for the period before, in the same calendar.
    Previous(ElementId),
    /// The sum over the accepted returns of the units directly below.
    Children(ElementId),
    /// How many the register of that name holds for the unit.
    Register(String),
    /// Two quantities reckoned together.
    Arithmetic {
        /// How.
        op: Operation,
        /// The first.
        left: Box<Quantity>,
        /// The second.
        right: Box<Quantity>,
    },
}

macro_rules! symbols {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $symbol:literal)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        pub enum $name {$(
            $(#[$variant_doc])*
            #[serde(rename = $symbol)]
            $variant,
        )*}

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $symbol,)* })
            }
        }
    };
}

symbols! {
    /// How two quantities compare.
    Relation {
        /// Less than.
        Below = "<"
        /// Less than or equal.
        AtMost = "<="
        /// Greater than.
        Above = ">"
        /// Greater than or equal.
        AtLeast = ">="
        /// The same number.
        Equals = "="
        /// Not the same number.
        Differs = "!="
    }
}

symbols! {
    /// How two quantities are reckoned together. There is no division: ratios are compared by multiplication.
    Operation {
        /// Sum.
        Add = "+"
        /// Difference.
        Subtract = "-"
        /// Product.
        Multiply = "*"
    }
}

symbols! {
    /// How two conditions are joined.
    Connective {
        /// Both hold.
        And = "and"
        /// One of them holds, or both.
        Or = "or"
        /// Where the first holds, the second does.
        Implies = "implies"
    }
}

/// How tightly a node binds when printed: 0 is the loosest.
type Binding = u8;

impl Condition {
    fn binding(&self) -> Binding {
        match self {
            Self::Logic { op: Connective::Implies, .. } => 0,
            Self::Logic { op: Connective::Or, .. } => 1,
            Self::Logic { op: Connective::And, .. } => 2,
            Self::Not(_) => 3,
            Self::Compare { .. } => 4,
        }
    }
}

impl Quantity {
    fn binding(&self) -> Binding {
        match self {
            Self::Arithmetic { op: Operation::Add | Operation::Subtract, .. } => 0,
            Self::Arithmetic { op: Operation::Multiply, .. } => 1,
            _ => 2,
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = self.binding();
        match self {
            Self::Compare { op, left, right } => write!(f, "{left} {op} {right}"),
            Self::Not(inner) => {
                f.write_str("not ")?;
                bracketed(f, inner, inner.binding() < own)
            }
            Self::Logic { op: Connective::Implies, left, right } => write!(f, "if {left} then {right}"),
            Self::Logic { op, left, right } => {
                bracketed(f, left, left.binding() < own)?;
                write!(f, " {op} ")?;
                bracketed(f, right, right.binding() <= own)
            }
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(n) => write!(f, "{n}"),
            Self::Element(element) => write!(f, "{element}"),
            Self::Previous(element) => write!(f, "previous({element})"),
            Self::Children(element) => write!(f, "children({element})"),
            Self::Register(name) => write!(f, "register(\"{name}\")"),
            Self::Arithmetic { op, left, right } => {
                let own = self.binding();
                bracketed(f, left, left.binding() < own)?;
                write!(f, " {op} ")?;
                bracketed(f, right, right.binding() <= own)
            }
        }
    }
}

fn bracketed(f: &mut fmt::Formatter<'_>, inner: &impl fmt::Display, brackets: bool) -> fmt::Result {
    if brackets { write!(f, "({inner})") } else { write!(f, "{inner}") }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn as_text<S: Serializer>(n: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(n)
}
