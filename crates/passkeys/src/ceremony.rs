//! Registering and signing in, step by step.

use ring::digest::{SHA256, digest};

use crate::{CHALLENGE, PasskeyError, Site, cbor::Reader, client, data::Data, key::Key};

/// What a browser answers in registering.
#[derive(Debug, Clone, Default)]
pub struct Attestation {
    /// The credential's id.
    pub id: Vec<u8>,
    /// What the browser says.
    pub client: Vec<u8>,
    /// What the device says, with its statement.
    pub object: Vec<u8>,
}

/// A key that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPasskey {
    /// The credential's id.
    pub id: Vec<u8>,
    /// The public key, as COSE.
    pub key: Vec<u8>,
    /// The device's counter; 0 for ever where it has none.
    pub count: u32,
    /// Whether the key may leave the device for the owner's other ones.
    pub may_be_backed_up: bool,
}

/// What a browser answers in signing in.
#[derive(Debug, Clone, Default)]
pub struct Assertion {
    /// The credential's id.
    pub id: Vec<u8>,
    /// What the browser says.
    pub client: Vec<u8>,
    /// What the device says.
    pub data: Vec<u8>,
    /// The signature over both.
    pub signature: Vec<u8>,
    /// The id of the person for whom the key was made, where the device says it.
    pub person: Option<Vec<u8>>,
}

/// A key that is kept, as it was last seen.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The credential's id.
    pub id: &'a [u8],
    /// The public key, as COSE.
    pub key: &'a [u8],
    /// The counter.
    pub count: u32,
    /// Whether the key may leave the device, as it said in registering.
    pub may_be_backed_up: bool,
    /// For whom it was made.
    pub person: &'a [u8],
}

/// A key that was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// The counter from now on.
    pub count: u32,
}

/// Takes a new key (section 7.1).
///
/// # Errors
/// The first thing that is not as it must be.
pub fn register(
    site: &Site,
    challenge: &[u8; CHALLENGE],
    answer: &Attestation,
) -> Result<NewPasskey, PasskeyError> {
    client::check(&answer.client, "webauthn.create", site, challenge)?;
    let data = Data::read(data_of(&answer.object)?)?;
    data.check(site)?;
    let (id, key) = data.credential.ok_or(PasskeyError::Unreadable("no credential"))?;
    if id.is_empty() || id != answer.id {
        return Err(PasskeyError::Whose);
    }
    // Step 20: a kind of key that was asked for, and one that can be used.
    Key::read(key)?;
    Ok(NewPasskey {
        id: id.to_vec(),
        key: key.to_vec(),
        count: data.count,
        may_be_backed_up: data.may_be_backed_up(),
    })
}

/// Takes a signature of a key that is kept (section 7.2).
///
/// # Errors
/// The first thing that is not as it must be; [`PasskeyError::Copied`] only where everything else is right.
pub fn sign_in(
    site: &Site,
    challenge: &[u8; CHALLENGE],
    known: Known<'_>,
    answer: &Assertion,
) -> Result<Used, PasskeyError> {
    // Steps 5 and 6: the key that is kept, and the holder for whom it was made.
    if answer.id != known.id || answer.person.as_deref().is_some_and(|person| person != known.person) {
        return Err(PasskeyError::Whose);
    }
    client::check(&answer.client, "webauthn.get", site, challenge)?;
    let data = Data::read(&answer.data)?;
    data.check(site)?;
    if data.may_be_backed_up() != known.may_be_backed_up {
        return Err(PasskeyError::Backup);
    }
    // Steps 20 and 21.
    let signed = [&answer.data[..], digest(&SHA256, &answer.client).as_ref()].concat();
    Key::read(known.key)?.verify(&signed, &answer.signature)?;
    // Step 22: a counter that does not go up is a copy's; one that never counts says nothing.
    let counts = data.count != 0 || known.count != 0;
    if counts && data.count <= known.count {
        return Err(PasskeyError::Copied { kept: known.count, found: data.count });
    }
    Ok(Used { count: data.count })
}

/// The device's part of an attestation object. The statement beside it is not asked for, and nothing is
/// concluded from it: a browser that was asked for none takes it out (step 21, format `none`), and one that
/// leaves the key's own signature there tells us nothing that signing in does not.
fn data_of(object: &[u8]) -> Result<&[u8], PasskeyError> {
    let mut reader = Reader::new(object);
    let (mut data, mut format) = (None, false);
    for _ in 0..reader.map()? {
        match reader.text()? {
            "authData" => data = Some(reader.bytes()?),
            "fmt" => format = !reader.text()?.is_empty(),
            _ => reader.skip()?,
        }
    }
    match data {
        Some(data) if format && reader.rest().is_empty() => Ok(data),
        _ => Err(PasskeyError::Unreadable("attestation object")),
    }
}
