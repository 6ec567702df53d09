//! Asks a server of ours whether it is ready: for those who start it and watch over it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::Client;

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(4);

/// That the server that listens there can keep what it is given.
///
/// # Errors
/// A sentence that says how it answered.
pub(crate) async fn is_ready(listen: SocketAddr) -> Result<(), String> {
    let place = reached(listen);
    let client = Client::builder().no_proxy().timeout(PATIENCE).build();
    let client = client.map_err(|why| format!("Nothing can be asked here ({why})."))?;
    match client.get(format!("http://{place}/readyz")).send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("The server at {place} is not ready ({}).", answer.status().as_u16())),
        Err(_) => Err(format!("Nobody answers at {place}.")),
    }
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
