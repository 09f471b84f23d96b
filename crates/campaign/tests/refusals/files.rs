//! Mistakes in the files themselves: names, TOML, CSV, and how they are told.

use nhipcau_campaign::load;

use super::small::{ELEMENTS, UNITS, loaded, plus, problems, refusals, refused, small, with};

#[test]
fn the_small_campaign_loads() {
    let definitions = loaded(&small());
    assert_eq!(definitions.element("news").unwrap().data_set.as_str(), "g");
    assert_eq!(definitions.campaign.small_cell_threshold, 5);
}

#[test]
fn a_missing_file_is_named() {
    let mut files = small();
    files.0.remove("units.csv");
    assert_eq!(refused(&files, "campaign-file-missing").place.file.as_deref(), Some("units.csv"));
}

#[test]
fn a_misspelt_name_is_found_at_its_place_and_the_nearest_is_suggested() {
    let files = with("indicators.toml", "\"done\"", "\"don\"");
    let problem =
        r#"indicators.toml: 6:24: campaign-unknown-name-nearest nearest="done" what="element" name="don""#;
    assert_eq!(refusals(&files), [problem]);
    let files = with("data-sets.toml", "\"cell\"", "\"radio-station\"");
    refused(&files, "campaign-unknown-name");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let mut files = with("indicators.toml", "\"done\"", "\"don\"");
    files.put("units.csv", UNITS.replace("b,,Ấp B,cell,xa", "b,,Ấp B,cel,xaa"));
    files.put("elements.csv", ELEMENTS.replace("flow", "flows"));
    let all = refusals(&files);
    assert!(all.iter().any(|p| p.starts_with("units.csv: 4:9: campaign-unknown-name-nearest")), "{all:?}");
    assert!(all.iter().any(|p| p.starts_with("units.csv: 4:13: campaign-unknown-name")), "{all:?}");
    assert!(all.iter().any(|p| p.starts_with("elements.csv: 8:17: campaign-bad-choice")), "{all:?}");
    assert!(all.iter().any(|p| p.starts_with("indicators.toml: 6:24")), "{all:?}");
}

#[test]
fn what_cannot_be_read_is_told_once_and_not_again_where_it_is_used() {
    let mut files = with("indicators.toml", "name = \"Tỷ lệ\"", "name = 5");
    files.put("targets.csv", "indicator,period,value,source\nshare,nam-1,95,Nghị quyết\n");
    let all = problems(&files);
    assert_eq!(all.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["campaign-wrong-type"]);
}

#[test]
fn a_name_is_given_once_and_written_as_names_are() {
    let twice = refused(&plus("units.csv", "a,,Ấp A,cell,xa,2016-01-01\n"), "campaign-duplicate-name");
    assert_eq!((twice.place.line, twice.arg("line")), (Some(5), Some(&3_u32.into())));
    refused(&plus("units.csv", "Ấp-C,,Ấp C,cell,xa,2016-01-01\n"), "campaign-bad-name");
}

#[test]
fn toml_mistakes_say_what_was_found_and_expected() {
    let broken = refused(&with("campaign.toml", "id = \"small\"", "id = \"small"), "campaign-toml-broken");
    assert_eq!(broken.place.line, Some(3));
    let unknown = refused(&with("indicators.toml", "measure =", "mesure ="), "campaign-field-unknown");
    assert_eq!(unknown.arg("found"), Some(&"mesure".into()));
    refused(&with("indicators.toml", "measure = \"people\"", ""), "campaign-field-missing");
    let wrong =
        refused(&with("calendars.toml", "months = 12", "months = \"mười hai\""), "campaign-wrong-type");
    assert_eq!(wrong.arg("found"), Some(&"\"mười hai\"".into()));
    assert_eq!(wrong.arg("expected"), Some(&"integer".into()));
    refused(&with("indicators.toml", "measure =", "id = \"x\"\nmeasure ="), "campaign-duplicate-key");
    refused(&with("indicators.toml", "[[indicator]]", "[indicator]"), "campaign-not-a-list");
    refused(&plus("indicators.toml", "[[indicators]]\n"), "campaign-field-unknown");
    let mut files = small();
    files.put("indicators.toml", vec![b'\n', 0xff]);
    assert_eq!(refused(&files, "campaign-not-utf8").place.line, Some(2));
}

#[test]
fn csv_mistakes_say_what_was_found_and_expected() {
    refused(&with("units.csv", "unit,code", "unit,kode"), "campaign-column-missing");
    refused(&with("units.csv", "unit,code", "unit,kode"), "campaign-column-unknown");
    let short = refused(&plus("units.csv", "c,,Ấp C\n"), "campaign-row-length");
    assert_eq!((short.place.line, short.arg("found")), (Some(5), Some(&3_u32.into())));
    refused(&plus("units.csv", "c,,,cell,xa,2016-01-01\n"), "campaign-empty-field");
    let day = refused(&plus("units.csv", "c,,Ấp C,cell,xa,1/1/2016\n"), "campaign-bad-date");
    assert_eq!((day.place.line, day.place.column), (Some(5), Some(17)));
}

#[test]
fn text_is_kept_in_one_unicode_form() {
    let decomposed = "c,,A\u{302}\u{301}p C,cell,xa,2016-01-01\n";
    let loaded = load(&plus("units.csv", decomposed)).unwrap();
    assert!(format!("{:?}", loaded.tree).contains("\u{1ea4}p C"));
}

#[test]
fn hundreds_of_mistakes_are_cut_short() {
    let rows: Vec<String> = (0..300).map(|n| format!("c{n},,Ấp,cell,nowhere{n},2016-01-01\n")).collect();
    let all = problems(&plus("units.csv", &rows.concat()));
    assert_eq!(all.len(), 201);
    assert_eq!(all[200].arg("count"), Some(&100_u32.into()));
}
