//! Reading aids that a reader chose in the address: larger type, high contrast, wider spacing, light
//! or dark. Without JavaScript every link carries them on; with it the browser keeps them itself.

/// A reading aid.
#[derive(Debug, PartialEq, Eq)]
pub struct Aid {
    /// The parameter of the address.
    pub name: &'static str,
    /// Its value when the aid is on.
    pub value: &'static str,
    /// Its words in the catalogue.
    pub label: &'static str,
}

/// Every aid. Those with the same parameter exclude each other.
pub static AIDS: [Aid; 5] = [
    Aid { name: "co", value: "lon", label: "site-aid-large" },
    Aid { name: "tuong-phan", value: "cao", label: "site-aid-contrast" },
    Aid { name: "gian", value: "rong", label: "site-aid-wide" },
    Aid { name: "nen", value: "sang", label: "site-aid-light" },
    Aid { name: "nen", value: "toi", label: "site-aid-dark" },
];

impl Aid {
    /// The class on the page's root: `co-lon`.
    #[must_use]
    pub fn class(&self) -> String {
        format!("{}-{}", self.name, self.value)
    }
}

/// The aids that are on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aids(Vec<&'static Aid>);

impl Aids {
    /// Reads them from an address; what is no aid is passed over.
    #[must_use]
    pub fn of<'a>(parameter: impl Fn(&str) -> Option<&'a str>) -> Self {
        Self(AIDS.iter().filter(|aid| parameter(aid.name) == Some(aid.value)).collect())
    }

    /// Whether a parameter is an aid's.
    #[must_use]
    pub fn owns(name: &str) -> bool {
        AIDS.iter().any(|aid| aid.name == name)
    }

    /// Whether this one is on.
    #[must_use]
    pub fn has(&self, aid: &Aid) -> bool {
        self.0.contains(&aid)
    }

    /// The parameters that carry them on.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static str, Option<&'static str>)> + '_ {
        self.0.iter().map(|aid| (aid.name, Some(aid.value)))
    }

    /// The same with one turned on, or off if it was on.
    #[must_use]
    pub fn toggled(&self, aid: &'static Aid) -> Self {
        let mut on: Vec<&'static Aid> = self.0.iter().copied().filter(|a| a.name != aid.name).collect();
        if !self.has(aid) {
            on.push(aid);
        }
        Self(on)
    }

    /// The classes of the page's root; empty for none.
    #[must_use]
    pub fn classes(&self) -> String {
        self.0.iter().map(|aid| aid.class()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aid_is_turned_on_and_off_and_excludes_its_opposite() {
        let none = Aids::default();
        let light = none.toggled(&AIDS[3]);
        assert_eq!(light.classes(), "nen-sang");
        let dark = light.toggled(&AIDS[0]).toggled(&AIDS[4]);
        assert_eq!(dark.classes(), "co-lon nen-toi");
        assert_eq!(dark.toggled(&AIDS[4]).toggled(&AIDS[0]), none);
    }

    #[test]
    fn what_is_no_aid_is_passed_over() {
        let asked = |name: &str| match name {
            "co" => Some("\"><script>"),
            "gian" => Some("rong"),
            _ => None,
        };
        assert_eq!(Aids::of(asked).classes(), "gian-rong");
    }
}
