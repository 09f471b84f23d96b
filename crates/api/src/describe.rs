//! The description (`OpenAPI` 3.1), and a page on which people read it.

use std::{fmt::Write as _, sync::OnceLock};

use axum::{
    http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    response::{IntoResponse as _, Response},
};
use utoipa::{
    IntoResponses, Modify, OpenApi,
    openapi::{
        self, ContentBuilder, Ref, RefOr, ResponseBuilder,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    PATH,
    failure::{PROBLEM, Trouble},
    ways,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Nhịp Cầu",
        version = "1",
        description = "Everything that the desk can do, for programs. A program acts by a token of an office: \
            `Authorization: Bearer nhc_…`. A token is for some scopes and never does more than its office may \
            at that moment. Integers are integers, texts are NFC, days are ISO 8601, times are UTC. Problems are \
            RFC 9457 in Vietnamese, or in English where `Accept-Language` asks for it. A POST may carry an \
            `Idempotency-Key`: sent again within a day it is answered the same and does nothing twice.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(Trouble)),
    modifiers(&Common),
    tags(
        (name = "public", description = "Editions that are out, for anyone: protected as on the site's pages."),
        (name = "self", description = "Who asks."),
        (name = "setting", description = "Units, forms, periods, indicators."),
        (name = "reporting", description = "What is owed, filling in, sending."),
        (name = "review", description = "What waits, what is missing; accepting and sending back."),
        (name = "messages", description = "Reminding, and what became of messages that the system sends."),
        (name = "figures", description = "Tables and figures, raw."),
        (name = "reports", description = "Reports: drafted, approved, frozen."),
        (name = "configuration", description = "What is set up: looked at, tried, changed, restored."),
        (name = "audit", description = "Who did what."),
        (name = "site", description = "Articles, media, documents, columns, readers' messages; the site's \
            settings, redirects and maps."),
        (name = "accounts", description = "Offices, offices of units, slips."),
    ),
)]
struct Base;

/// How one is known, and what every address may refuse with.
struct Common;

impl Modify for Common {
    fn modify(&self, api: &mut openapi::OpenApi) {
        let Some(components) = api.components.as_mut() else { return };
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("nhc_").build();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        for (_, name, description) in REFUSALS {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Trouble"))).build();
            let response = ResponseBuilder::new().description(description).content(PROBLEM, content).build();
            components.responses.insert(name.to_owned(), RefOr::T(response));
        }
    }
}

/// What an address may refuse with: the status, its name here, what it means.
const REFUSALS: [(&str, &str, &str); 9] = [
    ("400", "Unreadable", "What was sent cannot be read."),
    ("401", "Unknown", "There is no token, or it is not good."),
    ("403", "NotAllowed", "The token is not for this, or its office may not."),
    ("404", "Missing", "There is no such thing."),
    ("409", "Conflict", "It is no longer as it was when it was read."),
    ("413", "TooLarge", "It is too large."),
    ("415", "WrongKind", "It is of a kind that is not taken here."),
    ("422", "Refused", "It can be read, and is not accepted: the problems say why."),
    ("429", "TooMuch", "Too much is asked at once: `Retry-After` says when to come again."),
];

/// What every address with a token may refuse with.
pub(crate) struct Refusals;

impl IntoResponses for Refusals {
    fn responses() -> std::collections::BTreeMap<String, RefOr<openapi::Response>> {
        REFUSALS.iter().map(|(status, name, _)| refusal(status, name)).collect()
    }
}

/// What an address for anyone may refuse with.
pub(crate) struct PublicRefusals;

impl IntoResponses for PublicRefusals {
    fn responses() -> std::collections::BTreeMap<String, RefOr<openapi::Response>> {
        let open = REFUSALS.iter().filter(|(status, _, _)| ["400", "404", "422", "429"].contains(status));
        open.map(|(status, name, _)| refusal(status, name)).collect()
    }
}

fn refusal(status: &str, name: &str) -> (String, RefOr<openapi::Response>) {
    (status.to_owned(), RefOr::Ref(Ref::from_response_name(name)))
}

/// The description: of every address, and of nothing else.
#[must_use]
pub fn describe() -> openapi::OpenApi {
    let (json, files) = ways::all();
    let whole = OpenApiRouter::with_openapi(Base::openapi());
    whole.nest(PATH, json.merge(files)).into_openapi()
}

fn written() -> &'static str {
    static WRITTEN: OnceLock<String> = OnceLock::new();
    WRITTEN.get_or_init(|| describe().to_pretty_json().unwrap_or_default())
}

/// The description as a document.
pub(crate) async fn document() -> Response {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")], written()).into_response()
}

/// The description as a page, without scripts.
pub(crate) async fn page() -> Response {
    static PAGE: OnceLock<String> = OnceLock::new();
    let html = PAGE.get_or_init(|| drawn(&describe())).as_str();
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'self'; frame-ancestors 'none'"),
    ];
    (headers, html).into_response()
}

fn drawn(api: &openapi::OpenApi) -> String {
    let mut out = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>Nhịp Cầu API</title></head><body><main>\
         <h1>Nhịp Cầu API</h1>",
    );
    let about = api.info.description.clone().unwrap_or_default();
    // Writing to a String cannot fail.
    let _ = write!(out, "<p>{}</p><p><a href=\"{PATH}/openapi.json\">openapi.json</a></p>", plain(&about));
    for tag in api.tags.iter().flatten() {
        let about = tag.description.clone().unwrap_or_default();
        let _ = write!(out, "<section><h2>{}</h2><p>{}</p><dl>", plain(&tag.name), plain(&about));
        for (path, method, operation) in operations(api) {
            if operation.tags.iter().flatten().all(|t| *t != tag.name) {
                continue;
            }
            let summary = operation.summary.clone().unwrap_or_default();
            let more = operation.description.clone().unwrap_or_default();
            let scopes = scopes(operation).join(", ");
            let _ = write!(
                out,
                "<dt><code>{method} {}</code></dt><dd>{}{}{}</dd>",
                // Long addresses are broken on a phone's screen.
                plain(path).replace('/', "/<wbr>"),
                plain(&summary),
                if more.is_empty() { String::new() } else { format!(" {}", plain(&more)) },
                if scopes.is_empty() { String::new() } else { format!(" [{}]", plain(&scopes)) },
            );
        }
        out.push_str("</dl></section>");
    }
    out.push_str("</main></body></html>");
    out
}

/// Every operation: its address, method, and what is said of it.
fn operations(
    api: &openapi::OpenApi,
) -> impl Iterator<Item = (&str, &'static str, &openapi::path::Operation)> {
    api.paths.paths.iter().flat_map(|(path, item)| {
        let each = [
            ("GET", &item.get),
            ("POST", &item.post),
            ("PUT", &item.put),
            ("PATCH", &item.patch),
            ("DELETE", &item.delete),
        ];
        each.into_iter().filter_map(move |(method, o)| Some((path.as_str(), method, o.as_ref()?)))
    })
}

/// The scopes that an operation takes.
fn scopes(operation: &openapi::path::Operation) -> Vec<String> {
    let value = serde_json::to_value(&operation.security).unwrap_or_default();
    let each = value.as_array().into_iter().flatten().filter_map(|s| s["token"].as_array());
    each.flatten().filter_map(|s| s.as_str().map(str::to_owned)).collect()
}

fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
