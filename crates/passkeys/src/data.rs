//! What the device says, in bytes that it signs (section 6.1 of the standard).

use ring::digest::{SHA256, digest};

use crate::{ID_MAX, PasskeyError, Site, cbor::Reader};

const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const HAS_CREDENTIAL: u8 = 1 << 6;
const HAS_EXTENSIONS: u8 = 1 << 7;

/// What the device said.
pub(crate) struct Data<'a> {
    site: [u8; 32],
    flags: u8,
    pub count: u32,
    /// The new credential: its id, and its key as it came.
    pub credential: Option<(&'a [u8], &'a [u8])>,
}

const CUT: PasskeyError = PasskeyError::Unreadable("authenticator data ends too early");

impl<'a> Data<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Self, PasskeyError> {
        let (site, rest) = bytes.split_first_chunk::<32>().ok_or(CUT)?;
        let (flags, rest) = rest.split_first_chunk::<1>().ok_or(CUT)?;
        let (count, mut rest) = rest.split_first_chunk::<4>().ok_or(CUT)?;
        let [flags] = *flags;
        let mut credential = None;
        if flags & HAS_CREDENTIAL != 0 {
            // The make of the device comes first: it is not looked at.
            let (_, after) = rest.split_first_chunk::<16>().ok_or(CUT)?;
            let (length, after) = after.split_first_chunk::<2>().ok_or(CUT)?;
            let length = usize::from(u16::from_be_bytes(*length));
            if length > ID_MAX {
                return Err(PasskeyError::Unreadable("an id that is too long"));
            }
            let (id, after) = after.split_at_checked(length).ok_or(CUT)?;
            let mut reader = Reader::new(after);
            reader.skip()?;
            let key = after.get(..after.len() - reader.rest().len()).ok_or(CUT)?;
            credential = Some((id, key));
            rest = reader.rest();
        }
        if flags & HAS_EXTENSIONS != 0 {
            // None was asked for; one that comes all the same must be there, and says nothing to us.
            let mut reader = Reader::new(rest);
            reader.map()?;
            let mut whole = Reader::new(rest);
            whole.skip()?;
            rest = whole.rest();
        }
        if !rest.is_empty() {
            return Err(PasskeyError::Unreadable("more than the authenticator data"));
        }
        Ok(Self { site: *site, flags, count: u32::from_be_bytes(*count), credential })
    }

    /// Steps 14 to 18 of 7.1, 15 to 19 of 7.2: for this site, by a person who was there and was verified.
    pub fn check(&self, site: &Site) -> Result<(), PasskeyError> {
        if digest(&SHA256, site.host().as_bytes()).as_ref() != self.site {
            return Err(PasskeyError::Site);
        }
        if self.flags & PRESENT == 0 {
            return Err(PasskeyError::Absent);
        }
        if self.flags & VERIFIED == 0 {
            return Err(PasskeyError::Unverified);
        }
        if self.is_backed_up() && !self.may_be_backed_up() {
            return Err(PasskeyError::Backup);
        }
        Ok(())
    }

    /// Whether the key may leave the device for the owner's other ones.
    pub fn may_be_backed_up(&self) -> bool {
        self.flags & BACKUP_ELIGIBLE != 0
    }

    /// Whether it has.
    pub fn is_backed_up(&self) -> bool {
        self.flags & BACKED_UP != 0
    }
}
