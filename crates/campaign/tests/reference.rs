//! The reference campaign loads, and says what it is meant to say.

use std::path::Path;

use nhipcau_campaign::{Folder, Loaded, load, load_site, register_count};
use nhipcau_domain::{Date, tree::Tree};

fn reference() -> Loaded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/cau-ngang");
    load(&Folder(folder)).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("the reference campaign does not load:\n{}", lines.join("\n"))
    })
}

fn open_of_kind(tree: &Tree, kind: &str, on: Date) -> usize {
    tree.open_on(on).filter(|u| tree.kind(*u, on).as_str() == kind).count()
}

#[test]
fn it_loads_without_a_warning() {
    assert_eq!(reference().warnings, []);
}

#[test]
fn it_has_the_units_of_the_published_results() {
    let loaded = reference();
    let tree = Tree::from_events(&loaded.tree).unwrap();
    let end = loaded.definitions.period("nam-1").unwrap().last;
    assert_eq!(end, "2022-05-17".parse().unwrap());
    assert_eq!(open_of_kind(&tree, "commune", end), 15);
    assert_eq!(open_of_kind(&tree, "hamlet-cell", end), 99);
    assert_eq!(open_of_kind(&tree, "sector-cell", end), 26 + 125);
    assert_eq!(open_of_kind(&tree, "radio-station", end), 16);
    assert_eq!(open_of_kind(&tree, "initiative", end), 96);
    let district = tree.find("huyen-cau-ngang").unwrap();
    let direct = tree.children(district, end).filter(|u| tree.kind(*u, end).as_str() == "sector-cell");
    assert_eq!(direct.count(), 26);
}

#[test]
fn since_july_2025_its_communes_are_six_and_codes_name_other_territory() {
    let loaded = reference();
    let tree = Tree::from_events(&loaded.tree).unwrap();
    let (before, after) = ("2025-06-30".parse().unwrap(), "2025-07-01".parse().unwrap());
    assert_eq!(open_of_kind(&tree, "commune", after), 6);
    assert_eq!(open_of_kind(&tree, "district", after), 0);
    assert_eq!(tree.roots(after).count(), 1);
    assert_eq!(tree.open_on(after).filter(|u| tree.id(*u).starts_with("cb-")).count(), 0);
    // The hamlets of Long Sơn now belong to xã Hiệp Mỹ.
    let hamlet = tree.find("xa-long-son.ap-soc-moi").unwrap();
    assert_eq!(tree.id(tree.parent(hamlet, after).unwrap()).as_str(), "xa-hiep-my-2025");
    let holder =
        |on| tree.open_on(on).find(|u| tree.code(*u, on) == Some("29416")).map(|u| tree.id(u).as_str());
    assert_eq!((holder(before), holder(after)), (Some("tt-cau-ngang"), Some("xa-cau-ngang-2025")));
}

#[test]
fn its_registers_hold_what_was_published() {
    let loaded = reference();
    let definitions = &loaded.definitions;
    let year = definitions.period("nam-1").unwrap();
    let mut owners: Vec<&str> = definitions.initiatives.iter().map(|i| i.owner.as_str()).collect();
    owners.sort_unstable();
    owners.dedup();
    let total = |register| -> i64 {
        owners.iter().filter_map(|o| register_count(definitions, register, o, year)).sum()
    };
    assert_eq!(total("initiatives.collective"), 65);
    assert_eq!(total("initiatives.individual"), 31);
    assert_eq!(total("initiatives.new"), 15);
    assert_eq!(register_count(definitions, "directives.issued", "ban-thuong-vu", year), Some(8));
    assert_eq!(register_count(definitions, "no-such-register", "ban-thuong-vu", year), None);
}

#[test]
fn its_months_and_quarters_make_up_its_year() {
    let definitions = reference().definitions;
    let year = definitions.period("nam-1").unwrap();
    let months = definitions.parts_of(definitions.data_set("ban-tin").unwrap(), year);
    let quarters = definitions.parts_of(definitions.data_set("phat-thanh").unwrap(), year);
    assert_eq!((months.len(), quarters.len()), (12, 4));
    assert_eq!(months[0].id.as_str(), "thang-1-01");
    assert_eq!(quarters[3].id.as_str(), "quy-1-4");
    assert_eq!(quarters[3].last, year.last);
}

#[test]
fn the_site_is_read_from_its_folder_with_its_articles_and_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/cau-ngang");
    let site = load_site(&Folder(folder)).unwrap_or_else(|p| panic!("{p:?}")).expect("has a site");
    assert!(site.articles.len() >= 14, "{} articles", site.articles.len());
    assert_eq!(site.pages.len(), 3);
}
