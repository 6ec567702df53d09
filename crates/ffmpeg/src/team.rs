//! Runs pieces of work side by side, one for each core; when one fails or somebody asks to stop, all stop.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use sound::Progress;

use crate::MediaError;

/// So many who work side by side.
pub(crate) struct Team {
    size: usize,
}

impl Team {
    /// A team with one member for each core, `most` at most.
    pub(crate) fn new(most: u64) -> Team {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Team { size: cores.min(usize::try_from(most).unwrap_or(usize::MAX)).max(1) }
    }

    /// How many there are.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Does `work` on each of the pieces; gives what came of them in their order. What a piece reports goes nowhere;
    /// it hears through its own progress when it is to stop.
    ///
    /// # Errors
    /// The first fault that is no consequence of another; the rest of the work is stopped then.
    pub(crate) fn each<'a, I: Sync, T: Send>(
        &self,
        pieces: &'a [I],
        progress: &dyn Progress,
        work: impl Fn(&'a I, &dyn Progress) -> Result<T, MediaError> + Sync,
    ) -> Result<Vec<T>, MediaError> {
        let (next, broken) = (AtomicUsize::new(0), AtomicBool::new(false));
        let done: Mutex<Vec<Option<T>>> = Mutex::new(pieces.iter().map(|_| None).collect());
        let fault: Mutex<Option<MediaError>> = Mutex::new(None);
        let member = || {
            let watch = Watch { progress, broken: &broken };
            while !broken.load(Ordering::Acquire) {
                let index = next.fetch_add(1, Ordering::AcqRel);
                let Some(piece) = pieces.get(index) else { return };
                match work(piece, &watch) {
                    Ok(value) => {
                        if let Some(place) = locked(&done).get_mut(index) {
                            *place = Some(value);
                        }
                    }
                    Err(error) => {
                        broken.store(true, Ordering::Release);
                        locked(&fault).get_or_insert(error);
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..self.size.min(pieces.len()) {
                scope.spawn(member);
            }
            member();
        });
        match fault.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()) {
            Some(fault) => Err(fault),
            None => {
                let done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
                Ok(done.into_iter().flatten().collect())
            }
        }
    }
}

/// A lock that a panic of another member does not close: the panic itself goes on when all have ended.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Lets each of those who work side by side know that the work is to stop, also where another has failed; none of them
/// reports.
pub(crate) struct Watch<'a> {
    pub(crate) progress: &'a dyn Progress,
    pub(crate) broken: &'a AtomicBool,
}

impl Progress for Watch<'_> {
    fn report(&self, _done: f64) {}

    fn cancelled(&self) -> bool {
        self.progress.cancelled() || self.broken.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests {
    use sound::Silent;

    use super::*;

    #[test]
    fn what_is_done_comes_back_in_order() {
        let team = Team { size: 3 };
        let pieces: Vec<u64> = (0..40).collect();
        assert_eq!(
            team.each(&pieces, &Silent, |piece, _| Ok(piece * 2)).unwrap(),
            (0..80).step_by(2).collect::<Vec<_>>()
        );
    }

    #[test]
    fn one_fault_stops_the_others() {
        let team = Team { size: 2 };
        let pieces: Vec<u64> = (0..1000).collect();
        let worked = AtomicUsize::new(0);
        let fault = team.each(&pieces, &Silent, |piece, watch| {
            worked.fetch_add(1, Ordering::AcqRel);
            if *piece == 3 {
                Err(MediaError::unreadable("three"))
            } else {
                watch.check().map_err(MediaError::from)
            }
        });
        assert!(fault.unwrap_err().to_string().contains("three"));
        assert!(worked.load(Ordering::Acquire) < 1000);
    }
}
