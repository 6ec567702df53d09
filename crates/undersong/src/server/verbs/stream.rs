//! The stream of a run: its events as they are written, each in a block of its own, with signs of life between them.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use serde_json::json;
use shelf::{Event, Listening, Owner, RunState};

use crate::server::caller::Caller;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::event::{self as kit, place};
use crate::server::document::signature::Answers;
use crate::server::document::sketch::Sketch;
use crate::server::house::Shared;
use crate::server::tally::Entered;

/// Events that are fetched at once.
const HANDFUL: u32 = 64;
/// How long between two looks whether a run still goes on.
const GLANCE: Duration = Duration::from_millis(500);

/// Where a stream begins and which run it follows.
#[derive(Clone, Debug)]
pub(crate) struct Follow {
    pub(crate) owner: Owner,
    pub(crate) session: String,
    /// The number of the last event that the client has.
    pub(crate) after: i64,
    /// The run whose end ends the stream; none where only what was missed is wanted.
    pub(crate) run: Option<String>,
    /// Whether what other runs wrote is told, too.
    pub(crate) all: bool,
}

/// The answer that streams.
pub(crate) struct Streamed(Response);

impl IntoResponse for Streamed {
    fn into_response(self) -> Response {
        self.0
    }
}

impl Answers for Streamed {
    fn answer(sketch: &mut Sketch) {
        let about = "Events as they are written. Each is one line `data: {...}`, an `Event`, and a blank line; a block \
                     `id: n` with its number follows, and `: heartbeat` shows that a quiet stream lives. The last event has \
                     `turnComplete`.";
        let event = sketch.schema_of::<kit::Event>();
        let line =
            json!({ "type": "string", "contentMediaType": "application/json", "contentSchema": event });
        let schema = json!({ "type": "object", "required": ["data"], "properties": { "data": line } });
        sketch.answers(200, about, &[("text/event-stream", schema)]);
    }
}

/// A stream on its way.
struct Stream {
    house: Shared,
    follow: Follow,
    listening: Listening,
    blocks: VecDeque<Bytes>,
    ended: bool,
    quiet: Duration,
    /// Held while it is open.
    _place: Entered,
}

/// A place for one more stream.
///
/// # Errors
/// [`Problem::TooMany`] of the caller, [`Problem::Busy`].
pub(crate) fn room(house: &Shared, caller: &Caller) -> Result<Entered, Problem> {
    let limit = &house.settings.limit;
    house.streams.enter(caller.owner().as_str(), limit.streams_per_account, limit.streams)
}

/// The answer that streams.
pub(crate) fn answer(house: &Shared, follow: Follow, place: Entered) -> Streamed {
    let listening = house.shelf.events().listen(&follow.session);
    let state = Stream {
        house: house.clone(),
        follow,
        listening,
        blocks: VecDeque::new(),
        ended: false,
        quiet: Duration::ZERO,
        _place: place,
    };
    let blocks = stream::unfold(state, |mut state| async move {
        let block = state.next().await?;
        Some((Ok::<Bytes, Infallible>(block), state))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache, no-transform"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Streamed((headers, Body::from_stream(blocks)).into_response())
}

/// All events of a run, when it has ended.
pub(crate) async fn collect(house: &Shared, follow: Follow) -> Vec<String> {
    let mut listening = house.shelf.events().listen(&follow.session);
    let mut after = follow.after;
    let mut told = Vec::new();
    loop {
        // Asked before the events, so that what ends in between is still read.
        let running = is_running(house, &follow).await;
        let events = house.shelf.events().after(&follow.owner, &follow.session, after, HANDFUL).await;
        let events = events.unwrap_or_default();
        let more = !events.is_empty();
        for event in events {
            after = event.number;
            if event.run != follow.run {
                continue;
            }
            let (ours, last) = place(&event.body);
            if ours {
                told.push(event.body);
            }
            if last {
                return told;
            }
        }
        if !running && !more {
            return told;
        }
        if !more {
            listening.wait(GLANCE).await;
        }
    }
}

async fn is_running(house: &Shared, follow: &Follow) -> bool {
    let Some(run) = &follow.run else { return false };
    let found = house.shelf.runs().find(&follow.owner, &follow.session, run).await;
    found.is_ok_and(|run| run.state == RunState::Running)
}

impl Stream {
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(block) = self.blocks.pop_front() {
                self.quiet = Duration::ZERO;
                return Some(block);
            }
            if self.ended {
                return None;
            }
            // Asked before the events, so that what ends in between is still read.
            let running = is_running(&self.house, &self.follow).await;
            if self.fetch().await || self.ended {
                continue;
            }
            if !running {
                return None;
            }
            if let Some(beat) = self.wait().await {
                return Some(beat);
            }
        }
    }

    /// Fetches what was written; `true` where there was anything.
    async fn fetch(&mut self) -> bool {
        let Follow { owner, session, after, .. } = &self.follow;
        let Ok(events) = self.house.shelf.events().after(owner, session, *after, HANDFUL).await else {
            self.ended = true;
            return false;
        };
        let any = !events.is_empty();
        events.into_iter().for_each(|event| self.take(event));
        any
    }

    fn take(&mut self, event: Event) {
        self.follow.after = event.number;
        let followed = event.run.is_some() && event.run == self.follow.run;
        let (ours, last) = place(&event.body);
        if ours && (followed || self.follow.all) {
            self.blocks.push_back(Bytes::from(format!("data: {}\n\nid: {}\n\n", event.body, event.number)));
        }
        self.ended |= followed && last;
    }

    /// Waits for the next event; a sign of life where none comes for long.
    async fn wait(&mut self) -> Option<Bytes> {
        let beat = Duration::from_millis(self.house.settings.limit.heartbeat_ms.max(1));
        let at_most = GLANCE.min(beat.saturating_sub(self.quiet)).max(Duration::from_millis(1));
        if self.listening.wait(at_most).await {
            return None;
        }
        self.quiet += at_most;
        if self.quiet < beat {
            return None;
        }
        self.quiet = Duration::ZERO;
        Some(Bytes::from_static(b": heartbeat\n\n"))
    }
}
