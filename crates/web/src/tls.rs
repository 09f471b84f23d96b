//! TLS by the program itself: a certificate and its key from files, read again when they change.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
        server::{ClientHello, ResolvesServerCert},
        sign::CertifiedKey,
    },
};

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or holds nothing of what it should.
    #[error("{file}: {detail}")]
    File {
        /// Which file.
        file: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// The key does not belong to the certificate, or is of a kind that is not known.
    #[error(transparent)]
    Rustls(#[from] rustls::Error),
}

/// A certificate that follows its files.
#[derive(Debug)]
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    held: RwLock<Held>,
}

#[derive(Debug)]
struct Held {
    certified: Arc<CertifiedKey>,
    stamp: Stamp,
}

/// When the files were changed: certificate, key.
type Stamp = (Option<SystemTime>, Option<SystemTime>);

impl Certificate {
    /// Reads a certificate chain and its key, both PEM.
    ///
    /// # Errors
    /// If a file cannot be read, or the two do not belong together.
    pub fn read(chain: &Path, key: &Path) -> Result<Self, TlsError> {
        let held = Held { stamp: stamp(chain, key), certified: Arc::new(load(chain, key)?) };
        Ok(Self { chain: chain.into(), key: key.into(), held: RwLock::new(held) })
    }

    /// Reads the files again if they changed. While they do not fit together (one was written, the
    /// other not yet), the old certificate stays.
    ///
    /// # Errors
    /// Why the new files cannot be used.
    pub fn refresh(&self) -> Result<bool, TlsError> {
        let now = stamp(&self.chain, &self.key);
        if now == self.held.read().unwrap_or_else(PoisonError::into_inner).stamp {
            return Ok(false);
        }
        let certified = Arc::new(load(&self.chain, &self.key)?);
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Held { certified, stamp: now };
        Ok(true)
    }

    /// What accepts connections: TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1.
    ///
    /// # Errors
    /// If the library refuses its own defaults.
    pub fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, TlsError> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(self) as _);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner).certified))
    }
}

fn stamp(chain: &Path, key: &Path) -> Stamp {
    let of = |file: &Path| std::fs::metadata(file).and_then(|m| m.modified()).ok();
    (of(chain), of(key))
}

fn load(chain: &Path, key: &Path) -> Result<CertifiedKey, TlsError> {
    let failed = |file: &Path, detail: String| TlsError::File { file: file.into(), detail };
    let certificates = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|e| failed(chain, e.to_string()))?;
    if certificates.is_empty() {
        return Err(failed(chain, "no certificate in it".into()));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|e| failed(key, e.to_string()))?;
    Ok(CertifiedKey::from_der(certificates, private, &ring::default_provider())?)
}
