//! Another's sign-in service, as the operator configures it.

use std::{fs, path::PathBuf};

use nhipcau_domain::problem::Problem;
use nhipcau_sso::{Config, Provider};

/// Where whoever was sent to the service comes back to, below the site's address.
const BACK: &str = "/lam-viec/dang-nhap/lien-thong/ve";

/// The service, and what this site is to it.
#[derive(Debug, Clone, Default, clap::Args)]
#[expect(clippy::struct_field_names, reason = "an option's name is its field's")]
pub struct Service {
    #[arg(long, value_name = "URL", env = "NHIPCAU_SSO_ISSUER", requires = "sso_client_id")]
    pub sso_issuer: Option<String>,
    #[arg(long, value_name = "ID", env = "NHIPCAU_SSO_CLIENT_ID", requires = "sso_issuer")]
    pub sso_client_id: Option<String>,
    #[arg(long, value_name = "FILE", requires = "sso_issuer")]
    pub sso_client_secret_file: Option<PathBuf>,
    #[arg(long, value_name = "TEXT", requires = "sso_issuer")]
    pub sso_label: Option<String>,
    #[arg(long, value_name = "FILE", requires = "sso_issuer")]
    pub sso_ca: Option<PathBuf>,
    #[arg(long, value_name = "SCOPE", value_delimiter = ',', requires = "sso_issuer")]
    pub sso_scope: Vec<String>,
    #[arg(
        long,
        value_name = "VALUE",
        value_delimiter = ',',
        num_args = 0..,
        require_equals = true,
        default_missing_value = "mfa",
        requires = "sso_issuer"
    )]
    pub sso_is_two_factor: Vec<String>,
}

impl Service {
    /// The service with the name that people know it by, where one is configured. Nothing is fetched yet: a
    /// site starts whether the service answers or not.
    ///
    /// # Errors
    /// If a file cannot be read, or what is configured cannot be.
    pub fn provider(&self, base: &str) -> anyhow::Result<Option<(Provider, String)>> {
        let Some(issuer) = self.sso_issuer.clone() else { return Ok(None) };
        let secret = self.sso_client_secret_file.as_ref().map(read).transpose()?;
        let client_secret = secret.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
        let label = self.sso_label.clone().unwrap_or_else(|| host(&issuer).to_owned());
        let config = Config {
            client_id: self.sso_client_id.clone().unwrap_or_default(),
            client_secret,
            redirect: format!("{base}{BACK}"),
            scopes: self.sso_scope.clone(),
            authorities: self.sso_ca.as_ref().map(read).transpose()?,
            two_factors: self.sso_is_two_factor.clone(),
            issuer,
        };
        let provider =
            Provider::new(config).map_err(|e| Problem::new("serve-sso").with("detail", e.to_string()))?;
        Ok(Some((provider, label)))
    }
}

fn read(file: &PathBuf) -> Result<Vec<u8>, Problem> {
    fs::read(file).map_err(|e| {
        Problem::new("serve-sso-file").with("file", file.display().to_string()).with("detail", e.to_string())
    })
}

fn host(url: &str) -> &str {
    url.split("://").nth(1).unwrap_or(url).split('/').next().unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[derive(clap::Parser)]
    struct Cli {
        #[command(flatten)]
        service: Service,
    }

    fn parsed(line: &str) -> Option<Service> {
        Cli::try_parse_from(line.split(' ')).ok().map(|cli| cli.service)
    }

    #[test]
    fn a_service_is_a_name_and_an_address_and_is_believed_what_the_operator_says() {
        assert!(parsed("x").unwrap().provider("https://a.vn").unwrap().is_none());
        assert!(parsed("x --sso-issuer https://sso.example").is_none(), "without a client's name");
        assert!(parsed("x --sso-label Tỉnh").is_none(), "without a service");
        let given = parsed("x --sso-issuer https://sso.example/tinh --sso-client-id nhip-cau").unwrap();
        assert_eq!(given.sso_is_two_factor, [""; 0]);
        let (_, label) = given.provider("https://a.vn").unwrap().unwrap();
        assert_eq!(label, "sso.example");
        let two = "x --sso-issuer https://s.vn --sso-client-id n --sso-is-two-factor";
        assert_eq!(parsed(two).unwrap().sso_is_two_factor, ["mfa"]);
        assert_eq!(parsed(&format!("{two}=hwk,loa3")).unwrap().sso_is_two_factor, ["hwk", "loa3"]);
        let clear = parsed("x --sso-issuer http://sso.example --sso-client-id n").unwrap();
        let said = clear.provider("https://a.vn").unwrap_err();
        assert_eq!(said.downcast_ref::<Problem>().map(|p| p.id.as_str()), Some("serve-sso"));
    }
}
