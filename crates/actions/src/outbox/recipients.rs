//! To whom a message for an office can go: its holders' contacts, and nothing else of anybody.

use nhipcau_domain::outbox::{Address, address};
use nhipcau_store::OfficeContact;

use super::Reaching;

/// Why the program can reach nobody in an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreached {
    /// The unit has no office that is open.
    NoOffice,
    /// Nobody holds it.
    NoHolder,
    /// No contact is an e-mail address or a mobile number.
    NoAddress,
    /// One is, but that way of sending is not set up.
    NotSetUp,
}

/// Where those who hold an office can be written to, each once, with the holder's name.
pub(super) fn recipients(
    reaching: &Reaching,
    office: Option<&OfficeContact>,
) -> std::result::Result<Vec<(String, Address)>, Unreached> {
    let office = office.ok_or(Unreached::NoOffice)?;
    if office.holders.is_empty() {
        return Err(Unreached::NoHolder);
    }
    let mut found: Vec<(String, Address)> = Vec::new();
    let mut known = false;
    for (name, contact) in &office.holders {
        let Some(address) = address(contact) else { continue };
        known = true;
        if reaching.by(address.channel) && !found.iter().any(|(_, a)| *a == address) {
            found.push((name.clone(), address));
        }
    }
    if found.is_empty() {
        return Err(if known { Unreached::NotSetUp } else { Unreached::NoAddress });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_once_and_a_reason_where_there_is_none() {
        let office = |contacts: &[&str]| OfficeContact {
            name: "Chi bộ".to_owned(),
            holders: contacts.iter().map(|c| ("Lan".to_owned(), (*c).to_owned())).collect(),
        };
        let both = Reaching { mail: true, phone: true, ..Reaching::default() };
        let mail = Reaching { mail: true, ..Reaching::default() };
        let of = |r: &Reaching, o: Option<&OfficeContact>| {
            recipients(r, o).map(|found| found.into_iter().map(|(_, a)| a.to).collect::<Vec<_>>())
        };
        let two = office(&["0912345678", "Zalo 0912 345 678", "a@b.vn"]);
        assert_eq!(of(&both, Some(&two)), Ok(vec!["+84912345678".to_owned(), "a@b.vn".to_owned()]));
        assert_eq!(of(&mail, Some(&two)), Ok(vec!["a@b.vn".to_owned()]));
        assert_eq!(of(&mail, Some(&office(&["0912345678"]))), Err(Unreached::NotSetUp));
        assert_eq!(of(&both, Some(&office(&["nhà đầu ấp", ""]))), Err(Unreached::NoAddress));
        assert_eq!(of(&both, Some(&office(&[]))), Err(Unreached::NoHolder));
        assert_eq!(of(&both, None), Err(Unreached::NoOffice));
    }
}
