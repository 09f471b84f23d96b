//! What a holder's contact is good for: one line that a person wrote, such as `0912 345 678 (Zalo)`.

use super::Channel;

/// Where a message can go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// By which way.
    pub channel: Channel,
    /// To whom there: an e-mail address, or a number as `+84912345678`.
    pub to: String,
}

/// The longest line that is looked at: nobody's address is longer (RFC 5321: 254 for an address).
const LONGEST: usize = 400;

/// The address in a contact: an e-mail address first, as it costs nothing and says more; else a
/// Vietnamese mobile number. None where the program can reach nobody: a landline takes no messages.
#[must_use]
pub fn address(contact: &str) -> Option<Address> {
    if contact.len() > LONGEST {
        return None;
    }
    if let Some(to) = mail(contact) {
        return Some(Address { channel: Channel::Mail, to });
    }
    mobile(contact).map(|to| Address { channel: Channel::Phone, to })
}

/// The first e-mail address. Only what every mail server takes: ASCII, and nothing that could end a
/// header or a command.
fn mail(contact: &str) -> Option<String> {
    let apart = |c: char| c.is_whitespace() || c.is_control() || ",;()<>[]\"'|".contains(c);
    contact.split(apart).find_map(|word| {
        let word = word.trim_end_matches(['.', ':']);
        // Such as `mail:a@b.vn`.
        let word = word.rsplit(':').next().unwrap_or(word);
        is_mail(word).then(|| word.to_owned())
    })
}

fn is_mail(word: &str) -> bool {
    let Some((local, domain)) = word.split_once('@') else { return false };
    let local_fits = |c: char| c.is_ascii_alphanumeric() || "!#$%&*+-/=?^_{}~.".contains(c);
    let dots = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    (1..=64).contains(&local.len())
        && local.chars().all(local_fits)
        && dots(local)
        && domain.len() <= 189
        && domain.contains('.')
        && domain.split('.').all(label)
        && !domain.rsplit('.').next().is_some_and(|top| top.chars().all(|c| c.is_ascii_digit()))
}

/// The first Vietnamese mobile number, as `+84` and nine digits: 03, 05, 07, 08 and 09 are mobile
/// (numbering plan of 2018); digits may be parted by spaces, dots and hyphens.
fn mobile(contact: &str) -> Option<String> {
    let within = |c: char| c.is_ascii_digit() || " .-\u{a0}()".contains(c);
    let mut rest = contact;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '+') {
        let from = rest.get(start..)?;
        let plus = from.starts_with('+');
        let body = from.strip_prefix('+').unwrap_or(from);
        let end = body.find(|c: char| !within(c)).unwrap_or(body.len());
        let (run, after) = body.split_at(end);
        // Two numbers side by side are told apart where each is written in one piece.
        let piece = || run.split_whitespace().find_map(|piece| of_digits(piece, false));
        if let Some(found) = of_digits(run, plus).or_else(piece) {
            return Some(found);
        }
        rest = after;
    }
    None
}

/// The number that a run of digits is, as a whole; `plus` says that it began with one.
fn of_digits(run: &str, plus: bool) -> Option<String> {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let own = if let Some(own) = digits.strip_prefix("0084") {
        own
    } else if plus || (digits.starts_with("84") && digits.len() == 11) {
        digits.strip_prefix("84")?
    } else {
        digits.strip_prefix('0')?
    };
    // `+84 (0)912 …` is written as well.
    let own = own.strip_prefix('0').unwrap_or(own);
    (own.len() == 9 && own.starts_with(['3', '5', '7', '8', '9'])).then(|| format!("+84{own}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(contact: &str) -> String {
        match address(contact) {
            Some(Address { channel, to }) => format!("{} {to}", channel.as_str()),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn a_contact_is_an_address_a_mobile_number_or_nothing() {
        for (contact, expected) in [
            ("bithu.ap3@caungang.vn", "mail bithu.ap3@caungang.vn"),
            ("Thư: <lan@xa.gov.vn>; 0912345678", "mail lan@xa.gov.vn"),
            ("mail:lan@xa.gov.vn.", "mail lan@xa.gov.vn"),
            ("0912345678", "phone +84912345678"),
            ("Zalo 0912 345 678", "phone +84912345678"),
            ("0912.345.678 (Zalo)", "phone +84912345678"),
            ("+84 912-345-678", "phone +84912345678"),
            ("+84 (0)912 345 678", "phone +84912345678"),
            ("84912345678", "phone +84912345678"),
            ("0084 912345678", "phone +84912345678"),
            ("ấp 3, ĐT: 0387654321", "phone +84387654321"),
            ("0294 3825 123", "none"),
            ("0294.3825123; 0912345678", "phone +84912345678"),
            ("0912345678 0987654321", "phone +84912345678"),
            ("091234567", "none"),
            ("09123456789", "none"),
            ("Zalo: Lan ấp 3", "none"),
            ("lan@localhost", "none"),
            ("lan@10.0.0.1", "none"),
            ("@xa.vn a@ b@c..vn", "none"),
            ("", "none"),
        ] {
            assert_eq!(of(contact), expected, "{contact}");
        }
    }

    #[test]
    fn nothing_that_ends_a_line_gets_into_an_address() {
        for contact in ["a@b.vn\r\nBcc: x@y.vn", "a\r\nRCPT TO:<x@y.vn>@b.vn", "a@b.vn\0", "\"a b\"@c.vn"] {
            if let Some(found) = address(contact) {
                assert!(["a@b.vn", "x@y.vn"].contains(&&*found.to), "{contact:?} gives {}", found.to);
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_an_address_is_plain(contact in "\\PC*|[0-9+. ()@a-z\\r\\n-]{0,60}") {
            if let Some(found) = address(&contact) {
                prop_assert!(found.to.chars().all(|c| c.is_ascii_graphic() && !"<>\"\\,;".contains(c)), "{}", found.to);
            }
        }
    }
}
