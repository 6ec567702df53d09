//! Signs links, so that who holds one needs no token, and only until it expires.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::random;

/// The key for links; it stays with the database, so links outlive the process.
pub(crate) struct Seal {
    key: [u8; 32],
}

impl Seal {
    /// Reads the key from its file, or makes one.
    ///
    /// # Errors
    /// What the system says.
    pub(crate) fn open(path: &Path) -> io::Result<Seal> {
        let mut options = OpenOptions::new();
        match options.write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                let key = random::bytes();
                file.write_all(&key)?;
                file.sync_all()?;
                Ok(Seal { key })
            }
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {
                let key = fs::read(path)?.try_into();
                Ok(Seal { key: key.map_err(|_| io::Error::other("it must have 32 bytes"))? })
            }
            Err(fault) => Err(fault),
        }
    }

    /// The signature of these parts, in hexadecimal.
    pub(crate) fn sign(&self, parts: &[&str]) -> String {
        random::hex(&self.mac(parts).map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default())
    }

    /// Whether a signature is that of these parts; takes as long whether it is or not.
    pub(crate) fn holds(&self, parts: &[&str], signature: &str) -> bool {
        let given: Option<Vec<u8>> = (0..signature.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(signature.get(at..at + 2)?, 16).ok())
            .collect();
        match (self.mac(parts), given) {
            (Some(mac), Some(given)) => mac.verify_slice(&given).is_ok(),
            _ => false,
        }
    }

    fn mac(&self, parts: &[&str]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        for part in parts {
            // The length keeps "ab","c" apart from "a","bc".
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_signed_holds() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("link.key");
        let seal = Seal::open(&file).unwrap();
        let signature = seal.sign(&["render", "job_1", "99"]);
        assert_eq!(signature.len(), 64);
        let again = Seal::open(&file).unwrap();
        assert!(again.holds(&["render", "job_1", "99"], &signature));
        assert!(!again.holds(&["render", "job_1", "98"], &signature));
        assert!(!again.holds(&["renderj", "ob_1", "99"], &signature));
        for wrong in ["", "zz", "0", "é", &signature[..62]] {
            assert!(!again.holds(&["render", "job_1", "99"], wrong), "{wrong}");
        }
    }
}
