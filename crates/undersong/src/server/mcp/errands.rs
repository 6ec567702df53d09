//! What goes on for assistants in this process alone: films that are being fetched, and what was called off meanwhile.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use tokio::task::AbortHandle;

use crate::lock::held;
use crate::mcp::door::Tools;
use crate::mcp::refusal::Refusal;

/// The most that is remembered of what has failed or was called off.
const MOST: usize = 10_000;

/// Errands of all accounts.
#[derive(Debug)]
pub(crate) struct Errands {
    /// What a client hears of the tools.
    pub(crate) tools: Tools,
    fetching: Mutex<HashMap<String, Fetching>>,
    called_off: Mutex<HashSet<String>>,
}

/// How it is with the films of a session that are fetched.
#[derive(Debug)]
enum Fetching {
    Going(AbortHandle),
    Failed(Refusal),
}

impl Fetching {
    fn is_going(&self) -> bool {
        matches!(self, Fetching::Going(task) if !task.is_finished())
    }
}

impl Default for Errands {
    fn default() -> Errands {
        Errands { tools: Tools::new(true), fetching: Mutex::default(), called_off: Mutex::default() }
    }
}

impl Errands {
    /// Begins to fetch the films of a session.
    pub(super) fn fetch(&self, session: &str, fetching: impl Future<Output = ()> + Send + 'static) {
        let mut known = held(&self.fetching);
        if known.len() >= MOST {
            known.retain(|_, one| one.is_going());
        }
        // Begun while nobody else looks, so that it cannot have ended before it is known.
        let going = tokio::spawn(fetching).abort_handle();
        known.insert(session.to_owned(), Fetching::Going(going));
    }

    /// Remembers how it went.
    pub(super) fn fetched(&self, session: &str, done: Result<(), Refusal>) {
        let mut known = held(&self.fetching);
        match done {
            Ok(()) => _ = known.remove(session),
            Err(refusal) => _ = known.insert(session.to_owned(), Fetching::Failed(refusal)),
        }
    }

    /// Whether the films of a session are being fetched.
    ///
    /// # Errors
    /// Why they were not.
    pub(super) fn is_fetching(&self, session: &str) -> Result<bool, Refusal> {
        match held(&self.fetching).get(session) {
            Some(one) if one.is_going() => Ok(true),
            // It ended without a word, so it panicked.
            Some(Fetching::Going(_)) => Err(Refusal::broken()),
            Some(Fetching::Failed(refusal)) => Err(refusal.clone()),
            None => Ok(false),
        }
    }

    /// Stops fetching.
    pub(super) fn leave(&self, session: &str) {
        let mut known = held(&self.fetching);
        if let Some(Fetching::Going(going)) = known.get(session) {
            going.abort();
            known.insert(session.to_owned(), Fetching::Failed(Refusal::cancelled()));
        }
    }

    /// Calls off what is to follow a run.
    pub(super) fn call_off(&self, run: &str) {
        let mut known = held(&self.called_off);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(run.to_owned());
    }

    /// Whether what is to follow a run was called off.
    pub(super) fn is_called_off(&self, run: &str) -> bool {
        held(&self.called_off).contains(run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn fetching_ends_well_or_badly_or_is_left() {
        let errands = Errands::default();
        for session in ["1", "2", "3"] {
            errands.fetch(session, std::future::pending());
            assert_eq!(errands.is_fetching(session), Ok(true));
        }
        errands.fetched("1", Ok(()));
        errands.fetched("2", Err(Refusal::broken()));
        errands.leave("3");
        errands.leave("1");
        let told =
            ["1", "2", "3"].map(|session| errands.is_fetching(session).map_err(|refusal| refusal.code));
        assert_eq!(told, [Ok(false), Err(5001), Err(4999)]);
        errands.fetch("4", async { panic!("as a test wants it") });
        while errands.is_fetching("4") == Ok(true) {
            tokio::task::yield_now().await;
        }
        assert_eq!(errands.is_fetching("4"), Err(Refusal::broken()));
        errands.call_off("e-1");
        assert!(errands.is_called_off("e-1") && !errands.is_called_off("e-2"));
    }
}
