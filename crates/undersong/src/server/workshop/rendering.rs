//! Makes films: asks for them, claims what waits, and keeps what was made and checked.

mod order;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use ffmpeg::{Delivery, Quality};
use serde_json::json;
use shelf::{Claim, Failure, Fence, Finish, Job, Moment, Notice, Obituary, Owner, ShelfError};
use studio::{Fault, Licence, Scored, Scoring, Stage};
use timeline::{Music, Timeline};

use super::onlooker::Afar;
use super::working::{self, PAUSE};
use super::{films::Films, problem};
use crate::server::dialect::errors::Problem;
use crate::server::house::{Shared, refused};

pub(crate) use order::{Look, Made, Wish, ask, blob, digest, expired, find, is_delivered, known, made};
use order::{order, shaped};

/// What kind of job an export is.
pub(crate) const RENDER: &str = "render";
/// How much the children step back behind the doors.
const NICE: i32 = 10;

/// Makes one film after the other until the server ends.
pub(crate) async fn work(house: Shared) {
    working::each(house, RENDER, |house, claim| async move { carry(&house, claim).await }).await;
}

/// Makes one film, and writes down how it went.
async fn carry(house: &Shared, claim: Claim) {
    let Claim { owner, job, fence } = claim;
    let uncut =
        order(&job).is_some_and(|order| order.timeline.untouched().is_some() && order.look.lines.is_none());
    let afar = Arc::new(Afar::new(if uncut { &Stage::UNCUT } else { &Stage::ALL }));
    let alive = tokio::spawn(keep_alive(house.clone(), fence.clone(), Arc::clone(&afar)));
    let done = make(house, &owner, &job, &fence, &afar).await;
    alive.abort();
    house.figures.exports.fetch_add(1, Relaxed);
    if let Err(fault) = done {
        let sentence = fault.sentence();
        let again = fault.may_pass().then_some(PAUSE);
        let notice = failed(&job, &fault);
        let failure = Failure {
            code: i64::from(fault.code()),
            sentence: &sentence,
            again,
            event: None,
            notice: Some(Notice { kind: "render.failed", body: &notice }),
        };
        // Who lost the job has nothing to say about it.
        let _ = house.shelf.jobs().fail(&fence, failure, Moment::now()).await;
    }
}

/// What the account's hooks hear of a film that was not made.
fn failed(job: &Job, fault: &Problem) -> String {
    let told = json!({
        "type": "render.failed",
        "data": { "id": job.key, "sessionId": job.session, "code": fault.code(), "error": fault.sentence() },
    });
    told.to_string()
}

/// What is said of a job of which every worker died.
pub(crate) fn obituary(_: &Owner, job: &Job) -> Obituary {
    let fault = Problem::Failed("The work was interrupted too often.".to_owned());
    // Of what is no export no hook was to hear.
    let notice = (job.kind == RENDER).then(|| ("render.failed".to_owned(), failed(job, &fault)));
    let fault = shelf::Fault { code: i64::from(fault.code()), sentence: fault.sentence() };
    Obituary { fault, event: None, notice }
}

/// Renews the lease of a job with its progress, and stops the work when the job is somebody else's.
pub(crate) async fn keep_alive(house: Shared, fence: Fence, afar: Arc<Afar>) {
    let lease = house.settings.lease();
    loop {
        tokio::time::sleep((lease / 5).min(Duration::from_secs(1))).await;
        let renewed = house.shelf.jobs().renew(&fence, afar.percent(), lease, Moment::now()).await;
        if renewed == Err(ShelfError::Lost) {
            afar.stop();
            return;
        }
    }
}

