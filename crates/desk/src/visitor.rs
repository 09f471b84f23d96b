//! Who asks: the session of the cookie, the language, the client.

use std::pin::Pin;

use axum::{
    extract::FromRequestParts,
    http::{
        HeaderMap, HeaderValue,
        header::{COOKIE, HOST, SET_COOKIE, USER_AGENT},
        request::Parts,
        uri::Authority,
    },
    response::Response,
};
use nhipcau_actions::{
    access::hex,
    accounts::{self, Asking, Entered, Stage},
};
use nhipcau_domain::office::Acting;
use nhipcau_messages::Lang;
use nhipcau_web::client::Client;
use sha2::{Digest as _, Sha256};

use crate::{failure::Failure, page::Page, state::DeskState};

/// The cookie of the language.
pub(crate) const LANG_COOKIE: &str = "nhipcau-ngon-ngu";

/// Whoever asks, signed in or not.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub entered: Option<Entered>,
    /// The session's secret.
    pub secret: Option<String>,
    pub asking: Asking,
    pub secure: bool,
    pub page: Page,
    pub path: String,
    pub query: Option<String>,
    /// The name, and perhaps the port, under which the site was asked.
    pub authority: String,
    /// The secret of a journey to a sign-in service that this browser set out on.
    pub journey: Option<String>,
}

impl Visitor {
    /// The cookie of a journey to a sign-in service.
    fn journey_cookie(secure: bool) -> &'static str {
        if secure { "__Host-nhipcau-di" } else { "nhipcau-di" }
    }

    /// Gives the browser the secret of a journey; none takes it back.
    pub fn set_out(&self, mut response: Response, journey: Option<&str>) -> Response {
        let age = if journey.is_some() { 600 } else { 0 };
        let name = Self::journey_cookie(self.secure);
        set(&mut response, self.secure, name, journey.unwrap_or_default(), Some(age));
        response
    }

    /// Cookies have the `__Host-` prefix where the connection is encrypted: no other host can set them.
    fn cookies(secure: bool) -> (&'static str, &'static str) {
        if secure { ("__Host-nhipcau", "__Host-nhipcau-may") } else { ("nhipcau", "nhipcau-may") }
    }

    /// Gives the browser its session, and the secret by which it is known.
    pub fn let_in(&self, mut response: Response, session: &str, device: Option<&str>) -> Response {
        let (name, known) = Self::cookies(self.secure);
        set(&mut response, self.secure, name, session, None);
        if let Some(device) = device {
            set(&mut response, self.secure, known, device, Some(180 * 86_400));
        }
        response
    }

    /// Takes the session from the browser.
    pub fn let_out(&self, mut response: Response) -> Response {
        set(&mut response, self.secure, Self::cookies(self.secure).0, "", Some(0));
        response
    }
}

