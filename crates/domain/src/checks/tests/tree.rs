//! The tree as JSON, for whoever else evaluates it.

use serde_json::json;

use super::*;

#[test]
fn a_node_is_an_object_whose_one_key_is_its_kind() {
    let check = check(
        r#"if not previous(bulletins) = -1 then 9007199254740993 * bulletins != register("a") + children(bulletins)"#,
    );
    assert_eq!(
        serde_json::to_value(check.holds()).unwrap(),
        json!({"logic": {
            "op": "implies",
            "left": {"not": {"compare": {
                "op": "=",
                "left": {"previous": "bulletins"},
                "right": {"constant": "-1"},
            }}},
            "right": {"compare": {
                "op": "!=",
                "left": {"arithmetic": {
                    "op": "*",
                    "left": {"constant": "9007199254740993"},
                    "right": {"element": "bulletins"},
                }},
                "right": {"arithmetic": {
                    "op": "+",
                    "left": {"register": "a"},
                    "right": {"children": "bulletins"},
                }},
            }},
        }})
    );
}

#[test]
fn a_check_carries_its_rule_and_its_sentences() {
    let rule = Rule { message: "Có {bulletins} bản tin".into(), ..rule("bulletins > 0") };
    let tree = serde_json::to_value(compile(&rule, &elements()).unwrap()).unwrap();
    assert_eq!(
        tree["sentence"],
        json!([{"text": "Có "}, {"value": {"element": "bulletins"}}, {"text": " bản tin"}])
    );
    assert_eq!(tree["sentence_en"], json!(null));
    assert_eq!(tree["rule"]["holds"], "bulletins > 0");
    assert_eq!(tree["condition"]["compare"]["op"], ">");
}

#[test]
fn the_deepest_tree_is_read_back_by_a_usual_reader() {
    let check = check(&format!("bulletins = 0{}", " + 0".repeat(58)));
    let text = serde_json::to_string(check.holds()).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
}
