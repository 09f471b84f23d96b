//! What a message says: in Vietnamese, to those who work here; without a figure of anybody's report.

use nhipcau_domain::{Date, outbox::Channel, problem::Arg, text};
use nhipcau_messages::{Lang, say};

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its first line, for mail.
    pub subject: String,
    /// The whole of it.
    pub body: String,
}

/// What a message about a return names.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub unit: &'a str,
    pub form: &'a str,
    pub period: &'a str,
    /// Where one signs in.
    pub address: &'a str,
    /// The office in whose name it is sent.
    pub from: &'a str,
}

fn args(about: &About<'_>, due: &str) -> [(&'static str, Arg); 6] {
    [
        ("unit", about.unit.into()),
        ("form", about.form.into()),
        ("period", about.period.into()),
        ("address", about.address.into()),
        ("from", about.from.into()),
        ("due", due.into()),
    ]
}

/// By telephone a message is one short paragraph; by mail it has room.
fn written(channel: Channel, id: &str, args: &[(&str, Arg)]) -> Text {
    let way = channel.as_str();
    Text {
        subject: say(Lang::Vi, &format!("{id}-subject"), args),
        body: say(Lang::Vi, &format!("{id}-{way}"), args),
    }
}

/// That a return has not come.
pub(super) fn reminder(channel: Channel, about: &About<'_>, due: Option<Date>, today: Date) -> Text {
    let id = match due {
        None => "outbox-text-reminder",
        Some(due) if due < today => "outbox-text-reminder-overdue",
        Some(_) => "outbox-text-reminder-due",
    };
    written(channel, id, &args(about, &due.map(text::date).unwrap_or_default()))
}

/// That a return was sent back: the reason is read where one has signed in, as there may be a figure in it.
pub(super) fn sent_back(channel: Channel, about: &About<'_>) -> Text {
    written(channel, "outbox-text-sent-back", &args(about, ""))
}

/// What waits for a reviewer: how many returns, not what is in them.
pub(super) fn digest(
    channel: Channel,
    address: &str,
    office: &str,
    (waiting, overdue): (usize, usize),
) -> Text {
    let args: [(&str, Arg); 4] = [
        ("address", address.into()),
        ("office", office.into()),
        ("waiting", waiting.into()),
        ("overdue", overdue.into()),
    ];
    written(channel, "outbox-text-digest", &args)
}

/// Whether sending works.
pub(super) fn test(channel: Channel, address: &str, office: &str) -> Text {
    written(channel, "outbox-text-test", &[("address", address.into()), ("office", office.into())])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_message_says_what_is_owed_by_when_and_where() {
        let about = About {
            unit: "Chi bộ ấp 3",
            form: "Biểu 1",
            period: "Năm 2022",
            address: "https://caungang.example/lam-viec",
            from: "Huyện ủy",
        };
        let today = date(2023, 1, 5);
        for channel in [Channel::Mail, Channel::Phone] {
            for (due, words) in [
                (None, "chưa nhận được"),
                (Some(date(2023, 1, 8)), "trước hết ngày 08/01/2023"),
                (Some(today), "trước hết ngày 05/01/2023"),
                (Some(date(2023, 1, 1)), "đã quá hạn"),
            ] {
                let text = reminder(channel, &about, due, today);
                for part in [
                    "Chi bộ ấp 3",
                    "Biểu 1",
                    "Năm 2022",
                    "https://caungang.example/lam-viec",
                    "Huyện ủy",
                    words,
                ] {
                    assert!(text.body.contains(part), "{channel:?} {due:?}: {part} is not in {}", text.body);
                }
                assert!(!text.subject.contains("outbox-"), "{}", text.subject);
            }
            for text in [
                sent_back(channel, &about),
                digest(channel, about.address, about.from, (3, 1)),
                test(channel, about.address, about.from),
            ] {
                assert!(!format!("{text:?}").contains("outbox-text"), "{text:?}");
            }
        }
        let short = reminder(Channel::Phone, &about, Some(today), today).body;
        assert!(!short.contains('\n') && short.chars().count() < 300, "{short}");
    }
}
