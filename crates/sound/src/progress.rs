//! Progress and cancellation, as the one argument that long work takes.

/// The work was asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Whoever waits for long work: hears how far it is, and may ask it to stop.
pub trait Progress: Sync {
    /// `done` of the current stage is finished, from 0 to 1, never going back.
    fn report(&self, done: f64);

    /// Whether the work should stop now.
    fn cancelled(&self) -> bool;

    /// An error when the work should stop, for use with `?`.
    fn check(&self) -> Result<(), Cancelled> {
        if self.cancelled() { Err(Cancelled) } else { Ok(()) }
    }
}

/// Nobody waits: reports go nowhere and nothing is cancelled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn report(&self, _done: f64) {}

    fn cancelled(&self) -> bool {
        false
    }
}

/// A part of a longer piece of work: what it reports is a share of the whole.
pub struct Portion<'a> {
    whole: &'a dyn Progress,
    from: f64,
    share: f64,
}

impl<'a> Portion<'a> {
    /// The part that begins when `from` of the whole is done and is `share` of it, both 0 to 1.
    pub fn new(whole: &'a dyn Progress, from: f64, share: f64) -> Portion<'a> {
        Portion { whole, from, share }
    }
}

impl Progress for Portion<'_> {
    fn report(&self, done: f64) {
        self.whole.report(self.from + self.share * done);
    }

    fn cancelled(&self) -> bool {
        self.whole.cancelled()
    }
}
