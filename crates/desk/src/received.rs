//! What a form brought: from whoever is signed in, with the session's token. One that comes too late is
//! shown again, to be sent once more: nothing that was typed is lost.

use axum::{
    extract::{Form as FormBody, FromRequest, FromRequestParts as _, Multipart, Request},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::accounts::KeyAnswer;
use nhipcau_domain::problem::Problem;

use crate::{
    failure::Failure,
    field::{Field, Form},
    sheet::{Block, Sheet},
    state::DeskState,
    visitor::{SignedIn, Visitor},
};

/// The most files in one form.
const FILES: usize = 20;

/// The most parts of a form with files: each is looked through for the token.
const PARTS: usize = 500;

/// What was typed, by the fields' names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// What a passkey said, as our script wrote it.
    pub fn key_answer(&self) -> KeyAnswer {
        let text = |name: &str| self.get(name).to_owned();
        KeyAnswer {
            id: text("khoa-id"),
            client: text("khoa-client"),
            object: text("khoa-object"),
            data: text("khoa-data"),
            signature: text("khoa-signature"),
            person: text("khoa-person"),
        }
    }

    /// What was typed into a field; nothing is as good as an empty one.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// Everything that was chosen under a name, in order.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The same, without spaces at its ends; none if nothing is left.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|v| !v.is_empty())
    }
}

/// A form of someone who is signed in.
pub(crate) struct Posted {
    pub signed: SignedIn,
    pub fields: Fields,
}

impl FromRequest<DeskState> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &DeskState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, state).await.map_err(Failure::into_response)?;
        let header = token(&parts.headers);
        let request = Request::from_parts(parts, body);
        let form = FormBody::<Vec<(String, String)>>::from_request(request, state).await;
        let FormBody(fields) = form.map_err(|e| too_large(e.status()))?;
        let fields = Fields(fields);
        let given = header.clone().unwrap_or_else(|| fields.get("csrf").to_owned());
        let signed = admit(&visitor, &given, header.is_some(), &fields)?;
        if needs_proof(&visitor.path) && !signed.entered.proven {
            return Err(once_more(&visitor, &fields, Some("/lam-viec/xac-nhan")));
        }
        Ok(Self { signed, fields })
    }
}

/// Whether what a form does concerns accounts and rights: its sender proved a short while ago who they are.
fn needs_proof(path: &str) -> bool {
    ["/lam-viec/tai-khoan/mat-khau", "/lam-viec/tai-khoan/ma-pin", "/lam-viec/tai-khoan/ma-truy-cap"]
        .contains(&path)
        || path.starts_with("/lam-viec/tai-khoan/khoa")
        || path.starts_with("/lam-viec/tai-khoan/lien-thong")
        || path.starts_with("/lam-viec/co-quan")
        || path.starts_with("/lam-viec/don-vi-co-quan")
        // What every figure rests on.
        || path == "/lam-viec/cau-hinh/thuc-hien"
        // What binds: a report approved, frozen, handed over to readers.
        || (path.starts_with("/lam-viec/ket-qua/")
            && ["/duyet", "/chot", "/cong-bo"].iter().any(|what| path.ends_with(what)))
}

