//! How long the program waits for what.

use std::time::Duration;

/// The waits of a conversation; tests take shorter ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Between two words that the server is still working.
    pub(crate) word: Duration,
    /// What a turn, or an export that does not move, may take in all.
    pub(crate) patience: Duration,
    /// Before something is tried again that came too often.
    pub(crate) retry: Duration,
    /// Between two looks at an export; each wait is half as long again as the one before, and `most` at most.
    pub(crate) glance: Duration,
    pub(crate) most: Duration,
    /// Between two looks for what a silent server may have done.
    pub(crate) look: Duration,
}

impl Pace {
    /// As people wait.
    pub(crate) const USUAL: Pace = Pace {
        word: Duration::from_secs(120),
        patience: Duration::from_secs(900),
        retry: Duration::from_secs(30),
        glance: Duration::from_millis(300),
        most: Duration::from_secs(5),
        look: Duration::from_secs(2),
    };
}
