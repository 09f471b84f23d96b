//! The description: whole, consistent, and the same as it was: what changes shows as a difference.

use std::{collections::BTreeSet, fmt::Write as _};

use serde_json::Value;

use crate::{
    house::DESCRIBED,
    schema::{operations, resolve},
};

/// Every reference of a document.
fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str));
            members.values().for_each(|v| references(v, found));
        }
        Value::Array(items) => items.iter().for_each(|v| references(v, found)),
        _ => {}
    }
}

#[test]
fn it_is_openapi_3_1_and_every_reference_leads_somewhere() {
    let api = &*DESCRIBED;
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1."), "{}", api["openapi"]);
    let mut found = BTreeSet::new();
    references(api, &mut found);
    assert!(found.len() > 50);
    for reference in found {
        assert!(api.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn each_operation_has_a_name_of_its_own_a_sentence_a_known_tag_and_its_parts_of_the_address() {
    let api = &*DESCRIBED;
    let tags: BTreeSet<&str> =
        api["tags"].as_array().unwrap().iter().filter_map(|t| t["name"].as_str()).collect();
    let mut names = BTreeSet::new();
    for (path, method, operation) in operations(api) {
        let name = operation["operationId"].as_str().unwrap_or_default();
        assert!(names.insert(name), "{name} stands twice");
        assert!(operation["summary"].is_string(), "{method} {path} says nothing of itself");
        let of: Vec<&str> =
            operation["tags"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert!(of.len() == 1 && tags.contains(of[0]), "{method} {path}: {of:?}");
        let said: BTreeSet<String> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|p| p["in"] == "path")
            .map(|p| p["name"].as_str().unwrap().to_owned())
            .collect();
        let parts: BTreeSet<String> = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}').map(str::to_owned))
            .collect();
        assert_eq!(said, parts, "{method} {path}");
    }
}

#[test]
fn each_type_is_described_once_and_under_its_own_name() {
    // Two types of one name would silently take each other's place.
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut names: Vec<String> = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let source = std::fs::read_to_string(&entry).unwrap();
            let mut described = false;
            for line in source.lines() {
                if line.starts_with("#[derive(") {
                    described = line.contains("ToSchema");
                }
                let words: Vec<&str> = line.split_whitespace().filter(|w| !w.starts_with("pub")).collect();
                if let ["struct" | "enum", name, ..] = words.as_slice()
                    && std::mem::take(&mut described)
                {
                    names.push(name.split('<').next().unwrap().to_owned());
                }
            }
        }
    }
    names.sort();
    let twice: Vec<&String> = names.windows(2).filter(|w| w[0] == w[1]).map(|w| &w[0]).collect();
    assert!(twice.is_empty() && names.len() > 80, "{twice:?} of {}", names.len());
}

/// The type of a schema, in a word.
fn kind(schema: &Value) -> String {
    if let Some(to) = schema["$ref"].as_str() {
        return to.rsplit('/').next().unwrap().to_owned();
    }
    for name in ["oneOf", "anyOf", "allOf"] {
        if let Some(each) = schema[name].as_array() {
            return each.iter().map(kind).collect::<Vec<_>>().join(" | ");
        }
    }
    let format = schema["format"].as_str().map(|f| format!("({f})")).unwrap_or_default();
    let allowed =
        schema["enum"].as_array().map(|e| format!("{}", Value::Array(e.clone()))).unwrap_or_default();
    match &schema["type"] {
        Value::String(t) if t == "array" => format!("[{}]", kind(&schema["items"])),
        Value::String(t) if t == "object" && schema["properties"].is_object() => {
            let members = schema["properties"].as_object().unwrap().iter();
            let members: Vec<String> = members.map(|(n, s)| format!("{n}: {}", kind(s))).collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::String(t) if t == "object" && schema["additionalProperties"].is_object() => {
            format!("{{*: {}}}", kind(&schema["additionalProperties"]))
        }
        Value::Array(ts) if ts.contains(&"array".into()) => format!("[{}]?", kind(&schema["items"])),
        Value::Array(ts) => {
            let t = ts.iter().find(|t| **t != "null").and_then(Value::as_str).unwrap_or("null");
            format!("{t}{format}{allowed}?")
        }
        Value::String(t) => format!("{t}{format}{allowed}"),
        _ => "any".to_owned(),
    }
}

#[test]
fn what_programs_rely_on_is_as_it_was() {
    let api = &*DESCRIBED;
    let mut out = String::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let scopes: Vec<String> = operation["security"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|s| s["token"].as_array().into_iter().flatten().map(ToString::to_string).collect())
                .collect();
            let _ = writeln!(out, "{} {path} [{}]", method.to_uppercase(), scopes.join(" or "));
            for p in operation["parameters"].as_array().into_iter().flatten() {
                let must = if p["required"] == true { "" } else { "?" };
                let _ = writeln!(
                    out,
                    "  {} {}{must}: {}",
                    p["in"].as_str().unwrap(),
                    p["name"].as_str().unwrap(),
                    kind(&p["schema"])
                );
            }
            for (media, content) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
                let _ = writeln!(out, "  < {media} {}", kind(&content["schema"]));
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                if !status.starts_with('2') {
                    continue;
                }
                for (media, content) in resolve(api, response)["content"].as_object().into_iter().flatten() {
                    let _ = writeln!(out, "  > {status} {media} {}", kind(&content["schema"]));
                }
            }
        }
    }
    for (name, schema) in api["components"]["schemas"].as_object().unwrap() {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let Some(members) = schema["properties"].as_object() else {
            let _ = writeln!(out, "{name} = {}", kind(schema));
            continue;
        };
        let _ = writeln!(out, "{name}");
        for (member, schema) in members {
            let must = if required.contains(&member.as_str()) { "" } else { "?" };
            let _ = writeln!(out, "  {member}{must}: {}", kind(schema));
        }
    }
    insta::assert_snapshot!("description", out);
}
