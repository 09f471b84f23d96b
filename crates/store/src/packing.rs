//! How a revision's values, cells and words are written down: short, and read back exactly.
//!
//! Values are a JSON array in the order of the revision's layout: `12` a number, `null` not
//! reported, `"na"` not applicable, `{"x":"reason"}` exempt. Cells are addresses with spaces
//! between them, `-` for a typed value, or nothing at all when every value was typed.

use std::fmt::{self, Write as _};

use nhipcau_domain::{
    id::ElementId,
    returns::{Entry, Value},
};
use serde::{
    Deserialize,
    de::{self, MapAccess, Visitor},
};

use crate::{Result, StoreError};

/// The values of these entries.
pub(crate) fn values(entries: &[Entry]) -> String {
    let mut out = String::with_capacity(2 + entries.len() * 5);
    out.push('[');
    for (i, entry) in entries.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        match &entry.value {
            Value::Number(n) => {
                let _ = write!(out, "{n}");
            }
            Value::NotReported => out.push_str("null"),
            Value::NotApplicable => out.push_str("\"na\""),
            Value::Exempt(reason) => {
                let _ = write!(out, "{{\"x\":{}}}", serde_json::Value::from(reason.as_str()));
            }
        }
    }
    out.push(']');
    out
}

/// The cells of these entries. An address that holds a space, or is `-`, needs a JSON array.
pub(crate) fn cells(entries: &[Entry]) -> Result<String> {
    if entries.iter().all(|e| e.cell.is_none()) {
        return Ok(String::new());
    }
    let plain = |c: &str| !c.is_empty() && c != "-" && !c.starts_with('[') && !c.contains(' ');
    if entries.iter().filter_map(|e| e.cell.as_deref()).all(plain) {
        let parts: Vec<&str> = entries.iter().map(|e| e.cell.as_deref().unwrap_or("-")).collect();
        return Ok(parts.join(" "));
    }
    let all: Vec<_> = entries.iter().map(|e| e.cell.as_deref()).collect();
    json(&all)
}

/// Entries from what was written down; none if the parts do not fit each other.
pub(crate) fn entries(layout: &[ElementId], values: &str, cells: &str) -> Result<Vec<Entry>> {
    let values: Vec<Packed> = parse("values", values)?;
    let cells: Vec<Option<String>> = if cells.is_empty() {
        vec![None; layout.len()]
    } else if cells.starts_with('[') {
        parse("cells", cells)?
    } else {
        cells.split(' ').map(|c| (c != "-").then(|| c.to_owned())).collect()
    };
    if values.len() != layout.len() || cells.len() != layout.len() {
        return Err(StoreError::corrupt("revision: values do not fit the layout"));
    }
    let parts = layout.iter().zip(values).zip(cells);
    Ok(parts
        .map(|((element, Packed(value)), cell)| Entry { element: element.clone(), value, cell })
        .collect())
}

/// Answers in words; nothing at all for none.
pub(crate) fn words(words: &[(String, String)]) -> Result<String> {
    if words.is_empty() { Ok(String::new()) } else { json(&words) }
}

/// Answers in words, read back.
pub(crate) fn parse_words(text: &str) -> Result<Vec<(String, String)>> {
    if text.is_empty() { Ok(Vec::new()) } else { parse("words", text) }
}

/// JSON of something.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::corrupt(e.to_string()))
}

/// Something from JSON; `what` names it if it is damaged.
pub(crate) fn parse<'a, T: Deserialize<'a>>(what: &str, text: &'a str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| StoreError::corrupt(format!("{what}: {e}")))
}

struct Packed(Value);

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(PackedVisitor).map(Self)
    }
}

struct PackedVisitor;

impl<'de> Visitor<'de> for PackedVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, null, \"na\" or {\"x\": reason}")
    }

    fn visit_i64<E: de::Error>(self, n: i64) -> std::result::Result<Value, E> {
        Ok(Value::Number(n))
    }

    fn visit_u64<E: de::Error>(self, n: u64) -> std::result::Result<Value, E> {
        i64::try_from(n).map(Value::Number).map_err(|_| E::custom("beyond 64 bits"))
    }

    fn visit_unit<E: de::Error>(self) -> std::result::Result<Value, E> {
        Ok(Value::NotReported)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<Value, E> {
        if text == "na" { Ok(Value::NotApplicable) } else { Err(E::custom("neither a number nor \"na\"")) }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, reason)) if key == "x" && map.next_key::<String>()?.is_none() => {
                Ok(Value::Exempt(reason.into()))
            }
            _ => Err(de::Error::custom("not an exemption")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_entry() -> impl Strategy<Value = Entry> {
        let value = prop_oneof![
            any::<i64>().prop_map(Value::Number),
            Just(Value::NotReported),
            Just(Value::NotApplicable),
            ".*".prop_map(|r| Value::Exempt(r.as_str().into())),
        ];
        let cell = proptest::option::of(prop_oneof!["[A-Z]{1,2}[0-9]{1,4}", Just("-".to_owned()), ".*"]);
        (".*", value, cell).prop_map(|(e, value, cell)| Entry { element: e.as_str().into(), value, cell })
    }

    proptest! {
        #[test]
        fn whatever_was_entered_is_read_back(all in proptest::collection::vec(any_entry(), 0..12)) {
            let layout: Vec<_> = all.iter().map(|e| e.element.clone()).collect();
            let read = entries(&layout, &values(&all), &cells(&all).expect("cells")).expect("read back");
            prop_assert_eq!(read, all);
        }
    }

    #[test]
    fn a_record_is_short_and_legible() {
        let entry = |e: &str, value, cell: Option<&str>| Entry {
            element: e.into(),
            value,
            cell: cell.map(Into::into),
        };
        let all = [
            entry("a", Value::Number(12), Some("D7")),
            entry("b", Value::NotReported, Some("D8")),
            entry("c", Value::NotApplicable, None),
            entry("d", Value::Exempt("moi-thanh-lap".into()), Some("D10")),
        ];
        assert_eq!(values(&all), r#"[12,null,"na",{"x":"moi-thanh-lap"}]"#);
        assert_eq!(cells(&all).expect("cells"), "D7 D8 - D10");
    }

    #[test]
    fn damage_is_named_and_never_guessed_at() {
        let layout = ["a".into(), "b".into()];
        for damaged in
            ["[1]", "[1,2,3]", "[1,2.5]", "[1,\"nan\"]", "[1,{\"y\":\"z\"}]", "[1,99999999999999999999]", "{"]
        {
            assert!(matches!(entries(&layout, damaged, ""), Err(StoreError::Corrupt { .. })), "{damaged}");
        }
    }
}
