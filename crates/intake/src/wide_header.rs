//! The header of a wide sheet: which column is what.

use std::collections::HashMap;

use nhipcau_domain::{
    dataset::{DataSet, WordsField},
    definitions::Definitions,
    id::ElementId,
    period::Period,
    problem::Problem,
};

use crate::{
    place::Where,
    preamble::{DEPTH, LONGEST, Preamble},
    resolve,
    tags::{Column, Tag},
    text::{clean, fold},
};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// The unit's id or official code, or its name.
    Unit,
    /// The unit's name beside its id.
    UnitName,
    DataSet,
    Period,
    Element(ElementId),
    Words(String),
    Explanation,
    /// Nothing that is read: numbering, notes.
    Other,
}

/// A header that was found.
#[derive(Debug)]
pub(crate) struct Header<'w> {
    pub(crate) roles: Vec<Role>,
    /// The form of all rows, unless a column says it.
    pub(crate) data_set: Option<&'w DataSet>,
    /// The period of all rows, unless a column says it.
    pub(crate) period: Option<&'w Period>,
    /// How many columns hold values.
    pub(crate) element_columns: usize,
    pub(crate) from_1904: bool,
}

impl Header<'_> {
    /// The column of that role.
    pub(crate) fn col(&self, role: &Role) -> Option<usize> {
        self.roles.iter().position(|r| r == role)
    }
}

/// Looks for the header in the first rows, as they come.
pub(crate) struct Search<'w> {
    definitions: &'w Definitions,
    preamble: Preamble,
    tagged: Option<(Option<String>, Option<String>)>,
    roles: Option<Vec<Role>>,
    rows: usize,
    names: Names<'w>,
}

/// What columns are called, folded once: a header is looked for in thousands of cells.
struct Names<'w> {
    elements: HashMap<String, Vec<(&'w DataSet, &'w ElementId)>>,
    words: Vec<(&'w DataSet, &'w WordsField, String)>,
}

impl<'w> Names<'w> {
    fn of(definitions: &'w Definitions) -> Self {
        let mut elements: HashMap<String, Vec<_>> = HashMap::new();
        let mut words = Vec::new();
        for data_set in &definitions.data_sets {
            for element in definitions.elements_of(data_set) {
                elements.entry(fold(&element.name)).or_default().push((data_set, &element.id));
            }
            words.extend(data_set.words.iter().map(|w| (data_set, w, fold(&w.name))));
        }
        Self { elements, words }
    }
}

/// What a row was to the search.
pub(crate) enum Step {
    /// Before the header, or part of it.
    Above,
    /// The first row below the header.
    Below,
    /// There is no header here.
    NotWide,
}

impl<'w> Search<'w> {
    pub(crate) fn new(definitions: &'w Definitions) -> Self {
        Self {
            definitions,
            preamble: Preamble::default(),
            tagged: None,
            roles: None,
            rows: 0,
            names: Names::of(definitions),
        }
    }

    /// Takes in a row's texts, a text a column.
    pub(crate) fn row(&mut self, texts: &[&str]) -> Step {
        self.rows += 1;
        let roles = self.tagged_roles(texts).or_else(|| self.named_roles(texts));
        match (&self.roles, roles) {
            (None, Some(roles)) => {
                self.roles = Some(roles);
                Step::Above
            }
            // The labels under the hidden ids; but no table is headers all the way down.
            (Some(_), Some(_)) if self.rows <= 2 * DEPTH => Step::Above,
            (Some(_), _) => Step::Below,
            (None, None) if self.rows >= DEPTH => Step::NotWide,
            (None, None) => {
                self.preamble.row(texts.iter().copied());
                Step::Above
            }
        }
    }

