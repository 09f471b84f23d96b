//! Reads a campaign's configuration, a folder of TOML and CSV files, into checked [`Definitions`].
//!
//! Everything that a campaign is stands in its files; nothing of it is in the code. As many
//! mistakes as possible are reported at once, each with its file, line and column. What each file
//! holds is written in `docs/campaign-configuration.md`.

mod calendars;
mod campaign;
mod checks;
mod dates;
mod exclusions;
mod files;
mod forms;
mod indicators;
mod measures;
mod notes;
pub mod records;
mod registers;
mod site;
mod syntax;
mod table;
mod toml_file;
mod tree_events;
mod units;
mod write;

use std::collections::BTreeMap;

use nhipcau_domain::{
    definitions::Definitions,
    problem::{Problem, Severity},
    tree::TreeEvent,
};

pub use files::{Files, Folder, Memory};
use notes::Notes;
pub use registers::{REGISTERS, register_count};
pub use site::{
    AbbreviationSpec, ArticleSpec, ColumnSpec, FOLDER as SITE_FOLDER, PictureSpec, SiteContent, SiteHead,
    load_site,
};
pub use syntax::is_name;
pub use write::{Written, write};

/// A campaign that was read and found consistent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// What it sets up.
    pub definitions: Definitions,
    /// What happens to its units, in order of day, then of file.
    pub tree: Vec<TreeEvent>,
    /// Worth knowing, in the way of nothing.
    pub warnings: Vec<Problem>,
}

/// Reads and checks a campaign. All that is wrong with it is reported together.
pub fn load(files: &dyn Files) -> Result<Loaded, Vec<Problem>> {
    let mut notes = Notes::default();
    let notes = &mut notes;

    let general = campaign::read(files, notes);
    let calendars = calendars::read(files, notes);
    let mut tree = units::read(files, notes);
    let initiatives = registers::initiatives(files, general.as_ref(), notes, &mut tree);
    tree.extend(tree_events::read(files, notes));
    tree.sort_by_key(|e| e.on);

    let mut elements = forms::elements(files, notes);
    let data_sets = forms::data_sets(files, notes, &mut elements);
    let indicators = indicators::read(files, notes);
    let (rules, texts) = checks::read(files, notes);
    let targets = registers::targets(files, notes);
    let directives = registers::directives(files, notes);
    notes.resolve();

    let Some(general) = general else { return Err(notes.take()) };
    let definitions = Definitions {
        campaign: general.campaign,
        kinds: general.kinds,
        measures: general.measures,
        offices: general.offices,
        calendars,
        elements,
        data_sets,
        indicators,
        rules,
        targets,
        directives,
        initiatives,
        exempt_reasons: general.exempt_reasons,
        reports: reports(files, notes),
    };
    // What hangs together is only asked of what is there: a missing name was reported above.
    measures::check(&definitions, notes);
    exclusions::check(&definitions, notes);
    checks::compile(&definitions, &texts, notes);
    if !notes.refused() {
        notes.tree(&tree);
    }

    let (refused, warnings): (Vec<_>, Vec<_>) =
        notes.take().into_iter().partition(|p| p.severity == Severity::Refuse);
    if refused.is_empty() { Ok(Loaded { definitions, tree, warnings }) } else { Err(refused) }
}

/// Report templates by name; they are checked where they are rendered.
fn reports(files: &dyn Files, notes: &mut Notes) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for path in files.list() {
        let name = path.strip_prefix("reports/").and_then(|p| p.strip_suffix(".md"));
        if let Some(name) = name.filter(|n| !n.contains('/'))
            && let Some((_, text)) = notes.text(files, &path)
        {
            found.insert(name.to_owned(), text);
        }
    }
    found
}
