//! What every page carries: language, audience, where it stands, and links that keep them.

mod links;

use std::sync::Arc;

use nhipcau_domain::{Date, Timestamp, problem::Arg, text};
use nhipcau_messages::{Lang, say, word};

use crate::{
    assets,
    counters::{COUNTERS, COUNTERS_EN},
    reader::Reader,
    routes,
    site::{
        aids::{AIDS, Aids},
        frame::{Frame, NavColumn},
        head::Head,
    },
};

/// Which part of the site a page belongs to, for the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The front page.
    Front,
    /// A column, an article, and other pages of the site's own.
    Site,
    /// The campaign.
    Results,
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
    /// The campaign's name; empty on pages that are not the campaign's.
    pub campaign: String,
    /// A sentence that stands on every page of the campaign, such as that its data are synthetic.
    pub notice: String,
    /// The page's own address, without language, reading aids and the reviewer's token.
    pub here: String,
    /// The period that links carry on.
    pub period: Option<String>,
    /// The tree that links carry on: as in the address.
    pub tree: Option<String>,
    /// What stands around every page.
    pub frame: Arc<Frame>,
    /// The reading aids that are on.
    pub aids: Aids,
    /// What the page says of itself to machines.
    pub head: Head,
    /// The column that the page is in, by identity.
    pub column: Option<String>,
}

/// A link of a navigation or of a choice.
#[derive(Debug, Clone)]
pub struct NavLink {
    /// Its address.
    pub href: String,
    /// Its words.
    pub label: String,
    /// Whether the page is there, or in what is below it.
    pub current: bool,
}

