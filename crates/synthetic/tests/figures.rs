//! From the synthetic returns, each published figure comes out in the published words.

use std::{collections::BTreeMap, fs, path::Path};

use nhipcau_campaign::{Folder, load};
use nhipcau_domain::{
    figure::{Basis, Leaf, Owed, Status},
    returns::{self, Submission},
    totals::{Counted, contribution},
    tree::{Ix, Tree},
};
use nhipcau_synthetic::submissions;

/// Key and wording of every figure, then numerator and denominator of the shares.
const PUBLISHED: [(&str, &str); 24] = [
    ("directives.issued", "8"),
    ("members.registered", "trên 98%"),
    ("staff.registered", "80%"),
    ("initiatives.total", "96"),
    ("initiatives.collective", "65"),
    ("initiatives.individual", "31"),
    ("initiatives.new", "15"),
    ("cells.completed.district", "26"),
    ("cells.completed.hamlet", "97"),
    ("cells.completed.sector", "123"),
    ("cells.completed.grassroots", "220"),
    ("cells.completed", "246"),
    ("members.planned", "trên 98%"),
    ("associations.registered", "trên 40%"),
    ("newsletter.items", "24"),
    ("social.posts", "trên 100"),
    ("radio.bulletins", "55"),
    ("radio.articles", "25"),
    ("sponsorship.children", "10"),
    ("sponsorship.rate", "600.000"),
    ("visits.online", "45"),
    ("visits.today", "1.337"),
    ("visits.week", "36.254"),
    ("visits.all", "3.342.863"),
];

#[test]
fn under_the_tree_then_and_under_todays() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/cau-ngang");
    let spec = fs::read(folder.join("synthetic.toml")).unwrap();
    let loaded = load(&Folder(folder)).unwrap();
    let definitions = &loaded.definitions;
    let tree = Tree::from_events(&loaded.tree).unwrap();
    let year = definitions.period("nam-1").unwrap();
    let scope = tree.find(&definitions.campaign.scope).unwrap();
    let made = submissions(&loaded, &spec, 20_220_517).unwrap();

    let mut returns: BTreeMap<(Ix, String), Vec<&Submission>> = BTreeMap::new();
    let of_year = |s: &&Submission| year.covers(definitions.period(&s.key.period).unwrap());
    for submission in made.iter().filter(of_year) {
        let unit = tree.find(&submission.key.unit).unwrap();
        returns.entry((unit, submission.key.data_set.to_string())).or_default().push(submission);
    }
    let mut leaves = Vec::new();
    let mut owed = Vec::new();
    for form in &definitions.data_sets {
        for unit in tree.open_on(year.last) {
            let kind = tree.kind(unit, year.last);
            if !form.roster.names(tree.id(unit), kind) {
                continue;
            }
            let sent = returns.get(&(unit, form.id.to_string())).cloned().unwrap_or_default();
            for period in definitions.parts_of(form, year) {
                let accepted = sent.iter().any(|s| s.key.period == period.id);
                let status = if accepted { returns::Status::Accepted } else { returns::Status::Expected };
                let (data_set, period) = (form.id.clone(), period.id.clone());
                owed.push(Owed { unit, data_set, period, status, accepted });
            }
            let counted: Vec<Counted<'_>> = sent
                .iter()
                .map(|s| Counted { status: returns::Status::Accepted, accepted: Some(s) })
                .collect();
            if !counted.is_empty() {
                let sums = contribution(definitions, form, &counted, true).unwrap();
                leaves.push(Leaf { unit, data_set: form.id.clone(), kind: kind.clone(), sums });
            }
        }
    }

    for day in [year.last, "2026-01-01".parse().unwrap()] {
        let basis = Basis::select(definitions, &tree, year, scope, day, &leaves, &owed).unwrap();
        for (key, wording) in PUBLISHED {
            let answer = basis.evaluate(definitions.indicator(key).unwrap()).unwrap();
            assert_eq!(answer.figure.wording, wording, "{key} under the tree of {day}");
            assert!(answer.incomplete.is_empty(), "{key}");
            if answer.figure.status == Status::Measured && key != "sponsorship.rate" {
                let sum: i64 = answer.contributions.iter().map(|c| c.numerator).sum();
                assert_eq!(Some(sum), answer.figure.numerator, "{key}");
            }
        }
        let figure = |key: &str| basis.evaluate(definitions.indicator(key).unwrap()).unwrap().figure;
        let (registered, planned) = (figure("members.registered"), figure("members.planned"));
        assert_eq!((registered.coverage.expected, registered.coverage.accepted), (250, 248));
        assert_eq!((registered.numerator, registered.denominator), (Some(3_852), Some(3_912)));
        assert_eq!((planned.numerator, planned.denominator), (Some(3_786), Some(3_832)));
        assert_eq!(planned.excluded.unwrap().denominator, 80);
    }
}
