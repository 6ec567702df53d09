//! Previews: one piece of music by itself, played when somebody first wants to hear it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use shelf::{Ask, Asked, Claim, Failure, Fence, Finish, Job, JobState, Moment, Owner, ShelfError};
use studio::{Scoring, Stage};
use timeline::Timeline;

use super::document::Document;
use super::films::Films;
use super::onlooker::Afar;
use super::rendering::{self, Made};
use super::working::{self, PAUSE};
use crate::server::dialect::errors::Problem;
use crate::server::house::{SESSION, Shared, refused};

/// What kind of job a preview is.
pub(crate) const PREVIEW: &str = "preview";
/// How long somebody waits for a preview that is being played.
const PATIENCE: Duration = Duration::from_secs(50);
/// How long between two looks whether it is there.
const GLANCE: Duration = Duration::from_millis(100);
/// How long a preview is kept: it is played again on the next day.
pub(crate) const KEPT: Duration = Duration::from_secs(2 * DAY);
const DAY: u64 = 86_400;

/// The id of a piece: that of a bed, now or in the choice of this place.
pub(crate) fn id(bed: u32, choice: Option<usize>) -> String {
    let choice = choice.map(|place| format!(".{}", place + 1)).unwrap_or_default();
    format!("music_{bed}{choice}")
}

/// The timeline of a piece, with no other music in it.
pub(crate) fn alone(document: &Document, id: &str) -> Option<Timeline> {
    let (bed, choice) = match id.strip_prefix("music_")?.split_once('.') {
        Some((bed, choice)) => (bed, Some(choice.parse::<usize>().ok()?.checked_sub(1)?)),
        None => (id.strip_prefix("music_")?, None),
    };
    let bed: u32 = bed.parse().ok()?;
    let mut timeline = match choice {
        Some(place) => document.chosen(place)?.clone(),
        None => document.now()?.clone(),
    };
    timeline.beds.retain(|one| one.id == bed);
    (!timeline.beds.is_empty()).then_some(timeline)
}

/// The sound of a piece: the one that was played before, else it is played now.
///
/// # Errors
/// As [`ask`]; [`Problem::Busy`] where others are played first.
pub(crate) async fn listen(house: &Shared, owner: &Owner, session: &str, id: &str) -> Result<Made, Problem> {
    let mut job = ask(house, owner, session, id).await?;
    let until = Instant::now() + PATIENCE;
    while matches!(job.state, JobState::Waiting | JobState::Running) {
        if Instant::now() > until || house.is_closing() {
            return Err(Problem::Busy(PAUSE));
        }
        tokio::time::sleep(GLANCE).await;
        job = house.shelf.jobs().find(owner, &job.key).await.map_err(refused("preview"))?;
    }
    rendering::made(&job).ok_or_else(|| Problem::Failed("The preview could not be played.".to_owned()))
}

/// Asks for the sound of a piece; who asks on the same day again gets the same job.
///
/// # Errors
/// [`Problem::NotThere`] for what is no piece of this session, [`Problem::Busy`] where too much waits.
pub(crate) async fn ask(house: &Shared, owner: &Owner, session: &str, id: &str) -> Result<Job, Problem> {
    let found = house.shelf.sessions().find(owner, session).await.map_err(refused(SESSION))?;
    let document = Document::read(&found.document)?;
    let timeline = alone(&document, id).ok_or(Problem::NotThere("preview"))?;
    let body = serde_json::to_string(&timeline)
        .map_err(|_| Problem::Failed("The preview cannot be kept.".to_owned()))?;
    let day = Moment::now().0 / (1000 * DAY as i64);
    let key = format!("preview_{}", rendering::digest(session, &format!("{day} {body}")));
    let lane = format!("{PREVIEW}:{}", owner.as_str());
    let ask = Ask { session, kind: PREVIEW, key: &key, body: &body, price: 0, lane: Some(&lane) };
    let jobs = house.shelf.jobs();
    if jobs.counts().await.map_err(refused("preview"))?.waiting >= house.settings.export.queue {
        return Err(Problem::Busy(PAUSE));
    }
    let (Asked::New(job) | Asked::Same(job)) =
        jobs.ask(owner, ask, Moment::now()).await.map_err(refused(SESSION))?;
    Ok(job)
}