async fn make(
    house: &Shared,
    owner: &Owner,
    job: &Job,
    fence: &Fence,
    afar: &Arc<Afar>,
) -> Result<(), Problem> {
    let blobs = house.shelf.blobs();
    let order = order(job).ok_or_else(|| Problem::Malformed("The export cannot be read.".to_owned()))?;
    let films = Films::of(house, owner, &job.session).await?;
    let timeline = films.placed(&shaped(&order)?);
    let folder = tempfile::Builder::new().prefix("job-").tempdir_in(blobs.scratch());
    let folder = folder.map_err(|_| Problem::Busy(PAUSE))?;
    let output = folder.path().join("film.mp4");
    let scored = export(timeline, scoring(order.look, &output), Arc::clone(afar)).await?;
    let sealed = blobs.adopt(&output).await.map_err(refused("film"))?;
    let kept = blobs.keep(sealed, &format!("render/{}-{}.mp4", fence.id(), fence.attempt())).await;
    let kept = kept.map_err(refused("film"))?;
    let result = result(&scored, kept.key.clone(), kept.bytes, &order.timeline);
    let text = serde_json::to_string(&result).unwrap_or_default();
    let notice = json!({
        "type": "render.completed",
        "data": { "id": job.key, "sessionId": job.session, "duration": result.seconds, "size": result.bytes },
    });
    let notice = notice.to_string();
    let notice = Some(Notice { kind: "render.completed", body: &notice });
    let finish = Finish { result: &text, charge: 0, event: None, notice };
    let finished = house.shelf.jobs().finish(fence, finish, Moment::now()).await;
    if finished.is_err() {
        // Somebody else's film counts; ours is swept.
        let _ = blobs.remove(&kept.key).await;
    }
    finished.map(|_| ()).map_err(refused("export"))
}

/// How a film is to be scored, that it looks like this and lies there.
fn scoring(look: Look, output: &Path) -> Scoring {
    let quality = look.quality.and_then(|name| Quality::ALL.into_iter().find(|one| one.name() == name));
    let quality = quality.unwrap_or(Quality::High);
    // What was asked for was checked when it was asked for.
    let delivery = Delivery { quality, rate: look.fps.and_then(|fps| fps.parse().ok()) };
    Scoring { output: Some(output.to_owned()), delivery, target: look.target, ..Scoring::default() }
}

/// Makes files on a thread of their own, which steps back behind the doors with all it starts.
pub(crate) async fn export(timeline: Timeline, scoring: Scoring, afar: Arc<Afar>) -> Result<Scored, Problem> {
    let (done, waiting) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        // On Linux this is the thread's own; where it is refused, the work is only less polite.
        let _ = rustix::process::nice(NICE);
        let made = studio::export(&scoring, &timeline, &*afar).and_then(|(scored, results)| {
            results.publish(&*afar)?;
            Ok::<Scored, Fault>(scored)
        });
        let _ = done.send(made);
    });
    let made = waiting.await.map_err(|_| Problem::Failed("The work could not be done.".to_owned()))?;
    made.map_err(|fault| problem(&fault))
}

fn result(scored: &Scored, blob: String, bytes: u64, timeline: &Timeline) -> Made {
    let finished = scored.finished.as_ref();
    let stem = timeline.name().rsplit_once('.').map_or(timeline.name(), |(stem, _)| stem).to_owned();
    Made {
        blob,
        bytes,
        seconds: finished.map_or(0.0, |finished| finished.checked.container_length.seconds()),
        width: finished.map_or(0, |finished| finished.checked.width),
        height: finished.map_or(0, |finished| finished.checked.height),
        lufs: finished.and_then(|finished| finished.sound.as_ref()).and_then(|sound| sound.lufs),
        name: format!("{stem}-scored.mp4"),
        licence: Some(licence(scored, timeline)),
    }
}

/// The record of a film, in which recordings are named by the numbers of their files and not by where they lie.
fn licence(scored: &Scored, timeline: &Timeline) -> Licence {
    let mut licence = scored.licence.clone();
    for (placed, known) in scored.timeline.beds.iter().zip(&timeline.beds) {
        if let (Music::Recording(path), Music::Recording(number)) = (&placed.music, &known.music) {
            licence.music.iter_mut().for_each(|line| *line = line.replace(path.as_str(), number));
        }
    }
    licence
}

#[cfg(test)]
mod tests {
    use shelf::JobState;

    use super::super::preview::PREVIEW;
    use super::*;

    #[test]
    fn only_exports_are_mourned_before_hooks() {
        let job = |kind: &str| Job {
            id: "job_1".into(),
            session: "1".into(),
            kind: kind.into(),
            key: "render_1".into(),
            body: "{}".into(),
            price: 0,
            state: JobState::Running,
            attempt: 3,
            progress: 40,
            result: None,
            fault: None,
            created: Moment(0),
            updated: Moment(0),
        };
        let told = |kind: &str| obituary(&Owner::vouched("anon_1"), &job(kind));
        let (kind, body) = told(RENDER).notice.unwrap();
        assert!(kind == "render.failed" && body.contains("render_1"), "{kind} {body}");
        assert_eq!(told(PREVIEW).notice, None);
        assert_eq!(told(PREVIEW).fault.code, 5001);
    }
}
