//! Orders for films: what is wanted, asked for once, and what came of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shelf::{Ask, Asked, Job, JobState, Moment, Owner, ShelfError};
use studio::Licence;
use timeline::{Canvas, Edit, Target, Timeline};

use super::RENDER;
use crate::server::dialect::errors::Problem;
use crate::server::disk;
use crate::server::house::{SESSION, Shared, refused};
use crate::server::random;
use crate::server::workshop::document::Document;

/// How long to wait where too many exports wait.
const RETRY: Duration = Duration::from_secs(30);

/// An export that is wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    /// What the client calls it, so that asking twice makes one.
    pub(crate) key: String,
    /// What it asked, so that the same name for something else is noticed.
    pub(crate) asked: String,
    /// The timeline, where another is wanted than the session's.
    pub(crate) timeline: Option<Timeline>,
    pub(crate) look: Look,
}

/// How the file is to be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Look {
    /// `high`, `medium` or `draft`.
    pub(crate) quality: Option<String>,
    /// Pixels of the shorter side.
    pub(crate) lines: Option<u32>,
    /// Frames a second, as people write them.
    pub(crate) fps: Option<String>,
    /// How loud, by where it goes.
    pub(crate) target: Option<Target>,
}

/// What is kept of an export that is wanted; its sources are named by number.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    asked: String,
    pub(super) timeline: Timeline,
    pub(super) look: Look,
}

/// What is kept of an export that was made.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Made {
    pub(crate) blob: String,
    pub(crate) seconds: f64,
    pub(crate) bytes: u64,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) lufs: Option<f64>,
    pub(crate) name: String,
    /// The record of its music; of films only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) licence: Option<Licence>,
}

impl Wish {
    /// The session as it stands, under a new name.
    pub(crate) fn plain() -> Wish {
        Wish { key: format!("render_{}", random::hex(&random::bytes::<8>())), ..Wish::default() }
    }

    /// The session as it stands, under the name that follows from who calls for it.
    pub(crate) fn named_by(call: &str) -> Wish {
        let name = &random::hex(&Sha256::digest(call.as_bytes()))[..16];
        Wish { key: format!("render_{name}"), ..Wish::default() }
    }
}

/// Asks for a film; who asks the same again gets the same job.
///
/// # Errors
/// [`Problem::OtherBody`] where the key stands for something else, [`Problem::Malformed`] where there is nothing to show,
/// [`Problem::TooMany`] of this account, [`Problem::Busy`] where too much waits.
pub(crate) async fn ask(house: &Shared, owner: &Owner, session: &str, wish: &Wish) -> Result<Job, Problem> {
    let jobs = house.shelf.jobs();
    if let Some(job) = known(house, owner, session, &wish.key, &wish.asked).await? {
        return Ok(job);
    }
    let found = house.shelf.sessions().find(owner, session).await.map_err(refused(SESSION))?;
    let document = Document::read(&found.document)?;
    let now = wish.timeline.as_ref().or(document.now());
    let timeline = now.ok_or_else(|| {
        Problem::Malformed("There is nothing to export yet: upload a film first.".to_owned())
    })?;
    room(house, owner).await?;
    let order =
        Order { asked: digest(session, &wish.asked), timeline: timeline.clone(), look: wish.look.clone() };
    let body = serde_json::to_string(&order)
        .map_err(|_| Problem::Failed("The export cannot be kept.".to_owned()))?;
    let lane = format!("{RENDER}:{session}");
    let ask = Ask { session, kind: RENDER, key: &wish.key, body: &body, price: 0, lane: Some(&lane) };
    match jobs.ask(owner, ask, Moment::now()).await.map_err(refused(SESSION))? {
        Asked::New(job) | Asked::Same(job) => Ok(job),
    }
}

/// That one more of this account may wait.
async fn room(house: &Shared, owner: &Owner) -> Result<(), Problem> {
    disk::room(house, 0)?;
    let (jobs, accounts) = (house.shelf.jobs(), house.shelf.accounts());
    let account = accounts.find(owner).await.map_err(refused("account"))?;
    if jobs.live_of(owner).await.map_err(refused("export"))? >= house.rights(&account).exports {
        return Err(Problem::TooMany("exports", RETRY));
    }
    match jobs.counts().await.map_err(refused("export"))?.waiting >= house.settings.export.queue {
        true => Err(Problem::Busy(RETRY)),
        false => Ok(()),
    }
}

/// The export that was asked for under this key before.
///
/// # Errors
/// [`Problem::OtherBody`] where it is another.
pub(crate) async fn known(
    house: &Shared,
    owner: &Owner,
    session: &str,
    key: &str,
    asked: &str,
) -> Result<Option<Job>, Problem> {
    match house.shelf.jobs().find(owner, key).await {
        Ok(job) if order(&job).is_some_and(|order| order.asked == digest(session, asked)) => Ok(Some(job)),
        Ok(_) => Err(Problem::OtherBody),
        Err(ShelfError::Absent) => Ok(None),
        Err(fault) => Err(refused("export")(fault)),
    }
}

/// The export of this number or name; other jobs are none.
///
/// # Errors
/// [`Problem::NotThere`].
pub(crate) async fn find(
    house: &Shared,
    owner: &Owner,
    id: &str,
    what: &'static str,
) -> Result<Job, Problem> {
    let job = house.shelf.jobs().find(owner, id).await.map_err(refused(what))?;
    if job.kind == RENDER { Ok(job) } else { Err(Problem::NotThere(what)) }
}

/// Whether the last film that was asked for in a session shows it as it stands: whoever had it made is done with it. One that still
/// waits or is being made counts as well: it was ordered as it is, and who then sends the next film does not wait for it.
pub(crate) async fn is_delivered(
    house: &Shared,
    owner: &Owner,
    session: &str,
    now: &Timeline,
) -> Result<bool, Problem> {
    let jobs = house.shelf.jobs().list(owner, Some(session), Some(RENDER), 1).await;
    let last = jobs.map_err(refused("export"))?.into_iter().next();
    let last = last.filter(|job| !matches!(job.state, JobState::Failed | JobState::Cancelled));
    Ok(last.as_ref().and_then(order).is_some_and(|order| order.timeline == *now))
}

/// What was asked, in short.
pub(crate) fn digest(session: &str, asked: &str) -> String {
    random::hex(&Sha256::digest(format!("{session}\n{asked}").as_bytes()))
}

/// What a job is to make.
pub(super) fn order(job: &Job) -> Option<Order> {
    serde_json::from_str(&job.body).ok()
}

/// What was made by a job.
pub(crate) fn made(job: &Job) -> Option<Made> {
    serde_json::from_str(job.result.as_deref()?).ok()
}

/// Whether a film was made and thrown away after its time.
pub(crate) fn expired(job: &Job) -> bool {
    job.state == JobState::Done && job.result.is_none()
}

/// The film that the result of a job names.
pub(crate) fn blob(result: &str) -> Option<String> {
    serde_json::from_str(result).ok().map(|made: Made| made.blob)
}

/// The timeline of an order in the size that is wanted.
pub(super) fn shaped(order: &Order) -> Result<Timeline, Problem> {
    let timeline = &order.timeline;
    let Some(lines) = order.look.lines else { return Ok(timeline.clone()) };
    let size = timeline.picture_size();
    if size.width.min(size.height) == lines {
        return Ok(timeline.clone());
    }
    let canvas = Canvas { lines: Some(lines), ..timeline.canvas };
    timeline
        .apply(&Edit::Reshape { canvas })
        .map_err(|why| Problem::Malformed(format!("output.resolution: {why}.")))
}
