//! Work that goes on beside the conversation: a few pieces of it at a time, each of which can be looked at and called off.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use studio::{Onlooker, Stage};
use tokio::sync::{Semaphore, watch};

use crate::lock::held;
use crate::mcp::refusal::Refusal;
use crate::mcp::shapes::work::{Outcome, Work};
pub(crate) use crate::server::workshop::onlooker::Afar;

/// Files that are made at a time, other work that goes on beside them, all that may wait, and what has ended and is remembered.
const FILES: usize = 2;
const OTHERS: usize = 4;
const MOST_LIVE: usize = 32;
const REMEMBERED: usize = 500;
/// How often what waits looks whether it was called off.
const GLANCE: Duration = Duration::from_millis(50);

/// All work of a client.
pub(crate) struct Jobs {
    slots: Mutex<BTreeMap<u64, Arc<Slot>>>,
    files: Arc<Semaphore>,
    others: Arc<Semaphore>,
}

/// A piece of work.
pub(crate) struct Slot {
    name: String,
    film: String,
    afar: Afar,
    ended: watch::Sender<Option<Result<Outcome, Refusal>>>,
}

/// What is to be done, about which film.
pub(crate) struct Wanted {
    pub(crate) film: String,
    pub(crate) stages: &'static [Stage],
}

impl Default for Jobs {
    fn default() -> Jobs {
        let room = |places| Arc::new(Semaphore::new(places));
        Jobs { slots: Mutex::default(), files: room(FILES), others: room(OTHERS) }
    }
}

impl Jobs {
    fn slots(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Slot>>> {
        held(&self.slots)
    }

    /// Begins work.
    ///
    /// # Errors
    /// Where too much goes on already.
    pub(crate) fn begin(
        &self,
        wanted: Wanted,
        work: impl FnOnce(&Afar) -> Result<Outcome, Refusal> + Send + 'static,
    ) -> Result<Arc<Slot>, Refusal> {
        let mut slots = self.slots();
        if slots.values().filter(|slot| slot.is_live()).count() >= MOST_LIVE {
            let message = "Too much work goes on; please wait for a job, or cancel one.".to_owned();
            return Err(Refusal { code: 5003, message, retryable: true });
        }
        while slots.len() >= REMEMBERED
            && let Some(oldest) = slots.iter().find(|(_, slot)| !slot.is_live()).map(|(number, _)| *number)
        {
            slots.remove(&oldest);
        }
        let number = slots.last_key_value().map_or(1, |(last, _)| last + 1);
        let slot = Arc::new(Slot {
            name: format!("job_{number}"),
            film: wanted.film,
            afar: Afar::new(wanted.stages),
            ended: watch::channel(None).0,
        });
        slots.insert(number, Arc::clone(&slot));
        // Who only looks or speaks does not wait for files.
        let room = if wanted.stages.contains(&Stage::Render) { &self.files } else { &self.others };
        tokio::spawn(carry(Arc::clone(&slot), Arc::clone(room), work));
        Ok(slot)
    }

    /// The work of this name.
    ///
    /// # Errors
    /// Where there is none.
    pub(crate) fn find(&self, name: &str) -> Result<Arc<Slot>, Refusal> {
        let number = name.strip_prefix("job_").and_then(|number| number.parse().ok());
        let found = number.and_then(|number: u64| self.slots().get(&number).cloned());
        found.ok_or_else(|| Refusal::absent(format!("There is no job called {name}.")))
    }

    /// Calls everything off, and waits until nothing goes on.
    pub(crate) async fn close(&self) {
        let slots: Vec<Arc<Slot>> = self.slots().values().cloned().collect();
        slots.iter().for_each(|slot| slot.stop());
        for slot in slots {
            slot.settled(Duration::MAX).await;
        }
    }
}

/// Does work when there is room, unless it is called off before.
async fn carry(
    slot: Arc<Slot>,
    room: Arc<Semaphore>,
    work: impl FnOnce(&Afar) -> Result<Outcome, Refusal> + Send + 'static,
) {
    let place = loop {
        match tokio::time::timeout(GLANCE, Arc::clone(&room).acquire_owned()).await {
            Ok(place) => break place.ok(),
            Err(_) if slot.afar.cancelled() => break None,
            Err(_) => {}
        }
    };
    let done = match place {
        Some(_) if !slot.afar.cancelled() => {
            let worked = Arc::clone(&slot);
            // What panicked has said so on standard error.
            tokio::task::spawn_blocking(move || work(&worked.afar)).await.unwrap_or(Err(Refusal::broken()))
        }
        _ => Err(Refusal::cancelled()),
    };
    slot.ended.send_replace(Some(done));
}

impl Slot {
    fn is_live(&self) -> bool {
        self.ended.borrow().is_none()
    }

    /// Has the work stop at its next look up.
    pub(crate) fn stop(&self) {
        self.afar.stop();
    }

    /// Waits for the end, but no longer than this.
    pub(crate) async fn settled(&self, at_most: Duration) {
        let mut ended = self.ended.subscribe();
        let ending = async { _ = ended.wait_for(Option::is_some).await };
        // Whoever waited long enough is told how far it is.
        let _ = tokio::time::timeout(at_most, ending).await;
    }

    /// How it stands.
    pub(crate) fn work(&self) -> Work {
        let percent = self.afar.percent();
        match self.ended.borrow().as_ref() {
            None => Work::going(&self.name, &self.film, percent, self.afar.stage()),
            Some(done) => Work::ended(&self.name, &self.film, done, percent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mcp::shapes::work::Status;

    fn wanted() -> Wanted {
        Wanted { film: "film_1".to_owned(), stages: &Stage::UNCUT }
    }

    #[tokio::test]
    async fn work_is_told_and_can_be_called_off() {
        let jobs = Jobs::default();
        let until_stopped = |afar: &Afar| {
            while !afar.cancelled() {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(Refusal::cancelled())
        };
        let [first, second] = [(); 2].map(|()| jobs.begin(wanted(), until_stopped).unwrap());
        let waits = jobs.begin(wanted(), |_| Ok(Outcome::default())).unwrap();
        waits.settled(Duration::from_millis(30)).await;
        assert_eq!(waits.work().status, Status::Working, "two are enough at a time");
        let look = Wanted { film: "film_1".to_owned(), stages: &[Stage::Watch] };
        let looks = jobs.begin(look, |_| Ok(Outcome::default())).unwrap();
        looks.settled(Duration::from_secs(5)).await;
        assert_eq!(looks.work().status, Status::Done, "who looks does not wait for files");
        first.stop();
        waits.settled(Duration::from_secs(5)).await;
        assert_eq!((first.work().status, waits.work().status), (Status::Cancelled, Status::Done));
        assert_eq!(waits.work().progress, 100);
        let lost = jobs.begin(wanted(), |_| panic!("as a test wants it")).unwrap();
        lost.settled(Duration::from_secs(5)).await;
        assert_eq!((lost.work().status, lost.work().error.unwrap().code), (Status::Failed, 5001));
        jobs.close().await;
        assert_eq!(second.work().status, Status::Cancelled);
        assert!(jobs.find("job_4").is_ok() && jobs.find("job_9").is_err() && jobs.find("3").is_err());
    }

    #[tokio::test]
    async fn work_that_waits_is_called_off_at_once() {
        let jobs = Jobs::default();
        jobs.files.close();
        let slot = jobs.begin(wanted(), |_| Ok(Outcome::default())).unwrap();
        slot.settled(Duration::from_secs(1)).await;
        assert_eq!(slot.work().status, Status::Cancelled);
    }
}