/// A file that was sent.
pub(crate) struct Upload {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A form with files, of someone who is signed in.
pub(crate) struct Sent {
    pub signed: SignedIn,
    pub fields: Fields,
    pub files: Vec<Upload>,
}

impl FromRequest<DeskState> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, state: &DeskState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, state).await.map_err(Failure::into_response)?;
        // Not one byte of a file is read for someone who is not signed in.
        let signed = SignedIn::from_visitor(visitor.clone(), false).map_err(Failure::into_response)?;
        let header = token(&parts.headers);
        if header.as_deref().is_some_and(|given| !same(given, signed.csrf())) {
            return Err(StatusCode::UNAUTHORIZED.into_response());
        }
        let multipart = Multipart::from_request(Request::from_parts(parts, body), state).await;
        let mut multipart = multipart.map_err(|e| too_large(e.status()))?;
        let (mut fields, mut files) = (Fields::default(), Vec::new());
        loop {
            let part = match multipart.next_field().await {
                Ok(Some(part)) => part,
                Ok(None) => break,
                Err(e) => return Err(too_large(e.status())),
            };
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let given = header.as_deref().unwrap_or_else(|| fields.get("csrf"));
            if file.is_some() && !same(given, signed.csrf()) {
                return Err(Failure::Refused(Problem::new("desk-form-stale")).into_response());
            }
            let bytes = part.bytes().await.map_err(|e| too_large(e.status()))?;
            match file {
                Some(_) if bytes.is_empty() => {}
                Some(file) if files.len() < FILES => files.push(Upload { name: file, bytes: bytes.into() }),
                Some(_) => {
                    return Err(Failure::Refused(Problem::new("desk-too-many-files").with("most", FILES))
                        .into_response());
                }
                None if fields.0.len() >= PARTS => return Err(too_large(StatusCode::BAD_REQUEST)),
                None => fields.0.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        let given = header.clone().unwrap_or_else(|| fields.get("csrf").to_owned());
        admit(&visitor, &given, header.is_some(), &fields).map(|signed| Self { signed, fields, files })
    }
}

/// The token of a request that a script of ours sends.
fn token(headers: &HeaderMap) -> Option<String> {
    headers.get("x-csrf").and_then(|v| v.to_str().ok()).map(str::to_owned)
}

fn too_large(status: StatusCode) -> Response {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Failure::Refused(Problem::new("desk-too-large")).into_response();
    }
    Failure::Refused(Problem::new("desk-form-unreadable")).into_response()
}

fn admit(visitor: &Visitor, given: &str, by_script: bool, fields: &Fields) -> Result<SignedIn, Response> {
    let enrolling = matches!(visitor.path.as_str(), "/lam-viec/tai-khoan/ma" | "/lam-viec/dang-xuat");
    match SignedIn::from_visitor(visitor.clone(), enrolling) {
        Ok(signed) if same(given, signed.csrf()) => Ok(signed),
        _ if by_script => Err(StatusCode::UNAUTHORIZED.into_response()),
        // Whoever is half way in goes there.
        Err(failure) if visitor.entered.is_some() => Err(failure.into_response()),
        _ => Err(once_more(visitor, fields, None)),
    }
}

/// Compares all of it, so that the time taken says nothing.
fn same(given: &str, expected: &str) -> bool {
    let differ = given.bytes().zip(expected.bytes()).fold(0, |d, (a, b)| d | (a ^ b));
    given.len() == expected.len() && !expected.is_empty() && differ == 0
}

/// What was typed, in a form to send it again, once one is signed in. Only ever shown for a request that
/// our own pages sent: the guard has seen to it.
fn once_more(visitor: &Visitor, fields: &Fields, proof: Option<&str>) -> Response {
    let page = visitor.page.clone();
    let mut form = Form::new(&page.csrf, visitor.path.clone(), page.t("desk-send-again"));
    for (name, value) in &fields.0 {
        if name == "csrf" {
            continue;
        }
        // What is long is shown, so that it can be copied; a password is typed again.
        form.fields.push(match value {
            _ if name.contains("password") => Field::new("password", name, page.t("desk-password")),
            v if v.len() > 60 => Field::area(name, page.t("desk-typed"), 8).value(v.as_str()),
            v => Field::hidden(name, v.as_str()),
        });
    }
    let (title, lead) = if proof.is_some() {
        (page.t("desk-prove"), page.t("desk-prove-first"))
    } else if page.signed_in() {
        (page.t("desk-form-stale-title"), page.t("desk-form-stale-long"))
    } else {
        (page.t("desk-session-over"), page.t("desk-session-over-long"))
    };
    let links = match proof {
        Some(there) => vec![(page.t("desk-prove"), there.to_owned())],
        None if page.signed_in() => Vec::new(),
        None => vec![(page.t("desk-sign-in"), "/lam-viec/dang-nhap".to_owned())],
    };
    let mut sheet = Sheet::new(page, title).lead(lead);
    if !links.is_empty() {
        sheet.push(Block::Links(links));
    }
    sheet.push(Block::Form(form));
    match sheet.html() {
        Ok(html) => (StatusCode::UNAUTHORIZED, html).into_response(),
        Err(failure) => failure.into_response(),
    }
}
