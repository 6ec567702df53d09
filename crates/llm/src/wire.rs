//! The wire to the server: carries bytes to one address only, and back no more of them than an answer needs.
//!
//! genai reads an answer whole, however long it is, and its web client lets nobody into the connection. So that client
//! connects to a socket of ours in a folder that only this user can enter, and we carry what it says; over TLS we carry
//! what we cannot read.

use std::fs::Permissions;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use reqwest::Url;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpStream, UnixListener, UnixStream};

use crate::ModelError;

/// The most bytes of an answer, with its headers.
const MOST_BYTES: u64 = 2_000_000;

/// A socket and where it leads.
pub(crate) struct Wire {
    listener: UnixListener,
    /// Holds the socket; it vanishes with the wire.
    folder: TempDir,
    host: String,
    port: u16,
    trouble: Trouble,
}

/// What went wrong on the wire, for which the client at its end knows no word.
#[derive(Clone, Default)]
pub(crate) struct Trouble(Arc<OnceLock<Snag>>);

#[derive(Clone, Copy)]
enum Snag {
    Unreachable,
    TooLong,
}

impl Trouble {
    fn tell(&self, snag: Snag) {
        // The first is the reason for all others.
        let _ = self.0.set(snag);
    }

    /// What went wrong, if anything did.
    pub(crate) fn told(&self) -> Option<ModelError> {
        self.0.get().map(|snag| match snag {
            Snag::Unreachable => ModelError::Unreachable,
            Snag::TooLong => ModelError::TooLong,
        })
    }
}

impl Wire {
    /// Lays a wire to the host of an address; within a runtime.
    pub(crate) fn lay(address: &Url) -> io::Result<Wire> {
        let folder = tempfile::Builder::new()
            .prefix("undersong")
            .permissions(Permissions::from_mode(0o700))
            .tempdir()?;
        let listener = UnixListener::bind(folder.path().join("wire"))?;
        let host = address.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let port = address.port_or_known_default().unwrap_or(443);
        Ok(Wire { listener, folder, host, port, trouble: Trouble::default() })
    }

    /// The socket at its near end.
    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.path().join("wire")
    }

    /// What goes wrong on it.
    pub(crate) fn trouble(&self) -> Trouble {
        self.trouble.clone()
    }

    /// Carries what is said on every connection, until nobody waits for it any more.
    pub(crate) async fn carry(self) {
        while let Ok((near, _)) = self.listener.accept().await {
            match TcpStream::connect((self.host.as_str(), self.port)).await {
                Ok(far) => {
                    tokio::spawn(exchange(near, far, self.trouble.clone()));
                }
                Err(_) => self.trouble.tell(Snag::Unreachable),
            }
        }
    }
}

/// Carries what is said on one connection.
async fn exchange(near: UnixStream, far: TcpStream, trouble: Trouble) {
    let (mut said, mut heard) = near.into_split();
    let (answer, mut question) = far.into_split();
    let up = tokio::spawn(async move {
        // A side that has gone ends the exchange; the client tells of it.
        let _ = copy(&mut said, &mut question).await;
        let _ = question.shutdown().await;
    });
    let mut answer = answer.take(MOST_BYTES);
    let _ = copy(&mut answer, &mut heard).await;
    if answer.limit() == 0 {
        trouble.tell(Snag::TooLong);
    }
    let _ = heard.shutdown().await;
    up.abort();
}
