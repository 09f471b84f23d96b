//! The service: how to send somebody there, and who comes back.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;
use openidconnect::{
    AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, SignatureVerificationError, TokenResponse as _,
    core::{
        CoreAuthPrompt, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenClaims,
        CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType,
    },
    url::Url,
};
use ureq::Agent;

use crate::{
    Config, SsoError,
    fetch::{agent, fetch, is_allowed},
};

/// How long the service's description and keys are believed, in seconds.
const KEPT: i64 = 3600;
/// Keys that are missed are looked for anew no more often than this, in seconds.
const ANEW: i64 = 60;
/// A service that did not answer is left alone for so long, in seconds.
const LEFT_ALONE: i64 = 15;
/// How old a word may be that the service signs, in seconds, and how much its clock may be ahead.
const OLDEST: i64 = 600;
const AHEAD: i64 = 120;
/// How long ago somebody may have signed in there who was to do so anew, in seconds.
const FRESH: i64 = 660;

/// Signatures that are believed: by the service's own key pair, never by a secret that both have, never none.
const SIGNATURES: [CoreJwsSigningAlgorithm; 6] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// A client that knows where to send people, and perhaps where to ask.
type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Three secrets of one journey, 256 bits each, in letters and digits.
#[derive(Clone)]
pub struct Secrets {
    /// What comes back with whoever was sent.
    pub state: String,
    /// What the service's word must carry.
    pub nonce: String,
    /// The secret half of what is shown to the service.
    pub verifier: String,
}

/// Who somebody is at the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The service.
    pub issuer: String,
    /// Its name for them.
    pub subject: String,
    /// Whether it took two factors, and is believed to have.
    pub two_factors: bool,
}

#[derive(Default)]
struct Kept {
    metadata: Option<(i64, Arc<CoreProviderMetadata>)>,
    failed: Option<(i64, SsoError)>,
}

/// A sign-in service.
pub struct Provider {
    config: Config,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    agent: Agent,
    kept: Mutex<Kept>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Provider {
    /// The service as it was configured; nothing is fetched yet.
    ///
    /// # Errors
    /// [`SsoError::Config`]: an address that is none or is not encrypted, certificates that cannot be read.
    pub fn new(config: Config) -> Result<Self, SsoError> {
        let said = |e: openidconnect::url::ParseError| SsoError::Config(e.to_string());
        let issuer = IssuerUrl::new(config.issuer.clone()).map_err(said)?;
        let redirect = RedirectUrl::new(config.redirect.clone()).map_err(said)?;
        let url = issuer.url();
        if !is_allowed(url) || url.query().is_some() || url.fragment().is_some() {
            return Err(SsoError::Config(format!("{}: neither over TLS nor on this machine", config.issuer)));
        }
        let agent = agent(config.authorities.as_deref())?;
        Ok(Self { config, issuer, redirect, agent, kept: Mutex::default() })
    }

    /// Whether this is the service's name; what comes back may say it (RFC 9207).
    #[must_use]
    pub fn is_issuer(&self, name: &str) -> bool {
        name == self.issuer.as_str()
    }

    /// The address to send somebody to; `anew` has the service ask them again who they are. `now` in seconds
    /// since 1970.
    ///
    /// # Errors
    /// [`SsoError::Down`] where the service's description cannot be had.
    pub fn send(&self, secrets: &Secrets, anew: bool, now: i64) -> Result<Url, SsoError> {
        let metadata = self.metadata(now)?;
        let client = self.client(&metadata);
        let (state, nonce) = (CsrfToken::new(secrets.state.clone()), Nonce::new(secrets.nonce.clone()));
        let verifier = PkceCodeVerifier::new(secrets.verifier.clone());
        let mut request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || state,
                move || nonce,
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_scopes(self.config.scopes.iter().cloned().map(Scope::new));
        if anew {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(std::time::Duration::ZERO);
        }
        Ok(request.url().0)
    }

    /// Who comes back with a code.
    ///
    /// # Errors
    /// [`SsoError::Down`] where the service does not answer, [`SsoError::Unbelieved`] where it does not take
    /// the code, or what it signs is not for this journey, this site, this time.
    pub fn receive(&self, code: &str, secrets: &Secrets, anew: bool, now: i64) -> Result<Subject, SsoError> {
        let mut metadata = self.metadata(now)?;
        let token = self.exchange(&metadata, code, secrets)?;
        let nonce = Nonce::new(secrets.nonce.clone());
        let claims = match self.believed(&metadata, &token, &nonce, now) {
            // A key that came since the keys were fetched.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) if self.may_look_anew(now) => {
                metadata = self.discover(now)?;
                self.believed(&metadata, &token, &nonce, now)
            }
            other => other,
        };
        let claims = claims.map_err(|e| SsoError::Unbelieved(e.to_string()))?;
        let signed_in = claims.auth_time().map(|at| at.timestamp());
        if anew && signed_in.is_none_or(|at| at < now - FRESH) {
            return Err(SsoError::Unbelieved("nobody signed in anew".to_owned()));
        }
        let methods = claims.auth_method_refs().into_iter().flatten().map(|m| m.as_str());
        let class = claims.auth_context_ref().map(|c| c.as_str());
        let two_factors =
            methods.chain(class).any(|said| self.config.two_factors.iter().any(|known| known == said));
        Ok(Subject {
            issuer: self.config.issuer.clone(),
            subject: claims.subject().as_str().to_owned(),
            two_factors,
        })
    }