/// Plays one preview after the other until the server ends.
pub(crate) async fn work(house: Shared) {
    working::each(house, PREVIEW, |house, claim| async move { carry(&house, claim).await }).await;
}

/// Plays one, and writes down how it went.
async fn carry(house: &Shared, claim: Claim) {
    let Claim { owner, job, fence } = claim;
    let afar = Arc::new(Afar::new(&Stage::UNCUT));
    let alive = tokio::spawn(rendering::keep_alive(house.clone(), fence.clone(), Arc::clone(&afar)));
    let done = play(house, &owner, &job, &fence, &afar).await;
    alive.abort();
    if let Err(fault) = done {
        let sentence = fault.sentence();
        let again = fault.may_pass().then_some(PAUSE);
        let code = i64::from(fault.code());
        let failure = Failure { code, sentence: &sentence, again, event: None, notice: None };
        // Who lost the job has nothing to say about it.
        let _ = house.shelf.jobs().fail(&fence, failure, Moment::now()).await;
    }
}

async fn play(
    house: &Shared,
    owner: &Owner,
    job: &Job,
    fence: &Fence,
    afar: &Arc<Afar>,
) -> Result<(), Problem> {
    let blobs = house.shelf.blobs();
    let unread = |_| Problem::Malformed("The preview cannot be read.".to_owned());
    let timeline: Timeline = serde_json::from_str(&job.body).map_err(unread)?;
    let name = timeline.beds.first().map(|bed| format!("{}.wav", bed.name)).unwrap_or_default();
    let length = timeline.beds.first().map_or(0.0, |bed| bed.span.length().seconds());
    let placed = Films::of(house, owner, &job.session).await?.placed(&timeline);
    let folder = tempfile::Builder::new().prefix("job-").tempdir_in(blobs.scratch());
    let folder = folder.map_err(|_| Problem::Busy(PAUSE))?;
    let wav = folder.path().join("music.wav");
    let scoring = Scoring { wav: Some(wav.clone()), ..Scoring::default() };
    rendering::export(placed, scoring, Arc::clone(afar)).await?;
    let sealed = blobs.adopt(&wav).await.map_err(refused("preview"))?;
    let kept = blobs.keep(sealed, &format!("{PREVIEW}/{}-{}.wav", fence.id(), fence.attempt())).await;
    let kept = kept.map_err(refused("preview"))?;
    let made = Made { blob: kept.key.clone(), bytes: kept.bytes, seconds: length, name, ..Made::default() };
    let text = serde_json::to_string(&made).unwrap_or_default();
    let finish = Finish { result: &text, charge: 0, event: None, notice: None };
    let finished = house.shelf.jobs().finish(fence, finish, Moment::now()).await;
    if finished.is_err() {
        // Somebody else's counts; ours is swept.
        let _ = blobs.remove(&kept.key).await;
    }
    finished.map(|_| ()).map_err(|fault: ShelfError| refused("preview")(fault))
}

#[cfg(test)]
mod tests {
    use sound::Time;
    use timeline::{Edit, History, Music, Source};

    use super::*;

    #[test]
    fn a_piece_is_found_by_its_id_now_and_among_the_choices() {
        let start = Timeline::new(Source::film("a.mp4", Time::from_seconds(9.0)));
        let add = |name: &str| Edit::AddBed {
            name: name.into(),
            music: Music::Composed(Box::default()),
            span: None,
        };
        let mut history = History::new(start.clone());
        history.edit("add music", &[add("now")]).unwrap();
        history.keep("option 2", start.apply(&add("other")).unwrap());
        let choices = vec![super::super::document::Choice { name: "option 2".into(), music: vec![] }];
        let document = Document { history: Some(history), choices, ..Document::default() };
        let named = |id: &str| alone(&document, id).map(|timeline| timeline.beds[0].name.clone());
        let bed = document.now().unwrap().beds[0].id;
        assert_eq!(named(&id(bed, None)).as_deref(), Some("now"));
        assert_eq!(named(&id(bed, Some(0))).as_deref(), Some("other"));
        for wrong in ["music_99", "music_1.0", "music_1.9", "music_", "film", "music_1.x"] {
            assert_eq!(named(wrong), None, "{wrong}");
        }
    }
}
