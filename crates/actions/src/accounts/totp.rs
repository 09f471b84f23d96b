//! Codes that change every thirty seconds (RFC 6238 over RFC 4226: HMAC-SHA-1, six digits), as every
//! authenticator application makes them.

use hmac::{Hmac, KeyInit as _, Mac as _};
use nhipcau_domain::Timestamp;
use sha1::Sha1;

/// Seconds that a code lasts.
const STEP: i64 = 30;

/// The step that a time is in.
fn step(at: Timestamp) -> i64 {
    at.as_second().div_euclid(STEP)
}

/// The code of a step.
pub(super) fn code(secret: &[u8], step: i64) -> Option<u32> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last()? & 0xf);
    let four: [u8; 4] = digest.get(offset..offset + 4)?.try_into().ok()?;
    Some((u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

/// The step that a typed code is of: this one, or the one before or after, as clocks differ.
pub(super) fn matching_step(secret: &[u8], typed: &str, now: Timestamp) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let typed: u32 = digits.parse().ok()?;
    let now = step(now);
    [now + 1, now, now - 1].into_iter().find(|s| code(secret, *s) == Some(typed))
}

/// Bytes as base32 (RFC 4648) without padding, as authenticator applications take them.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: [char; 32] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T',
        'U', 'V', 'W', 'X', 'Y', 'Z', '2', '3', '4', '5', '6', '7',
    ];
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(LETTERS[(held >> bits) as usize & 31]);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(LETTERS[(held << (5 - bits)) as usize & 31]);
    }
    out
}

/// The address that an authenticator application reads from a QR code.
#[must_use]
pub fn uri(secret: &[u8], issuer: &str, account: &str) -> String {
    let encode = |text: &str| {
        text.bytes().fold(String::new(), |mut out, b| {
            use std::fmt::Write as _;
            if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
                out.push(char::from(b));
            } else {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{b:02X}");
            }
            out
        })
    };
    let (issuer, account) = (encode(issuer), encode(account));
    format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", base32(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        for (at, expected) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(code(b"12345678901234567890", at / STEP), Some(expected), "{at}");
        }
    }

    #[test]
    fn a_code_is_taken_a_step_early_or_late_and_no_further() {
        let at = |s: i64| Timestamp::from_second(s).unwrap();
        let secret = b"12345678901234567890";
        assert_eq!(matching_step(secret, "081 804", at(1_111_111_109)), Some(37_037_036));
        assert_eq!(matching_step(secret, "081804", at(1_111_111_109 + 30)), Some(37_037_036));
        assert_eq!(matching_step(secret, "081804", at(1_111_111_109 + 90)), None);
        for odd in ["", "81804", "0818040", "08180٤", "-81804", "+81804"] {
            assert_eq!(matching_step(secret, odd, at(1_111_111_109)), None, "{odd}");
        }
    }

    /// RFC 4648, section 10.
    #[test]
    fn base32_is_that_of_the_standard() {
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
        assert_eq!(base32(b"fooba"), "MZXW6YTB");
        assert_eq!(base32(b"f"), "MY");
        assert_eq!(
            uri(b"foobar", "Xã A", "a b"),
            "otpauth://totp/X%C3%A3%20A:a%20b?secret=MZXW6YTBOI&issuer=X%C3%A3%20A"
        );
    }
}
