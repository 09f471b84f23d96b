//! Another's sign-in service: to sign in by it, to set oneself up by it, to be bound to it, to prove anew who
//! one is. People are sent there by a link, and come back to one address.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Query, RawQuery, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    ActionError,
    accounts::{self, Entry, Errand, Identity, Journey, Stage},
};
use nhipcau_domain::problem::Problem;
use nhipcau_sso::{Provider, Secrets, SsoError};
use nhipcau_web::held::{get, post};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{next, next_of, on_to, sign_in};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::{SignedIn, Visitor},
};

/// The page of what one is bound to.
const PATH: &str = "/lam-viec/tai-khoan/lien-thong";

/// How many answers of the service are waited for at a time.
const AT_ONCE: usize = 8;

/// Another's sign-in service, as the desk knows it. Clones share the places of those who wait.
#[derive(Clone)]
pub(crate) struct Service {
    provider: Arc<Provider>,
    /// The name that people know it by.
    label: Arc<str>,
    places: Arc<Semaphore>,
}

impl Service {
    pub fn new(provider: Provider, label: &str) -> Self {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        Self { provider: Arc::new(provider), label: label.into(), places }
    }

    /// Words and address by which one signs in.
    pub fn sign_in_link(&self, page: &Page, next: &str) -> (String, String) {
        let words = page.say1("desk-sso-sign-in", "label", &*self.label);
        (words, format!("/lam-viec/dang-nhap/lien-thong?tiep={next}"))
    }

    /// Words by which one sets oneself up.
    pub fn set_up_words(&self, page: &Page) -> String {
        page.say1("desk-sso-set-up", "label", &*self.label)
    }

    /// Words and address of what one is bound to.
    pub fn account_link(&self, page: &Page, bound: bool) -> (String, String) {
        let id = if bound { "desk-sso-bound" } else { "desk-sso-unbound" };
        (page.say1(id, "label", &*self.label), PATH.to_owned())
    }

    /// The button by which one proves who one is.
    pub fn proof_form(&self, signed: &SignedIn, next: &str) -> Form {
        let words = signed.page.say1("desk-sso-prove", "label", &*self.label);
        Form::new(signed.csrf(), "/lam-viec/xac-nhan/lien-thong", words).field(Field::hidden("tiep", next))
    }

    /// Asks the service, off the event loop, where no more wait than may.
    async fn ask<T: Send + 'static>(
        &self,
        what: impl FnOnce(&Provider) -> Result<T, SsoError> + Send + 'static,
    ) -> Result<T, Failure> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| Problem::new("sso-busy").with("label", &*self.label))?;
        let provider = Arc::clone(&self.provider);
        let asked = tokio::task::spawn_blocking(move || {
            let _place = place;
            what(&provider)
        });
        let said = asked.await.map_err(|_| Failure::from(ActionError::Worker))?;
        said.map_err(|error| {
            tracing::warn!(%error, "a sign-in service was asked for nothing");
            let down = matches!(error, SsoError::Down(_));
            Problem::new(if down { "sso-down" } else { "sso-refused" }).with("label", &*self.label).into()
        })
    }
}

pub(crate) fn routes() -> Router<DeskState> {
    Router::new()
        .route("/lam-viec/dang-nhap/lien-thong", get(enter))
        .route("/lam-viec/dang-nhap/lien-thong/ve", get(back))
        .route("/lam-viec/xac-nhan/lien-thong", post(prove))
        .route("/lam-viec/tai-khoan/lien-thong", get(show).merge(post(bind)))
        .route("/lam-viec/tai-khoan/lien-thong/{id}", post(unbind))
}

fn service(state: &DeskState) -> Result<&Service, Failure> {
    state.service.as_ref().ok_or(Failure::NotFound)
}

/// Sets out: the address at the service, and the secret that the browser keeps until it is back.
async fn set_out(state: &DeskState, visitor: &Visitor, errand: Errand) -> Result<(String, String), Failure> {
    accounts::may_travel(&state.door, &visitor.asking)?;
    let door = &state.door;
    let secrets = Secrets { state: door.secret(), nonce: door.secret(), verifier: door.secret() };
    let (anew, now) = (is_anew(&errand), state.ws().now().as_second());
    let asked = secrets.clone();
    let to = service(state)?.ask(move |provider| provider.send(&asked, anew, now)).await?;
    let Secrets { state: key, nonce, verifier } = secrets;
    let browser = door.secret();
    accounts::set_out(door, &key, &browser, &Journey { errand, nonce, verifier }).await?;
    Ok((to.to_string(), browser))
}

