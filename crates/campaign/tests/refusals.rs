//! Each mistake in a campaign's files has a sentence of its own, at its place.

use nhipcau_campaign::{Memory, load};
use nhipcau_domain::{definitions::Definitions, problem::Problem};

const CAMPAIGN: &str = r#"
[campaign]
id = "small"
name = "Nhỏ"
scope = "xa"
office = "ban"
initiative-kind = "cell"
[[kind]]
id = "commune"
name = "Xã"
name-en = "Commune"
[[kind]]
id = "cell"
name = "Chi bộ"
name-en = "Cell"
[[measure]]
id = "people"
name = "người"
name-en = "people"
people = true
[[measure]]
id = "items"
name = "tin"
name-en = "items"
[[office]]
id = "ban"
name = "Ban"
unit = "xa"
"#;

const CALENDARS: &str = r#"
[[calendar]]
id = "nam"
name = "Năm"
[calendar.rule]
first = 2021-05-18
months = 12
count = 2
id = "nam-{n}"
name = "Năm {n}"
"#;

const UNITS: &str = "unit,code,name,kind,parent,opened\n\
    xa,29443,Xã,commune,,2016-01-01\n\
    a,,Ấp A,cell,xa,2016-01-01\n\
    b,,Ấp B,cell,xa,2016-01-01\n";

const ELEMENTS: &str = "id,section,name,measure,time,adds,from,definition\n\
    total,,Tổng,people,stock,adds,2021-01-01,Tất cả\n\
    done,,Đã làm,people,stock,adds,2021-01-01,Đã làm\n\
    out.a,,A,people,stock,adds,2021-01-01,A\n\
    out.b,,B,people,stock,adds,2021-01-01,B\n\
    out.ab,,AB,people,stock,adds,2021-01-01,AB\n\
    price,,Giá,people,stock,lists,2021-01-01,Giá\n\
    news,,Tin,items,flow,adds,2021-01-01,Tin\n";

const DATA_SETS: &str = r#"
[[data-set]]
id = "f"
name = "Biểu"
calendar = "nam"
roster = { kinds = ["cell"] }
elements = ["total", "done", "out.a", "out.b", "out.ab", "price"]
[[data-set]]
id = "g"
name = "Biểu tin"
calendar = "nam"
roster = { units = ["xa"] }
elements = ["news"]
"#;

const INDICATORS: &str = r#"
[[indicator]]
id = "share"
name = "Tỷ lệ"
measure = "people"
ratio = { numerator = ["done"], denominator = ["total"] }
"#;

fn small() -> Memory {
    let mut files = Memory::default();
    for (path, text) in [
        ("campaign.toml", CAMPAIGN),
        ("calendars.toml", CALENDARS),
        ("units.csv", UNITS),
        ("elements.csv", ELEMENTS),
        ("data-sets.toml", DATA_SETS),
        ("indicators.toml", INDICATORS),
    ] {
        files.put(path, text);
    }
    files
}

