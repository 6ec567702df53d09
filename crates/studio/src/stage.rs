//! The stages of a job, whoever waits for it, and how long each took.

use std::collections::BTreeMap;
use std::time::Instant;

use sound::Progress;

/// A stage of a job, in the order they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Reading what the container says.
    Probe,
    /// Cutting the film from its clips.
    Cut,
    /// Watching and hearing the film.
    Watch,
    /// Asking a language model.
    Ask,
    /// Spotting and composing.
    Compose,
    /// Playing the score.
    Perform,
    /// Laying it under the film.
    Mix,
    /// Writing and checking the file.
    Render,
}

impl Stage {
    /// Every stage but asking, which few jobs have and whose length nobody knows.
    pub const ALL: [Stage; 7] =
        [Stage::Probe, Stage::Cut, Stage::Watch, Stage::Compose, Stage::Perform, Stage::Mix, Stage::Render];
    /// The stages of a film that is scored as it is.
    pub const UNCUT: [Stage; 6] =
        [Stage::Probe, Stage::Watch, Stage::Compose, Stage::Perform, Stage::Mix, Stage::Render];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Probe => "probe",
            Stage::Cut => "cut",
            Stage::Watch => "watch",
            Stage::Ask => "ask",
            Stage::Compose => "compose",
            Stage::Perform => "perform",
            Stage::Mix => "mix",
            Stage::Render => "render",
        }
    }

    /// Its usual weight in a job, for an honest bar; without cutting the weights add up to 1.
    pub fn share(self) -> f64 {
        match self {
            Stage::Probe => 0.03,
            Stage::Cut => 2.0,
            Stage::Watch => 0.35,
            Stage::Ask => 0.0,
            Stage::Compose => 0.02,
            Stage::Perform => 0.25,
            Stage::Mix => 0.05,
            Stage::Render => 0.30,
        }
    }
}

/// Whoever waits for a job.
pub trait Onlooker: Sync {
    /// A stage is so far, 0 to 1; it never goes back within a stage.
    fn progress(&self, stage: Stage, done: f64);

    /// Whether the job should stop now.
    fn cancelled(&self) -> bool;

    /// Something to know of a job that ends without a result to say it in.
    fn notice(&self, _: &str) {}
}

/// Nobody looks on, and nobody stops the job.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unattended;

impl Onlooker for Unattended {
    fn progress(&self, _: Stage, _: f64) {}

    fn cancelled(&self) -> bool {
        false
    }
}

/// Times the stages of one job and passes their progress on.
pub struct Stopwatch<'a> {
    onlooker: &'a dyn Onlooker,
    seconds: BTreeMap<Stage, f64>,
    began: Instant,
}

impl<'a> Stopwatch<'a> {
    /// A stopwatch for a job that begins now.
    pub fn new(onlooker: &'a dyn Onlooker) -> Stopwatch<'a> {
        Stopwatch { onlooker, seconds: BTreeMap::new(), began: Instant::now() }
    }

    /// Runs a stage, or another part of it; its time adds up.
    ///
    /// # Errors
    /// Those of the work.
    pub fn run<T, E>(
        &mut self,
        stage: Stage,
        work: impl FnOnce(&dyn Progress) -> Result<T, E>,
    ) -> Result<T, E> {
        let start = Instant::now();
        let result = work(&InStage { stage, onlooker: self.onlooker });
        *self.seconds.entry(stage).or_default() += start.elapsed().as_secs_f64();
        result
    }

    /// Seconds each stage took, and the whole.
    pub fn seconds(&self) -> BTreeMap<&'static str, f64> {
        let mut all: BTreeMap<&'static str, f64> =
            self.seconds.iter().map(|(stage, seconds)| (stage.name(), *seconds)).collect();
        all.insert("total", self.began.elapsed().as_secs_f64());
        all
    }
}

struct InStage<'a> {
    stage: Stage,
    onlooker: &'a dyn Onlooker,
}

impl Progress for InStage<'_> {
    fn report(&self, done: f64) {
        self.onlooker.progress(self.stage, done.clamp(0.0, 1.0));
    }

    fn cancelled(&self) -> bool {
        self.onlooker.cancelled()
    }
}
