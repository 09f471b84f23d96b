//! Names of things that are set up: stable, chosen once, never reused.
//!
//! Official codes are reused for other territory, so a code is never an identity; see
//! [`crate::tree`]. Records that are made by an act (a return, a revision, an edition) are named by
//! `UUIDv7` where they are stored.

use std::{borrow::Borrow, fmt, ops::Deref, sync::Arc};

use serde::{Deserialize, Serialize};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the name as it is.
            #[must_use]
            pub fn new(name: &str) -> Self {
                Self(name.into())
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self::new(name)
            }
        }

        impl From<String> for $name {
            fn from(name: String) -> Self {
                Self(name.into())
            }
        }

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    )*};
}

names! {
    /// An organisation unit (đơn vị).
    UnitId
    /// What a unit is (loại đơn vị): a hamlet's cell, a commune's committee, an initiative.
    KindId
    /// A unit of measure (đơn vị tính): people, documents, đồng.
    MeasureId
    /// One thing counted (chỉ tiêu số liệu).
    ElementId
    /// A form (biểu mẫu).
    DataSetId
    /// A calendar of periods (lịch báo cáo).
    CalendarId
    /// A reporting period (kỳ báo cáo).
    PeriodId
    /// An indicator (chỉ số).
    IndicatorId
    /// The office that acts (cơ quan thực hiện): history belongs to offices, not to persons.
    OfficeId
    /// A reason for being exempt, or for a correction.
    ReasonId
    /// A column of the site (chuyên mục); its address may change, its name here does not.
    ColumnId
}
