//! The place where the server listens.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;

/// How often a place that is taken is tried again, and how long between two tries.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(20);

/// Listens.
///
/// A server that was killed may leave children that have not begun their own work yet: for a moment they hold what it listened on,
/// and whoever starts it again at once finds the place taken.
///
/// # Errors
/// What the system says; [`AddrInUse`](ErrorKind::AddrInUse) only after a second.
pub(crate) async fn open(at: SocketAddr) -> io::Result<TcpListener> {
    for _ in 0..TRIES {
        match TcpListener::bind(at).await {
            Err(fault) if fault.kind() == ErrorKind::AddrInUse => tokio::time::sleep(PAUSE).await,
            done => return done,
        }
    }
    TcpListener::bind(at).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_left_is_taken() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let other = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
            let at = other.local_addr().unwrap();
            let leaves = async {
                tokio::time::sleep(PAUSE * 3).await;
                drop(other);
            };
            let (opened, ()) = tokio::join!(open(at), leaves);
            assert_eq!(opened.unwrap().local_addr().unwrap(), at);
        });
    }
}
