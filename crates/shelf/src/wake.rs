//! Wake-ups inside this process, for those who wait for something new; the rows are the truth.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::timeout;

/// Who waits for what.
#[derive(Default)]
pub(crate) struct Wakes {
    sessions: Mutex<HashMap<String, watch::Sender<u64>>>,
    jobs: Notify,
}

impl Wakes {
    fn sessions(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<u64>>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Listens for events of a session from now on.
    pub(crate) fn listen(self: &Arc<Self>, session: &str) -> Listening {
        let mut sessions = self.sessions();
        let sender = sessions.entry(session.to_owned()).or_insert_with(|| watch::Sender::new(0));
        Listening { heard: sender.subscribe(), session: session.to_owned(), wakes: Arc::clone(self) }
    }

    /// Events of this session are in the database.
    pub(crate) fn events(&self, session: &str) {
        if let Some(sender) = self.sessions().get(session) {
            sender.send_modify(|count| *count += 1);
        }
    }

    /// A job is in the database.
    pub(crate) fn job(&self) {
        self.jobs.notify_one();
    }

    /// Whether a job came in this time.
    pub(crate) async fn job_arrived(&self, at_most: Duration) -> bool {
        timeout(at_most, self.jobs.notified()).await.is_ok()
    }
}

/// An ear for the events of one session; costs nothing while nothing happens.
pub struct Listening {
    heard: watch::Receiver<u64>,
    session: String,
    wakes: Arc<Wakes>,
}

impl Listening {
    /// Waits until events were written since the last wait, at most this long; whether there were some.
    ///
    /// Only what this process writes is heard: where several serve, read
    /// [`after`](crate::Events::after) whether something was heard or not.
    pub async fn wait(&mut self, at_most: Duration) -> bool {
        matches!(timeout(at_most, self.heard.changed()).await, Ok(Ok(())))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut sessions = self.wakes.sessions();
        // The last one, this, still counts.
        if sessions.get(&self.session).is_some_and(|sender| sender.receiver_count() <= 1) {
            sessions.remove(&self.session);
        }
    }
}
