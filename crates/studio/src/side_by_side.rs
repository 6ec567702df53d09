//! Two pieces of long work at the same time, with one progress and one end.

use std::panic::resume_unwind;
use std::sync::{Mutex, OnceLock};

use sound::Progress;

/// Does two pieces of work at the same time, the first of them being `share` of the whole, from 0 to 1.
///
/// # Errors
/// That of the piece that fails first; the other is asked to stop then.
pub(crate) fn side_by_side<A, B: Send, E: Send>(
    progress: &dyn Progress,
    share: f64,
    first: impl FnOnce(&dyn Progress) -> Result<A, E>,
    second: impl FnOnce(&dyn Progress) -> Result<B, E> + Send,
) -> Result<(A, B), E> {
    let both = Both { whole: progress, done: Mutex::new([0.0; 2]), failed: OnceLock::new() };
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| Side { both: &both, place: 1, share: 1.0 - share }.run(second));
        let first = Side { both: &both, place: 0, share }.run(first);
        (first, second.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(fault), Ok(_)) | (Ok(_), Err(fault)) => Err(fault),
        (Err(first), Err(second)) => Err(if both.failed.get() == Some(&1) { second } else { first }),
    }
}

/// What the two have in common.
struct Both<'a> {
    whole: &'a dyn Progress,
    /// What each has done of the whole.
    done: Mutex<[f64; 2]>,
    /// Which of them failed first.
    failed: OnceLock<usize>,
}

/// One of the two.
struct Side<'a> {
    both: &'a Both<'a>,
    place: usize,
    share: f64,
}

impl Side<'_> {
    fn run<T, E>(&self, work: impl FnOnce(&dyn Progress) -> Result<T, E>) -> Result<T, E> {
        let unless_done = Failure(self);
        let came = work(self);
        if came.is_ok() {
            self.report(1.0);
            std::mem::forget(unless_done);
        }
        came
    }
}

/// Tells the other side to stop when it is dropped, also by a panic.
struct Failure<'a>(&'a Side<'a>);

impl Drop for Failure<'_> {
    fn drop(&mut self) {
        // Only the first to fail counts.
        let _ = self.0.both.failed.set(self.0.place);
    }
}

impl Progress for Side<'_> {
    fn report(&self, done: f64) {
        // The lock is held while the sum is told: it never goes back.
        let mut each = self.both.done.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        each[self.place] = each[self.place].max(done * self.share);
        self.both.whole.report(each.iter().sum());
    }

    fn cancelled(&self) -> bool {
        self.both.whole.cancelled() || self.both.failed.get().is_some()
    }
}

#[cfg(test)]
mod tests {
    use sound::{Cancelled, Silent};

    use super::*;

    #[test]
    fn both_are_done_and_counted_together() {
        struct Told(Mutex<Vec<f64>>);
        impl Progress for Told {
            fn report(&self, done: f64) {
                self.0.lock().unwrap().push(done);
            }

            fn cancelled(&self) -> bool {
                false
            }
        }
        let told = Told(Mutex::default());
        let work = |value: i32| {
            move |progress: &dyn Progress| {
                progress.report(0.5);
                Ok::<i32, Cancelled>(value)
            }
        };
        assert_eq!(side_by_side(&told, 0.75, work(1), work(2)), Ok((1, 2)));
        let told = told.0.into_inner().unwrap();
        assert!(told.is_sorted() && told.len() == 4, "{told:?}");
        assert!((told[3] - 1.0).abs() < 1e-9);
    }

    #[test]
    fn when_one_fails_the_other_stops() {
        let fails = |_: &dyn Progress| Err::<(), _>("broken");
        let goes_on = |progress: &dyn Progress| {
            while progress.check().is_ok() {
                std::thread::yield_now();
            }
            Err::<(), _>("stopped")
        };
        assert_eq!(side_by_side(&Silent, 0.5, fails, goes_on), Err("broken"));
        assert_eq!(side_by_side(&Silent, 0.5, goes_on, fails), Err("broken"));
    }
}