    fn exchange(
        &self,
        metadata: &CoreProviderMetadata,
        code: &str,
        secrets: &Secrets,
    ) -> Result<CoreIdToken, SsoError> {
        let client = self.client(metadata);
        let request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|e| SsoError::Down(e.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.clone()));
        let answer = request.request(&|request: HttpRequest| fetch(&self.agent, request));
        let answer = answer.map_err(|e| match e {
            openidconnect::RequestTokenError::Request(e) => SsoError::Down(e.to_string()),
            // The service's own words may name the code: the kind of error is enough.
            openidconnect::RequestTokenError::ServerResponse(e) => {
                SsoError::Unbelieved(format!("it does not take the code: {:?}", e.error()))
            }
            other => SsoError::Down(other.to_string()),
        })?;
        let token = answer.id_token().cloned();
        token.ok_or_else(|| SsoError::Unbelieved("it does not say who it is".to_owned()))
    }

    fn believed(
        &self,
        metadata: &CoreProviderMetadata,
        token: &CoreIdToken,
        nonce: &Nonce,
        now: i64,
    ) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
        let client = self.client(metadata);
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(SIGNATURES)
            .set_time_fn(move || DateTime::from_timestamp(now, 0).unwrap_or_default())
            .set_issue_time_verifier_fn(move |at| {
                let age = now - at.timestamp();
                if (-AHEAD..=OLDEST).contains(&age) { Ok(()) } else { Err(format!("{age} seconds old")) }
            });
        token.claims(&verifier, nonce).cloned()
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Client {
        let secret = self.config.client_secret.clone().map(ClientSecret::new);
        let id = ClientId::new(self.config.client_id.clone());
        let client = CoreClient::from_provider_metadata(metadata.clone(), id, secret)
            .set_redirect_uri(self.redirect.clone());
        // In the head of the request, unless the service takes it in the body alone.
        let takes = metadata.token_endpoint_auth_methods_supported();
        let in_body = takes.is_some_and(|takes| {
            takes.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !takes.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        client.set_auth_type(if in_body { AuthType::RequestBody } else { AuthType::BasicAuth })
    }

    /// The service's description with its keys, fetched if it is not known or no longer believed.
    fn metadata(&self, now: i64) -> Result<Arc<CoreProviderMetadata>, SsoError> {
        {
            let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((at, metadata)) = &kept.metadata
                && (0..KEPT).contains(&(now - at))
            {
                return Ok(Arc::clone(metadata));
            }
            if let Some((at, error)) = &kept.failed
                && (0..LEFT_ALONE).contains(&(now - at))
            {
                return Err(error.clone());
            }
        }
        self.discover(now)
    }

    fn discover(&self, now: i64) -> Result<Arc<CoreProviderMetadata>, SsoError> {
        let found =
            CoreProviderMetadata::discover(&self.issuer, &|request: HttpRequest| fetch(&self.agent, request));
        let found = found.map_err(|e| SsoError::Down(told(&e))).and_then(|metadata| {
            // People are sent there: not in the clear either.
            let to = metadata.authorization_endpoint().url();
            if is_allowed(to) {
                Ok(Arc::new(metadata))
            } else {
                Err(SsoError::Down(format!("{to}: not over TLS")))
            }
        });
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match found {
            Ok(metadata) => {
                *kept = Kept { metadata: Some((now, Arc::clone(&metadata))), failed: None };
                Ok(metadata)
            }
            Err(error) => {
                kept.failed = Some((now, error.clone()));
                Err(error)
            }
        }
    }

    fn may_look_anew(&self, now: i64) -> bool {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.metadata.as_ref().is_none_or(|(at, _)| now - at >= ANEW)
    }
}

/// An error with what is behind it.
fn told(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut behind = error.source();
    while let Some(cause) = behind {
        told = format!("{told}: {cause}");
        behind = cause.source();
    }
    told
}
