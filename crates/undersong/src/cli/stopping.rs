//! Ctrl-C and polite kills: noticed by one handler, looked at wherever something takes long.

use std::sync::OnceLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use studio::Fault;

use super::ending::{Ending, INTERRUPTED};

/// When somebody first asked; a process has one handler.
static ASKED: OnceLock<Instant> = OnceLock::new();

/// Keys pressed twice in a hurry are one wish, which leaves the time to tidy up.
const HURRY: Duration = Duration::from_millis(500);

/// How often somebody who waits looks up.
const GLANCE: Duration = Duration::from_millis(50);

/// Begins to listen for Ctrl-C and polite kills; whoever asks again ends the process at once.
pub(crate) fn listen() {
    // Without a handler Ctrl-C ends the process at once, which is what it does anyway.
    let _ = ctrlc::set_handler(|| {
        // Who asks again waits for nobody to tidy up.
        if ASKED.get_or_init(Instant::now).elapsed() > HURRY {
            std::process::exit(INTERRUPTED.into());
        }
    });
}

/// Whether somebody asked to stop.
pub(crate) fn asked() -> bool {
    ASKED.get().is_some()
}

/// Does work that may wait for the other end of a pipe for ever; when asked to stop, it is left alone, and what called
/// this can tidy up.
pub(crate) fn unless_asked<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Ending> {
    let (done, waiting) = channel();
    std::thread::spawn(move || done.send(work()));
    loop {
        match waiting.recv_timeout(GLANCE) {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Timeout) if !asked() => {}
            Err(_) => return Err(Fault::Cancelled.into()),
        }
    }
}
