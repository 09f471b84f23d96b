//! As much of CBOR (RFC 8949) as authenticators write: items of definite length, a few levels deep.

use crate::PasskeyError;

/// Levels of nesting that are read.
const DEEPEST: u32 = 6;

/// Reads items one after the other.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

type Result<T> = std::result::Result<T, PasskeyError>;

const CUT: PasskeyError = PasskeyError::Unreadable("cbor ends too early");
const KIND: PasskeyError = PasskeyError::Unreadable("cbor of another kind");

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What is not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// A map's number of pairs.
    pub fn map(&mut self) -> Result<u64> {
        match self.head()? {
            (5, pairs) => Ok(pairs),
            _ => Err(KIND),
        }
    }

    /// A whole number.
    pub fn int(&mut self) -> Result<i64> {
        match self.head()? {
            (0, n) => i64::try_from(n).map_err(|_| KIND),
            (1, n) => i64::try_from(n).map(|n| -1 - n).map_err(|_| KIND),
            _ => Err(KIND),
        }
    }

    /// Bytes.
    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        match self.head()? {
            (2, length) => self.take(length),
            _ => Err(KIND),
        }
    }

    /// Text.
    pub fn text(&mut self) -> Result<&'a str> {
        match self.head()? {
            (3, length) => std::str::from_utf8(self.take(length)?).map_err(|_| KIND),
            _ => Err(KIND),
        }
    }

    /// Any item, which is not looked at.
    pub fn skip(&mut self) -> Result<()> {
        self.skip_within(DEEPEST)
    }

    fn skip_within(&mut self, levels: u32) -> Result<()> {
        let deeper = levels.checked_sub(1).ok_or(PasskeyError::Unreadable("cbor too deep"))?;
        match self.head()? {
            (0 | 1 | 7, _) => Ok(()),
            (2 | 3, length) => self.take(length).map(|_| ()),
            // Each item has a byte at least: a long list that is not there ends at the end.
            (4, items) => (0..items).try_for_each(|_| self.skip_within(deeper)),
            (5, pairs) => (0..pairs).try_for_each(|_| {
                self.skip_within(deeper)?;
                self.skip_within(deeper)
            }),
            _ => self.skip_within(deeper),
        }
    }

    /// The kind of the next item, and its number or length.
    fn head(&mut self) -> Result<(u8, u64)> {
        let (first, rest) = self.rest.split_first().ok_or(CUT)?;
        self.rest = rest;
        let length = match first & 0x1f {
            small @ 0..24 => return Ok((first >> 5, small.into())),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => return Err(PasskeyError::Unreadable("cbor of no definite length")),
        };
        let value = self.take(length)?.iter().fold(0, |value, byte| (value << 8) | u64::from(*byte));
        Ok((first >> 5, value))
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8]> {
        let length = usize::try_from(length).map_err(|_| CUT)?;
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(CUT)?;
        self.rest = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn items_are_read_and_what_is_cut_off_is_not() {
        let bytes = [0xa2, 0x01, 0x26, 0x63, b'f', b'm', b't', 0x43, 1, 2, 3, 0x19, 0x01, 0x00];
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.map(), Ok(2));
        assert_eq!((reader.int(), reader.int()), (Ok(1), Ok(-7)));
        assert_eq!(reader.text(), Ok("fmt"));
        assert_eq!(reader.bytes(), Ok(&[1, 2, 3][..]));
        assert_eq!(reader.int(), Ok(256));
        assert!(reader.rest().is_empty() && reader.int() == Err(CUT));
        assert_eq!(Reader::new(&[0x58, 0xff, 1]).bytes(), Err(CUT));
        assert_eq!(Reader::new(&[0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).int(), Err(KIND));
    }

    #[test]
    fn what_is_skipped_has_an_end() {
        for good in
            [&[0x80][..], &[0xa1, 0x01, 0x82, 0x02, 0xf5], &[0xc1, 0x00], &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0]]
        {
            let mut reader = Reader::new(good);
            assert_eq!(reader.skip(), Ok(()), "{good:?}");
            assert!(reader.rest().is_empty());
        }
        // A list of 2⁶⁴ − 1 items, nothing but lists in lists, an item without a length.
        for bad in [&[0x9b, 255, 255, 255, 255, 255, 255, 255, 255][..], &[0x81; 64], &[0x9f, 0xff], &[]] {
            assert!(Reader::new(bad).skip().is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Reader::new(&bytes).skip();
        }
    }
}