/// Who is in already is asked again who they are.
fn is_anew(errand: &Errand) -> bool {
    matches!(errand, Errand::Bind { .. } | Errand::Prove { .. })
}

/// A page with the way to the service: a form may lead nowhere but to this site (CSP), a link may.
pub(super) async fn way(state: &DeskState, visitor: &Visitor, errand: Errand) -> Result<Response, Failure> {
    let (to, browser) = set_out(state, visitor, errand).await?;
    let (page, label) = (visitor.page.clone(), &*service(state)?.label);
    let words = page.say1("desk-sso-go", "label", label);
    let html = Sheet::new(page.clone(), page.say1("desk-sso-way", "label", label))
        .lead(page.say1("desk-sso-way-long", "label", label))
        .with(Block::Links(vec![(words, to)]))
        .html()?;
    Ok(visitor.set_out(html.into_response(), Some(&browser)))
}

async fn enter(
    State(state): State<DeskState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let next = next(query.as_deref());
    if visitor.entered.as_ref().is_some_and(|e| e.stage == Stage::Full) {
        return Ok(on_to(&next));
    }
    match set_out(&state, &visitor, Errand::SignIn { next: next.clone() }).await {
        Ok((to, browser)) => Ok(visitor.set_out(on_to(&to), Some(&browser))),
        // The other ways in are still there.
        Err(Failure::Refused(problem)) => at_the_door(&state, &visitor, &problem, &next).await,
        Err(other) => Err(other),
    }
}

/// The page where one signs in, with what went wrong.
async fn at_the_door(
    state: &DeskState,
    visitor: &Visitor,
    problem: &Problem,
    next: &str,
) -> Result<Response, Failure> {
    let said = visitor.page.problem(problem);
    let html = sign_in::sheet_for(state, visitor, &said, next).await?;
    Ok((Failure::Refused(problem.clone()).status(), html).into_response())
}

/// Somebody comes back.
async fn back(
    State(state): State<DeskState>,
    visitor: Visitor,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(query);
    let browser = visitor.journey.clone().unwrap_or_default();
    let journey = accounts::come_back(&state.door, fields.get("state"), &browser).await?;
    let Some(journey) = journey.filter(|_| !browser.is_empty()) else {
        let lost = Problem::new("sso-lost");
        return at_the_door(&state, &visitor, &lost, "/lam-viec").await;
    };
    let answer = match identity(&state, &fields, &journey).await {
        Ok(identity) => arrive(&state, &visitor, journey.errand, &identity).await,
        Err(failure) => Err(failure),
    };
    let answer = match answer {
        Err(Failure::Refused(problem)) if visitor.entered.is_none() => {
            at_the_door(&state, &visitor, &problem, "/lam-viec").await
        }
        other => other,
    };
    Ok(visitor.set_out(answer.unwrap_or_else(Failure::into_response), None))
}

/// Who the service says that somebody is.
async fn identity(state: &DeskState, fields: &Fields, journey: &Journey) -> Result<Identity, Failure> {
    let service = service(state)?;
    // RFC 9207: a word that another service sent here is none of this one's.
    if fields.some("iss").is_some_and(|iss| !service.provider.is_issuer(iss)) {
        return Err(Problem::new("sso-refused").with("label", &*service.label).into());
    }
    let Some(code) = fields.some("code").map(str::to_owned) else {
        return Err(Problem::new("sso-cancelled").with("label", &*service.label).into());
    };
    let (nonce, verifier) = (journey.nonce.clone(), journey.verifier.clone());
    let secrets = Secrets { state: String::new(), nonce, verifier };
    let (anew, now) = (is_anew(&journey.errand), state.ws().now().as_second());
    let said = service.ask(move |provider| provider.receive(&code, &secrets, anew, now)).await?;
    Ok(Identity { issuer: said.issuer, subject: said.subject, two_factors: said.two_factors })
}

