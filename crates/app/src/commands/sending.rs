//! By which ways messages go out: set on the command line or in the environment, secrets in files.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use nhipcau_domain::problem::Problem;
use nhipcau_outgoing::{Gateway, GatewayOptions, Mail, MailOptions, Outgoing, Security};

/// The largest file that holds a secret or a certificate, in bytes.
const LARGEST: u64 = 64 << 10;

/// By which ways messages go out. Without any, nobody is written to.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Sending {
    #[arg(long, value_name = "HOST[:PORT]", env = "NHIPCAU_MAIL_SERVER", requires = "mail_from")]
    pub mail_server: Option<String>,
    #[arg(long, value_enum, env = "NHIPCAU_MAIL_SECURITY", default_value_t)]
    pub mail_security: MailSecurity,
    #[arg(long, value_name = "ADDRESS", env = "NHIPCAU_MAIL_FROM")]
    pub mail_from: Option<String>,
    #[arg(long, value_name = "NAME", env = "NHIPCAU_MAIL_USER", requires = "mail_password_file")]
    pub mail_user: Option<String>,
    #[arg(long, value_name = "FILE", env = "NHIPCAU_MAIL_PASSWORD_FILE", requires = "mail_user")]
    pub mail_password_file: Option<PathBuf>,
    #[arg(
        long,
        value_name = "URL",
        env = "NHIPCAU_GATEWAY",
        hide_env_values = true,
        requires = "gateway_key_file"
    )]
    pub gateway: Option<String>,
    #[arg(long, value_name = "FILE", env = "NHIPCAU_GATEWAY_KEY_FILE", requires = "gateway")]
    pub gateway_key_file: Option<PathBuf>,
    #[arg(long, value_name = "FILE", env = "NHIPCAU_OUTGOING_CERTIFICATE")]
    pub outgoing_certificate: Option<PathBuf>,
}

/// How the line to the mail server is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum MailSecurity {
    /// TLS after STARTTLS (587).
    #[default]
    Starttls,
    /// TLS from the first byte (465).
    Tls,
    /// Not at all: only on this machine (25).
    None,
}

impl Sending {
    /// What sends messages.
    ///
    /// # Errors
    /// A sentence: an option or a file that cannot be.
    pub fn outgoing(&self) -> Result<Outgoing, Problem> {
        let trusted = self.outgoing_certificate.as_deref().map(bytes).transpose()?;
        let mail = match (&self.mail_server, &self.mail_from) {
            (Some(server), Some(from)) => Some(self.mail(server, from, trusted.clone())?),
            _ => None,
        };
        let gateway = match (&self.gateway, &self.gateway_key_file) {
            (Some(url), Some(file)) => {
                let (url, key) = (url.clone(), line(bytes(file)?));
                Some(Gateway::new(GatewayOptions { url, key, trusted })?)
            }
            _ => None,
        };
        Ok(Outgoing::new(mail, gateway))
    }

    fn mail(&self, server: &str, from: &str, trusted: Option<Vec<u8>>) -> Result<Mail, Problem> {
        let (security, usual) = match self.mail_security {
            MailSecurity::Starttls => (Security::StartTls, 587),
            MailSecurity::Tls => (Security::Tls, 465),
            MailSecurity::None => (Security::None, 25),
        };
        let (host, port) = host_and_port(server, usual)?;
        let credentials = match (&self.mail_user, &self.mail_password_file) {
            (Some(user), Some(file)) => {
                let password = String::from_utf8(line(bytes(file)?)).map_err(|_| unreadable(file))?;
                Some((user.clone(), password))
            }
            _ => None,
        };
        Mail::new(MailOptions { host, port, security, credentials, from: from.to_owned(), trusted })
    }
}

/// `host`, `host:port`, `[::1]:port`.
fn host_and_port(server: &str, usual: u16) -> Result<(String, u16), Problem> {
    let wrong = || Problem::new("outgoing-mail-server").with("found", server);
    let (host, port) = match server.rsplit_once(':') {
        // An IPv6 address without a port.
        Some((before, _)) if before.contains(':') && !before.ends_with(']') => (server, usual),
        Some((host, port)) => (host, port.parse().map_err(|_| wrong())?),
        None => (server, usual),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
    if host.is_empty() || !host.chars().all(plain) {
        return Err(wrong());
    }
    Ok((host.to_owned(), port))
}

fn unreadable(file: &Path) -> Problem {
    Problem::new("file-unreadable").with("file", file.display().to_string())
}

fn bytes(file: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = fs::File::open(file).and_then(|f| f.take(LARGEST).read_to_end(&mut bytes));
    read.map_err(|_| unreadable(file))?;
    Ok(bytes)
}

/// A secret as an editor saves it: without the line's end.
fn line(mut bytes: Vec<u8>) -> Vec<u8> {
    while bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        bytes.pop();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use nhipcau_outgoing::Channel;

    use super::*;

    #[test]
    fn a_server_is_named_with_or_without_its_port() {
        let of = |server| host_and_port(server, 587).ok();
        assert_eq!(of("mail.example"), Some(("mail.example".to_owned(), 587)));
        assert_eq!(of("127.0.0.1:2525"), Some(("127.0.0.1".to_owned(), 2525)));
        assert_eq!(of("[::1]:25"), Some(("::1".to_owned(), 25)));
        assert_eq!(of("::1"), Some(("::1".to_owned(), 587)));
        for wrong in ["", "mail.example:", "mail.example:99999", "mail example", "mail\r\n.example", ":25"] {
            assert_eq!(of(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn secrets_are_read_from_files_and_without_options_nobody_is_written_to() {
        let none = Sending::default().outgoing().unwrap();
        assert!(!none.reaches(Channel::Mail) && !none.reaches(Channel::Phone));
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("khoa");
        fs::write(&key, "0123456789abcdef0123\n").unwrap();
        let mut sending = Sending {
            gateway: Some("https://gateway.example/sms".to_owned()),
            gateway_key_file: Some(key.clone()),
            ..Sending::default()
        };
        assert!(sending.outgoing().unwrap().reaches(Channel::Phone));
        fs::write(&key, "ngan\n").unwrap();
        assert_eq!(sending.outgoing().unwrap_err().id, "outgoing-gateway-key");
        sending.gateway_key_file = Some(folder.path().join("khong-co"));
        assert_eq!(sending.outgoing().unwrap_err().id, "file-unreadable");
    }
}