/// The campaign with one thing in a file changed.
fn with(path: &str, from: &str, to: &str) -> Memory {
    let mut files = small();
    let text = String::from_utf8(files.0[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    files.put(path, text.replacen(from, to, 1));
    files
}

/// The campaign with something added at a file's end.
fn plus(path: &str, more: &str) -> Memory {
    let mut files = small();
    let mut text = files.0.get(path).cloned().unwrap_or_default();
    text.extend_from_slice(more.as_bytes());
    files.put(path, text);
    files
}

fn problems(files: &Memory) -> Vec<Problem> {
    load(files).err().unwrap_or_default()
}

/// Loads and gives the refusals as text: place, name, values.
fn refusals(files: &Memory) -> Vec<String> {
    problems(files).iter().map(ToString::to_string).collect()
}

#[track_caller]
fn refused(files: &Memory, id: &str) -> Problem {
    let all = problems(files);
    let found = all.iter().find(|p| p.id == id);
    found.cloned().unwrap_or_else(|| panic!("no {id} in {all:?}"))
}

fn loaded(files: &Memory) -> Definitions {
    load(files).unwrap_or_else(|p| panic!("{p:?}")).definitions
}

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
fn an_element_is_on_exactly_one_form() {
    let both = refused(
        &with("data-sets.toml", "[\"news\"]", "[\"news\", \"done\"]"),
        "campaign-element-on-two-forms",
    );
    assert_eq!(both.arg("first"), Some(&"f".into()));
    refused(&with("data-sets.toml", "\"price\"", ""), "campaign-element-on-no-form");
    refused(&with("data-sets.toml", "[\"news\"]", "[]"), "campaign-form-empty");
}

#[test]
fn different_units_of_measure_are_never_added() {
    let sum = |of: &str| format!("[[indicator]]\nid = \"x\"\nname = \"X\"\nmeasure = \"people\"\n{of}\n");
    let add = |of: &str| plus("indicators.toml", &sum(of));
    refused(&add("count = [\"total\", \"news\"]"), "campaign-measures-differ");
    refused(
        &add("ratio = { numerator = [\"news\"], denominator = [\"total\"] }"),
        "campaign-measures-differ",
    );
    refused(&add("rate = \"news\""), "campaign-measures-differ");
    let news = "[[indicator]]\nid = \"n\"\nname = \"N\"\nmeasure = \"items\"\ncount = [\"news\"]\n";
    refused(&add(&format!("sum = [\"n\"]\n{news}")), "campaign-measures-differ");
    refused(
        &add("ratio = { numerator = [\"news\"], denominator = [\"total\"] }"),
        "campaign-ratio-across-forms",
    );
    refused(
        &add("ratio = { numerator = [\"price\"], denominator = [\"total\"] }"),
        "campaign-list-cannot-add",
    );
    refused(&add("count = [\"price\"]"), "campaign-list-cannot-add");
    refused(&add("count = []"), "campaign-sum-of-nothing");
    refused(&add("sum = [\"share\"]"), "campaign-sum-needs-counts");
    refused(&add("sum = [\"x\"]"), "campaign-sum-of-itself");
    refused(&add("count = [\"total\"]\nrate = \"price\""), "campaign-indicator-needs-one-way");
    refused(&add("claim = { value = 3, source = \" \" }"), "campaign-claim-needs-source");
    refused(&add("count = [\"total\"]\nwording = { decimals = 4 }"), "campaign-wording-decimals");
}

fn excluding(overlap: bool, parts: &[(&str, &str)]) -> Memory {
    let parts: Vec<String> = parts
        .iter()
        .map(|(groups, of)| {
            format!("{{ groups = [{groups}], numerator = \"{of}\", denominator = \"{of}\" }}")
        })
        .collect();
    let groups = "groups = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]";
    let text = format!(
        "[indicator.ratio.exclusions]\nname = \"trừ\"\n{groups}\noverlap = {overlap}\nparts = [{}]\n",
        parts.join(", ")
    );
    let ratio = "[indicator.ratio]\nnumerator = [\"done\"]\ndenominator = [\"total\"]\n";
    with(
        "indicators.toml",
        "ratio = { numerator = [\"done\"], denominator = [\"total\"] }",
        &format!("{ratio}{text}"),
    )
}

#[test]
fn overlapping_exclusions_need_a_part_for_every_combination() {
    let (a, b, both) = (("\"a\"", "out.a"), ("\"b\"", "out.b"), ("\"b\", \"a\"", "out.ab"));
    loaded(&excluding(true, &[a, b, both]));
    loaded(&excluding(false, &[a, b]));
    let missing = refused(&excluding(true, &[a, b]), "campaign-exclusion-part-missing");
    assert_eq!(missing.arg("groups"), Some(&"a + b".into()));
    refused(&excluding(true, &[a, both]), "campaign-exclusion-part-missing");
    refused(&excluding(false, &[a, b, both]), "campaign-exclusion-part-overlaps");
    refused(&excluding(true, &[a, b, both, both]), "campaign-exclusion-part-twice");
    refused(&excluding(true, &[a, b, ("\"c\"", "out.ab")]), "campaign-exclusion-group-unknown");
    let twice = "groups = [{ id = \"a\", name = \"A\" }, { id = \"a\", name = \"A\" }]";
    let mut files = excluding(false, &[a]);
    let text = String::from_utf8(files.0["indicators.toml"].clone()).unwrap();
    let from = text.find("groups = [{ id").unwrap();
    let to = from + text[from..].find('\n').unwrap();
    files.put("indicators.toml", format!("{}{twice}{}", &text[..from], &text[to..]));
    refused(&files, "campaign-exclusion-group-twice");
    files.put("indicators.toml", format!("{}groups = []{}", &text[..from], &text[to..]));
    refused(&files, "campaign-exclusion-group-count");
}

#[test]
fn checks_are_compiled_and_their_mistakes_placed_in_the_file() {
    let check = |holds: &str, message: &str| {
        let text = format!(
            "[[check]]\nid = \"c\"\ndata-set = \"f\"\nholds = '{holds}'\nseverity = \"refuse\"\nmessage = '{message}'\n"
        );
        plus("checks.toml", &text)
    };
    assert_eq!(loaded(&check("done <= total", "{done} > {total}")).rules.len(), 1);
    let unknown = &problems(&check("done <= totl", "x"))[0];
    assert_eq!(
        (unknown.place.file.as_deref(), unknown.place.line, unknown.place.column),
        (Some("checks.toml"), Some(4), Some(18))
    );
    assert!(unknown.id.starts_with("check-"), "{unknown}");
    let message = &problems(&check("done <= total", "{done"))[0];
    assert_eq!(message.place.line, Some(6));
    refused(&check("total <= news", "x"), "check-measures-differ");
    refused(&check("done = register(\"no-such\")", "x"), "campaign-register-unknown");
    refused(&check("news > 0", "x"), "campaign-check-other-form");
}

#[test]
fn what_happens_to_units_is_checked_by_the_tree() {
    let event = |text: &str| plus("tree-events.toml", &format!("[[event]]\non = 2020-01-01\n{text}\n"));
    assert_eq!(load(&event("change = \"close\"\nunits = [\"a\", \"b\"]")).unwrap().tree.len(), 5);
    let order = load(&event("change = \"rename\"\nunit = \"a\"\nname = \"Ấp 1\"")).unwrap().tree;
    assert!(order.windows(2).all(|w| w[0].on <= w[1].on));
    refused(&event("change = \"close\"\nunit = \"xa\""), "tree-child-outlives-parent");
    refused(&event("change = \"vanish\"\nunit = \"a\""), "campaign-bad-choice");
    for lacking in [
        "change = \"close\"",
        "change = \"rename\"\nunit = \"a\"",
        "change = \"rekind\"\nunit = \"a\"",
        "change = \"open\"\nunit = \"c\"",
        "change = \"merge\"\nfrom = [\"a\"]",
        "change = \"merge\"\nfrom = [\"a\"]\ninto = [\"b\", \"xa\"]",
        "change = \"split\"\ninto = [\"a\", \"b\"]",
        "change = \"rename\"\nunits = [\"a\", \"b\"]\nname = \"X\"",
    ] {
        refused(&event(lacking), "campaign-event-needs");
    }
}

#[test]
fn registers_are_checked() {
    let initiative =
        |row: &str| plus("initiatives.csv", &format!("unit,name,field,type,owner,started,ended\n{row}\n"));
    assert_eq!(loaded(&initiative("m,Mô hình,Kinh tế,collective,a,2020-01-01,")).initiatives.len(), 1);
    refused(&initiative("m,Mô hình,Kinh tế,both,a,2020-01-01,"), "campaign-bad-choice");
    refused(&initiative("m,Mô hình,Kinh tế,collective,z,2020-01-01,"), "campaign-unknown-name");
    refused(
        &initiative("m,Mô hình,Kinh tế,individual,a,2020-01-02,2020-01-01"),
        "campaign-initiative-ends-before-start",
    );
    let mut files = initiative("m,Mô hình,Kinh tế,collective,a,2020-01-01,");
    files.put("campaign.toml", CAMPAIGN.replace("initiative-kind = \"cell\"", ""));
    refused(&files, "campaign-initiative-kind-missing");

    let directive = |row: &str| {
        plus("directives.csv", &format!("id,number,kind,issuer,unit,issued,subject,relations\n{row}\n"))
    };
    let good = loaded(&directive(
        "k,01-KL/TW,Kết luận,Bộ Chính trị,,2021-05-18,Về việc,\nd,1-KH/HU,Kế hoạch,Huyện ủy,xa,2021-06-01,Về việc,implements:k",
    ));
    assert_eq!(good.directives[1].relations, [("implements".to_owned(), "k".to_owned())]);
    refused(&directive("d,1,Kế hoạch,Huyện ủy,xa,2021-06-01,Về việc,obeys:k"), "campaign-bad-choice");
    refused(&directive("d,1,Kế hoạch,Huyện ủy,xa,2021-06-01,Về việc,implements:k"), "campaign-unknown-name");

    let target = |row: &str| plus("targets.csv", &format!("indicator,period,value,source\n{row}\n"));
    assert_eq!(loaded(&target("share,nam-1,95,Nghị quyết")).targets[0].value, 95);
    refused(&target("share,nam-1,nhiều,Nghị quyết"), "campaign-wrong-type");
    refused(&target("share,nam-9,95,Nghị quyết"), "campaign-unknown-name-nearest");
    refused(&target("share,nam-1,95,A\nshare,nam-1,96,B"), "campaign-target-twice");
}

#[test]
fn a_changed_definition_is_a_break_in_the_series() {
    let definitions = loaded(&plus("elements.csv", "total,,,,,,2022-05-18,Định nghĩa mới\n"));
    let total = definitions.element("total").unwrap();
    assert_eq!(total.breaks().collect::<Vec<_>>(), ["2022-05-18".parse().unwrap()]);
    refused(&plus("elements.csv", "total,,,,,,2021-01-01,Khác\n"), "campaign-definition-same-day");
}

#[test]
fn settings_that_protect_nobody_are_refused() {
    let files = with("campaign.toml", "office = \"ban\"", "office = \"ban\"\nsmall-cell-threshold = 0");
    refused(&files, "campaign-threshold-too-small");
}

#[test]
fn warnings_do_not_stand_in_the_way() {
    let files = with("data-sets.toml", "kinds = [\"cell\"]", "kinds = []");
    let warnings = load(&files).unwrap().warnings;
    assert_eq!(warnings.iter().map(|w| w.id.as_str()).collect::<Vec<_>>(), ["campaign-roster-empty"]);
}

#[test]
fn report_templates_are_kept_by_name() {
    let mut files = small();
    files.put("reports/ket-qua.md", "Kết quả");
    assert_eq!(loaded(&files).reports["ket-qua"], "Kết quả");
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
