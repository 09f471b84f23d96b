//! Passwords: argon2id with the parameters that OWASP gives (19 MiB, two passes), off the event loop,
//! two at a time; and which are refused. Length counts; no rules of composition (NIST SP 800-63B).

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use nhipcau_domain::{problem::Problem, text};
use tokio::sync::Semaphore;

use crate::error::{ActionError, Result};

/// The shortest password, in characters.
pub const PASSWORD_MIN: usize = 12;

/// The longest, in bytes: more only costs time.
const PASSWORD_MAX: usize = 1024;

/// How many are hashed at a time: each takes a processor and 19 MiB.
const AT_ONCE: usize = 2;

/// How many may wait for their turn: a flood is refused rather than kept waiting.
const WAITING: usize = 64;

/// What people choose when they are asked for twelve characters, folded and without spaces.
const COMMON: [&str; 40] = [
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456123456",
    "123123123123",
    "111111111111",
    "000000000000",
    "098765432109",
    "987654321098",
    "112233445566",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopasdf",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "abcdefghijkl",
    "abcd12345678",
    "abc123456789",
    "password1234",
    "password12345",
    "passwordpassword",
    "adminadmin12",
    "administrator",
    "administrator1",
    "admin1234567",
    "admin12345678",
    "admin@123456",
    "matkhau12345",
    "matkhau123456",
    "matkhaumatkhau",
    "vietnam12345",
    "vietnam123456",
    "vietnamvietnam",
    "vietnammuonnam",
    "iloveyou1234",
    "letmein12345",
    "welcome12345",
    "changeme1234",
    "p@ssw0rd1234",
    "p@ssword1234",
];

/// Hashes and compares passwords. Clones share the places.
#[derive(Clone)]
pub struct Passwords {
    argon: Argon2<'static>,
    places: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    /// Compared with where a name is unknown, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Passwords {
    /// With OWASP's parameters.
    #[must_use]
    pub fn new() -> Self {
        Self::with(Params::DEFAULT)
    }

    /// Quick and weak: for tests only.
    #[must_use]
    pub fn weak_for_tests() -> Self {
        Self::with(Params::new(Params::MIN_M_COST, 1, 1, None).unwrap_or(Params::DEFAULT))
    }

    fn with(params: Params) -> Self {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hashed(&argon, "", [0; 16]).unwrap_or_default();
        Self {
            argon,
            places: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(WAITING)),
            nobody: nobody.into(),
        }
    }

    /// A password's hash as a PHC string.
    pub async fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String> {
        let (argon, password) = (self.argon.clone(), text::nfc(password));
        self.work(move || hashed(&argon, &password, salt)).await?.ok_or(ActionError::Worker)
    }

    /// Whether a password is the hash's. Without a hash it is not, and that takes as long to say.
    pub async fn verify(&self, hash: Option<&str>, password: &str) -> Result<bool> {
        let known = hash.is_some();
        let hash = hash.unwrap_or(&self.nobody).to_owned();
        let (argon, password) = (self.argon.clone(), text::nfc(password));
        let same = self.work(move || {
            password.len() <= PASSWORD_MAX
                && PasswordHash::new(&hash)
                    .is_ok_and(|h| argon.verify_password(password.as_bytes(), &h).is_ok())
        });
        Ok(same.await? && known)
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _waiting = self.queue.try_acquire().map_err(|_| Problem::new("sign-in-busy"))?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| ActionError::Worker)?;
        let work = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        work.await.map_err(|_| ActionError::Worker)
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

fn hashed(argon: &Argon2<'_>, password: &str, salt: [u8; 16]) -> Option<String> {
    argon.hash_password_with_salt(password.as_bytes(), &salt).ok().map(|h: PasswordHash| h.to_string())
}

/// Refuses a password that others would try first; `own` are words about the account.
///
/// # Errors
/// `password-short`, `password-long`, `password-common`.
pub(super) fn check(password: &str, own: &[&str]) -> std::result::Result<(), Problem> {
    let length = text::nfc(password).chars().count();
    if length < PASSWORD_MIN {
        return Err(Problem::new("password-short").with("found", length).with("least", PASSWORD_MIN));
    }
    if password.len() > PASSWORD_MAX {
        return Err(Problem::new("password-long").with("most", PASSWORD_MAX));
    }
    let bare = |words: &str| {
        text::fold(words).chars().filter(|c| c.is_alphanumeric() || "@$".contains(*c)).collect::<String>()
    };
    let folded = bare(password);
    let of_few = folded.chars().collect::<std::collections::BTreeSet<_>>().len() < 4;
    // What is left beside the account's own words is too little to guess at.
    let left = own
        .iter()
        .map(|w| bare(w))
        .filter(|w| w.len() > 3)
        .fold(folded.clone(), |left, w| left.replace(&w, ""));
    if of_few || COMMON.contains(&folded.as_str()) || left.chars().count() < 6 {
        return Err(Problem::new("password-common"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(password: &str) -> Option<String> {
        check(password, &["Tổ biên tập", "to-bien-tap", "nhipcau"]).err().map(|p| p.id)
    }

    #[test]
    fn length_counts_and_what_others_try_first_is_refused() {
        assert_eq!(refused("ngắn quá").as_deref(), Some("password-short"));
        assert_eq!(refused("1234 5678 9012").as_deref(), Some("password-common"));
        assert_eq!(refused("Matkhau123456").as_deref(), Some("password-common"));
        assert_eq!(refused("Tổ biên tập 123").as_deref(), Some("password-common"));
        assert_eq!(refused("aaaaaaaabbbbbbbb").as_deref(), Some("password-common"));
        assert_eq!(refused(&"x1y2z3".repeat(300)).as_deref(), Some("password-long"));
        assert_eq!(refused("con cò bay lả bay la"), None);
    }

    #[tokio::test]
    async fn a_password_is_its_own_however_its_marks_are_typed() {
        let passwords = Passwords::weak_for_tests();
        let hash = passwords.hash("con cò bay lả", [7; 16]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$"), "{hash}");
        assert!(passwords.verify(Some(&hash), "con co\u{300} bay la\u{309}").await.unwrap());
        assert!(!passwords.verify(Some(&hash), "con cò bay la").await.unwrap());
        assert!(!passwords.verify(None, "").await.unwrap());
        assert!(!passwords.verify(Some("không phải"), "x").await.unwrap());
    }

    #[tokio::test]
    async fn real_parameters_are_owasps() {
        let hash = Passwords::new().hash("con cò bay lả", [7; 16]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    }
}
