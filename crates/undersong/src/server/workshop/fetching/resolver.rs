//! Finds hosts for the fetcher: the address that was checked is the address that is dialled.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::public::is_public;

/// Finds hosts, and remembers whether one was refused.
#[derive(Debug)]
pub(super) struct Resolver {
    /// Hosts that may be private, by their names.
    allowed: Arc<Vec<String>>,
    refused: Arc<AtomicBool>,
}

impl Resolver {
    pub(super) fn new(allowed: Arc<Vec<String>>) -> Resolver {
        Resolver { allowed, refused: Arc::default() }
    }

    /// Whether a host was refused because it is not public.
    pub(super) fn refused(&self) -> bool {
        self.refused.load(Relaxed)
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (allowed, refused) = (Arc::clone(&self.allowed), Arc::clone(&self.refused));
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            // One private answer among public ones is as bad: the next question may be answered with it.
            let open = allowed.contains(&host) || found.iter().all(|one| is_public(one.ip()));
            if !open {
                refused.store(true, Relaxed);
                return Err::<Addrs, Box<dyn Error + Send + Sync>>("the host is not public".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
