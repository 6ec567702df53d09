//! The history of a timeline: what was done, what was undone, and the versions that have a name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Edit, EditError, Timeline};

/// A timeline with all it was and all that was taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Saved")]
pub struct History {
    /// Every state in the order of time; never empty.
    steps: Vec<Step>,
    /// Which of them holds now.
    now: usize,
    /// The states that have a name.
    versions: BTreeMap<String, Timeline>,
    /// What somebody said that was answered with a question, and that the next thing they say may complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<String>,
}

/// A state of the timeline, and what led to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What somebody said that led to it; empty at the start.
    pub said: String,
    /// The timeline as it was then.
    pub timeline: Timeline,
}

/// A history as it lies in a file, where anything may stand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    steps: Vec<Step>,
    now: usize,
    #[serde(default)]
    versions: BTreeMap<String, Timeline>,
    #[serde(default)]
    asked: Option<String>,
}

/// Why there is no way through the history.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HistoryError {
    /// Nothing was done yet, or all of it is undone.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing was undone, or something else was done since.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// No version has that name.
    #[error("name: there is no version called '{0}'")]
    NoSuchVersion(String),
    /// A saved history points outside itself.
    #[error("now: there is no step {0} in the history")]
    NoSuchStep(usize),
}

impl TryFrom<Saved> for History {
    type Error = HistoryError;

    fn try_from(saved: Saved) -> Result<History, HistoryError> {
        let Saved { steps, now, versions, asked } = saved;
        if now < steps.len() {
            Ok(History { steps, now, versions, asked })
        } else {
            Err(HistoryError::NoSuchStep(now))
        }
    }
}

impl History {
    /// The most states that are kept beside the start; the oldest go first.
    pub const MOST_STEPS: usize = 500;

    /// A history that begins with `start`.
    pub fn new(start: Timeline) -> History {
        let first = Step { said: String::new(), timeline: start };
        History { steps: vec![first], now: 0, versions: BTreeMap::new(), asked: None }
    }

    /// The timeline as it is now.
    pub fn now(&self) -> &Timeline {
        &self.steps[self.now].timeline
    }

    /// Every state up to now, the oldest first.
    pub fn past(&self) -> &[Step] {
        &self.steps[..=self.now]
    }

    /// Does edits as one step, all or none; what was undone before can no longer be redone. Edits that change nothing
    /// are no step.
    ///
    /// # Errors
    /// The [`EditError`] of the first edit that cannot be done; nothing has changed then.
    pub fn edit(&mut self, said: &str, edits: &[Edit]) -> Result<&Timeline, EditError> {
        let done = edits.iter().try_fold(self.now().clone(), |timeline, edit| timeline.apply(edit))?;
        self.push(said, done);
        Ok(self.now())
    }

    /// Takes a timeline that was made elsewhere as the next step; the same timeline is none.
    pub fn record(&mut self, said: &str, timeline: Timeline) {
        self.push(said, timeline);
    }

    /// Keeps what was said until the question that answered it is answered; `None` where nothing is open any more.
    pub fn leave_open(&mut self, said: Option<String>) {
        self.asked = said;
    }

    /// What was said that is still to be completed.
    pub fn open(&self) -> Option<&str> {
        self.asked.as_deref()
    }

    /// The same history with another timeline in the place of each, versions among them.
    pub fn with_each(&self, other: impl Fn(&Timeline) -> Timeline) -> History {
        let step = |step: &Step| Step { said: step.said.clone(), timeline: other(&step.timeline) };
        let steps = self.steps.iter().map(step).collect();
        let versions = self.versions.iter().map(|(name, state)| (name.clone(), other(state))).collect();
        History { steps, now: self.now, versions, asked: self.asked.clone() }
    }

    /// Goes back one step.
    ///
    /// # Errors
    /// [`HistoryError::NothingToUndo`] at the start.
    pub fn undo(&mut self) -> Result<&Timeline, HistoryError> {
        self.now = self.now.checked_sub(1).ok_or(HistoryError::NothingToUndo)?;
        Ok(self.now())
    }

    /// Goes forward one step that was undone.
    ///
    /// # Errors
    /// [`HistoryError::NothingToRedo`] where nothing was undone.
    pub fn redo(&mut self) -> Result<&Timeline, HistoryError> {
        if self.now + 1 == self.steps.len() {
            return Err(HistoryError::NothingToRedo);
        }
        self.now += 1;
        Ok(self.now())
    }

    /// Gives the state of now a name; what bore it loses it.
    pub fn name(&mut self, name: &str) {
        self.keep(name, self.now().clone());
    }

    /// Keeps a state that was not taken up as a version of this name; what bore it loses it.
    pub fn keep(&mut self, name: &str, timeline: Timeline) {
        self.versions.insert(name.to_owned(), timeline);
    }

    /// Forgets the versions whose names are like this.
    pub fn forget(&mut self, like: impl Fn(&str) -> bool) {
        self.versions.retain(|name, _| !like(name));
    }

    /// The version of this name.
    pub fn version(&self, name: &str) -> Option<&Timeline> {
        self.versions.get(name)
    }

    /// The names of versions, in the order of the alphabet.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.versions.keys().map(String::as_str)
    }

    /// Takes up a version by its name, as a step that can be undone.
    ///
    /// # Errors
    /// [`HistoryError::NoSuchVersion`] where nothing bears the name.
    pub fn go_to(&mut self, name: &str) -> Result<&Timeline, HistoryError> {
        let version = self.versions.get(name).ok_or_else(|| HistoryError::NoSuchVersion(name.to_owned()))?;
        self.push(name, version.clone());
        Ok(self.now())
    }

    fn push(&mut self, said: &str, timeline: Timeline) {
        if timeline == *self.now() {
            return;
        }
        self.steps.truncate(self.now + 1);
        self.steps.push(Step { said: said.to_owned(), timeline });
        if self.steps.len() > Self::MOST_STEPS + 1 {
            self.steps.remove(1);
        }
        self.now = self.steps.len() - 1;
    }
}
