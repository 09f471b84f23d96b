//! Holds answers to the description: the status is one that is said, and the body is as it is said.

use serde_json::Value;

use crate::house::Answer;

/// Every operation: its address, method, and what is said of it.
pub fn operations(api: &Value) -> impl Iterator<Item = (&str, String, &Value)> {
    let paths = api["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let each = item.as_object().into_iter().flatten();
        each.map(move |(method, operation)| (path.as_str(), method.to_uppercase(), operation))
    })
}

/// The operation of a request, with the address as it is described.
pub fn operation<'a>(api: &'a Value, method: &str, path: &str) -> Option<(&'a str, &'a Value)> {
    let fits = |template: &str| {
        let (t, p): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
        t.len() == p.len() && t.iter().zip(&p).all(|(t, p)| t == p || t.starts_with('{'))
    };
    let paths = api["paths"].as_object()?;
    // A literal part wins over one that is filled in.
    let mut found: Vec<_> = paths.iter().filter(|(template, _)| fits(template)).collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    let (template, item) = found.into_iter().next()?;
    Some((template, item.get(method.to_lowercase())?))
}

/// Panics where an answer is none that the description allows.
pub fn hold(api: &Value, method: &str, path: &str, answer: &Answer) {
    assert!(!answer.status.is_server_error(), "{method} {path}: {answer:?}");
    let kind = answer.header("content-type").split(';').next().unwrap_or("").to_owned();
    if answer.status.is_client_error() {
        let trouble = &api["components"]["schemas"]["Trouble"];
        assert_eq!(kind, "application/problem+json", "{method} {path}");
        check(api, trouble, &answer.json(), &format!("{method} {path} {}", answer.status));
    }
    let Some((template, operation)) = operation(api, method, path) else { return };
    let status = answer.status.as_u16().to_string();
    let said = resolve(api, &operation["responses"][&status]);
    assert!(said.is_object(), "{method} {template} answered {status}: {}", answer.problem());
    let content = said["content"].as_object().cloned().unwrap_or_default();
    let schema = content.get(&kind).or_else(|| content.get("*/*"));
    let schema = schema.unwrap_or_else(|| panic!("{method} {template} answered with {kind}"));
    if kind == "application/json" {
        check(api, &schema["schema"], &answer.json(), &format!("{method} {template}"));
    }
}

/// Follows a reference within the description.
pub fn resolve<'a>(api: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(to) => {
            let to = api.pointer(to.trim_start_matches('#')).unwrap_or_else(|| panic!("no {to}"));
            resolve(api, to)
        }
        None => value,
    }
}

/// Panics where a value is not as its schema says.
pub fn check(api: &Value, schema: &Value, value: &Value, place: &str) {
    if let Err(why) = fits(api, schema, value) {
        panic!("{place}: {why}");
    }
}

fn fits(api: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let schema = resolve(api, schema);
    for (name, all) in [("oneOf", false), ("anyOf", false), ("allOf", true)] {
        let Some(each) = schema[name].as_array() else { continue };
        let met = each.iter().filter(|s| fits(api, s, value).is_ok()).count();
        let good = if all {
            met == each.len()
        } else if name == "oneOf" {
            met == 1
        } else {
            met > 0
        };
        if !good {
            return Err(format!("{value} fits {met} of {} in {name}", each.len()));
        }
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        return Err(format!("{value} is none of {allowed:?}"));
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |kind: &str| match kind {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is(kind)) {
        return Err(format!("{value} is no {kinds:?}"));
    }
    if let Some(items) = value.as_array().filter(|_| schema["items"].is_object()) {
        for item in items {
            fits(api, &schema["items"], item)?;
        }
    }
    let Some(members) = value.as_object() else { return Ok(()) };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !members.contains_key(name) {
            return Err(format!("lacks {name}"));
        }
    }
    for (name, member) in members {
        let known = &schema["properties"][name];
        if known.is_object() {
            fits(api, known, member).map_err(|why| format!("{name}: {why}"))?;
        } else if schema["additionalProperties"].is_object() {
            fits(api, &schema["additionalProperties"], member).map_err(|why| format!("{name}: {why}"))?;
        } else if schema["properties"].is_object() && schema["allOf"].is_null() {
            return Err(format!("{name} is not described"));
        }
    }
    Ok(())
}

/// A value as a schema asks for it, with nothing that it does not require.
pub fn sample(api: &Value, schema: &Value) -> Value {
    let schema = resolve(api, schema);
    if let Some(first) = schema["enum"].as_array().and_then(|e| e.first()) {
        return first.clone();
    }
    for name in ["oneOf", "anyOf", "allOf"] {
        let mut each = schema[name].as_array().into_iter().flatten();
        if let Some(first) = each.find(|s| s["type"] != "null") {
            return sample(api, first);
        }
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|k| *k != "null").and_then(Value::as_str),
        kind => kind.as_str(),
    };
    match (kind, schema["format"].as_str()) {
        (Some("string"), Some("date")) => "2023-06-01".into(),
        (Some("string"), Some("date-time")) => "2023-06-01T00:00:00Z".into(),
        (Some("string"), Some("uuid")) => "00000000-0000-7000-8000-00000000ffff".into(),
        (Some("string"), _) => "x".into(),
        (Some("integer" | "number"), _) => 1.into(),
        (Some("boolean"), _) => false.into(),
        (Some("array"), _) => Value::Array(Vec::new()),
        (Some("object"), _) => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            required.map(|name| (name.to_owned(), sample(api, &schema["properties"][name]))).collect()
        }
        _ => Value::Null,
    }
}