/// Does what somebody was sent for.
async fn arrive(
    state: &DeskState,
    visitor: &Visitor,
    errand: Errand,
    identity: &Identity,
) -> Result<Response, Failure> {
    let (door, asking) = (&state.door, &visitor.asking);
    let (entry, next) = match errand {
        Errand::SignIn { next } => (accounts::sign_in_by_service(door, identity, asking).await?, next),
        Errand::SetUp { link, name, contact } => {
            let entry = accounts::set_up_by_service(door, &link, &name, &contact, identity, asking).await?;
            (entry, "/lam-viec".to_owned())
        }
        Errand::Bind { session } => {
            let entered = visitor.entered.as_ref().filter(|e| e.session == session && e.stage == Stage::Full);
            let entered = entered.ok_or_else(|| Problem::new("sso-lost"))?;
            accounts::bind(door, entered, identity).await?;
            return Ok(on_to(&format!("{PATH}?xong=bound")));
        }
        Errand::Prove { session, next } => {
            let secret = visitor.secret.as_deref().unwrap_or_default();
            let entry = accounts::prove_by_service(door, secret, session, identity, asking).await?;
            return match entry {
                Entry::In { session, .. } => Ok(visitor.let_in(on_to(&next), &session, None)),
                entry => Err(entry.problem().unwrap_or_else(|| Problem::new("sso-lost")).into()),
            };
        }
    };
    if let (Entry::In { .. } | Entry::Code { .. }, Some(old)) = (&entry, &visitor.secret) {
        accounts::sign_out(state.ws(), old).await?;
    }
    match &entry {
        Entry::In { session, device } => Ok(visitor.let_in(on_to(&next), session, device.as_deref())),
        Entry::Code { session } => {
            let to = format!("/lam-viec/dang-nhap/ma?tiep={next}");
            Ok(visitor.let_in(on_to(&to), session, None))
        }
        entry => Err(entry.problem().unwrap_or_else(|| Problem::new("sso-lost")).into()),
    }
}

async fn prove(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (session, next) = (posted.signed.entered.session, next_of(&posted.fields));
    way(&state, &posted.signed.visitor, Errand::Prove { session, next }).await
}

async fn sheet(state: &DeskState, signed: &SignedIn, error: &str) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/tai-khoan");
    let label = &*service(state)?.label;
    let ways = accounts::ways(state.ws(), &signed.entered).await?;
    let mut sheet = Sheet::new(page.clone(), page.say1("desk-sso-account", "label", label)).lead(page.say1(
        "desk-sso-account-lead",
        "label",
        label,
    ));
    let rows: Vec<_> = ways
        .identities
        .into_iter()
        .map(|bound| {
            let used = bound.used.map_or_else(|| page.t("desk-key-unused"), |at| page.time(at));
            let end = Form::new(signed.csrf(), format!("{PATH}/{}", bound.id), page.t("desk-sso-unbind"));
            vec![
                Cell::text(bound.issuer),
                Cell::text(page.time(bound.at)),
                Cell::text(used),
                Cell::form(end.inline().grave()),
            ]
        })
        .collect();
    if rows.is_empty() {
        let words = page.say1("desk-sso-bind", "label", label);
        sheet.push(Block::Form(Form::new(signed.csrf(), PATH, words).error(error)));
    } else {
        let head = ["desk-sso-issuer", "desk-sso-since", "desk-key-used", "desk-actions"];
        let head = head.iter().map(|id| page.t(id)).collect();
        sheet.push(Block::Table(Table { caption: String::new(), head, rows }));
        if !error.is_empty() {
            sheet.push(Block::Text(error.to_owned()));
        }
    }
    let back = vec![(page.t("desk-account"), "/lam-viec/tai-khoan".to_owned())];
    sheet.with(Block::Links(back)).html()
}

async fn show(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    service(&state)?;
    signed.require_proof()?;
    sheet(&state, &signed, "").await
}

async fn bind(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let session = posted.signed.entered.session;
    way(&state, &posted.signed.visitor, Errand::Bind { session }).await
}

async fn unbind(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    match accounts::unbind(state.ws(), &signed.entered, id).await {
        Ok(()) => Ok(on_to(&format!("{PATH}?xong=unbound"))),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet(&state, &signed, &said).await?).into_response())
        }
    }
}