fn set(response: &mut Response, secure: bool, name: &str, value: &str, age: Option<u32>) {
    let place = if secure { "Path=/; Secure" } else { "Path=/lam-viec" };
    let age = age.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
    let cookie = format!("{name}={value}; {place}; HttpOnly; SameSite=Lax{age}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(n, v)| *n == name && v.len() <= 128).map(|(_, value)| value.to_owned())
}

/// A session's token against forged requests.
pub(crate) fn csrf(secret: &str) -> String {
    hex(&Sha256::new_with_prefix(b"csrf ").chain_update(secret.as_bytes()).finalize())
}

/// What counts as one client: an address, or the network that one household or office has in IPv6.
fn client_of(parts: &Parts) -> (String, bool) {
    match parts.extensions.get::<Client>() {
        Some(Client { address: std::net::IpAddr::V6(v6), secure }) => {
            let [a, b, c, d, ..] = v6.segments();
            (format!("{a:x}:{b:x}:{c:x}:{d:x}"), *secure)
        }
        Some(client) => (client.address.to_string(), client.secure),
        None => (String::new(), false),
    }
}

/// Under which name the site was asked; HTTP/2 says it in the address.
fn authority(parts: &Parts) -> String {
    let host = || parts.headers.get(HOST).and_then(|v| v.to_str().ok());
    parts.uri.authority().map(Authority::as_str).or_else(host).unwrap_or_default().to_owned()
}

/// The kind of browser, by the names that they give themselves; never the whole text.
fn browser(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("");
    let named = |names: &[(&str, &str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, n)| (*n).to_owned())
    };
    let program = named(&[
        ("Zalo", "Zalo"),
        ("coc_coc", "Cốc Cốc"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = named(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [program, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(crate) fn language(headers: &HeaderMap) -> Lang {
    cookie(headers, LANG_COOKIE).filter(|c| c == "en").map_or(Lang::Vi, |_| Lang::En)
}

impl Visitor {
    async fn of(parts: &mut Parts, state: &DeskState) -> Result<Self, Failure> {
        if let Some(found) = parts.extensions.get::<Self>() {
            return Ok(found.clone());
        }
        let (client, secure) = client_of(parts);
        let (name, known) = Self::cookies(secure);
        let secret = cookie(&parts.headers, name).filter(|s| !s.is_empty());
        let entered = match &secret {
            Some(secret) => accounts::find(state.ws(), secret).await?,
            None => None,
        };
        let lang = language(&parts.headers);
        let page = match (&entered, &secret) {
            (Some(entered), Some(secret)) if entered.stage != Stage::Code => {
                Page::for_entered(lang, csrf(secret), entered)
            }
            _ => Page { lang, ..Page::default() },
        };
        let visitor = Self {
            entered,
            secret,
            asking: Asking {
                client,
                device: cookie(&parts.headers, known),
                browser: browser(&parts.headers),
            },
            secure,
            page,
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(str::to_owned),
            authority: authority(parts),
            journey: cookie(&parts.headers, Self::journey_cookie(secure)).filter(|s| !s.is_empty()),
        };
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}

impl FromRequestParts<DeskState> for Visitor {
    type Rejection = Failure;

    /// Boxed: it stands before every page, and would be compiled into each.
    async fn from_request_parts(parts: &mut Parts, state: &DeskState) -> Result<Self, Failure> {
        let found: Pin<Box<dyn Future<Output = Result<Self, Failure>> + Send + '_>> =
            Box::pin(Self::of(parts, state));
        found.await
    }
}

/// Who is signed in, and may go on.
#[derive(Clone)]
pub(crate) struct SignedIn {
    pub visitor: Visitor,
    pub entered: Entered,
    pub page: Page,
}

impl SignedIn {
    pub fn acting(&self) -> &Acting {
        &self.entered.acting
    }

    pub fn holder(&self) -> &str {
        &self.entered.name
    }

    pub fn csrf(&self) -> &str {
        &self.page.csrf
    }

    /// Asks to prove anew who one is, before what matters most.
    pub fn require_proof(&self) -> Result<(), Failure> {
        if self.entered.proven {
            return Ok(());
        }
        Err(Failure::Elsewhere(format!("/lam-viec/xac-nhan?tiep={}", self.visitor.path)))
    }

    pub fn from_visitor(visitor: Visitor, enrolling: bool) -> Result<Self, Failure> {
        let back = || match visitor.path.as_str() {
            "/lam-viec" => "/lam-viec/dang-nhap".to_owned(),
            path => format!("/lam-viec/dang-nhap?tiep={path}"),
        };
        let Some(entered) = visitor.entered.clone() else { return Err(Failure::Elsewhere(back())) };
        match entered.stage {
            Stage::Code => Err(Failure::Elsewhere("/lam-viec/dang-nhap/ma".to_owned())),
            Stage::Enrol if !enrolling => Err(Failure::Elsewhere("/lam-viec/tai-khoan/ma".to_owned())),
            Stage::Enrol | Stage::Full => {
                let page = visitor.page.clone().done(visitor.query.as_deref());
                Ok(Self { visitor, entered, page })
            }
        }
    }
}

impl FromRequestParts<DeskState> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &DeskState) -> Result<Self, Failure> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        // The few pages by which one enrols and gets out again.
        let enrolling = matches!(parts.uri.path(), "/lam-viec/tai-khoan/ma" | "/lam-viec/dang-xuat");
        Self::from_visitor(visitor, enrolling)
    }
}
