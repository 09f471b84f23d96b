//! What a form's hidden cells say: they travel with a row or a column when it is moved, and with
//! the sheet when it is copied into another workbook.

/// A part of a template's sheet that is recognised wherever it was moved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tag<'a> {
    /// One unit's form, of this data set.
    Form(&'a str),
    /// A wide sheet, of this data set.
    Wide(&'a str),
    /// The row of the unit's name.
    Unit(&'a str),
    /// The row of the period's name.
    Period(&'a str),
    /// A column, by its part.
    Column(Column),
    /// An element's row; in a wide sheet, its column.
    Element(&'a str),
    /// A row, or column, for words.
    Words(&'a str),
    /// The row, or column, of the explanation.
    Explanation,
}

/// The columns of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    Number,
    Label,
    Definition,
    Measure,
    Previous,
    Value,
    Note,
    Unit,
    UnitName,
}

impl Column {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Number, "number"),
        (Self::Label, "label"),
        (Self::Definition, "definition"),
        (Self::Measure, "measure"),
        (Self::Previous, "previous"),
        (Self::Value, "value"),
        (Self::Note, "note"),
        (Self::Unit, "unit"),
        (Self::UnitName, "unit-name"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(c, _)| *c == self).map_or("", |(_, n)| n)
    }
}

/// The format's version, in the form's tag.
const VERSION: &str = "1";

impl<'a> Tag<'a> {
    /// The text of the hidden cell.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Form(id) => format!("nc:form|{VERSION}|{id}"),
            Self::Wide(id) => format!("nc:wide|{VERSION}|{id}"),
            Self::Unit(id) => format!("nc:unit|{id}"),
            Self::Period(id) => format!("nc:period|{id}"),
            Self::Column(column) => format!("nc:column|{}", column.name()),
            Self::Element(id) => format!("nc:element|{id}"),
            Self::Words(id) => format!("nc:words|{id}"),
            Self::Explanation => "nc:explanation|".to_owned(),
        }
    }

    /// Reads a cell's text; none where it is not a tag.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (kind, rest) = text.trim().strip_prefix("nc:")?.split_once('|')?;
        Some(match kind {
            "form" => Self::Form(rest.split_once('|')?.1),
            "wide" => Self::Wide(rest.split_once('|')?.1),
            "unit" => Self::Unit(rest),
            "period" => Self::Period(rest),
            "column" => Self::Column(Column::ALL.iter().find(|(_, n)| *n == rest)?.0),
            "element" => Self::Element(rest),
            "words" => Self::Words(rest),
            "explanation" => Self::Explanation,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_back() {
        for tag in [
            Tag::Form("a|b"),
            Tag::Wide("a"),
            Tag::Unit("u"),
            Tag::Period("p"),
            Tag::Column(Column::Value),
            Tag::Element("members.total"),
            Tag::Words("w"),
            Tag::Explanation,
        ] {
            assert_eq!(Tag::parse(&tag.text()), Some(tag));
        }
        assert_eq!(Tag::parse("Ghi chú"), None);
        assert_eq!(Tag::parse("nc:something|else"), None);
    }
}
