//! Public keys in COSE (RFC 9052, RFC 9053), and the signatures that they check.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

use crate::{PasskeyError, cbor::Reader};

/// The kinds of keys that are asked for, the one we would rather have first: ES256, `EdDSA`, RS256.
pub(crate) const ALGORITHMS: [i64; 3] = [ES256, EDDSA, RS256];

const ES256: i64 = -7;
const EDDSA: i64 = -8;
const RS256: i64 = -257;

/// A public key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Key<'a> {
    P256 { x: &'a [u8], y: &'a [u8] },
    Ed25519 { x: &'a [u8] },
    Rsa { n: &'a [u8], e: &'a [u8] },
}

impl<'a> Key<'a> {
    /// Of a map as the device wrote it.
    pub fn read(bytes: &'a [u8]) -> Result<Self, PasskeyError> {
        let mut reader = Reader::new(bytes);
        let (mut kind, mut algorithm, mut curve) = (None, None, None);
        // What -1, -2 and -3 hold depends on the kind, and is found out by what stands there.
        let (mut first, mut second, mut third) = (None, None, None);
        for _ in 0..reader.map()? {
            match reader.int()? {
                1 => kind = Some(reader.int()?),
                3 => algorithm = Some(reader.int()?),
                -1 if kind == Some(3) => first = Some(reader.bytes()?),
                -1 => curve = Some(reader.int()?),
                -2 => second = Some(reader.bytes()?),
                -3 => third = Some(reader.bytes()?),
                _ => reader.skip()?,
            }
        }
        if !reader.rest().is_empty() {
            return Err(PasskeyError::Unreadable("more than a key"));
        }
        let missing = PasskeyError::Unreadable("a key that lacks a part");
        match (kind, algorithm, curve) {
            (Some(2), Some(ES256), Some(1)) => {
                let (x, y) = (second.ok_or(missing)?, third.ok_or(missing)?);
                if x.len() != 32 || y.len() != 32 {
                    return Err(PasskeyError::Unreadable("a point of another size"));
                }
                Ok(Self::P256 { x, y })
            }
            (Some(1), Some(EDDSA), Some(6)) => Ok(Self::Ed25519 { x: second.ok_or(missing)? }),
            (Some(3), Some(RS256), None) => {
                Ok(Self::Rsa { n: first.ok_or(missing)?, e: second.ok_or(missing)? })
            }
            _ => Err(PasskeyError::Algorithm),
        }
    }

    /// Whether this key signed the message.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), PasskeyError> {
        let verified = match self {
            Self::P256 { x, y } => {
                let point = [&[4_u8][..], *x, *y].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Self::Ed25519 { x } => UnparsedPublicKey::new(&ED25519, x).verify(message, signature),
            Self::Rsa { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
        };
        verified.map_err(|_| PasskeyError::Signature)
    }
}
