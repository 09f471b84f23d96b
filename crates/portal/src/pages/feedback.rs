//! What readers say: a message, and how satisfied they are. No account, no cookie.

use askama::Template;
use axum::{
    extract::{Form, State, rejection::FormRejection},
    http::{
        HeaderMap, HeaderName, StatusCode,
        header::{ORIGIN, REFERRER_POLICY},
    },
    response::{IntoResponse, Redirect, Response},
};
use nhipcau_actions::{ActionError, press};
use nhipcau_domain::problem::Problem;
use nhipcau_messages::sentence;
use serde::Deserialize;

use crate::{
    failure::Failure,
    page::{Page, Section},
    reader::Reader,
    reading::html,
    routes,
    site::making::{every_language, in_language},
    state::PortalState,
};

/// Under `no-referrer` a browser sends `Origin: null` with its own site's forms, and an old one has
/// nothing else to tell whose form it is.
const SAYS_WHERE: [(HeaderName, &str); 1] = [(REFERRER_POLICY, "same-origin")];

/// Where readers say what they think.
#[derive(Debug, Clone, Template)]
#[template(path = "feedback.html")]
pub struct Feedback {
    /// What every page carries.
    pub page: Page,
    /// The page that they speak of.
    pub about: String,
    /// What was typed; nothing is lost when it was refused.
    pub message: String,
    /// How to answer.
    pub contact: String,
    /// Why it was refused.
    pub problem: Option<String>,
    /// What was taken: a message, or a rating.
    pub thanks: Option<&'static str>,
}

/// A message as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Message {
    about: String,
    #[serde(rename = "message")]
    words: String,
    contact: String,
    /// A field that people do not see: who fills it in is a machine.
    website: String,
}

/// A rating as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Rating {
    about: String,
    score: String,
}

impl Feedback {
    /// The five answers: value and words.
    #[must_use]
    pub fn scores(&self) -> [(u32, String); 5] {
        [1, 2, 3, 4, 5].map(|n| (n, self.page.t(&format!("site-rating-{n}"))))
    }

    /// Where the message is sent.
    #[must_use]
    pub fn send_to(&self) -> String {
        self.page.to(routes::FEEDBACK, &[])
    }

    /// Where the rating is sent.
    #[must_use]
    pub fn rate_at(&self) -> String {
        self.page.to(routes::RATING, &[])
    }
}

async fn form(state: &PortalState, reader: &Reader) -> Result<Feedback, Failure> {
    let mut page = Page::new(reader, Section::Site);
    let base = state.base(&*press::site(&state.workspace).await?);
    page.head.canonical = format!("{base}{}", in_language(routes::FEEDBACK, page.lang));
    page.head.alternates = every_language(&base, routes::FEEDBACK);
    page.head.description = page.t("site-feedback-lead");
    Ok(Feedback {
        page,
        about: String::new(),
        message: String::new(),
        contact: String::new(),
        problem: None,
        thanks: None,
    })
}

/// Shows the forms.
pub async fn show(State(state): State<PortalState>, reader: Reader) -> Result<Response, Failure> {
    let mut view = form(&state, &reader).await?;
    let about = reader.parameter(routes::ABOUT).unwrap_or_default();
    about.chars().take(300).collect::<String>().clone_into(&mut view.about);
    view.thanks = match reader.parameter(routes::DONE) {
        Some("gop-y") => Some("site-feedback-thanks"),
        Some("danh-gia") => Some("site-rating-thanks"),
        _ => None,
    };
    Ok((SAYS_WHERE, html(&view)?).into_response())
}

/// Takes a message.
pub async fn send(
    State(state): State<PortalState>,
    reader: Reader,
    headers: HeaderMap,
    sent: Result<Form<Message>, FormRejection>,
) -> Result<Response, Failure> {
    let sent = match (sent, is_own(&headers)) {
        (Ok(Form(sent)), true) => sent,
        (Ok(Form(sent)), false) => {
            return again(&state, &reader, sent, &Problem::new("site-form-foreign")).await;
        }
        (Err(_), _) => {
            return again(&state, &reader, Message::default(), &Problem::new("site-form-unreadable")).await;
        }
    };
    // A machine is thanked like everyone, and nothing is kept.
    if sent.website.is_empty() {
        match press::give_feedback(&state.workspace, &sent.about, &sent.words, &sent.contact).await {
            Ok(_) => {}
            Err(ActionError::Refused(problem)) => return again(&state, &reader, sent, &problem).await,
            Err(other) => return Err(other.into()),
        }
    }
    Ok(thanked(&reader, "gop-y"))
}

/// Counts a rating.
pub async fn rate(
    State(state): State<PortalState>,
    reader: Reader,
    headers: HeaderMap,
    sent: Result<Form<Rating>, FormRejection>,
) -> Result<Response, Failure> {
    let problem = match (sent, is_own(&headers)) {
        (Ok(Form(sent)), true) => match sent.score.parse() {
            Ok(score) => {
                let about = if sent.about.is_empty() { routes::HOME } else { sent.about.as_str() };
                match press::rate(&state.workspace, about, score).await {
                    Ok(()) => return Ok(thanked(&reader, "danh-gia")),
                    Err(ActionError::Refused(problem)) => problem,
                    Err(other) => return Err(other.into()),
                }
            }
            Err(_) => Problem::new("site-form-no-score"),
        },
        (_, false) => Problem::new("site-form-foreign"),
        (Err(_), _) => Problem::new("site-form-unreadable"),
    };
    again(&state, &reader, Message::default(), &problem).await
}

/// The form again, with what was typed and why it was refused.
async fn again(
    state: &PortalState,
    reader: &Reader,
    sent: Message,
    problem: &Problem,
) -> Result<Response, Failure> {
    let mut view = form(state, reader).await?;
    view.problem = Some(sentence(reader.lang, problem));
    (view.about, view.message, view.contact) = (sent.about, sent.words, sent.contact);
    view.page.head.noindex = true;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, SAYS_WHERE, html(&view)?).into_response())
}

fn thanked(reader: &Reader, what: &str) -> Response {
    let page = Page::new(reader, Section::Site);
    Redirect::to(&page.to(routes::FEEDBACK, &[(routes::DONE, Some(what))])).into_response()
}

/// Whether a form comes from a page of this site. Browsers say so in `Sec-Fetch-Site`, older ones in
/// `Origin`; a sender that says neither is no browser, and has no reader's rights to abuse.
fn is_own(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(from) = said("sec-fetch-site") {
        return matches!(from, "same-origin" | "none");
    }
    match (said(ORIGIN.as_str()), said("host")) {
        (Some(origin), Some(host)) => origin.split("://").nth(1) == Some(host),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(headers: &[(&'static str, &'static str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        is_own(&map)
    }

    #[test]
    fn a_form_of_another_site_is_not_taken() {
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(!from(&[("sec-fetch-site", "cross-site")]));
        assert!(!from(&[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://a.example"),
            ("host", "a.example")
        ]));
        assert!(from(&[("origin", "https://a.example"), ("host", "a.example")]));
        assert!(!from(&[("origin", "https://evil.example"), ("host", "a.example")]));
        assert!(!from(&[("origin", "null"), ("host", "a.example")]));
    }
}
