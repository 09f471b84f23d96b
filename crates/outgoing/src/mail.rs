//! Mail by SMTP (RFC 5321): each command by itself, so that it is known whether the message was on the line.

use std::{fmt, time::Duration};

use lettre::{
    Address, Message,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{Certificate, SmtpConnection, TlsParameters},
        commands::{Data, Mail as MailFrom, Rcpt},
        extension::ClientId,
        response::Response,
    },
};
use nhipcau_domain::problem::Problem;

use crate::{Answer, Letter, Outcome, is_loopback, wrong};

/// The longest wait for each answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest wait for the answer to the message itself: servers look at it before they take it.
const MESSAGE_PATIENCE: Duration = Duration::from_mins(1);

/// How the line to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte, usually on port 465.
    Tls,
    /// TLS after `STARTTLS`, usually on port 587; without it nothing is sent.
    StartTls,
    /// Not at all: only for a server on this machine.
    None,
}

/// How mail goes out.
#[derive(Clone)]
pub struct MailOptions {
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is protected.
    pub security: Security,
    /// As whom to sign in, and with what.
    pub credentials: Option<(String, String)>,
    /// From whom mail is: `name <address>`, or an address.
    pub from: String,
    /// A certificate (PEM) to be trusted beside those that all trust.
    pub trusted: Option<Vec<u8>>,
}

/// A mail server.
pub struct Mail {
    host: String,
    port: u16,
    security: Security,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    from: Mailbox,
}

/// Without what it signs in with.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

impl Mail {
    /// Reads the options.
    ///
    /// # Errors
    /// A sentence for whoever runs the program: `outgoing-mail-unprotected`, `outgoing-mail-from`,
    /// `outgoing-certificate`.
    pub fn new(options: MailOptions) -> Result<Self, Problem> {
        if options.security == Security::None && !is_loopback(&options.host) {
            return Err(wrong("outgoing-mail-unprotected", &options.host));
        }
        let from: Mailbox =
            options.from.parse().map_err(|_| wrong("outgoing-mail-from", &one_line(&options.from)))?;
        let unreadable = |e: Error| Problem::new("outgoing-certificate").with("detail", e.to_string());
        let tls = match options.security {
            Security::None => None,
            Security::Tls | Security::StartTls => {
                let mut builder = TlsParameters::builder(options.host.clone());
                if let Some(pem) = &options.trusted {
                    builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(unreadable)?);
                }
                Some(builder.build().map_err(unreadable)?)
            }
        };
        let credentials = options.credentials.map(|(user, password)| Credentials::new(user, password));
        Ok(Self {
            host: options.host,
            port: options.port,
            security: options.security,
            tls,
            credentials,
            from,
        })
    }

    /// Sends one message.
    pub(crate) fn send(&self, letter: &Letter) -> Answer {
        let (to, message) = match self.written(letter) {
            Ok(written) => written,
            Err(answer) => return answer,
        };
        match self.connect() {
            Ok(mut server) => {
                let answer = self.hand_over(&mut server, to, &message);
                // What was said is said: how the line ends changes nothing.
                let _ = server.quit();
                answer
            }
            // Nothing was handed over, whatever it was.
            Err(error) => Answer::new(Outcome::Later, &error.to_string()),
        }
    }

    /// The message's bytes. Whatever stands in names and words, it makes no header of its own.
    fn written(&self, letter: &Letter) -> Result<(Address, Vec<u8>), Answer> {
        let refused = |e: &dyn fmt::Display| Answer::new(Outcome::Refused, &e.to_string());
        let to: Address = letter.to.parse().map_err(|e| refused(&e))?;
        let sent = std::time::SystemTime::UNIX_EPOCH
            + Duration::from_secs(u64::try_from(letter.at.as_second()).unwrap_or(0));
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(one_line(&letter.subject))
            .date(sent)
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .raw_header(automatic())
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|e| refused(&e))?;
        Ok((to, message.formatted()))
    }

    fn connect(&self) -> Result<SmtpConnection, Error> {
        let hello = ClientId::Domain(self.from.email.domain().to_owned());
        let at_once = self.tls.as_ref().filter(|_| self.security == Security::Tls);
        let server = (self.host.as_str(), self.port);
        let mut server = SmtpConnection::connect(server, Some(PATIENCE), &hello, at_once, None)?;
        if let (Security::StartTls, Some(tls)) = (self.security, &self.tls) {
            server.starttls(tls, &hello)?;
        }
        if let Some(credentials) = &self.credentials {
            server.auth(&[Mechanism::Plain, Mechanism::Login], credentials)?;
        }
        Ok(server)
    }

    fn hand_over(&self, server: &mut SmtpConnection, to: Address, message: &[u8]) -> Answer {
        // A server that does not want the sender or the message now may want them once it is mended; one
        // that does not want the recipient will not.
        let before = |result: Result<Response, Error>, refusal: Outcome| match result {
            Ok(_) => None,
            Err(e) if e.is_permanent() => Some(Answer::new(refusal, &e.to_string())),
            Err(e) => Some(Answer::new(Outcome::Later, &e.to_string())),
        };
        let from = MailFrom::new(Some(self.from.email.clone()), Vec::new());
        let early = before(server.command(from), Outcome::Later)
            .or_else(|| before(server.command(Rcpt::new(to, Vec::new())), Outcome::Refused))
            .or_else(|| before(server.command(Data), Outcome::Later));
        if let Some(answer) = early {
            return answer;
        }
        if let Err(error) = server.set_timeout(Some(MESSAGE_PATIENCE)) {
            return Answer::new(Outcome::Later, &error.to_string());
        }
        // From the first byte on, a line that breaks says nothing about the message.
        match server.message(message) {
            Ok(response) => Answer::new(Outcome::Sent, &said(&response)),
            Err(e) if e.is_transient() => Answer::new(Outcome::Later, &e.to_string()),
            Err(e) if e.is_permanent() => Answer::new(Outcome::Refused, &e.to_string()),
            Err(e) => Answer::new(Outcome::Unclear, &e.to_string()),
        }
    }
}

