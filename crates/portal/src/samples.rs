//! A sample or more of every page's context, and one test that renders them all.

mod figures;
mod parts;
mod register;
mod reports;
mod search;
mod site;
mod units;
pub(crate) mod wellformed;

use askama::Template;
use nhipcau_messages::Lang;

use self::{
    figures::{claim, figure, unanswerable},
    parts::page,
    reports::{edition_page, empty_home, figures, home, reports},
    units::{coverage_page, return_page, tree_page, unit_page},
};
use crate::{page::Section, pages::error::ErrorPage};

fn error(lang: Lang) -> ErrorPage {
    let page = page(lang, Section::None);
    let (title, sentence) = (page.t("portal-error-not-found"), page.t("portal-error-not-found-long"));
    ErrorPage { page, status: 404, title, sentence }
}

/// Every page in a language, by name.
fn all(lang: Lang) -> Vec<(&'static str, String)> {
    let mut reviewed = figure(lang);
    reviewed.page.reviewer = true;
    let rendered: Vec<(&'static str, askama::Result<String>)> = vec![
        ("front", site::front(lang).render()),
        ("front-bare", site::bare_front(lang).render()),
        ("column", site::column(lang).render()),
        ("article", site::article(lang).render()),
        ("page-khmer", site::fixed(lang).render()),
        ("site-map", site::site_map(lang).render()),
        ("visits", site::visits(lang).render()),
        ("feedback", site::feedback(lang).render()),
        ("register", register::list(lang).render()),
        ("register-empty", register::empty_list(lang).render()),
        ("document", register::document(lang).render()),
        ("search", search::results(lang).render()),
        ("search-nothing", search::nothing(lang).render()),
        ("search-wrong", search::wrong(lang).render()),
        ("home", home(lang).render()),
        ("home-empty", empty_home(lang).render()),
        ("reports", reports(lang).render()),
        ("edition", edition_page(lang).render()),
        ("figures", figures(lang).render()),
        ("figure", figure(lang).render()),
        ("figure-reviewer", reviewed.render()),
        ("figure-claim", claim(lang).render()),
        ("figure-unanswerable", unanswerable(lang).render()),
        ("return", return_page(lang).render()),
        ("unit", unit_page(lang).render()),
        ("coverage", coverage_page(lang).render()),
        ("tree", tree_page(lang).render()),
        ("error", error(lang).render()),
    ];
    rendered.into_iter().map(|(name, html)| (name, html.unwrap())).collect()
}

#[test]
fn every_page_renders_its_samples_in_every_language() {
    for lang in Lang::OF_PAGES {
        for (name, html) in all(lang) {
            assert!(html.contains(&format!("<html lang=\"{}\">", lang.code())), "{name}");
            // A sentence that the catalogue lacks is said by its name.
            let said = [
                ">register-",
                ">portal-",
                "\"portal-",
                " portal-",
                ">site-",
                "\"site-",
                " site-",
                ">search-",
                "\"search-",
            ]
            .iter()
            .find_map(|start| html.find(start));
            assert!(said.is_none(), "{name}: {}", &html[said.unwrap_or(0)..][..60]);
            assert_eq!(html.matches("<h1").count(), 1, "{name}: one heading of the first level");
            assert_eq!(html.matches("<main").count(), 1, "{name}");
            assert_eq!(wellformed::mistakes(&html), [] as [&str; 0], "{name}");
            for forbidden in ["<script>", "<style", " style=\"", " onclick", "http://", "https://"] {
                let svg = html.replace("http://www.w3.org/2000/svg", "").replace(site::BASE, "");
                assert!(!svg.contains(forbidden), "{name} has {forbidden}");
            }
        }
    }
}

/// For looking at: writes the samples and what they are drawn with where the variable says.
#[test]
fn the_samples_can_be_written_out() {
    let Some(folder) = std::env::var_os("NHIPCAU_SAMPLES") else { return };
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(folder.join("giao-dien")).unwrap();
    for asset in crate::assets::all() {
        std::fs::write(folder.join("giao-dien").join(&asset.name), asset.body()).unwrap();
    }
    for lang in Lang::OF_PAGES {
        for (name, html) in all(lang) {
            std::fs::write(folder.join(format!("{name}-{}.html", lang.code())), html).unwrap();
        }
    }
}

#[test]
fn the_front_page_reads_well() {
    insta::assert_snapshot!(site::front(Lang::Vi).render().unwrap());
}

#[test]
fn an_article_reads_well() {
    insta::assert_snapshot!(site::article(Lang::Vi).render().unwrap());
}

#[test]
fn the_results_of_a_search_read_well() {
    insta::assert_snapshot!(search::results(Lang::Vi).render().unwrap());
}

#[test]
fn the_home_page_reads_well() {
    insta::assert_snapshot!(home(Lang::Vi).render().unwrap());
}

#[test]
fn the_page_of_a_figure_reads_well() {
    insta::assert_snapshot!(figure(Lang::Vi).render().unwrap());
}
