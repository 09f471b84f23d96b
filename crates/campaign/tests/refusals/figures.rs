//! Mistakes in elements, forms, indicators and checks.

use nhipcau_campaign::Memory;

use super::small::{loaded, plus, problems, refused, with};

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
fn a_changed_definition_is_a_break_in_the_series() {
    let definitions = loaded(&plus("elements.csv", "total,,,,,,2022-05-18,Định nghĩa mới\n"));
    let total = definitions.element("total").unwrap();
    assert_eq!(total.breaks().collect::<Vec<_>>(), ["2022-05-18".parse().unwrap()]);
    refused(&plus("elements.csv", "total,,,,,,2021-01-01,Khác\n"), "campaign-definition-same-day");
}
