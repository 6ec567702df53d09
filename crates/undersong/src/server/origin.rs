//! Where a request comes from, as far as that counts: limits for addresses are kept by it.

use std::net::IpAddr;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::dialect::errors::Problem;
use super::document::signature::Asks;
use super::house::Shared;

/// The header in which a proxy says for whom it asks; each adds what it has seen at the end.
const FORWARDED: &str = "x-forwarded-for";

/// Where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin(IpAddr);

impl Origin {
    /// Whom a connection from `peer` stands for; only a proxy that is known to be there is believed.
    fn of(peer: IpAddr, headers: &HeaderMap, behind_proxy: bool) -> Origin {
        let last = headers.get_all(FORWARDED).iter().next_back().and_then(|told| told.to_str().ok());
        let last = last.and_then(|told| told.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
        Origin(last.filter(|_| behind_proxy).unwrap_or(peer).to_canonical())
    }

    /// What counts as one place: an address of version 4, or the network that one customer gets of version 6. `None` for this
    /// machine, for which there are no limits.
    pub(crate) fn place(self) -> Option<String> {
        match self.0 {
            here if here.is_loopback() => None,
            IpAddr::V4(address) => Some(address.to_string()),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Some(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
            }
        }
    }
}

impl Asks for Origin {}

impl FromRequestParts<Shared> for Origin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &Shared) -> Result<Origin, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let ConnectInfo(peer) = peer.ok_or_else(|| Problem::Failed("Nobody is there.".to_owned()))?;
        Ok(Origin::of(peer.ip(), &parts.headers, house.settings.behind_proxy))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(peer: &str, told: &[&str], behind_proxy: bool) -> Option<String> {
        let mut headers = HeaderMap::new();
        for told in told {
            headers.append(FORWARDED, told.parse().unwrap());
        }
        Origin::of(peer.parse().unwrap(), &headers, behind_proxy).place()
    }

    #[test]
    fn a_network_of_one_customer_is_one_place() {
        let of = |peer: &str| place(peer, &[], false);
        assert_eq!(of("192.0.2.7").unwrap(), "192.0.2.7");
        assert_eq!(of("::ffff:192.0.2.7").unwrap(), "192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::9"));
        assert_ne!(of("2001:db8:1:3::9"), of("2001:db8:1:2::9"));
        assert_eq!((of("127.0.0.1"), of("::1"), of("::ffff:127.0.0.1")), (None, None, None));
    }

    #[test]
    fn only_a_proxy_that_is_there_is_believed() {
        let forged = ["192.0.2.1, 198.51.100.7"];
        assert_eq!(place("203.0.113.9", &forged, false).unwrap(), "203.0.113.9");
        assert_eq!(
            place("203.0.113.9", &forged, true).unwrap(),
            "198.51.100.7",
            "what the proxy itself has seen"
        );
        assert_eq!(place("127.0.0.1", &["192.0.2.1", "2001:db8::1"], true).unwrap(), "2001:db8:0:0::/64");
        for odd in ["", "unknown", "192.0.2.1, "] {
            assert_eq!(place("203.0.113.9", &[odd], true).unwrap(), "203.0.113.9", "{odd}");
        }
    }
}
