//! Where a page's links lead: every address keeps the language, the reading aids, and what was chosen.

use nhipcau_domain::Date;

use super::Page;
use crate::routes;

impl Page {
    /// An address of this site, in the page's language and with its reading aids.
    #[must_use]
    pub fn to(&self, path: &str, parameters: &[(&str, Option<&str>)]) -> String {
        let all: Vec<(&str, Option<&str>)> = parameters.iter().copied().chain(self.carried()).collect();
        routes::and(path, &all)
    }

    /// An address in the page's language, without reading aids: for machines.
    #[must_use]
    pub fn spoken_in(&self, path: &str) -> String {
        routes::and(path, &[(routes::LANG, self.spoken())])
    }

    /// What every link carries on: language and reading aids.
    #[must_use]
    pub fn carried(&self) -> Vec<(&'static str, Option<&'static str>)> {
        [(routes::LANG, self.spoken())].into_iter().chain(self.aids.parameters()).collect()
    }

    fn kept(&self) -> [(&'static str, Option<&str>); 2] {
        [(routes::PERIOD, self.period.as_deref()), (routes::TREE_DAY, self.tree.as_deref())]
    }

    /// The front page.
    #[must_use]
    pub fn home(&self) -> String {
        self.to(routes::HOME, &[])
    }

    /// A column's page.
    #[must_use]
    pub fn column_page(&self, slug: &str) -> String {
        self.to(&routes::column(slug), &[])
    }

    /// The page of everything.
    #[must_use]
    pub fn site_map(&self) -> String {
        self.to(routes::SITE_MAP, &[])
    }

    /// The page where readers say what they think, of this page.
    #[must_use]
    pub fn feedback(&self) -> String {
        self.to(routes::FEEDBACK, &[])
    }

    /// The page that says what a visit is.
    #[must_use]
    pub fn visits(&self) -> String {
        self.to(routes::VISITS, &[])
    }

    /// Where the search box leads; none before there is search.
    #[must_use]
    pub fn search(&self) -> Option<&'static str> {
        routes::HAS_SEARCH.then_some(routes::SEARCH)
    }

    /// The campaign's page.
    #[must_use]
    pub fn results(&self) -> String {
        let [period, _] = self.kept();
        self.to(routes::RESULTS, &[period])
    }

    /// The reports' page.
    #[must_use]
    pub fn reports(&self) -> String {
        let [period, _] = self.kept();
        self.to(routes::REPORTS, &[period])
    }

    /// An edition's page.
    #[must_use]
    pub fn edition(&self, report: &str, number: &u32) -> String {
        self.to(&routes::edition(report, *number), &[])
    }

    /// The figures' page.
    #[must_use]
    pub fn figures(&self) -> String {
        self.to(routes::FIGURES, &self.kept())
    }

    /// A figure's page, of the campaign's scope.
    #[must_use]
    pub fn figure(&self, key: &str) -> String {
        self.to(&routes::figure(key), &self.kept())
    }

    /// A figure's page, of a unit.
    #[must_use]
    pub fn figure_of(&self, key: &str, unit: &str) -> String {
        let [period, tree] = self.kept();
        self.to(&routes::figure(key), &[period, (routes::SCOPE, Some(unit)), tree])
    }

    /// The same figure under another tree.
    #[must_use]
    pub fn figure_under(&self, key: &str, unit: Option<&str>, tree: &str) -> String {
        let [period, _] = self.kept();
        self.to(&routes::figure(key), &[period, (routes::SCOPE, unit), (routes::TREE_DAY, Some(tree))])
    }

    /// A return's page.
    #[must_use]
    pub fn return_page(&self, return_id: &str) -> String {
        self.to(&routes::return_page(return_id), &self.kept())
    }

    /// A unit's page.
    #[must_use]
    pub fn unit(&self, unit: &str) -> String {
        self.to(&routes::unit(unit), &self.kept())
    }

    /// The page of who has reported.
    #[must_use]
    pub fn coverage(&self) -> String {
        let [period, _] = self.kept();
        self.to(routes::COVERAGE, &[period])
    }

    /// This page for another period; `path` is the page's own.
    #[must_use]
    pub fn for_period(&self, path: &str, unit: Option<&str>, period: &str) -> String {
        let [_, tree] = self.kept();
        self.to(path, &[(routes::PERIOD, Some(period)), (routes::SCOPE, unit), tree])
    }

    /// The tree's page.
    #[must_use]
    pub fn tree_page(&self) -> String {
        let [period, _] = self.kept();
        self.to(routes::TREE, &[period])
    }

    /// The tree on a day.
    #[must_use]
    pub fn tree_on(&self, day: &Date) -> String {
        let [period, _] = self.kept();
        self.to(routes::TREE, &[(routes::DAY, Some(&day.to_string())), period])
    }
}
