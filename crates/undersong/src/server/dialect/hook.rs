//! Webhooks and what was sent to them, as clients of the wire read them.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::errors::Problem;
use super::message::{Read, field};
use crate::server::clock::rfc3339;

/// Where somebody wants to hear of finished exports.
#[derive(Debug, ToSchema)]
pub(crate) struct WebhookWish {
    /// A public http or https address.
    pub(crate) url: String,
}

/// A webhook.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Webhook {
    id: String,
    url: String,
    /// What signatures are made with (Standard Webhooks); told once, when the webhook is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    secret: Option<String>,
    /// RFC 3339.
    #[serde(rename = "createdAt")]
    created_at: String,
}

/// The webhooks of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Webhooks {
    pub(crate) webhooks: Vec<Webhook>,
}

/// A notice to a webhook.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Delivery {
    /// What is sent as `webhook-id`.
    id: String,
    /// `render.completed` or `render.failed`.
    #[serde(rename = "type")]
    kind: String,
    /// `waiting`, `sent` or `failed`.
    state: String,
    /// How often it was tried.
    attempt: i64,
    /// The status of the last answer.
    #[schema(required)]
    status: Option<i64>,
    /// Why the last attempt failed.
    #[schema(required)]
    error: Option<String>,
    /// RFC 3339.
    #[serde(rename = "createdAt")]
    created_at: String,
}

/// What was sent to a webhook, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Deliveries {
    pub(crate) deliveries: Vec<Delivery>,
}

impl Read for WebhookWish {
    type Written = WebhookWish;

    fn read(body: &Value) -> Result<WebhookWish, Problem> {
        Ok(WebhookWish { url: field(body, &["url"]).ok_or_else(|| Problem::missing("url"))? })
    }
}

impl Webhook {
    /// A webhook without its secret.
    pub(crate) fn of(hook: &shelf::Hook) -> Webhook {
        Webhook { id: hook.id.clone(), url: hook.url.clone(), secret: None, created_at: rfc3339(hook.made) }
    }

    /// A webhook that was just made.
    pub(crate) fn fresh(hook: shelf::Hook) -> Webhook {
        Webhook { secret: Some(hook.secret.clone()), ..Webhook::of(&hook) }
    }
}

impl Delivery {
    pub(crate) fn of(one: &shelf::Delivery) -> Delivery {
        Delivery {
            id: one.id.clone(),
            kind: one.kind.clone(),
            state: one.state.as_str().to_owned(),
            attempt: one.attempt,
            status: one.status,
            error: one.error.clone(),
            created_at: rfc3339(one.made),
        }
    }
}