    /// The header, once it was found.
    pub(crate) fn finish(self, at: Where<'_>, from_1904: bool) -> Option<Result<Header<'w>, Problem>> {
        let roles = self.roles?;
        let definitions = self.definitions;
        let (tag_form, tag_period) = self.tagged.unwrap_or_default();
        let header = || {
            let named = tag_form.or(self.preamble.data_set);
            let data_set = match named {
                Some(name) => Some(resolve::data_set(definitions, &name)?),
                None => of_elements(definitions, &roles),
            };
            let period = match (tag_period.or(self.preamble.period), data_set) {
                (Some(name), Some(data_set)) => Some(resolve::period(definitions, data_set, &name)?),
                _ => None,
            };
            let element_columns = roles.iter().filter(|r| matches!(r, Role::Element(_))).count();
            Ok(Header { roles, data_set, period, element_columns, from_1904 })
        };
        Some(header().map_err(|p: crate::xlsx::Refused| at.sheet(*p)))
    }

    fn tagged_roles(&mut self, texts: &[&str]) -> Option<Vec<Role>> {
        let mut tagged: (Option<String>, Option<String>) = (None, None);
        let roles: Vec<Role> = texts
            .iter()
            .map(|text| match Tag::parse(text) {
                Some(Tag::Wide(id)) => {
                    tagged.0 = Some(id.to_owned());
                    Role::Other
                }
                Some(Tag::Period(id)) => {
                    tagged.1 = Some(id.to_owned());
                    Role::Other
                }
                Some(Tag::Column(Column::Unit)) => Role::Unit,
                Some(Tag::Column(Column::UnitName)) => Role::UnitName,
                Some(Tag::Element(id)) => Role::Element(ElementId::new(id)),
                Some(Tag::Words(id)) => Role::Words(id.to_owned()),
                Some(Tag::Explanation) => Role::Explanation,
                _ => Role::Other,
            })
            .collect();
        if tagged.0.is_none() || !is_header(&roles) {
            return None;
        }
        self.tagged = Some(tagged);
        Some(roles)
    }

    fn named_roles(&self, texts: &[&str]) -> Option<Vec<Role>> {
        let form =
            self.preamble.data_set.as_deref().and_then(|t| resolve::data_set(self.definitions, t).ok());
        let mut roles: Vec<Role> = texts.iter().map(|text| self.named_role(text, form)).collect();
        if !roles.contains(&Role::Unit)
            && let Some(name) = roles.iter_mut().find(|r| **r == Role::UnitName)
        {
            *name = Role::Unit;
        }
        is_header(&roles).then_some(roles)
    }

    fn named_role(&self, text: &str, form: Option<&DataSet>) -> Role {
        if text.len() > LONGEST {
            return Role::Other;
        }
        let text = clean(text);
        if text.is_empty() {
            return Role::Other;
        }
        if let Some(element) = self.definitions.element(&text) {
            return Role::Element(element.id.clone());
        }
        let folded = fold(&text);
        match folded.as_str() {
            "ma don vi" | "ma dv" | "unit" | "unit_id" | "unit id" | "unit_code" | "code" => {
                return Role::Unit;
            }
            "don vi" | "ten don vi" | "don vi bao cao" | "unit_name" | "unit name" => return Role::UnitName,
            "data_set" | "data set" | "bieu mau" | "ma bieu mau" => return Role::DataSet,
            "period" | "ky bao cao" | "ky" | "ma ky" => return Role::Period,
            "giai trinh" | "explanation" => return Role::Explanation,
            _ => {}
        }
        let of_form = |d: &&DataSet| form.is_none_or(|f| f.id == d.id);
        let mut elements = self
            .names
            .elements
            .get(&folded)
            .into_iter()
            .flatten()
            .filter(|(d, _)| of_form(d))
            .map(|(_, e)| *e);
        if let (Some(one), None) = (elements.next(), elements.next()) {
            return Role::Element(one.clone());
        }
        let mut words = self
            .names
            .words
            .iter()
            .filter(|(d, w, name)| of_form(d) && (w.id == text || *name == folded))
            .map(|(_, w, _)| &w.id);
        match words.next() {
            Some(one) if words.all(|other| other == one) => Role::Words(one.clone()),
            _ => Role::Other,
        }
    }
}

fn is_header(roles: &[Role]) -> bool {
    roles.contains(&Role::Unit) && roles.iter().any(|r| matches!(r, Role::Element(_)))
}

/// An element belongs to one form: where all columns are one form's, that form is meant.
fn of_elements<'w>(definitions: &'w Definitions, roles: &[Role]) -> Option<&'w DataSet> {
    if roles.contains(&Role::DataSet) {
        return None;
    }
    let mut forms = roles.iter().filter_map(|role| match role {
        Role::Element(id) => Some(definitions.data_set_of(id)),
        _ => None,
    });
    let first = forms.next()??;
    forms.all(|other| other.is_some_and(|o| o.id == first.id)).then_some(first)
}
