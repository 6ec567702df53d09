//! Fetches files by their addresses: from public hosts alone, however they are named and wherever they lead.

mod asking;
pub(crate) mod notice;
mod public;
mod resolver;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use shelf::Sealed;

pub(crate) use asking::is_ready;

use crate::server::dialect::errors::Problem;
use crate::server::disk;
use crate::server::house::{Shared, refused};
use crate::tls;
use resolver::Resolver;

/// How often an address may lead to another.
const REDIRECTS: usize = 5;
/// How long a host may take to be there, to say the next word, and to have said all.
const CONNECTING: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(30);
const WHOLE: Duration = Duration::from_secs(900);

/// A file that was fetched.
pub(crate) struct Fetched {
    /// What its address calls it.
    pub(crate) name: String,
    pub(crate) sealed: Sealed,
}

/// Fetches a file of at most so many megabytes.
///
/// # Errors
/// [`Problem::BadAddress`] where nothing is fetched from, [`Problem::NotFetched`] where nothing came, [`Problem::TooLarge`].
pub(crate) async fn fetch(house: &Shared, address: &str, megabytes: u64) -> Result<Fetched, Problem> {
    let allowed = Arc::new(house.settings.upload.private_hosts.clone());
    let resolver = Arc::new(Resolver::new(Arc::clone(&allowed)));
    let client = client(&resolver).map_err(|_| failed("this machine cannot make connections"))?;
    let mut url = read(address, &allowed)?;
    for _ in 0..=REDIRECTS {
        let answer = client.get(url.clone()).header(ACCEPT_ENCODING, "identity").send().await;
        let answer = answer.map_err(|fault| told(&resolver, &fault))?;
        if !answer.status().is_redirection() {
            return keep(house, &url, answer, megabytes).await;
        }
        let next = answer.headers().get(LOCATION).and_then(|next| next.to_str().ok());
        let next = next.and_then(|next| url.join(next).ok()).ok_or_else(|| failed("it leads nowhere"))?;
        url = read(next.as_str(), &allowed)?;
    }
    Err(failed("it leads on and on"))
}

fn client(resolver: &Arc<Resolver>) -> Result<Client, Box<dyn Error>> {
    let client = Client::builder()
        .tls_backend_preconfigured(tls::client()?)
        .dns_resolver(Arc::clone(resolver))
        .redirect(Policy::none())
        .no_proxy()
        .http1_only()
        .connect_timeout(CONNECTING)
        .read_timeout(SILENCE)
        .timeout(WHOLE);
    Ok(client.build()?)
}

/// Reads an address that may be asked; a host that is given in figures asks no resolver, so it is checked here.
///
/// # Errors
/// [`Problem::BadAddress`] says what is wrong with it.
pub(crate) fn read(address: &str, allowed: &[String]) -> Result<Url, Problem> {
    let wrong = |why: &str| Problem::BadAddress(format!("Nothing is fetched from that address: {why}."));
    let url = Url::parse(address.trim()).map_err(|_| wrong("it is none"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("it is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("it holds a name or a password"));
    }
    let host = url.host_str().unwrap_or_default();
    let figures = host.trim_start_matches('[').trim_end_matches(']').parse();
    match figures {
        Ok(ip) if !public::is_public(ip) && !allowed.iter().any(|known| known == host) => {
            Err(wrong("its host is not public"))
        }
        _ if host.is_empty() => Err(wrong("it names no host")),
        _ => Ok(url),
    }
}

/// What a fault of the connection comes to; its own words hold addresses.
fn told(resolver: &Resolver, fault: &reqwest::Error) -> Problem {
    if resolver.refused() {
        return Problem::BadAddress(
            "Nothing is fetched from that address: its host is not public.".to_owned(),
        );
    }
    failed(if fault.is_timeout() { "it took too long" } else { "its host did not answer" })
}

fn failed(why: &str) -> Problem {
    Problem::NotFetched(format!("The file could not be fetched: {why}."))
}

/// Writes down what comes.
async fn keep(house: &Shared, url: &Url, mut answer: Response, megabytes: u64) -> Result<Fetched, Problem> {
    if !answer.status().is_success() {
        return Err(failed(&format!("its host answered {}", answer.status().as_u16())));
    }
    if answer.headers().get(CONTENT_ENCODING).is_some_and(|packed| packed != "identity") {
        return Err(failed("it came packed"));
    }
    let most = megabytes.saturating_mul(1_000_000);
    if answer.content_length().is_some_and(|length| length > most) {
        return Err(Problem::TooLarge(megabytes));
    }
    let mut incoming = house.shelf.blobs().begin(most).await.map_err(refused("file"))?;
    while let Some(bytes) = answer.chunk().await.map_err(|_| failed("it broke off"))? {
        disk::room(house, 0)?;
        incoming.write(&bytes).await.map_err(refused("file"))?;
    }
    let sealed = incoming.seal().await.map_err(refused("file"))?;
    let last = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    Ok(Fetched { name: percent_decode_str(last).decode_utf8_lossy().into_owned(), sealed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_read() {
        for bad in [
            "",
            "film.mp4",
            "file:///etc/passwd",
            "ftp://example.org/a",
            "http://user@example.org/",
            "gopher://x/",
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://169.254.169.254/latest",
            "https://10.0.0.1/a.mp4",
        ] {
            assert_eq!(read(bad, &[]).map_err(|problem| problem.code()), Err(4005), "{bad}");
        }
        assert!(read("https://example.org/a.mp4", &[]).is_ok() && read("http://9.9.9.9/a", &[]).is_ok());
        assert!(read("http://127.0.0.1:80/a", &["127.0.0.1".to_owned()]).is_ok());
    }
}
