//! A phone that makes passkeys, for tests: it does what it is asked, and wrongly where a test wants it.

use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};

/// Nobody but the owner, who is there and was verified.
pub const OWNER: u8 = 0x05;

/// A phone with one key.
pub struct Phone {
    key: EcdsaKeyPair,
    random: SystemRandom,
    /// The credential's id.
    pub id: Vec<u8>,
    /// The page on which it is used.
    pub origin: String,
    /// The name that the key is bound to.
    pub host: String,
    /// What it says of its owner: [`OWNER`], or less.
    pub flags: u8,
    /// Its counter, which goes up with each signature unless it is 0.
    pub count: u32,
}

/// What it says where a key is made: the browser's part and the device's.
pub struct Made {
    /// The browser's part.
    pub client: Vec<u8>,
    /// The attestation object.
    pub object: Vec<u8>,
}

/// What it says where somebody signs in.
pub struct Signed {
    /// The browser's part.
    pub client: Vec<u8>,
    /// The device's part.
    pub data: Vec<u8>,
    /// The signature over both.
    pub signature: Vec<u8>,
}

impl Phone {
    /// A phone on a page of a site, such as `https://caungang.example`.
    ///
    /// # Panics
    /// If the machine has no random.
    #[must_use]
    pub fn on(origin: &str) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random);
        let key = key.expect("a key");
        let id = digest(&SHA256, key.public_key().as_ref()).as_ref().to_vec();
        let host = origin.split("://").nth(1).unwrap_or(origin).split(':').next().unwrap_or_default();
        Self { id, origin: origin.to_owned(), host: host.to_owned(), flags: OWNER, count: 0, key, random }
    }

    /// Makes the key known, for a challenge as the page says it.
    #[must_use]
    pub fn make(&self, challenge: &str) -> Made {
        let mut data = self.data(self.flags | 0x40);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap_or(u16::MAX).to_be_bytes());
        data.extend(&self.id);
        data.extend(self.cose());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).unwrap_or(u16::MAX).to_be_bytes());
        object.extend(data);
        Made { client: self.client("webauthn.create", challenge), object }
    }

    /// Signs a challenge as the page says it.
    ///
    /// # Panics
    /// If the machine has no random.
    #[must_use]
    pub fn sign(&mut self, challenge: &str) -> Signed {
        if self.count > 0 {
            self.count += 1;
        }
        let client = self.client("webauthn.get", challenge);
        let data = self.data(self.flags);
        let signed = [&data[..], digest(&SHA256, &client).as_ref()].concat();
        let signature = self.key.sign(&self.random, &signed).expect("a signature").as_ref().to_vec();
        Signed { client, data, signature }
    }

    fn client(&self, kind: &str, challenge: &str) -> Vec<u8> {
        let origin = &self.origin;
        format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#)
            .into_bytes()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, self.host.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(self.count.to_be_bytes());
        data
    }

    /// The public key, as COSE.
    #[must_use]
    pub fn cose(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = point.get(1..).unwrap_or_default().split_at(32);
        let (head, between) = (&b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"[..], &b"\x22\x58\x20"[..]);
        [head, x, between, y].concat()
    }
}
