//! What every page carries: language, audience, where it stands, and links that keep them.

use nhipcau_domain::{Date, Timestamp, problem::Arg, text};
use nhipcau_messages::{Lang, say, word};

use crate::{assets, reader::Reader, routes};

/// Which part of the site a page belongs to, for the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The campaign.
    Home,
    /// Reports.
    Reports,
    /// Figures.
    Figures,
    /// Who has reported.
    Coverage,
    /// The tree of units.
    Tree,
    /// None of them.
    None,
}

/// Context of every page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The reader's language.
    pub lang: Lang,
    /// Whether raw counts are shown, to a reviewer.
    pub reviewer: bool,
    /// The part of the site.
    pub section: Section,
    /// The campaign's name; empty before there is one.
    pub campaign: String,
    /// A sentence that stands on every page of the campaign, such as that its data are synthetic.
    pub notice: String,
    /// The page's own address, without language and without the reviewer's token.
    pub here: String,
    /// The period that links carry on.
    pub period: Option<String>,
    /// The tree that links carry on: as in the address.
    pub tree: Option<String>,
}

/// A value of a sentence, by reference: templates hand over references.
pub trait ToArg {
    /// The value, as a reader of that language writes it.
    fn to_arg(&self, lang: Lang) -> Arg;
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self, lang: Lang) -> Arg {
        (*self).to_arg(lang)
    }
}

impl ToArg for str {
    fn to_arg(&self, _: Lang) -> Arg {
        self.into()
    }
}

macro_rules! to_arg {
    ($($t:ty)*) => {$(
        impl ToArg for $t {
            fn to_arg(&self, _: Lang) -> Arg {
                self.clone().into()
            }
        }
    )*};
}
to_arg! { String i64 u32 usize }

impl ToArg for Date {
    fn to_arg(&self, lang: Lang) -> Arg {
        match lang {
            Lang::Vi => text::date(*self).into(),
            Lang::En => text::date_en(*self).into(),
        }
    }
}

impl Page {
    /// A page for a reader, before anything is known of the campaign.
    #[must_use]
    pub fn new(reader: &Reader, section: Section) -> Self {
        Self {
            lang: reader.lang,
            reviewer: reader.is_reviewer(),
            section,
            campaign: String::new(),
            notice: String::new(),
            here: reader.address(),
            period: reader.parameter(routes::PERIOD).map(str::to_owned),
            tree: reader.parameter(routes::TREE_DAY).map(str::to_owned),
        }
    }

    /// A sentence or word of the catalogue.
    #[must_use]
    pub fn t(&self, id: &str) -> String {
        word(self.lang, id)
    }

    /// A sentence with one value.
    #[must_use]
    pub fn say1(&self, id: &str, name: &str, value: impl ToArg) -> String {
        say(self.lang, id, &[(name, value.to_arg(self.lang))])
    }

    /// A sentence with two values.
    #[must_use]
    pub fn say2(&self, id: &str, name: &str, value: impl ToArg, name2: &str, value2: impl ToArg) -> String {
        say(self.lang, id, &[(name, value.to_arg(self.lang)), (name2, value2.to_arg(self.lang))])
    }

    /// A whole number in the reader's notation.
    #[must_use]
    pub fn n(&self, n: impl ToArg) -> String {
        match (n.to_arg(self.lang), self.lang) {
            (Arg::Number(n), Lang::Vi) => text::number(n),
            (Arg::Number(n), Lang::En) => text::number_en(n),
            (Arg::Text(t), _) => t,
        }
    }

    /// A day.
    #[must_use]
    pub fn date(&self, day: &Date) -> String {
        match self.lang {
            Lang::Vi => text::date(*day),
            Lang::En => text::date_en(*day),
        }
    }

    /// An instant by the local clock.
    #[must_use]
    pub fn time(&self, at: Timestamp) -> String {
        match self.lang {
            Lang::Vi => text::date_time(at),
            Lang::En => text::date_time_en(at),
        }
    }

    /// The address of the stylesheet.
    #[must_use]
    pub fn style(&self) -> String {
        assets::STYLE.href()
    }

    /// The address of the icon.
    #[must_use]
    pub fn icon(&self) -> String {
        assets::ICON.href()
    }