/// A reading aid to turn on or off.
#[derive(Debug, Clone)]
pub struct AidLink {
    /// This page with it turned on or off.
    pub href: String,
    /// Its words.
    pub label: String,
    /// Its class on the page's root.
    pub class: String,
    /// The others that it excludes begin with the same.
    pub group: &'static str,
    /// Whether it is on.
    pub on: bool,
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
            Lang::Vi | Lang::Km => text::date(*self).into(),
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
            frame: Arc::clone(&reader.frame),
            aids: reader.aids.clone(),
            head: Head::default(),
            column: None,
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
            (Arg::Number(n), Lang::Vi | Lang::Km) => text::number(n),
            (Arg::Number(n), Lang::En) => text::number_en(n),
            (Arg::Text(t), _) => t,
        }
    }

    /// A day.
    #[must_use]
    pub fn date(&self, day: &Date) -> String {
        match self.lang {
            Lang::Vi | Lang::Km => text::date(*day),
            Lang::En => text::date_en(*day),
        }
    }

    /// An instant by the local clock.
    #[must_use]
    pub fn time(&self, at: Timestamp) -> String {
        match self.lang {
            Lang::Vi | Lang::Km => text::date_time(at),
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

    /// The address of the script that keeps reading aids.
    #[must_use]
    pub fn script(&self) -> String {
        assets::SCRIPT.href()
    }

    /// Whose site it is.
    #[must_use]
    pub fn authority(&self) -> String {
        if self.frame.authority.is_empty() { self.t("site-unnamed") } else { self.frame.authority.clone() }
    }

    /// Its language as `OpenGraph` writes it.
    #[must_use]
    pub fn locale(&self) -> &'static str {
        match self.lang {
            Lang::Vi => "vi_VN",
            Lang::En => "en_GB",
            Lang::Km => "km_KH",
        }
    }

    /// The classes of the page's root.
    #[must_use]
    pub fn root_class(&self) -> String {
        self.aids.classes()
    }

    /// Whether the page is the campaign's, and has its navigation.
    #[must_use]
    pub fn in_campaign(&self) -> bool {
        !self.campaign.is_empty()
    }

    /// The campaign's own navigation.
    #[must_use]
    pub fn navigation(&self) -> Vec<NavLink> {
        let at =
            |section, href, id: &str| NavLink { href, label: self.t(id), current: self.section == section };
        vec![
            at(Section::Results, self.results(), "portal-results"),
            at(Section::Reports, self.reports(), "portal-nav-reports"),
            at(Section::Figures, self.figures(), "portal-nav-figures"),
            at(Section::Coverage, self.coverage(), "portal-nav-coverage"),
            at(Section::Tree, self.tree_page(), "portal-nav-tree"),
        ]
    }

    /// The site's navigation: front page, the highest columns, the campaign, the other rooms.
    #[must_use]
    pub fn rail(&self) -> Vec<NavLink> {
        let mut rail = vec![NavLink {
            href: self.home(),
            label: self.t("site-home"),
            current: self.section == Section::Front,
        }];
        rail.extend(self.frame.below(None).into_iter().map(|column| self.nav(column)));
        rail.extend(self.rooms());
        rail
    }

    /// The rooms beside the columns.
    #[must_use]
    pub fn rooms(&self) -> Vec<NavLink> {
        let mut rooms = Vec::new();
        if self.frame.campaign {
            let current = self.in_campaign();
            rooms.push(NavLink { href: self.results(), label: self.t("site-campaign"), current });
        }
        let path = self.here.split('?').next().unwrap_or_default();
        let open = routes::ROOMS.iter().filter(|(route, _)| *route != routes::MAP || self.frame.map);
        rooms.extend(open.map(|(route, label)| NavLink {
            href: self.to(route, &[]),
            label: self.t(label),
            current: path == *route,
        }));
        rooms
    }

    /// The columns below the page's own, or beside it where there is none below.
    #[must_use]
    pub fn sub_columns(&self) -> Vec<NavLink> {
        let Some(id) = &self.column else { return Vec::new() };
        let trail = self.frame.trail(id);
        let open = trail.iter().rev().find(|c| !self.frame.below(Some(&c.id)).is_empty());
        let below = open.map(|c| self.frame.below(Some(&c.id))).unwrap_or_default();
        below.into_iter().map(|column| self.nav(column)).collect()
    }

    /// A column as a link.
    #[must_use]
    pub fn nav(&self, column: &NavColumn) -> NavLink {
        let trail = self.column.as_deref().map(|id| self.frame.trail(id)).unwrap_or_default();
        NavLink {
            href: self.column_page(&column.slug),
            label: column.name.clone(),
            current: trail.iter().any(|c| c.id == column.id),
        }
    }

    /// This page in each language.
    #[must_use]
    pub fn languages(&self) -> Vec<(Lang, String)> {
        let other = |lang: Lang| {
            let spoken = (lang != Lang::default()).then(|| lang.code());
            let aids = self.aids.parameters();
            let more: Vec<_> = [(routes::LANG, spoken)].into_iter().chain(aids).collect();
            (lang, routes::and(&self.here, &more))
        };
        Lang::OF_PAGES.into_iter().map(other).collect()
    }

    /// The reading aids, to turn on and off.
    #[must_use]
    pub fn aid_links(&self) -> Vec<AidLink> {
        let link = |aid: &'static crate::site::aids::Aid| {
            let after = self.aids.toggled(aid);
            let more: Vec<_> =
                [(routes::LANG, self.spoken())].into_iter().chain(after.parameters()).collect();
            AidLink {
                href: routes::and(&self.here, &more),
                label: self.t(aid.label),
                class: aid.class(),
                group: aid.name,
                on: self.aids.has(aid),
            }
        };
        AIDS.iter().map(link).collect()
    }

    /// What a form must send along, so that language and reading aids stay.
    #[must_use]
    pub fn kept_fields(&self) -> Vec<(&'static str, &'static str)> {
        let all = [(routes::LANG, self.spoken())].into_iter().chain(self.aids.parameters());
        all.filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The visit block: the name of each number, and the marker that stands for it.
    #[must_use]
    pub fn counters(&self) -> Vec<(String, Marker)> {
        let names = ["site-visits-online", "site-visits-today", "site-visits-week", "site-visits-all"];
        let markers = if self.lang == Lang::En { COUNTERS_EN } else { COUNTERS };
        names.iter().zip(markers).map(|(name, marker)| (self.t(name), Marker(marker))).collect()
    }

    /// The language's parameter, where it is not the default.
    fn spoken(&self) -> Option<&'static str> {
        (self.lang != Lang::default()).then(|| self.lang.code())
    }
}

/// A marker that stands in the page as it is.
#[derive(Debug, Clone, Copy)]
pub struct Marker(&'static str);

impl std::fmt::Display for Marker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl askama::filters::HtmlSafe for Marker {}
