//! How connections that this program makes are secured.

use std::error::Error;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::ring::default_provider;
use rustls_platform_verifier::BuilderVerifierExt;

/// TLS with one provider and the certificates that the system trusts.
///
/// # Errors
/// Where the system's certificates cannot be used.
pub(crate) fn client() -> Result<ClientConfig, Box<dyn Error>> {
    let tls = ClientConfig::builder_with_provider(Arc::new(default_provider()));
    let tls = tls.with_safe_default_protocol_versions()?;
    Ok(tls.with_platform_verifier()?.with_no_client_auth())
}
