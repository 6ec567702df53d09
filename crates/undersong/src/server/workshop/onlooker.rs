//! Whoever asked for work that takes long: hears how far it is, and may stop it.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};

use studio::{Onlooker, Stage};

/// Work that is watched from another thread.
#[derive(Debug)]
pub(crate) struct Afar {
    stages: &'static [Stage],
    /// Thousandths of the whole.
    done: AtomicU64,
    stopped: AtomicBool,
    /// The place of the stage that goes on among all there are.
    stage: AtomicUsize,
}

impl Afar {
    /// Nothing is done yet of these stages.
    pub(crate) fn new(stages: &'static [Stage]) -> Afar {
        Afar { stages, done: AtomicU64::new(0), stopped: AtomicBool::new(false), stage: AtomicUsize::new(0) }
    }

    /// Percent that are done; it never goes back, and 100 is for who has checked the result.
    pub(crate) fn percent(&self) -> i64 {
        (self.done.load(Relaxed) / 10).min(99) as i64
    }

    /// What is done at the moment.
    pub(crate) fn stage(&self) -> &'static str {
        self.stages.get(self.stage.load(Relaxed)).map_or("", |stage| stage.name())
    }

    /// Has the work stop at its next look up.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Relaxed);
    }
}

impl Onlooker for Afar {
    fn progress(&self, stage: Stage, done: f64) {
        let share = |stage: &Stage| stage.share();
        let whole: f64 = self.stages.iter().map(share).sum();
        let before: f64 = self.stages.iter().filter(|other| **other < stage).map(share).sum();
        let done = (before + stage.share() * done) / whole.max(f64::EPSILON);
        let place = self.stages.iter().position(|other| *other == stage);
        self.stage.store(place.unwrap_or_default(), Relaxed);
        self.done.fetch_max((done.clamp(0.0, 1.0) * 1000.0) as u64, Relaxed);
    }

    fn cancelled(&self) -> bool {
        self.stopped.load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_never_goes_back() {
        let afar = Afar::new(&Stage::UNCUT);
        afar.progress(Stage::Watch, 0.5);
        let half = afar.percent();
        assert!((15..35).contains(&half), "{half}");
        assert_eq!(afar.stage(), "watch");
        afar.progress(Stage::Probe, 0.1);
        assert_eq!(afar.percent(), half);
        afar.progress(Stage::Render, 1.0);
        assert_eq!(afar.percent(), 99);
        assert!(!afar.cancelled());
        afar.stop();
        assert!(afar.cancelled());
    }
}