/// That nobody wrote it by hand: machines do not answer it (RFC 3834).
fn automatic() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}

fn said(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    format!("{} {}", response.code(), lines.join(" "))
}

/// One line: what ends a line would begin another header.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn options() -> MailOptions {
        MailOptions {
            host: "127.0.0.1".to_owned(),
            port: 25,
            security: Security::None,
            credentials: Some(("ai".to_owned(), "mat-khau-bi-mat".to_owned())),
            from: "Ban Tuyên giáo <bao-cao@caungang.example>".to_owned(),
            trusted: None,
        }
    }

    fn letter(subject: &str, to: &str) -> Letter {
        Letter {
            id: uuid::Uuid::nil(),
            channel: crate::Channel::Mail,
            to: to.to_owned(),
            subject: subject.to_owned(),
            text: "Một dòng.\r\n.\r\nBcc: x@y.vn\r\n".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_unprotected_line_leaves_no_machine() {
        let mut elsewhere = options();
        elsewhere.host = "mail.example".to_owned();
        assert_eq!(Mail::new(elsewhere.clone()).unwrap_err().id, "outgoing-mail-unprotected");
        elsewhere.security = Security::StartTls;
        assert!(Mail::new(elsewhere).is_ok());
        let mut from = options();
        from.from = "không phải thư".to_owned();
        assert_eq!(Mail::new(from).unwrap_err().id, "outgoing-mail-from");
    }

    #[test]
    fn names_and_words_make_no_header() {
        let mail = Mail::new(options()).unwrap();
        let subject = "Nhắc\r\nBcc: x@y.vn\r\n\r\nthân thư";
        let (_, bytes) = mail.written(&letter(subject, "a@b.vn")).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let names: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .filter_map(|line| line.split_once(':'))
            .map(|(name, _)| name)
            .collect();
        assert!(!names.contains(&"Bcc"), "{head}");
        assert!(names.contains(&"Auto-Submitted") && names.contains(&"Message-ID"), "{head}");
        assert!(mail.written(&letter("a", "a@b.vn>\r\nRCPT TO:<x@y.vn")).is_err());
        assert!(!format!("{mail:?}").contains("bi-mat"), "a secret would stand in a log");
    }
}
