//! Tells the hooks of an account what happened, as Standard Webhooks does: signed, and again until somebody listens.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::{CONTENT_TYPE, USER_AGENT};
use sha2::Sha256;
use shelf::{Moment, Parcel, ShelfError};

use super::resolver::Resolver;
use super::{client, read};
use crate::server::dialect::errors::Problem;
use crate::server::house::Shared;

/// How long a hook may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often somebody looks for what is to be sent.
const ROUND: Duration = Duration::from_secs(1);
/// How long to wait before each further attempt; then it is given up.
const AGAIN: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(300),
    Duration::from_secs(1800),
    Duration::from_secs(7200),
    Duration::from_secs(18_000),
    Duration::from_secs(36_000),
];

/// Sends one notice after the other until the server ends.
pub(crate) async fn work(house: Shared) {
    while !house.is_closing() {
        match house.shelf.deliveries().claim(PATIENCE * 2, Moment::now()).await {
            Ok(Some(parcel)) => {
                if let Err(fault) = deliver(&house, &parcel).await {
                    tracing::warn!(%fault, "what became of a notice could not be kept");
                }
            }
            Ok(None) => tokio::time::sleep(ROUND).await,
            Err(fault) => {
                tracing::error!(%fault, "no notice could be claimed");
                tokio::time::sleep(ROUND * 5).await;
            }
        }
    }
}

async fn deliver(house: &Shared, parcel: &Parcel) -> Result<(), ShelfError> {
    let deliveries = house.shelf.deliveries();
    let (status, why) = match send(house, parcel).await {
        Ok(status) if (200..300).contains(&status) => {
            return deliveries.sent(parcel, status, Moment::now()).await;
        }
        Ok(status) => (Some(status), format!("It answered {status}.")),
        Err(fault) => (None, fault.sentence()),
    };
    let before = usize::try_from(parcel.delivery.attempt - 1).unwrap_or(0);
    // Who says that it is gone (410) is told nothing more.
    let again = AGAIN.get(before).copied().filter(|_| status != Some(410));
    deliveries.failed(parcel, status, &why, again, Moment::now()).await
}

/// Sends a notice; gives the status of the answer.
async fn send(house: &Shared, parcel: &Parcel) -> Result<u16, Problem> {
    let allowed = Arc::new(house.settings.upload.private_hosts.clone());
    let url = read(&parcel.url, &allowed)?;
    let resolver = Arc::new(Resolver::new(allowed));
    let client = client(&resolver).map_err(|_| super::failed("this machine cannot make connections"))?;
    let seconds = (Moment::now().0 / 1000).to_string();
    let (id, body) = (&parcel.delivery.id, &parcel.delivery.body);
    let request = client
        .post(url)
        .timeout(PATIENCE)
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, concat!("undersong/", env!("CARGO_PKG_VERSION")))
        .header("webhook-id", id)
        .header("webhook-timestamp", &seconds)
        .header("webhook-signature", signature(&parcel.secret, id, &seconds, body))
        .body(body.clone());
    let answer = request.send().await.map_err(|fault| super::told(&resolver, &fault))?;
    Ok(answer.status().as_u16())
}

/// The signature of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body` with the secret's own bytes.
fn signature(secret: &str, id: &str, seconds: &str, body: &str) -> String {
    let key = STANDARD.decode(secret.trim_start_matches("whsec_")).unwrap_or_default();
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else { return String::new() };
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_standard() {
        // Made with Python: hmac.new(base64.b64decode(secret), b"msg_1.1700000000.{}", "sha256").
        let told = signature("whsec_MDEyMzQ1Njc4OWFiY2RlZg==", "msg_1", "1700000000", "{}");
        assert_eq!(told, SIGNED);
    }

    const SIGNED: &str = "v1,3uojc/2kvL+KpJkw4ZNrA/5YjEs9cdfKdc3lXIvRjkk=";
}
