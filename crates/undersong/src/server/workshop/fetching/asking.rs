//! Asks a server of ours whether it is ready: for those who start it and watch over it.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long it may take to answer, and how much of its answer is read, in bytes.
const PATIENCE: Duration = Duration::from_secs(4);
const LONGEST: u64 = 10_000;

/// That the server that listens there can keep what it is given.
///
/// # Errors
/// A sentence that says how it answered.
pub(crate) async fn is_ready(listen: SocketAddr) -> Result<(), String> {
    let place = reached(listen);
    match timeout(PATIENCE, status(place)).await {
        Ok(Ok(200)) => Ok(()),
        Ok(Ok(status)) => Err(format!("The server at {place} is not ready ({status}).")),
        _ => Err(format!("Nobody answers at {place}.")),
    }
}

/// The status of its answer; for one line of it no client with TLS has to be made.
async fn status(place: SocketAddr) -> io::Result<u16> {
    let mut stream = TcpStream::connect(place).await?;
    let question = format!("GET /readyz HTTP/1.1\r\nhost: {place}\r\nconnection: close\r\n\r\n");
    stream.write_all(question.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
    status.ok_or_else(|| io::Error::other("no HTTP"))
}

/// Where a server is reached from its own machine.
fn reached(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_listens_everywhere_is_reached_here() {
        for (listen, place) in
            [("0.0.0.0:8787", "127.0.0.1:8787"), ("[::]:1", "[::1]:1"), ("192.0.2.7:80", "192.0.2.7:80")]
        {
            assert_eq!(reached(listen.parse().unwrap()).to_string(), place);
        }
    }
}