    /// Whether the page is in English.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.lang == Lang::En
    }

    /// The navigation: address, words, whether the page is there.
    #[must_use]
    pub fn navigation(&self) -> Vec<(String, String, bool)> {
        let at = |section, href, id: &str| (href, self.t(id), self.section == section);
        vec![
            at(Section::Home, self.home(), "portal-nav-home"),
            at(Section::Reports, self.reports(), "portal-nav-reports"),
            at(Section::Figures, self.figures(), "portal-nav-figures"),
            at(Section::Coverage, self.coverage(), "portal-nav-coverage"),
            at(Section::Tree, self.tree_page(), "portal-nav-tree"),
        ]
    }

    /// The language's parameter, where it is not the default.
    fn spoken(&self) -> Option<&'static str> {
        (self.lang != Lang::default()).then(|| self.lang.code())
    }

    fn kept(&self) -> [(&'static str, Option<&str>); 3] {
        [
            (routes::PERIOD, self.period.as_deref()),
            (routes::TREE_DAY, self.tree.as_deref()),
            (routes::LANG, self.spoken()),
        ]
    }

    /// The campaign's page.
    #[must_use]
    pub fn home(&self) -> String {
        let [period, _, lang] = self.kept();
        routes::with(routes::HOME, &[period, lang])
    }

    /// The reports' page.
    #[must_use]
    pub fn reports(&self) -> String {
        let [period, _, lang] = self.kept();
        routes::with(routes::REPORTS, &[period, lang])
    }

    /// An edition's page.
    #[must_use]
    pub fn edition(&self, report: &str, number: &u32) -> String {
        let [_, _, lang] = self.kept();
        routes::with(&routes::edition(report, *number), &[lang])
    }

    /// The figures' page.
    #[must_use]
    pub fn figures(&self) -> String {
        routes::with(routes::FIGURES, &self.kept())
    }

    /// A figure's page, of the campaign's scope.
    #[must_use]
    pub fn figure(&self, key: &str) -> String {
        routes::with(&routes::figure(key), &self.kept())
    }

    /// A figure's page, of a unit.
    #[must_use]
    pub fn figure_of(&self, key: &str, unit: &str) -> String {
        let [period, tree, lang] = self.kept();
        routes::with(&routes::figure(key), &[period, (routes::SCOPE, Some(unit)), tree, lang])
    }

    /// The same figure under another tree.
    #[must_use]
    pub fn figure_under(&self, key: &str, unit: Option<&str>, tree: &str) -> String {
        let [period, _, lang] = self.kept();
        routes::with(
            &routes::figure(key),
            &[period, (routes::SCOPE, unit), (routes::TREE_DAY, Some(tree)), lang],
        )
    }

    /// A return's page.
    #[must_use]
    pub fn return_page(&self, return_id: &str) -> String {
        routes::with(&routes::return_page(return_id), &self.kept())
    }

    /// A unit's page.
    #[must_use]
    pub fn unit(&self, unit: &str) -> String {
        routes::with(&routes::unit(unit), &self.kept())
    }

    /// The page of who has reported.
    #[must_use]
    pub fn coverage(&self) -> String {
        let [period, _, lang] = self.kept();
        routes::with(routes::COVERAGE, &[period, lang])
    }

    /// This page for another period; `path` is the page's own.
    #[must_use]
    pub fn for_period(&self, path: &str, unit: Option<&str>, period: &str) -> String {
        let [_, tree, lang] = self.kept();
        routes::with(path, &[(routes::PERIOD, Some(period)), (routes::SCOPE, unit), tree, lang])
    }

    /// The tree's page.
    #[must_use]
    pub fn tree_page(&self) -> String {
        let [period, _, lang] = self.kept();
        routes::with(routes::TREE, &[period, lang])
    }

    /// The tree on a day.
    #[must_use]
    pub fn tree_on(&self, day: &Date) -> String {
        let [period, _, lang] = self.kept();
        routes::with(routes::TREE, &[(routes::DAY, Some(&day.to_string())), period, lang])
    }

    /// This page in the other language.
    #[must_use]
    pub fn other_language(&self) -> String {
        match self.lang {
            Lang::Vi => {
                let mark = if self.here.contains('?') { '&' } else { '?' };
                format!("{}{mark}{}=en", self.here, routes::LANG)
            }
            Lang::En => self.here.clone(),
        }
    }
}
