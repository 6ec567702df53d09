//! Webhooks.

use crate::server::dialect::errors::refusal::Refusal;
use crate::server::document::route::{Group, delete, get, post};
use crate::server::verbs::hooks;

pub(super) fn group() -> Group {
    let routes = vec![
        post("makeWebhook", "/api/webhooks", hooks::add)
            .says(
                "Make a webhook",
                "From now on `render.completed` and `render.failed` are posted to the address, signed as Standard Webhooks asks, \
                 and again for a day until somebody answers with 2xx.",
            )
            .refuses(&[Refusal::BadAddress, Refusal::OverLimit]),
        get("listWebhooks", "/api/webhooks", hooks::list).says("List webhooks", "Without their secrets."),
        delete("removeWebhook", "/api/webhooks/{webhook}", hooks::remove)
            .says("Remove a webhook", "What was still to be sent to it is given up."),
        get("listDeliveries", "/api/webhooks/{webhook}/deliveries", hooks::deliveries)
            .says("List deliveries", "What was sent to the webhook and what came of it, the latest first."),
    ];
    Group { name: "Webhooks", about: "Hear of finished exports instead of asking.", routes }
}
