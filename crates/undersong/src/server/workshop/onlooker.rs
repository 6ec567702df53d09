//! Whoever asked for work that takes long: hears how far it is, and may stop it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use studio::{Onlooker, Stage};

/// Work that is watched from another thread.
#[derive(Debug)]
pub(crate) struct Afar {
    stages: &'static [Stage],
    /// Thousandths of the whole.
    done: AtomicU64,
    stopped: AtomicBool,
}

impl Afar {
    /// Nothing is done yet of these stages.
    pub(crate) fn new(stages: &'static [Stage]) -> Afar {
        Afar { stages, done: AtomicU64::new(0), stopped: AtomicBool::new(false) }
    }

    /// Percent that are done; it never goes back, and 100 is for who has checked the result.
    pub(crate) fn percent(&self) -> i64 {
        (self.done.load(Relaxed) / 10).min(99) as i64
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
        afar.progress(Stage::Probe, 0.1);
        assert_eq!(afar.percent(), half);
        afar.progress(Stage::Render, 1.0);
        assert_eq!(afar.percent(), 99);
        assert!(!afar.cancelled());
        afar.stop();
        assert!(afar.cancelled());
    }
}
